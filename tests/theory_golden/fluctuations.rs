//! Section 6: noise and temperature.

use impetus::theory::fluctuation as f;
use serde_json::{Value, json};

use crate::harness::{Row, list, matrix, num, rows};
use crate::oscillators::oscillator;

pub const TABLE: &[Row] = &[
    ("06", "hb_noise", 6, hb_noise),
    ("06", "nag_noise", 4, nag_noise),
    ("06", "acf", 6, acf),
    ("06", "momentum_vs_sgd", 4, momentum_vs_sgd),
    ("06", "fdt", 1, fdt),
    ("06", "fdt_discrete", 2, fdt_discrete),
    ("06", "matrix", 2, several),
    ("06", "multiplicative", 5, multiplicative),
    ("06", "equilibrium_acf", 2, equilibrium_acf),
    ("06", "estimators", 1, estimators),
    ("06", "sokal", 1, sokal),
    ("06", "kramers", 2, kramers),
];

fn hb_noise(i: &Value) -> Value {
    let (eta, beta, lambda, s) = (num(i, "eta"), num(i, "beta"), num(i, "lambda"), num(i, "S"));
    let q = eta * lambda;
    json!({
        "var_x": f::position_variance(eta, beta, lambda, s), "T_eff": f::effective_temperature(eta, beta, lambda, s),
        "var_dx": f::increment_variance(eta, beta, lambda, s), "rho1": f::lag_one(q, beta),
        "tau_int": f::tau_int(q, beta), "tau_int_sq": f::tau_int_squared(q, beta),
        "ess": f::effective_samples(num(i, "N"), f::tau_int(q, beta)),
        "hb_limit": f::leading_order_variance(eta, beta, lambda, s),
    })
}

fn nag_noise(i: &Value) -> Value {
    json!({ "var_x": f::nesterov_variance(num(i, "eta"), num(i, "beta"), num(i, "lambda"), num(i, "S")) })
}

fn acf(i: &Value) -> Value {
    let (q, beta) = (num(i, "eta") * num(i, "lambda"), num(i, "beta"));
    json!({ "rho": (0..=num(i, "n") as u64).map(|lag| f::autocorrelation(q, beta, lag)).collect::<Vec<_>>() })
}

fn momentum_vs_sgd(i: &Value) -> Value {
    let (alpha, beta, lambda, s) = (num(i, "alpha"), num(i, "beta"), num(i, "lambda"), num(i, "S"));
    json!({
        "var_momentum": f::position_variance(alpha * (1.0 - beta), beta, lambda, s),
        "var_sgd": f::position_variance(alpha, 0.0, lambda, s), "ratio": f::momentum_variance_ratio(alpha, beta, lambda),
    })
}

fn fdt(i: &Value) -> Value {
    let (m, c, h, t) = (num(i, "m"), num(i, "c"), num(i, "h"), num(i, "T"));
    let (eta, alpha) = f::sghmc_rates(m, c, h);
    json!({
        "sigma_F_sq": f::force_noise_strength(c, t), "D_v": f::velocity_diffusion(m, c, t),
        "euler_maruyama_dv_std": f::euler_maruyama_kick_std(m, c, h, t), "baoab_dv_std": f::baoab_kick_std(m, c, h, t),
        "obabo_dv_std_each": f::obabo_kick_std(m, c, h, t), "sghmc_eta": eta, "sghmc_alpha": alpha,
        "sghmc_displacement_std": f::sghmc_noise(alpha, eta, t),
    })
}

fn fdt_discrete(i: &Value) -> Value {
    let (eta, beta, lambda, t) = (num(i, "eta"), num(i, "beta"), num(i, "lambda"), num(i, "T"));
    let exact = f::position_noise(eta, beta, lambda, t);
    assert!((f::position_temperature(eta, beta, lambda, exact) - t).abs() < 1e-14);
    json!({
        "s2_position_small_lambda": f::position_noise_flat(eta, beta, t), "s2_velocity": f::velocity_noise(eta, beta, t),
        "s2_exact_position": exact,
    })
}

fn several(i: &Value) -> Value {
    let (k, c, eta, beta) = (matrix(i, "K"), matrix(i, "C"), num(i, "eta"), num(i, "beta"));
    let (same, lagged) = f::position_covariance(&k, &c, eta, beta).unwrap();
    let first = f::leading_order_covariance(&k, &c, eta, beta).unwrap();
    json!({ "Sigma_xx": rows(&same), "Sigma_xxm": rows(&lagged), "Sigma_first_order": rows(&first) })
}

fn multiplicative(i: &Value) -> Value {
    let (eta, beta, lambda, spread) = (num(i, "eta"), num(i, "beta"), num(i, "lambda"), num(i, "sl2"));
    json!({
        "var_x": f::multiplicative_variance(eta, beta, lambda, spread, num(i, "S")),
        "margin": f::multiplicative_margin(eta, beta, lambda, spread),
        "moment_rho": f::moment_radius(eta, beta, lambda, spread),
    })
}

fn equilibrium_acf(i: &Value) -> Value {
    let (spring, temperature, times) = (oscillator(i), num(i, "T"), list(i, "t"));
    json!({
        "xx": times.iter().map(|t| f::position_correlation(&spring, temperature, *t)).collect::<Vec<_>>(),
        "vv": times.iter().map(|t| f::velocity_correlation(&spring, temperature, *t)).collect::<Vec<_>>(),
        "integral_time": f::correlation_time(&spring),
    })
}

fn estimators(i: &Value) -> Value {
    let (k, g, x) = (num(i, "k"), num(i, "g"), list(i, "x"));
    let gradients: Vec<f64> = x.iter().map(|x| k * x + g * x.powi(3)).collect();
    let squares: Vec<f64> = gradients.iter().map(|u| u * u).collect();
    let laplacians: Vec<f64> = x.iter().map(|x| k + 3.0 * g * x * x).collect();
    json!({
        "T_kin": f::kinetic_temperature(num(i, "m"), &list(i, "v")), "T_virial": f::virial_temperature(&x, &gradients),
        "T_rugh": f::configurational_temperature(&squares, &laplacians),
    })
}

fn sokal(i: &Value) -> Value {
    let series = list(i, "series");
    let measured = f::sokal_tau(&series, num(i, "c")).unwrap();
    json!({
        "tau_int": measured.tau, "window": measured.window,
        "ess": f::effective_samples(series.len() as f64, measured.tau),
    })
}

fn kramers(i: &Value) -> Value {
    let (m, barrier) = (num(i, "m"), num(i, "E_b"));
    let (well, top) = f::double_well_frequencies(barrier, num(i, "a"), m);
    json!({
        "omega0": well, "omega_b": top, "rate": f::kramers_rate(num(i, "c") / m, well, top, barrier, num(i, "T")),
    })
}
