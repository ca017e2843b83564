//! Momentum as a feedback loop: how a disturbance of the gradient reaches the parameter.

use std::f64::consts::PI;

use nalgebra::Complex;

use super::heavy_ball::{phase, response};
use super::oscillator::Oscillator;

/// Transfer function from gradient disturbance to parameter at `omega` (rad/step) \[L²/E\].
///
/// `H = -eta z/(z² - (1 + beta - q) z + beta)`, `z = e^(i omega)`, `q = eta lambda`. At zero frequency
/// `-1/lambda`: a gradient bias moves the minimum by the same amount whatever `eta` and `beta`.
pub fn disturbance_response(eta: f64, beta: f64, lambda: f64, omega: f64) -> Complex<f64> {
    // Divided by z; the parts are grouped so that low frequencies do not cancel.
    let one_minus_cos = 2.0 * (0.5 * omega).sin().powi(2);
    let below = Complex::new(eta * lambda - (1.0 + beta) * one_minus_cos, (1.0 - beta) * omega.sin());
    Complex::from(-eta) / below
}

/// Frequency (rad/step) at which the loop amplifies disturbances most, and the gain there \[L²/E\].
///
/// `cos omega = (1 + beta)(1 + beta - q)/(4 beta)`, gain `eta/((1 - beta) sin phi)` with `phi` the ringing
/// phase. `None` without complex poles or without an interior maximum.
pub fn resonance(eta: f64, beta: f64, lambda: f64) -> Option<(f64, f64)> {
    let q = eta * lambda;
    let phi = phase(q, beta)?;
    let cosine = (1.0 + beta) * (1.0 + beta - q) / (4.0 * beta);
    (cosine.abs() < 1.0).then(|| (cosine.acos(), eta / ((1.0 - beta) * phi.sin())))
}

/// Transfer function from the position of the minimum to the parameter at `omega` (rad/step), (1).
///
/// `G = q z/(z² - (1 + beta - q) z + beta)`: a minimum that moves by `dr` is a gradient disturbance of
/// `-lambda dr`. It is 1 at zero frequency, and its phase falls from 0 towards `-pi`.
///
/// ```
/// let still = impetus::theory::closed_loop::tracking_response(0.08, 0.5, 0.0);
/// assert!((still.re - 1.0).abs() < 1e-15 && still.im == 0.0);
/// ```
pub fn tracking_response(q: f64, beta: f64, omega: f64) -> Complex<f64> {
    -disturbance_response(q, beta, 1.0, omega)
}

/// Position after `n` steps from rest at 0 under a minimum that swings as `cos(omega n)`.
///
/// The steady swing `Re(G e^(i omega n))` with [`tracking_response`] `G`, and a free motion that begins as its
/// opposite. `q`, `beta` (1), `omega` (rad/step). Derived.
///
/// ```
/// let x = impetus::theory::closed_loop::driven_response(0.1, 0.9, 0.3, 1);
/// assert!((x - 0.1).abs() < 1e-14);
/// ```
pub fn driven_response(q: f64, beta: f64, omega: f64, n: u64) -> f64 {
    let gain = tracking_response(q, beta, omega);
    let steady = |n: f64| (gain * Complex::from_polar(1.0, omega * n)).re;
    let (now, before) = (steady(0.0), steady(-1.0));
    steady(n as f64) + response(q, beta, -now, now - before, n)
}

/// Transfer function from the anchor of a spring to its mass at `omega` (rad/s), `k/(k - m omega² + i c omega)` (1).
pub fn anchor_response(spring: &Oscillator, omega: f64) -> Complex<f64> {
    Complex::from(spring.k) / Complex::new(spring.k - spring.m * omega * omega, spring.c * omega)
}

/// Factor on the learning rate at which the loop `q z/((z - 1)(z - beta))` becomes unstable, `2 (1 + beta)/q` (1).
pub fn gain_margin(q: f64, beta: f64) -> f64 {
    super::regime::stability_wall(beta) / q
}

/// Crossover frequency and phase margin of the loop (rad/step, rad).
///
/// With `u = 1 - cos omega`: `4 beta u² + 2 (1 - beta)² u - q² = 0`, the root in `[0, 2]`; margin
/// `pi + arg L`. `None` if the loop gain never is 1.
pub fn phase_margin(q: f64, beta: f64) -> Option<(f64, f64)> {
    let u = crossover(q, beta).filter(|u| (0.0..=2.0).contains(u))?;
    let omega = 2.0 * (0.5 * u).sqrt().asin();
    let z = Complex::from_polar(1.0, omega);
    let loop_gain = q * z / ((z - 1.0) * (z - beta));
    Some((omega, PI + loop_gain.arg()))
}

/// Smallest positive `1 - cos omega` with unit loop gain.
fn crossover(q: f64, beta: f64) -> Option<f64> {
    let (a, half_b) = (4.0 * beta, (1.0 - beta).powi(2));
    let disc = half_b * half_b + a * q * q;
    // The product form is the small root for either sign of beta, and the only one for beta = 0.
    (disc >= 0.0).then(|| q * q / (half_b + disc.sqrt()))
}
