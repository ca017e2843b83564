//! Whole words at once: many steps of many particles without leaving the registers.
//!
//! [`advance`](super::advance) makes its steps one move at a time over whole arrays. That is right
//! for everything and slow for large clouds, whose arrays then pass through memory once per move.
//! Where a method is a word of [`words`] and a field has a [`Kernel`], and nobody looks at the
//! single steps, the loop is turned inside out: a few particles, or a shard of them that fits the
//! first cache, make many steps before the next ones do. The moves, their order and their rounding
//! are the same, so the bits are the same; `tests/core/fused.rs` holds the two to that.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `words` | methods as types, and what a landscape has to know to take part |
//! | `cloud` | many particles without noise |
//! | `noisy` | many particles with noise, by shards |
//! | `record`, `gauges` | what is kept of every step of a cloud |
//! | `saved` | the beginning of a stretch, to go back to |
//! | `single` | one particle, with or without a record of every step |
//! | `rows` | one run of a linear regression whose batches come again and again |
//! | `cells` | one method many times, each time with coefficients of its own, until it is decided |
//! | `springs` | many springs, each with its own friction and stiffness |
//!
//! A run that leaves 10⁵⁰ is handed back as it stood at the beginning of the stretch, and the plain
//! loop finds the very step at which it diverges.

mod cells;
mod cloud;
mod gauges;
mod noisy;
mod record;
mod rows;
mod saved;
mod shards;
mod single;
mod springs;
mod words;

pub use cells::{Bounds, Cells, Coefficients, Ending, Fate};
pub(super) use rows::PackedRows;
pub use springs::Springs;
pub use words::Kernel;
pub(super) use words::{Cell, Force};

use super::lanes::has_wide;
use super::run::Interest;
use super::{Field, Move, State, Stepper, Trace};
use words::{Letter, MOST};

/// Steps of a cloud between two looks at the size of its state.
const SEGMENT: u64 = 32;

/// Steps of a cloud at most before its state is saved again.
const STRETCH: u64 = 1024;

/// Beyond this size the plain loop takes over and looks at every step.
const CAUTION: f64 = 1e50;

/// Fewer particle-steps than this are not worth turning the loop inside out.
const FEW: u64 = 4;

/// A method as letters and coefficients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Program {
    letters: [Option<Letter>; MOST],
    coefficients: [f64; MOST],
    /// How many of the coefficients there are.
    used: usize,
    evaluations: u64,
}

impl Program {
    /// The program of a list of moves; `None` if it has more than eight letters or coefficients.
    pub fn of(moves: &[Move]) -> Option<Program> {
        let mut program = Program { letters: [None; MOST], coefficients: [0.0; MOST], used: 0, evaluations: 0 };
        for (i, m) in moves.iter().enumerate() {
            let letter = Letter::of(m);
            *program.letters.get_mut(i)? = Some(letter);
            program.evaluations += u64::from(letter == Letter::Eval);
            let (values, count) = match *m {
                Move::Eval => ([0.0; 2], 0),
                Move::Drift(_) if letter == Letter::Advance => ([0.0; 2], 0),
                Move::Kick(a) | Move::Drift(a) | Move::Flow(a) | Move::Jitter(a) => ([a, 0.0], 1),
                Move::Damp { keep, noise } => ([keep, noise], if letter == Letter::Keep { 1 } else { 2 }),
            };
            let at = program.used;
            program.coefficients.get_mut(at..at + count)?.copy_from_slice(&values[..count]);
            program.used += count;
        }
        Some(program)
    }

    /// The classical Runge–Kutta method with step h and friction c, for mass 1.
    pub fn runge_kutta(h: f64, friction: f64) -> Program {
        let mut coefficients = [0.0; MOST];
        coefficients[..5].copy_from_slice(&super::runge_kutta::coefficients(h, friction));
        let mut letters = [None; MOST];
        letters[0] = Some(Letter::RungeKutta);
        Program { letters, coefficients, used: 5, evaluations: 4 }
    }

    /// Does something with its letters.
    fn with_letters<T>(&self, f: impl FnOnce(&[Letter]) -> T) -> T {
        let mut letters = [Letter::Eval; MOST];
        let count = self.letters.iter().flatten().count();
        for (to, from) in letters.iter_mut().zip(self.letters.iter().flatten()) {
            *to = *from;
        }
        f(&letters[..count])
    }
}

/// A stretch of steps that a field with a kernel may make; see [`Field::fuse`].
pub struct Call<'a> {
    program: Program,
    state: &'a mut State,
    record: Option<&'a mut Trace>,
    steps: u64,
    dt: f64,
    /// Steps made.
    made: u64,
}

impl Call<'_> {
    /// Makes the steps with this kernel, if the method is a known word and the state has `D`
    /// coordinates.
    pub fn with<const D: usize, K: Kernel<D>>(&mut self, kernel: K) {
        if self.state.dim() != D {
            return;
        }
        self.made = if self.state.n() == 1 { single::run(self, kernel) } else { cloud::run(self, kernel) };
        self.state.stats.evaluations += self.program.evaluations * self.made;
    }
}

/// Makes as many of `steps` steps as can be made at once, and says how many those were. The state
/// and what was recorded are as after that many single steps.
pub(super) fn advance(
    field: &dyn Field,
    stepper: &dyn Stepper,
    state: &mut State,
    steps: u64,
    interest: Interest<'_>,
) -> u64 {
    let record = match interest {
        Interest::Steps => return 0,
        Interest::Rows(trace) => Some(trace),
        Interest::Nothing => None,
    };
    if steps.saturating_mul(state.n() as u64) < FEW || !has_wide() || state.noise.is_scripted() {
        return 0;
    }
    let Some(program) = stepper.program() else { return 0 };
    let mut call = Call { program, state, record, steps, dt: stepper.dt(), made: 0 };
    field.fuse(&mut call);
    call.made
}

/// Advances the clock of a state by `steps` steps of `dt`, rounding as single steps do.
fn tick(state: &mut State, dt: f64, steps: u64) {
    let whole = |x: f64| x == x.trunc() && x.abs() < 2f64.powi(50);
    if whole(state.t) && dt == 1.0 && steps < 1 << 50 {
        // Sums of whole numbers are exact.
        state.t += steps as f64;
    } else {
        for _ in 0..steps {
            state.t += dt;
        }
    }
    state.step += steps;
}
