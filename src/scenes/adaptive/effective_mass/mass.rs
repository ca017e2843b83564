//! What Adam divides by, row by row, and the mass that makes of it.

use super::{ADAM, EPS};
use crate::core::Probe;
use crate::scenes::{LaneRun, Seen};

/// Adam's coefficients in the step that made a row.
pub struct Coefficients {
    /// Rate with the correction of the first moment, α/(1 − β₁ᵗ).
    pub rate: f64,
    /// Memory β₁ of the mean.
    pub beta: f64,
    /// Share 1 − β₂ᵗ of the second moment that is known.
    pub known: f64,
}

/// The coefficients of step `n`, the one that leads to row n.
pub fn coefficients(seen: &Seen<'_>, n: u64) -> Coefficients {
    let values = seen.run.values_at(n.saturating_sub(1));
    let [alpha, beta, beta2] = ["alpha", "beta", "beta2"].map(|id| values.get(id));
    let t = n.max(1) as f64;
    Coefficients { rate: alpha / (1.0 - beta.powf(t)), beta, known: 1.0 - beta2.powf(t) }
}

/// The lane of Adam.
pub fn adam<'a>(seen: &Seen<'a>) -> Option<&'a LaneRun> {
    seen.lane(ADAM)
}

/// Entry `n` of a column, or the last.
pub fn at(column: &[f64], n: u64) -> Option<f64> {
    let row = usize::try_from(n).unwrap_or(usize::MAX);
    column.get(row).or(column.last()).copied().filter(|x| x.is_finite())
}

/// √v̂ᵢ + ε of every row, the one before the first step excepted.
pub fn roots<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    let Some(lane) = adam(seen) else { return &[] };
    let squares = lane.column(Probe::Remembered(0, i));
    lane.derived.grown(("root of the second moment", i, 0), |column| {
        for (n, w) in squares.iter().enumerate().skip(column.len()) {
            let root = (w / coefficients(seen, n as u64).known).sqrt() + EPS;
            column.push(if n == 0 { f64::NAN } else { root });
        }
    })
}

/// |Hᵢᵢ| at every row of Adam's path.
pub fn curvatures<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    let Some(lane) = adam(seen) else { return &[] };
    let [x, y] = [0, 1].map(|k| lane.column(Probe::Position(k)));
    lane.derived.grown(("curvature along the path", i, 0), |column| {
        for (n, (x, y)) in x.iter().zip(y).enumerate().skip(column.len()) {
            let mut h = [f64::NAN; 4];
            let there = lane.system_at(n as u64).field.hessian(&[*x, *y], &mut h);
            column.push(if there { h[3 * (i & 1)].abs() } else { f64::NAN });
        }
    })
}

/// √v̂ᵢ/|Hᵢᵢ| of every row.
pub fn ratios<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    let Some(lane) = adam(seen) else { return &[] };
    let (roots, curvatures) = (roots(seen, i), curvatures(seen, i));
    lane.derived.grown(("ratio of root and curvature", i, 0), |column| {
        let new: Vec<f64> = roots.iter().zip(curvatures).skip(column.len()).map(|(root, h)| root / h).collect();
        column.extend(new);
    })
}

/// √v̂ᵢ/|Hᵢᵢ| at a moment.
pub fn ratio_at(seen: &Seen<'_>, i: usize, n: u64) -> Option<f64> {
    at(ratios(seen, i), n.max(1))
}

/// Effective mass of row `n` of coordinate `i`: √v̂ (1 − β₁ᵗ)/(α (1 − β₁)).
pub fn mass(seen: &Seen<'_>, i: usize, n: u64) -> f64 {
    let c = coefficients(seen, n);
    at(roots(seen, i), n).unwrap_or(f64::NAN) / (c.rate * (1.0 - c.beta))
}

/// Mass as the motion shows it: momentum, the accumulated force, over displacement per step.
pub fn of_motion(seen: &Seen<'_>, i: usize, n: u64) -> Option<f64> {
    let lane = adam(seen)?;
    let n = n.min(lane.done()).max(1);
    let moved = lane.at(Probe::Position(i), n)? - lane.at(Probe::Position(i), n - 1)?;
    let momentum = lane.at(Probe::Velocity(i), n)? / (1.0 - coefficients(seen, n).beta);
    Some(momentum / moved).filter(|m| m.is_finite())
}
