//! The methods of the book as words over [`Move`]s. Every constructor takes the method's own
//! coefficients; none of them knows a conversion (that is `theory`'s).

use super::Move::{Damp, Drift, Eval, Flow, Jitter, Kick};
use super::{Move, Splitting};

/// A noiseless [`Move::Damp`].
const fn keep(keep: f64) -> Move {
    Damp { keep, noise: 0.0 }
}

fn iterations(moves: Vec<Move>) -> Splitting {
    Splitting { dt: 1.0, moves }
}

/// Gradient descent: q ← q + ηf.
pub fn gradient_descent(eta: f64) -> Splitting {
    iterations(vec![Eval, Flow(eta)])
}

/// How heavy ball stores its momentum. Positions agree for constant coefficients; they part when
/// a coefficient changes in mid-run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// v is the displacement per step: v ← βv + ηf, q ← q + v.
    Displacement,
    /// v is the accumulated force: v ← βv + f, q ← q + ηv.
    Accumulating,
    /// v is the moving average of the force: v ← βv + (1−β)f, q ← q + αv with α = η/(1−β).
    MovingAverage,
}

/// Heavy ball (Polyak 1964) with step η and momentum β in the given storage convention.
///
/// In [`Convention::MovingAverage`] the step applied to the average is α = η/(1−β), which does not
/// exist at β = 1; the displacement form is used there instead.
pub fn heavy_ball(eta: f64, beta: f64, convention: Convention) -> Splitting {
    match convention {
        Convention::Accumulating => iterations(vec![Eval, keep(beta), Kick(1.0), Drift(eta)]),
        Convention::MovingAverage if beta != 1.0 => {
            iterations(vec![Eval, keep(beta), Kick(1.0 - beta), Drift(eta / (1.0 - beta))])
        }
        _ => iterations(vec![Eval, keep(beta), Kick(eta), Drift(1.0)]),
    }
}

/// Nesterov's method (Nesterov 1983; Sutskever et al. 2013) with the state kept at the look-ahead
/// point φ: v ← βv + ηf(φ), φ ← φ + βv + ηf(φ).
pub fn nesterov(eta: f64, beta: f64) -> Splitting {
    iterations(vec![Eval, keep(beta), Kick(eta), Drift(beta), Flow(eta)])
}

/// How a semi-implicit step of the spring treats its friction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Friction {
    /// v ← (1 − ch/m) v, then the kick.
    Explicit,
    /// v ← (v + (h/m) f) / (1 + ch/m).
    Implicit,
    /// v ← e^{−ch/m} v, then the kick.
    Exponential,
    /// Central differences: v ← ((m − ch/2) v + h f) / (m + ch/2).
    Central,
}

/// Mass–spring–damper `m q̈ + c q̇ = f` by semi-implicit Euler with step h: friction and kick,
/// then drift with the new velocity.
pub fn spring(m: f64, c: f64, h: f64, friction: Friction) -> Splitting {
    let moves = match friction {
        Friction::Explicit => vec![Eval, keep(1.0 - c * h / m), Kick(h / m), Drift(h)],
        Friction::Implicit => vec![Eval, Kick(h / m), keep(1.0 / (1.0 + c * h / m)), Drift(h)],
        Friction::Exponential => vec![Eval, keep(libm::exp(-c * h / m)), Kick(h / m), Drift(h)],
        Friction::Central => {
            let whole = m + 0.5 * c * h;
            vec![Eval, keep((m - 0.5 * c * h) / whole), Kick(h / whole), Drift(h)]
        }
    };
    Splitting { dt: h, moves }
}

/// Leapfrog (velocity Verlet): half kick, drift, half kick.
pub fn leapfrog(m: f64, h: f64) -> Splitting {
    Splitting { dt: h, moves: vec![Kick(0.5 * h / m), Drift(h), Eval, Kick(0.5 * h / m)] }
}

/// Unadjusted Langevin (overdamped, Euler–Maruyama): q ← q + hf + √(2hT) ξ.
pub fn ula(h: f64, temperature: f64) -> Splitting {
    Splitting { dt: h, moves: vec![Eval, Flow(h), Jitter(libm::sqrt(2.0 * h * temperature))] }
}

/// SGHMC (Chen, Fox and Guestrin 2014, eq. 15): v ← (1−α)v + ηf + √(2αηT) ξ, q ← q + v.
/// A negative α·η·T injects nothing.
pub fn sghmc(eta: f64, alpha: f64, temperature: f64) -> Splitting {
    let noise = libm::sqrt((2.0 * alpha * eta * temperature).max(0.0));
    iterations(vec![Eval, Damp { keep: 1.0 - alpha, noise }, Kick(eta), Drift(1.0)])
}

/// BAOAB (Leimkuhler and Matthews 2013) for mass m, friction c, step h at temperature T.
pub fn baoab(m: f64, c: f64, h: f64, temperature: f64) -> Splitting {
    let keep = libm::exp(-c * h / m);
    let noise = libm::sqrt(((1.0 - keep * keep) * temperature / m).max(0.0));
    let (kick, drift) = (Kick(0.5 * h / m), Drift(0.5 * h));
    Splitting { dt: h, moves: vec![kick, drift, Damp { keep, noise }, drift, Eval, kick] }
}
