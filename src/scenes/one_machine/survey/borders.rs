//! The exact borders of the discrete map over the axes of a sweep.

use super::super::problem;
use crate::figure::{Dash, Ink, Layer};
use crate::param::Values;
use crate::scenes::models::sweep::{self, Swept};
use crate::scenes::{Lens, View};
use crate::text::t;
use crate::theory::regime::{alternating_border, overdamped_border, stability_wall};

/// Points per border.
const N: usize = 200;

/// Critical damping and the stability wall of the discrete map, where these axes cut across them.
pub fn borders(axes: &[Swept; 2], values: &Values, view: View) -> Vec<Layer<'static>> {
    if view.lens == Lens::Controller {
        return Vec::new();
    }
    let plane = Plane { axes, values, mode: view.mode };
    let mut critical = plane.curve(overdamped_border, [0.0, 1.0]);
    critical.push([f64::NAN; 2]);
    critical.extend(plane.curve(alternating_border, [0.0, 1.0]));
    let wall = plane.curve(stability_wall, [-1.0, 1.0]);
    [
        (critical, t("critical, exact", "临界（精确）"), Ink::Amber, Dash::Dashed),
        (wall, t("stability wall", "稳定边界"), Ink::Danger, Dash::Solid),
    ]
    .into_iter()
    .filter(|(points, ..)| points.iter().any(|p| p[0].is_finite()))
    .map(|(points, name, ink, dash)| sweep::border(points, name.get(view.lang), ink, dash))
    .collect()
}

/// Two axes with what the others are.
struct Plane<'v> {
    axes: &'v [Swept; 2],
    values: &'v Values,
    mode: usize,
}

impl Plane<'_> {
    /// The curve ηλ = `border`(β) for β within its ends and the axes; empty where it does not depend
    /// on both axes.
    fn curve(&self, border: fn(f64) -> f64, [from, to]: [f64; 2]) -> Vec<[f64; 2]> {
        let lambda = ["lambda1", "lambda2"].get(self.mode).copied().unwrap_or("");
        let factor = |axis: &Swept| axis.spec.id == "eta" || axis.spec.id == lambda;
        let grid = (0..=N).map(|i| i as f64 / N as f64);
        let points: Vec<[f64; 2]> = match self.axes {
            [x, y] if factor(x) && factor(y) => {
                let product = border(self.values.get("beta"));
                let low_high = x.range;
                grid.map(|s| crate::figure::along(low_high, x.scale, s)).map(|at| [at, product / at]).collect()
            }
            [x, y] if factor(x) && y.spec.id == "beta" => {
                self.over_beta(grid, border, [from, to], x).map(|(s, b)| [s, b]).collect()
            }
            [x, y] if x.spec.id == "beta" && factor(y) => {
                self.over_beta(grid, border, [from, to], y).map(|(s, b)| [b, s]).collect()
            }
            _ => Vec::new(),
        };
        let inside = |p: &[f64; 2]| (0..2).all(|k| (self.axes[k].range[0]..=self.axes[k].range[1]).contains(&p[k]));
        points.into_iter().filter(inside).collect()
    }

    /// (factor, β) along a border; finer towards both ends, where square roots are steep.
    fn over_beta(
        &self,
        grid: impl Iterator<Item = f64>,
        border: fn(f64) -> f64,
        [from, to]: [f64; 2],
        factor: &Swept,
    ) -> impl Iterator<Item = (f64, f64)> {
        let lambda = problem::curvatures(self.values).get(self.mode).copied().unwrap_or(f64::NAN);
        let other = if factor.spec.id == "eta" { lambda } else { self.values.get("eta") };
        grid.map(move |s| {
            let beta = from + (to - from) * s * s * (3.0 - 2.0 * s);
            (border(beta) / other, beta)
        })
    }
}
