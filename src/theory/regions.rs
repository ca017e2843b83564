//! Regions of stability in the plane of a complex curvature `q = eta lambda`, of optimizers and of
//! solvers of the gradient flow `x' = -lambda x` with the step `eta` alike.
//!
//! A solver with the stability function `R(z)` is stable where `|R(-q)| < 1`; explicit Euler is gradient
//! descent. The heavy ball's own region is [`games::ellipse_is_stable`].

use nalgebra::Complex;

use super::games::{self, quadratic_radius};
use super::numeric::bisect;

/// Spectral radius (per step) of Nesterov's method, `z² - (1 + beta)(1 - q) z + beta (1 - q)`.
pub fn nesterov_radius(q: Complex<f64>, beta: f64) -> f64 {
    let shrink = Complex::from(1.0) - q;
    quadratic_radius(shrink * (1.0 + beta), shrink * beta)
}

/// Spectral radius (per step) of Adam with a frozen denominator P, `q = lr lambda/P`: the heavy ball at
/// `(1 - b1) q` (Cohen et al. 2022).
pub fn adam_radius(q: Complex<f64>, b1: f64) -> f64 {
    games::heavy_ball_radius(q * (1.0 - b1), b1)
}

/// Modulus (per step) of the classical Runge–Kutta method on the gradient flow, `|R(-q)|` with
/// `R(z) = 1 + z + z²/2 + z³/6 + z⁴/24`.
pub fn runge_kutta_radius(q: Complex<f64>) -> f64 {
    let (z, one) = (-q, Complex::from(1.0));
    (one + z * (one + z / 2.0 * (one + z / 3.0 * (one + z / 4.0)))).norm()
}

/// Border of the heavy ball's region at the angle `theta`, `(1 + beta)(1 + cos) + i (1 - beta) sin`.
pub fn heavy_ball_border(beta: f64, theta: f64) -> Complex<f64> {
    Complex::new((1.0 + beta) * (1.0 + theta.cos()), (1.0 - beta) * theta.sin())
}

/// Where a root of Nesterov's method is `z = e^(i theta)`: `q = 1 - z²/((1 + beta) z - beta)`.
///
/// The border of its region, and, where the other root is larger, a curve outside of it.
pub fn nesterov_border(beta: f64, theta: f64) -> Complex<f64> {
    let z = Complex::from_polar(1.0, theta);
    Complex::from(1.0) - z * z / (z * (1.0 + beta) - beta)
}

/// Border of the Runge–Kutta region in the direction `theta` seen from `q = 1.4`, about its middle.
pub fn runge_kutta_border(theta: f64) -> Complex<f64> {
    let at = |r: f64| Complex::from(1.4) + Complex::from_polar(r, theta);
    at(bisect(|r| runge_kutta_radius(at(r)) - 1.0, 0.0, 4.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::nesterov;
    use crate::theory::regime::{nesterov_wall, stability_wall};
    use std::f64::consts::{PI, TAU};

    #[test]
    fn borders_have_modulus_one_and_lie_between_stable_and_unstable() {
        for k in 0..64 {
            let theta = TAU * (f64::from(k) + 0.5) / 64.0;
            for beta in [0.0, 0.3, 0.9] {
                let q = heavy_ball_border(beta, theta);
                assert!((games::heavy_ball_radius(q, beta) - 1.0).abs() < 1e-7, "{beta} {theta}");
                assert!((adam_radius(q / (1.0 - beta), beta) - 1.0).abs() < 1e-7, "{beta} {theta}");
                assert!(nesterov_radius(nesterov_border(beta, theta), beta) > 1.0 - 1e-9, "{beta} {theta}");
            }
            let q = runge_kutta_border(theta);
            assert!((runge_kutta_radius(q) - 1.0).abs() < 1e-12, "{theta}: {q}");
            let [inside, outside] = [0.98, 1.02].map(|r| Complex::from(1.4) + (q - Complex::from(1.4)) * r);
            assert!(runge_kutta_radius(inside) < 1.0 && runge_kutta_radius(outside) > 1.0, "{theta}: {q}");
        }
    }

    #[test]
    fn on_the_real_axis_they_are_the_walls() {
        for beta in [0.0, 0.5, 0.9] {
            assert!((heavy_ball_border(beta, 0.0).re - stability_wall(beta)).abs() < 1e-14);
            assert!((nesterov_border(beta, PI).re - nesterov_wall(beta)).abs() < 1e-14);
            for q in [0.01, 0.5, 1.2] {
                let want = nesterov::spectral_radius(q, beta);
                assert!((nesterov_radius(Complex::from(q), beta) - want).abs() < 1e-12, "{q} {beta}");
            }
        }
        assert!((runge_kutta_border(0.0).re - 2.785_293_563_405_282).abs() < 1e-12);
    }
}
