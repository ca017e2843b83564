//! A run: lanes on one clock, their traces and checkpoints.

use super::{Derived, Lens, Scene, SceneError};
use crate::core::{Observe, Outcome, Probe, State, System, Trace, advance};
use crate::param::{Spec, Values};
use crate::text::Text;

/// How many iterations lie between two checkpoints of a lane.
const CHECKPOINT: u64 = 32;

/// The moving picture that stands for a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// A ball on the profile of the loss.
    Ball,
    /// Block, spring and dashpot.
    Block,
    /// A one-link arm and its set point.
    Arm,
    /// A cloud of particles.
    Cloud,
}

/// One machine of a scene: what to step, from where, and what to record.
#[derive(Clone)]
pub struct Lane {
    /// Whose lane it is; gives the colour.
    pub lens: Lens,
    /// Name in words.
    pub name: Text,
    /// Its picture.
    pub machine: Machine,
    /// Field and method.
    pub system: System,
    /// Where it starts.
    pub start: State,
    /// What is recorded after every step.
    pub probes: Vec<Probe>,
    /// Steps per iteration of the common clock.
    pub substeps: u64,
    /// Coordinates that exist (a mode without a twin does not).
    pub present: Vec<bool>,
}

/// What a scene builds from its values.
pub struct Setup {
    /// The lanes, in order.
    pub lanes: Vec<Lane>,
    /// Simulated seconds per iteration.
    pub seconds: f64,
}

/// A lane with what it has done so far.
pub struct LaneRun {
    /// The lane as built from the values of the start.
    pub lane: Lane,
    /// Recorded columns; row `n · substeps` is iteration `n`.
    pub trace: Trace,
    /// How it stands.
    pub outcome: Outcome,
    /// What figures compute from the trace.
    pub derived: Derived,
    systems: Vec<(u64, System)>,
    checkpoints: Vec<(u64, State)>,
    state: State,
    done: u64,
}

impl LaneRun {
    fn new(lane: Lane, horizon: u64) -> Self {
        let rows = (horizon * lane.substeps + 1).min(1 << 16) as usize;
        let mut trace = Trace::new(&lane.probes, rows);
        trace.observe(&*lane.system.field, &lane.start);
        LaneRun {
            trace,
            outcome: Outcome::Running,
            derived: Derived::default(),
            systems: vec![(0, lane.system.clone())],
            checkpoints: vec![(0, lane.start.clone())],
            state: lane.start.clone(),
            done: 0,
            lane,
        }
    }

    /// Iterations computed so far.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// The column of `probe`, up to what is computed.
    pub fn column(&self, probe: Probe) -> &[f64] {
        self.trace.column(probe)
    }

    /// When every row was recorded, `unit` being the length of an iteration.
    pub fn times(&self, unit: f64) -> &[f64] {
        self.derived.column(("times", 0, unit.to_bits()), || {
            let per = unit / self.lane.substeps as f64;
            (0..self.trace.len()).map(|i| i as f64 * per).collect()
        })
    }

    /// The value of `probe` at iteration `n`; the last one if the lane stopped before.
    pub fn at(&self, probe: Probe, n: u64) -> Option<f64> {
        let column = self.column(probe);
        let row = usize::try_from(n.saturating_mul(self.lane.substeps)).unwrap_or(usize::MAX);
        column.get(row).or(column.last()).copied()
    }

    /// The value of `probe` `at` iterations into the run, linear between two rows; the last one if the
    /// lane stopped before, `None` if it was not recorded.
    pub fn between(&self, probe: Probe, at: f64) -> Option<f64> {
        let column = self.column(probe);
        let row = (at * self.lane.substeps as f64).max(0.0);
        let (low, share) = (row.floor(), row.fract());
        let here = column.get(low as usize).or(column.last())?;
        let next = column.get(low as usize + 1).unwrap_or(here);
        Some(here + (next - here) * share)
    }

    /// The iteration at which the lane stopped because it diverged.
    pub fn diverged_at(&self) -> Option<u64> {
        match self.outcome {
            Outcome::Running => None,
            Outcome::Diverged { step } => Some(step.div_ceil(self.lane.substeps)),
        }
    }

    /// What steps the lane from iteration `n` on.
    pub fn system_at(&self, n: u64) -> &System {
        let after = self.systems.partition_point(|(from, _)| *from <= n);
        &self.systems[after.max(1) - 1].1
    }

    fn compute_one(&mut self) {
        self.derived.clear();
        if self.outcome == Outcome::Running {
            let system = self.system_at(self.done).clone();
            self.outcome = advance(&system, &mut self.state, self.lane.substeps, &mut self.trace);
        }
        self.done += 1;
        if self.done.is_multiple_of(CHECKPOINT) && self.outcome == Outcome::Running {
            self.checkpoints.push((self.done, self.state.clone()));
        }
    }

    /// The whole state at iteration `n` (or where the lane stopped), rebuilt from a checkpoint.
    pub fn state_at(&self, n: u64) -> State {
        if n >= self.done {
            return self.state.clone();
        }
        let after = self.checkpoints.partition_point(|(from, _)| *from <= n);
        let (from, state) = &self.checkpoints[after.max(1) - 1];
        let mut state = state.clone();
        for i in *from..n {
            if advance(self.system_at(i), &mut state, self.lane.substeps, &mut ()) != Outcome::Running {
                break;
            }
        }
        state
    }

    /// Goes on from iteration `n` with another system.
    fn change(&mut self, n: u64, system: System) {
        self.derived.clear();
        let n = n.min(self.done);
        let mut state = self.state_at(n);
        state.unprime();
        self.trace.truncate((n * self.lane.substeps + 1) as usize);
        self.checkpoints.retain(|(from, _)| *from < n);
        self.checkpoints.push((n, state.clone()));
        self.systems.retain(|(from, _)| *from < n || *from == 0);
        if n == 0 {
            self.systems.clear();
        }
        self.systems.push((n, system));
        if self.diverged_at().is_none_or(|at| at > n) {
            self.outcome = Outcome::Running;
        }
        (self.state, self.done) = (state, n);
    }
}

/// Lanes on one clock.
pub struct Run {
    /// The values at the end of what is computed.
    pub values: Values,
    /// Since which iteration which values hold, by iteration.
    past: Vec<(u64, Values)>,
    /// Seed.
    pub seed: u64,
    /// Iterations to compute.
    pub horizon: u64,
    /// The lanes.
    pub lanes: Vec<LaneRun>,
    /// Simulated seconds per iteration.
    pub seconds: f64,
    /// What figures compute from several lanes.
    pub derived: Derived,
}

impl Run {
    /// A run of `scene` that has not stepped yet.
    pub fn new(scene: &dyn Scene, values: &Values, seed: u64, horizon: u64) -> Result<Self, SceneError> {
        Ok(Run::of(scene.build(values, seed)?, values, seed, horizon))
    }

    /// A run of these lanes, built from `values`, that has not stepped yet.
    pub fn of(setup: Setup, values: &Values, seed: u64, horizon: u64) -> Self {
        Run {
            values: values.clone(),
            past: vec![(0, values.clone())],
            seed,
            horizon,
            lanes: setup.lanes.into_iter().map(|lane| LaneRun::new(lane, horizon)).collect(),
            seconds: setup.seconds,
            derived: Derived::default(),
        }
    }

    /// The values with which iteration `n` was made.
    pub fn values_at(&self, n: u64) -> &Values {
        self.past.iter().rev().find(|(at, _)| *at <= n).map_or(&self.values, |(_, values)| values)
    }

    /// The changes made while it ran, by iteration: parameters and their new values.
    pub fn changes(&self) -> impl Iterator<Item = (u64, Vec<(&'static Spec, f64)>)> {
        self.past.windows(2).map(|w| {
            let (before, (at, after)) = (&w[0].1, &w[1]);
            let changed = after.specs().iter().filter(|s| after.get(s.id) != before.get(s.id));
            (*at, changed.map(|s| (*s, after.get(s.id))).collect())
        })
    }

    /// Iterations that every lane has computed.
    pub fn done(&self) -> u64 {
        self.lanes.iter().map(LaneRun::done).min().unwrap_or(0)
    }

    /// Whether one set of values holds for the whole run, so that a closed form applies.
    pub fn is_steady(&self) -> bool {
        self.lanes.iter().all(|l| l.systems.len() == 1)
    }

    /// Whether there is nothing left to compute.
    pub fn is_complete(&self) -> bool {
        self.done() >= self.horizon
    }

    /// Computes up to `iterations` more iterations of every lane.
    pub fn compute(&mut self, iterations: u64) {
        self.derived.clear();
        let end = self.done().saturating_add(iterations).min(self.horizon);
        for lane in &mut self.lanes {
            while lane.done < end {
                lane.compute_one();
            }
        }
    }

    /// Goes on from iteration `n` with other values: states stay, systems change.
    pub fn change(&mut self, scene: &dyn Scene, n: u64, values: &Values) -> Result<(), SceneError> {
        let setup = scene.build(values, self.seed)?;
        for (old, new) in self.lanes.iter_mut().zip(setup.lanes) {
            old.lane.present = new.present;
            old.change(n, new.system);
        }
        self.derived.clear();
        self.seconds = setup.seconds;
        self.values = values.clone();
        self.past.retain(|(at, _)| *at < n);
        self.past.push((n, values.clone()));
        Ok(())
    }

    /// The lane of this lens.
    pub fn lane(&self, lens: Lens) -> Option<&LaneRun> {
        self.lanes.iter().find(|l| l.lane.lens == lens)
    }
}
