//! What steps a lane when: the way of a lane, to be gone from any state on it, on any thread.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::core::{Observe, Outcome, State, System, advance};

/// Particle-steps between two looks at whether to stop: of a method that is a word, and of any other. Words
/// are made many steps at a time, and a short stretch of a large cloud costs more in memory than in steps.
const STRETCH: [u64; 2] = [32_000_000, 2_000_000];

/// The systems of a lane by the iteration from which each holds, the first from 0.
#[derive(Clone)]
pub struct Track {
    systems: Vec<(u64, System)>,
    /// Steps per iteration.
    substeps: u64,
}

impl Track {
    /// One system all the way.
    pub fn new(system: System, substeps: u64) -> Self {
        Track { systems: vec![(0, system)], substeps }
    }

    /// What steps the lane from iteration `n` on.
    pub fn at(&self, n: u64) -> &System {
        let after = self.systems.partition_point(|(from, _)| *from <= n);
        &self.systems[after.max(1) - 1].1
    }

    /// Whether one system holds all the way.
    pub fn is_steady(&self) -> bool {
        self.systems.len() == 1
    }

    /// Puts another system in force from iteration `n` on; later ones are forgotten.
    pub fn branch(&mut self, n: u64, system: System) {
        self.systems.retain(|(from, _)| *from < n);
        self.systems.push((n, system));
    }

    /// Particle-steps per iteration, weighed by what the field takes.
    pub fn cost(&self, particles: usize) -> u64 {
        self.substeps.saturating_mul(particles as u64).saturating_mul(self.at(0).field.cost())
    }

    /// Iterations from `n` on that may be made without a look at whether to stop.
    pub fn stretch(&self, n: u64, particles: usize) -> u64 {
        let [word, other] = STRETCH;
        let work = if self.at(n).stepper.program().is_some() { word } else { other };
        (work / self.cost(particles).max(1)).max(1)
    }

    /// The end of the iterations from `n` on, `to` at most, that one system makes.
    pub fn unchanged(&self, n: u64, to: u64) -> u64 {
        self.systems.iter().map(|(at, _)| *at).find(|at| *at > n).map_or(to, |change| change.min(to))
    }

    /// Goes from iteration `from` to `to`, or as far as the lane goes; whether it was not stopped.
    pub fn go(&self, state: &mut State, from: u64, to: u64, stop: &AtomicBool) -> bool {
        let mut n = from;
        while n < to {
            if stop.load(Ordering::Relaxed) {
                return false;
            }
            let end = self.unchanged(n, to).min(n.saturating_add(self.stretch(n, state.n())));
            if self.steps(n, end - n, state, &mut ()) != Outcome::Running {
                break;
            }
            n = end;
        }
        true
    }

    /// Makes `iterations` iterations from `n` on, all by one system, showing `tap` every step.
    pub fn steps(&self, n: u64, iterations: u64, state: &mut State, tap: &mut dyn Observe) -> Outcome {
        // A force left by another system is not that of this one.
        if self.systems.binary_search_by_key(&n, |(at, _)| *at).is_ok_and(|k| k > 0) {
            state.unprime();
        }
        advance(self.at(n), state, iterations * self.substeps, tap)
    }
}
