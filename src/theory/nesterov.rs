//! Nesterov's method on one quadratic mode: the heavy ball with curvature-dependent memory.
//!
//! `x' = (1 - q)((1 + beta) x - beta x_prev)` for the iterates and for the look-ahead points alike.
//! Its poles are those of the heavy ball at the same `q` with `beta (1 - q)` for `beta`: friction
//! grows with curvature.

use nalgebra::Complex;

use super::heavy_ball;
use super::regime::{self, Regime};

/// The heavy-ball momentum with the same poles, `beta (1 - q)` (1).
pub fn equivalent_beta(q: f64, beta: f64) -> f64 {
    beta * (1.0 - q)
}

/// Poles of one step (1), the larger modulus first.
pub fn poles(q: f64, beta: f64) -> [Complex<f64>; 2] {
    heavy_ball::poles(q, equivalent_beta(q, beta))
}

/// Largest pole modulus (1, per step); `sqrt(beta (1 - q))` where the mode rings.
pub fn spectral_radius(q: f64, beta: f64) -> f64 {
    heavy_ball::spectral_radius(q, equivalent_beta(q, beta))
}

/// Regime of the mode.
pub fn classify(q: f64, beta: f64) -> Regime {
    regime::classify(q, equivalent_beta(q, beta))
}

/// Do all starts converge? `|beta (1 - q)| < 1` and `0 < q < 2 (1 + beta)/(1 + 2 beta)`.
pub fn is_stable(q: f64, beta: f64) -> bool {
    regime::is_stable(q, equivalent_beta(q, beta))
}

/// `q` (1) below which a mode is overdamped, `((1 - beta)/(1 + beta))²`; it rings from there to `q = 1`.
pub fn overdamped_border(beta: f64) -> f64 {
    ((1.0 - beta) / (1.0 + beta)).powi(2)
}

/// Position after `n` steps: see [`heavy_ball::response`] for the arguments.
pub fn response(q: f64, beta: f64, x0: f64, v0_seed: f64, n: u64) -> f64 {
    heavy_ball::response(q, equivalent_beta(q, beta), x0, v0_seed, n)
}
