//! Heavy ball with what a deep-learning library adds to it: a schedule, weight decay, dampening.

use super::super::{Field, State, Stepper};
use super::{Convention, Decay, Schedule};

/// Momentum gradient descent in one of its storage conventions, with a learning-rate schedule.
///
/// With f the force after weight decay, ηₜ the scheduled rate and v the buffer, which in this crate
/// always points downhill (PyTorch's and EMA's buffer is −v, and so is the v of *Dive into Deep
/// Learning*; Keras stores v itself):
///
/// ```text
/// Accumulating   v ← β v + (1 − τ) f, first step v ← f;  q ← q + ηₜ v          PyTorch, optax
/// Displacement   v ← β v + ηₜ f;                         q ← q + v             d2l, Keras
///   corrected    v ← β (ηₜ/ηₜ₋₁) v + ηₜ f                                      Goyal et al. 2017
/// MovingAverage  v ← β v + (1 − β) f;                    q ← q + αₜ v          αₜ = ηₜ/(1 − β)
/// ```
///
/// The conventions give the same positions until the rate changes. Then the accumulating form and
/// the average rescale the whole memory at once, q̇ₜ₊₁ = ηₜ f + (ηₜ/ηₜ₋₁) β q̇ₜ, and the displacement
/// form keeps its old displacement, q̇ₜ₊₁ = ηₜ f + β q̇ₜ, unless it is corrected.
///
/// `nesterov` adds one more β v + (the newest force) instead of v, PyTorch's φ variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Momentum {
    /// Step η on the force.
    pub eta: f64,
    /// Momentum β.
    pub beta: f64,
    /// What the buffer holds.
    pub convention: Convention,
    /// Whether the step is taken with the force counted once more.
    pub nesterov: bool,
    /// Dampening τ of the accumulating form; not applied in the first step, nor without momentum
    /// (torch/optim/sgd.py).
    pub dampening: f64,
    /// Whether the displacement form rescales its memory when the rate changes.
    pub corrected: bool,
    /// Weight decay; decoupled, it shrinks by the rate of the convention's own form.
    pub decay: Decay,
    /// How the rate changes.
    pub schedule: Schedule,
}

impl Momentum {
    /// Heavy ball in a storage convention, at constant rate and without decay.
    pub fn new(eta: f64, beta: f64, convention: Convention) -> Self {
        Momentum {
            eta,
            beta,
            convention,
            nesterov: false,
            dampening: 0.0,
            corrected: false,
            decay: Decay::None,
            schedule: Schedule::Constant,
        }
    }

    /// PyTorch's SGD: the accumulating form.
    pub fn pytorch(lr: f64, momentum: f64) -> Self {
        Momentum::new(lr, momentum, Convention::Accumulating)
    }

    /// `optax.trace`: the accumulating form, which has no dampening.
    pub fn optax_trace(lr: f64, decay: f64) -> Self {
        Momentum::new(lr, decay, Convention::Accumulating)
    }

    /// The form of *Dive into Deep Learning*: the displacement form.
    pub fn seed(eta: f64, gamma: f64) -> Self {
        Momentum::new(eta, gamma, Convention::Displacement)
    }

    /// The displacement form that rescales its memory when the rate changes.
    pub fn seed_corrected(eta: f64, gamma: f64) -> Self {
        Momentum { corrected: true, ..Momentum::seed(eta, gamma) }
    }

    /// Keras: the displacement form, its buffer with the sign this crate uses.
    pub fn keras(lr: f64, momentum: f64) -> Self {
        Momentum::new(lr, momentum, Convention::Displacement)
    }

    /// q ← q + ηf + β (q − q₋): the displacement form, whose buffer is q − q₋.
    pub fn two_step(eta: f64, beta: f64) -> Self {
        Momentum::new(eta, beta, Convention::Displacement)
    }

    /// The moving average with the rate α of its own form; η = α (1 − β).
    pub fn ema(alpha: f64, beta: f64) -> Self {
        Momentum::new(alpha * (1.0 - beta), beta, Convention::MovingAverage)
    }

    /// Heavy ball with L2 decay `w`, PyTorch's `weight_decay`.
    pub fn sgd_l2(lr: f64, momentum: f64, w: f64) -> Self {
        Momentum { decay: Decay::Coupled(w), ..Momentum::pytorch(lr, momentum) }
    }

    /// Heavy ball with decoupled decay `w` (Loshchilov and Hutter 2019, algorithm 1).
    pub fn sgdw(lr: f64, momentum: f64, w: f64) -> Self {
        Momentum { decay: Decay::Decoupled(w), ..Momentum::pytorch(lr, momentum) }
    }

    /// The same method with the look-ahead step of Nesterov.
    #[must_use]
    pub fn with_nesterov(self, nesterov: bool) -> Self {
        Momentum { nesterov, ..self }
    }

    /// The same method with dampening τ.
    #[must_use]
    pub fn with_dampening(self, dampening: f64) -> Self {
        Momentum { dampening, ..self }
    }

    /// The scheduled rate in the convention's own form: α for the moving average, else η.
    fn rate(&self, step: u64) -> f64 {
        let eta = self.eta * self.schedule.factor(step);
        let average = matches!(self.convention, Convention::MovingAverage) && self.beta != 1.0;
        if average { eta / (1.0 - self.beta) } else { eta }
    }

    /// What one step does: v ← keep·v + gain·f, q ← q + move·v + flow·f.
    fn coefficients(&self, step: u64) -> [f64; 4] {
        let (eta, beta) = (self.rate(step), self.beta);
        let (keep, gain, drift) = match self.convention {
            Convention::Accumulating => {
                let gain = if step == 0 || beta == 0.0 { 1.0 } else { 1.0 - self.dampening };
                (beta, gain, eta)
            }
            Convention::MovingAverage if beta != 1.0 => (beta, 1.0 - beta, eta),
            _ => {
                let before = if self.corrected { self.rate(step.saturating_sub(1)) } else { eta };
                // A rate of nothing leaves nothing to rescale.
                let keep = if before == eta || before == 0.0 { beta } else { beta * (eta / before) };
                (keep, eta, 1.0)
            }
        };
        if !self.nesterov {
            return [keep, gain, drift, 0.0];
        }
        // The accumulating form adds the whole newest force, also where its buffer is damped.
        let newest = if matches!(self.convention, Convention::Accumulating) { 1.0 } else { gain };
        [keep, gain, drift * beta, drift * newest]
    }
}

impl Stepper for Momentum {
    fn dt(&self) -> f64 {
        1.0
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        self.decay.evaluate(self.rate(s.step), field, s);
        let [keep, gain, drift, flow] = self.coefficients(s.step);
        for i in 0..s.q.len() {
            s.v[i] = keep * s.v[i] + gain * s.f[i];
            s.q[i] += drift * s.v[i];
            if flow != 0.0 {
                s.q[i] += flow * s.f[i];
            }
        }
    }
}
