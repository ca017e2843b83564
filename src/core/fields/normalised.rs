//! Weights in front of a normalisation, with gradients that are known with an error.

use super::super::{At, Field, Noise};
use super::ScaleInvariant;
use super::pointwise::Plane;

/// [`ScaleInvariant`] with noise that knows the direction of the weights only, as the loss does: to the force
/// comes `(σ/‖w‖) ξ` at a right angle to w, ξ a normal deviate of every step and particle. So the force has no
/// part along w, and noise of variance σ²/‖w‖². For methods that count iterations and ask once per step.
#[derive(Clone, Debug, PartialEq)]
pub struct Normalised {
    loss: ScaleInvariant,
    deviation: f64,
    noise: Noise,
}

impl Normalised {
    /// The loss with noise of standard deviation `deviation` at ‖w‖ = 1 from `(seed, stream)`.
    pub fn new(loss: ScaleInvariant, deviation: f64, seed: u64, stream: u32) -> Self {
        Normalised { loss, deviation, noise: Noise::new(seed, stream) }
    }
}

impl Field for Normalised {
    fn dim(&self) -> usize {
        2
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let n = at.n;
        let (first, second) = out.split_at_mut(n);
        first.fill(0.0);
        if self.deviation != 0.0 {
            // Casting brings NaN and what is below to 0.
            self.noise.add(first, n, self.deviation, at.t.round() as u64, 0);
        }
        let (x, y) = at.q.split_at(n);
        for p in 0..n {
            let w = [x[p], y[p]];
            let push = first[p] / (w[0] * w[0] + w[1] * w[1]);
            let [a, b] = Plane::force(&self.loss, w);
            (first[p], second[p]) = (a - push * w[1], b + push * w[0]);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.loss.potential(at, out)
    }

    fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
        self.loss.hessian(q, out)
    }

    fn cost(&self) -> u64 {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn force(field: &dyn Field, t: f64, q: &[f64]) -> Vec<f64> {
        let mut out = vec![f64::NAN; q.len()];
        field.force(At { t, n: q.len() / 2, q, v: &vec![0.0; q.len()] }, &mut out);
        out
    }

    /// Without noise it is the loss; with noise every force is at a right angle to w and as long as it should
    /// be on average (four standard errors over 2·10⁴ deviates).
    #[test]
    fn noise_knows_the_direction_only() {
        let loss = ScaleInvariant { height: 0.7 };
        let w = [1.5, -0.4, 0.3, 2.0];
        assert_eq!(force(&Normalised::new(loss, 0.0, 1, 0), 3.0, &w), force(&loss, 3.0, &w));
        let n = 20_000;
        let (x, y) = (0.6, 0.8 * 3.0);
        let q: Vec<f64> = std::iter::repeat_n(x, n).chain(std::iter::repeat_n(y, n)).collect();
        let field = Normalised::new(ScaleInvariant { height: 0.0 }, 0.5, 9, 2);
        let f = force(&field, 7.0, &q);
        assert_eq!(f, force(&field, 7.0, &q));
        assert_ne!(f, force(&field, 8.0, &q));
        let along = (0..n).map(|p| (x * f[p] + y * f[n + p]).abs()).fold(0.0, f64::max);
        assert!(along <= 1e-15, "{along}");
        let square = (0..n).map(|p| f[p] * f[p] + f[n + p] * f[n + p]).sum::<f64>() / n as f64;
        let wanted = 0.25 / (x * x + y * y);
        assert!((square / wanted - 1.0).abs() <= 4.0 * f64::sqrt(2.0 / n as f64), "{square} {wanted}");
    }
}
