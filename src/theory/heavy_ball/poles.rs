//! Poles of one mode and what is read off them directly.

use std::f64::consts::TAU;

use nalgebra::Complex;

use crate::theory::regime::{alternating_border, overdamped_border};

/// Discriminant of `z² - (1 + beta - q) z + beta` (1); negative where the mode rings.
///
/// For `beta >= 0` it is `((1 - sqrt beta)² - q)((1 + sqrt beta)² - q)`, which keeps its relative
/// accuracy at the critical borders where the textbook form cancels.
pub fn discriminant(q: f64, beta: f64) -> f64 {
    if beta >= 0.0 {
        (overdamped_border(beta) - q) * (alternating_border(beta) - q)
    } else {
        (1.0 + beta - q).powi(2) - 4.0 * beta
    }
}

/// Poles of the one-step map (1, per step), the larger modulus first; NaN for a non-finite argument.
///
/// `z = ((1 + beta - q) ± sqrt(discriminant)) / 2`; the smaller real one is `beta / z`.
///
/// ```
/// let [first, second] = impetus::theory::heavy_ball::poles(0.01, 0.9);
/// assert!((first * second - 0.9).norm() < 1e-15 && first.im > 0.0);
/// ```
pub fn poles(q: f64, beta: f64) -> [Complex<f64>; 2] {
    let (trace, disc) = (1.0 + beta - q, discriminant(q, beta));
    if !(trace.is_finite() && disc.is_finite()) {
        return [Complex::new(f64::NAN, f64::NAN); 2];
    }
    if disc < 0.0 {
        let half = 0.5 * (-disc).sqrt();
        return [Complex::new(0.5 * trace, half), Complex::new(0.5 * trace, -half)];
    }
    let far = 0.5 * (trace + disc.sqrt().copysign(trace));
    let near = if far == 0.0 { 0.0 } else { beta / far };
    [Complex::from(far), Complex::from(near)]
}

/// Largest pole modulus (1, per step): the asymptotic contraction of one step.
///
/// `sqrt(beta)` where the mode rings, else `(|1 + beta - q| + sqrt(discriminant)) / 2`.
pub fn spectral_radius(q: f64, beta: f64) -> f64 {
    if discriminant(q, beta) < 0.0 { beta.sqrt() } else { poles(q, beta)[0].re.abs() }
}

/// Rotation per step of a ringing mode, `acos((1 + beta - q) / (2 sqrt beta))` (rad/step) in `(0, pi)`.
pub fn phase(q: f64, beta: f64) -> Option<f64> {
    let disc = discriminant(q, beta);
    // The arc tangent keeps full accuracy where the cosine is flat.
    (disc < 0.0 && disc.is_finite()).then(|| (-disc).sqrt().atan2(1.0 + beta - q))
}

/// Period of a ringing mode, `2 pi / phase` (steps); `None` with real poles.
pub fn period_steps(q: f64, beta: f64) -> Option<f64> {
    phase(q, beta).map(|phi| TAU / phi)
}

/// Time constant of the envelope of every ringing mode, `-2 / ln beta` (steps).
///
/// Infinite at `beta = 1`, negative (growth) above, NaN for `beta < 0`.
pub fn envelope_steps(beta: f64) -> f64 {
    if beta == 1.0 { f64::INFINITY } else { -2.0 / beta.ln() }
}

/// Logarithm of the amplitude ratio of successive periods, `-pi ln(beta) / phase` (1); `None` with real poles.
pub fn log_decrement(q: f64, beta: f64) -> Option<f64> {
    period_steps(q, beta).map(|period| period / envelope_steps(beta))
}

/// Range of `q` (1) in which no pole exceeds `rate` (1, per step): the chart between lines of equal rate.
///
/// `[(1 - rate)(rate - beta)/rate, (1 + rate)(rate + beta)/rate]` for `|beta| <= rate²`; `None` outside,
/// or unless `0 < rate`. At `rate = 1` it is the stable range. Derived.
pub fn q_range_at_rate(rate: f64, beta: f64) -> Option<(f64, f64)> {
    let range = ((1.0 - rate) * (rate - beta) / rate, (1.0 + rate) * (rate + beta) / rate);
    (rate > 0.0 && beta.abs() <= rate * rate).then_some(range)
}
