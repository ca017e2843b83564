//! The loop closed by a computer: torque held over a sample time T (zero-order hold, exact).
//!
//! In the normalized gains `a = kp T²/J` and `d = kd T/J` (1) everything depends on two numbers.

use nalgebra::Matrix2;

use super::PdLoop;

/// Normalized derivative gain and the widest stable `a` of the backward-difference loop:
/// `d = 2 sqrt 2 - 2`, `a = 12 - 8 sqrt 2`.
pub const BACKWARD_WIDEST: (f64, f64) = (2.0 * std::f64::consts::SQRT_2 - 2.0, 12.0 - 8.0 * std::f64::consts::SQRT_2);

/// Normalized gains `(a, d) = (kp T²/J, kd T/J)` (1) for the sample time `t_sample` (s).
pub fn normalized_gains(plant: &PdLoop, t_sample: f64) -> (f64, f64) {
    let per_inertia = t_sample / plant.inertia;
    (plant.kp * t_sample * per_inertia, plant.kd * per_inertia)
}

/// Gains `(kp, kd)` (N m/rad, N m s/rad) from normalized ones, for inertia J (kg m²) and T (s).
pub fn gains_from_normalized(a: f64, d: f64, inertia: f64, t_sample: f64) -> (f64, f64) {
    (a * inertia / (t_sample * t_sample), d * inertia / t_sample)
}

/// Heavy ball `(q, beta) = (a, 1 - d + a/2)` (1) with exactly the sampled positions of a frictionless joint.
///
/// Mind that `beta` depends on the proportional gain: the hold costs half a sample of phase.
/// Source: zero-order hold of a double integrator (Åström & Wittenmark, ch. 3).
pub fn momentum_from_gains(a: f64, d: f64) -> (f64, f64) {
    (a, 1.0 - d + 0.5 * a)
}

/// Normalized gains `(a, d) = (q, 1 - beta + q/2)` (1) whose sampled loop is the heavy ball `(q, beta)`.
pub fn gains_from_momentum(q: f64, beta: f64) -> (f64, f64) {
    (q, 1.0 - beta + 0.5 * q)
}

/// Characteristic polynomial of state feedback, highest power first: `z² - (2 - a/2 - d) z + 1 - d + a/2`.
pub fn state_feedback_polynomial(a: f64, d: f64) -> [f64; 3] {
    [1.0, 0.5 * a + d - 2.0, 1.0 - d + 0.5 * a]
}

/// Is sampled state feedback stable? `0 < a < 2 d` and `d < 2`, that is `kp T < 2 kd` and `kd T < 2 J`.
pub fn state_feedback_is_stable(a: f64, d: f64) -> bool {
    a > 0.0 && a < 2.0 * d && d < 2.0
}

/// Closed-loop matrix on (angle, velocity) for a joint with friction, torque held for `t_sample` (s).
pub fn viscous_matrix(plant: &PdLoop, t_sample: f64) -> Matrix2<f64> {
    let rate = plant.friction / plant.inertia;
    // Integrals of the decaying velocity; their limits for a frictionless joint.
    let (keep, reach) = ((-rate * t_sample).exp(), glide(rate, t_sample));
    let drift = if rate == 0.0 { 0.5 * t_sample * t_sample } else { (t_sample - reach) / rate };
    let (by_angle, by_speed) = (drift / plant.inertia, reach / plant.inertia);
    Matrix2::new(
        1.0 - by_angle * plant.kp,
        reach - by_angle * plant.kd,
        -by_speed * plant.kp,
        keep - by_speed * plant.kd,
    )
}

/// Distance covered in `t` per unit initial velocity decaying at `rate`: `(1 - e^(-rate t))/rate`.
fn glide(rate: f64, t: f64) -> f64 {
    if rate == 0.0 { t } else { -(-rate * t).exp_m1() / rate }
}

/// Characteristic polynomial with the derivative as a backward difference, `z³ + ((a + d)/2 - 2) z² + (1 + a/2) z - d/2`.
pub fn backward_polynomial(a: f64, d: f64) -> [f64; 4] {
    [1.0, 0.5 * (a + d) - 2.0, 1.0 + 0.5 * a, -0.5 * d]
}

/// Largest stable `a` of the backward-difference loop, `2 d (2 - d)/(2 + d)` (1), for `0 < d < 2`.
pub fn backward_wall(d: f64) -> f64 {
    2.0 * d * (2.0 - d) / (2.0 + d)
}

/// Is the backward-difference loop stable? `0 < d < 2` and `0 < a < ` [`backward_wall`].
pub fn backward_is_stable(a: f64, d: f64) -> bool {
    d > 0.0 && d < 2.0 && a > 0.0 && a < backward_wall(d)
}

/// Characteristic polynomial of state feedback acting one sample late, `z³ - 2 z² + (1 + a/2 + d) z + a/2 - d`.
pub fn delayed_polynomial(a: f64, d: f64) -> [f64; 4] {
    [1.0, -2.0, 1.0 + 0.5 * a + d, 0.5 * a - d]
}

/// Is state feedback acting one sample late stable?
pub fn delayed_is_stable(a: f64, d: f64) -> bool {
    let [_, a2, a1, a0] = delayed_polynomial(a, d);
    cubic_is_stable(a2, a1, a0)
}

/// Are all roots of `z³ + a2 z² + a1 z + a0` inside the unit circle (Jury)?
pub fn cubic_is_stable(a2: f64, a1: f64, a0: f64) -> bool {
    1.0 + a2 + a1 + a0 > 0.0
        && 1.0 - a2 + a1 - a0 > 0.0
        && a0.abs() < 1.0
        && (a0 * a0 - 1.0).abs() > (a0 * a2 - a1).abs()
}

/// Torque (N m) of a controller that asks for `kp (r - angle) - kd speed` and has only `±u_max`.
pub fn saturated_torque(plant: &PdLoop, u_max: f64, r: f64, angle: f64, speed: f64) -> f64 {
    let wanted = plant.kp * (r - angle) - plant.kd * speed;
    // Not clamp: a NaN must stay visible.
    if wanted.abs() > u_max.abs() { u_max.abs().copysign(wanted) } else { wanted }
}

/// Angle and speed of a frictionless joint after a torque `u` (N m) was held for `t_sample` (s).
///
/// `angle + T speed + T² u/(2 J)`, `speed + T u/J`.
pub fn held_torque_step(inertia: f64, t_sample: f64, u: f64, angle: f64, speed: f64) -> (f64, f64) {
    let gained = t_sample * u / inertia;
    (angle + t_sample * (speed + 0.5 * gained), speed + gained)
}
