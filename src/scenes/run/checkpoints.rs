//! States kept along a lane's way, so that any moment is a short way from one of them.

use std::sync::Arc;

use crate::core::State;

/// Iterations between two kept states, while memory allows.
const SPACING: u64 = 32;
/// Most states kept of a lane, however small they are.
const MOST: usize = 4096;

/// Bytes that the kept states of one lane may fill.
pub const BUDGET: usize = 256 << 20;

/// The kept states of a lane by iteration, the start first. A clone shares them.
#[derive(Clone)]
pub struct Checkpoints {
    kept: Vec<(u64, Arc<State>)>,
    spacing: u64,
    most: usize,
}

impl Checkpoints {
    /// Only the start, with room for so many states as fit into `bytes`, two at least.
    pub fn new(start: Arc<State>, bytes: usize) -> Self {
        let most = bytes.checked_div(size(&start)).unwrap_or(MOST).clamp(2, MOST);
        Checkpoints { kept: vec![(0, start)], spacing: SPACING, most }
    }

    /// Only the start, and nothing that is offered later.
    pub fn none(start: Arc<State>) -> Self {
        Checkpoints { kept: vec![(0, start)], spacing: u64::MAX, most: MOST }
    }

    /// The first iteration after `n` whose state may be due.
    pub fn due_after(&self, n: u64) -> u64 {
        (n / self.spacing + 1).saturating_mul(self.spacing)
    }

    /// Keeps a state if one is due at its iteration. When there is no room left, every second one goes
    /// and they lie twice as far apart from then on.
    pub fn offer(&mut self, n: u64, state: &State) {
        if !n.is_multiple_of(self.spacing) || self.kept.last().is_some_and(|(last, _)| *last >= n) {
            return;
        }
        if self.kept.len() >= self.most {
            self.spacing *= 2;
            self.kept.retain(|(at, _)| at.is_multiple_of(self.spacing));
            return self.offer(n, state);
        }
        self.kept.push((n, Arc::new(state.clone())));
    }

    /// The last state kept at or before iteration `n`.
    pub fn before(&self, n: u64) -> (u64, Arc<State>) {
        let after = self.kept.partition_point(|(at, _)| *at <= n);
        let (at, state) = &self.kept[after.max(1) - 1];
        (*at, state.clone())
    }

    /// Forgets the states after iteration `n`.
    pub fn truncate(&mut self, n: u64) {
        self.kept.retain(|(at, _)| *at <= n);
    }

    /// Bytes that the kept states fill.
    pub fn bytes(&self) -> usize {
        self.kept.iter().map(|(_, state)| size(state)).sum()
    }
}

/// Bytes that the arrays of a state fill.
fn size(state: &State) -> usize {
    let slots: usize = state.slots.iter().map(Vec::len).sum();
    size_of::<f64>() * (state.q.len() + state.v.len() + state.f.len() + slots).max(1)
}
