//! Words inside the box: texts of the figure and names of its handles.

use super::super::geometry::{Rect, Ruler};
use super::super::measure::{ASCENT, CAP, DESCENT, width};
use super::super::page::Page;
use super::clutter::Clutter;
use super::{Anchor, Label, extent};
use crate::figure::{Layer, Panel, Text};

/// Least distance of words from the box.
const INSET: f64 = 2.5;
/// Distance of a handle's name from its point.
const REACH: f64 = 4.0;

/// Places texts (kept inside the box, moved apart) and handle names (on the freest side).
pub(super) fn place(
    panel: &Panel<'_>,
    frame: Rect,
    x: &Ruler,
    y: &Ruler,
    page: &Page,
    clutter: &mut Clutter,
) -> Vec<Label> {
    let mut notes: Vec<Label> = Vec::new();
    let mut taken: Vec<Rect> = Vec::new();
    for layer in &panel.layers {
        let Layer::Text(text) = layer else { continue };
        if let Some(label) = note(text, frame, x, y, page, &taken, clutter) {
            taken.push(extent(&label));
            notes.push(label);
        }
    }
    taken.iter().for_each(|rect| clutter.cover(rect));
    for handle in &panel.handles {
        let Some(at) = x.place(handle.at[0]).zip(y.place(handle.at[1])) else { continue };
        if !frame.contains([at.0, at.1]) || handle.label.is_empty() {
            continue;
        }
        let size = [width(&handle.label, page.font_pt), (ASCENT + DESCENT) * page.font_pt];
        let rect = beside(at, size, frame, clutter);
        let rim = clutter.under(&rect) > 0;
        clutter.cover(&rect);
        notes.push(Label { ink: handle.ink, rim, ..start(rect, page, handle.label.clone()) });
    }
    notes
}

fn note(
    text: &Text,
    frame: Rect,
    x: &Ruler,
    y: &Ruler,
    page: &Page,
    taken: &[Rect],
    clutter: &Clutter,
) -> Option<Label> {
    let at = [x.place(text.at[0])?, y.place(text.at[1])?];
    if !frame.grown(1.0).contains(at) || text.text.is_empty() {
        return None;
    }
    let font = page.font_pt;
    let wanted = extent(&Label::new([at[0], at[1] + CAP / 2.0 * font], Anchor::Middle, font, text.text.clone()));
    let moved = |step: f64| Rect { y: wanted.y + step * wanted.h / 2.0, ..wanted }.inside(&frame.grown(-INSET));
    let free = |rect: &Rect| !taken.iter().any(|t| t.overlaps(rect));
    let steps = [0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0, -4.0, 4.0];
    let rect = steps.into_iter().map(moved).find(free).unwrap_or_else(|| moved(0.0));
    let rim = clutter.under(&rect.grown(-1.0)) > 0;
    Some(Label { ink: text.ink, rim, ..start(rect, page, text.text.clone()) })
}

/// A label that starts where `rect` does.
fn start(rect: Rect, page: &Page, text: crate::figure::Rich) -> Label {
    Label::new([rect.x, rect.y + ASCENT * page.font_pt], Anchor::Start, page.font_pt, text)
}

/// The side of a point where a name of this size covers least.
fn beside(at: (f64, f64), [w, h]: [f64; 2], frame: Rect, clutter: &Clutter) -> Rect {
    let mut best = (u32::MAX, Rect::default());
    let sides = [[1.0, -0.6], [1.0, 0.0], [-1.0, -0.6], [1.0, 0.6], [-1.0, 0.6], [-1.0, 0.0], [0.0, -1.0], [0.0, 1.0]];
    for [sx, sy] in sides {
        let x = at.0 + sx * REACH - w * (1.0 - sx) / 2.0;
        let y = at.1 + sy * (REACH + h / 2.0) - h / 2.0;
        let rect = Rect { x, y, w, h }.inside(&frame.grown(-INSET));
        let shifted = (rect.x - x).abs() + (rect.y - y).abs();
        let cost = clutter.under(&rect) * 4 + (shifted * 10.0) as u32;
        if cost < best.0 {
            best = (cost, rect);
        }
    }
    best.1
}
