//! Sections 5, 6 and 13: stationary moments of the core's steps, without sampling.
//!
//! One noiseless step from every basis vector gives the matrix `M` of a linear method, one step from rest
//! with a unit deviate gives a column of its noise `B`; the covariance solves `S = M S Mᵀ + B Bᵀ`.

use std::sync::Arc;

use nalgebra::DMatrix;

use super::machine::{line, map, run};
use super::samplers::sampler;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball, nesterov_look_ahead, sghmc};
use crate::core::{Noise, Splitting, State, Stepper, System};
use crate::theory::matrix::discrete_lyapunov;
use crate::verify::answer::answers;
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Fault, Inputs, MOST_ROWS};

pub const TABLE: &[Row] = &[
    ("05", "stationary", stationary),
    ("06", "hb_noise", hb_noise),
    ("06", "nag_noise", nag_noise),
    ("06", "acf", acf),
    ("06", "momentum_vs_sgd", momentum_vs_sgd),
    ("13", "thermometer", thermometer),
];

/// Beyond this amplification of rounding a covariance is not measured to the tolerances of the books.
const WORST_CONDITION: f64 = 1e5;

fn left_out<T>() -> Answered<T> {
    Err(Fault::NotCovered("the moments are too close to the edge of stability to be measured".into()))
}

/// Covariance of `S = M S Mᵀ + B Bᵀ` where the equation is well conditioned.
fn covariance(m: &DMatrix<f64>, noise: &DMatrix<f64>) -> Answered<DMatrix<f64>> {
    let n = m.nrows() * m.nrows();
    let equation = DMatrix::identity(n, n) - m.kronecker(m);
    if equation.iter().any(|entry| !entry.is_finite()) {
        return left_out();
    }
    let singular = equation.singular_values();
    if !(singular.max().max(1.0) <= WORST_CONDITION * singular.min()) {
        return left_out();
    }
    discrete_lyapunov(m, &(noise * noise.transpose())).map_or_else(left_out, Ok)
}

/// `M` and `B` of a sampler in a bowl of stiffness `k`; the velocity is left out of a method without.
fn sampled(stepper: Arc<dyn Stepper>, per_step: usize, inertial: bool, k: f64) -> Answered<DMatrix<f64>> {
    let size = if inertial { 2 } else { 1 };
    let system = System { field: Arc::new(Quadratic::diagonal(&[k])), stepper };
    let step = |q: f64, v: f64, xi: &[f64]| -> Answered<Vec<f64>> {
        let mut state = State::at(&[q], &[v], 1, 1, 0);
        state.noise = Noise::scripted(xi, per_step);
        let state = run(&system, state, 1)?;
        Ok([state.q[0], state.v[0]][..size].to_vec())
    };
    let quiet = vec![0.0; per_step];
    let mut columns = Vec::new();
    for unit in [[1.0, 0.0], [0.0, 1.0]].iter().take(size) {
        columns.extend(step(unit[0], unit[1], &quiet)?);
    }
    let mut noise = Vec::new();
    for draw in 0..per_step {
        let mut xi = quiet.clone();
        xi[draw] = 1.0;
        noise.extend(step(0.0, 0.0, &xi)?);
    }
    covariance(&DMatrix::from_vec(size, size, columns), &DMatrix::from_vec(size, per_step, noise))
}

fn stationary(i: Inputs) -> Answered {
    let (of, k) = (sampler(i)?, i.num("k")?);
    if !of.white {
        return Err(Fault::NotCovered("the noise of this scheme remembers a step".into()));
    }
    let s = sampled(of.stepper, of.per_step, of.inertial, k)?;
    let mut out = answers! { "var_x" => s[(0, 0)], "T_conf" => k * s[(0, 0)] };
    if of.inertial {
        out.extend(answers! { "var_v" => s[(1, 1)], "cov_xv" => s[(0, 1)] });
    }
    Ok(out)
}

/// Covariance of (x, dx) of a method under gradient noise of variance `s`, and its matrix.
fn driven(method: Splitting, lambda: f64, s: f64) -> Answered<(DMatrix<f64>, DMatrix<f64>)> {
    let m = map(&System::new(Arc::new(Quadratic::diagonal(&[lambda])), method.clone()), 1, 0)?;
    let kicked = run(&System::new(line(move |_, x| 1.0 - lambda * x), method), State::at(&[0.0], &[], 1, 1, 0), 1)?;
    let noise = DMatrix::from_vec(2, 1, vec![kicked.q[0], kicked.v[0]]) * s.max(0.0).sqrt();
    Ok((covariance(&m, &noise)?, m))
}

fn ball(eta: f64, beta: f64) -> Splitting {
    heavy_ball(eta, beta, Convention::Displacement)
}

fn hb_noise(i: Inputs) -> Answered {
    let [eta, beta, lambda, s] = i.nums(["eta", "beta", "lambda", "S"])?;
    let (sigma, _) = driven(ball(eta, beta), lambda, s)?;
    let (var_x, var_dx) = (sigma[(0, 0)], sigma[(1, 1)]);
    Ok(answers! {
        "var_x" => var_x, "var_dx" => var_dx, "rho1" => 1.0 - 0.5 * var_dx / var_x, "T_eff" => lambda * var_x,
    })
}

fn nag_noise(i: Inputs) -> Answered {
    let [eta, beta, lambda, s] = i.nums(["eta", "beta", "lambda", "S"])?;
    Ok(answers! { "var_x" => driven(nesterov_look_ahead(eta, beta), lambda, s)?.0[(0, 0)] })
}

/// The covariance carried along by the matrix of the step.
fn acf(i: Inputs) -> Answered {
    let ([eta, beta, lambda], n) = (i.nums(["eta", "beta", "lambda"])?, i.count("n", MOST_ROWS)?);
    let (sigma, m) = driven(ball(eta, beta), lambda, 1.0)?;
    let (variance, mut lagged, mut rho) = (sigma[(0, 0)], sigma, Vec::new());
    for _ in 0..=n {
        rho.push(lagged[(0, 0)] / variance);
        lagged = &m * lagged;
    }
    Ok(answers! { "rho" => rho })
}

fn momentum_vs_sgd(i: Inputs) -> Answered {
    let [alpha, beta, lambda, s] = i.nums(["alpha", "beta", "lambda", "S"])?;
    let variance = |beta: f64| Ok(driven(ball(alpha * (1.0 - beta), beta), lambda, s)?.0[(0, 0)]);
    let (with, without) = (variance(beta)?, variance(0.0)?);
    Ok(answers! { "var_momentum" => with, "var_sgd" => without, "ratio" => with / without })
}

fn thermometer(i: Inputs) -> Answered {
    let [q, beta] = i.nums(["q", "beta"])?;
    let s = sampled(Arc::new(sghmc(q, 1.0 - beta, 1.0)), 1, true, 1.0)?;
    Ok(answers! {
        "position_percent" => 100.0 * (s[(0, 0)] - 1.0), "velocity_percent" => 100.0 * (s[(1, 1)] / q - 1.0),
    })
}
