//! The bundled typefaces: the same glyphs on every machine, in the window and in every file.
//!
//! A character is looked for in Noto Sans (regular, italic or bold), then Noto Sans Math, then
//! Noto Sans CJK SC. Measuring, PNG and PDF all follow that order.

use std::sync::{Arc, OnceLock};

use ttf_parser::Face;
use usvg::fontdb::{Database, ID, Source};

/// Noto Sans Regular: Latin, Greek, punctuation.
pub const SANS_REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSans-subset-Regular.ttf");
/// Noto Sans Italic, the same coverage.
pub const SANS_ITALIC: &[u8] = include_bytes!("../../assets/fonts/NotoSans-subset-Italic.ttf");
/// Noto Sans Bold, the same coverage.
pub const SANS_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSans-subset-Bold.ttf");
/// Noto Sans Math: operators (U+2212 among them), arrows, double-struck letters.
pub const MATH: &[u8] = include_bytes!("../../assets/fonts/NotoSansMath-subset.ttf");
/// Noto Sans CJK SC Regular: the 6763 hanzi of GB 2312 and CJK punctuation.
pub const CJK_REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-subset-Regular.otf");
/// Noto Sans CJK SC Bold: the 3755 hanzi of GB 2312 level 1.
pub const CJK_BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansSC-subset-Bold.otf");

/// The family list written into SVG files.
pub(crate) const FAMILIES: &str = "Noto Sans, Noto Sans Math, Noto Sans CJK SC, Arial, sans-serif";

/// A bundled face: its file and what CSS calls it.
pub(crate) struct Typeface {
    pub file: &'static [u8],
    pub family: &'static str,
    pub style: &'static str,
    pub weight: &'static str,
}

const fn typeface(file: &'static [u8], family: &'static str, style: &'static str, weight: &'static str) -> Typeface {
    Typeface { file, family, style, weight }
}

/// All of them; the chains of [`Cut`] are indices into this list.
pub(crate) const FACES: [Typeface; 6] = [
    typeface(SANS_REGULAR, "Noto Sans", "normal", "normal"),
    typeface(SANS_ITALIC, "Noto Sans", "italic", "normal"),
    typeface(SANS_BOLD, "Noto Sans", "normal", "bold"),
    typeface(MATH, "Noto Sans Math", "normal", "normal"),
    typeface(CJK_REGULAR, "Noto Sans CJK SC", "normal", "normal"),
    typeface(CJK_BOLD, "Noto Sans CJK SC", "normal", "bold"),
];
/// Width in em of a character no face has.
const MISSING: f64 = 0.6;

/// The cut a run of text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    Regular,
    Italic,
    Bold,
}

impl Cut {
    /// Faces to look in, as indices into `FACES`.
    fn chain(self) -> &'static [usize] {
        match self {
            Cut::Regular => &[0, 3, 4],
            Cut::Italic => &[1, 3, 4],
            Cut::Bold => &[2, 3, 5, 4],
        }
    }
}

struct Fonts {
    database: Arc<Database>,
    ids: Vec<ID>,
    faces: Vec<Face<'static>>,
}

fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut database = Database::new();
        let load = |face: &Typeface| database.load_font_source(Source::Binary(Arc::new(face.file)));
        let ids = FACES.iter().flat_map(load).collect();
        let faces = FACES.iter().filter_map(|face| Face::parse(face.file, 0).ok()).collect();
        database.set_serif_family("Noto Sans");
        database.set_sans_serif_family("Noto Sans");
        Fonts { database: Arc::new(database), ids, faces }
    })
}

/// Whether some bundled face has a glyph for `c`; anything else would print as an empty box.
pub fn covers(c: char) -> bool {
    Cut::Bold.chain().iter().any(|k| fonts().faces.get(*k).is_some_and(|f| f.glyph_index(c).is_some()))
}

/// Advance width of `c` in em.
pub(crate) fn advance(c: char, cut: Cut) -> f64 {
    let faces = cut.chain().iter().filter_map(|k| fonts().faces.get(*k));
    let found = faces.filter_map(|f| {
        let glyph = f.glyph_index(c)?;
        Some(f64::from(f.glyph_hor_advance(glyph)?) / f64::from(f.units_per_em()))
    });
    found.into_iter().next().unwrap_or(MISSING)
}

/// The face a character is set in, as an index into [`FACES`].
pub(crate) fn face_of(c: char, cut: Cut) -> Option<usize> {
    let has = |k: &&usize| fonts().faces.get(**k).is_some_and(|f| f.glyph_index(c).is_some());
    cut.chain().iter().find(has).copied()
}

/// The glyphs of characters in a face, ascending, the one for missing characters first.
pub(crate) fn glyphs<'c>(face: usize, chars: impl IntoIterator<Item = &'c char>) -> Vec<u16> {
    let Some(face) = fonts().faces.get(face) else { return Vec::new() };
    let found = chars.into_iter().filter_map(|c| face.glyph_index(*c)).map(|g| g.0);
    let glyphs: std::collections::BTreeSet<u16> = found.chain([0]).collect();
    glyphs.into_iter().collect()
}

/// Parser options that see only the bundled faces, in our order.
pub(crate) fn options() -> usvg::Options<'static> {
    let fonts = fonts();
    usvg::Options {
        fontdb: Arc::clone(&fonts.database),
        font_family: "Noto Sans".to_owned(),
        font_resolver: usvg::FontResolver {
            select_font: usvg::FontResolver::default_font_selector(),
            select_fallback: Box::new(fallback),
        },
        ..usvg::Options::default()
    }
}

/// The next face in the chain of the cut that was asked for.
fn fallback(c: char, used: &[ID], _: &mut Arc<Database>) -> Option<ID> {
    let fonts = fonts();
    let asked = fonts.ids.iter().position(|id| Some(id) == used.first())?;
    let cut = [Cut::Regular, Cut::Italic, Cut::Bold].get(asked).copied().unwrap_or(Cut::Regular);
    let has = |k: &&usize| fonts.faces.get(**k).is_some_and(|f| f.glyph_index(c).is_some());
    let next = cut.chain().iter().filter(has).filter_map(|k| fonts.ids.get(*k)).find(|id| !used.contains(id));
    next.copied()
}
