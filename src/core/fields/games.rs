//! Two players on one function: x (the first coordinate) goes down it, y (the second) up.
//!
//! The force is (−∂f/∂x, +∂f/∂y). It turns, so it has no potential; [`Field::hessian`] gives the
//! Jacobian of −force, which is not symmetric.

use super::super::{At, Field};
use super::pointwise::across;

/// `f = ½ µx² + a xy − ½ µy²`: the bilinear game, with an optional pull µ towards the solution.
///
/// Its force is that of the complex curvature µ ± ia.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BilinearGame {
    /// Coupling a.
    pub coupling: f64,
    /// Regularisation µ.
    pub mu: f64,
}

impl BilinearGame {
    /// `f = a xy`.
    pub fn bilinear(coupling: f64) -> Self {
        BilinearGame { coupling, mu: 0.0 }
    }

    /// `f = ½ µx² + a xy − ½ µy²`.
    pub fn regularised(mu: f64, coupling: f64) -> Self {
        BilinearGame { coupling, mu }
    }
}

impl Field for BilinearGame {
    fn dim(&self) -> usize {
        2
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let (a, mu) = (self.coupling, self.mu);
        across(at, out, |[x, y]| [-(mu * x + a * y), a * x - mu * y]);
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(&[self.mu, self.coupling, -self.coupling, self.mu]);
        true
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        vec![vec![0.0, 0.0]]
    }
}

/// The Dirac-GAN (Mescheder, Geiger and Nowozin 2018): `f = ℓ(ψθ) + ℓ(0)`, ℓ(t) = −ln(1 + e⁻ᵗ),
/// the generator θ down and the discriminator ψ up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiracGan;

impl DiracGan {
    /// ℓ′(t) = 1/(1 + eᵗ) without overflow.
    fn slope(t: f64) -> f64 {
        let e = libm::exp(-t.abs());
        if t >= 0.0 { e / (1.0 + e) } else { 1.0 / (1.0 + e) }
    }
}

impl Field for DiracGan {
    fn dim(&self) -> usize {
        2
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        across(at, out, |[theta, psi]| {
            let slope = DiracGan::slope(psi * theta);
            [-slope * psi, slope * theta]
        });
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }

    fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
        let (theta, psi) = (q[0], q[1]);
        let s = DiracGan::slope(psi * theta);
        // ℓ″ = −ℓ′ (1 − ℓ′).
        let bend = -s * (1.0 - s);
        let mixed = s + bend * psi * theta;
        out.copy_from_slice(&[bend * psi * psi, mixed, -mixed, -bend * theta * theta]);
        true
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        vec![vec![0.0, 0.0]]
    }
}
