//! Gradients that are more than the slope of a landscape: of one size with changing sign, and with noise.
//!
//! Both read the step from the lane's clock, so they belong to methods that count iterations (dt = 1) and
//! ask for the force once per step.

use std::sync::Arc;

use super::super::{At, Field, Noise};
use super::quadratic::{bowls, diagonal};

/// The step a clock that counts iterations stands at.
fn step(t: f64) -> u64 {
    // Casting brings NaN and what is below to 0.
    t.round() as u64
}

/// Bowls side by side whose gradients are shaken: the force along coordinate i is
/// `−kᵢ (q − c) + (−1)ᵗ sᵢ`, so that gradients have the rms sᵢ and no mean at rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Flipping {
    /// Curvature kᵢ of every coordinate.
    pub curvature: Vec<f64>,
    /// The point c of no mean force, the same along all.
    pub centre: f64,
    /// Size sᵢ of what changes its sign every step; missing ones are 0.
    pub size: Vec<f64>,
}

impl Field for Flipping {
    fn dim(&self) -> usize {
        self.curvature.len()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let sign = if step(at.t).is_multiple_of(2) { 1.0 } else { -1.0 };
        for (i, k) in self.curvature.iter().enumerate() {
            let push = sign * self.size.get(i).copied().unwrap_or(0.0);
            let own = i * at.n..(i + 1) * at.n;
            for (f, q) in out[own.clone()].iter_mut().zip(&at.q[own]) {
                *f = push - k * (q - self.centre);
            }
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        bowls(&self.curvature, self.centre, at, out);
        true
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        diagonal(&self.curvature, out);
        true
    }
}

/// A landscape whose gradient is known with an error: to the force of every coordinate and particle comes
/// a normal deviate of standard deviation σ, new at every step, a function of seed, particle and step.
#[derive(Clone)]
pub struct Minibatch {
    field: Arc<dyn Field>,
    deviation: f64,
    noise: Noise,
}

impl Minibatch {
    /// `field` with noise of standard deviation σ from `(seed, stream)`.
    pub fn new(field: Arc<dyn Field>, deviation: f64, seed: u64, stream: u32) -> Self {
        Minibatch { field, deviation, noise: Noise::new(seed, stream) }
    }
}

impl Field for Minibatch {
    fn dim(&self) -> usize {
        self.field.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.field.force(at, out);
        if self.deviation != 0.0 {
            self.noise.add(out, at.n, self.deviation, step(at.t), 0);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.field.potential(at, out)
    }

    fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
        self.field.hessian(q, out)
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        self.field.near_stationary()
    }

    fn cost(&self) -> u64 {
        self.field.cost() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::fields::Quadratic;

    fn force(field: &dyn Field, t: f64, n: usize) -> Vec<f64> {
        let q: Vec<f64> = (0..field.dim() * n).map(|i| 0.25 * i as f64).collect();
        let mut out = vec![f64::NAN; q.len()];
        field.force(At { t, n, q: &q, v: &vec![0.0; q.len()] }, &mut out);
        out
    }

    #[test]
    fn a_flipping_gradient_has_its_size_and_no_mean() {
        let field = Flipping { curvature: vec![2.0, 0.0], centre: 1.0, size: vec![0.5] };
        for (t, push) in [(0.0, 0.5), (1.0, -0.5), (2.0, 0.5), (f64::NAN, 0.5)] {
            assert_eq!(force(&field, t, 2), [push + 2.0, push + 1.5, 0.0, 0.0], "{t}");
        }
    }

    /// Mean and variance over 2·10⁴ deviates within four standard errors; other steps, other noise.
    #[test]
    fn noise_of_a_minibatch_is_that_of_its_step() {
        let n = 20_000;
        let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[0.0]));
        let field = Minibatch::new(bowl, 0.3, 5, 1);
        let (a, b) = (force(&field, 4.0, n), force(&field, 5.0, n));
        assert_eq!(a, force(&field, 4.0, n));
        assert!(a != b);
        let mean = a.iter().sum::<f64>() / n as f64;
        let variance = a.iter().map(|x| x * x).sum::<f64>() / n as f64;
        assert!(mean.abs() <= 4.0 * 0.3 / f64::sqrt(n as f64), "{mean}");
        assert!((variance / 0.09 - 1.0).abs() <= 4.0 * f64::sqrt(2.0 / n as f64), "{variance}");
    }
}
