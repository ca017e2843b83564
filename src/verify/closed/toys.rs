//! Section 11: toy models. Short runs are the recurrences around the gradients of the closed forms.

use super::Row;
use crate::theory::toys::{federated, lagged, recurrent, scale_invariant};
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs, MOST_STEPS, malformed};

pub const TABLE: &[Row] = &[
    ("11", "bn_lag", bn_lag),
    ("11", "bn_lag_phase", bn_lag_phase),
    ("11", "bn_scale_run", bn_scale_run),
    ("11", "bn_norm_gd", bn_norm_gd),
    ("11", "bn_equilibrium", bn_equilibrium),
    ("11", "fed_fixed_point", fed_fixed_point),
    ("11", "fed_variance", fed_variance),
    ("11", "rnn_scalar", rnn_scalar),
    ("11", "rnn_run", rnn_run),
    ("11", "rnn_jacobian", rnn_jacobian),
];

fn bn_lag(i: Inputs) -> Answered {
    let ([q, beta, rho, kappa], n) = (i.nums(["q", "beta", "rho", "kappa"])?, i.steps("n")?);
    let (mut now, mut before, mut statistic, mut x) = (1.0, 1.0, 0.0, vec![1.0]);
    for _ in 0..n {
        let next = (1.0 + beta) * now - beta * before - q * (now - kappa * statistic);
        statistic = rho * statistic + (1.0 - rho) * now;
        (before, now) = (now, next);
        x.push(now);
    }
    Ok(answers! {
        "char_poly" => lagged::polynomial(q, beta, rho, kappa), "x" => x,
        "spectral_radius" => lagged::spectral_radius(q, beta, rho, kappa),
        "stable" => lagged::is_stable(q, beta, rho, kappa),
    })
}

fn bn_lag_phase(i: Inputs) -> Answered {
    let [rho, omega] = i.nums(["rho", "omega"])?;
    let transfer = lagged::transfer(rho, omega);
    Ok(answers! { "gain" => transfer.norm(), "phase_lag" => -transfer.arg() })
}

fn bn_scale_run(i: Inputs) -> Answered {
    let [a, eta, beta, wd] = i.nums(["A", "eta", "beta", "wd"])?;
    let (mut w, mut buffer, n) = (i.point_of::<2>("w0")?, [0.0; 2], i.steps("n")?);
    let mut path = vec![w];
    for _ in 0..n {
        let g = scale_invariant::gradient(a, [1.0, 0.0], w);
        buffer = [0, 1].map(|d| beta * buffer[d] + g[d] + wd * w[d]);
        w = [0, 1].map(|d| w[d] - eta * buffer[d]);
        path.push(w);
    }
    Ok(answers! {
        "norm" => path.iter().map(|w| w[0].hypot(w[1])).collect::<Vec<_>>(),
        "angle" => path.iter().map(|w| w[1].atan2(w[0])).collect::<Vec<_>>(), "w" => path,
    })
}

fn bn_norm_gd(i: Inputs) -> Answered {
    let (w, [a, eta]) = (i.point_of::<2>("w0")?, i.nums(["A", "eta"])?);
    let g = scale_invariant::gradient(a, [1.0, 0.0], w);
    let (before, grad_sq) = (w[0] * w[0] + w[1] * w[1], g[0] * g[0] + g[1] * g[1]);
    Ok(answers! {
        "norm_sq_before" => before, "grad_sq" => grad_sq,
        "norm_sq_after" => scale_invariant::norm_squared_after(before, eta, grad_sq),
    })
}

fn bn_equilibrium(i: Inputs) -> Answered {
    let [eta, beta, wd, g] = i.nums(["eta", "beta", "wd", "G"])?;
    let angle = scale_invariant::equilibrium_angle(eta, beta, wd);
    Ok(answers! {
        "r_star" => scale_invariant::equilibrium_radius(eta, beta, wd, g), "cos_angle" => angle.cos(),
        "angle" => angle, "angle_small" => scale_invariant::equilibrium_angle_small(eta, beta, wd),
    })
}

/// Pulls and centres of the clients.
fn clients(i: Inputs) -> Answered<(Vec<f64>, Vec<f64>)> {
    let (rate, steps) = (i.num("eta_l")?, i.steps("E")? as u32);
    let (a, b) = (i.list("a")?, i.list("b")?);
    if a.len() != b.len() || a.is_empty() {
        return malformed("`a` and `b` are to be lists of one length, not empty".into());
    }
    Ok((a.into_iter().map(|a| federated::client_pull(a, rate, steps)).collect(), b))
}

fn fed_fixed_point(i: Inputs) -> Answered {
    let (pulls, centres) = clients(i)?;
    let rest = federated::weighted_centre(&pulls, &centres);
    let best = federated::weighted_centre(&i.list("a")?, &centres);
    Ok(answers! { "alpha" => pulls, "x_inf" => rest, "x_opt" => best, "bias" => rest - best })
}

fn fed_variance(i: Inputs) -> Answered {
    let ((pulls, centres), taking_part, [rate, beta]) =
        (clients(i)?, i.steps("M")? as usize, i.nums(["eta_s", "beta"])?);
    let state = federated::sampled_state(&pulls, &centres, taking_part, rate, beta);
    Ok(answers! {
        "mean" => state.map(|s| s.mean), "alpha_bar" => state.map(|s| s.mean_pull),
        "s_A_sq" => state.map(|s| s.pull_variance), "s_e_sq" => state.map(|s| s.force_variance),
        "var" => state.map(|s| s.variance),
    })
}

fn rnn(i: Inputs) -> Answered<recurrent::ScalarRnn> {
    let [h0, y] = i.nums(["h0", "y"])?;
    Ok(recurrent::ScalarRnn { h0, y, length: i.count("T", u64::from(u32::MAX))? as u32 })
}

fn rnn_scalar(i: Inputs) -> Answered {
    let (rnn, w) = (rnn(i)?, i.num("w")?);
    Ok(answers! {
        "loss" => rnn.loss(w), "grad" => rnn.gradient(w), "hess" => rnn.curvature(w), "w_star" => rnn.solution(),
        "sharpness" => rnn.sharpness(), "eta_max_beta0" => rnn.rate_limit(0.0), "eta_max_beta0.9" => rnn.rate_limit(0.9),
    })
}

fn rnn_run(i: Inputs) -> Answered {
    let (rnn, [w0, eta, beta], clip) = (rnn(i)?, i.nums(["w0", "eta", "beta"])?, i.num_or("clip", f64::INFINITY)?);
    if !(clip >= 0.0) {
        return malformed(format!("`clip` is {clip:?}; it has to be positive"));
    }
    let (mut w, mut v, mut path) = (w0, 0.0, Vec::new());
    for _ in 0..i.steps("n")? {
        v = beta * v + eta * rnn.gradient(w).clamp(-clip, clip);
        w -= v;
        path.push(w);
    }
    Ok(answers! { "w" => path })
}

fn rnn_jacobian(i: Inputs) -> Answered {
    let ([r, g], n) = (i.nums(["r", "g"])?, i.count("n", MOST_STEPS)? as u32);
    let peak = recurrent::jordan_peak(r, g, n);
    Ok(answers! {
        "rotation_norm_n" => recurrent::rotation_norm(r, n), "jordan_norm_n" => recurrent::jordan_norm(r, g, n),
        "jordan_max" => peak.map(|p| p.0), "jordan_argmax" => peak.map(|p| p.1),
    })
}
