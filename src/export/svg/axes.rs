//! Frame, ticks, colour bar and legend.

use super::super::geometry::{Rect, Ruler};
use super::super::layout::{Anchor, Entry, Key, Label, Placed};
use super::super::measure::CAP;
use super::write::{attr, pair, text};
use super::{Brush, layers, marks, raster};
use crate::figure::Ink;

/// Lengths of ticks in points: labelled, unlabelled.
const TICKS: [f64; 2] = [2.6, 1.5];

/// The box with its ticks, and the colour bar.
pub(super) fn frame(out: &mut String, placed: &Placed, brush: &Brush<'_>) {
    let ink = brush.hex(Ink::Text);
    if let Some(bar) = &placed.bar {
        raster::bar(out, bar);
    }
    out.push_str(&format!("<g fill=\"none\" stroke=\"{ink}\""));
    attr(out, "stroke-width", brush.axis());
    out.push('>');
    outline(out, &placed.frame);
    out.push_str("<path d=\"");
    let inward = if placed.outward { -0.85 } else { 1.0 };
    let frame = placed.frame;
    for (at, length) in marks_of(&placed.x) {
        stroke(out, [at, frame.bottom()], 'v', -length * inward);
    }
    for (at, length) in marks_of(&placed.y) {
        stroke(out, [frame.x, at], 'h', length * inward);
    }
    if let Some(bar) = &placed.bar {
        for (at, length) in marks_of(&bar.axis).filter(|(_, length)| *length == TICKS[0]) {
            stroke(out, [bar.rect.right(), at], 'h', length * 0.85);
        }
    }
    out.push_str("\"/>");
    if let Some(bar) = &placed.bar {
        outline(out, &bar.rect);
    }
    out.push_str("</g>\n");
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

fn stroke(out: &mut String, from: [f64; 2], direction: char, length: f64) {
    out.push('M');
    pair(out, from);
    out.push(direction);
    super::num(out, length);
}

fn outline(out: &mut String, rect: &Rect) {
    out.push_str("<rect");
    for (name, value) in [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h)] {
        attr(out, name, value);
    }
    out.push_str("/>");
}

/// The legend's samples and names.
pub(super) fn legend(out: &mut String, placed: &Placed, brush: &Brush<'_>) {
    let Some(legend) = &placed.legend else { return };
    out.push_str("<g class=\"legend\">\n");
    let font = brush.page.font_pt;
    for entry in &legend.entries {
        for key in &entry.keys {
            sample(out, key, entry, legend.sample, brush);
        }
        let at = [entry.at[0] + legend.indent, entry.at[1] + CAP * font / 2.0];
        let label = Label {
            at,
            anchor: Anchor::Start,
            turned: false,
            size: font,
            ink: Ink::Text,
            rim: false,
            text: entry.name.clone(),
        };
        text(out, &label, &brush.hex(Ink::Text), "");
    }
    out.push_str("</g>\n");
}

fn sample(out: &mut String, key: &Key, entry: &Entry, length: f64, brush: &Brush<'_>) {
    let [x, y] = entry.at;
    let swatch = Rect { x: x + 0.5, y: y - 0.32 * brush.page.font_pt, w: length - 1.0, h: 0.64 * brush.page.font_pt };
    match *key {
        Key::Line(ink, dash, weight) => {
            layers::open_stroke(out, ink, dash, weight, brush);
            out.push('M');
            pair(out, [x, y]);
            out.push('h');
            super::num(out, length);
            out.push_str("\"/>\n");
        }
        Key::Mark(ink, marker, size) => marks::scatter(out, &[[x + length / 2.0, y]], marker, size, ink, brush),
        Key::Fill(ink) => filled(out, &swatch, &brush.tint(ink, layers::BAND)),
        Key::Tint(ink) => filled(out, &swatch, &brush.tint(ink, layers::REGION)),
        Key::Arrow(ink, weight) => {
            marks::arrows(out, &[([x, y], [x + length, y])], ink, weight, brush);
        }
    }
}

fn filled(out: &mut String, rect: &Rect, fill: &str) {
    out.push_str(&format!("<g fill=\"{fill}\">"));
    outline(out, rect);
    out.push_str("</g>\n");
}
