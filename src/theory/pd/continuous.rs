//! The loop in continuous time.

use nalgebra::Complex;

use crate::theory::matrix::polynomial_roots;
use crate::theory::numeric::bisect;
use crate::theory::oscillator::Oscillator;

/// A joint `J q'' + b q' = u` and its two gains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PdLoop {
    /// Inertia J (kg m²).
    pub inertia: f64,
    /// Viscous joint friction b (N m s).
    pub friction: f64,
    /// Proportional gain (N m/rad).
    pub kp: f64,
    /// Derivative gain (N m s/rad).
    pub kd: f64,
}

impl PdLoop {
    /// The spring the position error obeys: `m = J`, `c = kd + b`, `k = kp`.
    pub fn oscillator(&self) -> Oscillator {
        Oscillator { m: self.inertia, c: self.kd + self.friction, k: self.kp }
    }

    /// The controller that gives a joint with `friction` (N m s) the motion of `spring`.
    pub fn from_oscillator(spring: &Oscillator, friction: f64) -> PdLoop {
        PdLoop { inertia: spring.m, friction, kp: spring.k, kd: spring.c - friction }
    }

    /// Angle (rad) at `t` (s) after a unit step of the set point, derivative taken of the measurement.
    pub fn step_response(&self, t: f64) -> f64 {
        1.0 + self.oscillator().flow(t, -1.0, 0.0).0
    }

    /// Angle (rad) at `t` (s) after a unit step, derivative taken of the error.
    ///
    /// The zero at `-kp/kd` starts the joint at once with `kd/J` and raises the overshoot.
    pub fn step_response_error_derivative(&self, t: f64) -> f64 {
        1.0 + self.oscillator().flow(t, -1.0, self.derivative_kick()).0
    }

    /// Velocity right after a unit step when the error is differentiated, `kd/J` (rad/s).
    pub fn derivative_kick(&self) -> f64 {
        self.kd / self.inertia
    }

    /// Steady error `q - r = tau/kp` (rad) under a constant load torque `tau` (N m); zero with integral action.
    pub fn load_offset(&self, tau: f64) -> f64 {
        tau / self.kp
    }
}

/// Steady angle (rad) that solves `kp (r - q) = mgl sin q`, and the stiffness there `kp + mgl cos q` (N m/rad).
///
/// `kp` proportional gain (N m/rad), `mgl` weight times lever (N m), `r` set point (rad). Unique for
/// `kp > |mgl|`; otherwise one of the solutions. NaN unless `kp > 0`.
pub fn gravity_angle(kp: f64, mgl: f64, r: f64) -> (f64, f64) {
    let reach = (mgl / kp).abs();
    let residual = |q: f64| mgl * q.sin() - kp * (r - q);
    let q = if kp > 0.0 { bisect(residual, r - reach, r + reach) } else { f64::NAN };
    (q, kp + mgl * q.cos())
}

/// Is `J s³ + (kd + b) s² + kp s + ki` stable? `kp, ki > 0` and `(kd + b) kp > J ki` (Routh).
pub fn pid_is_stable(plant: &PdLoop, ki: f64) -> bool {
    plant.inertia > 0.0 && plant.kp > 0.0 && ki > 0.0 && ki < pid_integral_limit(plant)
}

/// Integral gain (N m/(rad s)) at which the loop starts to oscillate, `(kd + b) kp / J`.
pub fn pid_integral_limit(plant: &PdLoop) -> f64 {
    (plant.kd + plant.friction) * plant.kp / plant.inertia
}

/// Poles (1/s) of the loop with integral gain `ki` (N m/(rad s)); `None` if a coefficient is not finite.
pub fn pid_poles(plant: &PdLoop, ki: f64) -> Option<Vec<Complex<f64>>> {
    polynomial_roots(&[plant.inertia, plant.kd + plant.friction, plant.kp, ki])
}
