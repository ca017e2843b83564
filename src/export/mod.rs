//! Figures as files.
//!
//! [`layout`] places a [`Figure`] on a [`Page`] in points, [`svg`] draws the placed sheet, and PNG
//! and PDF are made from that SVG by library, so the three cannot disagree; [`csv`] holds the
//! numbers themselves. Every file carries its [`Provenance`], and the same input gives the same
//! bytes. Only [`write_figure`] and the functions of `files` touch files.
//!
//! `fonts` bundles the faces, `measure` sizes labels with them, `geometry` maps data to the page,
//! `path` thins lines to what print can show.

mod carrier;
mod csv;
pub mod draw;
mod error;
mod files;
pub mod fonts;
mod geometry;
mod hash;
mod layout;
mod measure;
mod page;
mod path;
mod pdf;
mod png;
mod provenance;
mod svg;
mod tex;

use std::path::Path;

use crate::figure::Figure;
pub use csv::{csv, table_csv};
pub use error::{Damage, ExportError};
pub use files::{LARGEST, atomic_write, make_folder, read_file};
pub use geometry::{Rect, Ruler};
pub use hash::{data_hash, sha256, table_hash};
pub use layout::{Anchor, Bar, Entry, Key, Label, Legend, Placed, Sheet, layout};
pub use page::Page;
pub use provenance::{MEDIA, Provenance, Sizes};
pub(crate) use svg::escaped;
pub use svg::svg;
pub use tex::{escape, rich_to_tex};

/// A kind of file a figure can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Vector drawing with live text.
    Svg,
    /// Vector page with embedded faces.
    Pdf,
    /// Pixels at a stated resolution.
    Png,
    /// The numbers behind the figure.
    Csv,
}

impl Format {
    /// All formats, in the order they are offered.
    pub const ALL: [Format; 4] = [Format::Svg, Format::Pdf, Format::Png, Format::Csv];

    /// The usual ending of a file name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Svg => "svg",
            Format::Pdf => "pdf",
            Format::Png => "png",
            Format::Csv => "csv",
        }
    }

    /// The format a file name ends in, in capitals or not.
    ///
    /// # Errors
    /// [`ExportError::Format`] when it ends in none.
    pub fn from_path(path: &Path) -> Result<Format, ExportError> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        let found = Format::ALL.into_iter().find(|f| f.extension() == ending);
        found.ok_or_else(|| ExportError::Format(path.to_owned()))
    }
}

/// The bytes of `figure` in `format`; `dpi` matters to PNG only.
///
/// # Errors
/// [`ExportError::Empty`], [`ExportError::Page`] or [`ExportError::Encode`].
pub fn render(
    format: Format,
    figure: &Figure<'_>,
    page: &Page,
    dpi: f64,
    provenance: &Provenance,
    title: &str,
) -> Result<Vec<u8>, ExportError> {
    let drawing = || svg(figure, page, provenance, title);
    match format {
        Format::Svg => drawing().map(String::into_bytes),
        Format::Pdf => pdf::pdf(&drawing()?, page, provenance, title, &figure.caption),
        Format::Png => png::png(&drawing()?, page, dpi, provenance, title),
        Format::Csv => Ok(csv(figure, provenance, title).into_bytes()),
    }
}

/// Saves `figure` in the format `path` ends in, whole or not at all.
///
/// # Errors
/// What [`Format::from_path`], [`render`] and [`atomic_write`] refuse.
pub fn write_figure(
    path: &Path,
    figure: &Figure<'_>,
    page: &Page,
    dpi: f64,
    provenance: &Provenance,
    title: &str,
) -> Result<(), ExportError> {
    let format = Format::from_path(path)?;
    atomic_write(path, &render(format, figure, page, dpi, provenance, title)?)
}
