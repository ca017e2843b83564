//! Section 2: one quadratic mode.

use super::Row;
use crate::theory::{heavy_ball, nesterov, regime, tuning};
use crate::verify::answer::{Answers, answers, poles};
use crate::verify::inputs::{Answered, Inputs};

pub const TABLE: &[Row] = &[
    ("02", "hb_modes", hb_modes),
    ("02", "hb_response", hb_response),
    ("02", "nag_modes", nag_modes),
    ("02", "tuning", tunings),
    ("02", "steps_to_eps", steps_to_eps),
    ("02", "transient", transient),
    ("02", "best_beta", best_beta),
    ("02", "cycle3", cycle3),
];

fn hb_modes(i: Inputs) -> Answered {
    let [q, beta] = i.nums(["q", "beta"])?;
    let class = regime::classify(q, beta);
    Ok(answers! {
        "roots" => poles(heavy_ball::poles(q, beta)), "discriminant" => heavy_ball::discriminant(q, beta),
        "regime" => class.key(), "rho" => heavy_ball::spectral_radius(q, beta), "stable" => class.is_stable(),
        "phi" => heavy_ball::phase(q, beta),
    })
}

fn hb_response(i: Inputs) -> Answered {
    let [q, beta, x0, v0] = i.nums(["q", "beta", "x0", "v0_seed"])?;
    let at = |t: u64| heavy_ball::response(q, beta, x0, v0, t);
    Ok(answers! { "x" => i.counts("t", 1 << 53)?.into_iter().map(at).collect::<Vec<_>>() })
}

fn nag_modes(i: Inputs) -> Answered {
    let [q, beta] = i.nums(["q", "beta"])?;
    Ok(answers! {
        "roots" => poles(nesterov::poles(q, beta)), "regime" => nesterov::classify(q, beta).key(),
        "rho" => nesterov::spectral_radius(q, beta), "q_max" => regime::nesterov_wall(beta),
        "q_crit" => nesterov::overdamped_border(beta), "stable" => nesterov::is_stable(q, beta),
    })
}

fn tunings(i: Inputs) -> Answered {
    let [mu, l] = i.nums(["mu", "L"])?;
    let entry = |t: tuning::Tuning| -> Answers {
        answers! { "eta" => t.eta, "beta" => t.beta, "rate" => t.rate }
    };
    Ok(answers! {
        "kappa" => l / mu, "gd_opt" => entry(tuning::gradient_descent(mu, l)),
        "gd_1_over_L" => entry(tuning::gradient_descent_safe(mu, l)), "hb_polyak" => entry(tuning::polyak(mu, l)),
        "nag_standard" => entry(tuning::nesterov(mu, l)), "nag_quadratic_opt" => entry(tuning::nesterov_quadratic(mu, l)),
    })
}

fn steps_to_eps(i: Inputs) -> Answered {
    let [q, beta, eps] = i.nums(["q", "beta", "eps"])?;
    Ok(answers! {
        "n_exact" => heavy_ball::exact_steps(q, beta, eps), "n_asymptotic" => heavy_ball::asymptotic_steps(q, beta, eps),
    })
}

fn transient(i: Inputs) -> Answered {
    let kappa = i.num("kappa")?;
    let polyak = tuning::polyak(1.0, kappa);
    let q = polyak.eta * kappa;
    let peak = heavy_ball::transient_peak(q, polyak.beta);
    Ok(answers! {
        "beta" => polyak.beta, "peak_abs" => peak.map(|p| p.size), "t_peak" => peak.map(|p| p.step),
        "t_peak_formula" => tuning::polyak_peak_step(polyak.beta),
        "sup_norm_companion" => heavy_ball::companion_sup_norm(q, polyak.beta),
    })
}

fn best_beta(i: Inputs) -> Answered {
    let q = i.num("q")?;
    Ok(answers! { "beta" => regime::critical_beta(q), "rho" => regime::best_rate(q) })
}

/// The cycle in which Polyak's tuning is caught, as exact fractions.
fn cycle3(_: Inputs) -> Answered {
    Ok(answers! { "cycle_set" => tuning::LESSARD_CYCLE })
}
