//! What every exhibit says of a run: the state of its lanes in numbers, and what happened when.

use crate::core::Probe;
use crate::scenes::models::clock::change;
use crate::scenes::{LaneRun, Moment, Seen, Table};
use crate::text::{fill, t};

/// Changes by hand, divergence, and `own`, by iteration.
pub fn moments(seen: Seen<'_>, own: Vec<Moment>) -> Vec<Moment> {
    let changes = seen.run.changes().map(|(at, changed)| Moment { at, what: change(&changed, seen.lang()).plain() });
    let diverged = seen.run.lanes.iter().filter_map(|lane| {
        let what = fill(seen.say(t("{} diverges", "{}发散")), &[seen.say(lane.lane.name)]);
        Some(Moment { at: lane.diverged_at()?, what })
    });
    let mut out: Vec<Moment> = changes.chain(diverged).chain(own).collect();
    out.sort_by_key(|moment| moment.at);
    out
}

/// Every number the lanes record, at the moment shown.
pub fn state(seen: Seen<'_>) -> Table {
    let mut probes: Vec<Probe> = Vec::new();
    for probe in seen.run.lanes.iter().flat_map(|lane| lane.trace.probes()) {
        if !matches!(probe, Probe::Step | Probe::Time) && !probes.contains(probe) {
            probes.push(*probe);
        }
    }
    let heads = ["n".to_owned(), "t (s)".to_owned()].into_iter().chain(probes.iter().map(|p| p.name())).collect();
    let row = |lane: &LaneRun| {
        let clock = [seen.view.now as f64, seen.view.now as f64 * seen.run.seconds];
        let number = |probe: &Probe| lane.at(*probe, seen.view.now).unwrap_or(f64::NAN);
        (seen.say(lane.lane.name).to_owned(), clock.into_iter().chain(probes.iter().map(number)).collect())
    };
    Table { heads, rows: seen.run.lanes.iter().map(row).collect() }
}
