//! The three lanes: SGD, momentum, and SGD at the step momentum amounts to.

use std::sync::Arc;

use super::task;
use crate::core::methods::Momentum;
use crate::core::models::{Model, Training};
use crate::core::{At, Field, Probe, State, System};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::{Lane, LaneRun, Lens, Machine, Seen};
use crate::text::{Text, t};

/// The lanes by their places.
pub const SGD: usize = 0;
pub const MOMENTUM: usize = 1;
pub const MATCHED: usize = 2;
pub const COUNT: usize = 3;

pub const NAMES: [Text; COUNT] =
    [t("SGD", "SGD"), t("momentum", "动量法"), t("SGD, step η/(1 − β)", "SGD，步长 η/(1 − β)")];
pub const INKS: [Ink; COUNT] = [Ink::Muted, Ink::Spring, Ink::Optimizer];

/// What is measured at the end of every epoch.
pub const TEST_LOSS: Probe = Probe::Measured(Training::<dyn Model>::TEST_LOSS);
pub const TEST_ACCURACY: Probe = Probe::Measured(Training::<dyn Model>::TEST_ACCURACY);
pub const TRAIN_ACCURACY: Probe = Probe::Measured(Training::<dyn Model>::TRAIN_ACCURACY);
pub const CURVATURE: Probe = Probe::Measured(Training::<dyn Model>::CURVATURE);

/// Step and momentum of every lane.
pub fn rates(values: &Values) -> [[f64; 2]; COUNT] {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    [[eta, 0.0], [eta, beta], [eta / (1.0 - beta), 0.0]]
}

/// The lanes, all from one start and through the same batches.
pub fn lanes(values: &Values, seed: u64) -> Vec<Lane> {
    let task = task::of(values);
    let start: Arc<State> = State::at(&task.start(seed), &[], 1, 0, 0).into();
    let probes =
        [Probe::Step, Probe::Time, Probe::Potential, TEST_LOSS, TEST_ACCURACY, TRAIN_ACCURACY, CURVATURE].to_vec();
    // Looked at once, so that no lane has to compute its first loss again.
    let first = task.training(values.index("batch"), seed);
    first.potential(At { t: 0.0, n: 1, q: &start.q, v: &start.v }, &mut [0.0]);
    let lane = |(i, [eta, beta]): (usize, [f64; 2])| Lane {
        lens: Lens::Optimizer,
        ink: INKS[i],
        name: NAMES[i],
        machine: Machine::Ball,
        system: System::new(Arc::new(first.clone()), Momentum::pytorch(eta, beta)),
        start: start.clone(),
        probes: probes.clone(),
        substeps: 1,
        present: vec![true],
    };
    rates(values).into_iter().enumerate().map(lane).collect()
}

/// Batches of an epoch of this run.
pub fn per_epoch(seen: &Seen<'_>) -> usize {
    task::of(&seen.run.values).per_epoch(seen.index("batch"))
}

/// The mean of the batch losses over the last epoch's number of batches, row by row: at the end of an epoch
/// what the training scripts of the articles print.
pub fn smoothed<'a>(seen: &Seen<'a>, lane: &'a LaneRun) -> &'a [f64] {
    let (per, losses) = (per_epoch(seen), lane.column(Probe::Potential));
    lane.derived.grown(("mean batch loss", per, 0), |out| {
        let mean = |n: usize| {
            let window = &losses[(n + 1).saturating_sub(per)..=n];
            window.iter().sum::<f64>() / window.len() as f64
        };
        out.extend((out.len()..losses.len()).map(mean));
    })
}

/// The mean batch loss of epoch `k`, counted from 1; NaN before it is over.
pub fn epoch_loss(seen: &Seen<'_>, i: usize, k: usize) -> f64 {
    let last = (k * per_epoch(seen)).saturating_sub(1);
    seen.lane(i).and_then(|lane| smoothed(seen, lane).get(last)).copied().unwrap_or(f64::NAN)
}

/// The mean batch loss at the end of the run.
pub fn final_loss(seen: &Seen<'_>, i: usize) -> f64 {
    let done = usize::try_from(seen.run.done()).unwrap_or(usize::MAX).saturating_sub(1);
    seen.lane(i).and_then(|lane| smoothed(seen, lane).get(done)).copied().unwrap_or(f64::NAN)
}

/// The rows of a lane at which the field measured `probe`, up to `until`: iterations and values.
pub fn epochs(lane: &LaneRun, probe: Probe, until: u64) -> [Vec<f64>; 2] {
    let rows = usize::try_from(until).unwrap_or(usize::MAX).saturating_add(1);
    let known = lane.column(probe).iter().enumerate().take(rows).filter(|(_, x)| x.is_finite());
    known.map(|(n, x)| (n as f64, *x)).unzip::<f64, f64, Vec<f64>, Vec<f64>>().into()
}

/// The last value the field measured of `probe`; NaN if there is none.
pub fn last(seen: &Seen<'_>, i: usize, probe: Probe) -> f64 {
    let known = seen.lane(i).and_then(|lane| lane.column(probe).iter().rev().find(|x| x.is_finite()));
    known.copied().unwrap_or(f64::NAN)
}

/// The share of what momentum takes off the mean batch loss of SGD that SGD at the matched step takes off, too.
pub fn share(seen: &Seen<'_>) -> f64 {
    let [sgd, momentum, matched] = [SGD, MOMENTUM, MATCHED].map(|i| final_loss(seen, i));
    (sgd - matched) / (sgd - momentum)
}
