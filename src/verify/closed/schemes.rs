//! Section 5: integrators and samplers.

use nalgebra::Vector2;

use super::Row;
use crate::theory::integrators::{Integrator, shadow_energy_euler, shadow_energy_verlet};
use crate::theory::mapping::{Mapping, MappingError, momentum_from_oscillator};
use crate::theory::oscillator::Oscillator;
use crate::theory::sampler::{self, Moments};
use crate::verify::answer::{Answer, answers};
use crate::verify::inputs::{Answered, Fault, Inputs, MOST_STEPS, malformed, within};

pub const TABLE: &[Row] = &[
    ("05", "order", order),
    ("05", "stability_limit", stability_limit),
    ("05", "heavy_ball_identity", heavy_ball_identity),
    ("05", "shadow", shadow),
    ("05", "stationary", stationary),
    ("05", "baoab_noise", baoab_noise),
    ("05", "hmc_acceptance", hmc_acceptance),
    ("07", "volume", volume),
];

/// The integrator the inputs name.
pub fn integrator(i: Inputs) -> Answered<Integrator> {
    i.one_of("integrator", &Integrator::ALL, Integrator::key)
}

fn spring(i: Inputs) -> Answered<Oscillator> {
    let [m, k] = i.nums(["m", "k"])?;
    Ok(Oscillator { m, c: i.num_or("c", 0.0)?, k })
}

/// Orders observed between successive errors, each run with half the step of the one before.
pub fn orders(errors: &[f64]) -> Vec<f64> {
    errors.windows(2).map(|pair| (pair[0] / pair[1]).log2()).collect()
}

fn order(i: Inputs) -> Answered {
    let (scheme, spring, [end, x0, v0]) = (integrator(i)?, spring(i)?, i.nums(["T", "x0", "v0"])?);
    let counts = i.counts("n", MOST_STEPS)?;
    within("n", &counts)?;
    let (x, v) = spring.flow(end, x0, v0);
    let error = |n: u64| {
        let step = scheme.step_matrix(&spring, end / n as f64);
        let last = (0..n).fold(Vector2::new(x0, v0), |z, _| step * z);
        (last - Vector2::new(x, v)).norm()
    };
    let errors: Vec<f64> = counts.into_iter().map(error).collect();
    Ok(answers! { "orders" => orders(&errors), "errors" => errors, "nominal" => scheme.order() })
}

fn stability_limit(i: Inputs) -> Answered {
    Ok(answers! { "h_max" => integrator(i)?.stability_limit(&spring(i)?) })
}

/// Gradient of the potential of the inputs.
fn gradient(i: Inputs) -> Answered<impl Fn(f64) -> f64> {
    let u = i.part("U")?;
    let (harmonic, [k, barrier, a]) = match u.text("type")? {
        "harmonic" => (true, [u.num("k")?, 0.0, 1.0]),
        "double_well" => (false, [0.0, u.num("E_b")?, u.num("a")?]),
        other => return malformed(format!("`U` is “{other}”; it is one of: harmonic, double_well")),
    };
    Ok(move |x: f64| if harmonic { k * x } else { 4.0 * barrier * x / (a * a) * ((x / a).powi(2) - 1.0) })
}

fn no_entry(reason: MappingError) -> Fault {
    Fault::Malformed(format!("the dictionary has no entry here: {reason}"))
}

/// The two-step recurrence from the point before the start, under an extra displacement per step.
fn recurrence(
    start: [f64; 2],
    [eta, beta]: [f64; 2],
    n: u64,
    pull: impl Fn(f64) -> f64,
    extra: impl Fn(usize) -> f64,
) -> Vec<f64> {
    let [mut before, mut now] = start;
    let mut x = vec![now];
    for step in 0..n as usize {
        (before, now) = (now, now - eta * pull(now) + beta * (now - before) + extra(step));
        x.push(now);
    }
    x
}

fn heavy_ball_identity(i: Inputs) -> Answered {
    let (scheme, gradient, mch) = (integrator(i)?, gradient(i)?, i.nums(["m", "c", "h"])?);
    let ([x0, v0], n) = (i.nums(["x0", "v0"])?, i.steps("n")?);
    let Some(map) = scheme.heavy_ball_map() else {
        return malformed(format!("the integrator “{}” is no heavy ball", scheme.key()));
    };
    let [m, c, h] = mch;
    let (eta, beta) = momentum_from_oscillator(map, m, c, 0.0, h).map_err(no_entry)?;
    let before = scheme.position_before(mch, x0, v0, gradient(x0)).map_err(no_entry)?;
    let x = before.map(|before| recurrence([before, x0], [eta, beta], n, gradient, |_| 0.0));
    Ok(answers! { "eta" => eta, "beta" => beta, "x_minus1" => before, "x" => x })
}

fn shadow(i: Inputs) -> Answered {
    let (scheme, spring, [h, x0, v0]) = (integrator(i)?, spring(i)?, i.nums(["h", "x0", "v0"])?);
    let form = if scheme == Integrator::VelocityVerlet { shadow_energy_verlet } else { shadow_energy_euler };
    let step = scheme.step_matrix(&spring, h);
    let last = (0..i.steps("n")?).fold(Vector2::new(x0, v0), |z, _| step * z);
    Ok(answers! { "invariant" => form(&spring, h, x0, v0), "x_n" => last[0], "v_n" => last[1] })
}

fn stationary(i: Inputs) -> Answered {
    let (p, k, scheme) = (i.part("params")?, i.num("k")?, i.text("scheme")?);
    let temperature = p.num("T")?;
    let inertial = |of: fn(&Oscillator, f64, f64) -> Moments| -> Answered<(Moments, f64)> {
        let [m, c, h] = p.nums(["m", "c", "h"])?;
        Ok((of(&Oscillator { m, c, k }, h, temperature), m))
    };
    let rates = || p.nums(["eta", "alpha"]);
    let (moments, mass) = match scheme {
        "euler_maruyama" => inertial(sampler::euler_maruyama)?,
        "symplectic_em" => inertial(sampler::symplectic_euler_maruyama)?,
        "obabo" => inertial(sampler::obabo)?,
        "baoab" => inertial(sampler::baoab)?,
        "sghmc" | "sghmc_drift_kick" => {
            let ([eta, alpha], beta_hat) = (rates()?, p.num_or("beta_hat", 0.0)?);
            let of = if scheme == "sghmc" { sampler::sghmc } else { sampler::sghmc_drift_kick };
            (of(eta, alpha, beta_hat, k, temperature), 1.0 / eta)
        }
        "hb_ou" => {
            let [eta, alpha] = rates()?;
            (sampler::heavy_ball_ou(eta, alpha, k, temperature), 1.0 / eta)
        }
        "sgld" => return first_order(sampler::ula_variance(p.num("eps")?, k, temperature), k),
        "leimkuhler_matthews" => {
            return first_order(sampler::leimkuhler_matthews_variance(p.num("eps")?, k, temperature), k);
        }
        other => return malformed(format!("there is no scheme “{other}”")),
    };
    Ok(answers! {
        "var_x" => moments.var_x, "var_v" => moments.var_v, "cov_xv" => moments.cov_xv, "T_conf" => k * moments.var_x,
        "T_kin" => mass * moments.var_v,
    })
}

/// Moments of a scheme without a velocity.
fn first_order(var_x: f64, k: f64) -> Answered {
    let none = Answer::Nothing;
    Ok(answers! {
        "var_x" => var_x, "T_conf" => k * var_x, "var_v" => none.clone(), "cov_xv" => none.clone(), "T_kin" => none,
    })
}

/// BAOAB's positions as a heavy ball driven by noise that remembers one step.
fn baoab_noise(i: Inputs) -> Answered {
    let (mch, gradient, xi) = (i.nums(["m", "c", "h"])?, gradient(i)?, i.list("xi")?);
    let ([m, c, h], [x0, v0, temperature]) = (mch, i.nums(["x0", "v0", "T"])?);
    let (eta, beta) = momentum_from_oscillator(Mapping::Splitting, m, c, 0.0, h).map_err(no_entry)?;
    let s = sampler::baoab_displacement_std(m, c, h, temperature);
    let before = Integrator::BaoabT0.position_before(mch, x0, v0, gradient(x0)).map_err(no_entry)?;
    let noise = |n: usize| s * (xi[n] + if n == 0 { 0.0 } else { xi[n - 1] });
    let x = before.map(|before| recurrence([before, x0], [eta, beta], xi.len() as u64, &gradient, noise));
    Ok(answers! { "x" => x, "s" => s, "residual" => (1..xi.len()).map(noise).collect::<Vec<_>>() })
}

fn hmc_acceptance(i: Inputs) -> Answered {
    let [k, m, h] = i.nums(["k", "m", "h"])?;
    let hmc = sampler::hmc_gaussian(k, m, h, i.count("L", 1 << 53)?);
    Ok(answers! {
        "acceptance" => hmc.map(|x| x.acceptance), "mean_dH_over_T" => hmc.map(|x| x.mean_energy_error),
        "unadjusted_var_times_k_over_T" => hmc.map(|x| x.unadjusted_variance),
    })
}

fn volume(i: Inputs) -> Answered {
    let (spring, h) = (spring(i)?, i.num("h")?);
    Ok(answers! {
        "det" => integrator(i)?.volume_factor(&spring, h),
        "exact_flow_det" => Integrator::Exact.volume_factor(&spring, h),
    })
}
