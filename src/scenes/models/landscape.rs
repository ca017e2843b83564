//! A function of two variables as a map: level lines, its minimum, the axes of its curvature.

use crate::figure::{Contours, Dash, Ink, Layer, Line, Rich, Text, Weight, rich};

/// Nodes along each side of the grid the level lines are drawn from.
const N: usize = 81;
/// Newton steps before the search for a minimum gives up.
const MOST: usize = 60;
/// How much of the way to the frame an axis of curvature may take.
const SHARE: f64 = 0.55;

/// f(x, y) with its derivatives.
pub struct Landscape<'f> {
    /// The function.
    pub value: &'f dyn Fn([f64; 2]) -> f64,
    /// Its gradient.
    pub gradient: &'f dyn Fn([f64; 2]) -> [f64; 2],
    /// Its second derivatives xx, xy, yy.
    pub hessian: &'f dyn Fn([f64; 2]) -> [f64; 3],
}

/// The part of the plane that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Left and right edge.
    pub x: [f64; 2],
    /// Lower and upper edge.
    pub y: [f64; 2],
}

impl Window {
    /// Whether a point lies inside, its edges included.
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        (self.x[0]..=self.x[1]).contains(&x) && (self.y[0]..=self.y[1]).contains(&y)
    }

    /// Width and height.
    pub fn size(&self) -> [f64; 2] {
        [self.x[1] - self.x[0], self.y[1] - self.y[0]]
    }

    /// The length of a vector in shares of the window.
    pub fn length(&self, [u, v]: [f64; 2]) -> f64 {
        let [w, h] = self.size();
        (u / w).hypot(v / h)
    }

    /// How many times a direction fits on the way from a point inside to the nearer of both edges.
    fn reach(&self, at: [f64; 2], way: [f64; 2]) -> f64 {
        let room = |range: [f64; 2], at: f64, way: f64| (at - range[0]).min(range[1] - at).max(0.0) / way.abs();
        let all = [room(self.x, at[0], way[0]), room(self.y, at[1], way[1])];
        all.into_iter().filter(|r| r.is_finite()).fold(f64::INFINITY, f64::min)
    }
}

/// One principal direction of curvature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Principal {
    /// Curvature λ along it.
    pub lambda: f64,
    /// Unit vector.
    pub way: [f64; 2],
}

impl Landscape<'_> {
    /// Level lines at 1, 2, 5 × 10ⁿ above `base`, from a two-hundredth of `top` up to its double.
    pub fn contours<'a>(&self, window: Window, base: f64, top: f64) -> Layer<'a> {
        let at = |r: [f64; 2], i: usize| r[0] + (r[1] - r[0]) * i as f64 / (N - 1) as f64;
        let values: Vec<f64> =
            (0..N * N).map(|i| (self.value)([at(window.x, i % N), at(window.y, i / N)]) - base).collect();
        let decade = if top > 0.0 && top.is_finite() { top.log10().floor() as i32 } else { 0 };
        let levels = (decade - 2..=decade + 1).flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * 10f64.powi(e)));
        Layer::Contours(Contours {
            x: window.x,
            y: window.y,
            nx: N,
            values: values.into(),
            levels: levels.filter(|l| *l > 0.005 * top && *l < 2.0 * top).collect(),
            labels: true,
            name: None,
            ink: Ink::Faint,
            dash: Dash::Solid,
            weight: Weight::Thin,
        })
    }

    /// The minimum that Newton's method finds from `near`, halving steps that lead uphill; `None` if it
    /// finds none.
    pub fn minimum(&self, near: [f64; 2]) -> Option<[f64; 2]> {
        let mut at = near;
        for _ in 0..MOST {
            let [gx, gy] = (self.gradient)(at);
            let [a, b, c] = (self.hessian)(at);
            let det = a * c - b * b;
            // Where the curvature is not that of a bowl, the gradient leads on.
            let (ux, uy) = if det > 0.0 && a > 0.0 {
                ((c * gx - b * gy) / det, (a * gy - b * gx) / det)
            } else {
                let size = (a.abs() + b.abs() + c.abs()).max(1e-12);
                (gx / size, gy / size)
            };
            let here = (self.value)(at);
            let step = |k: i32| [at[0] - ux * 0.5f64.powi(k), at[1] - uy * 0.5f64.powi(k)];
            let next = (0..40).map(step).find(|p| (self.value)(*p) <= here)?;
            let moved = (next[0] - at[0]).hypot(next[1] - at[1]);
            at = next;
            if moved <= 1e-12 * (1.0 + at[0].hypot(at[1])) {
                return (det > 0.0 && a > 0.0).then_some(at);
            }
        }
        None
    }

    /// The principal curvatures at a point; the one nearest the x axis first.
    pub fn principal(&self, at: [f64; 2]) -> [Principal; 2] {
        let [a, b, c] = (self.hessian)(at);
        // The turn that makes the matrix diagonal, a quarter of a right angle at most.
        let angle = 0.5 * (2.0 * b).atan2(a - c);
        let angle = if angle.abs() > std::f64::consts::FRAC_PI_4 {
            angle - std::f64::consts::FRAC_PI_2.copysign(angle)
        } else {
            angle
        };
        let (sin, cos) = angle.sin_cos();
        let along = |[x, y]: [f64; 2]| a * x * x + 2.0 * b * x * y + c * y * y;
        [[cos, sin], [-sin, cos]].map(|way| Principal { lambda: along(way), way })
    }

    /// The axes of curvature through a minimum, half as long as 1/√λ in a common scale, with their names
    /// λ₁ and λ₂: the axes of one level line.
    pub fn axes<'a>(&self, at: [f64; 2], window: Window) -> Vec<Layer<'a>> {
        let both = self.principal(at);
        if !window.contains(at) || both.iter().any(|p| !(p.lambda > 0.0)) {
            return Vec::new();
        }
        let scale = both.iter().map(|p| window.reach(at, p.way) * p.lambda.sqrt()).fold(f64::INFINITY, f64::min);
        let mut out = Vec::new();
        for (i, p) in both.iter().enumerate() {
            let half = SHARE * scale / p.lambda.sqrt();
            let end = |sign: f64| [at[0] + sign * half * p.way[0], at[1] + sign * half * p.way[1]];
            let [tail, tip] = [end(-1.0), end(1.0)];
            out.push(Layer::Line(Line {
                x: vec![tail[0], tip[0]].into(),
                y: vec![tail[1], tip[1]].into(),
                name: None,
                ink: Ink::Muted,
                dash: Dash::DashDot,
                weight: Weight::Thin,
                marker: None,
            }));
            out.push(name_of(i, tip, p.way, window));
        }
        out
    }
}

/// The name of axis `i`, just beyond its end.
fn name_of<'a>(i: usize, tip: [f64; 2], way: [f64; 2], window: Window) -> Layer<'a> {
    let [w, h] = window.size();
    let text: Rich = rich(&format!("$λ_{}$", i + 1));
    Layer::Text(Text { at: [tip[0] + 0.035 * w * way[0], tip[1] + 0.05 * h * way[1]], text, ink: Ink::Muted })
}
