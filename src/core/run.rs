//! The one loop.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Field, State, Stepper, Trace, fused};

/// Beyond this size a coordinate counts as diverged: far past any scale a reader works at, and far
/// enough below overflow that a plot can still be drawn.
pub const DIVERGED: f64 = 1e100;

/// A field and the method that steps through it.
#[derive(Clone)]
pub struct System {
    /// The force.
    pub field: Arc<dyn Field>,
    /// The method.
    pub stepper: Arc<dyn Stepper>,
}

impl System {
    /// A system from its two halves.
    pub fn new(field: Arc<dyn Field>, stepper: impl Stepper + 'static) -> Self {
        System { field, stepper: Arc::new(stepper) }
    }
}

/// How a run stands. Divergence is a result, not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It can go on.
    Running,
    /// A coordinate became NaN, infinite or larger than 10¹⁰⁰ at this step; the state is kept there.
    Diverged {
        /// The step at which it happened.
        step: u64,
    },
}

/// What somebody who is shown a run wants of it; the less it is, the faster the run.
pub enum Interest<'a> {
    /// To be shown the state after every step.
    Steps,
    /// That rows are appended to this trace, one per step.
    Rows(&'a mut Trace),
    /// Nothing but the state at the end.
    Nothing,
}

/// Is shown the state after every step.
pub trait Observe {
    /// What is wanted of a run.
    fn interest(&mut self) -> Interest<'_> {
        Interest::Steps
    }

    /// Looks at the state.
    fn observe(&mut self, field: &dyn Field, state: &State);
}

impl Observe for () {
    fn interest(&mut self) -> Interest<'_> {
        Interest::Nothing
    }

    fn observe(&mut self, _: &dyn Field, _: &State) {}
}

/// Makes up to `steps` steps, showing `tap` the state after each, and stops where it diverges.
///
/// Every run of the program, in the window, on the command line and in a test, is this loop. Steps
/// nobody looks at singly are made many at once where that is known to give the same bits
/// ([`Program`](super::Program)).
pub fn advance(system: &System, state: &mut State, steps: u64, tap: &mut dyn Observe) -> Outcome {
    let (field, stepper) = (&*system.field, &*system.stepper);
    state.prime(field, stepper.slots(), stepper.wants_force());
    let made = fused::advance(field, stepper, state, steps, tap.interest());
    for _ in made..steps {
        stepper.step(field, state);
        state.step += 1;
        state.t += stepper.dt();
        tap.observe(field, state);
        if !state.is_within(DIVERGED) {
            return Outcome::Diverged { step: state.step };
        }
    }
    Outcome::Running
}

/// What `job` makes of 0, 1, …, `count` − 1, in that order: pieces of work that do not depend on one another,
/// shared among all processors.
pub fn each<T: Send>(count: usize, job: impl Fn(usize) -> T + Send + Sync) -> Vec<T> {
    (0..count).into_par_iter().map(job).collect()
}
