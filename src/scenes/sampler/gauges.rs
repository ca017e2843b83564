//! Thermometers and other numbers measured on a run, with errors corrected for autocorrelation.

use std::ops::Range;

use super::setting::Setting;
use crate::core::{Gauge, Probe, State};
use crate::scenes::{LaneRun, Lens, Run};
use crate::theory::agreement::kolmogorov_smirnov;
use crate::theory::fluctuation::{Estimate, mean_with_error, ratio_with_error};

/// A verdict is loud beyond so many standard errors.
pub const LOUD: f64 = 3.0;

/// A thermometer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thermometer {
    /// ⟨|v|²⟩ per coordinate, of a unit mass.
    Kinetic,
    /// ⟨|∇U|²⟩/⟨∇²U⟩ (Rugh 1997).
    Configurational,
}

/// The rows whose means count up to iteration `end`: the first quarter since the last change is left
/// out, for the cloud to settle.
pub fn settled(run: &Run, end: u64) -> Range<usize> {
    let begin = run.changes().map(|(at, _)| at).filter(|at| *at < end).last().unwrap_or(0);
    (begin + (end - begin) / 4) as usize..end as usize + 1
}

/// The sampler, as long as it did not diverge.
pub fn cloud(run: &Run) -> Option<&LaneRun> {
    run.lane(Lens::Sampler).filter(|l| l.diverged_at().is_none())
}

impl Thermometer {
    /// Both columns of which it is a ratio of means; `None` if the method has no such thermometer.
    fn columns<'a>(self, at: &Setting<'_>, lane: &'a LaneRun) -> Option<[&'a [f64]; 2]> {
        match self {
            Thermometer::Kinetic => {
                let unit = at.method().speed(at.get("h"));
                let share = unit * unit / at.dim() as f64;
                let raw = lane.column(Probe::Mean(Gauge::SquareVelocity));
                let scaled = lane
                    .derived
                    .column(("square speed", 0, share.to_bits()), || raw.iter().map(|v| v * share).collect());
                let one = lane.derived.column(("one", 0, 0), || vec![1.0; raw.len()]);
                at.method().has_inertia().then_some([scaled, one])
            }
            Thermometer::Configurational => {
                Some([Gauge::SquareForce, Gauge::Laplacian].map(|g| lane.column(Probe::Mean(g))))
            }
        }
    }

    /// What it reads over the whole cloud at every iteration; NaN where the curvature is not positive.
    pub fn moments<'a>(self, at: &Setting<'_>, lane: &'a LaneRun) -> Option<&'a [f64]> {
        let [above, below] = self.columns(at, lane)?;
        let ratio = |(a, b): (&f64, &f64)| if *b > 0.0 { a / b } else { f64::NAN };
        Some(lane.derived.column(("thermometer", self as usize, 0), || above.iter().zip(below).map(ratio).collect()))
    }

    /// What it reads over the settled iterations up to `end`.
    pub fn reading(self, at: &Setting<'_>, run: &Run, end: u64) -> Option<Estimate> {
        let lane = cloud(run)?;
        let [above, below] = self.columns(at, lane)?;
        let rows = settled(run, end.min(lane.done()));
        let (above, below) = (above.get(rows.clone())?, below.get(rows)?);
        if above.len() < 20 {
            return None;
        }
        let estimate = match self {
            Thermometer::Kinetic => mean_with_error(above),
            Thermometer::Configurational => ratio_with_error(above, below),
        };
        estimate.filter(|e| e.mean.is_finite() && e.error > 0.0)
    }

    /// What it ought to read with noise that matches the friction: the closed form of the scheme on the
    /// harmonic well, elsewhere the temperature that is wanted.
    pub fn expected(self, at: &Setting<'_>) -> Option<f64> {
        let temperature = at.temperature();
        if !self.has_closed_form(at) {
            return (temperature > 0.0).then_some(temperature);
        }
        let readings = at.method().readings(at, at.get("stiffness"), temperature)?;
        let own = match self {
            Thermometer::Kinetic => readings.kinetic,
            Thermometer::Configurational => readings.position,
        };
        own.is_finite().then_some(own)
    }

    /// Whether the scheme's own stationary state is known.
    pub fn has_closed_form(self, at: &Setting<'_>) -> bool {
        at.landscape() == super::landscape::Landscape::Harmonic
    }
}

/// Largest distance of the cloud at an iteration from the exact law of a coordinate, and the number of
/// its particles, which are independent of one another. Of a large cloud perhaps that of a moment before.
pub fn distance(at: &Setting<'_>, run: &Run, coordinate: usize, n: u64) -> Option<[f64; 2]> {
    let exact = at.exact().filter(|exact| coordinate < exact.lines.len())?;
    let read = move |state: &State| {
        let cloud: Vec<f64> = state.coordinate(coordinate).iter().copied().filter(|q| q.is_finite()).collect();
        let law = |x| exact.lines.get(coordinate).map_or(f64::NAN, |line| line.below(x));
        vec![kolmogorov_smirnov(&cloud, law), cloud.len() as f64]
    };
    let found = cloud(run)?.glance(n, ("distance", coordinate, 0), at.mark(), read)?;
    let &[d, n] = &found[..] else { return None };
    (n > 1.0 && d.is_finite()).then_some([d, n])
}

/// Proposals the cloud has made up to an iteration, and those of them that were accepted. Of a large cloud
/// perhaps those of a moment before.
pub fn proposals(run: &Run, n: u64) -> Option<[u64; 2]> {
    let read = |state: &State| vec![state.stats.proposed as f64, state.stats.accepted as f64];
    let found = cloud(run)?.glance(n, ("proposals", 0, 0), 0, read)?;
    let &[proposed, accepted] = &found[..] else { return None };
    (proposed > 0.0).then_some([proposed as u64, accepted as u64])
}

/// The settled path of one particle along a coordinate up to iteration `end`, and what it is worth.
pub fn path(run: &Run, coordinate: usize, end: u64) -> Option<(&[f64], Estimate)> {
    let lane = cloud(run)?;
    let path = lane.column(Probe::Position(coordinate)).get(settled(run, end.min(lane.done())))?;
    Some((path, mean_with_error(path)?))
}
