//! Section 4: the joint under PD control.

use super::Row;
use crate::theory::matrix::polynomial_radius;
use crate::theory::{heavy_ball, pd, regime};
use crate::verify::answer::{answers, poles};
use crate::verify::inputs::{Answered, Inputs};

pub const TABLE: &[Row] = &[
    ("04", "continuous", continuous),
    ("04", "sampled_state", sampled_state),
    ("04", "sampled_viscous", sampled_viscous),
    ("04", "sampled_backward", sampled_backward),
    ("04", "sampled_delay", sampled_delay),
    ("04", "max_gain", max_gain),
    ("04", "saturation", saturation),
    ("04", "noise", noise),
    ("04", "filtered_derivative", filtered_derivative),
    ("04", "constant_load", constant_load),
    ("04", "gravity", gravity),
    ("04", "pid", pid),
];

fn plant(i: Inputs) -> Answered<pd::PdLoop> {
    let [inertia, kp] = i.nums(["J", "kp"])?;
    Ok(pd::PdLoop { inertia, friction: i.num_or("b", 0.0)?, kp, kd: i.num_or("kd", 0.0)? })
}

fn continuous(i: Inputs) -> Answered {
    let (plant, times) = (plant(i)?, i.list("t")?);
    let spring = plant.oscillator();
    Ok(answers! {
        "omega0" => spring.omega0(), "zeta" => spring.zeta(), "regime" => spring.regime().key(),
        "y" => times.iter().map(|t| plant.step_response(*t)).collect::<Vec<_>>(),
        "error_derivative" => times.iter().map(|t| plant.step_response_error_derivative(*t)).collect::<Vec<_>>(),
    })
}

/// The held torque, step by step; the loop is the heavy ball with `q = a`, `beta = 1 - d + a/2`.
fn sampled_state(i: Inputs) -> Answered {
    let (plant, [t, q0, v0], n) = (plant(i)?, i.nums(["T", "q0", "v0"])?, i.steps("n")?);
    let (a, d) = pd::normalized_gains(&plant, t);
    let (q, beta) = pd::momentum_from_gains(a, d);
    let (mut angle, mut speed, mut positions) = (q0, v0, vec![q0]);
    for _ in 0..n {
        (angle, speed) = pd::held_torque_step(plant.inertia, t, -plant.kp * angle - plant.kd * speed, angle, speed);
        positions.push(angle);
    }
    Ok(answers! {
        "a" => a, "d" => d, "char_poly" => pd::state_feedback_polynomial(a, d), "equiv_q" => q, "equiv_beta" => beta,
        "regime" => regime::classify(q, beta).key(), "roots" => poles(heavy_ball::poles(q, beta)),
        "stable" => pd::state_feedback_is_stable(a, d), "positions" => positions,
    })
}

fn sampled_viscous(i: Inputs) -> Answered {
    let m = pd::viscous_matrix(&plant(i)?, i.num("T")?);
    let (q, beta) = (1.0 + m.determinant() - m.trace(), m.determinant());
    Ok(answers! {
        "matrix" => m, "roots" => poles(heavy_ball::poles(q, beta)),
        "stable" => regime::classify_map(m.trace(), m.determinant()).is_stable(),
    })
}

fn sampled_backward(i: Inputs) -> Answered {
    let (a, d) = pd::normalized_gains(&plant(i)?, i.num("T")?);
    let poly = pd::backward_polynomial(a, d);
    Ok(answers! {
        "char_poly" => poly, "rho" => polynomial_radius(&poly), "stable" => pd::backward_is_stable(a, d),
        "a_max" => pd::backward_wall(d),
    })
}

fn sampled_delay(i: Inputs) -> Answered {
    let (a, d) = pd::normalized_gains(&plant(i)?, i.num("T")?);
    let poly = pd::delayed_polynomial(a, d);
    Ok(answers! { "char_poly" => poly, "rho" => polynomial_radius(&poly), "stable" => pd::delayed_is_stable(a, d) })
}

fn max_gain(_: Inputs) -> Answered {
    let (d, a) = pd::BACKWARD_WIDEST;
    Ok(answers! { "d_star" => d, "a_star" => a })
}

fn saturation(i: Inputs) -> Answered {
    let (plant, [t, limit, r], n) = (plant(i)?, i.nums(["T", "u_max", "r"])?, i.steps("n")?);
    let (mut angle, mut speed, mut angles, mut torques) = (0.0, 0.0, vec![0.0], vec![]);
    for _ in 0..n {
        let u = pd::saturated_torque(&plant, limit, r, angle, speed);
        (angle, speed) = pd::held_torque_step(plant.inertia, t, u, angle, speed);
        angles.push(angle);
        torques.push(u);
    }
    Ok(answers! { "q" => angles, "u" => torques, "v_final" => speed })
}

fn noise(i: Inputs) -> Answered {
    let (plant, [t, s]) = (plant(i)?, i.nums(["T", "noise_std"])?);
    let variance = pd::encoder_noise_variance(&plant, t, s);
    Ok(answers! {
        "torque_var_open" => pd::torque_noise_variance(plant.kp, plant.kd, t, s), "var_q" => variance,
        "std_q" => variance.map(f64::sqrt),
    })
}

fn filtered_derivative(i: Inputs) -> Answered {
    let [kp, kd, t, rho, s] = i.nums(["kp", "kd", "T", "rho", "noise_std"])?;
    Ok(answers! { "torque_var_open" => pd::filtered_torque_noise_variance(kp, kd, t, rho, s) })
}

fn constant_load(i: Inputs) -> Answered {
    let [kp, tau, r] = i.nums(["kp", "tau", "r"])?;
    let offset = pd::PdLoop { inertia: 1.0, friction: 0.0, kp, kd: 0.0 }.load_offset(tau);
    Ok(answers! { "q_ss_pd" => r + offset, "e_ss_pd" => -offset, "e_ss_pid" => 0.0 })
}

fn gravity(i: Inputs) -> Answered {
    let [m, g, l, kp, r] = i.nums(["m", "g", "l", "kp", "r"])?;
    let (angle, stiffness) = pd::gravity_angle(kp, m * g * l, r);
    Ok(answers! { "q_ss" => angle, "e_ss" => r - angle, "k_linearised" => stiffness })
}

fn pid(i: Inputs) -> Answered {
    let (plant, ki) = (plant(i)?, i.num("ki")?);
    Ok(answers! {
        "poles" => pd::pid_poles(&plant, ki).map(poles), "stable" => pd::pid_is_stable(&plant, ki),
        "ki_max" => pd::pid_integral_limit(&plant),
    })
}
