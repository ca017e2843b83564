//! What is kept of every step of a cloud: moments and gauges of each shard, put together in their order.

use super::super::lanes::{Floats, Lanes, Work, only_wide};
use super::super::{Moments, Probe, State, Trace};
use super::gauges::{Gauges, Sums};
use super::shards::Shard;
use super::single::Clock;
use super::words::Kernel;

/// Steps of a cloud that are recorded before the shards are put together.
pub(super) const STEPS: u64 = 64;

/// What a trace asks of the shards.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted {
    positions: bool,
    velocities: bool,
    gauges: Gauges,
}

impl Wanted {
    /// What the probes of `trace` need; `None` if one of them cannot be served.
    pub fn of(trace: &Trace, state: &State) -> Option<Wanted> {
        let mut wanted = Wanted::default();
        for probe in trace.probes() {
            match *probe {
                Probe::Step | Probe::Time | Probe::Potential => {}
                Probe::Position(i) | Probe::Velocity(i) if i < state.dim() => {}
                Probe::MeanPosition(i) | Probe::SpreadPosition(i) if i < state.dim() => wanted.positions = true,
                Probe::VarianceVelocity(i) if i < state.dim() => wanted.velocities = true,
                Probe::Mean(gauge) if wanted.gauges.add(gauge) => {}
                _ => return None,
            }
        }
        Some(wanted)
    }
}

/// One shard after one step, or all of them together.
#[derive(Clone, Copy)]
pub(super) struct Row<const D: usize> {
    q: [Moments; D],
    v: [Moments; D],
    /// Position and velocity of its first particle, and its potential.
    first: ([f64; D], [f64; D], f64),
    /// Number of particles, and the sum of every gauge over them.
    count: f64,
    sums: Sums,
}

impl<const D: usize> Row<D> {
    /// What is wanted of a shard; compiled apart from the words, because it is the same for all of them.
    pub fn of<K: Kernel<D>>(shard: &Shard<'_, D>, kernel: &K, wanted: Wanted) -> Option<Self> {
        only_wide(Look { shard, kernel, wanted })
    }

    #[inline(always)]
    fn read_off<L: Lanes, K: Kernel<D>>(shard: &Shard<'_, D>, kernel: &K, wanted: Wanted) -> Self {
        let leader = |rows: &[&mut [f64]; D]| std::array::from_fn(|i| rows[i].first().copied().unwrap_or(f64::NAN));
        let q = leader(&shard.q);
        let (sums, positions) = wanted.gauges.sum::<L, K, D>(shard, *kernel);
        let mut moments = [[Moments::default(); D]; 2];
        for i in 0..D {
            if wanted.positions {
                moments[0][i] = Moments::around::<L>(shard.q[i], positions[i]);
            }
            if wanted.velocities {
                moments[1][i] = Moments::of_lanes::<L>(shard.v[i]);
            }
        }
        Row {
            q: moments[0],
            v: moments[1],
            first: (q, leader(&shard.v), if shard.index == 0 { kernel.value(q) } else { f64::NAN }),
            count: shard.len() as f64,
            sums,
        }
    }

    /// The shards so far together with the next one.
    fn with(self, next: &Row<D>) -> Self {
        let add = |a: [Moments; D], b: &[Moments; D]| std::array::from_fn(|i| a[i].with(b[i]));
        let (q, v, sums) = (add(self.q, &next.q), add(self.v, &next.v), self.sums.with(&next.sums));
        Row { q, v, count: self.count + next.count, sums, ..self }
    }

    fn read(&self, probe: Probe) -> f64 {
        let (q, v, value) = &self.first;
        match probe {
            Probe::Position(i) => q[i],
            Probe::Velocity(i) => v[i],
            Probe::MeanPosition(i) => self.q[i].mean,
            Probe::SpreadPosition(i) => libm::sqrt(self.q[i].variance()),
            Probe::VarianceVelocity(i) => self.v[i].variance(),
            Probe::Potential => *value,
            Probe::Mean(gauge) => self.sums.of(gauge) / self.count,
            // The clock is written apart, and a trace with any of the others is not served here.
            Probe::Step | Probe::Time | Probe::Remembered(..) => f64::NAN,
            Probe::MeanBooked(_) | Probe::SpreadBooked(_) | Probe::Measured(_) | Probe::Quantile(_) => f64::NAN,
        }
    }
}

/// A look at a shard after a step.
struct Look<'a, 's, K, const D: usize> {
    shard: &'a Shard<'s, D>,
    kernel: &'a K,
    wanted: Wanted,
}

impl<K: Kernel<D>, const D: usize> Work for Look<'_, '_, K, D> {
    type Output = Row<D>;

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(self) -> Row<D> {
        Row::read_off::<L, K>(self.shard, self.kernel, self.wanted)
    }
}

/// Appends the rows of all shards, in their order, to a trace all of whose probes they serve.
pub(super) fn append<const D: usize>(trace: &mut Trace, shards: &[Vec<Row<D>>], clock: Clock) {
    let steps = shards.first().map_or(0, Vec::len);
    let nothing = [Moments::default(); D];
    let rows: Vec<Row<D>> = (0..steps)
        .map(|step| {
            let first = shards[0][step].first;
            let start = Row { q: nothing, v: nothing, first, count: 0.0, sums: Sums::default() };
            shards.iter().fold(start, |sum, shard| sum.with(&shard[step]))
        })
        .collect();
    trace.reserve(steps);
    for (probe, places) in trace.blank(steps) {
        match probe {
            Probe::Step => clock.steps(places),
            Probe::Time => clock.times(places),
            _ => places.iter_mut().zip(&rows).for_each(|(place, row)| *place = row.read(probe)),
        }
    }
    trace.keep(steps);
}
