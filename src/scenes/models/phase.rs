//! The parts of a phase portrait of any field in the plane: arrows, nullclines, fixed points in words,
//! invariant lines, and heads that show which way an orbit runs.

use nalgebra::Complex;

use super::landscape::Window;
use crate::figure::{self, Arrows, Dash, Ink, Layer, Line, Marker, Points, Rich, Weight, contour_lines};
use crate::text::{Lang, Text, t};

/// Arrows along each axis of a field.
const FIELD: usize = 15;
/// Nodes along each axis of the grid nullclines are found on.
const GRID: usize = 61;
/// Step along an invariant line, and the longest line, in shares of the window.
const STRIDE: f64 = 0.005;
const LONGEST: usize = 600;
/// Relative distance within which two eigenvalues count as one.
const SAME: f64 = 1e-4;
/// Distance from the border of stability that counts as lying on it.
const MARGIN: f64 = 1e-9;

/// Arrows along a field; their lengths grow with the square root of the speed, so that slow regions
/// keep a direction.
pub fn field<'a>(rate: &dyn Fn([f64; 2]) -> [f64; 2], window: Window) -> Layer<'a> {
    let [w, h] = window.size();
    let cell = |i: usize| (i as f64 + 0.5) / FIELD as f64;
    let places = || (0..FIELD * FIELD).map(|i| [window.x[0] + cell(i % FIELD) * w, window.y[0] + cell(i / FIELD) * h]);
    let top = places().map(|p| window.length(rate(p))).fold(1e-300, f64::max);
    let (mut x, mut y, mut u, mut v) = (vec![], vec![], vec![], vec![]);
    for p in places() {
        let r = rate(p);
        let speed = window.length(r);
        let length = 0.85 / FIELD as f64 * (speed / top).sqrt() / speed.max(1e-300);
        x.push(p[0] - 0.5 * length * r[0]);
        y.push(p[1] - 0.5 * length * r[1]);
        u.push(length * r[0]);
        v.push(length * r[1]);
    }
    let (ink, weight) = (Ink::Faint, Weight::Thin);
    Layer::Arrows(Arrows { x: x.into(), y: y.into(), u: u.into(), v: v.into(), name: None, ink, weight })
}

/// Where one or the other component of a field vanishes.
pub fn nullclines<'a>(rate: &dyn Fn([f64; 2]) -> [f64; 2], window: Window) -> Vec<Layer<'a>> {
    let at = |r: [f64; 2], i: usize| r[0] + (r[1] - r[0]) * i as f64 / (GRID - 1) as f64;
    let rates: Vec<[f64; 2]> =
        (0..GRID * GRID).map(|i| rate([at(window.x, i % GRID), at(window.y, i / GRID)])).collect();
    let mut out = Vec::new();
    for part in 0..2 {
        let values: Vec<f64> = rates.iter().map(|r| r[part]).collect();
        for path in contour_lines(window.x, window.y, GRID, GRID, &values, 0.0) {
            out.push(curve(&path, Ink::Muted, Dash::Dashed));
        }
    }
    out
}

fn curve<'a>(path: &[[f64; 2]], ink: Ink, dash: Dash) -> Layer<'a> {
    let (x, y): (Vec<f64>, Vec<f64>) = path.iter().map(|[x, y]| (*x, *y)).unzip();
    Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight: Weight::Thin, marker: None })
}

/// What eigenvalues are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// Of a map: multipliers per step, stable inside the unit circle.
    Map,
    /// Of a flow: exponents, stable in the left half plane.
    Flow,
}

/// A point that stays where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixedPoint {
    /// Where.
    pub at: [f64; 2],
    /// Eigenvalues of the linear part there.
    pub eigenvalues: [Complex<f64>; 2],
    /// What they are of.
    pub motion: Motion,
}

/// How the neighbourhood of a fixed point moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Turns inwards.
    StableFocus,
    /// Turns outwards.
    UnstableFocus,
    /// Turns without end.
    Centre,
    /// Comes in without turning.
    StableNode,
    /// Comes in and changes sides at every step.
    StableFlip,
    /// Comes in along one direction only.
    DegenerateNode,
    /// Goes out without turning.
    UnstableNode,
    /// In along one line, out along another.
    Saddle,
    /// One direction neither comes in nor goes out.
    Marginal,
}

impl Kind {
    /// In words.
    pub const fn name(self) -> Text {
        match self {
            Kind::StableFocus => t("stable focus", "稳定焦点"),
            Kind::UnstableFocus => t("unstable focus", "不稳定焦点"),
            Kind::Centre => t("centre", "中心"),
            Kind::StableNode => t("stable node", "稳定结点"),
            Kind::StableFlip => t("stable node, flipping", "稳定结点（翻转）"),
            Kind::DegenerateNode => t("degenerate node", "退化结点"),
            Kind::UnstableNode => t("unstable node", "不稳定结点"),
            Kind::Saddle => t("saddle", "鞍点"),
            Kind::Marginal => t("marginal", "临界情形"),
        }
    }

    /// Whether everything near it comes in.
    pub const fn is_stable(self) -> bool {
        matches!(self, Kind::StableFocus | Kind::StableNode | Kind::StableFlip | Kind::DegenerateNode)
    }
}

impl FixedPoint {
    /// Its kind, from its eigenvalues.
    pub fn kind(&self) -> Kind {
        let growth = |z: Complex<f64>| match self.motion {
            Motion::Map => z.norm() - 1.0,
            Motion::Flow => z.re,
        };
        let [a, b] = self.eigenvalues;
        let (ga, gb) = (growth(a), growth(b));
        let size = a.norm().max(b.norm());
        if ga.abs() <= MARGIN || gb.abs() <= MARGIN {
            return if a.im == 0.0 { Kind::Marginal } else { Kind::Centre };
        }
        match (ga < 0.0, gb < 0.0) {
            (true, true) if (a - b).norm() <= SAME * size => Kind::DegenerateNode,
            (true, true) if a.im != 0.0 => Kind::StableFocus,
            (true, true) if self.motion == Motion::Map && a.re.min(b.re) < 0.0 => Kind::StableFlip,
            (true, true) => Kind::StableNode,
            (false, false) if a.im != 0.0 => Kind::UnstableFocus,
            (false, false) => Kind::UnstableNode,
            _ => Kind::Saddle,
        }
    }

    /// The directions in which a field leads straight in or out, each with its rate, for real
    /// eigenvalues that differ. `rate` is the change per step of a map, the velocity of a flow.
    fn directions(&self, rate: &dyn Fn([f64; 2]) -> [f64; 2], window: Window) -> Vec<([f64; 2], f64)> {
        let [a, b] = self.eigenvalues;
        if a.im != 0.0 || (a - b).norm() <= SAME * a.norm().max(b.norm()) {
            return Vec::new();
        }
        let j = jacobian(rate, self.at, window);
        let shift = if self.motion == Motion::Map { 1.0 } else { 0.0 };
        let values = [a.re - shift, b.re - shift];
        values.into_iter().filter(|mu| *mu != 0.0).map(|mu| (null_vector(j, mu, window), mu)).collect()
    }

    /// The lines through it that orbits do not leave, followed both ways to the edge of the window.
    pub fn invariant_lines<'a>(&self, rate: &dyn Fn([f64; 2]) -> [f64; 2], window: Window) -> Vec<Layer<'a>> {
        let mut out = Vec::new();
        for (way, mu) in self.directions(rate, window) {
            for side in [-1.0, 1.0] {
                // Against time along a direction that comes in.
                let path = follow(&|p| rate(p).map(|r| r * mu.signum()), self.at, way.map(|w| w * side), window);
                out.push(curve(&path, Ink::Amber, Dash::DashDot));
            }
        }
        out
    }
}

/// The derivative of a field at a point, by central differences: rows of ∂(u, v)/∂(x, y).
fn jacobian(rate: &dyn Fn([f64; 2]) -> [f64; 2], [x, y]: [f64; 2], window: Window) -> [[f64; 2]; 2] {
    let [dx, dy] = window.size().map(|s| 1e-5 * s);
    let [east, west] = [rate([x + dx, y]), rate([x - dx, y])];
    let [north, south] = [rate([x, y + dy]), rate([x, y - dy])];
    [0, 1].map(|i| [(east[i] - west[i]) / (2.0 * dx), (north[i] - south[i]) / (2.0 * dy)])
}

/// A vector with (J − μ) w = 0, a unit of the window long: from the row that says more.
fn null_vector(j: [[f64; 2]; 2], mu: f64, window: Window) -> [f64; 2] {
    let [w, h] = window.size();
    let rows = [[j[0][0] - mu, j[0][1]], [j[1][0], j[1][1] - mu]];
    // Rows are compared in shares of the window, in which x and y count alike.
    let size = |i: usize| (rows[i][0] * w).hypot(rows[i][1] * h) / [w, h][i];
    let [a, b] = if size(0) >= size(1) { rows[0] } else { rows[1] };
    let length = window.length([-b, a]).max(1e-300);
    [-b / length, a / length]
}

/// The path of a field from a point that it only leaves along `way`: Runge–Kutta steps of one length,
/// until it leaves the window or stops.
fn follow(rate: &dyn Fn([f64; 2]) -> [f64; 2], from: [f64; 2], way: [f64; 2], window: Window) -> Vec<[f64; 2]> {
    let add = |p: [f64; 2], k: [f64; 2], s: f64| [p[0] + s * k[0], p[1] + s * k[1]];
    let unit = |p: [f64; 2]| {
        let r = rate(p);
        let speed = window.length(r);
        (speed > 0.0 && speed.is_finite()).then(|| r.map(|c| c / speed))
    };
    let mut path = vec![from, add(from, way, STRIDE)];
    for _ in 0..LONGEST {
        let Some(p) = path.last().copied().filter(|p| window.contains(*p)) else { break };
        let step = || {
            let k1 = unit(p)?;
            let k2 = unit(add(p, k1, 0.5 * STRIDE))?;
            let k3 = unit(add(p, k2, 0.5 * STRIDE))?;
            let k4 = unit(add(p, k3, STRIDE))?;
            let sum = [0, 1].map(|i| (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]) / 6.0);
            Some(add(p, sum, STRIDE))
        };
        let Some(next) = step() else { break };
        path.push(next);
    }
    path
}

/// Fixed points inside the window: filled where they are stable, hollow where not, with their kind.
pub fn fixed_points<'a>(list: &[FixedPoint], window: Window, lang: Lang) -> Vec<Layer<'a>> {
    let mut out = Vec::new();
    for point in list.iter().filter(|p| window.contains(p.at)) {
        let kind = point.kind();
        let marker = if kind.is_stable() { Marker::Diamond } else { Marker::Ring };
        let ([x, y], ink) = (point.at, Ink::Text);
        out.push(Layer::Points(Points { x: vec![x].into(), y: vec![y].into(), name: None, ink, marker, size: 1.3 }));
        let text = Rich::from(kind.name().get(lang));
        let [w, h] = window.size();
        // Beside it where there is more room, and below: orbits that come from afar arrive from above.
        // Of several, each has its word right under it, so that none reads as its neighbour's.
        let aside = match (list.len(), 2.0 * x > window.x[0] + window.x[1]) {
            (1, true) => -0.14 * w,
            (1, false) => 0.14 * w,
            _ => 0.0,
        };
        let down = y - window.y[0] > 0.2 * h;
        let at = [x + aside, if down { y - 0.08 * h } else { y + 0.08 * h }];
        out.push(Layer::Text(figure::Text { at, text, ink: Ink::Text }));
    }
    out
}

/// Heads along an orbit that show which way it runs, evenly spread over what of its first 20 000 samples
/// lies in the window: later ones go where it went before, or rest.
pub fn heads<'a>(x: &[f64], y: &[f64], count: usize, window: Window, ink: Ink) -> Layer<'a> {
    const LENGTH: f64 = 0.05;
    const MOST: usize = 20_000;
    let points: Vec<[f64; 2]> = x.iter().zip(y).map(|(x, y)| [*x, *y]).take(MOST).collect();
    let inside = |w: &&[[f64; 2]]| w.iter().all(|p| window.contains(*p));
    let way = |w: &[[f64; 2]]| [w[1][0] - w[0][0], w[1][1] - w[0][1]];
    let total: f64 = points.windows(2).filter(inside).map(|w| window.length(way(w))).sum();
    let mut out = [(); 4].map(|()| Vec::new());
    let (mut gone, mut next) = (0.0, 0.5);
    for w in points.windows(2).filter(inside) {
        gone += window.length(way(w));
        if total > 4.0 * LENGTH && gone >= next * total / count as f64 {
            let [dx, dy] = way(w).map(|d| d * LENGTH / window.length(way(w)));
            for (column, value) in out.iter_mut().zip([w[1][0] - dx, w[1][1] - dy, dx, dy]) {
                column.push(value);
            }
            next = (gone * count as f64 / total).floor() + 1.5;
        }
    }
    let [x, y, u, v] = out.map(Into::into);
    Layer::Arrows(Arrows { x, y, u, v, name: None, ink, weight: Weight::Normal })
}
