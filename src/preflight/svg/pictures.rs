//! The resolution of embedded pictures.

use std::fmt::Display;

use usvg::{ImageRendering, Node};

use super::super::report::{Check, Desk};
use super::sheet::{Part, Sheet};
use crate::text::t;

/// Least resolution of scattered points drawn as a picture, in dots per inch: that of line art with
/// half-tones.
const SCATTER: f64 = 600.0;
/// Slack for rounding to whole pixels.
const ROUNDING: f64 = 0.98;

/// Hands in pictures that are too coarse. A colour bar is a ramp of colours and has no detail.
pub(super) fn pictures(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    let mut least = f64::INFINITY;
    for shape in sheet.shapes.iter().filter(|s| s.place.part != Part::Bar) {
        let Node::Image(image) = shape.node else { continue };
        let [wide, high] = super::quad::Quad::new(image.bounding_box(), shape.to_page).sides();
        let across = f64::from(image.size().width()) / wide * 72.0;
        let down = f64::from(image.size().height()) / high * 72.0;
        let dpi = across.min(down);
        if !dpi.is_finite() {
            continue;
        }
        least = least.min(dpi);
        let scatter = sheet.marks(shape.place).and_then(|m| m.kind.as_deref()) == Some("points");
        let wanted = if scatter { desk.wanted.dpi.max(SCATTER) } else { desk.wanted.dpi };
        if dpi >= ROUNDING * wanted {
            continue;
        }
        let squares = !matches!(image.rendering_mode(), ImageRendering::OptimizeQuality | ImageRendering::Smooth);
        let parts: [&dyn Display; 3] =
            [&format!("{dpi:.0}"), &sheet.whereabouts(shape.place, desk.lang), &format!("{wanted:.0}")];
        if squares && !scatter {
            let text = t(
                "A map of sharp squares has {} dpi ({}); smooth pictures want {} dpi",
                "由清晰方格组成的图像为 {} dpi（{}）；平滑图像要求 {} dpi",
            );
            desk.note(Check::Resolution, text, &parts);
        } else {
            let text =
                t("A picture has only {} dpi ({}); at least {} dpi wanted", "图像只有 {} dpi（{}）；要求至少 {} dpi");
            desk.fault(Check::Resolution, text, &parts);
        }
    }
    if least.is_finite() {
        let text = t("The coarsest picture has {} dpi, {} dpi wanted", "最粗的图像为 {} dpi，要求 {} dpi");
        desk.else_pass(Check::Resolution, text, &[&format!("{least:.0}"), &format!("{:.0}", desk.wanted.dpi)]);
    } else {
        desk.else_pass(
            Check::Resolution,
            t("All is drawn as vectors; there are no pictures", "全部为矢量图形，没有位图"),
            &[],
        );
    }
}
