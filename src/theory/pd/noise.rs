//! What a noisy encoder does through the two gains; white noise of standard deviation `s` (rad) per sample.

use nalgebra::{DMatrix, DVector};

use super::PdLoop;
use crate::theory::matrix::discrete_lyapunov;

/// Variance of the torque (N² m²) with a backward-difference derivative: `s² ((kp + kd/T)² + (kd/T)²)`.
///
/// Halving the sample time `t_sample` (s) quadruples the derivative's share.
pub fn torque_noise_variance(kp: f64, kd: f64, t_sample: f64, s: f64) -> f64 {
    filtered_torque_noise_variance(kp, kd, t_sample, 0.0, s)
}

/// Variance of the torque (N² m²) when the difference is averaged, `d' = rho d + (1 - rho) dy/T`.
///
/// `s² (kp² + 2 kp kd (1 - rho)/T + 2 kd² (1 - rho)²/(T² (1 + rho)))`; `rho` (1) the kept fraction.
pub fn filtered_torque_noise_variance(kp: f64, kd: f64, t_sample: f64, rho: f64, s: f64) -> f64 {
    let fresh = kd * (1.0 - rho) / t_sample;
    s * s * (kp * kp + 2.0 * kp * fresh + 2.0 * fresh * fresh / (1.0 + rho))
}

/// Stationary variance of the angle (rad²) of a frictionless joint under the backward-difference loop.
///
/// Discrete Lyapunov equation on (angle, speed, previous reading). `None` if the loop is unstable.
pub fn encoder_noise_variance(plant: &PdLoop, t_sample: f64, s: f64) -> Option<f64> {
    let by_speed = t_sample / plant.inertia;
    let by_angle = 0.5 * t_sample * by_speed;
    let (now, before) = (plant.kp + plant.kd / t_sample, plant.kd / t_sample);
    #[rustfmt::skip]
    let map = DMatrix::from_row_slice(3, 3, &[
        1.0 - by_angle * now, t_sample, by_angle * before,
        -by_speed * now,      1.0,      by_speed * before,
        1.0,                  0.0,      0.0,
    ]);
    let entry = DVector::from_column_slice(&[-by_angle * now, -by_speed * now, 1.0]) * s;
    discrete_lyapunov(&map, &(&entry * entry.transpose())).map(|covariance| covariance[(0, 0)])
}
