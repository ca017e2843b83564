//! Whether the series of a panel can be told apart without colour, and by colour-blind readers.

use std::fmt::Display;
use std::io::Cursor;

use usvg::Node;

use super::super::report::{Check, Desk, quoted};
use super::sheet::{Marks, Part, Place, Shape, Sheet, color, scale};
use crate::figure::{Rgb, Vision, delta_e};
use crate::text::{Lang, Text, t};

/// The three deficiencies.
const VISIONS: [(Vision, Text); 3] = [
    (Vision::Protanopia, t("without red cones", "红色盲")),
    (Vision::Deuteranopia, t("without green cones", "绿色盲")),
    (Vision::Tritanopia, t("without blue cones", "蓝色盲")),
];
/// Least difference in lightness L* that survives print in grey.
const GREY: f64 = 15.0;
/// Least difference by CIEDE2000 that tells thin lines apart.
const BLIND: f64 = 12.0;
/// Ratio of widths that tells lines apart.
const WIDER: f64 = 1.8;
/// Most layers that are compared.
const SERIES: usize = 200;

/// One layer that is a series, as it looks.
struct Series<'s> {
    marks: &'s Marks,
    place: Place,
    ink: Rgb,
    /// Stroke width in points; 0 for areas.
    width: f64,
    dash: Vec<f64>,
    hatched: bool,
}

/// Hands in the pairs of series that look alike in grey or to colour-blind readers.
pub(super) fn series(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    let all: Vec<Series<'_>> = places(sheet).into_iter().filter_map(|place| one(sheet, place)).collect();
    if sheet.panels.is_empty() {
        let text =
            t("This file does not mark its series, so they cannot be compared", "此文件未标明数据系列，无法比较");
        [Check::Grey, Check::ColourBlind].into_iter().for_each(|check| desk.note(check, text, &[]));
        return;
    }
    let pairs: Vec<_> = pairs(&all).collect();
    grey(sheet, &pairs, desk);
    blind(sheet, &pairs, desk);
    let text = t(
        "All series differ in grey by at least 15 L* or by their style (pairs compared: {})",
        "所有数据系列在灰度下相差至少 15 L*，或样式不同（共 {} 对）",
    );
    desk.else_pass(Check::Grey, text, &[&pairs.len().to_string()]);
    let text = t(
        "All series differ to colour-blind readers by at least ΔE 12 or by their style (pairs compared: {})",
        "对色觉障碍读者，所有数据系列相差至少 ΔE 12，或样式不同（共 {} 对）",
    );
    desk.else_pass(Check::ColourBlind, text, &[&pairs.len().to_string()]);
}

fn grey(sheet: &Sheet<'_>, pairs: &[(&Series<'_>, &Series<'_>)], desk: &mut Desk<'_>) {
    let alike = t(
        "{} and {} {} differ by {} L* in grey and by no dash, marker or hatch; at least {} wanted",
        "{}与{}（{}）在灰度下仅相差 {} L*，线型、标记和填充又相同；要求至少 {}",
    );
    for (a, b) in pairs {
        let apart = (a.ink.lab()[0] - b.ink.lab()[0]).abs();
        if apart < GREY && !styled_apart(a, b) {
            let (apart, wanted) = (format!("{apart:.0}"), GREY.to_string());
            let here = sheet.whereabouts(a.place, desk.lang);
            desk.fault(Check::Grey, alike, &[&a.name(desk.lang), &b.name(desk.lang), &here, &apart, &wanted]);
        }
    }
}

fn blind(sheet: &Sheet<'_>, pairs: &[(&Series<'_>, &Series<'_>)], desk: &mut Desk<'_>) {
    let alike = t(
        "{} and {} {} differ by only ΔE {} {} and by no dash, marker or hatch; at least {} wanted",
        "{}与{}（{}）仅相差 ΔE {}（{}），线型、标记和填充又相同；要求至少 {}",
    );
    for (a, b) in pairs {
        let apart = VISIONS.map(|(vision, to)| (delta_e(vision.see(a.ink), vision.see(b.ink)), to));
        let Some((least, to)) = apart.into_iter().min_by(|x, y| x.0.total_cmp(&y.0)) else { continue };
        if least < BLIND && !styled_apart(a, b) {
            let (here, least) = (sheet.whereabouts(a.place, desk.lang), format!("{least:.0}"));
            let names = [a.name(desk.lang), b.name(desk.lang)];
            let parts: [&dyn Display; 6] =
                [&names[0], &names[1], &here, &least, &to.get(desk.lang), &BLIND.to_string()];
            desk.fault(Check::ColourBlind, alike, &parts);
        }
    }
}

/// Layers in order, each once.
fn places(sheet: &Sheet<'_>) -> Vec<Place> {
    let mut places: Vec<Place> = sheet.shapes.iter().map(|s| s.place).collect();
    places.retain(|p| matches!(p.part, Part::Layer(_)) && p.panel.is_some());
    places.sort();
    places.dedup();
    places.truncate(SERIES);
    places
}

/// The layer at `place` if a reader has to tell it from others: it has a name, or shows data.
fn one<'s>(sheet: &'s Sheet<'_>, place: Place) -> Option<Series<'s>> {
    let marks = sheet.marks(place)?;
    let kind = marks.kind.as_deref()?;
    let data = matches!(kind, "line" | "points" | "band" | "bars" | "histogram" | "error-bars");
    if kind == "map" || !(data || marks.name.is_some()) {
        return None;
    }
    let shapes = || sheet.shapes.iter().filter(|s| s.place == place);
    let stroked = || shapes().filter_map(|s| stroke(s, sheet.ground)).find(|s| s.0 != sheet.ground);
    let filled =
        || shapes().filter_map(|s| Some((fill(s, sheet.ground)?, 0.0, Vec::new()))).find(|s| s.0 != sheet.ground);
    let cloud = || Some((shapes().find_map(speck)?, 0.0, Vec::new()));
    let drawn = matches!(kind, "line" | "contours" | "streamlines" | "error-bars" | "rule" | "arrows");
    let (ink, width, dash) = if drawn { stroked().or_else(filled) } else { filled().or_else(stroked).or_else(cloud) }?;
    let pattern =
        |s: &Shape<'_>| matches!(s.node, Node::Path(p) if p.fill().is_some_and(|f| color(f.paint()).is_none()));
    let hatched = marks.hatch.is_some() || shapes().any(pattern);
    Some(Series { marks, place, ink, width, dash, hatched })
}

/// Colour on the page, width and dashes of a stroke, in points.
fn stroke(shape: &Shape<'_>, ground: Rgb) -> Option<(Rgb, f64, Vec<f64>)> {
    let Node::Path(path) = shape.node else { return None };
    let stroke = path.stroke()?;
    let unit = scale(shape.to_page);
    let ink = color(stroke.paint())?.over(ground, f64::from(stroke.opacity().get()) * shape.opacity);
    let dash = stroke.dasharray().unwrap_or_default().iter().map(|d| f64::from(*d) * unit).collect();
    Some((ink, f64::from(stroke.width().get()) * unit, dash))
}

/// Colour on the page of a filled area.
fn fill(shape: &Shape<'_>, ground: Rgb) -> Option<Rgb> {
    let Node::Path(path) = shape.node else { return None };
    let fill = path.fill()?;
    Some(color(fill.paint())?.over(ground, f64::from(fill.opacity().get()) * shape.opacity))
}

/// Colour of the first opaque pixel of a picture, as of a cloud too dense to be drawn.
fn speck(shape: &Shape<'_>) -> Option<Rgb> {
    let Node::Image(image) = shape.node else { return None };
    let usvg::ImageKind::PNG(data) = image.kind() else { return None };
    let mut decoder = png::Decoder::new(Cursor::new(data.as_slice()));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let samples = reader.output_color_type().0.samples();
    while let Ok(Some(row)) = reader.next_row() {
        let mut pixels = row.data().chunks_exact(samples);
        if let Some([r, g, b, ..]) = pixels.find(|p| matches!(p, [_, _, _, 255] | [_, _, _])) {
            return Some(Rgb(*r, *g, *b));
        }
    }
    None
}

/// Pairs within a panel that stand for different things: two names, or two inks.
fn pairs<'a, 's>(all: &'a [Series<'s>]) -> impl Iterator<Item = (&'a Series<'s>, &'a Series<'s>)> {
    let pairs = all.iter().enumerate().flat_map(|(k, a)| all.iter().skip(k + 1).map(move |b| (a, b)));
    pairs.filter(|(a, b)| {
        let named = a.marks.name.is_some() && b.marks.name.is_some() && a.marks.name != b.marks.name;
        a.place.panel == b.place.panel && (named || a.ink != b.ink)
    })
}

/// Whether something other than colour tells two series apart.
fn styled_apart(a: &Series<'_>, b: &Series<'_>) -> bool {
    let wider = a.width.max(b.width) >= WIDER * a.width.min(b.width) && a.width.min(b.width) > 0.0;
    a.marks.kind != b.marks.kind
        || a.marks.marker != b.marks.marker
        || a.marks.hatch != b.marks.hatch
        || a.hatched != b.hatched
        || wider
        || !same_dash(&a.dash, &b.dash)
}

/// Whether two dash patterns look alike: as many strokes, none a quarter longer than its twin.
fn same_dash(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.max(*y) <= 1.25 * x.min(*y) + 0.1)
}

impl Series<'_> {
    fn name(&self, lang: Lang) -> String {
        let Part::Layer(number) = self.place.part else { return String::new() };
        match &self.marks.name {
            Some(name) => t("“{}”", "“{}”").get(lang).replace("{}", &quoted(name)),
            None => t("layer {}", "图层 {} ").get(lang).replace("{}", &number.to_string()),
        }
    }
}
