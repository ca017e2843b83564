//! Sections 0 and 1: printed numbers and conventions.

use super::Row;
use crate::theory::conventions::{Convention, Plateau, convert, dampened_buffer, lookahead_point};
use crate::theory::{heavy_ball, nesterov, regime, signal};
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs, MOST_ROWS, malformed};

pub const TABLE: &[Row] = &[
    ("00", "d2l", d2l),
    ("00", "seed003", seed003),
    ("00", "ema_window", ema_window),
    ("01", "equivalent", equivalent),
    ("01", "convert", conversion),
    ("01", "dampening", dampening),
    ("01", "nesterov_points", nesterov_points),
    ("01", "constant_gradient", constant_gradient),
];

/// Counts beyond this are no whole numbers in floating point.
const MOST: u64 = 1 << 53;

/// `f = 0.1 x1² + 2 x2²`: two independent modes.
fn d2l(i: Inputs) -> Answered {
    let ([eta, beta], steps) = (i.nums(["eta", "gamma"])?, i.count("steps", MOST)?);
    let (curvatures, start) = ([0.2, 4.0], i.point_of::<2>("x0")?);
    let x = [0, 1].map(|d| heavy_ball::response(eta * curvatures[d], beta, start[d], 0.0, steps));
    Ok(answers! {
        "x" => x, "printed" => x, "regime" => curvatures.map(|lambda| regime::classify(eta * lambda, beta).key()),
    })
}

/// `w²/2` from rest, in a library's convention or, without `lr`, as a plain average of gradients.
fn seed003(i: Inputs) -> Answered {
    let ([beta, w0], steps) = (i.nums(["momentum", "w0"])?, i.steps("steps")?);
    let eta = i.num_or("lr", 1.0 - beta)?;
    let w = |n: u64| heavy_ball::response(eta, beta, w0, 0.0, n);
    let path: Vec<f64> = (1..=steps).map(w).collect();
    let gradients: Vec<f64> = (0..steps).map(w).collect();
    Ok(answers! {
        "w" => path.clone(), "w_float32_about" => path, "buffer" => dampened_buffer(beta, 0.0, &gradients),
        "grad" => gradients,
    })
}

fn ema_window(i: Inputs) -> Answered {
    let gamma = i.num("gamma")?;
    let window = signal::ema_window(gamma);
    let whole = (window + 1e-9).floor();
    if !(whole >= 1.0 && whole < MOST as f64) {
        return malformed(format!("`gamma` is {gamma:?}; the window 1/(1 - gamma) has to hold a sample"));
    }
    Ok(answers! {
        "n_window" => window, "gamma_pow_window" => 1.0 - signal::ema_weight_in_window(gamma),
        "weight_inside_window_floor" => signal::ema_step(gamma, whole as u64 - 1),
        "newest_weight" => signal::ema_weight(gamma, 0), "mean_age_steps" => signal::ema_mean_age(gamma),
        "e_fold_steps" => signal::ema_e_fold(gamma), "equal_noise_SMA_length" => signal::ema_equal_noise_length(gamma),
    })
}

/// A diagonal quadratic of the inputs, mode by mode: `(lambda, x*, x0)`.
fn diagonal(i: Inputs) -> Answered<Vec<(f64, f64, f64)>> {
    let objective = i.part("objective")?;
    let (lambda, target, start) = (objective.point("lambda")?, objective.point("x_star")?, i.point("x0")?);
    if lambda.len() != start.len() || target.len() != start.len() {
        return malformed("`lambda`, `x_star` and `x0` differ in length".into());
    }
    Ok(start.into_iter().zip(lambda).zip(target).map(|((x0, l), t)| (l, t, x0)).collect())
}

fn equivalent(i: Inputs) -> Answered {
    let (beta, steps, modes) = (i.num("beta")?, i.count("steps", MOST)?, diagonal(i)?);
    let mut ends = Vec::new();
    for run in i.parts("runs")? {
        let name = run.text("variant")?;
        let form = Convention::ALL.into_iter().find(|form| form.key() == name).unwrap_or(Convention::Seed);
        let eta = form.accumulating_rate(run.num("lr")?, beta);
        let end = |(lambda, target, x0): &(f64, f64, f64)| {
            target + heavy_ball::response(eta * lambda, beta, x0 - target, 0.0, steps)
        };
        ends.push(modes.iter().map(end).collect::<Vec<f64>>());
    }
    farthest(ends)
}

/// Several runs that are to end at one point: the point farthest from the first stands for all.
pub fn farthest(ends: Vec<Vec<f64>>) -> Answered {
    let Some(first) = ends.first().cloned() else { return malformed("`runs` is empty".into()) };
    let off = |end: &[f64]| end.iter().zip(&first).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    let worst = ends.into_iter().max_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or_default();
    Ok(answers! { "x_final" => worst })
}

fn conversion(i: Inputs) -> Answered {
    let read = |key: &str| i.one_of(key, &Convention::ALL, Convention::key);
    let (lr, scale) = convert(read("from")?, read("to")?, i.num("lr")?, i.num("beta")?);
    Ok(answers! { "lr" => lr, "state_scale" => scale })
}

fn dampening(i: Inputs) -> Answered {
    Ok(answers! { "buffer" => dampened_buffer(i.num("mu")?, i.num("dampening")?, &i.list("grads")?) })
}

fn nesterov_points(i: Inputs) -> Answered {
    let ([eta, beta], steps, modes) = (i.nums(["lr", "beta"])?, i.count("steps", MOST_ROWS)?, diagonal(i)?);
    let theta = |n: u64| -> Vec<f64> {
        let at = |(lambda, target, x0): &(f64, f64, f64)| {
            target + nesterov::response(eta * lambda, beta, x0 - target, 0.0, n)
        };
        modes.iter().map(at).collect()
    };
    let ahead = |n: u64| -> Vec<f64> {
        let before = theta(n.saturating_sub(1));
        theta(n).iter().zip(before).map(|(now, before)| lookahead_point(*now, before, beta)).collect()
    };
    Ok(answers! {
        "theta_lookahead" => (0..=steps).map(theta).collect::<Vec<_>>(),
        "phi_pytorch" => (0..=steps).map(ahead).collect::<Vec<_>>(),
    })
}

fn constant_gradient(i: Inputs) -> Answered {
    let [eta, beta, gradient] = i.nums(["eta", "beta", "g"])?;
    let (run, n) = (Plateau { eta, beta, gradient }, i.count("N", MOST)?);
    Ok(answers! {
        "x_N" => -run.distance(n), "v_N" => run.speed(n), "terminal_v" => run.terminal_speed(),
        "coast_distance_after_cut" => run.coast(n),
    })
}
