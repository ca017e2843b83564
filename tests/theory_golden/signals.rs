//! Section 8: filters and loops.

use impetus::theory::fluctuation::position_variance;
use impetus::theory::heavy_ball::companion_power;
use impetus::theory::{closed_loop, signal};
use serde_json::{Value, json};

use crate::harness::{Row, list, num};

pub const TABLE: &[Row] = &[
    ("08", "ema", 4, ema),
    ("08", "ema_freq", 4, ema_freq),
    ("08", "ema_step", 4, ema_step),
    ("08", "closed_loop", 4, disturbance),
    ("08", "margins", 4, margins),
];

fn ema(i: &Value) -> Value {
    let beta = num(i, "beta");
    let cutoff = signal::ema_cutoff(beta);
    json!({
        "omega_c": cutoff, "f_c": cutoff.map(|omega| omega / std::f64::consts::TAU),
        "noise_gain": signal::ema_noise_gain(beta), "dc_group_delay": signal::ema_group_delay(beta, 0.0),
        "window": signal::ema_window(beta), "tau": signal::ema_e_fold(beta),
        "sma_equivalent": signal::ema_equal_noise_length(beta),
        "nyquist_gain": signal::ema_gain(beta, std::f64::consts::PI),
    })
}

fn ema_freq(i: &Value) -> Value {
    let column = |f: fn(f64, f64) -> f64| list(i, "omega").iter().map(|w| f(num(i, "beta"), *w)).collect::<Vec<_>>();
    json!({
        "mag": column(signal::ema_gain), "mag_db": column(signal::ema_gain_db), "phase": column(signal::ema_phase),
        "group_delay": column(signal::ema_group_delay),
    })
}

fn ema_step(i: &Value) -> Value {
    let column = |f: fn(f64, u64) -> f64| list(i, "n").iter().map(|n| f(num(i, "beta"), *n as u64)).collect::<Vec<_>>();
    json!({ "step": column(signal::ema_step), "impulse": column(signal::ema_weight) })
}

fn disturbance(i: &Value) -> Value {
    let (eta, beta, lambda) = (num(i, "eta"), num(i, "beta"), num(i, "lambda"));
    let response: Vec<_> =
        list(i, "omega").iter().map(|w| closed_loop::disturbance_response(eta, beta, lambda, *w)).collect();
    let resonance = closed_loop::resonance(eta, beta, lambda);
    json!({
        "mag": response.iter().map(|h| h.norm()).collect::<Vec<_>>(),
        "phase": response.iter().map(|h| h.arg()).collect::<Vec<_>>(),
        "dc_gain": closed_loop::disturbance_response(eta, beta, lambda, 0.0).re,
        "omega_r": resonance.map(|r| r.0), "peak": resonance.map(|r| r.1),
        "noise_power": position_variance(eta, beta, lambda, 1.0),
        "impulse_x1_to_x6":
            (1..=6).map(|n| -eta * companion_power(eta * lambda, beta, n)[(1, 0)]).collect::<Vec<_>>(),
    })
}

fn margins(i: &Value) -> Value {
    let (q, beta) = (num(i, "eta") * num(i, "lambda"), num(i, "beta"));
    let (omega, margin) = closed_loop::phase_margin(q, beta).unwrap();
    json!({
        "gain_margin": closed_loop::gain_margin(q, beta), "omega_g": omega, "phase_margin": margin,
        "phase_margin_deg": margin.to_degrees(),
    })
}
