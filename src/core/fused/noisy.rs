//! Many particles with noise: a shard of them, small enough for the first cache, makes all its steps.

use super::super::Noise;
use super::super::lanes::{Floats, Lanes, Work, only_wide};
use super::super::noise::{BLOCK, Stream};
use super::cloud::{Stretch, load, store};
use super::record::Row;
use super::shards::Shard;
use super::words::{Cell, DRAWS, Kernel, MOST, Word};
use super::{CAUTION, SEGMENT};

pub(super) use super::super::noise::SHARD;

/// Makes the steps of one shard, the first of them step number `from` of the run, and gives what was
/// recorded of them; `None` if a particle left the safe range.
pub(super) fn steps<W: Word, K: Kernel<D>, const D: usize>(
    stretch: Stretch<W, K, D>,
    shard: Shard<'_, D>,
    noise: &Noise,
    from: u64,
) -> Option<Vec<Row<D>>> {
    only_wide(Noisy { stretch, shard, noise, from }).flatten()
}

struct Noisy<'a, W, K, const D: usize> {
    stretch: Stretch<W, K, D>,
    shard: Shard<'a, D>,
    noise: &'a Noise,
    from: u64,
}

/// Deviates of one block: by draw, by coordinate.
type Deviates<const D: usize> = [[[f32; BLOCK]; D]; DRAWS];

impl<W: Word, K: Kernel<D>, const D: usize> Work for Noisy<'_, W, K, D> {
    type Output = Option<Vec<Row<D>>>;

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(mut self) -> Self::Output {
        self.shard.save();
        let mut rows = Vec::with_capacity(if self.stretch.wanted.is_some() { self.stretch.steps as usize } else { 0 });
        let mut xi: Deviates<D> = [[[0.0; BLOCK]; D]; DRAWS];
        for step in 0..self.stretch.steps {
            self.step::<L, F>(step, &mut xi);
            if let Some(wanted) = self.stretch.wanted {
                rows.push(Row::of(&self.shard, &self.stretch.kernel, wanted)?);
            }
            let look = (step + 1) % SEGMENT == 0 || step + 1 == self.stretch.steps;
            if look && !is_safe::<L, D>(&self.shard) {
                return None;
            }
        }
        Some(rows)
    }
}

impl<W: Word, K: Kernel<D>, const D: usize> Noisy<'_, W, K, D> {
    /// One step of the whole shard, block by block.
    #[inline(always)]
    fn step<L: Lanes, F: Floats>(&mut self, step: u64, xi: &mut Deviates<D>) {
        let stream = |draw: usize, i: usize| {
            self.noise.stream(self.shard.index as u32, i as u32, self.from + step, draw as u32, SHARD)
        };
        let mut streams: [[Stream; D]; DRAWS] = std::array::from_fn(|draw| {
            std::array::from_fn(|i| if draw < W::DRAWS { stream(draw, i) } else { Stream::silent() })
        });
        let n = self.shard.len();
        for first in (0..n).step_by(BLOCK) {
            for draw in 0..W::DRAWS {
                for i in 0..D {
                    streams[draw][i].fill_with::<F>(&mut xi[draw][i]);
                }
            }
            let end = (first + BLOCK).min(n);
            let mut at = first;
            while at + L::COUNT <= end {
                self.cell::<L>(at, first, xi);
                at += L::COUNT;
            }
            while at < end {
                self.cell::<f64>(at, first, xi);
                at += 1;
            }
        }
    }

    /// One step of the particles from `at` on, in the block that begins at `first`.
    #[inline(always)]
    fn cell<L: Lanes>(&mut self, at: usize, first: usize, xi: &Deviates<D>) {
        let mut coefficients = [L::splat(0.0); MOST];
        for (all, one) in coefficients.iter_mut().zip(&self.stretch.coefficients) {
            *all = L::splat(*one);
        }
        let mut deviates = [[L::splat(0.0); D]; DRAWS];
        for draw in 0..W::DRAWS {
            for i in 0..D {
                deviates[draw][i] = L::widen(&xi[draw][i], at - first);
            }
        }
        let mut cell: Cell<L, D> = load(&self.shard, at, W::CARRIES_FORCE);
        W::step(&self.stretch.kernel, &coefficients, &deviates, &mut cell);
        store(&cell, &mut self.shard, at);
    }
}

/// Whether every particle is in the safe range.
#[inline(always)]
fn is_safe<L: Lanes, const D: usize>(shard: &Shard<'_, D>) -> bool {
    let (n, mut at, mut safe) = (shard.len(), 0, true);
    while at + L::COUNT <= n {
        safe &= load::<L, D>(shard, at, false).is_within(CAUTION);
        at += L::COUNT;
    }
    while at < n {
        safe &= load::<f64, D>(shard, at, false).is_within(CAUTION);
        at += 1;
    }
    safe
}
