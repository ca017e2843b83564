//! The characters a drawing uses, as small faces of their own.
//!
//! An SVG names its faces, and a reader without them would show others; so the glyphs in use travel
//! inside the file.

use std::collections::BTreeSet;

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};

use super::fonts::{self, FACES};
use super::measure::setting;
use crate::figure::{Rich, Style};

/// A face to embed.
pub(super) struct Embedded {
    /// Family name in CSS.
    pub family: &'static str,
    /// `normal` or `italic`.
    pub style: &'static str,
    /// `normal` or `bold`.
    pub weight: &'static str,
    /// `ttf` or `otf`.
    pub format: &'static str,
    /// The font file.
    pub bytes: Vec<u8>,
}

/// Characters in use, by face.
#[derive(Default)]
pub(super) struct Used([BTreeSet<char>; FACES.len()]);

impl Used {
    /// Notes every character of a label.
    pub fn add(&mut self, label: &Rich) {
        for span in &label.0 {
            if let Some((above, below)) = span.fraction() {
                self.add(&above);
                self.add(&below);
            } else if span.style != Style::Fraction {
                let cut = setting(span.style, 10.0).0;
                for c in span.text.chars() {
                    if let Some(face) = fonts::face_of(c, cut) {
                        self.0[face].insert(c);
                    }
                }
            }
        }
    }

    /// The faces that are used, each with the glyphs it is used for; one that cannot be cut is left
    /// out, and the check before printing will say so.
    pub fn faces(&self) -> Vec<Embedded> {
        let used = self.0.iter().zip(FACES).enumerate().filter(|(_, (chars, _))| !chars.is_empty());
        used.filter_map(|(k, (chars, face))| {
            let bytes = cut(face.file, &fonts::glyphs(k, chars))?;
            let format = if face.file.starts_with(b"OTTO") { "otf" } else { "ttf" };
            Some(Embedded { family: face.family, style: face.style, weight: face.weight, format, bytes })
        })
        .collect()
    }
}

/// A font file with these glyphs only.
fn cut(file: &[u8], glyphs: &[u16]) -> Option<Vec<u8>> {
    let provider = ReadScope::new(file).read::<FontData<'_>>().ok()?.table_provider(0).ok()?;
    // What browsers insist on, besides the tables that hold the glyphs.
    let tables = [*b"OS/2", *b"cmap", *b"head", *b"hhea", *b"hmtx", *b"maxp", *b"name", *b"post"];
    let tables = tables.map(u32::from_be_bytes).to_vec();
    subset(&provider, glyphs, &SubsetProfile::Custom(tables), CmapTarget::Unicode).ok()
}
