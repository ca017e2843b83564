//! Section 3.5 and 3.6: modified equations, integrated here with Runge–Kutta as a reference.

use impetus::theory::mapping::{Mapping, matched_start_velocity, momentum_from_oscillator};
use impetus::theory::modified;
use serde_json::{Value, json};

use crate::harness::{Row, list, num};

pub const TABLE: &[Row] = &[("03", "modified_order", 1, modified_order), ("03", "ks_modified", 1, ks_modified)];

/// Slope and curvature of `x²/2 + x⁴/4`.
fn slope(x: f64) -> f64 {
    x + x.powi(3)
}

fn curvature(x: f64) -> f64 {
    1.0 + 3.0 * x * x
}

/// Position at `end` of `z' = rate(z)`, classical Runge–Kutta with steps far below the differences measured.
fn integrate(start: [f64; 2], end: f64, rate: impl Fn([f64; 2]) -> [f64; 2]) -> f64 {
    let n = 40_000;
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

fn heavy_ball(eta: f64, beta: f64, x0: f64, n: usize) -> f64 {
    let (mut now, mut before) = (x0, x0);
    for _ in 0..n {
        (now, before) = (now - eta * slope(now) + beta * (now - before), now);
    }
    now
}

/// Observed orders of a sequence of errors under halving.
fn orders(run: &[f64], reference: &[f64]) -> Vec<f64> {
    let errors: Vec<f64> = run.iter().zip(reference).map(|(a, b)| (a - b).abs()).collect();
    errors.windows(2).map(|pair| (pair[0] / pair[1]).log2()).collect()
}

fn modified_order(i: &Value) -> Value {
    let (m, c, end, x0, steps) = (num(i, "m"), num(i, "c"), num(i, "T"), num(i, "x_init"), list(i, "h"));
    let ode = |v0: f64| integrate([x0, v0], end, |[x, v]| [v, -(c * v + slope(x)) / m]);
    let run = |h: &f64| {
        let (eta, beta) = momentum_from_oscillator(Mapping::Central, m, c, 0.0, *h).unwrap();
        heavy_ball(eta, beta, x0, (end / h).round() as usize)
    };
    let x: Vec<f64> = steps.iter().map(run).collect();
    let naive = ode(0.0);
    let matched: Vec<f64> = steps.iter().map(|h| ode(matched_start_velocity(*h, m, slope(x0)))).collect();
    json!({
        "x_N": x, "ode_naive": naive, "ode_matched": matched, "orders_naive": orders(&x, &[naive; 4]),
        "orders_matched": orders(&x, &matched),
    })
}

fn ks_modified(i: &Value) -> Value {
    let (beta, end, x0, etas) = (num(i, "beta"), num(i, "T"), num(i, "x_init"), list(i, "eta"));
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
    let x: Vec<f64> = etas.iter().map(|eta| heavy_ball(*eta, beta, x0, (end / eta).round() as usize)).collect();
    let (inertial, igr): (Vec<f64>, Vec<f64>) =
        (etas.iter().map(inertial).collect(), etas.iter().map(regularised).collect());
    json!({
        "x_N": x, "flow": vec![flow; 4], "inertial": inertial, "igr": igr,
        "orders": {
            "flow": orders(&x, &[flow; 4]), "inertial": orders(&x, &inertial), "igr": orders(&x, &igr),
        },
    })
}
