//! Methods that leave alone what no gradient came for, as libraries do with sparse gradients.
//!
//! A coordinate whose force is exactly 0 counts as one that is missing from the gradient. Their dense
//! counterparts are [`heavy_ball`](super::heavy_ball()) and [`Adam`](super::Adam), which take the 0 for a
//! gradient and go on moving; AdaGrad takes it for one and stays where it is, dense or not.

use super::super::{Field, State, Stepper};

/// What becomes of a buffer while no gradient comes; the weight stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// It keeps its value until the next gradient (TensorFlow's sparse momentum).
    Kept,
    /// It fades by β per step all the same.
    Fading,
}

/// Heavy ball that moves a coordinate only when its gradient comes:
///
/// ```text
/// f ≠ 0:   v ← βv + ηf    q ← q + v
/// f = 0:   v stays, or v ← βv ([`Idle`]);   q stays
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SparseMomentum {
    /// Step η.
    pub eta: f64,
    /// Momentum β.
    pub beta: f64,
    /// What the buffer does in between.
    pub idle: Idle,
}

impl Stepper for SparseMomentum {
    fn dt(&self) -> f64 {
        1.0
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        for ((q, v), f) in s.q.iter_mut().zip(&mut s.v).zip(&s.f) {
            let comes = *f != 0.0;
            if comes || self.idle == Idle::Fading {
                *v *= self.beta;
            }
            if comes {
                *v = self.eta.mul_add(*f, *v);
                *q += *v;
            }
        }
    }
}

/// Adam that touches moments and weight of a coordinate only when its gradient comes, with the semantics of
/// torch/optim/_functional.py, `sparse_adam`: t counts all steps, and ε is added before the correction.
///
/// ```text
/// f ≠ 0:   m ← β₁m + (1 − β₁)f    w ← β₂w + (1 − β₂)f²    q ← q + η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m/(√w + ε)
/// ```
///
/// The velocity holds m; the slot holds w.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SparseAdam {
    /// Rate η.
    pub lr: f64,
    /// Memory β₁ of the mean.
    pub beta1: f64,
    /// Memory β₂ of the square.
    pub beta2: f64,
    /// Smallest denominator ε.
    pub eps: f64,
}

impl Stepper for SparseAdam {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        let t = (s.step + 1) as f64;
        let corrections = [self.beta1, self.beta2].map(|beta| 1.0 - libm::pow(beta, t));
        let size = self.lr * libm::sqrt(corrections[1]) / corrections[0];
        for i in 0..s.q.len() {
            let f = s.f[i];
            if f != 0.0 {
                s.v[i] = self.beta1 * s.v[i] + (1.0 - self.beta1) * f;
                s.slots[0][i] = self.beta2 * s.slots[0][i] + (1.0 - self.beta2) * f * f;
                s.q[i] += size * s.v[i] / (libm::sqrt(s.slots[0][i]) + self.eps);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Adam, Convention, heavy_ball};
    use super::*;
    use crate::core::fields::{Arrival, Quadratic, Rare};
    use crate::core::{System, advance};

    fn run(gap: u64, stepper: impl Stepper + 'static, steps: u64) -> State {
        let bowl = Arc::new(Quadratic::diagonal(&[1.0, 3.0]));
        let field = Arc::new(Rare { field: bowl, arrivals: vec![Arrival::Always, Arrival::Every(gap)] });
        let mut state = State::at(&[1.0, -2.0], &[], 1, 0, 0);
        advance(&System::new(field, stepper), &mut state, steps, &mut ());
        state
    }

    /// Where every gradient comes there is nothing to be lazy about.
    #[test]
    fn without_gaps_they_are_the_dense_methods() {
        let dense = run(1, heavy_ball(0.1, 0.9, Convention::Displacement), 50);
        for idle in [Idle::Kept, Idle::Fading] {
            let lazy = run(1, SparseMomentum { eta: 0.1, beta: 0.9, idle }, 50);
            assert_eq!((&lazy.q, &lazy.v), (&dense.q, &dense.v), "{idle:?}");
        }
        let dense = run(1, Adam::new(0.1, 0.9, 0.99, 0.0), 50);
        let lazy = run(1, SparseAdam { lr: 0.1, beta1: 0.9, beta2: 0.99, eps: 0.0 }, 50);
        for (a, b) in lazy.q.iter().zip(&dense.q) {
            assert!((a - b).abs() <= 1e-12, "{a} {b}");
        }
    }

    /// Written out in plain numbers, gradient after gradient; in between nothing moves.
    #[test]
    fn they_follow_their_recurrence() {
        let (gap, eta, beta, eps) = (7, 0.05, 0.8, 1e-3);
        for (idle, fade) in [(Idle::Kept, beta), (Idle::Fading, f64::powi(beta, 7))] {
            let (mut x, mut v) = (-2.0, 0.0);
            for _ in 0..6 {
                v = fade * v - eta * 3.0 * x;
                x += v;
            }
            for late in 0..gap {
                let end = run(gap, SparseMomentum { eta, beta, idle }, 5 * gap + 1 + late);
                assert!((end.q[1] - x).abs() <= 1e-13, "{idle:?} {late}: {} {x}", end.q[1]);
            }
        }
        let (mut x, mut m, mut w): (f64, f64, f64) = (-2.0, 0.0, 0.0);
        for n in 0..6 {
            let (g, t) = (3.0 * x, 7 * n + 1);
            m = beta * m + (1.0 - beta) * g;
            w = 0.99 * w + 0.01 * g * g;
            x -= eta * (1.0 - 0.99_f64.powi(t)).sqrt() / (1.0 - beta.powi(t)) * m / (w.sqrt() + eps);
        }
        let end = run(gap, SparseAdam { lr: eta, beta1: beta, beta2: 0.99, eps }, 42);
        assert!((end.q[1] - x).abs() <= 1e-13, "{} {x}", end.q[1]);
    }
}
