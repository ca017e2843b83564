//! The problem these values choose: the curvatures and the minimum of the loss, and how every lane starts.

use super::params;
use crate::core::Probe;
use crate::param::Values;
use crate::scenes::{LaneRun, Run};

/// The parameters of the minimum.
const TARGETS: [&str; 2] = ["r1", "r2"];

/// The curvature of every mode.
pub fn curvatures(values: &Values) -> Vec<f64> {
    match values.index("problem") {
        params::ONE => vec![values.get("lambda1")],
        params::TWO => vec![values.get("lambda1"), values.get("lambda2")],
        _ => vec![0.2, 4.0],
    }
}

/// Where every lane starts.
pub fn start(values: &Values) -> Vec<f64> {
    of_modes(values, ["x1", "x2"])
}

/// The displacement per step with which every lane arrives at its start.
pub fn step(values: &Values) -> Vec<f64> {
    of_modes(values, ["v1", "v2"])
}

/// The minimum of the loss, the set point of the joint.
pub fn target(values: &Values) -> Vec<f64> {
    of_modes(values, TARGETS)
}

fn of_modes(values: &Values, ids: [&str; 2]) -> Vec<f64> {
    ids.into_iter().take(curvatures(values).len()).map(|id| values.get(id)).collect()
}

/// One mode: everything about it that the views and the read-outs need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mode {
    /// Curvature λ.
    pub lambda: f64,
    /// Start x₀.
    pub start: f64,
    /// Displacement per step at the start, x₀ − x₋₁.
    pub step: f64,
    /// Minimum x*.
    pub target: f64,
}

impl Mode {
    /// Distance of the start from the minimum, with its sign.
    pub fn away(&self) -> f64 {
        self.start - self.target
    }

    /// How large excursions are expected to be: the distance of the start from the minimum, of a
    /// start at the minimum its displacement per step, 1 if it stands still there.
    pub fn size(&self) -> f64 {
        [self.away().abs(), self.step.abs()].into_iter().find(|x| *x > 0.0).unwrap_or(1.0)
    }
}

/// Every mode of these values, in order.
pub fn modes(values: &Values) -> Vec<Mode> {
    let parts = start(values).into_iter().zip(step(values)).zip(target(values));
    let all = curvatures(values).into_iter().zip(parts);
    all.map(|(lambda, ((start, step), target))| Mode { lambda, start, step, target }).collect()
}

/// One mode of these values, if there are so many.
pub fn mode(values: &Values, index: usize) -> Option<Mode> {
    modes(values).get(index).copied()
}

/// The minimum along a mode, with the iteration from which it holds; one entry in a steady run.
pub fn targets(run: &Run, index: usize) -> Vec<(u64, f64)> {
    let of = |at: u64| mode(run.values_at(at), index).map_or(0.0, |m| m.target);
    let mut out = vec![(0, of(0))];
    for (at, _) in run.changes() {
        if out.last().is_some_and(|(_, target)| *target != of(at)) {
            out.push((at, of(at)));
        }
    }
    out
}

/// A lane's positions along a mode measured from the minimum in force, q − x*.
pub fn away<'a>(run: &Run, lane: &'a LaneRun, index: usize) -> &'a [f64] {
    let column = lane.column(Probe::Position(index));
    // The usual case, which sweeps ask for again and again.
    if run.changes().next().is_none() && TARGETS.get(index).is_some_and(|id| run.values.get(id) == 0.0) {
        return column;
    }
    let targets = targets(run, index);
    if targets.iter().all(|(_, target)| *target == 0.0) {
        return column;
    }
    lane.derived.grown(("away", index, 0), |out| {
        let known = out.len();
        out.extend(column.iter().skip(known));
        let row = |n: u64| usize::try_from(n.saturating_mul(lane.lane.substeps)).unwrap_or(usize::MAX);
        for (i, (from, target)) in targets.iter().enumerate() {
            let last = targets.get(i + 1).map_or(out.len(), |(next, _)| row(*next));
            out.iter_mut().take(last).skip(row(*from).max(known)).for_each(|q| *q -= target);
        }
    })
}
