//! A run: lanes on one clock.
//!
//! `lane` is one machine with what it has done so far: the `track` it goes along, the `checkpoints` from
//! which any of its states is rebuilt, and what figures asked of whole states at a `glance`. A `piece`
//! is what it lends to be stepped on another thread; a `snapshot` is what is kept of a long run on disk.

mod checkpoints;
mod glance;
mod lane;
mod piece;
mod snapshot;
mod track;

pub use checkpoints::{BUDGET, Checkpoints};
pub use glance::{Answer, Cursor, Question};
pub use lane::{Lane, LaneRun, Machine};
pub use piece::{Errand, Part};
pub use snapshot::Snapshot;

use super::{Derived, Lens, Scene, SceneError};
use crate::core::Trace;
use crate::param::{Spec, Values};

/// What a scene builds from its values.
pub struct Setup {
    /// The lanes, in order.
    pub lanes: Vec<Lane>,
    /// Simulated seconds per iteration.
    pub seconds: f64,
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
    thrifty: bool,
}

impl Run {
    /// A run of `scene` that has not stepped yet.
    pub fn new(scene: &dyn Scene, values: &Values, seed: u64, horizon: u64) -> Result<Self, SceneError> {
        Ok(Run::of(scene.build(values, seed)?, values, seed, horizon))
    }

    /// A run of these lanes, built from `values`, that has not stepped yet.
    pub fn of(setup: Setup, values: &Values, seed: u64, horizon: u64) -> Self {
        Run::with(setup, values, seed, horizon, |lane| LaneRun::new(lane, horizon))
    }

    /// The same, to be measured and let go: it makes no checkpoints on the way and records into the
    /// traces of the run before, as far as they fit. [`Run::spare`] gives its own back.
    pub fn brief(setup: Setup, values: &Values, seed: u64, horizon: u64, spare: &mut Vec<Trace>) -> Self {
        let mut spare = spare.drain(..);
        Run::with(setup, values, seed, horizon, |lane| LaneRun::brief(lane, horizon, spare.next()))
    }

    /// The traces of a run that is over.
    pub fn spare(self) -> Vec<Trace> {
        self.lanes.into_iter().map(|lane| lane.trace).collect()
    }

    fn with(setup: Setup, values: &Values, seed: u64, horizon: u64, lane: impl FnMut(Lane) -> LaneRun) -> Self {
        Run {
            values: values.clone(),
            past: vec![(0, values.clone())],
            seed,
            horizon,
            lanes: setup.lanes.into_iter().map(lane).collect(),
            seconds: setup.seconds,
            derived: Derived::default(),
            thrifty: false,
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
        self.lanes.iter().all(LaneRun::is_steady)
    }

    /// Whether there is nothing left to compute.
    pub fn is_complete(&self) -> bool {
        self.done() >= self.horizon
    }

    /// Computes up to `iterations` more iterations of every lane.
    pub fn compute(&mut self, iterations: u64) {
        let end = self.done().saturating_add(iterations).min(self.horizon);
        for lane in &mut self.lanes {
            lane.recall();
            lane.compute(end);
        }
        self.go_on();
    }

    /// Lets what was derived from the traces follow them.
    fn go_on(&mut self) {
        let thrifty = self.thrifty && !self.is_complete();
        self.derived.go_on(thrifty);
        self.lanes.iter_mut().for_each(|lane| lane.derived.go_on(thrifty));
    }

    /// Brings every measured number up to date, however far the run is.
    pub fn measure(&mut self) {
        let thrifty = std::mem::replace(&mut self.thrifty, false);
        self.go_on();
        self.thrifty = thrifty;
    }

    /// Particle-steps per iteration, weighed by what the fields take.
    pub fn cost(&self) -> u64 {
        self.lanes.iter().map(LaneRun::cost).sum()
    }

    /// Whether its iterations take long enough to be made on a thread of their own.
    pub fn is_heavy(&self) -> bool {
        self.lanes.iter().any(LaneRun::is_heavy)
    }

    /// What is left of it in particle-steps, weighed by what the fields take.
    pub fn left(&self) -> u64 {
        self.cost().saturating_mul(self.horizon.saturating_sub(self.done()))
    }

    /// Lends what it takes to go on up to iteration `until`, to be made anywhere; [`Run::take`] takes what
    /// comes of it. To compute, or to change, gives up what was lent.
    pub fn lend(&mut self, until: u64) -> Errand {
        let pieces = self.lanes.iter_mut().map(LaneRun::lend).collect();
        Errand { pieces, until: until.min(self.horizon) }
    }

    /// Whether a stretch of it is being made elsewhere.
    pub fn is_lent(&self) -> bool {
        self.lanes.iter().any(LaneRun::is_lent)
    }

    /// Takes a delivery of what was lent last.
    pub fn take(&mut self, part: Part) {
        self.lanes.iter_mut().zip(part.0).for_each(|(lane, deed)| lane.take(deed));
        self.go_on();
    }

    /// Says whether another thread answers what figures ask of heavy states ([`LaneRun::glance`]).
    /// Then numbers measured over all of a trace may also lag a little behind while it grows.
    pub fn set_beside(&mut self, on: bool) {
        self.thrifty = on;
        self.answer_beside(on);
    }

    /// Says whether another thread answers what figures ask of heavy states from now on.
    pub fn answer_beside(&self, on: bool) {
        self.lanes.iter().for_each(|lane| lane.set_beside(on));
    }

    /// What figures asked of a state and is not answered yet.
    pub fn question(&self) -> Option<Question> {
        self.lanes.iter().find_map(LaneRun::question)
    }

    /// Takes an answer if it is one to a question of this run as it goes now; whether it was.
    pub fn hear(&self, answer: &mut Option<Answer>) -> bool {
        self.lanes.iter().any(|lane| lane.hear(answer))
    }

    /// Takes over what was read of the states of another run until there is better.
    pub fn inherit(&self, other: &Run) {
        self.lanes.iter().zip(&other.lanes).for_each(|(lane, old)| lane.inherit(old));
    }

    /// Goes on from iteration `n` with other values: states stay, systems change.
    pub fn change(&mut self, scene: &dyn Scene, n: u64, values: &Values) -> Result<(), SceneError> {
        let setup = scene.build(values, self.seed)?;
        // All of them stop where this is.
        self.lanes.iter_mut().for_each(LaneRun::recall);
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

    /// Makes it as long as this; what is computed stays, as far as it goes. `false` if changes on the way lie
    /// beyond the new end, which only a new run can take back.
    pub fn resize(&mut self, horizon: u64) -> bool {
        if self.past.iter().any(|(at, _)| *at > horizon) {
            return false;
        }
        self.lanes.iter_mut().for_each(|lane| lane.cut(horizon));
        self.derived.clear();
        self.horizon = horizon;
        true
    }

    /// The lane of this lens.
    pub fn lane(&self, lens: Lens) -> Option<&LaneRun> {
        self.lanes.iter().find(|l| l.lane.lens == lens)
    }
}
