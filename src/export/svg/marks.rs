//! Markers, arrows and handles.

use std::collections::HashSet;

use super::super::path::Point;
use super::Brush;
use super::write::{attr, num, pair};
use crate::figure::{Ink, Marker, Weight};

/// Radius of an ordinary marker in points.
const RADIUS: f64 = 1.35;
/// Discs beyond this number are drawn as dots of a round pen, a fifth of the size.
const CLOUD: usize = 5000;
/// Markers closer than this fraction of their radius print as one.
const MERGE: f64 = 0.25;

/// Markers of one kind as one path.
pub(super) fn scatter(out: &mut String, at: &[Point], marker: Marker, size: f64, ink: Ink, brush: &Brush<'_>) {
    let size = if size.is_finite() { size.clamp(0.05, 50.0) } else { 1.0 };
    let radius = RADIUS * size * brush.page.line_pt.sqrt();
    if at.is_empty() {
        return;
    }
    let color = brush.hex(ink);
    let cloud = marker == Marker::Disc && at.len() > CLOUD;
    if cloud {
        out.push_str(&format!("<path fill=\"none\" stroke=\"{color}\" stroke-linecap=\"round\""));
        attr(out, "stroke-width", 2.0 * radius);
    } else if matches!(marker, Marker::Ring | Marker::Cross) {
        out.push_str(&format!("<path fill=\"none\" stroke=\"{color}\""));
        attr(out, "stroke-width", (0.7 * brush.page.line_pt).min(0.5 * radius));
    } else {
        out.push_str(&format!("<path fill=\"{color}\""));
    }
    out.push_str(" d=\"");
    let mut seen = HashSet::new();
    let grid = radius * MERGE;
    for p in at {
        if seen.insert(((p[0] / grid).round() as i64, (p[1] / grid).round() as i64)) {
            if cloud {
                out.push('M');
                pair(out, *p);
                out.push_str("h.01");
            } else {
                shape(out, *p, marker, radius);
            }
        }
    }
    out.push_str("\"/>\n");
}

/// Path data of one marker; all shapes have about the area of the disc.
fn shape(out: &mut String, [x, y]: Point, marker: Marker, r: f64) {
    let polygon = |out: &mut String, corners: &[[f64; 2]]| {
        let mut lead = 'M';
        for [dx, dy] in corners {
            out.push(lead);
            pair(out, [x + dx * r, y + dy * r]);
            lead = ' ';
        }
        out.push('Z');
    };
    match marker {
        Marker::Disc => circle(out, [x, y], r),
        Marker::Ring => circle(out, [x, y], 0.95 * r),
        Marker::Square => polygon(out, &[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]),
        Marker::Triangle => polygon(out, &[[0.0, -1.3], [1.15, 0.75], [-1.15, 0.75]]),
        Marker::Diamond => polygon(out, &[[0.0, -1.3], [1.15, 0.0], [0.0, 1.3], [-1.15, 0.0]]),
        Marker::Cross => {
            for [dx, dy] in [[1.0, 1.0], [1.0, -1.0]] {
                out.push('M');
                pair(out, [x - dx * r, y - dy * r]);
                out.push('L');
                pair(out, [x + dx * r, y + dy * r]);
            }
        }
    }
}

fn circle(out: &mut String, [x, y]: Point, r: f64) {
    out.push('M');
    pair(out, [x - r, y]);
    for way in [2.0 * r, -2.0 * r] {
        out.push('a');
        num(out, r);
        out.push(' ');
        num(out, r);
        out.push_str(" 0 1 1 ");
        num(out, way);
        out.push_str(" 0");
    }
    out.push('Z');
}

/// Arrows from tail to tip: shafts as one path, heads as another.
pub(super) fn arrows(out: &mut String, at: &[(Point, Point)], ink: Ink, weight: Weight, brush: &Brush<'_>) {
    let width = brush.page.stroke(weight);
    let (mut shafts, mut heads) = (String::new(), String::new());
    for (tail, tip) in at {
        let (dx, dy) = (tip[0] - tail[0], tip[1] - tail[1]);
        let length = dx.hypot(dy);
        if length < 0.2 {
            continue;
        }
        // The head shrinks with a short arrow, and the shaft ends inside it.
        let head = (2.2 + 1.6 * width).min(0.5 * length);
        let (ux, uy) = (dx / length, dy / length);
        let neck = [tip[0] - 0.8 * head * ux, tip[1] - 0.8 * head * uy];
        let half = 0.36 * head;
        let base = [tip[0] - head * ux, tip[1] - head * uy];
        shafts.push('M');
        pair(&mut shafts, *tail);
        shafts.push('L');
        pair(&mut shafts, neck);
        heads.push('M');
        pair(&mut heads, *tip);
        for side in [half, -half] {
            heads.push('L');
            pair(&mut heads, [base[0] - side * uy, base[1] + side * ux]);
        }
        heads.push('Z');
    }
    if shafts.is_empty() {
        return;
    }
    let color = brush.hex(ink);
    out.push_str(&format!("<path fill=\"none\" stroke=\"{color}\""));
    attr(out, "stroke-width", width);
    out.push_str(&format!(" d=\"{shafts}\"/>\n<path fill=\"{color}\" d=\"{heads}\"/>\n"));
}

/// A handle: a disc with a rim of the ground, larger than any marker.
pub(super) fn handle(out: &mut String, at: Point, ink: Ink, brush: &Brush<'_>) {
    let (fill, rim) = (brush.hex(ink), brush.hex(Ink::Ground));
    out.push_str(&format!("<circle fill=\"{fill}\" stroke=\"{rim}\""));
    for (name, value) in [("stroke-width", 0.6), ("cx", at[0]), ("cy", at[1]), ("r", 1.7 * RADIUS)] {
        attr(out, name, value);
    }
    out.push_str("/>\n");
}
