//! A lane of a run: what it is, and what it has done so far.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::checkpoints::{BUDGET, Checkpoints};
use super::glance::{Answer, Glances, Question, Read, Wish};
use super::piece::{Deed, Origin, Piece};
use super::track::Track;
use crate::core::{Observe, Outcome, Probe, State, System, Trace};
use crate::figure::Ink;
use crate::scenes::{Derived, Key, Lens};
use crate::text::Text;

/// A lane whose iteration takes more particle-steps than this is heavy: to rebuild one of its states may
/// take longer than a frame lasts.
const HEAVY: u64 = 4096;

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
    /// Whose costume it wears.
    pub lens: Lens,
    /// Its colour in every view.
    pub ink: Ink,
    /// Name in words.
    pub name: Text,
    /// Its picture.
    pub machine: Machine,
    /// Field and method.
    pub system: System,
    /// Where it starts.
    pub start: Arc<State>,
    /// What is recorded after every step.
    pub probes: Vec<Probe>,
    /// Steps per iteration of the common clock.
    pub substeps: u64,
    /// Coordinates that exist (a mode without a twin does not).
    pub present: Vec<bool>,
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
    track: Track,
    pub(super) checkpoints: Checkpoints,
    head: Head,
    done: u64,
    glances: Glances,
    /// A state on the way that was copied for those who look, and whether they want another.
    latest: Option<(u64, Arc<State>)>,
    looked: Arc<AtomicBool>,
    /// Another one whenever the lane goes another way.
    way: Arc<()>,
}

/// The state from which a lane goes on.
enum Head {
    /// The one at which it stands.
    Here(Box<State>),
    /// One that was kept at an earlier iteration; what lies between is recorded already.
    Back(u64, Arc<State>),
    /// It is with a thread that makes the next stretch.
    Lent,
}

impl LaneRun {
    pub(super) fn new(lane: Lane, horizon: u64) -> Self {
        let rows = (horizon * lane.substeps + 1).min(1 << 16) as usize;
        let trace = Trace::new(&lane.probes, rows);
        LaneRun::recorded_in(lane, trace)
    }

    /// A lane that is measured and let go: it keeps no state on the way, and records into `spare` if that
    /// has its probes.
    pub(super) fn brief(lane: Lane, horizon: u64, spare: Option<Trace>) -> Self {
        let own = || Trace::new(&lane.probes, (horizon * lane.substeps + 1) as usize);
        let trace = spare.filter(|trace| trace.probes() == lane.probes).unwrap_or_else(own);
        let checkpoints = Checkpoints::none(lane.start.clone());
        LaneRun { checkpoints, ..LaneRun::recorded_in(lane, trace) }
    }

    fn recorded_in(lane: Lane, mut trace: Trace) -> Self {
        trace.truncate(0);
        trace.observe(&*lane.system.field, &lane.start);
        LaneRun {
            trace,
            outcome: Outcome::Running,
            derived: Derived::default(),
            track: Track::new(lane.system.clone(), lane.substeps),
            checkpoints: Checkpoints::new(lane.start.clone(), BUDGET),
            head: Head::Back(0, lane.start.clone()),
            done: 0,
            glances: Glances::default(),
            latest: None,
            looked: Arc::default(),
            way: Arc::default(),
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
        self.derived.grown(("times", 0, unit.to_bits()), |times| {
            let per = unit / self.lane.substeps as f64;
            times.extend((times.len()..self.trace.len()).map(|i| i as f64 * per));
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
        self.track.at(n)
    }

    /// Whether one system holds all the way.
    pub(super) fn is_steady(&self) -> bool {
        self.track.is_steady()
    }

    /// Particle-steps per iteration, weighed by what the field takes.
    pub fn cost(&self) -> u64 {
        self.track.cost(self.lane.start.n())
    }

    /// Whether an iteration takes long enough to be made on a thread of its own.
    pub fn is_heavy(&self) -> bool {
        self.cost() > HEAVY
    }

    /// Bytes that the states kept on the way fill.
    pub fn kept_bytes(&self) -> usize {
        self.checkpoints.bytes()
    }

    /// Goes on to iteration `end`, from one state that is kept to the next.
    pub(super) fn compute(&mut self, end: u64) {
        if self.done >= end {
            return;
        }
        let mut state = self.take_head();
        while self.done < end {
            let to = self.track.unchanged(self.done, end).min(self.checkpoints.due_after(self.done));
            if self.outcome == Outcome::Running {
                self.outcome = self.track.steps(self.done, to - self.done, &mut state, &mut self.trace);
            }
            self.done = to;
            if self.outcome == Outcome::Running {
                self.checkpoints.offer(to, &state);
            }
        }
        self.head = Head::Here(state);
    }

    /// The whole state after all that is computed.
    pub fn state(&self) -> Cow<'_, State> {
        match &self.head {
            Head::Here(state) => Cow::Borrowed(state),
            Head::Back(from, state) if *from == self.done => Cow::Borrowed(state),
            _ => Cow::Owned(self.state_at(self.done)),
        }
    }

    /// The state at which the lane stands, rebuilt if it is not at hand.
    fn take_head(&mut self) -> Box<State> {
        match std::mem::replace(&mut self.head, Head::Lent) {
            Head::Here(state) => state,
            Head::Back(from, state) => Box::new(self.rebuilt(from, &state, self.done)),
            Head::Lent => Box::new(self.state_at(self.done)),
        }
    }

    pub(super) fn rebuilt(&self, from: u64, kept: &State, to: u64) -> State {
        let mut state = kept.clone();
        self.track.go(&mut state, from, to, &AtomicBool::new(false));
        state
    }

    /// The whole state at iteration `n` (or where the lane stopped), rebuilt from a checkpoint.
    pub fn state_at(&self, n: u64) -> State {
        if let (Head::Here(state), true) = (&self.head, n >= self.done) {
            return (**state).clone();
        }
        let n = n.min(self.done);
        let (from, kept) = self.checkpoints.before(n);
        self.rebuilt(from, &kept, n)
    }

    /// The first particles at iteration `n`, `most` of them at most: however large the cloud is, only they
    /// make the way from a checkpoint.
    pub fn few_at(&self, n: u64, most: usize) -> State {
        let n = n.min(self.done);
        let (from, kept) = self.checkpoints.before(n);
        self.rebuilt(from, &kept.first(most), n)
    }

    /// Numbers that `read` gives of the whole state at iteration `n`, kept as `key`; `mark` tells readings
    /// of one key apart. Of a heavy lane whose states another thread rebuilds, the newest answer to the key
    /// until that one is there, if there is one.
    pub fn glance(
        &self,
        n: u64,
        key: Key,
        mark: u64,
        read: impl Fn(&State) -> Vec<f64> + Send + Sync + 'static,
    ) -> Option<Arc<Vec<f64>>> {
        let at = n.min(self.done);
        let read: Read = Arc::new(read);
        self.glances.read(Wish { key, mark, at, read }, self.is_heavy(), || Arc::new(self.state_at(at)))
    }

    /// Whether another thread answers what is asked of heavy states.
    pub(super) fn set_beside(&self, on: bool) {
        self.glances.set_beside(on);
    }

    /// What was asked of a state and is not answered yet: the newest moment first.
    pub(super) fn question(&self) -> Option<Question> {
        let mut wishes = self.glances.take();
        let at = wishes.last()?.at;
        // What was asked of another moment was asked before this one was looked at.
        wishes.retain(|w| w.at == at);
        self.looked.store(true, Ordering::Relaxed);
        let (track, kept, way) = (self.track.clone(), self.nearest(at), self.way.clone());
        Some(Question { at, wishes, track, kept, way })
    }

    /// The last state there is at or before iteration `n`.
    fn nearest(&self, n: u64) -> (u64, Arc<State>) {
        let kept = self.checkpoints.before(n);
        let latest = self.latest.as_ref().filter(|(at, _)| (kept.0..=n).contains(at));
        latest.cloned().unwrap_or(kept)
    }

    /// Takes an answer if it is one to a question of this lane as it goes now.
    pub(super) fn hear(&self, answer: &mut Option<Answer>) -> bool {
        let own = answer.take_if(|a| Arc::ptr_eq(&a.way, &self.way));
        own.map(|a| self.glances.answer(a)).is_some()
    }

    /// Takes over what was read of the states of another lane until there is better.
    pub(super) fn inherit(&self, other: &LaneRun) {
        self.glances.inherit(&other.glances);
    }

    /// Lends what it takes to go on.
    pub(super) fn lend(&mut self) -> Piece {
        let (from, state) = match std::mem::replace(&mut self.head, Head::Lent) {
            Head::Here(state) => (self.done, Origin::Own(state)),
            Head::Back(from, state) => (from, Origin::Shared(state)),
            Head::Lent => {
                let (from, state) = self.checkpoints.before(self.done);
                (from, Origin::Shared(state))
            }
        };
        Piece {
            track: self.track.clone(),
            probes: self.lane.probes.clone(),
            checkpoints: self.checkpoints.clone(),
            state,
            from,
            done: self.done,
            outcome: self.outcome,
            looked: self.looked.clone(),
        }
    }

    /// Whether what it goes on from is lent.
    pub(super) fn is_lent(&self) -> bool {
        matches!(self.head, Head::Lent)
    }

    /// Takes back what a stretch has brought.
    pub(super) fn take(&mut self, deed: Deed) {
        self.trace.append(&deed.rows);
        (self.done, self.outcome, self.checkpoints) = (deed.done, deed.outcome, deed.checkpoints);
        self.latest = deed.latest.or(self.latest.take());
        if let Some(state) = deed.state {
            self.head = Head::Here(state);
        }
    }

    /// Gives up what was lent: the lane goes on from a kept state.
    pub(super) fn recall(&mut self) {
        if self.is_lent() {
            self.stand_at(self.done);
        }
    }

    /// Goes on from iteration `n` with another system.
    pub(super) fn change(&mut self, n: u64, system: System) {
        self.derived.clear();
        self.cut(n);
        self.track.branch(n, system);
        self.way = Arc::default();
        self.glances.branch(n);
    }

    /// Gives up what was lent, and what was done after iteration `n`.
    pub(super) fn cut(&mut self, n: u64) {
        self.recall();
        if self.done <= n {
            return;
        }
        self.derived.clear();
        self.latest.take_if(|(at, _)| *at > n);
        self.trace.truncate(usize::try_from(n * self.lane.substeps + 1).unwrap_or(usize::MAX));
        self.checkpoints.truncate(n);
        if self.diverged_at().is_none_or(|at| at > n) {
            self.outcome = Outcome::Running;
        }
        self.stand_at(n);
    }

    /// Goes on from iteration `n`, which is recorded.
    pub(super) fn stand_at(&mut self, n: u64) {
        let (from, state) = self.checkpoints.before(n);
        (self.head, self.done) = (Head::Back(from, state), n);
    }
}
