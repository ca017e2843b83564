//! Section 3: dictionaries and second-order metrics.

use super::Row;
use crate::theory::heavy_ball::response;
use crate::theory::mapping::{
    self, Mapping, interpolant_velocity, momentum_from_oscillator, oscillator_from_momentum, pole_match,
};
use crate::theory::oscillator::Oscillator;
use crate::verify::answer::answers;
use crate::verify::inputs::{Answered, Inputs, MOST_ROWS, malformed};

pub const TABLE: &[Row] = &[
    ("03", "map_forward", map_forward),
    ("03", "map_inverse", map_inverse),
    ("03", "pole_match", match_poles),
    ("03", "interpolant", interpolant),
    ("03", "metrics", metrics),
    ("03", "msd_exact", msd_exact),
];

/// The oscillator of the inputs.
pub fn oscillator(i: Inputs) -> Answered<Oscillator> {
    let [m, c, k] = i.nums(["m", "c", "k"])?;
    Ok(Oscillator { m, c, k })
}

fn map(i: Inputs) -> Answered<Mapping> {
    i.one_of("map", &Mapping::ALL, Mapping::key)
}

fn map_forward(i: Inputs) -> Answered {
    let [m, c, h] = i.nums(["m", "c", "h"])?;
    match momentum_from_oscillator(map(i)?, m, c, i.num_or("k", 0.0)?, h) {
        Ok((eta, beta)) => Ok(answers! { "eta" => eta, "beta" => beta }),
        Err(reason) => malformed(format!("the dictionary has no entry here: {reason}")),
    }
}

fn map_inverse(i: Inputs) -> Answered {
    let ([eta, beta, lambda, h], map) = (i.nums(["eta", "beta", "lambda", "h"])?, map(i)?);
    let spring = match oscillator_from_momentum(map, eta, beta, lambda, h) {
        Ok(spring) => spring,
        Err(reason) => return malformed(format!("the dictionary has no entry here: {reason}")),
    };
    Ok(answers! {
        "m" => spring.m, "c" => spring.c, "omega0" => spring.omega0(),
        "zeta" => mapping::predicted_zeta(map, eta * lambda, beta),
        "critical_q" => mapping::predicted_critical_q(map, beta),
        "critical_q_exact" => mapping::predicted_critical_q(Mapping::Exact, beta),
    })
}

fn match_poles(i: Inputs) -> Answered {
    let [q, beta, h] = i.nums(["q", "beta", "h"])?;
    Ok(match pole_match(q, beta, h) {
        Ok(twin) => answers! {
            "feasible" => true, "c_over_m" => twin.c_over_m, "k_over_m" => twin.k_over_m, "omega_d" => twin.omega_d,
            "omega0" => twin.omega0, "zeta" => twin.zeta,
        },
        Err(reason) => answers! { "feasible" => false, "reason" => reason.key() },
    })
}

fn interpolant(i: Inputs) -> Answered {
    let ([q, beta, h, x0], x_before, n) =
        (i.nums(["q", "beta", "h", "x0"])?, i.num("x_minus1")?, i.count("n", MOST_ROWS)?);
    let at = |n: u64| response(q, beta, x0, x_before - x0, n);
    let twin = match pole_match(q, beta, h) {
        Ok(twin) => twin,
        Err(reason) => return malformed(format!("no oscillator passes through the iterates: {reason}")),
    };
    let spring = twin.oscillator(1.0);
    let v0 = interpolant_velocity(&spring, h, x0, at(1));
    Ok(answers! {
        "x" => (0..=n).map(at).collect::<Vec<_>>(), "v0_interpolant" => v0, "c_over_m" => twin.c_over_m,
        "k_over_m" => twin.k_over_m,
        "x_half" => (0..n).map(|step| spring.flow((step as f64 + 0.5) * h, x0, v0).0).collect::<Vec<_>>(),
    })
}

fn metrics(i: Inputs) -> Answered {
    let spring = oscillator(i)?;
    let slow_fast = spring.tau_slow_fast();
    Ok(answers! {
        "omega0" => spring.omega0(), "zeta" => spring.zeta(), "regime" => spring.regime().key(),
        "Q" => spring.quality(), "tau_amplitude" => spring.tau_amplitude(), "tau_energy" => spring.tau_energy(),
        "omega_d" => spring.omega_d(), "period_d" => spring.period(), "log_decrement" => spring.log_decrement(),
        "overshoot" => spring.overshoot(), "peak_time" => spring.peak_time(),
        "settling_2pct_rule_of_thumb" => spring.settling_rule_of_thumb(),
        "settling_2pct_envelope" => spring.settling_envelope(0.02), "settling_2pct_exact" => spring.settling_exact(0.02),
        "rise_10_90" => spring.rise_time(), "tau_slow" => slow_fast.map(|t| t[0]), "tau_fast" => slow_fast.map(|t| t[1]),
    })
}

fn msd_exact(i: Inputs) -> Answered {
    let (spring, [x0, v0]) = (oscillator(i)?, i.nums(["x0", "v0"])?);
    let row = |t: f64| {
        let (x, v) = spring.flow(t, x0, v0);
        [x, v, spring.energy(x, v)]
    };
    Ok(answers! { "x_v_E" => i.list("t")?.into_iter().map(row).collect::<Vec<_>>() })
}
