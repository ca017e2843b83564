//! Section 4: the joint under PD control.

use impetus::theory::matrix::{polynomial_radius, polynomial_roots};
use impetus::theory::{heavy_ball, pd, regime};
use serde_json::{Value, json};

use crate::harness::{Row, complex, list, num};

pub const TABLE: &[Row] = &[
    ("04", "continuous", 3, continuous),
    ("04", "sampled_state", 5, sampled_state),
    ("04", "sampled_viscous", 2, sampled_viscous),
    ("04", "sampled_backward", 5, sampled_backward),
    ("04", "sampled_delay", 5, sampled_delay),
    ("04", "max_gain", 1, max_gain),
    ("04", "saturation", 1, saturation),
    ("04", "noise", 2, noise),
    ("04", "filtered_derivative", 2, filtered_derivative),
    ("04", "constant_load", 2, constant_load),
    ("04", "gravity", 2, gravity),
    ("04", "pid", 2, pid),
];

fn plant(i: &Value) -> pd::PdLoop {
    let or_zero = |key: &str| i[key].as_f64().unwrap_or(0.0);
    pd::PdLoop { inertia: or_zero("J"), friction: or_zero("b"), kp: num(i, "kp"), kd: or_zero("kd") }
}

fn continuous(i: &Value) -> Value {
    let (plant, times) = (plant(i), list(i, "t"));
    let spring = plant.oscillator();
    assert_eq!(pd::PdLoop::from_oscillator(&spring, plant.friction).kp, plant.kp);
    json!({
        "omega0": spring.omega0(), "zeta": spring.zeta(), "regime": spring.regime().key(),
        "y": times.iter().map(|&t| plant.step_response(t)).collect::<Vec<_>>(),
        "error_derivative": times.iter().map(|&t| plant.step_response_error_derivative(t)).collect::<Vec<_>>(),
    })
}

/// Positions by stepping the held torque; the closed form must agree with them.
fn sampled_state(i: &Value) -> Value {
    let (plant, t) = (plant(i), num(i, "T"));
    let (a, d) = pd::normalized_gains(&plant, t);
    let (q, beta) = pd::momentum_from_gains(a, d);
    let (mut angle, mut speed) = (num(i, "q0"), num(i, "v0"));
    let mut positions = vec![angle];
    for _ in 0..num(i, "n") as usize {
        let torque = -plant.kp * angle - plant.kd * speed;
        (angle, speed) = pd::held_torque_step(plant.inertia, t, torque, angle, speed);
        positions.push(angle);
    }
    let before = ((1.0 + beta - q) * positions[0] - positions[1]) / beta;
    for (n, x) in positions.iter().enumerate() {
        let closed = heavy_ball::response(q, beta, positions[0], before - positions[0], n as u64);
        assert!(!((closed - x).abs() > 1e-11 * (1.0 + x.abs())), "{closed} {x}");
    }
    json!({
        "a": a, "d": d, "char_poly": pd::state_feedback_polynomial(a, d), "equiv_q": q, "equiv_beta": beta,
        "regime": regime::classify(q, beta).key(), "roots": complex(heavy_ball::poles(q, beta)),
        "stable": pd::state_feedback_is_stable(a, d), "positions": positions,
    })
}

fn sampled_viscous(i: &Value) -> Value {
    let m = pd::viscous_matrix(&plant(i), num(i, "T"));
    let (q, beta) = (1.0 + m.determinant() - m.trace(), m.determinant());
    json!({
        "matrix": [[m.m11, m.m12], [m.m21, m.m22]], "roots": complex(heavy_ball::poles(q, beta)),
        "stable": regime::classify_map(m.trace(), m.determinant()).is_stable(),
    })
}

fn sampled_backward(i: &Value) -> Value {
    let (a, d) = pd::normalized_gains(&plant(i), num(i, "T"));
    let poly = pd::backward_polynomial(a, d);
    assert_eq!(pd::backward_is_stable(a, d), pd::cubic_is_stable(poly[1], poly[2], poly[3]));
    json!({
        "char_poly": poly, "rho": polynomial_radius(&poly), "stable": pd::backward_is_stable(a, d),
        "a_max": pd::backward_wall(d),
    })
}

fn sampled_delay(i: &Value) -> Value {
    let (a, d) = pd::normalized_gains(&plant(i), num(i, "T"));
    let poly = pd::delayed_polynomial(a, d);
    json!({ "char_poly": poly, "rho": polynomial_radius(&poly), "stable": pd::delayed_is_stable(a, d) })
}

fn max_gain(_: &Value) -> Value {
    let (d, a) = pd::BACKWARD_WIDEST;
    assert!((pd::backward_wall(d) - a).abs() < 1e-15);
    json!({ "d_star": d, "a_star": a })
}

fn saturation(i: &Value) -> Value {
    let (plant, (mut angle, mut speed)) = (plant(i), (0.0, 0.0));
    let (mut angles, mut torques) = (vec![0.0], vec![]);
    for _ in 0..num(i, "n") as usize {
        let u = pd::saturated_torque(&plant, num(i, "u_max"), num(i, "r"), angle, speed);
        (angle, speed) = pd::held_torque_step(plant.inertia, num(i, "T"), u, angle, speed);
        angles.push(angle);
        torques.push(u);
    }
    json!({ "q": angles, "u": torques, "v_final": speed })
}

fn noise(i: &Value) -> Value {
    let (plant, t, s) = (plant(i), num(i, "T"), num(i, "noise_std"));
    let variance = pd::encoder_noise_variance(&plant, t, s).unwrap();
    json!({
        "torque_var_open": pd::torque_noise_variance(plant.kp, plant.kd, t, s), "var_q": variance,
        "std_q": variance.sqrt(),
    })
}

fn filtered_derivative(i: &Value) -> Value {
    let (plant, t) = (plant(i), num(i, "T"));
    let variance = pd::filtered_torque_noise_variance(plant.kp, plant.kd, t, num(i, "rho"), num(i, "noise_std"));
    json!({ "torque_var_open": variance })
}

fn constant_load(i: &Value) -> Value {
    let offset = plant(i).load_offset(num(i, "tau"));
    json!({ "q_ss_pd": num(i, "r") + offset, "e_ss_pd": -offset, "e_ss_pid": 0.0 })
}

fn gravity(i: &Value) -> Value {
    let weight = num(i, "m") * num(i, "g") * num(i, "l");
    let (angle, stiffness) = pd::gravity_angle(num(i, "kp"), weight, num(i, "r"));
    json!({ "q_ss": angle, "e_ss": num(i, "r") - angle, "k_linearised": stiffness })
}

fn pid(i: &Value) -> Value {
    let (plant, ki) = (plant(i), num(i, "ki"));
    let poles = pd::pid_poles(&plant, ki).unwrap();
    assert_eq!(polynomial_roots(&[plant.inertia, plant.kd + plant.friction, plant.kp, ki]).unwrap(), poles);
    json!({
        "poles": complex(poles), "stable": pd::pid_is_stable(&plant, ki), "ki_max": pd::pid_integral_limit(&plant),
    })
}
