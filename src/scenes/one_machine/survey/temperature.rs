//! The temperature a sampler really has, by two thermometers, over the one it was set to.

use crate::core::Probe;
use crate::scenes::{Lane, LaneRun, Lens, Run};
use crate::text::{Text, t};

use super::super::problem;

/// Ratios at the two ends of the colours.
pub const RANGE: [f64; 2] = [0.0, 2.0];

/// What stands under a map.
pub const CAPTION: Text = t(
    "Measured on the sampler’s cloud in short runs, one per cell: mode {}, mean of iterations 200 to 400 over the temperature set. Ruled ground: not stationary by then, unstable, or no temperature set. Lines: exact borders of the discrete map.",
    "由采样器粒子云的短运行逐格测得：模态 {}，取第 200 至 400 步的均值与设定温度之比。斜线底：届时尚未平稳、不稳定或未设温度。线：离散映射的精确边界。",
);

/// How a temperature is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thermometer {
    /// From velocities: ⟨v²⟩/η, of a displacement v per iteration.
    Kinetic,
    /// From forces: ⟨(∂U)²⟩/⟨∂²U⟩ = λ ⟨(x − x*)²⟩.
    Configurational,
}

/// The sampler's lane, recording what a thermometer reads and whether the cloud has come to rest.
pub fn lane(meter: Thermometer, lane: Lane, mode: usize) -> Lane {
    let mut probes = vec![Probe::MeanPosition(mode), Probe::SpreadPosition(mode)];
    probes.extend((meter == Thermometer::Kinetic).then_some(Probe::VarianceVelocity(mode)));
    Lane { probes, ..lane }
}

/// Measured over set temperature; `None` if none is set, or the cloud is not stationary over the second
/// half of the run.
pub fn measure(meter: Thermometer, run: &Run, mode: usize) -> Option<f64> {
    let temperature = run.values.get("temperature");
    let lane = run.lane(Lens::Sampler).filter(|_| temperature > 0.0 && run.is_complete())?;
    let problem = problem::mode(&run.values, mode)?;
    let (spread, particles) = (lane.column(Probe::SpreadPosition(mode)), lane.lane.start.n() as f64);
    let means = lane.column(Probe::MeanPosition(mode));
    let rows = usize::try_from(run.horizon).ok().filter(|rows| means.len() > *rows)?;
    let quarter = |k: usize| k * rows / 4 + 1..(k + 1) * rows / 4 + 1;
    let square = |from: usize| {
        let about = |i: usize| spread[i] * spread[i] + (means[i] - problem.target) * (means[i] - problem.target);
        quarter(from).map(about).sum::<f64>() / (rows / 4) as f64
    };
    let (third, fourth) = (square(2), square(3));
    // A cloud still on its way is off the minimum as a whole, or grows: both beyond what its noise allows.
    let off = quarter(3).map(|i| (means[i] - problem.target).powi(2)).sum::<f64>() / (rows / 4) as f64;
    let centred = off <= (0.01 + 16.0 / particles) * fourth;
    let noise = 0.02 + 3.0 * (2.0 / particles).sqrt();
    let stationary = centred && (third - fourth).abs() <= noise * (third + fourth) / 2.0;
    let ratio = match meter {
        Thermometer::Configurational => problem.lambda * (third + fourth) / 2.0,
        Thermometer::Kinetic => kinetic(lane, mode, rows)? / run.values.get("eta"),
    };
    stationary.then_some(ratio / temperature)
}

/// The mean square velocity of the cloud over the second half of the run.
fn kinetic(lane: &LaneRun, mode: usize, rows: usize) -> Option<f64> {
    let half = lane.column(Probe::VarianceVelocity(mode)).get(rows / 2 + 1..=rows)?;
    Some(half.iter().sum::<f64>() / half.len() as f64)
}
