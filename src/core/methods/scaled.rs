//! AdaGrad, AdaDelta and RMSProp, with PyTorch's semantics (torch/optim/adagrad.py, adadelta.py,
//! rmsprop.py).

use super::super::{Field, State, Stepper};
use super::{Decay, Schedule};

/// AdaGrad (Duchi, Hazan and Singer 2011):
///
/// ```text
/// w ← w + f²        q ← q + η/(1 + (t − 1) d) · f / (√w + ε)        t = 1, 2, …
/// ```
///
/// The slot holds w above its initial value; the velocity is not used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaGrad {
    /// Rate η.
    pub lr: f64,
    /// Decay d of the rate.
    pub lr_decay: f64,
    /// Where w starts.
    pub initial: f64,
    /// Smallest denominator ε.
    pub eps: f64,
    /// Weight decay.
    pub decay: Decay,
    /// How the rate changes besides.
    pub schedule: Schedule,
}

impl AdaGrad {
    /// AdaGrad.
    pub fn new(lr: f64, lr_decay: f64, initial: f64, eps: f64) -> Self {
        AdaGrad { lr, lr_decay, initial, eps, decay: Decay::None, schedule: Schedule::Constant }
    }
}

impl Stepper for AdaGrad {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let eta = self.lr * self.schedule.factor(s.step) / (1.0 + s.step as f64 * self.lr_decay);
        self.decay.evaluate(eta, field, s);
        for i in 0..s.q.len() {
            let f = s.f[i];
            s.slots[0][i] += f * f;
            s.q[i] += eta * f / (libm::sqrt(self.initial + s.slots[0][i]) + self.eps);
        }
    }
}

/// AdaDelta (Zeiler 2012):
///
/// ```text
/// w ← ρ w + (1 − ρ) f²        d = √(u + ε)/√(w + ε) · f
/// u ← ρ u + (1 − ρ) d²        q ← q + η d
/// ```
///
/// Slots hold w and u; the velocity holds the last d.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdaDelta {
    /// Rate η (1 in the paper).
    pub lr: f64,
    /// Memory ρ.
    pub rho: f64,
    /// ε under both roots.
    pub eps: f64,
    /// Weight decay.
    pub decay: Decay,
    /// How the rate changes.
    pub schedule: Schedule,
}

impl AdaDelta {
    /// AdaDelta.
    pub fn new(lr: f64, rho: f64, eps: f64) -> Self {
        AdaDelta { lr, rho, eps, decay: Decay::None, schedule: Schedule::Constant }
    }
}

impl Stepper for AdaDelta {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        2
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let eta = self.lr * self.schedule.factor(s.step);
        self.decay.evaluate(eta, field, s);
        for i in 0..s.q.len() {
            let f = s.f[i];
            s.slots[0][i] = self.rho * s.slots[0][i] + (1.0 - self.rho) * f * f;
            let step = libm::sqrt(s.slots[1][i] + self.eps) / libm::sqrt(s.slots[0][i] + self.eps) * f;
            s.slots[1][i] = self.rho * s.slots[1][i] + (1.0 - self.rho) * step * step;
            s.v[i] = step;
            s.q[i] += eta * step;
        }
    }
}

/// RMSProp (Tieleman and Hinton 2012), with momentum and centring (Graves 2013):
///
/// ```text
/// w ← α w + (1 − α) f²        centred: a ← α a + (1 − α) f, D = √(w − a²) + ε, else D = √w + ε
/// v ← μ v + f/D               q ← q + η v
/// ```
///
/// Slots hold w and a; the velocity holds the buffer v.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmsProp {
    /// Rate η.
    pub lr: f64,
    /// Memory α.
    pub alpha: f64,
    /// Smallest denominator ε.
    pub eps: f64,
    /// Momentum μ.
    pub momentum: f64,
    /// Whether the square of the mean is taken off.
    pub centered: bool,
    /// Weight decay.
    pub decay: Decay,
    /// How the rate changes.
    pub schedule: Schedule,
}

impl RmsProp {
    /// RMSProp; momentum 0 for the plain one.
    pub fn new(lr: f64, alpha: f64, eps: f64, momentum: f64, centered: bool) -> Self {
        RmsProp { lr, alpha, eps, momentum, centered, decay: Decay::None, schedule: Schedule::Constant }
    }
}

impl Stepper for RmsProp {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        1 + usize::from(self.centered)
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let eta = self.lr * self.schedule.factor(s.step);
        self.decay.evaluate(eta, field, s);
        for i in 0..s.q.len() {
            let f = s.f[i];
            s.slots[0][i] = self.alpha * s.slots[0][i] + (1.0 - self.alpha) * f * f;
            let mut square = s.slots[0][i];
            if self.centered {
                s.slots[1][i] = self.alpha * s.slots[1][i] + (1.0 - self.alpha) * f;
                square -= s.slots[1][i] * s.slots[1][i];
            }
            s.v[i] = self.momentum * s.v[i] + f / (libm::sqrt(square) + self.eps);
            s.q[i] += eta * s.v[i];
        }
    }
}
