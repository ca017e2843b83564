//! Figures as files.
//!
//! [`layout()`] places a [`Figure`] on a [`Page`] in points, [`draw`] turns it into shapes and
//! [`svg()`] spells them; PNG and PDF are made from that SVG by library, so the three cannot disagree;
//! [`csv()`] holds the numbers themselves. Every file carries its [`Provenance`], and the same input gives the same
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
mod json;
mod layout;
mod measure;
mod page;
mod path;
mod pdf;
mod pgf;
mod png;
mod provenance;
mod subset;
mod svg;
mod tex;

use std::path::Path;

use crate::figure::Figure;
pub use csv::{csv, table_csv};
pub use error::{Damage, ExportError};
pub use files::{LARGEST, atomic_write, make_folder, read_file};
pub use geometry::{Rect, Ruler};
pub use hash::{data_hash, sha256, table_hash};
pub use json::json;
pub use layout::{Anchor, Bar, Entry, Key, Label, Leader, Legend, Placed, Sheet, layout};
pub use page::Page;
pub use provenance::{MEDIA, Pinned, Provenance, Sizes};
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
    /// A picture LaTeX sets in the book's own font, for `pgfplots`.
    Pgf,
    /// The numbers behind the figure as a table.
    Csv,
    /// The numbers behind the figure as a tree.
    Json,
}

impl Format {
    /// All formats, in the order they are offered.
    pub const ALL: [Format; 6] = [Format::Svg, Format::Pdf, Format::Png, Format::Pgf, Format::Csv, Format::Json];

    /// The usual ending of a file name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Svg => "svg",
            Format::Pdf => "pdf",
            Format::Png => "png",
            Format::Pgf => "pgf",
            Format::Csv => "csv",
            Format::Json => "json",
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
    let mut files = render_all(&[format], figure, page, dpi, provenance, title)?;
    files.pop().ok_or_else(|| ExportError::Empty(figure.id.to_owned()))
}

/// The bytes of `figure` in every format asked for, in that order; it is laid out once, and PDF and
/// PNG are made side by side.
///
/// # Errors
/// Those of [`render`], the first of any format.
pub fn render_all(
    formats: &[Format],
    figure: &Figure<'_>,
    page: &Page,
    dpi: f64,
    provenance: &Provenance,
    title: &str,
) -> Result<Vec<Vec<u8>>, ExportError> {
    let drawn = formats.iter().any(|f| !matches!(f, Format::Csv | Format::Json));
    let drawing = if drawn { Some(draw::drawing(figure, page)?) } else { None };
    let spelled = |embed| {
        drawing.as_ref().map(|d| svg::spelled(d, &figure.caption, provenance, title, embed)).unwrap_or_default()
    };
    let pgfed = || drawing.as_ref().map(|d| pgf::pgf(d, figure, page, provenance, title)).unwrap_or_default();
    let twice = formats.iter().any(|f| matches!(f, Format::Pdf | Format::Png));
    let tree = if twice { Some(tree(&spelled(false))?) } else { None };
    let one = |format: &Format| match (format, &tree) {
        (Format::Pdf, Some(tree)) => pdf::pdf(tree, page, provenance, title, &figure.caption),
        (Format::Png, Some(tree)) => png::png(tree, page, dpi, provenance, title),
        (Format::Csv, _) => Ok(csv(figure, provenance, title).into_bytes()),
        (Format::Json, _) => Ok(json(figure, provenance, title).into_bytes()),
        (Format::Pgf, _) => Ok(pgfed().into_bytes()),
        (Format::Svg | Format::Pdf | Format::Png, _) => Ok(spelled(true).into_bytes()),
    };
    std::thread::scope(|scope| {
        let jobs: Vec<_> = formats.iter().map(|format| scope.spawn(move || one(format))).collect();
        let failed = |_| ExportError::Encode { format: "file", reason: "a worker stopped".into() };
        jobs.into_iter().map(|job| job.join().map_err(failed)?).collect()
    })
}

/// The drawing as the library that makes PNG and PDF reads it.
fn tree(svg: &str) -> Result<usvg::Tree, ExportError> {
    let fail = |e: usvg::Error| ExportError::Encode { format: "PDF or PNG", reason: e.to_string() };
    usvg::Tree::from_str(svg, &fonts::options()).map_err(fail)
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
