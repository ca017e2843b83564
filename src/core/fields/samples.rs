//! Losses that are new at every step: a sample with a minimum of its own, and a loss in another unit.
//!
//! Both read the step from the lane's clock, so they belong to methods that count iterations (dt = 1) and
//! ask for the force once per step.

use std::sync::Arc;

use super::super::{At, Field, Noise};
use super::Batches;
use super::quadratic::{bowls, diagonal};

/// A bowl of which every step sees a sample: the force along coordinate i is `−λᵢ (q − σξ)` with a normal
/// deviate ξ, new at every step, a function of seed, particle and step. So the noise of a gradient grows with
/// the curvature, as in a linear regression; the potential is that of the mean, `½ Σ λᵢ qᵢ²`.
#[derive(Clone)]
pub struct Samples {
    curvature: Vec<f64>,
    spread: f64,
    noise: Noise,
}

impl Samples {
    /// Curvatures λᵢ, spread σ of the samples' minima, drawn from `(seed, stream)`.
    pub fn new(curvature: &[f64], spread: f64, seed: u64, stream: u32) -> Self {
        Samples { curvature: curvature.to_vec(), spread, noise: Noise::new(seed, stream) }
    }
}

impl Field for Samples {
    fn dim(&self) -> usize {
        self.curvature.len()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        for (f, q) in out.iter_mut().zip(at.q) {
            *f = -q;
        }
        if self.spread != 0.0 {
            self.noise.add(out, at.n, self.spread, Batches::step(at.t), 0);
        }
        for (row, k) in out.chunks_mut(at.n).zip(&self.curvature) {
            row.iter_mut().for_each(|f| *f *= k);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        bowls(&self.curvature, 0.0, at, out);
        true
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        diagonal(&self.curvature, out);
        true
    }
}

/// A landscape whose force is multiplied by a factor from some time on, as if the loss were written in another
/// unit. The potential stays in the first one, so that it can be compared.
#[derive(Clone)]
pub struct Rescaled {
    /// The landscape.
    pub field: Arc<dyn Field>,
    /// The factor.
    pub factor: f64,
    /// From when on it holds, in the lane's clock.
    pub from: f64,
}

impl Field for Rescaled {
    fn dim(&self) -> usize {
        self.field.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.field.force(at, out);
        if at.t >= self.from {
            out.iter_mut().for_each(|f| *f *= self.factor);
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
        self.field.cost()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Slope;
    use super::*;

    fn force(field: &dyn Field, t: f64, q: &[f64]) -> Vec<f64> {
        let mut out = vec![f64::NAN; q.len()];
        field.force(At { t, n: q.len() / field.dim(), q, v: &vec![0.0; q.len()] }, &mut out);
        out
    }

    #[test]
    fn a_loss_changes_its_unit() {
        let field = Rescaled { field: Arc::new(Slope { force: vec![2.0, -1.0] }), factor: 0.5, from: 3.0 };
        for (t, want) in [(0.0, [2.0, -1.0]), (2.0, [2.0, -1.0]), (3.0, [1.0, -0.5]), (f64::NAN, [2.0, -1.0])] {
            assert_eq!(force(&field, t, &[0.3, 0.7]), want, "{t}");
        }
    }

    /// Without spread a bowl; with it, mean and variance of 2·10⁴ gradients within four standard errors.
    #[test]
    fn samples_scatter_with_the_curvature() {
        assert_eq!(force(&Samples::new(&[2.0, 3.0], 0.0, 1, 0), 5.0, &[1.0, -2.0]), [-2.0, 6.0]);
        let (n, spread, field) = (20_000, 0.5, Samples::new(&[4.0], 0.5, 1, 0));
        let all = force(&field, 7.0, &vec![1.0; n]);
        assert_eq!(all, force(&field, 7.0, &vec![1.0; n]));
        let mean = all.iter().sum::<f64>() / n as f64;
        let variance = all.iter().map(|f| (f + 4.0) * (f + 4.0)).sum::<f64>() / n as f64;
        let sd = 4.0 * spread;
        assert!((mean + 4.0).abs() <= 4.0 * sd / f64::sqrt(n as f64), "{mean}");
        assert!((variance / (sd * sd) - 1.0).abs() <= 4.0 * f64::sqrt(2.0 / n as f64), "{variance}");
    }
}
