//! One moment of a run: where it lies in every view, what happened when, the state in numbers.

use super::setting::Setting;
use super::{axes, phase, relief};
use crate::core::Probe;
use crate::figure::{Ink, Now};
use crate::scenes::models::clock::{change, clock};
use crate::scenes::models::measure;
use crate::scenes::{LaneRun, Lens, Moment, Run, Table, View};
use crate::text::{fill, t};

/// The marks of iteration `moment` on every panel of a figure.
pub fn marks(id: &str, at: &Setting<'_>, run: &Run, view: View, moment: f64) -> Vec<Vec<Now>> {
    let unit = clock(run, view).1;
    let line = || Now::X(moment * unit);
    let place = |lane: &LaneRun, state: usize| axes::between(at, run, lane, state, moment);
    let ring = |lane: &LaneRun, x: f64, y: f64| Now::At([x, y], lane.lane.ink);
    match id {
        "series" => {
            let panel = |state: usize| {
                let rings = axes::lanes(run).filter_map(|l| Some(ring(l, moment * unit, place(l, state)?)));
                std::iter::once(line()).chain(rings).collect()
            };
            (0..axes::drawn(at)).map(panel).collect()
        }
        "loss" => vec![vec![line()]],
        "energy" => vec![vec![line()], vec![line()]],
        "phase" if at.is_flow() && at.world().states().len() == 1 => {
            let point = |l: &LaneRun| {
                let x = place(l, 0)?;
                Some(ring(l, x, at.rates(&[&[x]], 0.0).first().copied()?))
            };
            vec![axes::lanes(run).filter_map(point).collect()]
        }
        "phase" => {
            let [x, y] = phase::plane(at, view);
            vec![axes::lanes(run).filter_map(|l| Some(ring(l, place(l, x)?, place(l, y)?))).collect()]
        }
        "profile" => {
            let point = |l: &LaneRun| {
                let x = place(l, 0)?;
                Some(ring(l, x, at.losses(&[&[x]]).first().copied()?))
            };
            vec![axes::lanes(run).filter_map(point).collect()]
        }
        "map" => vec![axes::lanes(run).filter_map(|l| Some(ring(l, place(l, 0)?, place(l, 1)?))).collect()],
        "relief" => relief::marks(at, run, view, moment),
        "atlas" => {
            let minimum = at.minimum(&at.start());
            let lambda = minimum.and_then(|p| p.curvatures.get(view.mode).copied());
            let dot = lambda.map(|lambda| Now::At([at.get("eta") * lambda, at.get("beta")], Ink::Text));
            vec![dot.into_iter().collect()]
        }
        _ => vec![Vec::new()],
    }
}

/// What happened: changes by hand, the optimizer at rest near a minimum, every divergence.
pub fn list(at: &Setting<'_>, run: &Run, view: View) -> Vec<Moment> {
    let mut out: Vec<Moment> =
        run.changes().map(|(at, changed)| Moment { at, what: change(&changed, view.lang).plain() }).collect();
    if let Some((iteration, _)) = arrival(at, run) {
        let what = t("the optimizer stays within 1 % of a minimum", "优化器此后保持在某极小点的 1 % 以内");
        out.push(Moment { at: iteration, what: what.get(view.lang).to_owned() });
    }
    for lane in axes::lanes(run) {
        if let Some(at) = lane.diverged_at() {
            let what = fill(t("{} diverges", "{}发散").get(view.lang), &[lane.lane.name.get(view.lang)]);
            out.push(Moment { at, what });
        }
    }
    out.sort_by_key(|m| m.at);
    out
}

/// The iteration from which the optimizer stays within 1 % of its start's distance from the minimum it
/// ends at, and that minimum.
pub fn arrival(at: &Setting<'_>, run: &Run) -> Option<(u64, Vec<f64>)> {
    let lane = run.lane(Lens::Optimizer).filter(|_| at.is_loss() && run.is_steady())?;
    let columns: Vec<&[f64]> = (0..at.world().kind().dim()).map(|i| lane.column(Probe::Position(i))).collect();
    let last: Vec<f64> = columns.iter().filter_map(|c| c.last().copied()).collect();
    let minimum = at.minimum(&last).map(|p| p.at).filter(|m| m.len() == columns.len())?;
    let away = lane.derived.measured(("away", 0, 0), || {
        let far = |i: usize| columns.iter().zip(&minimum).map(|(c, m)| (c[i] - m) * (c[i] - m)).sum::<f64>().sqrt();
        (0..lane.trace.len()).map(far).collect()
    });
    measure::settles(away, 0.01).map(|at| (at, minimum))
}

/// Every lane's clock, states and loss at the moment shown.
pub fn state(at: &Setting<'_>, run: &Run, view: View) -> Table {
    let states = if at.is_flow() { at.world().states().len() } else { 2 * at.world().kind().dim() };
    let named = (0..states).map(|i| crate::figure::rich(&axes::name(at, i)).plain());
    let potential = at.is_loss().then(|| "f".to_owned());
    let heads = ["n".to_owned(), "t".to_owned()].into_iter().chain(named).chain(potential).collect();
    let row = |lane: &LaneRun| {
        let seconds = view.now as f64 * run.seconds;
        let mut numbers = vec![view.now as f64, seconds];
        let value = |i| axes::between(at, run, lane, i, view.now as f64).unwrap_or(f64::NAN);
        numbers.extend((0..states).map(|i| if axes::present(lane) { value(i) } else { f64::NAN }));
        numbers.extend(at.is_loss().then(|| lane.at(Probe::Potential, view.now).unwrap_or(f64::NAN)));
        (lane.lane.name.get(view.lang).to_owned(), numbers)
    };
    Table { heads, rows: run.lanes.iter().map(row).collect() }
}
