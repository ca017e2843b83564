//! Section 7: currents and entropy production.

use impetus::theory::linear_sde::{commute, even_state, inertial_covariance, inertial_entropy_production};
use impetus::theory::steady_state::{Gyrator, HeatedPair, Swirl};
use impetus::theory::{fluctuation, phase_space};
use nalgebra::DMatrix;
use serde_json::{Value, json};

use crate::harness::{Row, matrix, num, rows};

pub const TABLE: &[Row] = &[
    ("07", "drift_field", 2, drift_field),
    ("07", "linear_all_even", 2, linear_all_even),
    ("07", "underdamped_equilibrium", 1, underdamped_equilibrium),
    ("07", "gyrator", 2, gyrator),
    ("07", "rotational", 2, rotational),
    ("07", "two_temperature", 1, two_temperature),
    ("07", "sgd_noise", 3, sgd_noise),
];

fn drift_field(i: &Value) -> Value {
    let (m, c, second) = (num(i, "m"), num(i, "c"), num(i, "U_second"));
    let (eta, beta) = (num(i, "eta"), num(i, "gamma"));
    json!({
        "divergence": phase_space::divergence(m, c), "curl": phase_space::curl(m, second),
        "divergence_discrete": phase_space::increment_divergence(eta, beta, second),
        "curl_discrete": phase_space::increment_curl(eta, beta, second),
        "map_jacobian_det": phase_space::volume_after(beta, 1),
    })
}

fn linear_all_even(i: &Value) -> Value {
    let state = even_state(&matrix(i, "A"), &matrix(i, "D")).unwrap();
    json!({
        "Sigma": rows(&state.covariance), "Q": rows(&state.circulation), "R": rows(&state.rotation),
        "epr": state.entropy_production,
    })
}

fn underdamped_equilibrium(i: &Value) -> Value {
    let (m, c, stiffness) = (num(i, "m"), num(i, "c"), DMatrix::from_element(1, 1, num(i, "k")));
    let dv = DMatrix::from_element(1, 1, fluctuation::velocity_diffusion(m, c, num(i, "T")));
    json!({
        "Sigma": rows(&inertial_covariance(&stiffness, &dv, m, c).unwrap()),
        "R": [[0.0, 1.0], [-num(i, "k") / m, 0.0]],
        "epr": inertial_entropy_production(&stiffness, &dv, m, c),
    })
}

fn gyrator(i: &Value) -> Value {
    let [k1, k2, u, t1, t2, c] = ["k1", "k2", "u", "T1", "T2", "c"].map(|key| num(i, key));
    let machine = Gyrator { k1, k2, u, t1, t2, c };
    let (drift, diffusion) = machine.matrices();
    let state = even_state(&drift, &diffusion).unwrap();
    assert!((state.circulation[(0, 1)] - machine.circulation()).abs() < 1e-14);
    assert!((state.entropy_production - machine.entropy_production()).abs() < 1e-12);
    json!({ "Sigma": rows(&state.covariance), "Q12": machine.circulation(), "epr": machine.entropy_production() })
}

fn rotational(i: &Value) -> Value {
    let [m, c, k, a, temperature] = ["m", "c", "k", "a", "T"].map(|key| num(i, key));
    let swirl = Swirl { m, c, k, a, temperature };
    let stiffness = DMatrix::from_row_slice(2, 2, &[k, a, -a, k]);
    let dv = DMatrix::identity(2, 2) * fluctuation::velocity_diffusion(m, c, temperature);
    let rate = inertial_entropy_production(&stiffness, &dv, m, c).unwrap();
    assert!((rate - swirl.entropy_production()).abs() < 1e-10 * rate);
    json!({
        "r2": swirl.mean_square_distance(), "angular": swirl.mean_swirl(), "epr_underdamped": swirl.entropy_production(),
        "epr_overdamped": swirl.entropy_production_overdamped(), "stable": swirl.is_stable(),
        "a_max": swirl.strongest_stable(),
    })
}

fn two_temperature(i: &Value) -> Value {
    let [m, c, k, kappa, t1, t2] = ["m", "c", "k", "kap", "T1", "T2"].map(|key| num(i, key));
    let pair = HeatedPair { m, c, k, kappa, t1, t2 };
    json!({
        "Sigma": rows(&pair.covariance().unwrap()), "heat_1_to_2": pair.heat_current(),
        "epr": pair.entropy_production(), "T_kin": pair.kinetic_temperatures(),
    })
}

fn sgd_noise(i: &Value) -> Value {
    let (k, dv, m, c) = (matrix(i, "K"), matrix(i, "Dv"), num(i, "m"), num(i, "c"));
    json!({
        "Sigma": rows(&inertial_covariance(&k, &dv, m, c).unwrap()),
        "epr": inertial_entropy_production(&k, &dv, m, c), "equilibrium": commute(&k, &dv, 1e-12),
    })
}
