//! Many particles without noise: a few of them make all their steps, then the next few.

use rayon::prelude::*;

use super::super::State;
use super::super::lanes::{Floats, Lanes, Work, only_wide};
use super::record::{self, Row, Wanted};
use super::saved::Saved;
use super::shards::{Shard, cut};
use super::single::Clock;
use super::words::{Cell, DRAWS, Kernel, MOST, Task, Word, with_word};
use super::{CAUTION, Call, SEGMENT, STRETCH, noisy, tick};

/// Registers of particles that step side by side: enough to hide the latency of a step.
const SIDE_BY_SIDE: usize = 6;

/// Particle-steps below which a second thread costs more than it brings.
const ALONE: u64 = 1 << 15;

/// Makes the steps of a cloud; the number that were made.
pub(super) fn run<const D: usize, K: Kernel<D>>(call: &mut Call<'_>, kernel: K) -> u64 {
    let wanted = match &call.record {
        None => None,
        Some(trace) => match Wanted::of(trace, call.state) {
            None => return 0,
            wanted => wanted,
        },
    };
    let program = call.program;
    program.with_letters(|letters| with_word(letters, Stretches::<D, K> { call, kernel, wanted })).unwrap_or(0)
}

/// All steps of a call, one stretch after the other.
struct Stretches<'a, 'b, const D: usize, K> {
    call: &'a mut Call<'b>,
    kernel: K,
    wanted: Option<Wanted>,
}

impl<const D: usize, K: Kernel<D>> Task for Stretches<'_, '_, D, K> {
    type Output = u64;

    fn run<W: Word>(self, _: W) -> u64 {
        let Stretches { call, kernel, wanted } = self;
        let longest = if wanted.is_some() { record::STEPS } else { STRETCH };
        let (word, coefficients) = (std::marker::PhantomData::<W>, call.program.coefficients);
        let mut made = 0;
        while made < call.steps {
            let steps = (call.steps - made).min(longest);
            let mut saved = Saved::room(call.state, W::CARRIES_FORCE);
            let stretch = Stretch { word, kernel, coefficients, steps, wanted };
            let clock = Clock::of(call.state, call.dt);
            let Some(shards) = stretch.make(call.state, &mut saved) else {
                saved.back(call.state);
                break;
            };
            if let Some(trace) = &mut call.record {
                record::append(trace, &shards, clock);
            }
            tick(call.state, call.dt, steps);
            made += steps;
        }
        made
    }
}

/// What every shard of a stretch has to know.
#[derive(Clone, Copy)]
pub(super) struct Stretch<W, K, const D: usize> {
    word: std::marker::PhantomData<W>,
    pub kernel: K,
    pub coefficients: [f64; MOST],
    pub steps: u64,
    pub wanted: Option<Wanted>,
}

impl<W: Word, K: Kernel<D>, const D: usize> Stretch<W, K, D> {
    /// Makes the steps of all particles and gives what was recorded, shard by shard; `None` if a particle
    /// left the safe range.
    fn make(self, state: &mut State, saved: &mut Saved) -> Option<Vec<Vec<Row<D>>>> {
        let n = state.n();
        let alone = n as u64 * self.steps < ALONE;
        if W::IS_NOISY || self.wanted.is_some() {
            let (noise, from) = (state.noise.clone(), state.step);
            let one = |shard| noisy::steps(self, shard, &noise, from);
            return each(cut::<D>(state, saved, noisy::SHARD), alone, one);
        }
        // A multiple of what steps side by side, however wide the registers are.
        let group = 8 * SIDE_BY_SIDE;
        let size = if alone { n } else { n.div_ceil(4 * rayon::current_num_threads()).clamp(1, 4096) };
        let one = |shard| only_wide(Quiet { stretch: self, shard }).filter(|safe| *safe).map(|_| Vec::new());
        each(cut::<D>(state, saved, size.next_multiple_of(group)), alone, one)
    }
}

/// Does the work of every shard, all of them to their end, on one thread or on several.
fn each<'a, const D: usize, T: Send>(
    shards: Vec<Shard<'a, D>>,
    alone: bool,
    one: impl Fn(Shard<'a, D>) -> Option<T> + Sync + Send,
) -> Option<Vec<T>> {
    let done: Vec<Option<T>> =
        if alone { shards.into_iter().map(one).collect() } else { shards.into_par_iter().map(one).collect() };
    done.into_iter().collect()
}

/// One shard's steps.
struct Quiet<'a, W, K, const D: usize> {
    stretch: Stretch<W, K, D>,
    shard: Shard<'a, D>,
}

impl<W: Word, K: Kernel<D>, const D: usize> Work for Quiet<'_, W, K, D> {
    type Output = bool;

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(mut self) -> bool {
        let (stretch, shard) = (&self.stretch, &mut self.shard);
        let (n, side) = (shard.len(), SIDE_BY_SIDE * L::COUNT);
        let wide = n - n % L::COUNT;
        let mut safe = true;
        for at in (0..wide).step_by(side) {
            safe &= group::<L, W, K, D>(stretch, shard, at, wide);
        }
        for at in (wide..n).step_by(SIDE_BY_SIDE) {
            safe &= group::<f64, W, K, D>(stretch, shard, at, n);
        }
        safe
    }
}

/// Makes all steps of the registers of particles from `at` on that step side by side, or of those there
/// are before `end`. A place that is left over makes the steps of the first register once more, which takes
/// no longer and changes nothing.
#[inline(always)]
fn group<L: Lanes, W: Word, K: Kernel<D>, const D: usize>(
    stretch: &Stretch<W, K, D>,
    shard: &mut Shard<'_, D>,
    at: usize,
    end: usize,
) -> bool {
    let coefficients = stretch.coefficients.map(L::splat);
    let place = |u: usize| if at + u * L::COUNT < end { at + u * L::COUNT } else { at };
    let mut cells = [Cell::<L, D>::origin(); SIDE_BY_SIDE];
    for (u, cell) in cells.iter_mut().enumerate() {
        *cell = load(shard, place(u), W::CARRIES_FORCE);
        shard.save_cell(place(u), cell, W::CARRIES_FORCE);
    }
    let mut left = stretch.steps;
    let mut safe = true;
    while left > 0 && safe {
        let before = cells;
        let steps = left.min(SEGMENT);
        for _ in 1..steps {
            for cell in &mut cells {
                step::<L, W, K, D>(&stretch.kernel, &coefficients, cell);
            }
        }
        for cell in &mut cells {
            W::step(&stretch.kernel, &coefficients, &[[L::splat(0.0); D]; DRAWS], cell);
        }
        safe = cells.iter().all(|cell| cell.is_within(CAUTION));
        left -= steps;
        // A cell that is where it was goes round for ever: whole rounds need not be made.
        if steps == SEGMENT && cells.iter().zip(&before).all(|(cell, before)| cell.same(before)) {
            left %= SEGMENT;
        }
    }
    for (u, cell) in cells.iter().enumerate() {
        store(cell, shard, place(u));
    }
    safe
}

/// One step that keeps the force only if the next one needs it, which saves registers.
#[inline(always)]
fn step<L: Lanes, W: Word, K: Kernel<D>, const D: usize>(kernel: &K, coefficients: &[L; MOST], cell: &mut Cell<L, D>) {
    let mut after = *cell;
    W::step(kernel, coefficients, &[[L::splat(0.0); D]; DRAWS], &mut after);
    let f = if W::CARRIES_FORCE { after.f } else { cell.f };
    *cell = Cell { f, ..after };
}

/// The particles from `at` on, with their forces or without.
#[inline(always)]
pub(super) fn load<L: Lanes, const D: usize>(shard: &Shard<'_, D>, at: usize, with_force: bool) -> Cell<L, D> {
    let mut cell = Cell::origin();
    for i in 0..D {
        cell.q[i] = L::load(shard.q[i], at);
        cell.v[i] = L::load(shard.v[i], at);
        if with_force {
            cell.f[i] = L::load(shard.f[i], at);
        }
    }
    cell
}

/// Puts particles back where they came from.
#[inline(always)]
pub(super) fn store<L: Lanes, const D: usize>(cell: &Cell<L, D>, shard: &mut Shard<'_, D>, at: usize) {
    for i in 0..D {
        cell.q[i].store(shard.q[i], at);
        cell.v[i].store(shard.v[i], at);
        cell.f[i].store(shard.f[i], at);
    }
}
