//! The loss of the recurrence, as the lanes see it and as theory does.

use std::sync::Arc;

use crate::core::fields::{RnnLoss, TruncatedRnn, stationary_points};
use crate::core::{At, Field, Outcome, Probe};
use crate::param::Values;
use crate::scenes::LaneRun;
use crate::theory::toys::recurrent::ScalarRnn;

/// Start of the recurrence.
const H0: f64 = 1.0;
/// Share of the plateau's loss below which a lane has landed, and for how many iterations it has to stay.
const LANDED: f64 = 0.01;
const STAYED: usize = 10;

/// The loss.
pub fn rnn(values: &Values) -> RnnLoss {
    RnnLoss { h0: H0, target: values.get("target"), length: values.get("length") as u32 }
}

/// Steps through which the gradient goes back.
pub fn back(values: &Values) -> u32 {
    values.get("back") as u32
}

/// The loss with the gradient that the lanes follow, without clipping.
pub fn field(values: &Values) -> Arc<dyn Field> {
    let (loss, back) = (rnn(values), back(values));
    if back < loss.length { Arc::new(TruncatedRnn { loss, back }) } else { Arc::new(loss) }
}

/// The same model for closed forms.
pub fn model(values: &Values) -> ScalarRnn {
    let RnnLoss { h0, target, length } = rnn(values);
    ScalarRnn { h0, y: target, length }
}

/// The weight that hits the target, as the field finds it.
pub fn minimum(values: &Values) -> Option<f64> {
    let found = stationary_points(&rnn(values));
    found.iter().find_map(|point| point.at.first().copied()).filter(|w| w.is_finite())
}

/// Loss of the plateau, where the last state is 0.
pub fn plateau(values: &Values) -> f64 {
    0.5 * values.get("target") * values.get("target")
}

/// The loss at these weights.
pub fn losses(values: &Values, w: &[f64]) -> Vec<f64> {
    let (v, mut out) = (vec![0.0; w.len()], vec![f64::NAN; w.len()]);
    rnn(values).potential(At { t: 0.0, n: w.len(), q: w, v: &v }, &mut out);
    out
}

/// The gradient the lanes follow at these weights, without clipping.
pub fn slopes(values: &Values, w: &[f64]) -> Vec<f64> {
    let (v, mut out) = (vec![0.0; w.len()], vec![f64::NAN; w.len()]);
    field(values).force(At { t: 0.0, n: w.len(), q: w, v: &v }, &mut out);
    out.iter_mut().for_each(|f| *f = -*f);
    out
}

/// The derivative of that gradient at a weight.
pub fn curvature(values: &Values, w: f64) -> f64 {
    let mut out = [f64::NAN];
    field(values).hessian(&[w], &mut out);
    out[0]
}

/// The length of the gradient at every iterate of a lane, without clipping.
pub fn gradients<'a>(lane: &'a LaneRun, values: &Values) -> &'a [f64] {
    lane.derived.column(("gradient of a recurrence", 0, 0), || {
        slopes(values, lane.column(Probe::Position(0))).iter().map(|g| g.abs()).collect()
    })
}

/// The largest of them that is a number.
pub fn largest(lane: &LaneRun, values: &Values) -> Option<f64> {
    let all = gradients(lane, values).iter().copied().filter(|g| g.is_finite());
    all.max_by(f64::total_cmp)
}

/// The first iteration from which a lane's loss stays small up to the end.
pub fn landing(lane: &LaneRun, values: &Values) -> Option<u64> {
    let (loss, bound) = (lane.column(Probe::Potential), LANDED * plateau(values));
    let from = loss.iter().rposition(|u| !(*u <= bound)).map_or(0, |last| last + 1);
    (lane.outcome == Outcome::Running && from + STAYED <= loss.len()).then_some(from as u64)
}
