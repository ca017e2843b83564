//! Bands, bars, histograms and regions.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, pos2, vec2};

use super::columns::telling;
use super::hatch;
use super::pen::Pen;
use super::strokes::dashed;
use crate::figure::{Band, Bars, Dash, Hatch, Histogram, Ink, Region};

/// Strength of the tint of bars and histograms, and of regions.
const BARS: f32 = 0.55;
const HISTOGRAM: f32 = 0.30;
const REGION: f64 = 0.2;

impl Pen<'_, '_> {
    pub(super) fn band(&self, k: usize, band: &Band<'_>, out: &mut Vec<Shape>) {
        let colour = self.ink(band.ink).gamma_multiply(0.28);
        for edges in self.edges(k, band) {
            out.push(ribbon(&edges, colour));
            let outline: Vec<Pos2> = edges[0].iter().chain(edges[1].iter().rev()).copied().collect();
            self.hatched(&outline, band.hatch, band.ink, out);
        }
    }

    /// Both edges of every connected stretch of a band. Of samples in one column of pixels, the lowest
    /// low and the highest high stand for all.
    fn edges(&self, k: usize, band: &Band<'_>) -> Vec<[Vec<Pos2>; 2]> {
        let (x, low, high) = (&band.x, &band.low, &band.high);
        let series = [low, high].map(|y| self.store.series(k, u8::from(std::ptr::eq(y, high)), x, y, self.scales()));
        let [Some(below), Some(above)] = series else { return self.plain_edges(band) };
        if !below.sorted || below.pieces().len() > 1 || above.pieces().len() > 1 {
            return self.plain_edges(band);
        }
        // One series cannot keep what depends on both.
        let columns = telling(&mut Vec::new(), x, below.pieces(), self.grid(), |column, out| {
            let [least, most] = [(&below, low), (&above, high)].map(|(series, y)| series.extremes(y, column.clone()));
            out.extend([column.start, least[0], most[1]]);
        });
        let mut edges: [Vec<Pos2>; 2] = Default::default();
        for [start, least, most] in columns.iter().flat_map(|run| run.as_chunks().0).copied() {
            if let (Some(a), Some(b)) = (self.place(x[start], low[least]), self.place(x[start], high[most])) {
                edges[0].push(a);
                edges[1].push(b);
            }
        }
        vec![edges]
    }

    fn plain_edges(&self, band: &Band<'_>) -> Vec<[Vec<Pos2>; 2]> {
        let mut out: Vec<[Vec<Pos2>; 2]> = vec![Default::default()];
        for (x, (low, high)) in band.x.iter().zip(band.low.iter().zip(band.high.iter())) {
            match (self.place(*x, *low), self.place(*x, *high), out.last_mut()) {
                (Some(a), Some(b), Some(edges)) => {
                    edges[0].push(a);
                    edges[1].push(b);
                }
                _ => out.push(Default::default()),
            }
        }
        out
    }

    pub(super) fn bars(&self, bars: &Bars<'_>, out: &mut Vec<Shape>) {
        let floor = self.height(0.0);
        for (x, height) in bars.x.iter().zip(bars.height.iter()).filter(|(x, h)| x.is_finite() && h.is_finite()) {
            let sides = [-0.5, 0.5].map(|side| self.across(x + side * bars.width));
            let rect = Rect::from_two_pos(pos2(sides[0], floor), pos2(sides[1], self.height(*height)));
            let rect = rect.shrink2(vec2(0.5, 0.0)).intersect(self.frame().expand(2.0));
            if rect.is_positive() {
                out.push(Shape::rect_filled(rect, 0.0, self.ink(bars.ink).gamma_multiply(BARS)));
                self.hatched(&corners(rect), bars.hatch, bars.ink, out);
            }
        }
    }

    /// A tint under one staircase that comes down to zero at gaps and at both ends.
    pub(super) fn histogram(&self, histogram: &Histogram<'_>, out: &mut Vec<Shape>) {
        let floor = self.height(0.0);
        let (mut stairs, mut tint, mut above) = (Vec::new(), Mesh::default(), Vec::new());
        let colour = self.ink(histogram.ink).gamma_multiply(HISTOGRAM);
        let bins = histogram.edges.windows(2).zip(histogram.height.iter());
        for (edges, height) in bins {
            if !(edges[0].is_finite() && edges[1].is_finite() && height.is_finite()) {
                self.staircase(&mut stairs, floor, histogram, &mut above);
                continue;
            }
            let (left, right, top) = (self.across(edges[0]), self.across(edges[1]), self.height(*height));
            tint.add_colored_rect(Rect::from_two_pos(pos2(left, floor), pos2(right, top)), colour);
            stairs.extend([pos2(left, top), pos2(right, top)]);
        }
        self.staircase(&mut stairs, floor, histogram, &mut above);
        out.push(Shape::mesh(tint));
        out.append(&mut above);
    }

    /// Draws and empties a staircase.
    fn staircase(&self, stairs: &mut Vec<Pos2>, floor: f32, histogram: &Histogram<'_>, out: &mut Vec<Shape>) {
        let (Some(first), Some(last)) = (stairs.first().copied(), stairs.last().copied()) else { return };
        stairs.insert(0, pos2(first.x, floor));
        stairs.push(pos2(last.x, floor));
        self.hatched(stairs, histogram.hatch, histogram.ink, out);
        dashed(std::mem::take(stairs), Stroke::new(1.4, self.ink(histogram.ink)), Dash::Solid, out);
    }

    pub(super) fn region(&self, region: &Region<'_>, out: &mut Vec<Shape>) {
        let edge: Vec<Pos2> = self.places(&region.x, &region.y).collect();
        out.push(hatch::filled(&edge, self.frame(), self.tint(region.ink, REGION)));
        self.hatched(&edge, region.hatch, region.ink, out);
    }

    /// Rules an area in a hatch.
    fn hatched(&self, edge: &[Pos2], hatch: Option<Hatch>, ink: Ink, out: &mut Vec<Shape>) {
        if let Some(hatch) = hatch {
            hatch::ruled(edge, hatch, self.frame(), self.ink(ink).gamma_multiply(0.8), out);
        }
    }
}

/// The corners of a rectangle in order.
pub fn corners(rect: Rect) -> [Pos2; 4] {
    [rect.left_bottom(), rect.left_top(), rect.right_top(), rect.right_bottom()]
}

/// The area between two polylines, as a strip of triangles.
fn ribbon([low, high]: &[Vec<Pos2>; 2], colour: Color32) -> Shape {
    let mut mesh = Mesh::default();
    for (a, b) in low.iter().zip(high) {
        mesh.colored_vertex(*a, colour);
        mesh.colored_vertex(*b, colour);
    }
    for i in 1..(mesh.vertices.len() / 2) as u32 {
        let k = 2 * i;
        mesh.add_triangle(k - 2, k - 1, k);
        mesh.add_triangle(k - 1, k, k + 1);
    }
    Shape::mesh(mesh)
}
