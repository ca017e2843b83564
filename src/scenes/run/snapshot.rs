//! What is kept of a long run, so that it can be gone on with after its program was killed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{BUDGET, Checkpoints, LaneRun, Run};
use crate::core::{Probe, State, Trace};

/// Particle-steps, weighed by what the fields take, from which on a run is long: some seconds of work.
const LONG: u64 = 4_000_000_000;

/// Bytes that a snapshot fills at most.
const ROOM: usize = 32 << 20;

/// A run as far as it is made: all its rows, and some of its states.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    done: u64,
    lanes: Vec<Part>,
}

/// A lane of it. Noise is not kept, because it is a function of the plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Part {
    /// Every recorded column up to the iteration the snapshot ends at.
    columns: Vec<Vec<f64>>,
    /// States by iteration, the start first.
    states: Vec<(u64, Arc<State>)>,
}

impl Snapshot {
    /// The iteration it ends at.
    pub fn done(&self) -> u64 {
        self.done
    }

    fn bytes(&self) -> usize {
        self.lanes.iter().map(|lane| lane.row_bytes() + lane.state_bytes()).sum()
    }

    /// Leaves out every second of its states, the last two excepted; `false` if there are no others.
    fn thin(&mut self) -> bool {
        let mut thinner = false;
        for lane in &mut self.lanes {
            let (count, mut k) = (lane.states.len(), 0);
            lane.states.retain(|_| {
                k += 1;
                k == 1 || k + 2 > count || k % 2 == 1
            });
            thinner |= lane.states.len() < count;
        }
        thinner
    }
}

impl Part {
    fn row_bytes(&self) -> usize {
        self.columns.iter().map(|column| size_of::<f64>() * column.len()).sum()
    }

    fn state_bytes(&self) -> usize {
        self.states.iter().map(|(_, state)| state.bytes()).sum()
    }
}

impl Run {
    /// Whether all of it takes so long that it is worth being kept.
    pub fn is_long(&self) -> bool {
        self.cost().saturating_mul(self.horizon) >= LONG
    }

    /// Whether its lanes begin with the numbers of `other`'s, bit for bit.
    pub fn begins(&self, other: &Run) -> bool {
        let [mine, others] = [self, other].map(|run| run.lanes.iter().map(|lane| &lane.trace));
        mine.len() == others.len() && mine.zip(others).all(|(a, b)| a.begins(b))
    }

    /// What it has made so far, up to the last state that every lane keeps; `None` if that is the start, or
    /// if it is too large to be kept.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let done = self.lanes.iter().map(LaneRun::last_kept).min()?;
        let numbers = |lane: &LaneRun| lane.trace.probes().len() as u64 * done * lane.lane.substeps;
        if done == 0 || self.lanes.iter().map(numbers).sum::<u64>() > (ROOM / size_of::<f64>()) as u64 {
            return None;
        }
        let mut snapshot = Snapshot { done, lanes: self.lanes.iter().map(|lane| lane.part(done)).collect() };
        while snapshot.bytes() > ROOM {
            if !snapshot.thin() {
                return None;
            }
        }
        Some(snapshot)
    }

    /// This run, which has not stepped yet but knows the changes on its way, as far as `snapshot` goes; `None`
    /// if that is not believed. It is if it begins with the same numbers and its last stretch, made again, gives
    /// the same bits: then the program, the data and the plan are still those it was made with.
    pub fn revived(mut self, snapshot: Snapshot) -> Option<Run> {
        let done = snapshot.done;
        if self.done() != 0 || done > self.horizon || snapshot.lanes.len() != self.lanes.len() {
            return None;
        }
        for (lane, part) in self.lanes.iter_mut().zip(snapshot.lanes) {
            if !lane.revive(part, done) {
                return None;
            }
        }
        self.go_on();
        Some(self)
    }
}

impl LaneRun {
    fn last_kept(&self) -> u64 {
        self.checkpoints.ends()[2].0
    }

    fn part(&self, done: u64) -> Part {
        let rows = usize::try_from(done * self.lane.substeps + 1).unwrap_or(usize::MAX);
        let column = |probe: &Probe| self.trace.column(*probe).iter().copied().take(rows).collect();
        let columns = self.trace.probes().iter().map(column).collect();
        Part { columns, states: self.checkpoints.until(done).to_vec() }
    }

    /// Takes over what was kept up to iteration `done`; `false` if it is not that of this lane.
    fn revive(&mut self, part: Part, done: u64) -> bool {
        let Some(trace) = Trace::of(self.trace.probes(), part.columns) else { return false };
        let rows = usize::try_from(done * self.lane.substeps + 1).unwrap_or(usize::MAX);
        if trace.len() != rows || !self.trace.begins(&trace) {
            return false;
        }
        let start = &self.lane.start;
        let own = |(at, state): (u64, Arc<State>)| {
            let mut state = Arc::unwrap_or_clone(state);
            state.noise = start.noise.clone();
            state.fits(start).then(|| (at, Arc::new(state)))
        };
        let states: Option<Vec<_>> = part.states.into_iter().map(own).collect();
        let Some(checkpoints) = states.and_then(|states| Checkpoints::of(states, BUDGET)) else { return false };
        if !self.is_made_again(&checkpoints) {
            return false;
        }
        (self.trace, self.checkpoints) = (trace, checkpoints);
        self.stand_at(done);
        true
    }

    /// Whether what is kept begins with the start, and the way from the last state but one to the last gives
    /// the last, bit for bit.
    fn is_made_again(&self, checkpoints: &Checkpoints) -> bool {
        let [first, before, last] = checkpoints.ends();
        let same = |a: &State, b: &State| a.step == b.step && a.q == b.q && a.v == b.v && a.slots == b.slots;
        let starts = first.0 == 0 && first.1.q == self.lane.start.q && first.1.v == self.lane.start.v;
        starts && same(&self.rebuilt(before.0, &before.1, last.0), &last.1)
    }
}
