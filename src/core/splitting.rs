//! Elementary moves, and methods that are words over them.

use super::lanes::widely;
use super::{Field, Program, State, Stepper};

/// One elementary move of the state (q, v) with the stored force f. What is added to a coordinate is
/// multiplied and added with one rounding (IEEE `fusedMultiplyAdd`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    /// f ← F(t, q, v).
    Eval,
    /// v ← v + a·f.
    Kick(f64),
    /// q ← q + a·v.
    Drift(f64),
    /// q ← q + a·f.
    Flow(f64),
    /// q ← q + s·ξ, ξ ~ N(0, 1) per coordinate and particle.
    Jitter(f64),
    /// v ← keep·v + noise·ξ.
    Damp {
        /// Share of the velocity that is kept.
        keep: f64,
        /// Standard deviation of the velocity noise.
        noise: f64,
    },
}

/// A method written as a word over [`Move`]s.
#[derive(Clone, Debug, PartialEq)]
pub struct Splitting {
    /// Length of one step in the lane's clock.
    pub dt: f64,
    /// The moves of one step, in order.
    pub moves: Vec<Move>,
}

impl Splitting {
    /// Number of force evaluations in one step: the method's gradient cost.
    pub fn evaluations(&self) -> usize {
        self.moves.iter().filter(|m| matches!(m, Move::Eval)).count()
    }
}

impl Stepper for Splitting {
    fn program(&self) -> Option<Program> {
        Program::of(&self.moves)
    }

    fn dt(&self) -> f64 {
        self.dt
    }

    fn wants_force(&self) -> bool {
        let first = self.moves.iter().find(|m| matches!(m, Move::Eval | Move::Kick(_) | Move::Flow(_)));
        matches!(first, Some(Move::Kick(_) | Move::Flow(_)))
    }

    fn step(&self, field: &dyn Field, state: &mut State) {
        let mut draw = 0;
        for m in &self.moves {
            match *m {
                Move::Eval => state.evaluate(field),
                Move::Kick(a) => add(&mut state.v, a, &state.f),
                Move::Drift(a) => add(&mut state.q, a, &state.v),
                Move::Flow(a) => add(&mut state.q, a, &state.f),
                Move::Jitter(s) => jitter(state, s, &mut draw),
                Move::Damp { keep, noise } => damp(state, keep, noise, &mut draw),
            }
        }
    }
}

/// to ← a·x + to, rounded once.
fn add(to: &mut [f64], a: f64, x: &[f64]) {
    widely(|| {
        for (to, x) in to.iter_mut().zip(x) {
            *to = a.mul_add(*x, *to);
        }
    });
}

fn jitter(state: &mut State, s: f64, draw: &mut u32) {
    let (n, step) = (state.n(), state.step);
    if s != 0.0 {
        state.noise.add(&mut state.q, n, s, step, *draw);
    }
    *draw += 1;
}

fn damp(state: &mut State, keep: f64, noise: f64, draw: &mut u32) {
    for v in &mut state.v {
        *v *= keep;
    }
    let (n, step) = (state.n(), state.step);
    if noise != 0.0 {
        state.noise.add(&mut state.v, n, noise, step, *draw);
    }
    *draw += 1;
}
