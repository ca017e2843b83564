//! Frame, ticks and legend as shapes.

use super::brush::{BAND, Brush, REGION, areas, lines};
use super::{Shape, marks};
use crate::export::geometry::{Rect, Ruler};
use crate::export::layout::{Anchor, Entry, Key, Label, Placed};
use crate::export::measure::CAP;
use crate::export::path::Point;
use crate::figure::{Ink, Weight};

/// Lengths of ticks in points: labelled, unlabelled.
const TICKS: [f64; 2] = [2.6, 1.5];

/// The box with its ticks, and the outline of the colour bar.
pub(super) fn frame(placed: &Placed, brush: &Brush<'_>) -> Vec<Shape> {
    let inward = if placed.outward { -0.85 } else { 1.0 };
    let frame = placed.frame;
    let mut ticks: Vec<Vec<Point>> = Vec::new();
    for (at, length) in marks_of(&placed.x) {
        ticks.push(vec![[at, frame.bottom()], [at, frame.bottom() - length * inward]]);
    }
    for (at, length) in marks_of(&placed.y) {
        ticks.push(vec![[frame.x, at], [frame.x + length * inward, at]]);
    }
    let mut boxes = vec![corners(&frame)];
    if let Some(bar) = &placed.bar {
        for (at, _) in marks_of(&bar.axis).filter(|(_, length)| *length == TICKS[0]) {
            ticks.push(vec![[bar.rect.right(), at], [bar.rect.right() + 0.85 * TICKS[0], at]]);
        }
        boxes.push(corners(&bar.rect));
    }
    let stroke = brush.plain(Ink::Text, brush.axis());
    let outline = Shape::Path { runs: boxes, closed: true, fill: None, stroke: Some(stroke.clone()) };
    let ticks = (!ticks.is_empty()).then(|| lines(ticks, stroke));
    std::iter::once(outline).chain(ticks).collect()
}

/// Position and length of every mark of an axis that lies within its ends.
fn marks_of(ruler: &Ruler) -> impl Iterator<Item = (f64, f64)> + '_ {
    let (low, high) = (ruler.from.min(ruler.to) - 0.01, ruler.from.max(ruler.to) + 0.01);
    let major = ruler.ticks.major.iter().map(|t| (t.at, TICKS[0]));
    let minor = ruler.ticks.minor.iter().map(|v| (*v, TICKS[1]));
    major
        .chain(minor)
        .filter_map(|(v, length)| Some((ruler.place(v)?, length)))
        .filter(move |(at, _)| (low..=high).contains(at))
}

/// The corners of a rectangle.
pub(super) fn corners(rect: &Rect) -> Vec<Point> {
    let (right, bottom) = (rect.right(), rect.bottom());
    vec![[rect.x, rect.y], [right, rect.y], [right, bottom], [rect.x, bottom]]
}

/// The legend's samples and names.
pub(super) fn legend(placed: &Placed, brush: &Brush<'_>) -> Vec<Shape> {
    let Some(legend) = &placed.legend else { return Vec::new() };
    let mut out = Vec::new();
    for entry in &legend.entries {
        for key in &entry.keys {
            out.extend(sample(key, entry, legend, brush));
        }
        let at = [entry.at[0] + legend.indent, entry.at[1] + CAP * legend.font / 2.0];
        let label = Label::new(at, Anchor::Start, legend.font, entry.name.clone());
        out.push(Shape::Words(label, brush.color(Ink::Text)));
    }
    out
}

fn sample(key: &Key, entry: &Entry, legend: &crate::export::layout::Legend, brush: &Brush<'_>) -> Vec<Shape> {
    let ([x, y], length, font) = (entry.at, legend.sample, legend.font);
    let swatch = Rect { x: x + 0.5, y: y - 0.32 * font, w: length - 1.0, h: 0.64 * font };
    let stroke = |run: Vec<Point>, ink, dash, weight| lines(vec![run], brush.stroke(ink, dash, weight));
    let middle = vec![[x + length / 2.0, y]];
    match *key {
        Key::Line(ink, dash, weight, marker) => {
            let bead = marker.and_then(|m| marks::scatter(middle, m, 1.25, ink, brush));
            std::iter::once(stroke(vec![[x, y], [x + length, y]], ink, dash, weight)).chain(bead).collect()
        }
        Key::Mark(ink, marker, size) => marks::scatter(middle, marker, size, ink, brush).into_iter().collect(),
        Key::Fill(ink, hatch) => vec![areas(vec![corners(&swatch)], brush.fill(ink, BAND, hatch))],
        Key::Tint(ink, hatch) => vec![areas(vec![corners(&swatch)], brush.fill(ink, REGION, hatch))],
        Key::Arrow(ink, weight) => marks::arrows(&[([x, y], [x + length, y])], ink, weight, brush),
        Key::Interval(ink, weight, marker) => {
            let (c, half) = (x + length / 2.0, 0.36 * font);
            let caps = [y - half, y + half].map(|y| vec![[c - 1.8, y], [c + 1.8, y]]);
            let mut runs = vec![vec![[c, y - half], [c, y + half]]];
            runs.extend(caps);
            let dot = marker.and_then(|m| marks::scatter(middle, m, 1.25, ink, brush));
            let bars = lines(runs, brush.stroke(ink, crate::figure::Dash::Solid, weight));
            std::iter::once(bars).chain(dot).collect()
        }
    }
}

/// The arrow of a callout.
pub(super) fn leader(tail: Point, tip: Point, ink: Ink, brush: &Brush<'_>) -> Vec<Shape> {
    marks::arrows(&[(tail, tip)], ink, Weight::Thin, brush)
}
