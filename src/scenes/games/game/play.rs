//! How the lanes of a game grow: by closed form, and measured.

use super::{ALTERNATING, DIRAC, EXTRAGRADIENT, NEGATED, OPTIMISTIC, SIMULTANEOUS, build};
use crate::core::Probe;
use crate::param::Values;
use crate::scenes::models::measure::growth;
use crate::scenes::{LaneRun, Run, Seen};
use crate::theory::games;
use crate::theory::matrix::Complex;

/// How a chase ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// At the solution.
    Settles,
    /// Never: the distance stays.
    Orbits,
    /// Ever farther away.
    Flees,
}

/// The fate of a modulus per step; what is within rounding of 1 orbits.
pub fn fate(rho: f64) -> Fate {
    match rho {
        _ if (rho - 1.0).abs() <= 1e-9 => Fate::Orbits,
        _ if rho < 1.0 => Fate::Settles,
        _ => Fate::Flees,
    }
}

/// The complex curvature μ + ia of the game at its solution.
pub fn curvature(values: &Values) -> Complex<f64> {
    match values.index("game") {
        DIRAC => Complex::new(0.0, games::dirac_gan_slope(0.0)),
        _ => Complex::new(values.get("mu"), values.get("a")),
    }
}

/// The momentum of a lane; those that look ahead have none.
pub fn momentum(values: &Values, i: usize) -> f64 {
    match i {
        SIMULTANEOUS | ALTERNATING => values.get("beta"),
        NEGATED => values.get("negative"),
        _ => 0.0,
    }
}

/// Modulus per step of lane `i` on a complex curvature, q = η(μ + ia), with a momentum.
pub fn modulus(i: usize, q: Complex<f64>, beta: f64) -> f64 {
    match i {
        SIMULTANEOUS => games::heavy_ball_radius(q, beta),
        ALTERNATING | NEGATED => games::alternating_regularised_radius(q, beta, beta),
        EXTRAGRADIENT => games::extragradient_complex_radius(q),
        OPTIMISTIC => games::optimistic_complex_radius(q),
        _ => f64::NAN,
    }
}

/// Modulus per step of lane `i` of this game, by the closed form.
pub fn predicted(seen: &Seen<'_>, i: usize) -> f64 {
    let values = &seen.run.values;
    modulus(i, curvature(values) * values.get("eta"), momentum(values, i))
}

/// The distance of a lane from the solution, row by row.
pub fn distance(lane: &LaneRun) -> &[f64] {
    lane.derived.grown(("distance", 0, 0), |column| {
        let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
        let new = x.iter().zip(y).skip(column.len()).map(|(x, y)| x.hypot(*y)).collect::<Vec<_>>();
        column.extend(new);
    })
}

/// The factor per step by which the distance of a lane grows.
pub fn measured(lane: &LaneRun) -> Option<f64> {
    growth(distance(lane))
}

/// The factors of all lanes in a short run with other values; NaN where there is none.
pub fn tried(run: &Run, steps: u64, set: &[(&str, f64)]) -> Vec<f64> {
    let mut values = run.values.clone();
    let fits = set.iter().all(|(id, to)| values.set(id, *to).is_ok());
    let Some(mut setup) = fits.then(|| build(&values, run.seed).ok()).flatten() else { return Vec::new() };
    setup.lanes.iter_mut().for_each(|lane| lane.probes = vec![Probe::Position(0), Probe::Position(1)]);
    let mut short = Run::brief(setup, &values, run.seed, steps, &mut Vec::new());
    short.compute(steps);
    short.lanes.iter().map(|lane| measured(lane).unwrap_or(f64::NAN)).collect()
}
