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
/// Most pixels of the picture, and of a picture in it.
const MOST: f64 = 4e6;
const PICTURE: f64 = 1e8;
/// Most clips and pictures that are drawn; each costs as much as the whole page.
const COSTLY: usize = 300;
/// Most pixels looked at beneath one line of text.
const SAMPLES: f64 = 40_000.0;

/// The page without words.
pub(super) struct Ink {
    /// Pixels per point.
    scale: f64,
    lines: Pixmap,
    areas: Pixmap,
    /// Clips and pictures that may still be drawn.
    budget: usize,
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
    /// Draws what of `sheet` reaches into `boxes`, but no words; `None` for a page without area.
    pub fn new(sheet: &Sheet<'_>, boxes: &[Box4]) -> Option<Ink> {
        let [width, height] = sheet.size;
        let scale = DENSITY.min((MOST / (width * height)).sqrt());
        let side = |length: f64| (length * scale).ceil().clamp(1.0, MOST) as u32;
        let (wide, high) = (side(width), side(height));
        let mut ink = Ink { scale, lines: Pixmap::new(wide, high)?, areas: Pixmap::new(wide, high)?, budget: COSTLY };
        ink.areas.fill(tint(sheet.ground, 1.0));
        let mut mask: (Option<Box4>, Option<Mask>) = (None, None);
        let meets = |a: Box4, b: &Box4| a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
        let reaches = |s: &&Shape<'_>| boxes.iter().any(|b| meets(s.bounds(), b));
        for shape in sheet.shapes.iter().filter(reaches) {
            if mask.0 != shape.clip {
                mask = (shape.clip, shape.clip.and_then(|clip| ink.mask(clip)));
            }
            ink.draw(sheet, shape, mask.1.as_ref());
        }
        Some(ink)
    }

    fn mask(&mut self, clip: Box4) -> Option<Mask> {
        self.budget = self.budget.checked_sub(1)?;
        let [l, u, r, d] = clip.map(|v| (v * self.scale) as f32);
        let mut mask = Mask::new(self.lines.width(), self.lines.height())?;
        if let Some(rect) = Rect::from_ltrb(l, u, r, d) {
            mask.fill_path(&PathBuilder::from_rect(rect), FillRule::Winding, true, Transform::identity());
        }
        Some(mask)
    }

    fn draw(&mut self, sheet: &Sheet<'_>, shape: &Shape<'_>, mask: Option<&Mask>) {
        let kind = sheet.marks(shape.place).and_then(|m| m.kind.as_deref()).unwrap_or_default();
        let marks = matches!(kind, "points" | "arrows" | "line" | "error-bars" | "streamlines");
        let marks = marks || shape.place.part == Part::Handles;
        let scale = self.scale as f32;
        let to_pixels = Transform::from_scale(scale, scale).pre_concat(shape.to_page);
        match shape.node {
            Node::Path(path) => self.path(sheet, shape, path, marks, to_pixels, mask),
            Node::Image(image) => self.picture(shape, image, marks, to_pixels, mask),
            Node::Group(_) | Node::Text(_) => {}
        }
    }

    /// Draws a path: strokes, `marks` and hatchings among the lines if they show data, fills among
    /// the areas.
    fn path(
        &mut self,
        sheet: &Sheet<'_>,
        shape: &Shape<'_>,
        path: &usvg::Path,
        marks: bool,
        to_pixels: Transform,
        mask: Option<&Mask>,
    ) {
        let counts = matches!(shape.place.part, Part::Layer(_) | Part::Handles | Part::Axes);
        let mut black = paint(Rgb(0, 0, 0), 1.0);
        if let Some(fill) = path.fill() {
            let rule = rule(fill.rule());
            match color(fill.paint()) {
                Some(tint) if !marks || tint == sheet.ground => {
                    let opacity = f64::from(fill.opacity().get()) * shape.opacity;
                    // An opaque ground, such as that of an inset, hides what it lies on.
                    if opacity > 0.99 && matches!(shape.place.part, Part::Other | Part::Axes) {
                        black.blend_mode = BlendMode::Clear;
                        self.lines.fill_path(path.data(), &black, rule, to_pixels, mask);
                        black.blend_mode = BlendMode::SourceOver;
                    }
                    self.areas.fill_path(path.data(), &paint(tint, opacity), rule, to_pixels, mask);
                }
                _ if counts => self.lines.fill_path(path.data(), &black, rule, to_pixels, mask),
                _ => {}
            }
        }
        if let Some(stroke) = path.stroke().filter(|s| counts && color(s.paint()) != Some(sheet.ground)) {
            self.lines.stroke_path(path.data(), &black, &stroke.to_tiny_skia(), to_pixels, mask);
        }
    }

    /// Draws a picture among the lines when it shows `marks`, among the areas otherwise.
    fn picture(
        &mut self,
        shape: &Shape<'_>,
        image: &usvg::Image,
        marks: bool,
        to_pixels: Transform,
        mask: Option<&Mask>,
    ) {
        let pixels = f64::from(image.size().width()) * f64::from(image.size().height());
        if self.budget == 0 || pixels > PICTURE {
            return;
        }
        self.budget -= 1;
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
        let step = (quad.sides().iter().product::<f64>() * self.scale.powi(2) / SAMPLES).sqrt().ceil().max(1.0);
        let pixel = (step / self.scale).powi(2);
        let mut known = (plain, f64::INFINITY);
        for (_, line, area) in self.pixels(quad.bounds(), step as usize).filter(|(at, ..)| quad.holds(*at)) {
            found.lines += pixel * line;
            if area != known.0 {
                known = (area, if area == plain { f64::INFINITY } else { contrast(letters, area) });
            }
            found.contrast = found.contrast.min(known.1);
            found.dim += if known.1 < least { pixel } else { 0.0 };
        }
        found
    }

    /// Every `step`th pixel each way in a box: its middle in points, coverage by lines, colour.
    fn pixels(&self, bounds: Box4, step: usize) -> impl Iterator<Item = ([f64; 2], f64, Rgb)> + '_ {
        let [left, upper, right, lower] = bounds.map(|v| v * self.scale);
        let range = move |low: f64, high: f64, most: u32| {
            let [low, high] = [low.floor(), high.ceil()].map(|v| v.clamp(0.0, f64::from(most)) as u32);
            (low..high).step_by(step)
        };
        let (wide, high) = (self.lines.width(), self.lines.height());
        let places = range(upper, lower, high).flat_map(move |y| range(left, right, wide).map(move |x| (x, y)));
        places.filter_map(|(x, y)| {
            let at = [x, y].map(|v| (f64::from(v) + 0.5) / self.scale);
            let (line, area) = (self.lines.pixel(x, y)?, self.areas.pixel(x, y)?.demultiply());
            Some((at, f64::from(line.alpha()) / 255.0, Rgb(area.red(), area.green(), area.blue())))
        })
    }
}

/// Contrast ratio of two colours by WCAG 2, 1 to 21.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn tint(color: Rgb, opacity: f64) -> Color {
    Color::from_rgba8(color.0, color.1, color.2, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8)
}

fn paint(color: Rgb, opacity: f64) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(tint(color, opacity));
    paint
}

fn rule(rule: usvg::FillRule) -> FillRule {
    match rule {
        usvg::FillRule::NonZero => FillRule::Winding,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}
