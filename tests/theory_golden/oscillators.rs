//! Section 3: dictionaries and second-order metrics.

use impetus::theory::heavy_ball::response;
use impetus::theory::mapping::{
    self, Mapping, interpolant_velocity, momentum_from_oscillator, oscillator_from_momentum, pole_match,
};
use impetus::theory::oscillator::Oscillator;
use serde_json::{Value, json};

use crate::harness::{Row, list, num, text};

pub const TABLE: &[Row] = &[
    ("03", "map_forward", 15, map_forward),
    ("03", "map_inverse", 15, map_inverse),
    ("03", "pole_match", 12, match_poles),
    ("03", "interpolant", 3, interpolant),
    ("03", "metrics", 7, metrics),
    ("03", "msd_exact", 5, msd_exact),
];

pub fn oscillator(i: &Value) -> Oscillator {
    Oscillator { m: num(i, "m"), c: num(i, "c"), k: num(i, "k") }
}

fn map(i: &Value) -> Mapping {
    Mapping::ALL.into_iter().find(|map| map.key() == text(i, "map")).unwrap()
}

fn map_forward(i: &Value) -> Value {
    let (eta, beta) = momentum_from_oscillator(map(i), num(i, "m"), num(i, "c"), 0.0, num(i, "h")).unwrap();
    json!({ "eta": eta, "beta": beta })
}

fn map_inverse(i: &Value) -> Value {
    let (eta, beta, lambda, h) = (num(i, "eta"), num(i, "beta"), num(i, "lambda"), num(i, "h"));
    let spring = oscillator_from_momentum(map(i), eta, beta, lambda, h).unwrap();
    json!({
        "m": spring.m, "c": spring.c, "omega0": spring.omega0(), "zeta": mapping::predicted_zeta(map(i), eta * lambda, beta),
        "critical_q": mapping::predicted_critical_q(map(i), beta),
        "critical_q_exact": mapping::predicted_critical_q(Mapping::Exact, beta),
    })
}

fn match_poles(i: &Value) -> Value {
    match pole_match(num(i, "q"), num(i, "beta"), num(i, "h")) {
        Ok(twin) => json!({
            "feasible": true, "c_over_m": twin.c_over_m, "k_over_m": twin.k_over_m, "omega_d": twin.omega_d,
            "omega0": twin.omega0, "zeta": twin.zeta,
        }),
        Err(reason) => json!({ "feasible": false, "reason": reason.key() }),
    }
}

fn interpolant(i: &Value) -> Value {
    let (q, beta, h, x0) = (num(i, "q"), num(i, "beta"), num(i, "h"), num(i, "x0"));
    let at = |n: u64| response(q, beta, x0, num(i, "x_minus1") - x0, n);
    let twin = pole_match(q, beta, h).unwrap();
    let spring = twin.oscillator(1.0);
    let v0 = interpolant_velocity(&spring, h, x0, at(1));
    let n = num(i, "n") as u64;
    for step in 0..=n {
        assert!((spring.flow(step as f64 * h, x0, v0).0 - at(step)).abs() < 1e-11);
    }
    json!({
        "x": (0..=n).map(at).collect::<Vec<_>>(), "v0_interpolant": v0, "c_over_m": twin.c_over_m,
        "k_over_m": twin.k_over_m,
        "x_half": (0..n).map(|step| spring.flow((step as f64 + 0.5) * h, x0, v0).0).collect::<Vec<_>>(),
    })
}

fn metrics(i: &Value) -> Value {
    let spring = oscillator(i);
    let [slow, fast] = spring.tau_slow_fast().unwrap_or([f64::NAN; 2]);
    json!({
        "omega0": spring.omega0(), "zeta": spring.zeta(), "regime": spring.regime().key(), "Q": spring.quality(),
        "tau_amplitude": spring.tau_amplitude(), "tau_energy": spring.tau_energy(), "omega_d": spring.omega_d(),
        "period_d": spring.period(), "log_decrement": spring.log_decrement(), "overshoot": spring.overshoot(),
        "peak_time": spring.peak_time(), "settling_2pct_rule_of_thumb": spring.settling_rule_of_thumb(),
        "settling_2pct_envelope": spring.settling_envelope(0.02), "settling_2pct_exact": spring.settling_exact(0.02),
        "rise_10_90": spring.rise_time(), "tau_slow": slow, "tau_fast": fast,
    })
}

fn msd_exact(i: &Value) -> Value {
    let spring = oscillator(i);
    let row = |t: &f64| {
        let (x, v) = spring.flow(*t, num(i, "x0"), num(i, "v0"));
        [x, v, spring.energy(x, v)]
    };
    json!({ "x_v_E": list(i, "t").iter().map(row).collect::<Vec<_>>() })
}
