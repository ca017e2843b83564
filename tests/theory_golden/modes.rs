//! Section 2: one quadratic mode.

use impetus::theory::{heavy_ball, nesterov, regime, tuning};
use serde_json::{Value, json};

use crate::harness::{Row, complex, list, num};

pub const TABLE: &[Row] = &[
    ("02", "hb_modes", 33, hb_modes),
    ("02", "hb_response", 8, hb_response),
    ("02", "nag_modes", 11, nag_modes),
    ("02", "tuning", 4, tunings),
    ("02", "steps_to_eps", 6, steps_to_eps),
    ("02", "transient", 3, transient),
    ("02", "best_beta", 4, best_beta),
    ("02", "cycle3", 1, cycle3),
];

fn hb_modes(i: &Value) -> Value {
    let (q, beta) = (num(i, "q"), num(i, "beta"));
    let class = regime::classify(q, beta);
    assert_eq!(class.is_stable(), regime::is_stable(q, beta));
    json!({
        "roots": complex(heavy_ball::poles(q, beta)), "discriminant": heavy_ball::discriminant(q, beta),
        "regime": class.key(), "rho": heavy_ball::spectral_radius(q, beta), "stable": class.is_stable(),
        "phi": heavy_ball::phase(q, beta),
    })
}

fn hb_response(i: &Value) -> Value {
    let at = |t: &f64| heavy_ball::response(num(i, "q"), num(i, "beta"), num(i, "x0"), num(i, "v0_seed"), *t as u64);
    json!({ "x": list(i, "t").iter().map(at).collect::<Vec<_>>() })
}

fn nag_modes(i: &Value) -> Value {
    let (q, beta) = (num(i, "q"), num(i, "beta"));
    json!({
        "roots": complex(nesterov::poles(q, beta)), "regime": nesterov::classify(q, beta).key(),
        "rho": nesterov::spectral_radius(q, beta), "q_max": regime::nesterov_wall(beta),
        "q_crit": nesterov::overdamped_border(beta), "stable": nesterov::is_stable(q, beta),
    })
}

fn tunings(i: &Value) -> Value {
    let (mu, l) = (num(i, "mu"), num(i, "L"));
    let entry = |t: tuning::Tuning| match t.beta {
        0.0 => json!({ "eta": t.eta, "rate": t.rate }),
        beta => json!({ "eta": t.eta, "beta": beta, "rate": t.rate }),
    };
    json!({
        "kappa": l / mu, "gd_opt": entry(tuning::gradient_descent(mu, l)),
        "gd_1_over_L": entry(tuning::gradient_descent_safe(mu, l)), "hb_polyak": entry(tuning::polyak(mu, l)),
        "nag_standard": entry(tuning::nesterov(mu, l)), "nag_quadratic_opt": entry(tuning::nesterov_quadratic(mu, l)),
    })
}

fn steps_to_eps(i: &Value) -> Value {
    let (q, beta, eps) = (num(i, "q"), num(i, "beta"), num(i, "eps"));
    json!({
        "n_exact": heavy_ball::exact_steps(q, beta, eps), "n_asymptotic": heavy_ball::asymptotic_steps(q, beta, eps),
    })
}

fn transient(i: &Value) -> Value {
    let polyak = tuning::polyak(1.0, num(i, "kappa"));
    let q = polyak.eta * num(i, "kappa");
    let peak = heavy_ball::transient_peak(q, polyak.beta).unwrap();
    json!({
        "beta": polyak.beta, "peak_abs": peak.size, "t_peak": peak.step,
        "t_peak_formula": tuning::polyak_peak_step(polyak.beta),
        "sup_norm_companion": heavy_ball::companion_sup_norm(q, polyak.beta),
    })
}

fn best_beta(i: &Value) -> Value {
    let beta = regime::critical_beta(num(i, "q"));
    // A double root is known to half the digits only, so the minimum has a formula of its own.
    let rho = regime::best_rate(num(i, "q"));
    assert!((heavy_ball::spectral_radius(num(i, "q"), beta) - rho).abs() < 1e-7);
    json!({ "beta": beta, "rho": rho })
}

/// Polyak's tuning caught in its cycle: stepped here, compared with the exact rationals.
fn cycle3(i: &Value) -> Value {
    let slope = |x: f64| match x {
        x if x < 1.0 => 25.0 * x,
        x if x < 2.0 => x + 24.0,
        x => 25.0 * x - 24.0,
    };
    let mut x = vec![num(i, "x_minus1"), num(i, "x0")];
    for n in 1..=num(i, "steps") as usize {
        x.push(x[n] - num(i, "eta") * slope(x[n]) + num(i, "beta") * (x[n] - x[n - 1]));
    }
    for late in &x[x.len() - 3..] {
        assert!(tuning::LESSARD_CYCLE.iter().any(|corner| (corner - late).abs() < 1e-12));
    }
    json!({ "cycle_set": tuning::LESSARD_CYCLE, "first_10": x[2..12] })
}
