//! Sections 3.5 and 3.6: modified equations. `theory` gives their coefficients; they are solved here by
//! Runge–Kutta with steps far below the differences measured. The runs they follow are `core`'s.

use super::Row;
use crate::theory::mapping::matched_start_velocity;
use crate::theory::modified;
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs};

pub const TABLE: &[Row] = &[("03", "modified_order", modified_order), ("03", "ks_modified", ks_modified)];

/// Slope of `x²/2 + x⁴/4`.
fn slope(x: f64) -> f64 {
    x + x.powi(3)
}

/// Its curvature.
fn curvature(x: f64) -> f64 {
    1.0 + 3.0 * x * x
}

/// Position at `end` of `z' = rate(z)`.
fn integrate(start: [f64; 2], end: f64, rate: impl Fn([f64; 2]) -> [f64; 2]) -> f64 {
    let n = 20_000;
    let h = end / f64::from(n);
    let along = |z: [f64; 2], k: [f64; 2], t: f64| [z[0] + t * k[0], z[1] + t * k[1]];
    let mut z = start;
    for _ in 0..n {
        let k1 = rate(z);
        let k2 = rate(along(z, k1, 0.5 * h));
        let k3 = rate(along(z, k2, 0.5 * h));
        let k4 = rate(along(z, k3, h));
        z = [0, 1].map(|d| z[d] + h / 6.0 * (k1[d] + 2.0 * k2[d] + 2.0 * k3[d] + k4[d]));
    }
    z[0]
}

fn modified_order(i: Inputs) -> Answered {
    let ([m, c, end, x0], steps) = (i.nums(["m", "c", "T", "x_init"])?, i.point("h")?);
    let ode = |v0: f64| integrate([x0, v0], end, |[x, v]| [v, -(c * v + slope(x)) / m]);
    let matched = |h: f64| ode(matched_start_velocity(h, m, slope(x0)));
    Ok(answers! {
        "ode_naive" => ode(0.0), "ode_matched" => steps.into_iter().map(matched).collect::<Vec<_>>(),
    })
}

/// The three equations of a run with fixed `beta`: plain flow, inertial, and flow of a regularised loss.
pub fn modified_flows(i: Inputs) -> Answered<[Vec<f64>; 3]> {
    let ([beta, end, x0], etas) = (i.nums(["beta", "T", "x_init"])?, i.point("eta")?);
    let rate = modified::flow_rate(beta);
    let flow = integrate([x0, 0.0], end, |[u, _]| [-rate * slope(u), 0.0]);
    let inertial = |eta: &f64| {
        let eq = modified::inertial_heavy_ball(*eta, beta);
        integrate([x0, eq.start_velocity * slope(x0)], end, |[u, v]| [v, -(eq.friction * v + slope(u)) / eq.mass])
    };
    let regularised = |eta: &f64| {
        let weight = modified::implicit_regulariser(*eta, beta);
        let start = x0 + modified::regularised_start_shift(*eta, beta) * slope(x0);
        integrate([start, 0.0], end, |[u, _]| [-rate * slope(u) * (1.0 + 2.0 * weight * curvature(u)), 0.0])
    };
    Ok([vec![flow; etas.len()], etas.iter().map(inertial).collect(), etas.iter().map(regularised).collect()])
}

fn ks_modified(i: Inputs) -> Answered {
    let [flow, inertial, igr] = modified_flows(i)?;
    Ok(answers! { "flow" => flow, "inertial" => inertial, "igr" => igr })
}
