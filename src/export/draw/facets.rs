//! Surfaces as filled polygons, neighbours of one colour together.

use super::layers::Easel;
use super::{Fill, Shape, Stroke};
use crate::export::page::Page;
use crate::export::path::Point;
use crate::figure::{Facets, Ink, Rgb};

/// The facets in the order they are painted.
pub(super) fn surface(easel: &Easel<'_>, facets: &Facets<'_>) -> Vec<Shape> {
    let mut groups: Vec<(Rgb, Vec<Vec<Point>>)> = Vec::new();
    for (corners, color) in facets.painted(easel.brush.color(Ink::Ground)) {
        let placed: Option<Vec<Point>> = corners.iter().map(|[x, y]| easel.place(*x, *y)).collect();
        let Some(corners) = placed.and_then(|corners| easel.polygon(corners)).map(one_way_round) else { continue };
        match groups.last_mut().filter(|(last, _)| *last == color) {
            Some((_, runs)) => runs.push(corners),
            None => groups.push((color, vec![corners])),
        }
    }
    groups.into_iter().map(|(color, runs)| filled(color, runs)).collect()
}

/// Corners in one sense of rotation, so that no two facets of one path cancel where they overlap.
fn one_way_round(mut corners: Vec<Point>) -> Vec<Point> {
    let next = corners.iter().cycle().skip(1);
    let area: f64 = corners.iter().zip(next).map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum();
    if area < 0.0 {
        corners.reverse();
    }
    corners
}

/// A hair of an edge in its own colour closes the seam between neighbours.
fn filled(color: Rgb, runs: Vec<Vec<Point>>) -> Shape {
    let fill = Some(Fill { color, opacity: 1.0, hatch: None });
    let stroke = Some(Stroke { color, width: Page::HAIRLINE, dash: Vec::new() });
    Shape::Path { runs, closed: true, fill, stroke }
}
