//! The arrays of a state, cut into pieces that can be worked on at the same time.

use std::slice::ChunksMut;

use super::super::State;
use super::super::lanes::Lanes;
use super::saved::Saved;
use super::words::Cell;

/// A run of neighbouring particles: one slice of every array.
pub(super) struct Shard<'a, const D: usize> {
    /// Number of the shard.
    pub index: usize,
    /// Positions by coordinate.
    pub q: [&'a mut [f64]; D],
    /// Velocities by coordinate.
    pub v: [&'a mut [f64]; D],
    /// Stored forces by coordinate.
    pub f: [&'a mut [f64]; D],
    /// Where positions, velocities and forces are kept; empty for what need not be.
    saved: [[&'a mut [f64]; D]; 3],
}

impl<const D: usize> Shard<'_, D> {
    /// Keeps what the shard is now.
    #[inline(always)]
    pub fn save(&mut self) {
        for (saved, now) in self.saved.iter_mut().zip([&self.q, &self.v, &self.f]) {
            for (saved, now) in saved.iter_mut().zip(now) {
                let kept = saved.len();
                saved.copy_from_slice(&now[..kept]);
            }
        }
    }

    /// Keeps what the particles from `at` on are now, which are in `cell`.
    #[inline(always)]
    pub fn save_cell<L: Lanes>(&mut self, at: usize, cell: &Cell<L, D>, with_force: bool) {
        let [q, v, f] = &mut self.saved;
        for i in 0..D {
            cell.q[i].store(q[i], at);
            cell.v[i].store(v[i], at);
            if with_force {
                cell.f[i].store(f[i], at);
            }
        }
    }

    /// Number of particles.
    pub fn len(&self) -> usize {
        self.q.first().map_or(0, |q| q.len())
    }
}

/// The particles of a state in shards of `size`, the last one perhaps shorter, with as much of `saved`
/// beside each as it takes to make its steps again.
pub(super) fn cut<'a, const D: usize>(state: &'a mut State, saved: &'a mut Saved, size: usize) -> Vec<Shard<'a, D>> {
    let n = state.n();
    let mut q = rows::<D>(&mut state.q, n, size);
    let mut v = rows::<D>(&mut state.v, n, size);
    let mut f = rows::<D>(&mut state.f, n, size);
    let [mut old_q, mut old_v, mut old_f] = saved.arrays().map(|array| rows::<D>(array, n, size));
    let shard = |index| {
        let saved = [next(&mut old_q), next(&mut old_v), next(&mut old_f)];
        Shard { index, q: next(&mut q), v: next(&mut v), f: next(&mut f), saved }
    };
    (0..n.div_ceil(size)).map(shard).collect()
}

/// The next piece of every row.
fn next<'a, const D: usize>(rows: &mut [ChunksMut<'a, f64>; D]) -> [&'a mut [f64]; D] {
    std::array::from_fn(|i| rows[i].next().unwrap_or_default())
}

/// Every coordinate's row in pieces.
fn rows<const D: usize>(array: &mut [f64], n: usize, size: usize) -> [ChunksMut<'_, f64>; D] {
    let mut rows = array.chunks_mut(n.max(1));
    std::array::from_fn(|_| rows.next().unwrap_or_default().chunks_mut(size.max(1)))
}
