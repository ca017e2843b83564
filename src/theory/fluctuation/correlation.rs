//! Correlation between the iterates of a stationary noisy heavy ball (AR(2)).
//!
//! Every function takes `(q, beta)`; for Nesterov's method put `beta (1 - q)` for `beta`.

use crate::theory::heavy_ball::response;
use crate::theory::regime::is_stable;

/// Correlation of neighbouring iterates, `(1 + beta - q)/(1 + beta)` (1).
pub fn lag_one(q: f64, beta: f64) -> f64 {
    if is_stable(q, beta) { (1.0 + beta - q) / (1.0 + beta) } else { f64::NAN }
}

/// Correlation (1) of iterates `lag` steps apart: the recurrence itself, started symmetrically.
pub fn autocorrelation(q: f64, beta: f64, lag: u64) -> f64 {
    response(q, beta, 1.0, lag_one(q, beta) - 1.0, lag)
}

/// Correlation (1) of positions `lag` steps apart that follow `x' = (1 + beta - q) x - beta x_prev + noise`
/// with noise no older than one step, `first` being their correlation at lag one.
///
/// For white noise `first` is [`lag_one`]; BAOAB, whose noise is correlated, has `1 - q/2`.
pub fn autocorrelation_after(q: f64, beta: f64, first: f64, lag: u64) -> f64 {
    match lag.checked_sub(1) {
        None => 1.0,
        Some(after) => response(q, beta, first, 1.0 - first, after),
    }
}

/// Integrated autocorrelation time (steps) of the same positions, `1 + 2 (first - beta)/q`.
///
/// The sum of the recurrence from lag two on. NaN for an unstable mode. Derived.
pub fn tau_int_after(q: f64, beta: f64, first: f64) -> f64 {
    if is_stable(q, beta) { 1.0 + 2.0 * (first - beta) / q } else { f64::NAN }
}

/// Integrated autocorrelation time of `x`, `1 + 2 sum rho_k = ((1 - beta)/q)(2 - q/(1 + beta))` (steps).
///
/// May be below one (antithetic). It goes to zero as `beta -> 1`, which is *not* free samples: see
/// [`tau_int_squared`]. NaN for an unstable mode.
pub fn tau_int(q: f64, beta: f64) -> f64 {
    if is_stable(q, beta) { (1.0 - beta) / q * (2.0 - q / (1.0 + beta)) } else { f64::NAN }
}

/// Integrated autocorrelation time of `x²` and other energies, `1 + 2 sum rho_k²` (steps).
///
/// With `r = rho_1`: `2 G (1 - beta (2 - beta) r²) - 1`, `G` the variance gain. Grows like
/// `1/(1 - beta)`. NaN for an unstable mode. Source: Gaussian moments; derived without pole
/// differences, hence exact at critical damping.
pub fn tau_int_squared(q: f64, beta: f64) -> f64 {
    let r = lag_one(q, beta);
    2.0 * super::variance_gain(q, beta) * (1.0 - beta * (2.0 - beta) * r * r) - 1.0
}

/// Independent samples that `n` correlated ones are worth for the mean, `n/tau`.
pub fn effective_samples(n: f64, tau: f64) -> f64 {
    n / tau
}
