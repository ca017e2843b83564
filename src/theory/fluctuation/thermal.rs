//! Continuous equilibrium: correlations and rare escapes.

use std::f64::consts::TAU;

use crate::theory::oscillator::Oscillator;

/// Equilibrium correlation of positions `t` (s) apart, `(T/k) e^(-sigma t)(C + sigma S)` (m²).
///
/// Its normalized integral is `c/k` (s). Source: Wang & Uhlenbeck 1945.
pub fn position_correlation(osc: &Oscillator, temperature: f64, t: f64) -> f64 {
    temperature / osc.k * osc.flow(t, 1.0, 0.0).0
}

/// Equilibrium correlation of velocities `t` (s) apart, `(T/m) e^(-sigma t)(C - sigma S)` (m²/s²).
pub fn velocity_correlation(osc: &Oscillator, temperature: f64, t: f64) -> f64 {
    temperature / osc.m * osc.flow(t, 0.0, 1.0).1
}

/// Integrated correlation time of the position, `c/k` (s).
pub fn correlation_time(osc: &Oscillator) -> f64 {
    osc.c / osc.k
}

/// Escape rate over a barrier (1/s), `(sqrt(g²/4 + wb²) - g/2)/wb (w0/2 pi) e^(-E/T)`.
///
/// `friction = c/m` (1/s), `omega_well`, `omega_barrier` the curvature frequencies (rad/s), `barrier`
/// and `temperature` (J). Asymptotic: `E` much larger than `T`, moderate to strong friction.
/// Source: Kramers 1940.
pub fn kramers_rate(friction: f64, omega_well: f64, omega_barrier: f64, barrier: f64, temperature: f64) -> f64 {
    // sqrt(g²/4 + wb²) - g/2 without cancellation under strong friction.
    let slowed = omega_barrier / (0.5 * friction + (0.5 * friction).hypot(omega_barrier));
    slowed * omega_well / TAU * (-barrier / temperature).exp()
}

/// Frequencies (rad/s) at the well and on the barrier of `E ((x/a)² - 1)²`: `sqrt(8 E/(a² m))`, `sqrt(4 E/(a² m))`.
pub fn double_well_frequencies(barrier: f64, a: f64, m: f64) -> (f64, f64) {
    let unit = barrier / (a * a * m);
    ((8.0 * unit).sqrt(), (4.0 * unit).sqrt())
}
