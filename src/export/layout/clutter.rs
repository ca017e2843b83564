//! Where in a plot box data lie, so that words can keep away from them.

use super::super::geometry::{Rect, Ruler};
use crate::figure::{Layer, Panel, Rule, streamlines};

/// Edge of a square of the raster, in points.
const SQUARE: f64 = 2.5;

/// A raster of the plot box that counts the marks in each square.
pub(crate) struct Clutter {
    frame: Rect,
    nx: usize,
    ny: usize,
    marks: Vec<u32>,
    /// `sums[(iy) (nx + 1) + ix]`: squares in use below and left of a corner.
    sums: Vec<u32>,
}

impl Clutter {
    /// The raster of the layers that `count`.
    pub fn of_layers(
        layers: &[Layer<'_>],
        frame: Rect,
        x: &Ruler,
        y: &Ruler,
        count: impl Fn(&Layer<'_>) -> bool,
    ) -> Self {
        let (nx, ny) = (squares(frame.w), squares(frame.h));
        let mut clutter = Clutter { frame, nx, ny, marks: vec![0; nx * ny], sums: Vec::new() };
        layers.iter().filter(|layer| count(layer)).for_each(|layer| clutter.layer(layer, x, y));
        clutter.sum();
        clutter
    }

    /// The raster of everything a panel draws.
    pub fn of(panel: &Panel<'_>, frame: Rect, x: &Ruler, y: &Ruler) -> Self {
        let mut clutter = Clutter::of_layers(&panel.layers, frame, x, y, |_| true);
        for handle in &panel.handles {
            clutter.segment(handle.at, handle.at, x, y);
        }
        clutter.sum();
        clutter
    }

    fn layer(&mut self, layer: &Layer<'_>, x: &Ruler, y: &Ruler) {
        match layer {
            Layer::Line(l) => self.path(&l.x, &l.y, x, y),
            Layer::Points(p) => {
                p.x.iter().zip(p.y.iter()).for_each(|(a, b)| self.segment([*a, *b], [*a, *b], x, y));
            }
            Layer::Band(b) => {
                for ((at, low), high) in b.x.iter().zip(b.low.iter()).zip(b.high.iter()) {
                    self.segment([*at, *low], [*at, *high], x, y);
                }
            }
            Layer::Bars(b) => {
                let floor = y.low.max(0.0);
                for (at, height) in b.x.iter().zip(b.height.iter()) {
                    for side in [-0.5, 0.0, 0.5] {
                        let at = at + side * b.width;
                        self.segment([at, floor], [at, *height], x, y);
                    }
                }
            }
            Layer::Histogram(h) => {
                let floor = y.low.max(0.0);
                for (edges, height) in h.edges.windows(2).zip(h.height.iter()) {
                    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
                        let at = edges[0] + share * (edges[1] - edges[0]);
                        self.segment([at, floor], [at, *height], x, y);
                    }
                }
            }
            Layer::ErrorBars(e) => {
                for ((a, b), (low, high)) in e.x.iter().zip(e.y.iter()).zip(e.low.iter().zip(e.high.iter())) {
                    let ends = if e.along_x { [[*low, *b], [*high, *b]] } else { [[*a, *low], [*a, *high]] };
                    self.segment(ends[0], ends[1], x, y);
                }
            }
            Layer::Contours(c) => {
                for curve in c.levels.iter().flat_map(|level| c.lines(*level)) {
                    curve.windows(2).for_each(|w| self.segment(w[0], w[1], x, y));
                }
            }
            Layer::Streamlines(s) => {
                for stream in streamlines(s, self.frame.w / self.frame.h) {
                    stream.points.windows(2).for_each(|w| self.segment(w[0], w[1], x, y));
                }
            }
            Layer::HeatMap(_) => self.marks.fill(1),
            Layer::Facets(f) => {
                let corners = f.x.chunks_exact(4).zip(f.y.chunks_exact(4));
                corners.for_each(|(xs, ys)| self.area(xs, ys, x, y));
            }
            Layer::Arrows(a) => {
                for (k, (at, up)) in a.x.iter().zip(a.y.iter()).enumerate() {
                    let (u, v) = (a.u.get(k).unwrap_or(&0.0), a.v.get(k).unwrap_or(&0.0));
                    self.segment([*at, *up], [at + u, up + v], x, y);
                }
            }
            Layer::Rule(Rule::X(at, ..)) => self.segment([*at, y.low], [*at, y.high], x, y),
            Layer::Rule(Rule::Y(at, ..)) => self.segment([x.low, *at], [x.high, *at], x, y),
            // Words over a ruling are hard to read; a tint may lie under them.
            Layer::Region(r) if r.hatch.is_some() => self.area(&r.x, &r.y, x, y),
            // Texts are added where they are placed.
            Layer::Region(_) | Layer::Text(_) | Layer::Callout(_) => {}
        }
    }

    fn path(&mut self, xs: &[f64], ys: &[f64], x: &Ruler, y: &Ruler) {
        let column = |at: (f64, f64)| (at.0 / SQUARE).floor();
        // Points that follow each other within a column fill it from the lowest to the highest.
        let mut last: Option<(f64, f64)> = None;
        let (mut top, mut bottom) = (f64::INFINITY, f64::NEG_INFINITY);
        for (a, b) in xs.iter().zip(ys).chain([(&f64::NAN, &f64::NAN)]) {
            let here = x.place(*a).zip(y.place(*b));
            if let Some(from) = last.filter(|from| here.map(column) != Some(column(*from))) {
                self.stroke((from.0, top), (from.0, bottom));
                here.into_iter().for_each(|to| self.stroke(from, to));
                (top, bottom) = (f64::INFINITY, f64::NEG_INFINITY);
            }
            if let Some(to) = here {
                (top, bottom) = (top.min(to.1), bottom.max(to.1));
            }
            last = here;
        }
    }

    /// Marks the squares inside a polygon.
    fn area(&mut self, xs: &[f64], ys: &[f64], x: &Ruler, y: &Ruler) {
        let corners: Vec<[f64; 2]> =
            xs.iter().zip(ys).filter_map(|(a, b)| Some([x.place(*a)?, y.place(*b)?])).collect();
        let corners = super::super::path::clip_polygon(corners, &self.frame);
        for iy in 0..self.ny {
            let level = self.frame.y + (iy as f64 + 0.5) * SQUARE;
            let edges = corners.iter().zip(corners.iter().cycle().skip(1));
            let crossed = edges.filter(|(a, b)| (a[1] > level) != (b[1] > level));
            let mut at: Vec<f64> =
                crossed.map(|(a, b)| a[0] + (level - a[1]) / (b[1] - a[1]) * (b[0] - a[0])).collect();
            at.sort_by(f64::total_cmp);
            for span in at.chunks_exact(2) {
                self.stroke((span[0], level), (span[1], level));
            }
        }
    }

    fn segment(&mut self, a: [f64; 2], b: [f64; 2], x: &Ruler, y: &Ruler) {
        if let (Some(a), Some(b)) = (x.place(a[0]).zip(y.place(a[1])), x.place(b[0]).zip(y.place(b[1]))) {
            self.stroke(a, b);
        }
    }

    /// Marks the squares along a stroke on the page.
    fn stroke(&mut self, a: (f64, f64), b: (f64, f64)) {
        let outer = self.frame.grown(SQUARE);
        let Some([a, b]) = super::super::path::clip([a.0, a.1], [b.0, b.1], &outer) else { return };
        let length = (b[0] - a[0]).abs().max((b[1] - a[1]).abs());
        let steps = (length / SQUARE).ceil().max(1.0);
        for i in 0..=steps as usize {
            let share = i as f64 / steps;
            self.mark(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share);
        }
    }

    fn mark(&mut self, x: f64, y: f64) {
        let (ix, iy) = ((x - self.frame.x) / SQUARE, (y - self.frame.y) / SQUARE);
        if ix >= 0.0 && iy >= 0.0 && (ix as usize) < self.nx && (iy as usize) < self.ny {
            self.marks[iy as usize * self.nx + ix as usize] = 1;
        }
    }

    /// Adds a rectangle, such as a text that has found its place.
    pub fn cover(&mut self, rect: &Rect) {
        let (steps_x, steps_y) = (squares(rect.w) + 1, squares(rect.h) + 1);
        for i in 0..=steps_x {
            for j in 0..=steps_y {
                let share = [i as f64 / steps_x as f64, j as f64 / steps_y as f64];
                self.mark(rect.x + rect.w * share[0], rect.y + rect.h * share[1]);
            }
        }
        self.sum();
    }

    fn sum(&mut self) {
        let row = self.nx + 1;
        self.sums = vec![0; row * (self.ny + 1)];
        for iy in 0..self.ny {
            for ix in 0..self.nx {
                let above = self.sums[iy * row + ix + 1] + self.sums[(iy + 1) * row + ix];
                self.sums[(iy + 1) * row + ix + 1] = above - self.sums[iy * row + ix] + self.marks[iy * self.nx + ix];
            }
        }
    }

    /// How many squares in use a rectangle touches.
    pub fn under(&self, rect: &Rect) -> u32 {
        let clamp = |v: f64, n: usize| (v.max(0.0) as usize).min(n);
        let (x0, x1) = ((rect.x - self.frame.x) / SQUARE, ((rect.right() - self.frame.x) / SQUARE).ceil());
        let (y0, y1) = ((rect.y - self.frame.y) / SQUARE, ((rect.bottom() - self.frame.y) / SQUARE).ceil());
        let (x0, x1, y0, y1) = (clamp(x0, self.nx), clamp(x1, self.nx), clamp(y0, self.ny), clamp(y1, self.ny));
        let at = |ix: usize, iy: usize| self.sums[iy * (self.nx + 1) + ix];
        (at(x1, y1) + at(x0, y0)) - (at(x0, y1) + at(x1, y0))
    }
}

fn squares(length: f64) -> usize {
    ((length / SQUARE).ceil().max(1.0) as usize).min(4000)
}
