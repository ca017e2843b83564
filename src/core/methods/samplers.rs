//! Langevin samplers. T is the temperature times Boltzmann's constant, in units of the potential;
//! ξ is a standard normal deviate per particle, coordinate and move.

use super::super::Move::{self, Damp, Drift, Eval, Flow, Jitter, Kick};
use super::super::{Field, Splitting, State, Stepper};
use super::iterations;

/// √x, and nothing for a negative x: a scheme asked for less than no noise injects none.
fn root(x: f64) -> f64 {
    libm::sqrt(x.max(0.0))
}

/// Exact friction and noise over a time t: v ← e^{−ct/m} v + √((1 − e^{−2ct/m}) T/m) ξ.
pub(in super::super) fn ornstein_uhlenbeck(m: f64, c: f64, t: f64, temperature: f64) -> Move {
    let keep = libm::exp(-c * t / m);
    Damp { keep, noise: root((1.0 - keep * keep) * temperature / m) }
}

/// Unadjusted Langevin (overdamped, Euler–Maruyama; SGLD with an exact gradient):
/// q ← q + hf + √(2hT) ξ.
pub fn ula(h: f64, temperature: f64) -> Splitting {
    Splitting { dt: h, moves: vec![Eval, Flow(h), Jitter(root(2.0 * h * temperature))] }
}

/// The friction, with the noise √(2cTh)/m ξ, of the two Euler–Maruyama schemes.
fn euler_damp(m: f64, c: f64, h: f64, temperature: f64) -> Move {
    Damp { keep: 1.0 - c * h / m, noise: root(2.0 * c * temperature * h) / m }
}

/// Euler–Maruyama: q ← q + hv and v ← v + (h/m)(f − cv) + √(2cTh)/m ξ, both from the old state.
pub fn euler_maruyama(m: f64, c: f64, h: f64, temperature: f64) -> Splitting {
    Splitting { dt: h, moves: vec![Eval, Drift(h), euler_damp(m, c, h, temperature), Kick(h / m)] }
}

/// Symplectic Euler–Maruyama: the same kick first, then q ← q + hv with the new v.
pub fn symplectic_em(m: f64, c: f64, h: f64, temperature: f64) -> Splitting {
    Splitting { dt: h, moves: vec![Eval, euler_damp(m, c, h, temperature), Kick(h / m), Drift(h)] }
}

/// SGHMC (Chen, Fox and Guestrin 2014, eq. 15): v ← (1−α)v + ηf + √(2αηT) ξ, q ← q + v.
/// A negative α·η·T injects nothing.
pub fn sghmc(eta: f64, alpha: f64, temperature: f64) -> Splitting {
    sghmc_corrected(eta, alpha, 0.0, temperature)
}

/// SGHMC that leaves out of its injected noise what the gradient already brings:
/// v ← (1−α)v + ηf + √(2(α−β̂)ηT) ξ, q ← q + v, with β̂ = ηV̂/(2T) for a gradient noise of
/// variance V̂ (Chen, Fox and Guestrin 2014, eq. 15).
pub fn sghmc_corrected(eta: f64, alpha: f64, beta_hat: f64, temperature: f64) -> Splitting {
    iterations(vec![Eval, sghmc_damp(eta, alpha, beta_hat, temperature), Kick(eta), Drift(1.0)])
}

/// The same moves in the other order: q ← q + v, then v.
pub fn sghmc_drift_kick(eta: f64, alpha: f64, beta_hat: f64, temperature: f64) -> Splitting {
    iterations(vec![Drift(1.0), Eval, sghmc_damp(eta, alpha, beta_hat, temperature), Kick(eta)])
}

fn sghmc_damp(eta: f64, alpha: f64, beta_hat: f64, temperature: f64) -> Move {
    Damp { keep: 1.0 - alpha, noise: root(2.0 * (alpha - beta_hat) * eta * temperature) }
}

/// Heavy ball whose friction β = 1 − α carries its exact noise: v ← βv + ηf + √((1−β²)ηT) ξ,
/// q ← q + v.
pub fn hb_ou(eta: f64, alpha: f64, temperature: f64) -> Splitting {
    let beta = 1.0 - alpha;
    let noise = root((1.0 - beta * beta) * eta * temperature);
    iterations(vec![Eval, Damp { keep: beta, noise }, Kick(eta), Drift(1.0)])
}

/// BAOAB (Leimkuhler and Matthews 2013) for mass m, friction c, step h at temperature T.
pub fn baoab(m: f64, c: f64, h: f64, temperature: f64) -> Splitting {
    let (kick, drift) = (Kick(0.5 * h / m), Drift(0.5 * h));
    Splitting { dt: h, moves: vec![kick, drift, ornstein_uhlenbeck(m, c, h, temperature), drift, Eval, kick] }
}

/// OBABO (Bussi and Parrinello 2007): half of friction and noise on either side of a leapfrog step.
pub fn obabo(m: f64, c: f64, h: f64, temperature: f64) -> Splitting {
    let (damp, kick) = (ornstein_uhlenbeck(m, c, 0.5 * h, temperature), Kick(0.5 * h / m));
    Splitting { dt: h, moves: vec![damp, kick, Drift(h), Eval, kick, damp] }
}

/// The overdamped limit of BAOAB (Leimkuhler and Matthews 2013):
/// q ← q + εf + √(2εT) (ξₙ + ξₙ₊₁)/2, every deviate used in two steps.
///
/// The deviates are functions of the step, so nothing has to be remembered: ξₙ₊₁ is drawn here as
/// the next step will draw it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeimkuhlerMatthews {
    /// Step ε.
    pub eps: f64,
    /// Temperature T.
    pub temperature: f64,
}

impl Stepper for LeimkuhlerMatthews {
    fn dt(&self) -> f64 {
        self.eps
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        for (q, f) in s.q.iter_mut().zip(&s.f) {
            *q += self.eps * f;
        }
        let (half, n) = (0.5 * root(2.0 * self.eps * self.temperature), s.n());
        for step in [s.step, s.step + 1] {
            s.noise.add(&mut s.q, n, half, step, 0);
        }
    }
}
