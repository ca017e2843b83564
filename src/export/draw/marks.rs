//! Markers, dense clouds, arrows and handles.

use std::collections::HashSet;

use super::brush::{Brush, lines};
use super::{Fill, Shape};
use crate::export::geometry::Rect;
use crate::export::page::{PT_PER_INCH, Page};
use crate::export::path::Point;
use crate::figure::{Ink, Marker, Points, Rgb, Weight};

/// Radius of an ordinary marker in points.
const RADIUS: f64 = 1.35;
/// More markers than this are one picture.
const CLOUD: usize = 20_000;
/// Markers closer than this fraction of their radius print as one.
const MERGE: f64 = 0.25;
/// Most pixels of a cloud's picture.
const LARGEST: usize = 1 << 28;
/// Between markers along a line, in points.
const BEADS: f64 = 34.0;

/// The radius of markers of a relative size.
fn radius(size: f64, brush: &Brush<'_>) -> f64 {
    let size = if size.is_finite() { size.clamp(0.05, 50.0) } else { 1.0 };
    RADIUS * size * brush.page.line_pt.sqrt()
}

/// Markers of one kind; those that print as one are one.
pub(super) fn scatter(at: Vec<Point>, marker: Marker, size: f64, ink: Ink, brush: &Brush<'_>) -> Option<Shape> {
    let radius = radius(size, brush);
    let at = apart(at, radius * MERGE);
    let open = matches!(marker, Marker::Ring | Marker::Cross);
    let width = (0.7 * brush.page.line_pt).min(0.5 * radius).max(Page::HAIRLINE);
    let color = brush.color(ink);
    let rim = open.then_some((color, width));
    (!at.is_empty()).then_some(Shape::Marks { at, marker, radius, color, rim })
}

/// The points left when those in one square of edge `grid` become one.
fn apart(mut at: Vec<Point>, grid: f64) -> Vec<Point> {
    let mut seen = HashSet::new();
    at.retain(|p| seen.insert(((p[0] / grid).round() as i64, (p[1] / grid).round() as i64)));
    at
}

/// A layer of points: markers, or a picture when there are too many for a vector file.
pub(super) fn cloud(at: Vec<Point>, points: &Points<'_>, brush: &Brush<'_>, frame: &Rect) -> Option<Shape> {
    let shape = scatter(at, points.marker, points.size, points.ink, brush)?;
    match &shape {
        Shape::Marks { at, radius, color, marker: Marker::Disc, .. } if at.len() > CLOUD => {
            picture(at, *radius, *color, frame).or(Some(shape))
        }
        _ => Some(shape),
    }
}

/// Discs as a picture of [`Page::SCATTER_DPI`], no larger than it must be.
fn picture(at: &[Point], radius: f64, color: Rgb, frame: &Rect) -> Option<Shape> {
    let scale = Page::SCATTER_DPI / PT_PER_INCH;
    let rect = around(at, frame).grown(radius + 1.0 / scale);
    let (width, height) = ((rect.w * scale).ceil().max(1.0) as usize, (rect.h * scale).ceil().max(1.0) as usize);
    let mut cover = vec![0_u8; width.checked_mul(height).filter(|n| *n <= LARGEST)?];
    for p in at {
        disc(&mut cover, width, [(p[0] - rect.x) * scale, (p[1] - rect.y) * scale], radius * scale);
    }
    // One colour throughout: what differs is how much of a pixel is covered.
    let pixels = cover.into_iter().flat_map(|a| [color.0, color.1, color.2, a]).collect();
    let rect = Rect { w: width as f64 / scale, h: height as f64 / scale, ..rect };
    Some(Shape::Picture { rect, width, height, pixels, cells: false })
}

/// The part of the box that holds points.
fn around(at: &[Point], frame: &Rect) -> Rect {
    let none = [f64::INFINITY, f64::NEG_INFINITY];
    let ends = |i: usize| at.iter().fold(none, |e, p| [e[0].min(p[i]), e[1].max(p[i])]);
    let ([left, right], [top, bottom]) = (ends(0), ends(1));
    let (x, y) = (left.max(frame.x), top.max(frame.y));
    Rect { x, y, w: (right.min(frame.right()) - x).max(0.0), h: (bottom.min(frame.bottom()) - y).max(0.0) }
}

/// Adds a disc to the cover of pixels: all of a pixel inside, none outside, a ramp of one pixel between.
fn disc(cover: &mut [u8], width: usize, [x, y]: Point, radius: f64) {
    let span = |c: f64, most: usize| {
        let first = (c - radius - 1.0).floor().max(0.0) as usize;
        first..((c + radius + 1.0).ceil().max(0.0) as usize).min(most)
    };
    for iy in span(y, cover.len() / width) {
        for ix in span(x, width) {
            let away = ((ix as f64 + 0.5 - x).powi(2) + (iy as f64 + 0.5 - y).powi(2)).sqrt();
            let share = (radius - away + 0.5).clamp(0.0, 1.0);
            let pixel = &mut cover[iy * width + ix];
            *pixel = (*pixel).max((share * 255.0).round() as u8);
        }
    }
}

/// Evenly spaced places along runs; lines drawn one over another get theirs at different places.
pub(super) fn along(runs: &[Vec<Point>], k: usize) -> Vec<Point> {
    let mut out = Vec::new();
    let mut rest = BEADS * (0.25 + 0.31 * (k % 4) as f64);
    for run in runs {
        for pair in run.windows(2) {
            let (dx, dy) = (pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]);
            let length = dx.hypot(dy);
            while rest < length {
                let share = rest / length;
                out.push([pair[0][0] + share * dx, pair[0][1] + share * dy]);
                rest += BEADS;
            }
            rest -= length;
        }
    }
    out
}

/// Arrows from tail to tip: shafts as one path, heads as another.
pub(super) fn arrows(at: &[(Point, Point)], ink: Ink, weight: Weight, brush: &Brush<'_>) -> Vec<Shape> {
    let stroke = brush.plain(ink, brush.page.stroke(weight));
    let (mut shafts, mut heads) = (Vec::new(), Vec::new());
    for (tail, tip) in at {
        let Some((neck, corners)) = head(*tail, *tip, stroke.width) else { continue };
        shafts.push(vec![*tail, neck]);
        heads.push(corners);
    }
    if shafts.is_empty() {
        return Vec::new();
    }
    let fill = Fill { color: stroke.color, opacity: 1.0, hatch: None };
    vec![lines(shafts, stroke), super::brush::areas(heads, fill)]
}

/// Where the shaft of an arrow ends, and the corners of its head; `None` for one too short to see.
pub(super) fn head(tail: Point, tip: Point, width: f64) -> Option<(Point, Vec<Point>)> {
    let (dx, dy) = (tip[0] - tail[0], tip[1] - tail[1]);
    let length = dx.hypot(dy);
    if length < 0.2 {
        return None;
    }
    // The head shrinks with a short arrow, and the shaft ends inside it.
    let head = (2.2 + 1.6 * width).min(0.5 * length);
    let (ux, uy) = (dx / length, dy / length);
    let neck = [tip[0] - 0.8 * head * ux, tip[1] - 0.8 * head * uy];
    let half = 0.36 * head;
    let base = [tip[0] - head * ux, tip[1] - head * uy];
    let side = |half: f64| [base[0] - half * uy, base[1] + half * ux];
    Some((neck, vec![tip, side(half), side(-half)]))
}

/// A handle: a disc with a rim of the ground, larger than any marker.
pub(super) fn handle(at: Point, ink: Ink, brush: &Brush<'_>) -> Shape {
    let rim = Some((brush.color(Ink::Ground), 0.6));
    Shape::Marks { at: vec![at], marker: Marker::Disc, radius: 1.7 * RADIUS, color: brush.color(ink), rim }
}
