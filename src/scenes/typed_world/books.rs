//! Where energy has gone: that of the spring of a loss, or of a unit mass under a force.
//!
//! Everything is summed over the recorded rows, each stretch between two changes by hand with the values
//! in force there: a change at unchanged position and velocity puts energy in or takes it out.

use std::ops::RangeInclusive;

use super::axes;
use super::setting::Setting;
use crate::core::Probe;
use crate::scenes::{LaneRun, Lens, Run};

/// The smallest residual that is drawn.
const LEAST: f64 = 1e-17;

/// The columns of a ledger, each as long as the lane's trace.
pub struct Books<'a> {
    /// Whose energy it is.
    pub lane: &'a LaneRun,
    /// Potential energy; 0 under a force, which need not have any.
    pub potential: &'a [f64],
    /// Kinetic energy.
    pub kinetic: &'a [f64],
    /// What a spring's friction has taken, or the work that a force has done.
    pub flow: &'a [f64],
    /// What the books come to: potential + kinetic + dissipated energy, or kinetic energy − work.
    pub sum: &'a [f64],
    /// What they should come to: the start with what changes by hand have put in.
    pub owed: &'a [f64],
    /// Departure of one from the other, as a share of the energy that was exchanged.
    pub residual: &'a [f64],
}

/// The books of the world's continuous lane; `None` without one, or where it lacks a spring for a while.
pub fn books<'a>(at: &Setting<'_>, run: &'a Run) -> Option<Books<'a>> {
    let lane = run.lane(Lens::Spring).filter(|l| axes::present(l) && !at.is_flow())?;
    let all = lane.derived.measured(("books", 0, 0), || sums(at, run, lane).unwrap_or_default());
    let parts: Vec<&[f64]> = all.chunks(lane.trace.len().max(1)).collect();
    let [potential, kinetic, flow, sum, owed, residual] = parts.try_into().ok()?;
    Some(Books { lane, potential, kinetic, flow, sum, owed, residual })
}

/// Energies over a stretch of rows on which one set of values holds, and what left them over each row.
struct Part {
    potential: Vec<f64>,
    kinetic: Vec<f64>,
    gone: Vec<f64>,
}

/// The columns of [`Books`], one after the other.
fn sums(at: &Setting<'_>, run: &Run, lane: &LaneRun) -> Option<Vec<f64>> {
    let rows = lane.trace.len();
    let row = |n: u64| usize::try_from(n.saturating_mul(lane.lane.substeps)).ok();
    let starts: Vec<u64> = std::iter::once(0).chain(run.changes().map(|(n, _)| n)).collect();
    let mut columns: [Vec<f64>; 5] = std::array::from_fn(|_| vec![0.0; rows]);
    let [potential, kinetic, gone, _, given] = &mut columns;
    let (mut lost, mut put_in) = (0.0, 0.0);
    for (k, from) in starts.iter().enumerate() {
        let first = row(*from)?.min(rows.checked_sub(1)?);
        let last = starts.get(k + 1).map_or(Some(rows - 1), |n| row(*n))?.min(rows - 1);
        let part = Setting { values: run.values_at(*from), ..*at }.part(lane, first..=last)?;
        if k > 0 {
            put_in += part.potential.first()? + part.kinetic.first()? - potential[first] - kinetic[first];
        }
        for (i, row) in (first..=last).enumerate() {
            lost += part.gone[i];
            (potential[row], kinetic[row], gone[row], given[row]) = (part.potential[i], part.kinetic[i], lost, put_in);
        }
    }
    Some(closed(at.is_force(), columns))
}

/// The books with their sum, what it should be, and the residual.
fn closed(force: bool, [potential, kinetic, mut flow, mut sum, mut owed]: [Vec<f64>; 5]) -> Vec<f64> {
    for i in 0..sum.len() {
        sum[i] = potential[i] + kinetic[i] + flow[i];
    }
    let first = sum.first().copied().unwrap_or(0.0);
    owed.iter_mut().for_each(|given| *given += first);
    if force {
        flow.iter_mut().for_each(|gone| *gone = -*gone);
    }
    let swing = |c: &[f64]| c.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |r, x| [r[0].min(*x), r[1].max(*x)]);
    let size = [&potential, &kinetic].map(|c| swing(c)).map(|[low, high]| high - low).into_iter().fold(0.0, f64::max);
    let off = |(e, owed): (&f64, &f64)| ((e - owed) / size.max(1e-300)).abs().max(LEAST);
    let residual: Vec<f64> = sum.iter().zip(&owed).map(off).collect();
    [potential, kinetic, flow, sum, owed, residual].concat()
}

/// The states of the lane on a stretch of rows, and in the middle between two of them: cubics through both
/// ends with the velocities and accelerations there.
struct Motion {
    dim: usize,
    q: Vec<f64>,
    v: Vec<f64>,
    t: Vec<f64>,
}

impl Motion {
    fn of(lane: &LaneRun, dim: usize, rows: RangeInclusive<usize>) -> Option<Motion> {
        let column = |probe| lane.column(probe).get(rows.clone()).map(<[f64]>::to_vec);
        let all = |probe: fn(usize) -> Probe| (0..dim).map(|i| column(probe(i))).collect::<Option<Vec<_>>>();
        let (q, v) = (all(Probe::Position)?.concat(), all(Probe::Velocity)?.concat());
        Some(Motion { dim, q, v, t: column(Probe::Time)? })
    }

    fn rows(&self) -> usize {
        self.t.len()
    }

    /// Square of the speed at a row.
    fn speed2(&self, row: usize) -> f64 {
        (0..self.dim).map(|k| self.v[k * self.rows() + row]).map(|v| v * v).sum()
    }

    /// Halfway from every row to the next under these accelerations.
    fn middle(&self, a: &[f64]) -> Motion {
        let n = self.rows();
        let between = |x: &[f64], rate: &[f64]| -> Vec<f64> {
            let pairs = (0..self.dim).flat_map(|k| (1..n).map(move |i| (k * n + i - 1, k * n + i)));
            let dt = |i: usize| self.t[i % n] - self.t[i % n - 1];
            pairs.map(|(i, j)| 0.5 * (x[i] + x[j]) + dt(j) / 8.0 * (rate[i] - rate[j])).collect()
        };
        let t = self.t.windows(2).map(|w| 0.5 * (w[0] + w[1])).collect();
        Motion { dim: self.dim, q: between(&self.q, &self.v), v: between(&self.v, a), t }
    }
}

impl Setting<'_> {
    /// The energies over a stretch of rows; `None` without a spring.
    fn part(&self, lane: &LaneRun, rows: RangeInclusive<usize>) -> Option<Part> {
        let motion = Motion::of(lane, self.world().kind().dim(), rows)?;
        if self.is_force() { Some(self.worked(&motion)) } else { self.damped(&motion) }
    }

    /// The force at every state of a motion.
    fn forces_on(&self, motion: &Motion) -> Vec<f64> {
        let n = motion.rows().max(1);
        let states: Vec<&[f64]> = motion.q.chunks(n).chain(motion.v.chunks(n)).collect();
        let states: Vec<&[f64]> = states.into_iter().take(self.world().states().len()).chain([&motion.t[..]]).collect();
        let mut out = vec![0.0; motion.q.len()];
        self.world().force(&states, &self.sliders(), &mut out);
        out
    }

    /// Potential and kinetic energy of the spring, and what the damper takes: Simpson's integral of c v².
    fn damped(&self, motion: &Motion) -> Option<Part> {
        let twin = self.twin()?;
        let n = motion.rows();
        let mut a = self.forces_on(motion);
        a.iter_mut().zip(&motion.v).for_each(|(f, v)| *f = (*f - twin.c * v) / twin.m);
        let middle = motion.middle(&a);
        let taken = |i: usize| {
            let ends = motion.speed2(i - 1) + motion.speed2(i);
            (motion.t[i] - motion.t[i - 1]) / 6.0 * twin.c * (ends + 4.0 * middle.speed2(i - 1))
        };
        let columns: Vec<&[f64]> = motion.q.chunks(n.max(1)).collect();
        Some(Part {
            potential: self.losses(&columns),
            kinetic: (0..n).map(|i| 0.5 * twin.m * motion.speed2(i)).collect(),
            gone: (0..n).map(|i| if i == 0 { 0.0 } else { taken(i) }).collect(),
        })
    }

    /// Kinetic energy of a unit mass, and what the force takes from it: Simpson's integral of −F·v.
    fn worked(&self, motion: &Motion) -> Part {
        let n = motion.rows();
        let power = |motion: &Motion, force: &[f64], row: usize| -> f64 {
            (0..motion.dim).map(|k| k * motion.rows() + row).map(|i| force[i] * motion.v[i]).sum()
        };
        let force = self.forces_on(motion);
        let middle = motion.middle(&force);
        let between = self.forces_on(&middle);
        let done = |i: usize| {
            let ends = power(motion, &force, i - 1) + power(motion, &force, i);
            (motion.t[i] - motion.t[i - 1]) / 6.0 * (ends + 4.0 * power(&middle, &between, i - 1))
        };
        Part {
            potential: vec![0.0; n],
            kinetic: (0..n).map(|i| 0.5 * motion.speed2(i)).collect(),
            gone: (0..n).map(|i| if i == 0 { 0.0 } else { -done(i) }).collect(),
        }
    }
}
