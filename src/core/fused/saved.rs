//! The state of a cloud at the beginning of a stretch, in case the stretch has to be made again.

use std::cell::RefCell;

use super::super::State;

thread_local! {
    /// Memory that is used again: fresh pages of a large cloud would cost more than its steps.
    static POOL: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
}

/// Room for positions and velocities, and for the force if a step begins with it. What is in it is put
/// there shard by shard, while the shard is in the cache.
pub(super) struct Saved {
    numbers: Vec<f64>,
    /// Length of one array.
    len: usize,
    with_force: bool,
}

impl Saved {
    /// Room for what it takes to make the next step of `state` again.
    pub fn room(state: &State, with_force: bool) -> Self {
        let (mut numbers, len) = (POOL.take(), state.q.len());
        numbers.resize(len * if with_force { 3 } else { 2 }, 0.0);
        Saved { numbers, len, with_force }
    }

    /// Room for positions, velocities and forces, each `[dim][n]`; none for forces that are not needed.
    pub fn arrays(&mut self) -> [&mut [f64]; 3] {
        let (q, rest) = self.numbers.split_at_mut(self.len);
        let (v, f) = rest.split_at_mut(self.len);
        [q, v, f]
    }

    /// Puts everything back.
    pub fn back(&mut self, state: &mut State) {
        let with_force = self.with_force;
        let [q, v, f] = self.arrays();
        state.q.copy_from_slice(q);
        state.v.copy_from_slice(v);
        if with_force {
            state.f.copy_from_slice(f);
        }
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        POOL.set(std::mem::take(&mut self.numbers));
    }
}
