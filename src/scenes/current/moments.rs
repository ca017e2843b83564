//! One moment of a run: where it lies in the views over time, and the ensemble in numbers.

use super::measured::lane;
use crate::core::Probe;
use crate::core::methods::Books;
use crate::figure::Now;
use crate::scenes::{LaneRun, Moment, Run, Table, View};
use crate::text::t;

/// The marks of iteration `at` on every panel of a figure.
pub fn marks(id: &str, run: &Run, at: f64) -> Vec<Vec<Now>> {
    match id {
        "entropy" | "swept" => vec![vec![Now::X(at * run.seconds)]; 2],
        _ => Vec::new(),
    }
}

/// What happened: the divergence of the ensemble.
pub fn list(run: &Run, view: View) -> Vec<Moment> {
    let at = lane(run).and_then(LaneRun::diverged_at);
    let what = t("the ensemble diverges", "系综发散").get(view.lang);
    at.map(|at| Moment { at, what: what.to_owned() }).into_iter().collect()
}

/// Clock, means and spreads of the coordinates, and what was booked, at the moment shown.
pub fn state(run: &Run, view: View) -> Table {
    let dim = run.lanes.first().map_or(0, |l| l.lane.present.len());
    let own = (0..dim).flat_map(|i| [Probe::MeanPosition(i), Probe::SpreadPosition(i), Probe::VarianceVelocity(i)]);
    let booked = [Books::ENTROPY, Books::AREA].map(Probe::MeanBooked);
    let probes: Vec<Probe> = std::iter::once(Probe::Time).chain(own).chain(booked).collect();
    let heads = std::iter::once("n".to_owned()).chain(probes.iter().map(|p| p.name()));
    let row = |lane: &LaneRun| {
        let numbers = probes.iter().map(|p| lane.at(*p, view.now).unwrap_or(f64::NAN));
        (lane.lane.name.get(view.lang).to_owned(), std::iter::once(view.now as f64).chain(numbers).collect())
    };
    Table { heads: heads.collect(), rows: run.lanes.iter().map(row).collect() }
}
