//! Stationary variances of noisy momentum on one mode.

use crate::theory::regime::is_stable;

/// Stationary variance per unit variance of displacement noise (1).
///
/// `(1 + beta)/((1 - beta) q (2 (1 + beta) - q))` for `x' = (1 + beta - q) x - beta x_prev + noise`;
/// NaN where there is no stationary state. Nesterov: put `beta (1 - q)` for `beta`.
/// Source: AR(2), Box & Jenkins.
pub fn variance_gain(q: f64, beta: f64) -> f64 {
    if !is_stable(q, beta) {
        return f64::NAN;
    }
    (1.0 + beta) / ((1.0 - beta) * q * (2.0 * (1.0 + beta) - q))
}

/// Stationary variance of the heavy ball \[L²\]: `eta S/(2 lambda (1 - beta))/(1 - q/(2 (1 + beta)))`.
///
/// `eta` \[L²/E\], `lambda` \[E/L²\], `s` gradient-noise variance \[E²/L²\]. NaN if unstable.
/// Source: Liu, Ziyin & Ueda 2021; Gitman et al. 2019.
pub fn position_variance(eta: f64, beta: f64, lambda: f64, s: f64) -> f64 {
    eta * eta * s * variance_gain(eta * lambda, beta)
}

/// Its limit for small steps \[L²\], `eta S/(2 lambda (1 - beta))` (Mandt, Hoffman & Blei 2017).
pub fn leading_order_variance(eta: f64, beta: f64, lambda: f64, s: f64) -> f64 {
    0.5 * eta * s / (lambda * (1.0 - beta))
}

/// Stationary variance of Nesterov's method \[L²\], gradient noise of variance `s` \[E²/L²\]; NaN if unstable.
pub fn nesterov_variance(eta: f64, beta: f64, lambda: f64, s: f64) -> f64 {
    let q = eta * lambda;
    eta * eta * s * variance_gain(q, beta * (1.0 - q))
}

/// Temperature \[E\] read off the position variance, `lambda var x`; it depends on the curvature.
pub fn effective_temperature(eta: f64, beta: f64, lambda: f64, s: f64) -> f64 {
    lambda * position_variance(eta, beta, lambda, s)
}

/// Stationary variance of one step `x' - x` \[L²\]: `2 eta² S/((1 - beta)(2 (1 + beta) - q))`.
pub fn increment_variance(eta: f64, beta: f64, lambda: f64, s: f64) -> f64 {
    let q = eta * lambda;
    2.0 * position_variance(eta, beta, lambda, s) * q / (1.0 + beta)
}

/// Variance with momentum over variance without, at equal `alpha = eta/(1 - beta)` \[L²/E\] (1).
///
/// `(1 - alpha lambda/2)/(1 - alpha (1 - beta) lambda/(2 (1 + beta)))`: barely below one unless plain
/// descent is near its own wall. NaN unless both are stable. Derived.
pub fn momentum_variance_ratio(alpha: f64, beta: f64, lambda: f64) -> f64 {
    position_variance(alpha * (1.0 - beta), beta, lambda, 1.0) / position_variance(alpha, 0.0, lambda, 1.0)
}

/// Margin of mean-square stability when the curvature itself fluctuates with variance `s_lambda2` \[E²/L⁴\] (1).
///
/// `q (1 - beta)(2 (1 + beta) - q)/(1 + beta) - eta² s_lambda2`; positive means a finite variance,
/// given a stable mean. Derived.
pub fn multiplicative_margin(eta: f64, beta: f64, lambda: f64, s_lambda2: f64) -> f64 {
    let q = eta * lambda;
    q * (1.0 - beta) * (2.0 * (1.0 + beta) - q) / (1.0 + beta) - eta * eta * s_lambda2
}

/// Stationary variance \[L²\] with curvature noise and independent additive gradient noise `s` \[E²/L²\].
///
/// `eta² S / margin`; NaN where the mean or the mean square is unstable.
pub fn multiplicative_variance(eta: f64, beta: f64, lambda: f64, s_lambda2: f64, s: f64) -> f64 {
    let margin = multiplicative_margin(eta, beta, lambda, s_lambda2);
    if is_stable(eta * lambda, beta) && margin > 0.0 { eta * eta * s / margin } else { f64::NAN }
}
