//! Stretches of a line that go up and down within every column of pixels, drawn as what they are on the
//! screen: an area between the lowest and the highest point of each column.

use std::ops::Range;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Stroke, pos2};

use super::lines::NEAR;

/// Width of a column in pixels: a little less than that of those a run was thinned to, none of which are to
/// be split.
const COLUMN: f32 = 0.9 * NEAR;
/// A line that rises or falls by as many stroke widths within a column stands upright in it.
const STEEP: f32 = 3.0;
/// Columns side by side from which on an area costs less than its line.
const LEAST: usize = 8;

/// The points of a run in one column.
struct Column {
    points: Range<usize>,
    x: f32,
    low: f32,
    high: f32,
}

/// A run in stretches, in their order.
pub enum Stretch {
    /// Points to be joined by a line.
    Line(Range<usize>),
    /// An area.
    Area(Mesh),
}

/// The stretches of a run whose x never falls. Lines and areas overlap by a column, so that nothing is open
/// between them.
pub fn stretches(run: &[Pos2], stroke: Stroke, feather: f32) -> Vec<Stretch> {
    let columns = columns(run);
    let steep = |c: &Column| c.high - c.low >= STEEP * stroke.width;
    let (mut out, mut from) = (Vec::new(), 0);
    for group in columns.chunk_by(|a, b| steep(a) == steep(b)) {
        if group.len() >= LEAST && steep(&group[0]) {
            out.push(Stretch::Line(from..group[0].points.end));
            out.push(Stretch::Area(area(group, stroke, feather)));
            from = group[group.len() - 1].points.start;
        }
    }
    out.push(Stretch::Line(from..run.len()));
    out
}

fn columns(run: &[Pos2]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (k, p) in run.iter().enumerate() {
        match columns.last_mut() {
            Some(last) if p.x - last.x < COLUMN => {
                last.points.end = k + 1;
                (last.low, last.high) = (last.low.min(p.y), last.high.max(p.y));
            }
            _ => columns.push(Column { points: k..k + 1, x: p.x, low: p.y, high: p.y }),
        }
    }
    columns
}

/// The area of columns side by side, half a stroke beyond their ends, with soft edges.
fn area(columns: &[Column], stroke: Stroke, feather: f32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.reserve_vertices(4 * columns.len());
    mesh.reserve_triangles(6 * columns.len());
    let [inner, outer] = [-0.5, 0.5].map(|share| 0.5 * stroke.width + share * feather);
    for (k, c) in columns.iter().enumerate() {
        let clear = Color32::TRANSPARENT;
        let edge = [
            (c.low - outer, clear),
            (c.low - inner, stroke.color),
            (c.high + inner, stroke.color),
            (c.high + outer, clear),
        ];
        mesh.vertices.extend(edge.map(|(y, color)| Vertex { pos: pos2(c.x, y), uv: WHITE_UV, color }));
        let here = 4 * k as u32;
        for j in here..if k > 0 { here + 3 } else { here } {
            mesh.add_triangle(j - 4, j - 3, j);
            mesh.add_triangle(j - 3, j, j + 1);
        }
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    const STROKE: Stroke = Stroke { width: 2.0, color: Color32::WHITE };

    /// `count` columns of points that swing between two heights.
    fn swinging(count: usize, height: impl Fn(f32) -> f32) -> Vec<Pos2> {
        (0..4 * count)
            .map(|k| {
                let x = 0.25 * k as f32 * COLUMN * 1.01;
                pos2(x, 100.0 + height(x) * if k % 2 == 0 { -0.5 } else { 0.5 })
            })
            .collect()
    }

    /// A line that fills an area becomes one, one that does not stays a line, and every point is in either.
    #[test]
    fn steep_stretches_become_areas() {
        type Height = fn(f32) -> f32;
        let cases: [(Height, usize); 4] =
            [(|_| 40.0, 1), (|_| 2.0, 0), (|x| if x < 30.0 { 40.0 } else { 1.0 }, 1), (|x| 40.0 * (x * 0.1).sin(), 5)];
        for (height, areas) in cases {
            let run = swinging(150, height);
            let (mut at, mut found) = (0, 0);
            for stretch in stretches(&run, STROKE, 1.0) {
                match stretch {
                    Stretch::Line(range) => {
                        assert!(range.start <= at && range.end > range.start, "a gap before {at}");
                        at = range.end;
                    }
                    Stretch::Area(mesh) => {
                        assert!(mesh.is_valid());
                        let solid = || mesh.vertices.iter().filter(|v| v.color == STROKE.color);
                        let right = solid().map(|v| v.pos.x).fold(0.0, f32::max);
                        while at < run.len() && run[at].x <= right {
                            let p = run[at];
                            let column = solid().filter(|v| p.x - v.pos.x >= 0.0 && p.x - v.pos.x < COLUMN);
                            let [low, high] =
                                column.fold([f32::MAX, f32::MIN], |[a, b], v| [a.min(v.pos.y), b.max(v.pos.y)]);
                            assert!(low <= p.y && p.y <= high, "{p:?} is not between {low} and {high}");
                            at += 1;
                        }
                        found += 1;
                    }
                }
            }
            assert_eq!((at, found), (run.len(), areas));
        }
    }
}
