//! A laid-out figure as SVG: one unit of the drawing is one point, text stays text.
//!
//! `write` holds numbers, escapes and lettering, `axes` the frame, ticks and legend, `layers` what
//! a panel shows, `marks` the markers and arrows, `raster` heat maps. PNG and PDF are made from
//! this very text, so the three always agree.

mod axes;
mod layers;
mod marks;
mod raster;
mod write;

use super::fonts::FAMILIES;
use super::layout::{Sheet, layout};
use super::page::Page;
use super::provenance::KEY;
use super::{ExportError, Provenance};
use crate::figure::{Figure, Ink, Rgb};
pub(crate) use write::escaped;
use write::{num, text};

/// Colours and weights while one sheet is drawn.
struct Brush<'p> {
    page: &'p Page,
}

impl Brush<'_> {
    fn color(&self, ink: Ink) -> Rgb {
        ink.on(self.page.medium)
    }

    fn hex(&self, ink: Ink) -> String {
        self.color(ink).hex()
    }

    /// An opaque tint of `ink` on the ground.
    fn tint(&self, ink: Ink, share: f64) -> String {
        self.color(ink).over(self.color(Ink::Ground), share).hex()
    }

    /// Width of axes and ticks in points.
    fn axis(&self) -> f64 {
        self.page.line_pt / 2.0
    }
}

/// Draws `figure` as an SVG document of exactly `page.width_mm` with `title`, the figure's caption
/// and the provenance inside.
///
/// # Errors
/// What [`layout`] refuses.
pub fn svg(figure: &Figure<'_>, page: &Page, provenance: &Provenance, title: &str) -> Result<String, ExportError> {
    let sheet = layout(figure, page)?;
    let brush = Brush { page };
    let mut out = String::with_capacity(1 << 16);
    head(&mut out, &sheet, &brush, figure, provenance, title);
    for (k, (panel, placed)) in figure.panels.iter().zip(&sheet.panels).enumerate() {
        let id = name(k, panel.id);
        out.push_str(&format!("<g id=\"{id}\">\n"));
        layers::draw(&mut out, panel, placed, &brush, &id);
        axes::frame(&mut out, placed, &brush);
        layers::handles(&mut out, panel, placed, &brush);
        axes::legend(&mut out, placed, &brush);
        for label in placed.notes.iter().chain(&placed.labels) {
            text(&mut out, label, &brush.hex(label.ink), &brush.hex(Ink::Ground));
        }
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    Ok(out)
}

fn head(out: &mut String, sheet: &Sheet, brush: &Brush<'_>, figure: &Figure<'_>, provenance: &Provenance, title: &str) {
    let (width, height) = (sheet.width_mm, sheet.height_mm);
    out.push_str(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xml:space=\"preserve\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 "
    ));
    // Six decimals keep the scale true over the whole width.
    out.push_str(&format!("{:.6} {:.6}\" font-family=\"{FAMILIES}\" font-size=\"", sheet.width, sheet.height));
    num(out, brush.page.font_pt);
    let (title, caption, json) = (escaped(title), escaped(&figure.caption), escaped(&provenance.to_json()));
    out.push_str(&format!("\">\n<title>{title}</title>\n<desc>{caption}</desc>\n"));
    out.push_str(&format!("<metadata id=\"{KEY}\">{json}</metadata>\n"));
    if !brush.page.transparent {
        let ground = brush.hex(Ink::Ground);
        out.push_str(&format!("<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>\n"));
    }
}

/// An identifier that is the same every time and legal in XML.
fn name(k: usize, id: &str) -> String {
    let safe: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("panel-{}-{safe}", k + 1)
}
