//! Runs that were interrupted, and how far they are from the whole one.

use super::methods::{self, MOMENTUM};
use super::{KEPT, WEIGHTS, WHOLE, curvatures};
use crate::core::{Probe, State, System, advance};
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Marker, Panel, Points, rich};
use crate::scenes::exhibit::draw::{DASHES, axis, line, over_time, panel, points, thin, upright};
use crate::scenes::exhibit::plane;
use crate::scenes::models::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;
use crate::theory::heavy_ball::response;

/// Where the scale of distances turns from linear to logarithmic.
const LINEAR: f64 = 1e-6;
/// Steps after a restart over which the largest distance is sought; a transient is over by then.
const PATIENCE: u64 = 2000;
/// Points of a line over restarts, about, and restarts that are tried.
const DRAWN: u64 = 120;
const TRIED: u64 = 24;

/// The paths over the bowl: the whole run, and the others from the restart on.
pub fn paths<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let start = ["x0", "y0"].map(|id| seen.get(id));
    let far = 2.0 * start[0].hypot(start[1]).max(0.1);
    let window = plane::window(seen, &[start, [0.0; 2]], far);
    let mut panel = plane::map("paths", seen, window, Some(["x0", "y0"]));
    // Of the map's own paths only the level lines are wanted: the runs are one until the restart.
    panel.layers.truncate(1);
    let mut lanes = seen.run.lanes.iter().enumerate();
    if let Some((_, whole)) = lanes.next() {
        panel.layers.extend(plane::path(seen, whole, window));
    }
    let stop = seen.index("stop");
    for (i, lane) in lanes {
        let [x, y] = [0, 1].map(|k| lane.column(Probe::Position(k)).get(stop..).unwrap_or(&[]));
        let (ink, name) = (lane.lane.ink, Some(rich(seen.say(lane.lane.name))));
        let (marker, size) = [(Marker::Ring, 1.8), (Marker::Triangle, 1.0), (Marker::Diamond, 1.0)][(i - 1).min(2)];
        if i != KEPT {
            panel.layers.push(thin(x, y, ink, DASHES[i % DASHES.len()]));
        }
        panel.layers.push(Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size }));
    }
    let at = [0, 1].map(|k| seen.at(WHOLE, Probe::Position(k), stop as u64));
    if (stop as u64) < seen.run.done() && at.iter().all(|x| x.is_finite()) {
        let ([x, y], name) = (at.map(|x| vec![x].into()), Some(rich(seen.say(t("restart", "重启")))));
        panel.layers.push(Layer::Points(Points { x, y, name, ink: Ink::Text, marker: Marker::Cross, size: 2.4 }));
    }
    vec![panel]
}

/// Distance of lane `i` from the whole run, row by row.
fn distances<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    let (Some(whole), Some(lane)) = (seen.lane(WHOLE), seen.lane(i)) else { return &[] };
    lane.derived.column(("distance from the whole run", i, 0), || {
        let rows = |lane: &'a LaneRun| lane.column(Probe::Position(0)).iter().zip(lane.column(Probe::Position(1)));
        rows(whole).zip(rows(lane)).map(|((x, y), (u, v))| (x - u).hypot(y - v)).collect()
    })
}

/// The largest of them.
pub fn farthest(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let rows = seen.index("stop") + PATIENCE as usize + 1;
    distances(seen, i).iter().take(rows).copied().filter(|d| d.is_finite()).reduce(f64::max)
}

/// Velocity of the whole run after `n` steps, if it is that of momentum.
fn velocity(seen: &Seen<'_>, n: u64) -> Option<[f64; 2]> {
    let known = seen.index("method") == MOMENTUM && seen.run.is_steady() && n <= seen.run.done();
    known.then(|| [0, 1].map(|k| seen.at(WHOLE, Probe::Velocity(k), n)))
}

/// Length of the velocity that is lost in the restart.
pub fn speed(seen: &Seen<'_>) -> Option<f64> {
    let [u, v] = velocity(seen, seen.index("stop") as u64)?;
    Some(u.hypot(v))
}

/// Distance from the whole run so many steps after a restart from the weights at step `stop`, by the response
/// of both modes to the velocity that was lost.
fn by_formula(seen: &Seen<'_>, stop: u64, after: u64) -> Option<f64> {
    let lost = velocity(seen, stop)?;
    let (eta, beta, lambda) = (seen.get("eta"), seen.get("beta"), curvatures(&seen.run.values));
    let [x, y] = [0, 1].map(|k| response(eta * lambda[k], beta, 0.0, lost[k], after));
    Some(x.hypot(y))
}

/// The largest distance within the run, by the closed form.
pub fn farthest_by_formula(seen: &Seen<'_>) -> Option<f64> {
    most(seen, seen.index("stop") as u64)
}

fn most(seen: &Seen<'_>, stop: u64) -> Option<f64> {
    let rest = seen.run.done().saturating_sub(stop);
    (0..=rest.min(PATIENCE)).map(|n| by_formula(seen, stop, n)).try_fold(0.0, |most: f64, d| Some(most.max(d?)))
}

/// An axis of distances on which 0 has a place.
fn ordinate(seen: &Seen<'_>, most: f64) -> Axis {
    let high = if most.is_finite() { most.clamp(1e-3, 1e6) } else { 1.0 };
    axis(seen, t("distance from the whole run", "与完整运行的距离"), "").symlog(LINEAR).range(-0.6 * LINEAR, 3.0 * high)
}

/// The distance over the clock.
pub fn distance<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let unit = clock::clock(seen.run, seen.view).1;
    let most = (KEPT..seen.run.lanes.len()).filter_map(|i| farthest(seen, i)).fold(0.0, f64::max);
    let mut panel = over_time("distance", seen, ordinate(seen, most));
    let stop = seen.index("stop") as u64;
    let rest = 0..=seen.run.done().saturating_sub(stop).min(PATIENCE);
    let theory: Option<Vec<f64>> = rest.clone().map(|n| by_formula(seen, stop, n)).collect();
    if let Some(y) = theory {
        let x: Vec<f64> = rest.map(|n| (stop + n) as f64 * unit).collect();
        let name = Some(seen.say(t("closed form", "闭式解")));
        panel.layers.push(line(x, y, name, Ink::Text, Dash::Dotted));
    }
    for (i, lane) in seen.run.lanes.iter().enumerate().skip(KEPT) {
        let (times, y) = (lane.times(unit), distances(seen, i));
        let rows = times.len().min(y.len());
        let name = Some(seen.say(lane.lane.name));
        panel.layers.push(line(&times[..rows], &y[..rows], name, lane.lane.ink, DASHES[i - KEPT]));
    }
    panel.handles.extend((stop <= seen.run.horizon).then(|| Handle {
        id: "stop,-".into(),
        at: [stop as f64 * unit, 0.0],
        ink: Ink::Text,
        label: rich("$r$"),
        name: seen.say(t("restart", "重启")).to_owned(),
    }));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// Largest distance from the whole run of one that goes on from step `stop` as a new state.
pub fn restarted(seen: &Seen<'_>, stop: u64, everything: bool) -> Option<f64> {
    let lane = seen.lane(WHOLE)?;
    let mut state: State = methods::fresh(&lane.state_at(stop), everything);
    let system: &System = lane.system_at(stop);
    let mut most = 0.0_f64;
    for n in stop..lane.done().min(stop + PATIENCE) {
        advance(system, &mut state, 1, &mut ());
        let [x, y] = [0, 1].map(|k| lane.at(Probe::Position(k), n + 1));
        most = most.max((state.q.first()? - x?).hypot(state.q.get(1)? - y?));
    }
    Some(most)
}

/// The steps at which restarts are tried.
fn stops(seen: &Seen<'_>) -> Vec<u64> {
    let last = seen.run.done();
    let mut out: Vec<u64> = (0..TRIED).map(|k| k * last / TRIED).collect();
    out.dedup();
    out
}

/// Restarts at many steps.
pub fn proof<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let stops = stops(seen);
    let found = |everything: bool| {
        let key = ("restarts at many steps", usize::from(everything), 0);
        seen.run
            .derived
            .column(key, || stops.iter().map(|stop| restarted(seen, *stop, everything).unwrap_or(f64::NAN)).collect())
    };
    let [kept, lost] = [true, false].map(found);
    let most = kept.iter().chain(lost).copied().filter(|d| d.is_finite()).fold(0.0, f64::max);
    let x = axis(seen, t("restart after step $r$", "重启时刻 $r$"), "").range(-0.5, seen.run.horizon.max(1) as f64);
    let mut panel = panel("proof", x, ordinate(seen, most));
    let at: Vec<f64> = stops.iter().map(|stop| *stop as f64).collect();
    let last = seen.run.done();
    let every: Vec<u64> = (0..last).step_by((last / DRAWN + 1) as usize).collect();
    let theory = seen.run.derived.column(("closed form of restarts", every.len(), last), || {
        every.iter().map(|stop| self::most(seen, *stop)).collect::<Option<Vec<f64>>>().unwrap_or_default()
    });
    if !theory.is_empty() {
        let x: Vec<f64> = every.iter().map(|stop| *stop as f64).collect();
        panel.layers.push(line(x, theory, Some(seen.say(t("closed form", "闭式解"))), Ink::Text, Dash::Dotted));
    }
    for (i, y, marker) in [(KEPT, kept, Marker::Disc), (WEIGHTS, lost, Marker::Square)] {
        if y.len() == at.len() {
            panel.layers.push(points(at.clone(), y, Some(seen.say(super::NAMES[i])), super::INKS[i], marker));
        }
    }
    panel.layers.push(upright(seen.get("stop"), Ink::Faint, Dash::Dotted));
    vec![panel]
}
