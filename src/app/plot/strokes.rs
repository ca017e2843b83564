//! Dashes, markers and arrow heads in pixels.

use egui::{Color32, Pos2, Shape, Stroke, Vec2, pos2, vec2};

use crate::figure::{Dash, Marker, Weight};

/// Stroke width of a weight in logical pixels.
pub fn width(weight: Weight) -> f32 {
    match weight {
        Weight::Thin => 1.0,
        Weight::Normal => 1.7,
        Weight::Bold => 2.4,
    }
}

/// A polyline in a dash pattern.
pub fn dashed(mut run: Vec<Pos2>, stroke: Stroke, dash: Dash, out: &mut Vec<Shape>) {
    // egui finds no direction between points that coincide.
    run.dedup_by(|b, a| a.distance(*b) < 0.01);
    if run.len() < 2 {
        return;
    }
    match dash {
        Dash::Solid => out.push(Shape::line(run, stroke)),
        Dash::Dashed => out.extend(Shape::dashed_line(&run, stroke, 6.0, 4.0)),
        Dash::Dotted => out.extend(Shape::dashed_line(&run, stroke, 1.6, 3.2)),
        Dash::DashDot => {
            out.extend(Shape::dashed_line_with_offset(&run, stroke, &[6.0, 1.6], &[3.0, 3.0], 0.0));
        }
    }
}

/// A marker of radius about `r`.
pub fn marker(shape: Marker, p: Pos2, r: f32, colour: Color32, out: &mut Vec<Shape>) {
    let polygon = |points: Vec<Vec2>| {
        Shape::convex_polygon(points.into_iter().map(|v| p + r * v).collect(), colour, Stroke::NONE)
    };
    match shape {
        Marker::Disc => out.push(Shape::circle_filled(p, r, colour)),
        Marker::Ring => out.push(Shape::circle_stroke(p, r, Stroke::new(1.2, colour))),
        Marker::Square => out.push(polygon(vec![vec2(-0.9, -0.9), vec2(0.9, -0.9), vec2(0.9, 0.9), vec2(-0.9, 0.9)])),
        Marker::Triangle => out.push(polygon(vec![vec2(0.0, -1.1), vec2(1.0, 0.8), vec2(-1.0, 0.8)])),
        Marker::Diamond => out.push(polygon(vec![vec2(0.0, -1.2), vec2(1.2, 0.0), vec2(0.0, 1.2), vec2(-1.2, 0.0)])),
        Marker::Cross => {
            for d in [vec2(1.0, 1.0), vec2(1.0, -1.0)] {
                out.push(Shape::line_segment([p - r * d, p + r * d], Stroke::new(1.4, colour)));
            }
        }
    }
}

/// An arrow with an open head of `head` pixels.
pub fn arrow(tail: Pos2, tip: Pos2, stroke: Stroke, head: f32, out: &mut Vec<Shape>) {
    let along = tip - tail;
    let length = along.length();
    if !(length > 0.5) {
        return;
    }
    let along = along / length;
    let across = vec2(-along.y, along.x);
    let head = head.min(0.6 * length);
    out.push(Shape::line_segment([tail, tip], stroke));
    for side in [across, -across] {
        out.push(Shape::line_segment([tip, tip - head * along + 0.6 * head * side], stroke));
    }
}

/// A filled head of `size` pixels about the middle between two points, pointing at the second.
pub fn head([tail, tip]: [Pos2; 2], size: f32, colour: Color32, out: &mut Vec<Shape>) {
    let along = (tip - tail).normalized();
    if !(along.length() > 0.5) {
        return;
    }
    let (middle, across) = (tail.lerp(tip, 0.5), vec2(-along.y, along.x));
    let base = middle - 0.5 * size * along;
    let corners = vec![middle + 0.5 * size * along, base + 0.4 * size * across, base - 0.4 * size * across];
    out.push(Shape::convex_polygon(corners, colour, Stroke::NONE));
}

/// An interval with caps across its ends.
pub fn interval([a, b]: [Pos2; 2], stroke: Stroke, out: &mut Vec<Shape>) {
    out.push(Shape::line_segment([a, b], stroke));
    let upright = (a.x - b.x).abs() < (a.y - b.y).abs();
    let cap = if upright { vec2(3.5, 0.0) } else { vec2(0.0, 3.5) };
    for end in [a, b] {
        out.push(Shape::line_segment([end - cap, end + cap], stroke));
    }
}

/// A point as the figure's geometry has it.
pub fn pair(p: Pos2) -> [f64; 2] {
    [f64::from(p.x), f64::from(p.y)]
}

/// A point as egui has it.
pub fn pos(p: [f64; 2]) -> Pos2 {
    pos2(p[0] as f32, p[1] as f32)
}
