//! A gradient that sees a delayed statistic: `x' = (1 + beta) x - beta x_prev - q (x - kappa s)`,
//! `s' = rho s + (1 - rho) x`.

use nalgebra::Complex;

use crate::theory::heavy_ball::phase;
use crate::theory::matrix::{polynomial_radius, polynomial_roots};
use crate::theory::pd::cubic_is_stable;

/// Characteristic polynomial `(z² - (1 + beta - q) z + beta)(z - rho) - q kappa (1 - rho) z`, highest power first.
pub fn polynomial(q: f64, beta: f64, rho: f64, kappa: f64) -> [f64; 4] {
    let trace = 1.0 + beta - q;
    [1.0, -trace - rho, beta + trace * rho - q * kappa * (1.0 - rho), -beta * rho]
}

/// Spectral radius (1, per step).
pub fn spectral_radius(q: f64, beta: f64, rho: f64, kappa: f64) -> f64 {
    polynomial_radius(&polynomial(q, beta, rho, kappa))
}

/// Do all starts converge (Jury)? Never for `kappa >= 1`: the restoring force is gone at zero frequency.
pub fn is_stable(q: f64, beta: f64, rho: f64, kappa: f64) -> bool {
    let [_, a2, a1, a0] = polynomial(q, beta, rho, kappa);
    // The polynomial at 1, in a form that is exactly zero at kappa = 1.
    let restoring = q * (1.0 - rho) * (1.0 - kappa);
    restoring > 0.0 && cubic_is_stable(a2, a1, a0)
}

/// The statistic relative to what it follows at `omega` (rad/step): `(1 - rho)/(e^(i omega) - rho)`.
///
/// Its modulus is the gain, minus its argument the phase lag (rad).
pub fn transfer(rho: f64, omega: f64) -> Complex<f64> {
    Complex::from(1.0 - rho) / (Complex::from_polar(1.0, omega) - rho)
}

/// Change of the damping of a ringing mode per unit `kappa`, `d ln|z|/d kappa` at zero (1).
///
/// `q Im[(1 - rho)/(z - rho)]/(2 sqrt(beta) sin phi)`, negative: a statistic that follows the parameter
/// adds damping, only over-correction feeds the oscillation. `None` with real poles. Derived.
pub fn damping_shift(q: f64, beta: f64, rho: f64) -> Option<f64> {
    let phi = phase(q, beta)?;
    let z = Complex::from_polar(beta.sqrt(), phi);
    Some(q * (Complex::from(1.0 - rho) / (z - rho)).im / (2.0 * beta.sqrt() * phi.sin()))
}

/// The pole above the real axis, which oscillates; `None` if all poles are real.
pub fn ringing_pole(q: f64, beta: f64, rho: f64, kappa: f64) -> Option<Complex<f64>> {
    // A double real pole comes out as a pair this close to the axis.
    const FLAT: f64 = 1e-7;
    let poles = polynomial_roots(&polynomial(q, beta, rho, kappa))?;
    poles.into_iter().find(|z| z.im > FLAT)
}
