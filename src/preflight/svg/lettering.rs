//! The smallest lettering and the thinnest line, at the size of print.

use std::fmt::Display;

use usvg::Node;

use super::super::report::{Check, Desk, decimal, quoted};
use super::sheet::{Part, Sheet, Word, color, scale};
use crate::text::{Lang, Text, t};

/// How far below the wanted size rounding may lead, in points.
const ROUNDING: f64 = 0.005;

/// Hands in the smallest lettering.
pub(super) fn lettering(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    let sizes = sheet.words.iter().flat_map(|w| sizes(w).map(move |(size, what, run)| (size, what, run, w)));
    let Some((size, what, run, word)) = sizes.min_by(|a, b| a.0.total_cmp(&b.0)) else {
        let text = t("There is no lettering to measure", "没有可测量的文字");
        return desk.note(Check::Lettering, text, &[]);
    };
    let wanted = decimal(desk.wanted.font_pt);
    let parts: [&dyn Display; 5] =
        [&decimal(size), &what.get(desk.lang), &quoted(&run), &sheet.whereabouts(word.place, desk.lang), &wanted];
    if size + ROUNDING < desk.wanted.font_pt {
        let text = t(
            "Smallest lettering {} pt ({} “{}” {}); at least {} pt wanted",
            "最小字号 {} pt（{}“{}”，{}）；要求至少 {} pt",
        );
        desk.fault(Check::Lettering, text, &parts);
    } else {
        let text = t(
            "Smallest lettering {} pt ({} “{}” {}), at least {} pt wanted",
            "最小字号 {} pt（{}“{}”，{}），要求至少 {} pt",
        );
        desk.pass(Check::Lettering, text, &parts);
    }
}

/// Size of each run of a line in points, what it is, and its letters.
fn sizes<'w>(word: &'w Word<'_>) -> impl Iterator<Item = (f64, Text, String)> + 'w {
    let base = word.text.layouted().iter().max_by(|a, b| a.font_size.get().total_cmp(&b.font_size.get()));
    let level = |s: &usvg::layout::Span| s.positioned_glyphs.first().map_or(0.0, |g| g.transform().ty);
    let (full, line) = base.map_or((0.0, 0.0), |s| (s.font_size.get(), level(s)));
    word.text.layouted().iter().filter(|s| s.visible).filter_map(move |span| {
        let run: String = span.positioned_glyphs.iter().map(|g| g.text.as_str()).collect();
        let size = span.font_size.get();
        let what = match level(span) - line {
            _ if size > 0.95 * full => word.place.part.word(),
            drop if drop > 0.02 * full => t("subscript", "下标"),
            drop if drop < -0.02 * full => t("superscript", "上标"),
            _ => word.place.part.word(),
        };
        (!run.trim().is_empty()).then(|| (f64::from(size) * scale(word.to_page), what, run))
    })
}

/// Hands in the thinnest line.
pub(super) fn lines(sheet: &Sheet<'_>, desk: &mut Desk<'_>) {
    let Some((width, part, place)) = thinnest(sheet, desk.lang) else {
        return desk.note(Check::Lines, t("There are no lines to measure", "没有可测量的线条"), &[]);
    };
    let parts: [&dyn Display; 4] = [&decimal(width), &part, &place, &decimal(desk.wanted.line_pt)];
    if width + ROUNDING < desk.wanted.line_pt {
        let text = t("Thinnest line {} pt ({} {}); at least {} pt wanted", "最细线条 {} pt（{}，{}）；要求至少 {} pt");
        desk.fault(Check::Lines, text, &parts);
    } else {
        let text = t("Thinnest line {} pt ({} {}), at least {} pt wanted", "最细线条 {} pt（{}，{}），要求至少 {} pt");
        desk.pass(Check::Lines, text, &parts);
    }
}

/// Width of the thinnest line in points, what it belongs to, and where it is. Rims in the colour of
/// the page are gaps, not lines; rules of a hatching are lines.
fn thinnest(sheet: &Sheet<'_>, lang: Lang) -> Option<(f64, &'static str, String)> {
    let mut least: Option<(f64, Part, String)> = None;
    for shape in &sheet.shapes {
        let Node::Path(path) = shape.node else { continue };
        let drawn = path.stroke().filter(|s| color(s.paint()) != Some(sheet.ground));
        let mut width = drawn.map_or(f64::INFINITY, |s| f64::from(s.width().get()) * scale(shape.to_page));
        if let Some(usvg::Paint::Pattern(pattern)) = path.fill().map(usvg::Fill::paint) {
            let own = scale(shape.to_page.pre_concat(pattern.transform()));
            width = width.min(own * ruling(pattern.root()));
        }
        if width < least.as_ref().map_or(f64::INFINITY, |l| l.0) {
            least = Some((width, shape.place.part, sheet.whereabouts(shape.place, lang)));
        }
    }
    least.map(|(width, part, place)| (width, part.line().get(lang), place))
}

/// The thinnest stroke inside a pattern, in its units.
fn ruling(group: &usvg::Group) -> f64 {
    let widths = group.children().iter().map(|node| match node {
        Node::Group(inner) => ruling(inner),
        Node::Path(path) => {
            let own = scale(path.abs_transform());
            path.stroke().map_or(f64::INFINITY, |s| f64::from(s.width().get()) * own)
        }
        Node::Image(_) | Node::Text(_) => f64::INFINITY,
    });
    widths.fold(f64::INFINITY, f64::min)
}
