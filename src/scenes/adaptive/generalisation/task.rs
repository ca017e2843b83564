//! The task: few rows, more features than signal, features of several sizes; and the four lanes on it.

use std::sync::Arc;

use super::{BETA2, EPS};
use crate::core::fields::{Batches, Order};
use crate::core::methods::{Adam, Decay, Momentum};
use crate::core::models::{Regressions, Source};
use crate::core::{Gauge, Probe, State, Stepper, System};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::exhibit::lanes::driven;
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Lane, LaneRun, Machine, Seen};
use crate::text::{Text, t};

/// The lanes by their places.
pub const SGD_L2: usize = 0;
pub const ADAM_L2: usize = 1;
pub const ADAMW: usize = 2;
/// Lanes with decay, and all of them: the last has none.
pub const DECAYED: usize = 3;
pub const COUNT: usize = 4;

pub const NAMES: [Text; COUNT] =
    [t("SGD + L2", "SGD + L2"), t("Adam + L2", "Adam + L2"), t("AdamW", "AdamW"), t("Adam, no decay", "Adam，无衰减")];
pub const INKS: [Ink; COUNT] = [Ink::Optimizer, Ink::Spring, Ink::Controller, Ink::Muted];

/// Features.
pub const FEATURES: usize = 16;
/// Of which so many carry signal when not all do.
const SIGNAL: usize = 8;
/// Rows of a batch.
const BATCH: usize = 4;

/// Where the signal is: in the small features, in the large ones, in all.
pub const PLACES: usize = 3;
pub const LARGE: usize = 1;

/// Where rows come from when the signal lies at `place`. Features with signal contribute alike, and all of
/// them together a variance of 1.
pub fn source(values: &Values, place: usize) -> Source {
    let spread = values.get("spread");
    let scales = log_spaced(1.0 / spread.sqrt(), spread.sqrt(), FEATURES);
    let with = match place {
        0 => 0..SIGNAL,
        LARGE => FEATURES - SIGNAL..FEATURES,
        _ => 0..FEATURES,
    };
    let size = 1.0 / (with.len() as f64).sqrt();
    let weight = |(j, s): (usize, &f64)| {
        let sign = if j % 2 == 0 { 1.0 } else { -1.0 };
        if with.contains(&j) { sign * size / s } else { 0.0 }
    };
    let weights = scales.iter().enumerate().map(weight).collect();
    Source { scales, weights, noise: values.get("noise") }
}

/// The regressions, one for each of the data sets.
pub fn regressions(source: &Source, values: &Values, seed: u64) -> Arc<Regressions> {
    let (rows, sets) = (values.index("rows"), values.index("sets"));
    let batches = Batches::new(rows, BATCH, Order::Shuffled { seed, stream: 1 });
    Arc::new(Regressions::new(source, [rows, sets], batches, seed, 2))
}

/// Method `i` under decay `w` with memory `beta`, and with `eta` in place of its own step if given.
pub fn stepper(i: usize, values: &Values, w: f64, beta: f64, eta: Option<f64>) -> Arc<dyn Stepper> {
    let rate = |id: &str| eta.unwrap_or_else(|| values.get(id));
    let adam = Adam::new(rate("eta"), beta, BETA2, EPS);
    match i {
        SGD_L2 => Arc::new(Momentum::pytorch(rate("eta_sgd"), beta).with_decay(Decay::Coupled(w))),
        ADAM_L2 => Arc::new(adam.with_decay(Decay::Coupled(w))),
        ADAMW => Arc::new(adam.with_decay(Decay::Decoupled(w))),
        _ => Arc::new(adam),
    }
}

/// All weights 0 in every data set.
pub fn start(values: &Values) -> State {
    State::at(&[0.0; FEATURES], &[], values.index("sets"), 0, 0)
}

/// The four lanes.
pub fn lanes(values: &Values, seed: u64) -> Vec<Lane> {
    let field = regressions(&source(values, values.index("signal")), values, seed);
    let each = (0..FEATURES).flat_map(|j| [Probe::MeanPosition(j), Probe::SpreadPosition(j)]);
    let probes: Vec<Probe> = each.chain([Probe::Mean(Gauge::Potential)]).collect();
    let lane = |i: usize| {
        let stepper = stepper(i, values, values.get("decay"), values.get("beta"), None);
        let system = System { field: field.clone(), stepper };
        let probes = [Probe::Step, Probe::Time].into_iter().chain(probes.iter().copied()).collect();
        let start = start(values).into();
        Lane { start, probes, machine: Machine::Cloud, ..driven(NAMES[i], INKS[i], system, [&[0.0; FEATURES], &[]]) }
    };
    (0..COUNT).map(lane).collect()
}

/// What of the expected loss of unseen rows the mean weights leave, and what the spread of the weights over
/// the data sets adds, at row `n`; the noise of the answers adds the rest.
pub fn parts(source: &Source, lane: &LaneRun, n: usize) -> [f64; 2] {
    let (mut bias, mut variance) = (0.0, 0.0);
    for (j, (s, w)) in source.scales.iter().zip(&source.weights).enumerate() {
        let read = |probe| lane.column(probe).get(n).copied().unwrap_or(f64::NAN);
        let (mean, spread) = (read(Probe::MeanPosition(j)), read(Probe::SpreadPosition(j)));
        bias += 0.5 * s * s * (mean - w) * (mean - w);
        variance += 0.5 * s * s * spread * spread;
    }
    [bias, variance]
}

/// The mean expected loss of unseen rows over the data sets, row by row.
pub fn unseen<'a>(seen: &Seen<'a>, lane: &'a LaneRun) -> &'a [f64] {
    let source = source(&seen.run.values, seen.index("signal"));
    lane.derived.grown(("unseen", 0, 0), |out| {
        let rows = lane.trace.len();
        let floor = 0.5 * source.noise * source.noise;
        out.extend((out.len()..rows).map(|n| parts(&source, lane, n).iter().sum::<f64>() + floor));
    })
}

/// The mean loss over the rows that were seen.
pub fn seen_rows(lane: &LaneRun) -> &[f64] {
    lane.column(Probe::Mean(Gauge::Potential))
}
