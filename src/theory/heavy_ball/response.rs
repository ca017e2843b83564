//! Position after n steps without taking them.

use nalgebra::Matrix2;

use super::poles::discriminant;

/// Basis of all solutions after n steps: the mean of the pole powers and their divided difference.
pub(super) struct Basis {
    /// `(z1^n + z2^n) / 2`.
    pub mean: f64,
    /// `(z1^n - z2^n) / (z1 - z2)`, by continuity `n z^(n-1)` at a double pole.
    pub slope: f64,
}

/// Basis at step `n`; every branch is continuous in `q` through the critical border.
pub(super) fn basis(q: f64, beta: f64, n: u64) -> Basis {
    if n == 0 {
        return Basis { mean: 1.0, slope: 0.0 };
    }
    let (trace, disc, count) = (1.0 + beta - q, discriminant(q, beta), n as f64);
    if !(trace.is_finite() && disc.is_finite()) {
        return Basis { mean: f64::NAN, slope: f64::NAN };
    }
    // Negating the trace negates both poles, so the positive half plane is enough.
    let sign = if trace < 0.0 { -1.0 } else { 1.0 };
    let sign_n = if n.is_multiple_of(2) { 1.0 } else { sign };
    let (mean, slope) = if disc < 0.0 {
        let phi = (-disc).sqrt().atan2(trace.abs());
        let size = beta.powf(0.5 * count);
        (size * (count * phi).cos(), size * (count * phi).sin() / (beta.sqrt() * phi.sin()))
    } else {
        let slack = if trace < 0.0 { 2.0 * (1.0 + beta) - q } else { q };
        real_basis(0.5 * (trace.abs() + disc.sqrt()), beta, disc.sqrt(), slack, n)
    };
    Basis { mean: sign_n * mean, slope: sign * sign_n * slope }
}

/// Real poles `far >= |near|`, `far >= 0`, `gap = far - near`, `slack = (1 - far)(1 - near)`.
fn real_basis(far: f64, beta: f64, gap: f64, slack: f64, n: u64) -> (f64, f64) {
    if far == 0.0 {
        return (0.0, if n == 1 { 1.0 } else { 0.0 });
    }
    let (count, near) = (n as f64, beta / far);
    // A pole just below 1 is known through its distance from 1, which rounding of the pole would lose.
    let power = if far > 0.5 && (1.0 - near).abs() > (1.0 - far).abs() {
        (count * (-slack / (1.0 - near)).ln_1p()).exp()
    } else {
        far.powf(count)
    };
    if near < 0.0 {
        let sign = if n.is_multiple_of(2) { 1.0 } else { -1.0 };
        let decayed = sign * (-near / far).powf(count);
        return (0.5 * power * (1.0 + decayed), power * (1.0 - decayed) / gap);
    }
    let lost = -(count * (-gap / far).ln_1p()).exp_m1();
    let slope = if gap == 0.0 { count * power / far } else { power * lost / gap };
    (power * (1.0 - 0.5 * lost), slope)
}

/// Position after `n` steps on one mode, in O(1) and accurate at any distance from critical.
///
/// `x_n = x0 (r_n + s_n (1 - beta - q)/2) - beta s_n v0` with `r_n` the mean of the pole powers and
/// `s_n` their divided difference. `q`, `beta` (1); `x0` position \[L\]; `v0_seed` velocity in seed
/// sign \[L\], `x_(-1) = x0 + v0`. NaN for a non-finite argument. Source: linear recurrences; derived.
///
/// ```
/// let x = impetus::theory::heavy_ball::response(0.01, 0.9, 1.0, 0.0, 2);
/// assert!((x - 0.9711).abs() < 1e-15);
/// ```
pub fn response(q: f64, beta: f64, x0: f64, v0_seed: f64, n: u64) -> f64 {
    let Basis { mean, slope } = basis(q, beta, n);
    x0 * (mean + slope * 0.5 * (1.0 - beta - q)) - beta * slope * v0_seed
}

/// n-th power of the companion matrix, which takes `(x_0, x_(-1))` to `(x_n, x_(n-1))` (1).
pub fn companion_power(q: f64, beta: f64, n: u64) -> Matrix2<f64> {
    let now = basis(q, beta, n).slope;
    let next = basis(q, beta, n.saturating_add(1)).slope;
    // s_(-1) = -1/beta closes the pattern at n = 0.
    let before = if n == 0 { 1.0 } else { -beta * basis(q, beta, n - 1).slope };
    Matrix2::new(next, -beta * now, now, before)
}
