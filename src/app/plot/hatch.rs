//! Filling and ruling polygons of any shape, by where parallel lines cross their edges.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::figure::Hatch;

/// Distance of ruled lines, and of dots, in pixels.
const APART: f32 = 7.0;
/// Height of the strips a filled polygon is cut into, in pixels.
const STRIP: f32 = 1.0;
/// Corners closer together than this are one.
const NEAR: f32 = 0.5;

/// The polygon in a flat colour, of what lies in `frame`; overlapping parts cancel (even-odd rule).
pub fn filled(polygon: &[Pos2], frame: Rect, colour: Color32) -> Shape {
    let polygon = thinned(polygon);
    let mut mesh = Mesh::default();
    let bounds = Rect::from_points(&polygon).intersect(frame.expand(2.0));
    let strips = if bounds.is_positive() { (bounds.height() / STRIP).ceil() as usize } else { 0 };
    for k in 0..strips {
        let top = bounds.top() + k as f32 * STRIP;
        let bottom = (top + STRIP).min(bounds.bottom());
        for ends in crossings(&polygon, vec2(1.0, 0.0), (top + bottom) / 2.0).chunks_exact(2) {
            let (left, right) = (ends[0].max(bounds.left()), ends[1].min(bounds.right()));
            if right > left {
                mesh.add_colored_rect(Rect::from_min_max(pos2(left, top), pos2(right, bottom)), colour);
            }
        }
    }
    Shape::mesh(mesh)
}

/// Rules the part of a polygon that lies in `frame`. Lines of neighbouring polygons meet.
pub fn ruled(polygon: &[Pos2], hatch: Hatch, frame: Rect, colour: Color32, out: &mut Vec<Shape>) {
    let polygon = thinned(polygon);
    // Screen ordinates grow downwards: a line that rises runs along (1, −1).
    let slant = std::f32::consts::FRAC_1_SQRT_2;
    let (rising, falling) = (vec2(slant, -slant), vec2(slant, slant));
    let ways: &[Vec2] = match hatch {
        Hatch::Rising => &[rising],
        Hatch::Falling => &[falling],
        Hatch::Cross => &[rising, falling],
        Hatch::Dots => return dotted(&polygon, frame, colour, out),
    };
    for way in ways {
        for [from, to] in lines(&polygon, *way, frame) {
            out.push(Shape::line_segment([from, to], Stroke::new(1.0, colour)));
        }
    }
}

fn dotted(polygon: &[Pos2], frame: Rect, colour: Color32, out: &mut Vec<Shape>) {
    for [from, to] in lines(polygon, vec2(1.0, 0.0), frame) {
        let shift = if ((from.y / APART).round() as i64).rem_euclid(2) == 0 { 0.0 } else { 0.5 };
        let (first, last) = ((from.x / APART - shift).ceil() as i64, (to.x / APART - shift).floor() as i64);
        for k in first..=last {
            out.push(Shape::circle_filled(pos2((k as f32 + shift) * APART, from.y), 1.1, colour));
        }
    }
}

/// Pieces of the ruled lines along `way` that lie in the polygon and in the frame.
fn lines(polygon: &[Pos2], way: Vec2, frame: Rect) -> Vec<[Pos2; 2]> {
    let normal = vec2(-way.y, way.x);
    let reach = |across: Vec2, points: &[Pos2]| {
        let place = points.iter().map(|p| p.to_vec2().dot(across));
        place.fold([f32::INFINITY, f32::NEG_INFINITY], |r, v| [r[0].min(v), r[1].max(v)])
    };
    let corners = super::areas::corners(frame);
    let (inner, outer) = (reach(normal, polygon), reach(normal, &corners));
    let span = reach(way, &corners);
    let (first, last) = (inner[0].max(outer[0]) / APART, inner[1].min(outer[1]) / APART);
    let mut out = Vec::new();
    for k in first.ceil() as i64..=last.floor() as i64 {
        let offset = k as f32 * APART;
        for ends in crossings(polygon, way, offset).chunks_exact(2) {
            let (from, to) = (ends[0].max(span[0]), ends[1].min(span[1]));
            if to > from {
                out.push([from, to].map(|along| (along * way + offset * normal).to_pos2()));
            }
        }
    }
    out
}

/// Where the line along `way` at this distance from the origin crosses the polygon, ascending.
fn crossings(polygon: &[Pos2], way: Vec2, offset: f32) -> Vec<f32> {
    let normal = vec2(-way.y, way.x);
    let mut out = Vec::new();
    for (k, a) in polygon.iter().enumerate() {
        let b = polygon[(k + 1) % polygon.len()];
        let (da, db) = (a.to_vec2().dot(normal) - offset, b.to_vec2().dot(normal) - offset);
        if (da < 0.0) != (db < 0.0) {
            out.push(a.lerp(b, da / (da - db)).to_vec2().dot(way));
        }
    }
    out.sort_by(f32::total_cmp);
    out
}

fn thinned(polygon: &[Pos2]) -> Vec<Pos2> {
    let mut out: Vec<Pos2> = Vec::with_capacity(polygon.len());
    for p in polygon {
        if out.last().is_none_or(|last| last.distance(*p) >= NEAR) {
            out.push(*p);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{APART, Hatch, crossings, filled, lines, ruled};
    use egui::{Color32, Pos2, Rect, Shape, pos2, vec2};

    /// A letter U: two arms, open at the top.
    const U: [[f32; 2]; 8] = [[0., 0.], [10., 0.], [10., 40.], [30., 40.], [30., 0.], [40., 0.], [40., 50.], [0., 50.]];

    fn shape() -> Vec<Pos2> {
        U.iter().map(|p| pos2(p[0], p[1])).collect()
    }

    fn area(shape: &Shape) -> f32 {
        let Shape::Mesh(mesh) = shape else { return f32::NAN };
        let at = |i: u32| mesh.vertices[i as usize].pos;
        let triangle = |t: &[u32]| {
            let (a, b) = (at(t[1]) - at(t[0]), at(t[2]) - at(t[0]));
            (a.x * b.y - a.y * b.x).abs() / 2.0
        };
        mesh.indices.chunks(3).map(triangle).sum()
    }

    #[test]
    fn a_polygon_that_is_not_convex_is_filled_and_ruled_inside_only() {
        let frame = Rect::from_min_max(pos2(-100.0, -100.0), pos2(100.0, 100.0));
        assert_eq!(crossings(&shape(), vec2(1.0, 0.0), 20.0), [0.0, 10.0, 30.0, 40.0]);
        assert!((area(&filled(&shape(), frame, Color32::RED)) - 1200.0).abs() < 1.0);
        let half = Rect::from_min_max(pos2(-100.0, -100.0), pos2(20.0, 100.0));
        assert!((area(&filled(&shape(), half.shrink(2.0), Color32::RED)) - 600.0).abs() < 10.0);
        let ruled_length: f32 = lines(&shape(), vec2(1.0, 0.0), frame).iter().map(|l| l[0].distance(l[1])).sum();
        assert!((ruled_length * APART - 1200.0).abs() < 200.0, "{ruled_length}");
        for hatch in [Hatch::Rising, Hatch::Falling, Hatch::Cross, Hatch::Dots] {
            let mut out = Vec::new();
            ruled(&shape(), hatch, frame, Color32::RED, &mut out);
            assert!(out.len() > 8, "{hatch:?}");
            let inside = |r: Rect| !Rect::from_min_max(pos2(12.5, -9.0), pos2(27.5, 37.5)).contains(r.center());
            assert!(out.iter().all(|s| inside(s.visual_bounding_rect())), "{hatch:?}");
        }
        for few in [&[][..], &[pos2(1.0, 1.0)], &[pos2(0.0, 0.0), pos2(9.0, 9.0)]] {
            assert!(area(&filled(few, frame, Color32::RED)) < 1e-3, "{few:?}");
            ruled(few, Hatch::Cross, frame, Color32::RED, &mut Vec::new());
        }
    }
}
