//! The response of one mode in the frequency domain.

use nalgebra::Complex;

use super::response::response;

/// Fourier sum of the first `n` iterates, `sum_(k<n) x_k e^(-i omega k)` \[L\], `omega` in rad/step.
///
/// `x0` position \[L\], `v0_seed` velocity in seed sign \[L\], `x_(-1) = x0 + v0`. With `z = e^(i omega)`:
/// `(x0 z - beta x_(-1) - z^(1-n) x_n + beta z^(-n) x_(n-1)) / (z - (1 + beta - q) + beta/z)`, from
/// summing the recurrence; exact for a run of any length, decayed or not. Not finite where a pole lies
/// at `z`. Derived.
pub fn ringing_transform(q: f64, beta: f64, x0: f64, v0_seed: f64, n: u64, omega: f64) -> Complex<f64> {
    let z = Complex::from_polar(1.0, omega);
    let back = Complex::from_polar(1.0, -omega * n as f64);
    let [last, next] = [n.saturating_sub(1), n].map(|k| response(q, beta, x0, v0_seed, k));
    // Grouped as the closed loop is, so that low frequencies do not cancel.
    let one_minus_cos = 2.0 * (0.5 * omega).sin().powi(2);
    let below = Complex::new(q - (1.0 + beta) * one_minus_cos, (1.0 - beta) * omega.sin());
    (x0 * (z - beta) - beta * v0_seed - back * z * next + back * beta * last) / below
}
