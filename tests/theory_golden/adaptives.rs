//! Section 10: the Adam family.

use impetus::theory::adaptive as a;
use impetus::theory::oscillator::Oscillator;
use serde_json::{Value, json};

use crate::harness::{Row, complex, list, num};

pub const TABLE: &[Row] = &[
    ("10", "first_step", 3, first_step),
    ("10", "equilibrium", 2, equilibrium),
    ("10", "frozen_threshold", 2, frozen_threshold),
    ("10", "effective_mass", 1, effective_mass),
    ("10", "sgdw_poles", 2, sgdw_poles),
];

fn first_step(i: &Value) -> Value {
    json!({ "dx": a::adam_first_step(num(i, "lr"), num(i, "g"), num(i, "eps")) })
}

fn equilibrium(i: &Value) -> Value {
    let (lambda, target, w, beta) = (num(i, "lambda"), num(i, "x_star"), num(i, "w"), num(i, "beta"));
    json!({
        "l2": a::l2_equilibrium(lambda, w, target), "sgdw_raw": a::sgdw_equilibrium(lambda, w, beta, target),
        "ema_decoupled": a::l2_equilibrium(lambda, w, target),
        "adamw_noiseless": a::adamw_equilibrium(lambda, w, num(i, "eps"), target), "adamw_box": a::adamw_box(w, target),
        "adamw_noise_dominated": a::adamw_noisy_equilibrium(lambda, w, num(i, "S"), target),
    })
}

fn frozen_threshold(i: &Value) -> Value {
    json!({ "lambda_over_P_max": a::frozen_wall(num(i, "beta1")) / num(i, "lr") })
}

fn effective_mass(i: &Value) -> Value {
    let (alpha, beta, h) = (num(i, "alpha"), num(i, "beta"), num(i, "h"));
    let pairs = list(i, "P").into_iter().zip(list(i, "lambda"));
    let springs: Vec<_> = pairs.map(|(p, lambda)| a::effective_oscillator(alpha, beta, p, lambda, h)).collect();
    json!({
        "m": springs.iter().map(|s| s.m).collect::<Vec<_>>(), "c": springs.iter().map(|s| s.c).collect::<Vec<_>>(),
        "c_over_m": springs.iter().map(|s| s.c / s.m).collect::<Vec<_>>(),
        "zeta": springs.iter().map(Oscillator::zeta).collect::<Vec<_>>(),
    })
}

fn sgdw_poles(i: &Value) -> Value {
    let (eta, lambda, beta, w) = (num(i, "eta"), num(i, "lambda"), num(i, "beta"), num(i, "w"));
    json!({ "sgdw": complex(a::sgdw_poles(eta, lambda, beta, w)), "l2": complex(a::l2_poles(eta, lambda, beta, w)) })
}
