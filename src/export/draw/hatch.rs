//! The ruling of hatched areas, as strokes cut at their edges.

use super::{Fill, Shape, Stroke};
use crate::export::page::Page;
use crate::export::path::Point;
use crate::figure::{Hatch, Marker, Rgb};

/// Between lines of a ruling, in points.
const PITCH: f64 = 3.4;
/// Radius of the dots of a ruling.
const DOT: f64 = 0.4;

/// The strokes or dots over polygons filled with `fill`; none without a hatch.
///
/// They are real geometry, not a pattern: every reader and printer draws them alike.
pub fn ruling(polygons: &[Vec<Point>], fill: &Fill) -> Vec<Shape> {
    let Some((hatch, color)) = fill.hatch else { return Vec::new() };
    let diagonal = |rising: bool| slanted(polygons, rising);
    match hatch {
        Hatch::Rising => strokes(diagonal(true), color),
        Hatch::Falling => strokes(diagonal(false), color),
        Hatch::Cross => strokes([diagonal(true), diagonal(false)].concat(), color),
        Hatch::Dots => dots(polygons, color),
    }
}

fn strokes(runs: Vec<Vec<Point>>, color: Rgb) -> Vec<Shape> {
    let stroke = Stroke { color, width: Page::HAIRLINE, dash: Vec::new() };
    if runs.is_empty() { Vec::new() } else { vec![super::brush::lines(runs, stroke)] }
}

/// Diagonal lines at a fixed pitch on the page, so that neighbouring areas match.
fn slanted(polygons: &[Vec<Point>], rising: bool) -> Vec<Vec<Point>> {
    // Along a diagonal x ± y is constant: in (u, w) = (x ± y, x ∓ y) the lines are u = const.
    let sign = if rising { 1.0 } else { -1.0 };
    let turn = |p: &Point| [p[0] + sign * p[1], p[0] - sign * p[1]];
    let back = |u: f64, w: f64| [(u + w) / 2.0, sign * (u - w) / 2.0];
    let pitch = PITCH * std::f64::consts::SQRT_2;
    let spans = |polygon: &Vec<Point>| {
        let turned: Vec<Point> = polygon.iter().map(turn).collect();
        cuts(&turned, pitch).into_iter().map(move |(u, [a, b])| vec![back(u, a), back(u, b)]).collect::<Vec<_>>()
    };
    polygons.iter().flat_map(spans).collect()
}

/// For every multiple of `pitch`, the stretches of the line u = const inside a polygon (even–odd).
fn cuts(corners: &[Point], pitch: f64) -> Vec<(f64, [f64; 2])> {
    let ends = corners.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |e, p| [e[0].min(p[0]), e[1].max(p[0])]);
    let (first, last) = ((ends[0] / pitch).ceil(), (ends[1] / pitch).floor());
    let mut out = Vec::new();
    if !(last - first < 1e4) {
        return out;
    }
    for k in first as i64..=last as i64 {
        let u = k as f64 * pitch;
        let edges = corners.iter().zip(corners.iter().cycle().skip(1));
        let crossed = edges.filter(|(a, b)| (a[0] > u) != (b[0] > u));
        let mut at: Vec<f64> = crossed.map(|(a, b)| a[1] + (u - a[0]) / (b[0] - a[0]) * (b[1] - a[1])).collect();
        at.sort_by(f64::total_cmp);
        out.extend(at.chunks_exact(2).map(|c| (u, [c[0], c[1]])));
    }
    out
}

/// Dots in staggered rows.
fn dots(polygons: &[Vec<Point>], color: Rgb) -> Vec<Shape> {
    let mut at = Vec::new();
    for polygon in polygons {
        let turned: Vec<Point> = polygon.iter().map(|p| [p[1], p[0]]).collect();
        for (y, [from, to]) in cuts(&turned, PITCH) {
            let shift = if (y / PITCH).round() as i64 % 2 == 0 { 0.0 } else { PITCH / 2.0 };
            let first = ((from - shift) / PITCH).ceil() as i64;
            let last = ((to - shift) / PITCH).floor() as i64;
            at.extend((first..=last).map(|k| [k as f64 * PITCH + shift, y]));
        }
    }
    let marks = Shape::Marks { at, marker: Marker::Disc, radius: DOT, color, rim: None };
    if matches!(&marks, Shape::Marks { at, .. } if at.is_empty()) { Vec::new() } else { vec![marks] }
}
