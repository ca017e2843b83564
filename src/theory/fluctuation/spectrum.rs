//! Power spectrum of the iterates of a stationary noisy heavy ball.

use std::f64::consts::PI;

use crate::theory::closed_loop::disturbance_response;
use crate::theory::regime::is_stable;

/// One-sided spectral density (L² step/rad) of the position at `omega` (rad/step), `0 <= omega <= pi`.
///
/// `s²/(pi |D(e^(i omega))|²)`, `D(z) = z - (1 + beta - q) + beta/z`, for white displacement noise of
/// variance `s2` \[L²\] per step; its integral over `0..pi` is the variance. NaN for an unstable mode.
/// Source: AR(2), Box & Jenkins.
pub fn position_spectrum(q: f64, beta: f64, s2: f64, omega: f64) -> f64 {
    if !is_stable(q, beta) {
        return f64::NAN;
    }
    s2 / PI * disturbance_response(1.0, beta, q, omega).norm_sqr()
}
