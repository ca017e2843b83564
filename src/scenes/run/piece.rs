//! A stretch of a run to be made on another thread, and what comes back of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::checkpoints::Checkpoints;
use super::track::Track;
use crate::core::{Outcome, Probe, State, Trace};

/// Particle-steps of the first share of the work, and of the largest: every share passes the arrays of a large
/// cloud through memory once.
const WORK: u64 = 2_000_000;
const MOST: u64 = 16 * WORK;

/// What a lane lends for a stretch of its way.
pub(super) struct Piece {
    pub track: Track,
    pub probes: Vec<Probe>,
    pub checkpoints: Checkpoints,
    /// A state on the way, the iteration it belongs to, and the last iteration that is recorded already.
    pub state: Origin,
    pub from: u64,
    pub done: u64,
    pub outcome: Outcome,
    /// Whether somebody wants to look at a state since the last delivery.
    pub looked: Arc<AtomicBool>,
}

/// Where a lane goes on from.
pub(super) enum Origin {
    /// A state of its own.
    Own(Box<State>),
    /// One kept for others too.
    Shared(Arc<State>),
}

/// What a lane has done in a stretch.
pub(super) struct Deed {
    pub rows: Trace,
    pub done: u64,
    pub outcome: Outcome,
    pub checkpoints: Checkpoints,
    /// A copy of where it stands, if somebody wants to look.
    pub latest: Option<(u64, Arc<State>)>,
    /// Where it stands, at the end of the work.
    pub state: Option<Box<State>>,
}

/// A delivery: what every lane has done since the one before.
pub struct Part(pub(super) Vec<Deed>);

impl Part {
    /// Whether it is the last one.
    pub fn is_last(&self) -> bool {
        self.0.iter().all(|deed| deed.state.is_some())
    }
}

/// A stretch of all lanes of a run; it holds all that it takes to make it.
pub struct Errand {
    pub(super) pieces: Vec<Piece>,
    pub(super) until: u64,
}

impl Errand {
    /// Makes the stretch, delivering every now and then when it is `wanted` and once at the end, unless
    /// `stop` is set; `rest` makes where it is the end. What is made does not depend on when it is delivered.
    pub fn make(self, [stop, rest]: [&AtomicBool; 2], wanted: impl Fn() -> bool, mut deliver: impl FnMut(Part)) {
        let mut workers: Vec<Worker> = Vec::new();
        for piece in self.pieces {
            let Some(worker) = Worker::new(piece, stop) else { return };
            workers.push(worker);
        }
        let (mut work, mut share) = (0_u64, WORK);
        while workers.iter().any(|w| w.piece.done < self.until) && !rest.load(Ordering::Relaxed) {
            for worker in &mut workers {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let before = worker.piece.done;
                worker.make_some(self.until, share);
                let per = worker.piece.track.cost(worker.state.n());
                work = work.saturating_add(per.saturating_mul(worker.piece.done - before));
            }
            share = (2 * share).min(MOST);
            if work >= WORK && wanted() && workers.iter().any(|w| w.piece.done < self.until) {
                deliver(Part(workers.iter_mut().map(Worker::part).collect()));
                work = 0;
            }
        }
        deliver(Part(workers.into_iter().map(Worker::last).collect()));
    }
}

/// A piece under way.
struct Worker {
    piece: Piece,
    state: Box<State>,
    rows: Trace,
    /// Copies that were delivered; their memory is used again once nobody looks at them any more.
    copies: Vec<Arc<State>>,
}

impl Worker {
    /// Goes to where the recording begins; `None` if it was stopped on the way.
    fn new(mut piece: Piece, stop: &AtomicBool) -> Option<Self> {
        let own = Origin::Own(Box::new(State::at(&[], &[], 1, 0, 0)));
        let mut state = match std::mem::replace(&mut piece.state, own) {
            Origin::Own(state) => state,
            Origin::Shared(state) => Box::new((*state).clone()),
        };
        let there = piece.track.go(&mut state, piece.from, piece.done, stop);
        let rows = Trace::new(&piece.probes, 0);
        there.then_some(Worker { piece, state, rows, copies: Vec::new() })
    }

    /// Goes on towards iteration `until`, by `share` particle-steps or as many as make one stretch.
    fn make_some(&mut self, until: u64, share: u64) {
        let piece = &mut self.piece;
        if piece.done >= until {
            return;
        }
        let n = self.state.n();
        let some = (share / piece.track.cost(n).max(1)).clamp(1, piece.track.stretch(piece.done, n));
        let soon = until.min(piece.done.saturating_add(some)).min(piece.checkpoints.due_after(piece.done));
        let to = piece.track.unchanged(piece.done, soon);
        if piece.outcome == Outcome::Running {
            piece.outcome = piece.track.steps(piece.done, to - piece.done, &mut self.state, &mut self.rows);
        }
        piece.done = to;
        if piece.outcome == Outcome::Running {
            piece.checkpoints.offer(to, &self.state);
        }
    }

    fn part(&mut self) -> Deed {
        let rows = std::mem::replace(&mut self.rows, Trace::new(&self.piece.probes, 0));
        let latest = self.piece.looked.swap(false, Ordering::Relaxed).then(|| self.copied());
        let Piece { done, outcome, checkpoints, .. } = &self.piece;
        let latest = latest.map(|state| (*done, state));
        Deed { rows, done: *done, outcome: *outcome, checkpoints: checkpoints.clone(), latest, state: None }
    }

    /// A copy of where it stands.
    fn copied(&mut self) -> Arc<State> {
        let spare = self.copies.iter().position(|copy| Arc::strong_count(copy) == 1);
        let mut copy = spare.map_or_else(|| Arc::new(State::at(&[], &[], 1, 0, 0)), |k| self.copies.swap_remove(k));
        if let Some(state) = Arc::get_mut(&mut copy) {
            state.copy_from(&self.state);
        }
        self.copies.push(copy.clone());
        copy
    }

    fn last(mut self) -> Deed {
        let deed = self.part();
        Deed { state: Some(self.state), ..deed }
    }
}
