//! Adam and its relatives where a formula exists: thresholds, resting points, effective mass.

use nalgebra::Complex;

use super::heavy_ball;
use super::numeric::bisect;
use super::oscillator::Oscillator;
use super::regime::stability_wall;

/// First step of Adam, `-lr g/(|g| + eps)` \[L\]: the sign of the gradient, whatever its size and the betas.
pub fn adam_first_step(lr: f64, g: f64, eps: f64) -> f64 {
    -lr * g / (g.abs() + eps)
}

/// Largest stable `lr lambda/P` of EMA momentum with a frozen preconditioner, `2 (1 + b1)/(1 - b1)` (1) (Cohen et al. 2022).
pub fn frozen_wall(b1: f64) -> f64 {
    stability_wall(b1) / (1.0 - b1)
}

/// Resting point under L2 decay `w`, `lambda x*/(lambda + w)` \[L\]: any momentum, any method that adds `w x` to the gradient.
pub fn l2_equilibrium(lambda: f64, w: f64, target: f64) -> f64 {
    lambda * target / (lambda + w)
}

/// Resting point of decoupled decay with raw heavy-ball rates, `lambda x*/(lambda + w (1 - beta))` \[L\].
///
/// The gradient is amplified by `1/(1 - beta)`, the decay is not. In EMA form it is the L2 point.
pub fn sgdw_equilibrium(lambda: f64, w: f64, beta: f64, target: f64) -> f64 {
    l2_equilibrium(lambda, w * (1.0 - beta), target)
}

/// Resting point of AdamW where noise of variance `s` \[E²/L²\] dominates, `lambda x*/(lambda + w sqrt S)` \[L\].
pub fn adamw_noisy_equilibrium(lambda: f64, w: f64, s: f64, target: f64) -> f64 {
    l2_equilibrium(lambda, w * s.sqrt(), target)
}

/// Resting point of AdamW without noise, the root of `|g|/(|g| + eps) = w |x|` \[L\].
///
/// Near the target if it is inside the box `|x| < 1/w`, else near the face of the box (Xie & Li 2024).
/// It need not be stable. NaN unless `lambda`, `w` and `eps` are positive.
pub fn adamw_equilibrium(lambda: f64, w: f64, eps: f64, target: f64) -> f64 {
    if !(lambda > 0.0 && w > 0.0 && eps > 0.0) {
        return f64::NAN;
    }
    let residual = |x: f64| {
        let pull = lambda * (target.abs() - x);
        pull / (pull + eps) - w * x
    };
    bisect(residual, 0.0, target.abs()).copysign(target)
}

/// The box AdamW without noise is confined to, clipped target: `x*` if `|x*| < 1/w`, else `±1/w` \[L\].
pub fn adamw_box(w: f64, target: f64) -> f64 {
    if target.abs() * w < 1.0 { target } else { (1.0 / w).copysign(target) }
}

/// Oscillator of one coordinate under EMA momentum with frozen preconditioner `p` and step length `h`.
///
/// `m = h² P/(alpha (1 - beta))`, `c = h P/alpha`, `k = lambda`: mass and friction both scale with `P`,
/// their ratio is the same for all coordinates.
pub fn effective_oscillator(alpha: f64, beta: f64, p: f64, lambda: f64, h: f64) -> Oscillator {
    Oscillator { m: h * h * p / (alpha * (1.0 - beta)), c: h * p / alpha, k: lambda }
}

/// Poles of decoupled decay, `z² - ((1 - eta w) + beta - q) z + beta (1 - eta w)` (1, per step).
pub fn sgdw_poles(eta: f64, lambda: f64, beta: f64, w: f64) -> [Complex<f64>; 2] {
    let (det, trace) = (beta * (1.0 - eta * w), (1.0 - eta * w) + beta - eta * lambda);
    heavy_ball::poles(1.0 + det - trace, det)
}

/// Poles with the decay in the gradient, `z² - (1 + beta - eta (lambda + w)) z + beta` (1, per step).
pub fn l2_poles(eta: f64, lambda: f64, beta: f64, w: f64) -> [Complex<f64>; 2] {
    heavy_ball::poles(eta * (lambda + w), beta)
}
