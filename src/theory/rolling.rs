//! A body that keeps to the parabola `y = k x²/2` under gravity: how long one swing takes.

use std::f64::consts::{FRAC_PI_2, TAU};

/// Moment of inertia over `m r²` of a solid ball that rolls, 2/5.
pub const SOLID_BALL: f64 = 0.4;

/// Period (s) of a swing between `±amplitude` (m) without friction, for the curvature `k` (1/m), gravity
/// `g` (m/s²) and `kappa = I/(m r²)`.
///
/// Energy gives `(1 + kappa)(1 + k² x²) x'² = g k (A² - x²)`, so with `x = A sin phi`
/// `T = 4 sqrt((1 + kappa)/(g k)) int_0^(pi/2) sqrt(1 + k² A² sin² phi) dphi`, a complete elliptic
/// integral of the second kind. Rolling stretches the time of the same path by `sqrt(1 + kappa)`.
///
/// ```
/// use impetus::theory::rolling::{SOLID_BALL, period};
/// let ratio = period(1.0, 2.0, 9.81, SOLID_BALL) / period(1.0, 2.0, 9.81, 0.0);
/// assert!((ratio - 1.4f64.sqrt()).abs() < 1e-14);
/// ```
pub fn period(k: f64, amplitude: f64, g: f64, kappa: f64) -> f64 {
    4.0 * ((1.0 + kappa) / (g * k)).sqrt() * second_kind(k * amplitude)
}

/// Period (s) of the heavy ball on the same height, `m x'' = -m g k x`: `2 pi/sqrt(g k)`, whatever the
/// amplitude, for it knows nothing of the length of the curve.
pub fn flat_period(k: f64, g: f64) -> f64 {
    TAU / (g * k).sqrt()
}

/// `int_0^(pi/2) sqrt(1 + s² sin² phi) dphi` by the midpoint rule, which converges faster than any power
/// on a smooth periodic integrand.
fn second_kind(s: f64) -> f64 {
    let points = 64 + (8.0 * s.abs()).min(4096.0) as u32;
    let width = FRAC_PI_2 / f64::from(points);
    (0..points).map(|i| (s * ((f64::from(i) + 0.5) * width).sin()).hypot(1.0)).sum::<f64>() * width
}

#[cfg(test)]
mod tests {
    use super::{flat_period, period};

    #[test]
    fn small_swings_do_not_see_the_curve_and_large_ones_do() {
        assert!((period(0.7, 1e-9, 9.81, 0.0) - flat_period(0.7, 9.81)).abs() < 1e-12);
        // E(m = −1) = 1.9100988945138560 (Abramowitz & Stegun, 17.3).
        let want = 4.0 * (1.0f64 / 9.81).sqrt() * 1.910_098_894_513_856;
        assert!((period(1.0, 1.0, 9.81, 0.0) - want).abs() < 1e-13);
        assert!(period(-1.0, 1.0, 9.81, 0.0).is_nan());
    }
}
