//! Section 8: filters and loops.

use super::Row;
use crate::theory::fluctuation::position_variance;
use crate::theory::heavy_ball::companion_power;
use crate::theory::{closed_loop, signal};
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs};

pub const TABLE: &[Row] = &[
    ("08", "ema", ema),
    ("08", "ema_freq", ema_freq),
    ("08", "ema_step", ema_step),
    ("08", "closed_loop", disturbance),
    ("08", "margins", margins),
];

fn ema(i: Inputs) -> Answered {
    let beta = i.num("beta")?;
    let cutoff = signal::ema_cutoff(beta);
    Ok(answers! {
        "omega_c" => cutoff, "f_c" => cutoff.map(|omega| omega / std::f64::consts::TAU),
        "noise_gain" => signal::ema_noise_gain(beta), "dc_group_delay" => signal::ema_group_delay(beta, 0.0),
        "window" => signal::ema_window(beta), "tau" => signal::ema_e_fold(beta),
        "sma_equivalent" => signal::ema_equal_noise_length(beta),
        "nyquist_gain" => signal::ema_gain(beta, std::f64::consts::PI),
    })
}

fn ema_freq(i: Inputs) -> Answered {
    let (beta, omega) = (i.num("beta")?, i.list("omega")?);
    let column = |f: fn(f64, f64) -> f64| omega.iter().map(|w| f(beta, *w)).collect::<Vec<f64>>();
    Ok(answers! {
        "mag" => column(signal::ema_gain), "mag_db" => column(signal::ema_gain_db), "phase" => column(signal::ema_phase),
        "group_delay" => column(signal::ema_group_delay),
    })
}

fn ema_step(i: Inputs) -> Answered {
    let (beta, n) = (i.num("beta")?, i.counts("n", 1 << 53)?);
    let column = |f: fn(f64, u64) -> f64| n.iter().map(|n| f(beta, *n)).collect::<Vec<f64>>();
    Ok(answers! { "step" => column(signal::ema_step), "impulse" => column(signal::ema_weight) })
}

fn disturbance(i: Inputs) -> Answered {
    let ([eta, beta, lambda], omega) = (i.nums(["eta", "beta", "lambda"])?, i.list("omega")?);
    let response: Vec<_> = omega.iter().map(|w| closed_loop::disturbance_response(eta, beta, lambda, *w)).collect();
    let resonance = closed_loop::resonance(eta, beta, lambda);
    let impulse = |n: u64| -eta * companion_power(eta * lambda, beta, n)[(1, 0)];
    Ok(answers! {
        "mag" => response.iter().map(|h| h.norm()).collect::<Vec<_>>(),
        "phase" => response.iter().map(|h| h.arg()).collect::<Vec<_>>(),
        "dc_gain" => closed_loop::disturbance_response(eta, beta, lambda, 0.0).re,
        "omega_r" => resonance.map(|r| r.0), "peak" => resonance.map(|r| r.1),
        "noise_power" => position_variance(eta, beta, lambda, 1.0),
        "impulse_x1_to_x6" => (1..=6).map(impulse).collect::<Vec<_>>(),
    })
}

fn margins(i: Inputs) -> Answered {
    let [eta, beta, lambda] = i.nums(["eta", "beta", "lambda"])?;
    let phase = closed_loop::phase_margin(eta * lambda, beta);
    Ok(answers! {
        "gain_margin" => closed_loop::gain_margin(eta * lambda, beta), "omega_g" => phase.map(|p| p.0),
        "phase_margin" => phase.map(|p| p.1), "phase_margin_deg" => phase.map(|p| p.1.to_degrees()),
    })
}
