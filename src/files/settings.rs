//! What the figure studio remembers from one run of the program to the next.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Composition, OVERVIEW};
use crate::export::{ExportError, Format, Page, atomic_write};
use crate::text::Lang;

/// A settings file is never this long, in bytes; a longer one is not read.
const LONGEST: u64 = 1 << 16;

/// How figures were made last. Views are kept by name, whichever scene is open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Views in reading order; none stands for all there are.
    pub views: Vec<String>,
    /// Columns of the grid.
    pub columns: usize,
    /// Language of the figure; `None` follows the window.
    pub lang: Option<Lang>,
    /// Width in millimetres.
    pub width_mm: f64,
    /// Height in millimetres; `None` follows the panels.
    pub height_mm: Option<f64>,
    /// Lettering in points.
    pub font_pt: f64,
    /// Data lines in points.
    pub line_pt: f64,
    /// Whether panels carry letters.
    pub letters: bool,
    /// Whether the ground is left out.
    pub transparent: bool,
    /// Formats saved together.
    #[serde(with = "endings")]
    pub formats: Vec<Format>,
    /// Resolution of PNG in dots per inch.
    pub dpi: f64,
    /// Whether the table of the run is saved too.
    pub table: bool,
    /// Where files go.
    pub folder: String,
}

impl Default for Settings {
    /// All views at 183 mm as SVG, PDF and PNG at 300 dpi, the table of the run beside them.
    fn default() -> Self {
        let page = Page::default();
        Settings {
            views: Vec::new(),
            columns: 2,
            lang: None,
            width_mm: page.width_mm,
            height_mm: page.height_mm,
            font_pt: page.font_pt,
            line_pt: page.line_pt,
            letters: page.letters,
            transparent: page.transparent,
            formats: vec![Format::Svg, Format::Pdf, Format::Png],
            dpi: 300.0,
            table: true,
            folder: "figures".into(),
        }
    }
}

impl Settings {
    /// Most columns of the grid.
    pub const MOST_COLUMNS: usize = 4;
    /// Widths and heights on offer, in millimetres.
    pub const SIZES_MM: [f64; 2] = [20.0, 600.0];
    /// Lettering on offer, in points.
    pub const FONTS_PT: [f64; 2] = [4.0, 36.0];
    /// Lines on offer, in points.
    pub const LINES_PT: [f64; 2] = [0.1, 6.0];
    /// Resolutions on offer, in dots per inch.
    pub const DPI: [f64; 2] = [72.0, 1200.0];

    /// The sheet.
    pub fn page(&self) -> Page {
        Page {
            height_mm: self.height_mm,
            font_pt: self.font_pt,
            line_pt: self.line_pt,
            letters: self.letters,
            transparent: self.transparent,
            ..Page::new(self.width_mm)
        }
    }

    /// Takes over how a figure is printed: grid, language, sheet and resolution. Formats and folder
    /// stay.
    pub fn take(&mut self, figure: &Composition) {
        let page = &figure.page;
        *self = Settings {
            columns: figure.columns,
            lang: Some(figure.lang),
            width_mm: page.width_mm,
            height_mm: page.height_mm,
            font_pt: page.font_pt,
            line_pt: page.line_pt,
            letters: page.letters,
            transparent: page.transparent,
            dpi: figure.dpi,
            ..std::mem::take(self)
        }
        .sound();
    }

    /// The figure, its language that of the window unless another was chosen.
    pub fn composition(&self, window: Lang) -> Composition {
        Composition {
            views: if self.views.is_empty() { vec![OVERVIEW.to_owned()] } else { self.views.clone() },
            columns: self.columns,
            lang: self.lang.unwrap_or(window),
            page: self.page(),
            dpi: self.dpi,
            formats: self.formats.clone(),
            table: self.table,
        }
    }

    /// Reads settings; whatever is missing, unreadable or out of range is as usual.
    pub fn load(path: &Path) -> Settings {
        let mut text = String::new();
        let read = File::open(path).and_then(|f| f.take(LONGEST + 1).read_to_string(&mut text));
        match read {
            Ok(length) if length as u64 <= LONGEST => Settings::from_json(&text),
            _ => Settings::default(),
        }
    }

    /// Reads [`Settings::to_json`] back, or takes the usual ones.
    pub fn from_json(text: &str) -> Settings {
        serde_json::from_str::<Settings>(text).unwrap_or_default().sound()
    }

    /// The settings as JSON a person can read.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Writes settings, whole or not at all, making the folder if need be.
    ///
    /// # Errors
    /// What [`atomic_write`] refuses.
    pub fn store(&self, path: &Path) -> Result<(), ExportError> {
        if let Some(folder) = path.parent() {
            // A folder that cannot be made is said by the write that then fails.
            let _ = fs::create_dir_all(folder);
        }
        atomic_write(path, self.to_json().as_bytes())
    }

    /// Where they are kept on this system, if it has such a place.
    pub fn usual_path() -> Option<PathBuf> {
        dirs::config_dir().map(|folder| folder.join("impetus").join("studio.json"))
    }

    /// With every value in the range the studio offers.
    fn sound(mut self) -> Settings {
        let usual = Settings::default();
        let within = |value: f64, [low, high]: [f64; 2], usual: f64| {
            if (low..=high).contains(&value) { value } else { usual }
        };
        self.views.retain(|v| !v.is_empty() && v.len() <= 64);
        self.views.truncate(32);
        self.columns = self.columns.clamp(1, Settings::MOST_COLUMNS);
        self.width_mm = within(self.width_mm, Settings::SIZES_MM, usual.width_mm);
        self.height_mm = self.height_mm.filter(|h| (Settings::SIZES_MM[0]..=Settings::SIZES_MM[1]).contains(h));
        self.font_pt = within(self.font_pt, Settings::FONTS_PT, usual.font_pt);
        self.line_pt = within(self.line_pt, Settings::LINES_PT, usual.line_pt);
        self.dpi = within(self.dpi, Settings::DPI, usual.dpi);
        if self.folder.trim().is_empty() || self.folder.len() > 4096 || self.folder.contains('\0') {
            self.folder = usual.folder;
        }
        self
    }
}

/// Formats by the endings of their files; an ending nobody knows is left out.
mod endings {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::export::Format;

    pub fn serialize<S: Serializer>(formats: &[Format], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(formats.iter().map(|f| f.extension()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Format>, D::Error> {
        let known = Vec::<String>::deserialize(from)?;
        Ok(Format::ALL.into_iter().filter(|f| known.iter().any(|e| e == f.extension())).collect())
    }
}
