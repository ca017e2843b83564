//! Section 6: noise and temperature.

use super::Row;
use super::oscillators::oscillator;
use crate::theory::fluctuation as f;
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs, MOST_ROWS};

pub const TABLE: &[Row] = &[
    ("06", "hb_noise", hb_noise),
    ("06", "nag_noise", nag_noise),
    ("06", "acf", acf),
    ("06", "momentum_vs_sgd", momentum_vs_sgd),
    ("06", "fdt", fdt),
    ("06", "fdt_discrete", fdt_discrete),
    ("06", "matrix", several),
    ("06", "multiplicative", multiplicative),
    ("06", "equilibrium_acf", equilibrium_acf),
    ("06", "estimators", estimators),
    ("06", "sokal", sokal),
    ("06", "kramers", kramers),
];

fn hb_noise(i: Inputs) -> Answered {
    let [eta, beta, lambda, s] = i.nums(["eta", "beta", "lambda", "S"])?;
    let q = eta * lambda;
    Ok(answers! {
        "var_x" => f::position_variance(eta, beta, lambda, s), "T_eff" => f::effective_temperature(eta, beta, lambda, s),
        "var_dx" => f::increment_variance(eta, beta, lambda, s), "rho1" => f::lag_one(q, beta),
        "tau_int" => f::tau_int(q, beta), "tau_int_sq" => f::tau_int_squared(q, beta),
        "ess" => f::effective_samples(i.num("N")?, f::tau_int(q, beta)),
        "hb_limit" => f::leading_order_variance(eta, beta, lambda, s),
    })
}

fn nag_noise(i: Inputs) -> Answered {
    let [eta, beta, lambda, s] = i.nums(["eta", "beta", "lambda", "S"])?;
    Ok(answers! { "var_x" => f::nesterov_variance(eta, beta, lambda, s) })
}

fn acf(i: Inputs) -> Answered {
    let [eta, beta, lambda] = i.nums(["eta", "beta", "lambda"])?;
    let at = |lag: u64| f::autocorrelation(eta * lambda, beta, lag);
    Ok(answers! { "rho" => (0..=i.count("n", MOST_ROWS)?).map(at).collect::<Vec<_>>() })
}

fn momentum_vs_sgd(i: Inputs) -> Answered {
    let [alpha, beta, lambda, s] = i.nums(["alpha", "beta", "lambda", "S"])?;
    Ok(answers! {
        "var_momentum" => f::position_variance(alpha * (1.0 - beta), beta, lambda, s),
        "var_sgd" => f::position_variance(alpha, 0.0, lambda, s),
        "ratio" => f::momentum_variance_ratio(alpha, beta, lambda),
    })
}

fn fdt(i: Inputs) -> Answered {
    let [m, c, h, t] = i.nums(["m", "c", "h", "T"])?;
    let (eta, alpha) = f::sghmc_rates(m, c, h);
    Ok(answers! {
        "sigma_F_sq" => f::force_noise_strength(c, t), "D_v" => f::velocity_diffusion(m, c, t),
        "euler_maruyama_dv_std" => f::euler_maruyama_kick_std(m, c, h, t),
        "baoab_dv_std" => f::baoab_kick_std(m, c, h, t), "obabo_dv_std_each" => f::obabo_kick_std(m, c, h, t),
        "sghmc_eta" => eta, "sghmc_alpha" => alpha, "sghmc_displacement_std" => f::sghmc_noise(alpha, eta, t),
    })
}

fn fdt_discrete(i: Inputs) -> Answered {
    let [eta, beta, lambda, t] = i.nums(["eta", "beta", "lambda", "T"])?;
    Ok(answers! {
        "s2_position_small_lambda" => f::position_noise_flat(eta, beta, t),
        "s2_velocity" => f::velocity_noise(eta, beta, t), "s2_exact_position" => f::position_noise(eta, beta, lambda, t),
    })
}

fn several(i: Inputs) -> Answered {
    let (k, c, [eta, beta]) = (i.matrix("K")?, i.matrix("C")?, i.nums(["eta", "beta"])?);
    let exact = f::position_covariance(&k, &c, eta, beta);
    let first = f::leading_order_covariance(&k, &c, eta, beta);
    Ok(answers! {
        "Sigma_xx" => exact.as_ref().map(|(same, _)| same), "Sigma_xxm" => exact.as_ref().map(|(_, lagged)| lagged),
        "Sigma_first_order" => first.as_ref(),
    })
}

fn multiplicative(i: Inputs) -> Answered {
    let [eta, beta, lambda, spread, s] = i.nums(["eta", "beta", "lambda", "sl2", "S"])?;
    Ok(answers! {
        "var_x" => f::multiplicative_variance(eta, beta, lambda, spread, s),
        "margin" => f::multiplicative_margin(eta, beta, lambda, spread),
        "moment_rho" => f::moment_radius(eta, beta, lambda, spread),
    })
}

fn equilibrium_acf(i: Inputs) -> Answered {
    let (spring, temperature, times) = (oscillator(i)?, i.num("T")?, i.list("t")?);
    Ok(answers! {
        "xx" => times.iter().map(|t| f::position_correlation(&spring, temperature, *t)).collect::<Vec<_>>(),
        "vv" => times.iter().map(|t| f::velocity_correlation(&spring, temperature, *t)).collect::<Vec<_>>(),
        "integral_time" => f::correlation_time(&spring),
    })
}

fn estimators(i: Inputs) -> Answered {
    let ([m, k, g], x, v) = (i.nums(["m", "k", "g"])?, i.list("x")?, i.list("v")?);
    let gradients: Vec<f64> = x.iter().map(|x| k * x + g * x.powi(3)).collect();
    let squares: Vec<f64> = gradients.iter().map(|u| u * u).collect();
    let laplacians: Vec<f64> = x.iter().map(|x| k + 3.0 * g * x * x).collect();
    Ok(answers! {
        "T_kin" => f::kinetic_temperature(m, &v), "T_virial" => f::virial_temperature(&x, &gradients),
        "T_rugh" => f::configurational_temperature(&squares, &laplacians),
    })
}

fn sokal(i: Inputs) -> Answered {
    let series = i.list("series")?;
    let measured = f::sokal_tau(&series, i.num("c")?);
    Ok(answers! {
        "tau_int" => measured.map(|m| m.tau), "window" => measured.map(|m| m.window),
        "ess" => measured.map(|m| f::effective_samples(series.len() as f64, m.tau)),
    })
}

fn kramers(i: Inputs) -> Answered {
    let [m, c, barrier, a, temperature] = i.nums(["m", "c", "E_b", "a", "T"])?;
    let (well, top) = f::double_well_frequencies(barrier, a, m);
    Ok(answers! {
        "omega0" => well, "omega_b" => top, "rate" => f::kramers_rate(c / m, well, top, barrier, temperature),
    })
}
