//! A function of two variables as a surface, with paths on it: at first in oblique projection, so that
//! axes can be read along the front; turned by hand, in an orthographic one. `sight` projects, `frame`
//! draws the box around the surface.

mod frame;
mod sight;

use crate::core::Probe;
use crate::figure::{Axis, Colormap, Dash, Facets, Ink, Layer, Line, Marker, Points, Rich, Weight, rich};
use crate::scenes::{LaneRun, Lens};
use crate::text::Lang;
use sight::Sight;

/// Facets along each side.
const N: usize = 36;
/// Most points of a path that are drawn on the surface.
const MOST_POINTS: usize = 4000;
/// Pieces into which a long step of a path is cut, so that it lies on the surface.
const PIECES: usize = 12;
/// Looks along a line of sight for what hides a point.
const LOOKS: usize = 48;

/// A surface over a rectangle.
pub struct Relief<F> {
    height: F,
    /// Whether the second variable runs across and the first into the depth.
    swapped: bool,
    across: [f64; 2],
    deep: [f64; 2],
    /// Lowest and highest point of the surface.
    ends: [f64; 2],
    sight: Sight,
    /// Azimuth and elevation in degrees, if it is turned.
    turn: Option<[f64; 2]>,
}

/// How the variables and the function are called.
pub struct Names<'n> {
    /// The two variables with their units.
    pub variables: [(&'n str, &'static str); 2],
    /// The function and its unit.
    pub function: (&'n str, &'static str),
    /// Follows what is read along the front edge.
    pub front: &'n str,
}

impl<F: Fn([f64; 2]) -> f64> Relief<F> {
    /// The surface of `height` over `x` and `y`, turned to azimuth and elevation in degrees if they are
    /// given; the variable along which it rises less goes into the depth, so that the near wall hides as
    /// little as can be.
    pub fn new(height: F, x: [f64; 2], y: [f64; 2], turn: Option<[f64; 2]>) -> Self {
        let at = |r: [f64; 2], i: usize| r[0] + (r[1] - r[0]) * i as f64 / N as f64;
        let all = (0..=N).flat_map(|i| (0..=N).map(move |j| (i, j)));
        let heights = all.map(|(i, j)| height([at(x, i), at(y, j)])).filter(|z| z.is_finite());
        let [low, high] = heights.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], z| [a.min(z), b.max(z)]);
        let ends = if low < high { [low, high] } else { [low.min(0.0), low.min(0.0) + 1.0] };
        let middle = [0.5 * (x[0] + x[1]), 0.5 * (y[0] + y[1])];
        let rise = |a: [f64; 2], b: [f64; 2]| height(a).max(height(b)) - height(middle);
        let along_x = rise([x[0], middle[1]], [x[1], middle[1]]);
        let along_y = rise([middle[0], y[0]], [middle[0], y[1]]);
        let swapped = along_x < along_y;
        let (across, deep) = if swapped { (y, x) } else { (x, y) };
        let sight = Sight::oblique(deep[0], [0.0; 2]);
        let mut relief = Relief { height, swapped, across, deep, ends, sight, turn };
        relief.sight = match turn {
            Some(angles) => Sight::turned(relief.sides(), angles),
            None => Sight::oblique(deep[0], relief.leaning()),
        };
        relief
    }

    /// The ends of the box across, deep and up.
    fn sides(&self) -> [[f64; 2]; 3] {
        [self.across, self.deep, self.ends]
    }

    /// Depth leans so far up that one looks over the near edge, within reason.
    fn leaning(&self) -> [f64; 2] {
        let (width, depth) = (self.across[1] - self.across[0], self.deep[1] - self.deep[0]);
        let middle = 0.5 * (self.across[0] + self.across[1]);
        let near = |y: f64| self.at(middle, y);
        let step = depth / N as f64;
        let slope = (near(self.deep[0]) - near(self.deep[0] + step)) / step;
        let box_height = self.ends[1] - self.ends[0];
        [0.3 * width / depth, (1.1 * slope).clamp(0.7 * box_height / depth, 1.4 * box_height / depth)]
    }

    fn at(&self, across: f64, deep: f64) -> f64 {
        (self.height)(if self.swapped { [deep, across] } else { [across, deep] })
    }

    fn projected(&self, across: f64, deep: f64, z: f64) -> [f64; 2] {
        self.sight.place([across, deep, z])
    }

    /// Where the point of the surface over `point` is drawn; `None` beyond its edges.
    pub fn place(&self, point: [f64; 2]) -> Option<[f64; 2]> {
        let [across, deep] = self.ordered(point);
        let inside = |v: f64, [low, high]: [f64; 2]| (low..=high).contains(&v);
        let there = inside(across, self.across) && inside(deep, self.deep);
        there.then(|| self.projected(across, deep, self.at(across, deep))).filter(|p| p[1].is_finite())
    }

    fn ordered(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        if self.swapped { [y, x] } else { [x, y] }
    }

    /// Whether something nearer covers the point of the surface over `point`.
    pub fn is_hidden(&self, point: [f64; 2]) -> bool {
        let [across, deep] = self.ordered(point);
        let z = self.at(across, deep);
        let slack = 0.004 * (self.ends[1] - self.ends[0]);
        let (eye, out) = (self.sight.eye, self.sight.way_out([across, deep, z], self.sides()));
        (1..=LOOKS).any(|i| {
            let nearer = out * i as f64 / LOOKS as f64;
            self.at(across + eye[0] * nearer, deep + eye[1] * nearer) > z + eye[2] * nearer + slack
        })
    }

    /// The surface from the back to the front, row by row and cell by cell: what is nearer to the eye
    /// comes later.
    fn facets<'a>(&self, (function, unit): (&str, &'static str)) -> Facets<'a> {
        let at = |r: [f64; 2], i: usize| r[0] + (r[1] - r[0]) * i as f64 / N as f64;
        let (mut x, mut y, mut values, mut light) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let order = |k: usize, towards: f64| if towards < 0.0 { N - 1 - k } else { k };
        let [right, near, _] = self.sight.eye;
        for (row, column) in (0..N).flat_map(|row| (0..N).map(move |column| (row, column))) {
            let (j, i) = (order(row, near), order(column, right));
            let nodes = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)];
            let z = nodes.map(|(i, j)| self.at(at(self.across, i), at(self.deep, j)));
            for ((i, j), z) in nodes.into_iter().zip(z) {
                let p = self.projected(at(self.across, i), at(self.deep, j), z);
                x.push(p[0]);
                y.push(p[1]);
            }
            values.push(0.25 * z.iter().sum::<f64>());
            light.push(self.light(z));
        }
        Facets {
            x: x.into(),
            y: y.into(),
            values: values.into(),
            light: light.into(),
            range: self.ends,
            map: Colormap::Viridis,
            label: Axis::new(rich(function), unit).full_label(),
        }
    }

    /// Lambert's law on a facet with these heights, in a box as high as it is wide.
    fn light(&self, [a, b, c, d]: [f64; 4]) -> f64 {
        let scale = N as f64 / (self.ends[1] - self.ends[0]);
        let normal = [-0.5 * (b + c - a - d) * scale, -0.5 * (c + d - a - b) * scale, 1.0];
        let size = normal.iter().map(|n| n * n).sum::<f64>().sqrt();
        let lamp = self.sight.lamp.iter().map(|l| l * l).sum::<f64>().sqrt();
        let cosine = normal.iter().zip(self.sight.lamp).map(|(n, l)| n * l).sum::<f64>() / (size * lamp);
        cosine.clamp(0.0, 1.0)
    }

    /// A path on the surface: what is seen of it, and in quiet dashes and dots what is hidden.
    pub fn path<'a>(
        &self,
        points: &[[f64; 2]],
        name: Option<Rich>,
        ink: Ink,
        dash: Dash,
        weight: Weight,
    ) -> Vec<Layer<'a>> {
        let few: Vec<[f64; 2]> = few(points).collect();
        let mut seen: Vec<[f64; 2]> = Vec::new();
        let mut hidden = Vec::new();
        for point in self.along(&few) {
            let gap = [f64::NAN; 2];
            let at = self.place(point).unwrap_or(gap);
            let covered = at[0].is_finite() && self.is_hidden(point);
            seen.push(if covered { gap } else { at });
            hidden.push(if covered { at } else { gap });
        }
        let line = |points: Vec<[f64; 2]>, name, ink, dash, weight| {
            let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().map(|[x, y]| (x, y)).unzip();
            Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None })
        };
        let any = hidden.iter().any(|p| p[0].is_finite());
        let behind = any.then(|| line(hidden, None, Ink::Muted, Dash::DashDot, Weight::Thin));
        std::iter::once(line(seen, name, ink, dash, weight)).chain(behind).collect()
    }

    /// The path of a lane over its first two coordinates in its usual hand.
    pub fn lane<'a>(&self, lane: &LaneRun, lang: Lang) -> Vec<Layer<'a>> {
        let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
        let points: Vec<[f64; 2]> = x.iter().zip(y).map(|(x, y)| [*x, *y]).collect();
        let (lens, ink, name) = (lane.lane.lens, lane.lane.ink, Some(Rich::from(lane.lane.name.get(lang))));
        let (dash, weight) = match lens {
            Lens::Spring => (Dash::Solid, Weight::Normal),
            Lens::Optimizer => (Dash::Solid, Weight::Thin),
            Lens::Controller => (Dash::Dashed, Weight::Thin),
            Lens::Sampler => (Dash::Dotted, Weight::Thin),
        };
        if lens != Lens::Optimizer {
            return self.path(&points, name, ink, dash, weight);
        }
        let mut out = self.path(&points, None, ink, dash, weight);
        let (x, y): (Vec<f64>, Vec<f64>) = self.seen(&points).into_iter().map(|[x, y]| (x, y)).unzip();
        let (x, y, marker) = (x.into(), y.into(), Marker::Disc);
        out.push(Layer::Points(Points { x, y, name, ink, marker, size: 1.0 }));
        out
    }

    /// Where those of many points are drawn that are not hidden.
    pub fn seen(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        few(points).filter(|p| !self.is_hidden(*p)).filter_map(|p| self.place(p)).collect()
    }

    /// The points with more between those that lie far apart.
    fn along(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let (width, depth) = (self.across[1] - self.across[0], self.deep[1] - self.deep[0]);
        let mut out: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let [from, to] = [pair[0], pair[1]];
            let [a, b] = self.ordered([to[0] - from[0], to[1] - from[1]]);
            let long = (a / width).abs().max((b / depth).abs());
            let pieces = if long > 0.01 { PIECES } else { 1 };
            out.extend((1..=pieces).map(|i| {
                let share = i as f64 / pieces as f64;
                [0, 1].map(|k| if i == pieces { to[k] } else { from[k] + share * (to[k] - from[k]) })
            }));
        }
        out
    }
}

/// As many points as are worth drawing.
fn few(points: &[[f64; 2]]) -> impl Iterator<Item = [f64; 2]> + '_ {
    points.iter().copied().step_by(points.len().div_ceil(MOST_POINTS).max(1))
}

#[cfg(test)]
mod tests {
    use super::{Names, Relief};
    use crate::figure::Layer;

    #[test]
    fn the_near_side_of_a_hill_is_seen_and_the_far_side_is_not() {
        let hill = Relief::new(|[x, y]| (-(x * x + y * y)).exp(), [-2.0, 2.0], [-2.0, 2.0], None);
        assert!(!hill.is_hidden([0.0, -0.8]) && !hill.is_hidden([-1.9, -1.9]));
        let ridge = Relief::new(|[_, y]: [f64; 2]| (-40.0 * y * y).exp(), [-2.0, 2.0], [-2.0, 2.0], None);
        // The ridge runs along x, and the variable that rises less goes into the depth.
        assert_eq!(ridge.place([0.0, 0.0]).map(|p| p[1] > 1.0), Some(true));
        let wall = Relief::new(
            |[x, y]| 0.1 * x * x + 9.0 * (-40.0 * (y + 1.0) * (y + 1.0)).exp(),
            [-2.0, 2.0],
            [-2.0, 2.0],
            None,
        );
        assert!(wall.is_hidden([0.0, -0.7]) && !wall.is_hidden([0.0, -1.0]) && !wall.is_hidden([0.0, -1.6]));
    }

    #[test]
    fn every_facet_is_there_and_the_brightest_looks_at_the_lamp() {
        let bowl = Relief::new(|[x, y]| 0.1 * x * x + 2.0 * y * y, [-5.75, 5.75], [-2.3, 2.3], None);
        let names = Names { variables: [("$x_1$", ""), ("$x_2$", "")], function: ("$f$", ""), front: "" };
        let panel = bowl.panel("relief", &names);
        let facets = panel.layers.iter().find_map(|l| if let Layer::Facets(f) = l { Some(f) } else { None }).unwrap();
        assert_eq!((facets.values.len(), facets.x.len()), (36 * 36, 4 * 36 * 36));
        let top = facets.values.iter().copied().fold(0.0, f64::max);
        assert!((top - 12.8).abs() < 0.6, "the highest facet lies a little under the corner at 13.9: {top}");
        assert!(facets.light.iter().all(|l| (0.0..=1.0).contains(l)));
        assert_eq!(bowl.place([0.0, 0.0]).map(|p| p[1] > 0.0), Some(true), "the middle lies behind the front edge");
        assert_eq!(bowl.place([6.0, 0.0]), None);
    }
}
