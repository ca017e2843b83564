//! Springs: `m q̈ + c q̇ = f`, stepped by words over [`Move`](super::super::Move)s.

use super::super::Move::{Drift, Eval, Kick};
use super::super::Splitting;
use super::keep;

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

/// Explicit Euler: position and velocity both step with the old velocity and the old force. Of
/// first order; without friction no step is small enough to be stable.
pub fn explicit_euler(m: f64, c: f64, h: f64) -> Splitting {
    Splitting { dt: h, moves: vec![Eval, Drift(h), keep(1.0 - c * h / m), Kick(h / m)] }
}

/// Leapfrog (velocity Verlet), for c = 0: half kick, drift, half kick.
pub fn leapfrog(m: f64, h: f64) -> Splitting {
    Splitting { dt: h, moves: vec![Kick(0.5 * h / m), Drift(h), Eval, Kick(0.5 * h / m)] }
}
