//! Whether words cover data or one another, and whether anything is cut.

use std::fmt::Display;

use super::super::report::{Check, Desk, quoted};
use super::ink::{Ink, contrast};
use super::quad::Quad;
use super::sheet::{Box4, Part, Place, Shape, Sheet, Word, scale};
use crate::text::t;

/// Words that are compared; no figure has as many.
const MOST: usize = 4000;
/// How deep boxes of letters may overlap, in points.
const TOUCH: f64 = 0.25;
/// How far ink may leave the page, in points: the error of a coordinate.
const SLACK: f64 = 0.1;
/// Ink beneath words, as a share of a letter's square, that disturbs reading.
const DISTURBS: f64 = 0.06;
/// Ink beneath a legend, in square points, that is more than a touch.
const LEGEND: f64 = 3.0;
/// Contrast that WCAG asks of text, and of what is large or drawn.
const READABLE: [f64; 2] = [4.5, 3.0];
/// What a contrast may lack of it, as it is said with one decimal.
const ROUNDING: f64 = 0.05;

/// Hands in words that lie on one another, on data or beyond an edge, and ink beyond the page.
pub(super) fn overlap(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    collisions(sheet, desk);
    cuts(sheet, desk);
    let legends: Vec<(usize, Box4)> = (0..sheet.panels.len()).filter_map(|k| Some((k, legend(sheet, k)?))).collect();
    let words = sheet.words.iter().take(MOST);
    let boxes: Vec<Box4> = words.clone().filter_map(|w| hull(&w.quads)).chain(legends.iter().map(|l| l.1)).collect();
    if let Some(ink) = Ink::new(sheet, &boxes) {
        words.for_each(|word| covered(sheet, word, &ink, desk));
        legends.into_iter().for_each(|(panel, bounds)| covering(sheet, panel, bounds, &ink, desk));
    }
    missing(sheet, desk);
    let text = t("All {} lines of text are clear of data and of one another", "全部 {} 处文字互不重叠，也不遮挡数据");
    desk.else_pass(Check::Overlap, text, &[&sheet.words.len().to_string()]);
}

/// Words the layout found no room for, as it says in the file.
fn missing(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    for panel in 0..sheet.panels.len() {
        let place = Place { panel: Some(panel), part: Part::Notes };
        if let Some(words) = sheet.marks(place).and_then(|m| m.left_out.as_deref()) {
            let here = sheet.whereabouts(place, desk.lang);
            let text = t("There is no room for “{}” {}", "“{}”（{}）没有位置，已略去");
            desk.note(Check::Overlap, text, &[&words, &here]);
        }
    }
}

/// Pairs of lines whose letters overlap.
fn collisions(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    let mut words: Vec<(Box4, &Word<'_>)> =
        sheet.words.iter().take(MOST).filter_map(|w| Some((hull(&w.quads)?, w))).collect();
    words.sort_by(|a, b| a.0[0].total_cmp(&b.0[0]));
    for (k, (bounds, word)) in words.iter().enumerate() {
        for (_, other) in words.iter().skip(k + 1).take_while(|(b, _)| b[0] < bounds[2]) {
            let depths = word.quads.iter().flat_map(|q| other.quads.iter().map(|p| q.depth(p)));
            let depth = depths.fold(f64::NEG_INFINITY, f64::max);
            if depth > TOUCH {
                let text = t("“{}” and “{}” overlap by {} pt {}; none wanted", "“{}”与“{}”重叠 {} pt（{}）；不应重叠");
                let (a, b, here) =
                    (quoted(&word.string), quoted(&other.string), sheet.whereabouts(word.place, desk.lang));
                desk.fault(Check::Overlap, text, &[&a, &b, &format!("{depth:.1}"), &here]);
            }
        }
    }
}

/// Words cut by a panel or the page, and anything drawn beyond the page.
fn cuts(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    let page = [0.0, 0.0, sheet.size[0], sheet.size[1]];
    for word in &sheet.words {
        let Some(bounds) = hull(&word.quads) else { continue };
        let (string, here) = (quoted(&word.string), sheet.whereabouts(word.place, desk.lang));
        let beyond = [word.clip.map_or(0.0, |clip| excess(bounds, clip)), excess(bounds, page)];
        if let Some(far) = beyond.into_iter().find(|far| *far > SLACK) {
            let text = t("“{}” {} is cut off by {} pt; nothing may be cut", "“{}”（{}）被截去 {} pt；文字不应被截断");
            desk.fault(Check::Overlap, text, &[&string, &here, &format!("{far:.1}")]);
        }
    }
    for shape in &sheet.shapes {
        let bounds = shape.bounds();
        let far = excess(bounds, page);
        if far > SLACK && bounds[0] < bounds[2] && bounds[1] < bounds[3] {
            let text =
                t("Part of the {} {} lies {} pt beyond the page; nothing may", "{}（{}）超出图面 {} pt；不应超出");
            let (what, here) = (shape.place.part.line().get(desk.lang), sheet.whereabouts(shape.place, desk.lang));
            desk.fault(Check::Overlap, text, &[&what, &here, &format!("{far:.1}")]);
        }
    }
}

/// A line of text on data, or on a tint that dims it.
fn covered(sheet: &Sheet<'_>, word: &Word<'_>, ink: &Ink, desk: &mut Desk<'_>) {
    let size = word.text.layouted().iter().map(|s| s.font_size.get()).fold(0.0, f32::max);
    let letter = (0.7 * f64::from(size) * scale(word.to_page)).powi(2);
    let area: f64 = word.quads.iter().map(|q| q.sides().iter().product::<f64>()).sum();
    let unit = letter.min(area);
    // Letters that are pale on the bare page too are only asked for the weaker contrast.
    let plain = contrast(word.color, sheet.ground);
    let least = if plain < READABLE[0] { READABLE[1] } else { READABLE[0] };
    let found: Vec<_> = word.quads.iter().map(|q| ink.beneath(q, word.color, sheet.ground, least - ROUNDING)).collect();
    let lines = found.iter().map(|f| f.lines).sum::<f64>() / unit;
    let dim = found.iter().map(|f| f.dim).sum::<f64>() / unit;
    let (string, here) = (quoted(&word.string), sheet.whereabouts(word.place, desk.lang));
    let rim = word.rim.is_some_and(|rim| contrast(word.color, rim) >= least);
    let percent = format!("{:.0}", 100.0 * lines.min(1.0));
    if lines > DISTURBS && !rim {
        let text = t(
            "“{}” {} lies on data ({} % of a letter is inked over); none wanted",
            "“{}”（{}）压在数据上（单字面积的 {}% 被覆盖）；不应遮挡",
        );
        desk.fault(Check::Overlap, text, &[&string, &here, &percent]);
    } else if lines > DISTURBS && !matches!(word.place.part, Part::Layer(_)) {
        let text = t(
            "“{}” {} lies on lines, kept legible by its rim ({} % of a letter)",
            "“{}”（{}）压在线条上，靠描边保持可读（单字面积的 {}%）",
        );
        desk.note(Check::Overlap, text, &[&string, &here, &percent]);
    }
    if dim > DISTURBS && !rim {
        let worst = found.iter().map(|f| f.contrast).fold(f64::INFINITY, f64::min);
        let text = t(
            "“{}” {} has a contrast of {} to what lies beneath; at least {} wanted",
            "“{}”（{}）与底色的对比度仅 {}；要求至少 {}",
        );
        desk.fault(Check::Overlap, text, &[&string, &here, &format!("{worst:.1}"), &least.to_string()]);
    }
}

/// The box of a legend, samples and all.
fn legend(sheet: &Sheet<'_>, panel: usize) -> Option<Box4> {
    let place = Place { panel: Some(panel), part: Part::Legend };
    let shapes = sheet.shapes.iter().filter(|s| s.place == place).map(Shape::bounds);
    let words = sheet.words.iter().filter(|w| w.place == place).filter_map(|w| hull(&w.quads));
    shapes.chain(words).reduce(join)
}

/// A legend on data.
fn covering(sheet: &Sheet<'_>, panel: usize, [left, upper, right, lower]: Box4, ink: &Ink, desk: &mut Desk<'_>) {
    let place = Place { panel: Some(panel), part: Part::Legend };
    let Some(rect) = usvg::Rect::from_ltrb(left as f32, upper as f32, right as f32, lower as f32) else { return };
    let whole = Quad::new(rect, usvg::Transform::identity());
    let inked = ink.beneath(&whole, sheet.ground, sheet.ground, 0.0).lines;
    if inked > LEGEND {
        let parts: [&dyn Display; 2] = [&sheet.whereabouts(place, desk.lang), &format!("{inked:.0}")];
        if sheet.words.iter().filter(|w| w.place == place).all(|w| w.rim.is_some()) {
            let text = t(
                "The legend {} lies on data ({} pt² of ink), its words kept legible by rims",
                "图例（{}）压在数据上（{} pt² 墨迹），文字靠描边保持可读",
            );
            desk.note(Check::Overlap, text, &parts);
        } else {
            let text = t(
                "The legend {} lies on data ({} pt² of ink); none wanted",
                "图例（{}）压在数据上（{} pt² 墨迹）；不应遮挡",
            );
            desk.fault(Check::Overlap, text, &parts);
        }
    }
}

/// The box around turned ones.
fn hull(quads: &[Quad]) -> Option<Box4> {
    quads.iter().map(Quad::bounds).reduce(join)
}

fn join(a: Box4, b: Box4) -> Box4 {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// How far a box sticks out of another.
fn excess(inner: Box4, outer: Box4) -> f64 {
    (outer[0] - inner[0]).max(outer[1] - inner[1]).max(inner[2] - outer[2]).max(inner[3] - outer[3])
}
