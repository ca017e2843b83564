//! What is kept of every step of a cloud: the moments of each shard, put together in their order.

use super::super::{Moments, Probe, State, Trace};
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
}

impl<const D: usize> Row<D> {
    /// What is wanted of a shard.
    #[inline(always)]
    pub fn of<K: Kernel<D>>(shard: &Shard<'_, D>, kernel: &K, wanted: Wanted) -> Self {
        let moments = |rows: &[&mut [f64]; D], is_wanted: bool| {
            std::array::from_fn(|i| if is_wanted { Moments::of_part(rows[i]) } else { Moments::default() })
        };
        let leader = |rows: &[&mut [f64]; D]| std::array::from_fn(|i| rows[i].first().copied().unwrap_or(f64::NAN));
        let q = leader(&shard.q);
        Row {
            q: moments(&shard.q, wanted.positions),
            v: moments(&shard.v, wanted.velocities),
            first: (q, leader(&shard.v), if shard.index == 0 { kernel.value(q) } else { f64::NAN }),
        }
    }

    /// The shards so far together with the next one.
    fn with(self, next: &Row<D>) -> Self {
        let add = |a: [Moments; D], b: &[Moments; D]| std::array::from_fn(|i| a[i].with(b[i]));
        Row { q: add(self.q, &next.q), v: add(self.v, &next.v), ..self }
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
            // The clock is written apart, and a trace with any of the others is not served here.
            Probe::Step
            | Probe::Time
            | Probe::Remembered(..)
            | Probe::MeanBooked(_)
            | Probe::SpreadBooked(_)
            | Probe::Mean(_) => f64::NAN,
        }
    }
}

/// Appends the rows of all shards, in their order, to a trace.
pub(super) fn append<const D: usize>(trace: &mut Trace, shards: &[Vec<Row<D>>], clock: Clock) {
    let steps = shards.first().map_or(0, Vec::len);
    let nothing = [Moments::default(); D];
    let rows: Vec<Row<D>> = (0..steps)
        .map(|step| {
            let first = shards[0][step].first;
            let start = Row { q: nothing, v: nothing, first };
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
