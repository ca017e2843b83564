//! A method that is interrupted and taken up again from a checkpoint.

use std::sync::Arc;

use super::super::{Field, Program, State, Stepper};

/// What a checkpoint holds of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The weights alone: a new optimizer starts from them.
    Weights,
    /// Weights and velocity, without the scratch arrays and the count of steps.
    Velocity,
    /// Weights, velocity, scratch arrays and the count of steps.
    Everything,
}

/// A method that is stopped before step `at` and goes on with what was kept. What was not kept is 0, and a
/// method that has lost its count of steps begins to count anew; the lane's clock goes on.
#[derive(Clone)]
pub struct Restarted {
    /// The method.
    pub method: Arc<dyn Stepper>,
    /// The first step of the second part.
    pub at: u64,
    /// What was kept.
    pub kept: Kept,
}

impl Restarted {
    fn forget(&self, s: &mut State) {
        s.f.fill(0.0);
        if self.kept == Kept::Weights {
            s.v.fill(0.0);
        }
        if self.kept != Kept::Everything {
            s.slots.iter_mut().for_each(|slot| slot.fill(0.0));
        }
    }
}

impl Stepper for Restarted {
    fn dt(&self) -> f64 {
        self.method.dt()
    }

    fn slots(&self) -> usize {
        self.method.slots()
    }

    fn wants_force(&self) -> bool {
        self.method.wants_force()
    }

    fn program(&self) -> Option<Program> {
        None
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        if s.step == self.at {
            self.forget(s);
            if self.wants_force() {
                s.evaluate(field);
            }
        }
        let step = s.step;
        if self.kept != Kept::Everything && step >= self.at {
            s.step -= self.at;
        }
        self.method.step(field, s);
        s.step = step;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Adam, Convention, heavy_ball, leapfrog};
    use super::*;
    use crate::core::fields::Quadratic;
    use crate::core::{System, advance};

    fn run(stepper: Arc<dyn Stepper>, state: &State, steps: u64) -> State {
        let mut state = state.clone();
        advance(&System { field: Arc::new(Quadratic::diagonal(&[1.0, 8.0])), stepper }, &mut state, steps, &mut ());
        state
    }

    /// With everything kept the same bits; from the weights alone those of a new run from there.
    #[test]
    fn a_restart_is_what_its_checkpoint_holds() {
        let methods: [Arc<dyn Stepper>; 3] = [
            Arc::new(heavy_ball(0.05, 0.9, Convention::Displacement)),
            Arc::new(Adam::amsgrad(0.05, 0.9, 0.99, 1e-8)),
            Arc::new(leapfrog(1.0, 0.1)),
        ];
        for method in methods {
            let start = State::at(&[2.0, -1.0], &[0.1, 0.0], 1, 0, 0);
            let with = |kept| run(Arc::new(Restarted { method: method.clone(), at: 12, kept }), &start, 30);
            let whole = run(method.clone(), &start, 30);
            assert_eq!((with(Kept::Everything).q, with(Kept::Everything).v), (whole.q.clone(), whole.v.clone()));
            let half = run(method.clone(), &start, 12);
            let anew = run(method.clone(), &State::at(&half.q, &[], 1, 0, 0), 18);
            assert_eq!((with(Kept::Weights).q, with(Kept::Weights).step), (anew.q.clone(), 30));
            assert!(anew.q != whole.q);
            let carried = run(method.clone(), &State::at(&half.q, &half.v, 1, 0, 0), 18);
            assert_eq!(with(Kept::Velocity).q, carried.q);
        }
    }
}
