//! What is kept of every step of a cloud: moments and gauges of each shard, put together in their order.

use super::super::lanes::{Floats, Lanes, Work, only_wide};
use super::super::{Gauge, Moments, Probe, State, Trace};
use super::gauges;
use super::shards::Shard;
use super::single::Clock;
use super::words::Kernel;

/// Steps of a cloud that are recorded before the shards are put together.
pub(super) const STEPS: u64 = 64;

/// Different gauges in one trace at most.
const GAUGES: usize = 6;

/// What a trace asks of the shards.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted {
    positions: bool,
    velocities: bool,
    /// The gauges, the first places first.
    gauges: [Option<Gauge>; GAUGES],
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
                Probe::Mean(gauge) => {
                    let place = wanted.gauges.iter_mut().find(|g| g.is_none_or(|g| g == gauge))?;
                    *place = Some(gauge);
                }
                _ => return None,
            }
        }
        Some(wanted)
    }

    /// The place of a gauge.
    fn place(&self, gauge: Gauge) -> Option<usize> {
        self.gauges.iter().position(|g| *g == Some(gauge))
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
    sums: [f64; GAUGES],
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
        let (mut moments, mut sums) = ([[Moments::default(); D]; 2], [0.0; GAUGES]);
        for (moments, (rows, is_wanted)) in
            moments.iter_mut().zip([(&shard.q, wanted.positions), (&shard.v, wanted.velocities)])
        {
            for (moments, row) in moments.iter_mut().zip(rows).filter(|_| is_wanted) {
                *moments = Moments::of_lanes::<L>(row);
            }
        }
        for (sum, gauge) in sums.iter_mut().zip(wanted.gauges.iter().flatten()) {
            *sum = gauges::sum::<L, K, D>(*gauge, shard, kernel);
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
        let sums = std::array::from_fn(|i| self.sums[i] + next.sums[i]);
        Row { q: add(self.q, &next.q), v: add(self.v, &next.v), count: self.count + next.count, sums, ..self }
    }

    fn read(&self, probe: Probe, wanted: &Wanted) -> f64 {
        let (q, v, value) = &self.first;
        match probe {
            Probe::Position(i) => q[i],
            Probe::Velocity(i) => v[i],
            Probe::MeanPosition(i) => self.q[i].mean,
            Probe::SpreadPosition(i) => libm::sqrt(self.q[i].variance()),
            Probe::VarianceVelocity(i) => self.v[i].variance(),
            Probe::Potential => *value,
            Probe::Mean(gauge) => wanted.place(gauge).map_or(f64::NAN, |i| self.sums[i] / self.count),
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

/// Appends the rows of all shards, in their order, to a trace of which they are what is wanted.
pub(super) fn append<const D: usize>(trace: &mut Trace, wanted: &Wanted, shards: &[Vec<Row<D>>], clock: Clock) {
    let steps = shards.first().map_or(0, Vec::len);
    let nothing = [Moments::default(); D];
    let rows: Vec<Row<D>> = (0..steps)
        .map(|step| {
            let first = shards[0][step].first;
            let start = Row { q: nothing, v: nothing, first, count: 0.0, sums: [0.0; GAUGES] };
            shards.iter().fold(start, |sum, shard| sum.with(&shard[step]))
        })
        .collect();
    trace.reserve(steps);
    for (probe, places) in trace.blank(steps) {
        match probe {
            Probe::Step => clock.steps(places),
            Probe::Time => clock.times(places),
            _ => places.iter_mut().zip(&rows).for_each(|(place, row)| *place = row.read(probe, wanted)),
        }
    }
    trace.keep(steps);
}
