//! One moment of a run: where it lies in every view, what happened when, the state in numbers.

use super::draw::speeds;
use super::energy::total;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::Now;
use crate::scenes::models::clock::{change, clock};
use crate::scenes::{LaneRun, Lens, Moment, Run, Table, View};
use crate::text::{fill, t};

/// The marks of iteration `moment` on every panel of a figure with so many panels.
pub fn marks(id: &str, at: &Setting<'_>, run: &Run, view: View, moment: f64) -> Vec<Vec<Now>> {
    let now = moment * clock(run, view).1;
    let ring = |lane: &LaneRun, x: f64, y: f64| Now::At([x, y], lane.lane.ink);
    match id {
        "series" => {
            let panel = |i: usize| {
                let rings = run.lanes.iter().filter_map(|l| Some(ring(l, now, l.between(Probe::Position(i), moment)?)));
                std::iter::once(Now::X(now)).chain(rings).collect()
            };
            (0..at.dim()).map(panel).collect()
        }
        "temperature" => vec![vec![Now::X(now)]; 2],
        "energy" => {
            let ledger = if super::energy::books(at, run).is_some() { 3 } else { 2 };
            vec![vec![Now::X(now)]; ledger]
        }
        "phase" => {
            let place = |l: &LaneRun| {
                let row = moment.max(0.0) as usize;
                Some(ring(l, l.between(Probe::Position(0), moment)?, *speeds(at, run, l, 0).get(row)?))
            };
            vec![run.lanes.iter().filter_map(place).collect()]
        }
        "map" => {
            let place = |l: &LaneRun| {
                Some(ring(l, l.between(Probe::Position(0), moment)?, l.between(Probe::Position(1), moment)?))
            };
            vec![run.lanes.iter().filter_map(place).collect()]
        }
        _ => Vec::new(),
    }
}

/// What happened: changes by hand, the optimizer at rest, the first crossing, every divergence.
pub fn list(at: &Setting<'_>, run: &Run, view: View) -> Vec<Moment> {
    let mut out: Vec<Moment> =
        run.changes().map(|(at, changed)| Moment { at, what: change(&changed, view.lang).plain() }).collect();
    if let Some(crossed) = first_crossing(at, run) {
        let what = t("the particle drawn crosses the barrier", "所画粒子越过势垒");
        out.push(Moment { at: crossed, what: what.get(view.lang).to_owned() });
    }
    for lane in &run.lanes {
        if let Some(at) = lane.diverged_at() {
            let what = fill(t("{} diverges", "{}发散").get(view.lang), &[lane.lane.name.get(view.lang)]);
            out.push(Moment { at, what });
        }
    }
    out.sort_by_key(|m| m.at);
    out
}

/// When the first particle of the cloud is beyond the barrier for the first time.
fn first_crossing(at: &Setting<'_>, run: &Run) -> Option<u64> {
    let barrier = at.landscape().barrier(at)?;
    let x = run.lane(Lens::Sampler)?.column(Probe::Position(0));
    let beyond = |x: &f64| (x - barrier.top) * (barrier.wells[1] - barrier.top) > 0.0;
    x.iter().position(beyond).map(|n| n as u64)
}

/// Every lane's clock, positions, velocities, potential and energy at the moment shown.
pub fn state(at: &Setting<'_>, run: &Run, view: View) -> Table {
    let names = ["x", "y"].into_iter().take(at.dim());
    let own = names.flat_map(|name| [name.to_owned(), format!("{name}′")]);
    let heads = ["n".to_owned(), "t".to_owned()].into_iter().chain(own).chain(["U".to_owned(), "E".to_owned()]);
    let row = |lane: &LaneRun| {
        let mut numbers = vec![view.now as f64, view.now as f64 * run.seconds];
        let value = |column: &[f64]| column.get(view.now as usize).or(column.last()).copied().unwrap_or(f64::NAN);
        for i in 0..at.dim() {
            numbers.extend([value(lane.column(Probe::Position(i))), value(speeds(at, run, lane, i))]);
        }
        numbers.extend([value(lane.column(Probe::Potential)), value(total(at, run, lane))]);
        (lane.lane.name.get(view.lang).to_owned(), numbers)
    };
    Table { heads: heads.collect(), rows: run.lanes.iter().map(row).collect() }
}
