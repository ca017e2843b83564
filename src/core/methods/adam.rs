//! Adam and its relatives, with PyTorch's semantics (torch/optim/adam.py, adamw.py, nadam.py).
//!
//! The force points downhill, so the first moment m does too, and it is the lane's velocity.

use super::super::{Field, State, Stepper};
use super::{Decay, Schedule};

/// Adam (Kingma and Ba 2015), with L2 or decoupled decay and, on wish, AMSGrad's memory.
///
/// ```text
/// m ← β₁ m + (1 − β₁) f        w ← β₂ w + (1 − β₂) f²        t = 1, 2, …
/// q ← q + η/(1 − β₁ᵗ) · m / (√w/√(1 − β₂ᵗ) + ε)
/// ```
///
/// ε is added after the corrected root. AMSGrad (Reddi, Kale and Kumar 2018) divides by the largest
/// uncorrected w so far. The velocity holds m; slots hold w and its maximum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    /// Rate η.
    pub lr: f64,
    /// Memory β₁ of the mean.
    pub beta1: f64,
    /// Memory β₂ of the square.
    pub beta2: f64,
    /// Smallest denominator ε.
    pub eps: f64,
    /// Weight decay.
    pub decay: Decay,
    /// Whether the square never shrinks.
    pub amsgrad: bool,
    /// How the rate changes.
    pub schedule: Schedule,
}

impl Adam {
    /// Adam.
    pub fn new(lr: f64, beta1: f64, beta2: f64, eps: f64) -> Self {
        let (decay, schedule) = (Decay::None, Schedule::Constant);
        Adam { lr, beta1, beta2, eps, decay, amsgrad: false, schedule }
    }

    /// Adam with L2 decay w: the decay is divided by the root too.
    pub fn adam_l2(lr: f64, beta1: f64, beta2: f64, eps: f64, w: f64) -> Self {
        Adam { decay: Decay::Coupled(w), ..Adam::new(lr, beta1, beta2, eps) }
    }

    /// AdamW (Loshchilov and Hutter 2019) with decay w per unit of rate, as PyTorch has it.
    pub fn adamw(lr: f64, beta1: f64, beta2: f64, eps: f64, w: f64) -> Self {
        Adam { decay: Decay::Decoupled(w), ..Adam::new(lr, beta1, beta2, eps) }
    }

    /// AMSGrad (Reddi, Kale and Kumar 2018).
    pub fn amsgrad(lr: f64, beta1: f64, beta2: f64, eps: f64) -> Self {
        Adam { amsgrad: true, ..Adam::new(lr, beta1, beta2, eps) }
    }
}

impl Stepper for Adam {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        1 + usize::from(self.amsgrad)
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let (eta, t) = (self.lr * self.schedule.factor(s.step), (s.step + 1) as f64);
        self.decay.evaluate(eta, field, s);
        let size = eta / (1.0 - libm::pow(self.beta1, t));
        let root = libm::sqrt(1.0 - libm::pow(self.beta2, t));
        for i in 0..s.q.len() {
            let f = s.f[i];
            s.v[i] = self.beta1 * s.v[i] + (1.0 - self.beta1) * f;
            s.slots[0][i] = self.beta2 * s.slots[0][i] + (1.0 - self.beta2) * f * f;
            let mut square = s.slots[0][i];
            if self.amsgrad {
                // Written so that a NaN square is kept: max would forget it.
                if !(square <= s.slots[1][i]) {
                    s.slots[1][i] = square;
                }
                square = s.slots[1][i];
            }
            s.q[i] += size * s.v[i] / (libm::sqrt(square) / root + self.eps);
        }
    }
}

/// Adam with Nesterov's look-ahead (Dozat 2016), with PyTorch's decaying momentum:
///
/// ```text
/// μₜ = β₁ (1 − ½ 0.96^{tψ})        P ← P μₜ        m, w as in Adam
/// q ← q + η ((1 − μₜ)/(1 − P) f + μₜ₊₁/(1 − P μₜ₊₁) m) / (√(w/(1 − β₂ᵗ)) + ε)
/// ```
///
/// The velocity holds m; slots hold w and 1 − P, which is 0 before the first step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NAdam {
    /// Rate η.
    pub lr: f64,
    /// Memory β₁ of the mean.
    pub beta1: f64,
    /// Memory β₂ of the square.
    pub beta2: f64,
    /// Smallest denominator ε.
    pub eps: f64,
    /// How fast the momentum approaches β₁, ψ.
    pub momentum_decay: f64,
    /// Weight decay.
    pub decay: Decay,
    /// How the rate changes.
    pub schedule: Schedule,
}

impl NAdam {
    /// NAdam.
    pub fn new(lr: f64, beta1: f64, beta2: f64, eps: f64, momentum_decay: f64) -> Self {
        NAdam { lr, beta1, beta2, eps, momentum_decay, decay: Decay::None, schedule: Schedule::Constant }
    }

    fn momentum(&self, t: f64) -> f64 {
        self.beta1 * (1.0 - 0.5 * libm::pow(0.96, t * self.momentum_decay))
    }
}

impl Stepper for NAdam {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        2
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let (eta, t) = (self.lr * self.schedule.factor(s.step), (s.step + 1) as f64);
        self.decay.evaluate(eta, field, s);
        let (now, next) = (self.momentum(t), self.momentum(t + 1.0));
        let bias = 1.0 - libm::pow(self.beta2, t);
        for i in 0..s.q.len() {
            let f = s.f[i];
            s.v[i] = self.beta1 * s.v[i] + (1.0 - self.beta1) * f;
            s.slots[0][i] = self.beta2 * s.slots[0][i] + (1.0 - self.beta2) * f * f;
            let product = now * (1.0 - s.slots[1][i]);
            s.slots[1][i] = 1.0 - product;
            let newest = (1.0 - now) / (1.0 - product) * f;
            let memory = next / (1.0 - product * next) * s.v[i];
            s.q[i] += eta * (newest + memory) / (libm::sqrt(s.slots[0][i] / bias) + self.eps);
        }
    }
}
