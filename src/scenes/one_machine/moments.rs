//! One moment of a run: where it lies in every view, what happened when, the state in numbers.

use super::problem;
use super::remarks::{is_nearly_critical, mode_numbers};
use super::series::{clock, pace};
use crate::core::Probe;
use crate::figure::{Ink, Now};
use crate::scenes::models::{clock::change, measure};
use crate::scenes::{LaneRun, Lens, Moment, Run, Table, View};
use crate::text::{fill, t};

/// The marks of iteration `at` on every panel of a figure of this file's kinds.
pub fn marks(id: &str, run: &Run, view: View, at: f64) -> Option<Vec<Vec<Now>>> {
    let (_, unit) = clock(run, view);
    let line = || Now::X(at * unit);
    Some(match id {
        "series" => {
            let rings = lanes(run, view).filter_map(|l| {
                let q = l.between(Probe::Position(view.mode), at)?;
                Some(Now::At([at * unit, q], l.lane.ink))
            });
            vec![std::iter::once(line()).chain(rings).collect(), vec![line()]]
        }
        "loss" => vec![vec![line()]],
        "energy" => vec![vec![line()], vec![line()]],
        "phase" => {
            let scale = pace(run, view).2;
            vec![lanes(run, view).filter_map(|l| orbit_point(l, run, view, scale, at)).collect()]
        }
        "map" => {
            let whole = lanes(run, view).filter(|l| l.lane.present.iter().all(|p| *p));
            let point = |l: &LaneRun| {
                let q = [0, 1].map(|i| l.between(Probe::Position(i), at).unwrap_or(f64::NAN));
                Now::At(q, l.lane.ink)
            };
            vec![whole.map(point).collect()]
        }
        "atlas" => {
            let (q, beta) = mode_numbers(run, view.mode);
            // A critically damped mode stands out.
            let ink = if is_nearly_critical(q, beta) { Ink::Amber } else { Ink::Text };
            vec![vec![Now::At([q, beta], ink)]]
        }
        _ => return None,
    })
}

/// The lanes whose chosen mode exists.
fn lanes(run: &Run, view: View) -> impl Iterator<Item = &LaneRun> {
    run.lanes.iter().filter(move |l| l.lane.present.get(view.mode) == Some(&true))
}

/// Where a lane is in the phase portrait: at its own velocity if it has one and the lens asks for it,
/// otherwise at its displacement over the last iteration.
fn orbit_point(lane: &LaneRun, run: &Run, view: View, scale: f64, at: f64) -> Option<Now> {
    let q = lane.between(Probe::Position(view.mode), at)?;
    let continuous = matches!(lane.lane.lens, Lens::Spring | Lens::Controller);
    let y = if view.lens.is_physical() && continuous {
        lane.between(Probe::Velocity(view.mode), at)?
    } else {
        match lane.between(Probe::Position(view.mode), at - 1.0).filter(|_| at >= 1.0) {
            Some(before) => (q - before) * scale,
            None => arriving(lane, run, view, at)? * scale,
        }
    };
    Some(Now::At([q, y], lane.lane.ink))
}

/// The displacement of the last iteration before the first is over: on its way from the one with which
/// the lane arrives at the start to its own first.
fn arriving(lane: &LaneRun, run: &Run, view: View, at: f64) -> Option<f64> {
    let step = problem::mode(run.values_at(0), view.mode)?.step;
    let q = |n: u64| lane.at(Probe::Position(view.mode), n);
    Some(step + (q(1)? - q(0)? - step) * at)
}

/// What happened: changes by hand, the optimizer's first crossing, its settling, every divergence.
pub fn list(run: &Run, view: View) -> Vec<Moment> {
    let mut out: Vec<Moment> =
        run.changes().map(|(at, changed)| Moment { at, what: change(&changed, view.lang).plain() }).collect();
    let say = |text: crate::text::Text| text.get(view.lang).to_owned();
    if let Some(lane) = run.lane(Lens::Optimizer) {
        let q = problem::away(run, lane, view.mode);
        let kept = |name, find: &dyn Fn() -> Option<u64>| {
            lane.derived.number((name, view.mode, 0), || find().map(|n| n as f64)).map(|n| n as u64)
        };
        if let Some(at) = kept("crosses", &|| measure::crosses(q)) {
            out.push(Moment { at, what: say(t("the optimizer crosses the minimum", "优化器越过极小点")) });
        }
        if let Some(at) = kept("settles", &|| measure::settles(q, 0.01)) {
            out.push(Moment {
                at, what: say(t("the optimizer stays within 1 %", "优化器此后保持在 1 % 以内"))
            });
        }
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

/// Every lane's clock, positions, velocities, displacements and potential at the moment shown.
pub fn state(run: &Run, view: View) -> Table {
    let dim = run.lanes.first().map_or(0, |l| l.lane.present.len());
    let own = (1..=dim).flat_map(|i| [format!("q{i}"), format!("Δq{i}"), format!("v{i}")]);
    let heads = ["n".to_owned(), "t".to_owned()].into_iter().chain(own).chain(["U".to_owned()]);
    let at = view.now;
    let row = |lane: &LaneRun| {
        let number = |p: Probe, n: u64| lane.at(p, n).unwrap_or(f64::NAN);
        let mut numbers = vec![at as f64, number(Probe::Time, at)];
        for i in 0..dim {
            let there = lane.lane.present.get(i) == Some(&true);
            let q = number(Probe::Position(i), at);
            let first = problem::mode(run.values_at(0), i).map_or(f64::NAN, |m| m.step);
            let step = if at == 0 { first } else { q - number(Probe::Position(i), at - 1) };
            let entries = [q, step, number(Probe::Velocity(i), at)];
            numbers.extend(entries.map(|x| if there { x } else { f64::NAN }));
        }
        numbers.push(number(Probe::Potential, at));
        (lane.lane.name.get(view.lang).to_owned(), numbers)
    };
    Table { heads: heads.collect(), rows: run.lanes.iter().map(row).collect() }
}
