//! Sections 0 and 1: printed numbers and conventions.

use impetus::theory::conventions::{Convention, Plateau, convert, dampened_buffer, lookahead_point};
use impetus::theory::{heavy_ball, nesterov, regime, signal};
use serde_json::{Value, json};

use crate::harness::{Row, list, num, text};

pub const TABLE: &[Row] = &[
    ("00", "d2l", 4, d2l),
    ("00", "ema_window", 3, ema_window),
    ("01", "equivalent", 1, equivalent),
    ("01", "convert", 6, conversion),
    ("01", "dampening", 1, dampening),
    ("01", "nesterov_points", 1, nesterov_points),
    ("01", "constant_gradient", 2, constant_gradient),
];

/// `f = 0.1 x1² + 2 x2²`: two independent modes.
fn d2l(i: &Value) -> Value {
    let (eta, beta, steps) = (num(i, "eta"), num(i, "gamma"), num(i, "steps") as u64);
    let curvatures = [0.2, 4.0];
    let x: Vec<f64> = list(i, "x0")
        .iter()
        .zip(curvatures)
        .map(|(x0, lambda)| heavy_ball::response(eta * lambda, beta, *x0, 0.0, steps))
        .collect();
    json!({ "x": x, "printed": x, "regime": curvatures.map(|lambda| regime::classify(eta * lambda, beta).key()) })
}

fn ema_window(i: &Value) -> Value {
    let gamma = num(i, "gamma");
    let window = signal::ema_window(gamma);
    json!({
        "n_window": window, "gamma_pow_window": 1.0 - signal::ema_weight_in_window(gamma),
        "weight_inside_window_floor": signal::ema_step(gamma, (window + 1e-9).floor() as u64 - 1),
        "newest_weight": signal::ema_weight(gamma, 0), "mean_age_steps": signal::ema_mean_age(gamma),
        "e_fold_steps": signal::ema_e_fold(gamma), "equal_noise_SMA_length": signal::ema_equal_noise_length(gamma),
    })
}

/// A diagonal quadratic of the inputs, mode by mode: `(lambda, x*, x0)`.
fn diagonal(i: &Value) -> Vec<(f64, f64, f64)> {
    let (lambda, target) = (list(&i["objective"], "lambda"), list(&i["objective"], "x_star"));
    list(i, "x0").iter().enumerate().map(|(d, &x0)| (lambda[d], target[d], x0)).collect()
}

fn equivalent(i: &Value) -> Value {
    let (beta, steps) = (num(i, "beta"), num(i, "steps") as u64);
    let rate = |run: &Value| {
        let written = Convention::ALL.into_iter().find(|form| form.key() == text(run, "variant"));
        written.unwrap_or(Convention::Seed).accumulating_rate(num(run, "lr"), beta)
    };
    let rates: Vec<f64> = i["runs"].as_array().unwrap().iter().map(rate).collect();
    assert!(rates.iter().all(|eta| (eta - rates[0]).abs() < 1e-15));
    let end = |(lambda, target, x0): &(f64, f64, f64)| {
        target + heavy_ball::response(rates[0] * lambda, beta, x0 - target, 0.0, steps)
    };
    json!({ "x_final": diagonal(i).iter().map(end).collect::<Vec<_>>() })
}

fn conversion(i: &Value) -> Value {
    let read = |key: &str| Convention::ALL.into_iter().find(|form| form.key() == text(i, key)).unwrap();
    let (lr, scale) = convert(read("from"), read("to"), num(i, "lr"), num(i, "beta"));
    json!({ "lr": lr, "state_scale": scale })
}

fn dampening(i: &Value) -> Value {
    json!({ "buffer": dampened_buffer(num(i, "mu"), num(i, "dampening"), &list(i, "grads")) })
}

fn nesterov_points(i: &Value) -> Value {
    let (eta, beta) = (num(i, "lr"), num(i, "beta"));
    let theta = |n: u64| -> Vec<f64> {
        let at = |(lambda, target, x0): (f64, f64, f64)| {
            target + nesterov::response(eta * lambda, beta, x0 - target, 0.0, n)
        };
        diagonal(i).into_iter().map(at).collect()
    };
    let ahead = |n: u64| -> Vec<f64> {
        let before = theta(n.saturating_sub(1));
        theta(n).iter().zip(before).map(|(now, before)| lookahead_point(*now, before, beta)).collect()
    };
    let steps = num(i, "steps") as u64;
    json!({
        "theta_lookahead": (0..=steps).map(theta).collect::<Vec<_>>(),
        "phi_pytorch": (0..=steps).map(ahead).collect::<Vec<_>>(),
    })
}

fn constant_gradient(i: &Value) -> Value {
    let run = Plateau { eta: num(i, "eta"), beta: num(i, "beta"), gradient: num(i, "g") };
    let n = num(i, "N") as u64;
    json!({
        "x_N": -run.distance(n), "v_N": run.speed(n), "terminal_v": run.terminal_speed(),
        "coast_distance_after_cut": run.coast(n),
    })
}
