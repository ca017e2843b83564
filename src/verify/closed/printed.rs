//! Section 13: numbers printed in the articles and in the texts of the scenes.

use std::f64::consts::TAU;

use super::Row;
use crate::theory::conventions::{Plateau, effective_rate};
use crate::theory::mapping::{Mapping, pole_match, predicted_critical_q, predicted_zeta};
use crate::theory::regime::{classify, nesterov_wall, overdamped_border, stability_wall};
use crate::theory::{closed_loop, fluctuation, games, heavy_ball, signal};
use crate::verify::answer::{answers, poles};
use crate::verify::inputs::{Answered, Inputs, malformed};

pub const TABLE: &[Row] = &[
    ("13", "two_modes", two_modes),
    ("13", "mode", mode),
    ("13", "window", window),
    ("13", "coasting", coasting),
    ("13", "low_pass", low_pass),
    ("13", "walls", walls),
    ("13", "thermometer", thermometer),
    ("13", "moving_minimum", moving_minimum),
    ("13", "game", game),
    ("13", "disagreement", disagreement),
    ("13", "effective_rate", effective),
];

/// Two separate modes from rest, printed as the article prints them.
fn two_modes(i: Inputs) -> Answered {
    let ([eta, beta], n) = (i.nums(["eta", "beta"])?, i.count("steps", 1 << 53)?);
    let (lambda, start) = (i.point_of::<2>("lambda")?, i.point_of::<2>("start")?);
    let x = [0, 1].map(|d| heavy_ball::response(eta * lambda[d], beta, start[d], 0.0, n));
    Ok(answers! { "printed" => x.map(|x| format!("{x:.6}")) })
}

/// What the texts say of one mode.
fn mode(i: Inputs) -> Answered {
    let [q, beta] = i.nums(["q", "beta"])?;
    Ok(answers! {
        "poles" => poles(heavy_ball::poles(q, beta)), "modulus" => heavy_ball::spectral_radius(q, beta),
        "period" => heavy_ball::period_steps(q, beta), "regime" => classify(q, beta).key(),
        "zeta_matched" => pole_match(q, beta, 1.0).ok().map(|twin| twin.zeta),
        "zeta_textbook" => predicted_zeta(Mapping::Explicit, q, beta),
    })
}

fn window(i: Inputs) -> Answered {
    let gamma = i.num("gamma")?;
    let inside = signal::ema_weight_in_window(gamma);
    Ok(answers! {
        "power" => 1.0 - inside, "limit" => (-1f64).exp(), "weight_inside" => inside, "newest_weight" => 1.0 - gamma,
    })
}

fn coasting(i: Inputs) -> Answered {
    let beta = i.num("beta")?;
    let run = Plateau { eta: 1.0, beta, gradient: 1.0 };
    Ok(answers! { "last_steps" => run.coast(1) / run.speed(1), "e_fold" => signal::ema_e_fold(beta) })
}

fn low_pass(i: Inputs) -> Answered {
    let beta = i.num("beta")?;
    let cutoff = signal::ema_cutoff(beta);
    Ok(answers! {
        "noise_gain" => signal::ema_noise_gain(beta), "cutoff" => cutoff, "cutoff_period" => cutoff.map(|w| TAU / w),
        "delay" => signal::ema_group_delay(beta, 0.0),
    })
}

fn walls(i: Inputs) -> Answered {
    let beta = i.num("beta")?;
    Ok(answers! { "nesterov" => nesterov_wall(beta), "heavy_ball" => stability_wall(beta) })
}

/// How much the two thermometers read above the temperature of the noise (per cent).
fn thermometer(i: Inputs) -> Answered {
    let [q, beta] = i.nums(["q", "beta"])?;
    let (position, velocity) = fluctuation::sghmc_temperatures(1.0 - beta, 0.0, q, 1.0);
    Ok(answers! { "position_percent" => 100.0 * (position - 1.0), "velocity_percent" => 100.0 * (velocity - 1.0) })
}

/// A minimum that moves sinusoidally: tracking gain at its peak, and the lag at a given period.
fn moving_minimum(i: Inputs) -> Answered {
    let [q, beta] = i.nums(["q", "beta"])?;
    let peak = closed_loop::resonance(q, beta, 1.0);
    let lag = |period: f64| (-(-closed_loop::disturbance_response(q, beta, 1.0, TAU / period)).arg()).to_degrees();
    Ok(answers! {
        "peak" => peak.map(|p| p.1), "peak_period" => peak.map(|p| TAU / p.0),
        "lag_degrees" => if i.has("period") { Some(lag(i.num("period")?)) } else { None },
    })
}

/// Modulus per step of `f = x y`.
fn game(i: Inputs) -> Answered {
    let ([q, beta], play) = (i.nums(["q", "beta"])?, i.text("play")?);
    let modulus = match play {
        "simultaneous" => games::simultaneous_radius(q, beta),
        "alternating" => games::alternating_radius(q, beta, beta),
        "extragradient" => games::extragradient_radius(q),
        other => return malformed(format!("there is no play “{other}”")),
    };
    Ok(answers! { "modulus" => modulus })
}

/// Per cent of the unit square of `(q, beta)` between the exact border of ringing and the textbook's.
fn disagreement(_: Inputs) -> Answered {
    let cells = 10_000;
    let middle = |cell: i32| (f64::from(cell) + 0.5) / f64::from(cells);
    let between = |beta: f64| {
        let exact = overdamped_border(beta).min(1.0);
        (exact - predicted_critical_q(Mapping::Explicit, beta).min(1.0)).abs()
    };
    let area: f64 = (0..cells).map(|cell| between(middle(cell))).sum::<f64>() / f64::from(cells);
    Ok(answers! { "percent" => 100.0 * area })
}

fn effective(i: Inputs) -> Answered {
    let [eta, beta] = i.nums(["eta", "beta"])?;
    Ok(answers! { "rate" => effective_rate(eta, beta) })
}
