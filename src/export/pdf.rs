//! A figure as a vector PDF with its faces embedded as subsets.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

use super::page::{PT_PER_MM, Page};
use super::{ExportError, Provenance};

/// Converts a drawing to a page of the same size.
///
/// No date is written: the same figure gives the same bytes. The provenance is the one keyword.
pub(super) fn pdf(
    tree: &usvg::Tree,
    page: &Page,
    provenance: &Provenance,
    title: &str,
    caption: &str,
) -> Result<Vec<u8>, ExportError> {
    let fail = |reason: String| ExportError::Encode { format: "PDF", reason };
    let width = (page.width_mm * PT_PER_MM) as f32;
    let height = tree.size().height() * (width / tree.size().width());
    let size = Size::from_wh(width, height).ok_or_else(|| fail("the page has no area".to_owned()))?;
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(printable(title))
            .description(printable(caption))
            .creator(format!("Impetus {}", provenance.version))
            .keywords(vec![printable(&provenance.to_json())])
            .language(provenance.lang.tag().to_owned()),
    );
    let mut sheet = document.start_page_with(PageSettings::new(size));
    let mut surface = sheet.surface();
    let drawn = surface.draw_svg(tree, size, SvgSettings::default());
    surface.finish();
    sheet.finish();
    drawn.ok_or_else(|| fail("the drawing was refused".to_owned()))?;
    document.finish().map_err(|e| fail(format!("{e:?}")))
}

/// Metadata travel in XML, which knows no control characters.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
