//! What lies beneath the words: the page drawn again without them.
//!
//! Lines and marks go to one picture, where only coverage counts; areas, maps and the page itself
//! to another, where colour counts.

use resvg::tiny_skia::{BlendMode, Color, FillRule, Mask, Paint, PathBuilder, Pixmap, PixmapPaint, Rect, Transform};
use usvg::Node;

use super::quad::Quad;
use super::sheet::{Box4, Part, Shape, Sheet, color};
use crate::figure::Rgb;

/// Pixels per point (150 dpi).
const DENSITY: f64 = 150.0 / 72.0;
/// Most pixels of the picture.
const MOST: f64 = 4e6;

/// The page without words.
pub(super) struct Ink {
    /// Pixels per point.
    scale: f64,
    lines: Pixmap,
    areas: Pixmap,
}

/// What a rectangle covers, in square points.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beneath {
    /// Ink of lines and marks.
    pub lines: f64,
    /// Coloured ground against which a colour has too little contrast.
    pub dim: f64,
    /// The least contrast there.
    pub contrast: f64,
}

impl Ink {
    /// Draws all of `sheet` but its words; `None` for a page without area.
    pub fn new(sheet: &Sheet<'_>) -> Option<Ink> {
        let [width, height] = sheet.size;
        let scale = DENSITY.min((MOST / (width * height)).sqrt());
        let side = |length: f64| (length * scale).ceil().clamp(1.0, MOST) as u32;
        let (wide, high) = (side(width), side(height));
        let mut ink = Ink { scale, lines: Pixmap::new(wide, high)?, areas: Pixmap::new(wide, high)? };
        ink.areas.fill(sheet.ground.ink(1.0));
        let mut mask: (Option<Box4>, Option<Mask>) = (None, None);
        for shape in &sheet.shapes {
            if mask.0 != shape.clip {
                mask = (shape.clip, shape.clip.and_then(|clip| ink.mask(clip)));
            }
            ink.draw(sheet, shape, mask.1.as_ref());
        }
        Some(ink)
    }

    fn mask(&self, clip: Box4) -> Option<Mask> {
        let [l, u, r, d] = clip.map(|v| (v * self.scale) as f32);
        let mut mask = Mask::new(self.lines.width(), self.lines.height())?;
        if let Some(rect) = Rect::from_ltrb(l, u, r, d) {
            mask.fill_path(&PathBuilder::from_rect(rect), FillRule::Winding, true, Transform::identity());
        }
        Some(mask)
    }

    fn draw(&mut self, sheet: &Sheet<'_>, shape: &Shape<'_>, mask: Option<&Mask>) {
        let kind = sheet.marks(shape.place).and_then(|m| m.kind.as_deref()).unwrap_or_default();
        let part = shape.place.part;
        let counts = matches!(part, Part::Layer(_) | Part::Handles | Part::Axes);
        let marks =
            matches!(kind, "points" | "arrows" | "line" | "error-bars" | "streamlines") || part == Part::Handles;
        let scale = self.scale as f32;
        let to_pixels = Transform::from_scale(scale, scale).pre_concat(shape.to_page);
        match shape.node {
            Node::Path(path) => {
                let black = paint(Rgb(0, 0, 0), 1.0);
                if let Some(fill) = path.fill() {
                    let opacity = f64::from(fill.opacity().get()) * shape.opacity;
                    let (data, rule) = (path.data(), fill.rule().into_rule());
                    match color(fill.paint()) {
                        Some(tint) if !marks || tint == sheet.ground => {
                            // An opaque ground, such as that of an inset, hides what it lies on.
                            if opacity > 0.99 && matches!(part, Part::Other | Part::Axes) {
                                let wipe = Paint { blend_mode: BlendMode::Clear, ..black };
                                self.lines.fill_path(data, &wipe, rule, to_pixels, mask);
                            }
                            self.areas.fill_path(data, &paint(tint, opacity), rule, to_pixels, mask);
                        }
                        _ if counts => self.lines.fill_path(data, &black, rule, to_pixels, mask),
                        _ => {}
                    }
                }
                let black = paint(Rgb(0, 0, 0), 1.0);
                let visible = path.stroke().filter(|s| counts && color(s.paint()) != Some(sheet.ground));
                if let Some(stroke) = visible {
                    self.lines.stroke_path(path.data(), &black, &stroke.to_tiny_skia(), to_pixels, mask);
                }
            }
            Node::Image(_) => self.picture(shape, marks, to_pixels, mask),
            Node::Group(_) | Node::Text(_) => {}
        }
    }

    /// Draws a picture among the lines when it shows `marks`, among the areas otherwise.
    fn picture(&mut self, shape: &Shape<'_>, marks: bool, to_pixels: Transform, mask: Option<&Mask>) {
        let Some(mut own) = Pixmap::new(self.lines.width(), self.lines.height()) else { return };
        // The renderer shifts a lone node by its place on the page.
        let Some(place) = shape.node.abs_layer_bounding_box() else { return };
        let shifted = to_pixels.pre_translate(place.x(), place.y());
        if resvg::render_node(shape.node, shifted, &mut own.as_mut()).is_none() {
            return;
        }
        let target = if marks { &mut self.lines } else { &mut self.areas };
        let paint = PixmapPaint { opacity: shape.opacity as f32, ..PixmapPaint::default() };
        target.draw_pixmap(0, 0, own.as_ref(), &paint, Transform::identity(), mask);
    }

    /// What lies beneath `quad`, and how well `letters` stand out there where the ground is not
    /// `plain`: dim is what has less contrast than `least`.
    pub fn beneath(&self, quad: &Quad, letters: Rgb, plain: Rgb, least: f64) -> Beneath {
        let mut found = Beneath { contrast: f64::INFINITY, ..Beneath::default() };
        let [left, upper, right, lower] = quad.bounds().map(|v| v * self.scale);
        let (wide, high) = (f64::from(self.lines.width()), f64::from(self.lines.height()));
        let range =
            |low: f64, high: f64, most: f64| low.floor().clamp(0.0, most) as u32..high.ceil().clamp(0.0, most) as u32;
        let pixel = 1.0 / (self.scale * self.scale);
        for y in range(upper, lower, high) {
            for x in range(left, right, wide) {
                let at = [(f64::from(x) + 0.5) / self.scale, (f64::from(y) + 0.5) / self.scale];
                let (Some(line), Some(area)) = (self.lines.pixel(x, y), self.areas.pixel(x, y)) else { continue };
                if !quad.holds(at) {
                    continue;
                }
                found.lines += pixel * f64::from(line.alpha()) / 255.0;
                let area = area.demultiply();
                let area = Rgb(area.red(), area.green(), area.blue());
                if area == plain {
                    continue;
                }
                let seen = contrast(letters, area);
                found.contrast = found.contrast.min(seen);
                found.dim += if seen < least { pixel } else { 0.0 };
            }
        }
        found
    }
}

/// Contrast ratio of two colours by WCAG 2, 1 to 21.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A plain paint.
fn paint(color: Rgb, opacity: f64) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(color.ink(opacity));
    paint
}

/// Our colours and rules as the renderer's.
trait Inked {
    fn ink(self, opacity: f64) -> Color;
}

impl Inked for Rgb {
    fn ink(self, opacity: f64) -> Color {
        Color::from_rgba8(self.0, self.1, self.2, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8)
    }
}

trait Ruled {
    fn into_rule(self) -> FillRule;
}

impl Ruled for usvg::FillRule {
    fn into_rule(self) -> FillRule {
        match self {
            usvg::FillRule::NonZero => FillRule::Winding,
            usvg::FillRule::EvenOdd => FillRule::EvenOdd,
        }
    }
}
