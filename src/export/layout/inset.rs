//! Small panels inside the box of another.

use super::super::geometry::Rect;
use super::super::measure::SMALLEST;
use super::super::page::Page;
use super::cell::Cell;
use super::clutter::Clutter;
use super::{Placed, furnish};
use crate::figure::{Inset, Panel, fit_ranges};

/// Share of the outer box an inset takes when its place is left open.
const SHARE: [f64; 2] = [0.44, 0.46];
/// Lettering of an inset relative to its panel.
const FONT: f64 = 0.86;
/// Distance from the outer box, in points.
const MARGIN: f64 = 5.0;
/// The box of an inset is this many ems across at least, or it is left out.
const LEAST: f64 = 4.0;

/// Places the insets of a panel in turn; each is then in the way of the next.
pub(super) fn place(panel: &Panel<'_>, frame: Rect, page: &Page, clutter: &mut Clutter) -> Vec<Option<Placed>> {
    let small = Page { font_pt: (FONT * page.font_pt).max(SMALLEST), letters: false, ..page.clone() };
    let one = |inset: &Inset<'_>| {
        let rect = inset.place.map_or_else(|| corner(frame, clutter), |share| stated(share, frame))?;
        let placed = fitted(&inset.panel, rect, &small)?;
        clutter.cover(&rect);
        Some(placed)
    };
    panel.insets.iter().map(one).collect()
}

/// The rectangle of left, lower, right and upper shares of a box, put in order.
fn stated([left, low, right, high]: [f64; 4], frame: Rect) -> Option<Rect> {
    let (x0, x1) = (left.min(right).max(0.0), left.max(right).min(1.0));
    let (y0, y1) = (low.min(high).max(0.0), low.max(high).min(1.0));
    let rect = Rect {
        x: frame.x + x0 * frame.w,
        y: frame.bottom() - y1 * frame.h,
        w: (x1 - x0) * frame.w,
        h: (y1 - y0) * frame.h,
    };
    (rect.w > 0.0 && rect.h > 0.0).then_some(rect)
}

/// The corner of the box that covers least.
fn corner(frame: Rect, clutter: &Clutter) -> Option<Rect> {
    let inner = frame.grown(-MARGIN);
    let [w, h] = [SHARE[0] * inner.w, SHARE[1] * inner.h];
    let at = |[sx, sy]: [f64; 2]| Rect { x: inner.x + sx * (inner.w - w), y: inner.y + sy * (inner.h - h), w, h };
    [[1.0, 0.0], [1.0, 1.0], [0.0, 0.0], [0.0, 1.0]].map(at).into_iter().min_by_key(|rect| clutter.under(rect))
}

/// The panel with its numbers and labels inside `rect`.
fn fitted(panel: &Panel<'_>, rect: Rect, page: &Page) -> Option<Placed> {
    let mut cell = Cell::new(fit_ranges(panel));
    let mut frame = rect;
    // Margins depend on the box and the box on the margins, as for the page itself.
    for _ in 0..2 {
        cell.measure(panel, page, [frame.w, frame.h]);
        let needs = cell.needs;
        frame = Rect {
            x: rect.x + needs.left,
            y: rect.y + needs.above,
            w: rect.w - needs.left - needs.right,
            h: rect.h - needs.above - needs.below,
        };
        if !(frame.w > LEAST * page.font_pt && frame.h > LEAST * page.font_pt * 0.6) {
            return None;
        }
    }
    let label = rect.x + cell.needs.label;
    Some(Placed { backing: Some(rect), ..furnish(&cell, panel, frame, page, label) })
}
