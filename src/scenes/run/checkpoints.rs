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
        let most = bytes.checked_div(start.bytes()).unwrap_or(MOST).clamp(2, MOST);
        Checkpoints { kept: vec![(0, start)], spacing: SPACING, most }
    }

    /// Only the start, and nothing that is offered later.
    pub fn none(start: Arc<State>) -> Self {
        Checkpoints { kept: vec![(0, start)], spacing: u64::MAX, most: MOST }
    }

    /// States that were kept elsewhere, by iteration, with room as in [`Checkpoints::new`]; `None` if there are
    /// none or they are not in order.
    pub fn of(kept: Vec<(u64, Arc<State>)>, bytes: usize) -> Option<Self> {
        let (last, start) = (kept.last()?.0, kept.first()?.1.clone());
        let Checkpoints { most, mut spacing, .. } = Checkpoints::new(start, bytes);
        while last / spacing >= most as u64 {
            spacing *= 2;
        }
        kept.is_sorted_by(|a, b| a.0 < b.0).then_some(Checkpoints { kept, spacing, most })
    }

    /// The states kept up to iteration `n`.
    pub fn until(&self, n: u64) -> &[(u64, Arc<State>)] {
        &self.kept[..self.kept.partition_point(|(at, _)| *at <= n)]
    }

    /// The first state, the last but one (the last if it is alone) and the last.
    pub fn ends(&self) -> [&(u64, Arc<State>); 3] {
        let last = self.kept.len() - 1;
        [0, last.saturating_sub(1), last].map(|k| &self.kept[k])
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
        self.kept.iter().map(|(_, state)| state.bytes()).sum()
    }
}
