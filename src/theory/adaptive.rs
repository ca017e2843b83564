//! Adam and its relatives where a formula exists: thresholds, resting points, effective mass.

use nalgebra::{Complex, DMatrix, DVector};

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

/// Where training on a quadratic loss rests under decay: the root of `K q + p q = b` with a penalty `p_j` per
/// coordinate \[L\]; `None` if there is none or more than one.
///
/// `stiffness` is K row by row and `pull` is b. L2 decay w in any method: `p_j = w`. AdamW where noise of
/// variance `S_j` dominates: `p_j = w sqrt S_j`. Decoupled decay of raw heavy ball: `p_j = w (1 - beta)`.
pub fn decayed_equilibrium(stiffness: &[f64], pull: &[f64], penalty: impl Fn(usize) -> f64) -> Option<Vec<f64>> {
    let n = pull.len();
    if stiffness.len() != n * n {
        return None;
    }
    let at = |i: usize, j: usize| stiffness[i * n + j] + if i == j { penalty(i) } else { 0.0 };
    let solved = DMatrix::from_fn(n, n, at).lu().solve(&DVector::from_column_slice(pull))?;
    Some(solved.as_slice().to_vec())
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

/// Rate at which L2 decay `w` shrinks a weight `x` under Adam and gradients of root mean square `rms`,
/// `lr w/(sqrt(rms² + w² x²) + eps)` (1, per step).
///
/// The decay is divided like any gradient: it falls with the gradients, and never moves a weight by more than `lr`.
/// Gradients without mean, `b2` near 1. Source: Loshchilov & Hutter 2019.
pub fn adam_l2_rate(lr: f64, w: f64, rms: f64, x: f64, eps: f64) -> f64 {
    lr * w / (rms.hypot(w * x) + eps)
}

/// Share taken per step where a decay of this rate passes through EMA momentum `b1`, `1 - |z|` of the slower root of
/// `z² - (1 + b1 - (1 - b1) rate) z + b1` (1, per step); the rate itself if that is small against `1 - b1`.
pub fn averaged_shrink(rate: f64, b1: f64) -> f64 {
    let poles = heavy_ball::poles((1.0 - b1) * rate, b1);
    1.0 - poles.iter().map(|z| z.norm()).fold(0.0, f64::max)
}

/// The rate that [`averaged_shrink`] makes `share` of, where its roots are real: `(1 + b1 - z - b1/z)/(1 - b1)` with
/// `z = 1 - share`.
pub fn averaged_rate(share: f64, b1: f64) -> f64 {
    // Multiplied out, so that small shares do not cancel.
    share * (1.0 - b1 - share) / ((1.0 - share) * (1.0 - b1))
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

#[cfg(test)]
mod tests {
    use super::{adamw_noisy_equilibrium, averaged_rate, averaged_shrink, decayed_equilibrium, l2_equilibrium};

    #[test]
    fn coordinates_without_coupling_rest_where_each_alone_does() {
        let (stiffness, target, noise) = ([3.0, 0.2], [1.0, -2.0], [4.0, 0.25]);
        let (k, b) = ([stiffness[0], 0.0, 0.0, stiffness[1]], [3.0, -0.4]);
        let l2 = decayed_equilibrium(&k, &b, |_| 0.7).unwrap();
        let adamw = decayed_equilibrium(&k, &b, |j| 0.7 * f64::sqrt(noise[j])).unwrap();
        for j in 0..2 {
            assert!((l2[j] - l2_equilibrium(stiffness[j], 0.7, target[j])).abs() < 1e-14);
            assert!((adamw[j] - adamw_noisy_equilibrium(stiffness[j], 0.7, noise[j], target[j])).abs() < 1e-14);
        }
        assert_eq!(decayed_equilibrium(&[0.0; 4], &b, |_| 0.0), None);
        assert_eq!(decayed_equilibrium(&[1.0], &b, |_| 0.0), None);
    }

    #[test]
    fn a_rate_is_found_again_from_what_it_takes() {
        for b1 in [0.0, 0.5, 0.9, 0.99] {
            for rate in [1e-7, 1e-5, 1e-4, 1e-3] {
                let share = averaged_shrink(rate, b1);
                assert!((share / rate - 1.0).abs() <= 2.0 * rate / (1.0 - b1) + 1e-8, "{b1} {rate}: {share}");
                assert!((averaged_rate(share, b1) / rate - 1.0).abs() <= 1e-6, "{b1} {rate}");
            }
        }
    }
}
