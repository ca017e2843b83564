//! Section 5: integrators and samplers.

use impetus::theory::integrators::{Integrator, shadow_energy_euler, shadow_energy_verlet};
use impetus::theory::mapping::{Mapping, momentum_from_oscillator};
use impetus::theory::oscillator::Oscillator;
use impetus::theory::sampler;
use nalgebra::Vector2;
use serde_json::{Value, json};

use crate::harness::{Row, list, num, text};

pub const TABLE: &[Row] = &[
    ("05", "order", 8, order),
    ("05", "stability_limit", 9, stability_limit),
    ("05", "heavy_ball_identity", 5, heavy_ball_identity),
    ("05", "shadow", 2, shadow),
    ("05", "stationary", 18, stationary),
    ("05", "baoab_noise", 1, baoab_noise),
    ("05", "hmc_acceptance", 3, hmc_acceptance),
    ("07", "volume", 7, volume),
];

fn integrator(i: &Value) -> Integrator {
    Integrator::ALL.into_iter().find(|scheme| scheme.key() == text(i, "integrator")).unwrap()
}

fn spring(i: &Value) -> Oscillator {
    Oscillator { m: num(i, "m"), c: i["c"].as_f64().unwrap_or(0.0), k: num(i, "k") }
}

fn order(i: &Value) -> Value {
    let (scheme, spring, end) = (integrator(i), spring(i), num(i, "T"));
    let (x, v) = spring.flow(end, num(i, "x0"), num(i, "v0"));
    let error = |&n: &f64| {
        let step = scheme.step_matrix(&spring, end / n);
        let mut z = Vector2::new(num(i, "x0"), num(i, "v0"));
        for _ in 0..n as usize {
            z = step * z;
        }
        (z - Vector2::new(x, v)).norm()
    };
    let errors: Vec<f64> = list(i, "n").iter().map(error).collect();
    let orders: Vec<f64> = errors.windows(2).map(|pair| (pair[0] / pair[1]).log2()).collect();
    json!({ "errors": errors, "orders": orders, "nominal": scheme.order() })
}

fn stability_limit(i: &Value) -> Value {
    let (scheme, spring) = (integrator(i), spring(i));
    let h = scheme.stability_limit(&spring);
    let radius = |h: f64| {
        let step = scheme.step_matrix(&spring, h);
        step.complex_eigenvalues().iter().map(|z| z.norm()).fold(0.0, f64::max)
    };
    assert!(radius(h * (1.0 + 1e-6)) > 1.0 && radius(h * (1.0 - 1e-3)) < 1.0 + 1e-12, "{scheme:?} {h}");
    json!({ "h_max": h })
}

/// Gradient of the double well of the inputs.
fn well(i: &Value) -> impl Fn(f64) -> f64 {
    let (barrier, a) = (num(&i["U"], "E_b"), num(&i["U"], "a"));
    move |x| 4.0 * barrier * x / (a * a) * ((x / a).powi(2) - 1.0)
}

fn heavy_ball_identity(i: &Value) -> Value {
    let (scheme, gradient, [m, c, h]) = (integrator(i), well(i), ["m", "c", "h"].map(|key| num(i, key)));
    let (eta, beta) = momentum_from_oscillator(scheme.heavy_ball_map().unwrap(), m, c, 0.0, h).unwrap();
    let x0 = num(i, "x0");
    let before = scheme.position_before([m, c, h], x0, num(i, "v0"), gradient(x0)).unwrap().unwrap();
    let mut x = vec![before, x0];
    for n in 1..=num(i, "n") as usize {
        x.push(x[n] - eta * gradient(x[n]) + beta * (x[n] - x[n - 1]));
    }
    json!({ "eta": eta, "beta": beta, "x_minus1": before, "x": x[1..] })
}

fn shadow(i: &Value) -> Value {
    let (scheme, spring, h) = (integrator(i), spring(i), num(i, "h"));
    let form = if scheme == Integrator::VelocityVerlet { shadow_energy_verlet } else { shadow_energy_euler };
    let step = scheme.step_matrix(&spring, h);
    let mut z = Vector2::new(num(i, "x0"), num(i, "v0"));
    let kept = form(&spring, h, z[0], z[1]);
    for _ in 0..num(i, "n") as usize {
        z = step * z;
    }
    assert!((form(&spring, h, z[0], z[1]) - kept).abs() < 1e-11);
    json!({ "invariant": kept, "x_n": z[0], "v_n": z[1] })
}

fn stationary(i: &Value) -> Value {
    let (p, k) = (&i["params"], num(i, "k"));
    let temperature = num(p, "T");
    let or_nan = |key: &str| p[key].as_f64().unwrap_or(f64::NAN);
    let (spring, h) = (Oscillator { m: or_nan("m"), c: or_nan("c"), k }, or_nan("h"));
    let (eta, alpha, beta_hat) = (or_nan("eta"), or_nan("alpha"), or_nan("beta_hat"));
    let (moments, mass) = match text(i, "scheme") {
        "euler_maruyama" => (sampler::euler_maruyama(&spring, h, temperature), spring.m),
        "symplectic_em" => (sampler::symplectic_euler_maruyama(&spring, h, temperature), spring.m),
        "obabo" => (sampler::obabo(&spring, h, temperature), spring.m),
        "baoab" => (sampler::baoab(&spring, h, temperature), spring.m),
        "sghmc" => (sampler::sghmc(eta, alpha, beta_hat, k, temperature), 1.0 / eta),
        "sghmc_drift_kick" => (sampler::sghmc_drift_kick(eta, alpha, beta_hat, k, temperature), 1.0 / eta),
        "hb_ou" => (sampler::heavy_ball_ou(eta, alpha, k, temperature), 1.0 / eta),
        first_order => {
            let variance =
                if first_order == "sgld" { sampler::ula_variance } else { sampler::leimkuhler_matthews_variance };
            let var_x = variance(or_nan("eps"), k, temperature);
            return json!({ "var_x": var_x, "T_conf": k * var_x, "var_v": null, "cov_xv": null, "T_kin": null });
        }
    };
    json!({
        "var_x": moments.var_x, "var_v": moments.var_v, "cov_xv": moments.cov_xv, "T_conf": k * moments.var_x,
        "T_kin": mass * moments.var_v,
    })
}

/// BAOAB's positions as a heavy ball driven by the correlated noise.
fn baoab_noise(i: &Value) -> Value {
    let ([m, c, h], gradient) = (["m", "c", "h"].map(|key| num(i, key)), well(i));
    let (eta, beta) = momentum_from_oscillator(Mapping::Splitting, m, c, 0.0, h).unwrap();
    let s = sampler::baoab_displacement_std(m, c, h, num(i, "T"));
    let (xi, x0) = (list(i, "xi"), num(i, "x0"));
    let scheme = Integrator::BaoabT0;
    let before = scheme.position_before([m, c, h], x0, num(i, "v0"), gradient(x0)).unwrap().unwrap();
    let mut x = vec![before, x0];
    let noise = |n: usize| s * (xi[n] + if n == 0 { 0.0 } else { xi[n - 1] });
    for n in 0..xi.len() {
        x.push(x[n + 1] - eta * gradient(x[n + 1]) + beta * (x[n + 1] - x[n]) + noise(n));
    }
    json!({ "x": x[1..], "s": s, "residual": (1..xi.len()).map(noise).collect::<Vec<_>>() })
}

fn hmc_acceptance(i: &Value) -> Value {
    let hmc = sampler::hmc_gaussian(num(i, "k"), num(i, "m"), num(i, "h"), num(i, "L") as u64).unwrap();
    json!({
        "acceptance": hmc.acceptance, "mean_dH_over_T": hmc.mean_energy_error,
        "unadjusted_var_times_k_over_T": hmc.unadjusted_variance,
    })
}

fn volume(i: &Value) -> Value {
    let (spring, h) = (spring(i), num(i, "h"));
    json!({
        "det": integrator(i).volume_factor(&spring, h), "exact_flow_det": Integrator::Exact.volume_factor(&spring, h),
    })
}
