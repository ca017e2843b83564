//! What is drawn over what: names of the states, clocks, columns of a lane, ranges that stay readable.

use super::params::symbol;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::Layer;
use crate::figure::{Axis, Dash, Line, Marker, Points, Rich, Weight, rich};
use crate::scenes::models::clock::brushed;
use crate::scenes::models::reach::Reach;
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::t;

/// How much farther than what it starts with a run may go before the rest is not shown.
const FAR: f64 = 3.0;

/// The names of what can be looked at: the coordinates, of equations with more than two states the states.
pub fn modes(at: &Setting<'_>) -> Vec<Rich> {
    let states = at.world().states();
    let count = match states.len() {
        _ if !at.is_flow() => at.world().kind().dim(),
        many @ 3.. => many,
        _ => 1,
    };
    states.iter().take(count).map(|name| rich(&symbol(name))).collect()
}

/// The states that are drawn over time: positions and unknowns, of equations velocities too.
pub fn drawn(at: &Setting<'_>) -> usize {
    if at.is_flow() { at.world().states().len() } else { at.world().kind().dim() }
}

/// The name of a state in label mark-up; a velocity of a loss is a displacement rate.
pub fn name(at: &Setting<'_>, state: usize) -> String {
    let (states, dim) = (at.world().states(), at.world().kind().dim());
    match (states.get(state), state.checked_sub(dim).and_then(|k| states.get(k))) {
        (Some(name), _) => symbol(name),
        (None, Some(name)) => symbol(&format!("{name}'")),
        (None, None) => String::new(),
    }
}

/// The axis of a state.
pub fn axis(at: &Setting<'_>, state: usize) -> Axis {
    let unit = if state < at.world().kind().dim() { "a.u." } else { "a.u./s" };
    Axis::new(rich(&name(at, state)), unit)
}

/// Whether a lane exists for these values.
pub fn present(lane: &LaneRun) -> bool {
    lane.lane.present.iter().all(|p| *p)
}

/// The lanes that exist, the optimizer's last, so that it lies on top.
pub fn lanes(run: &Run) -> impl DoubleEndedIterator<Item = &LaneRun> {
    run.lanes.iter().rev().filter(|l| present(l))
}

/// A lane's column of a state in seconds: positions as they are, velocities of the discrete lanes as
/// displacements over h.
pub fn column<'a>(at: &Setting<'_>, run: &Run, lane: &'a LaneRun, state: usize) -> &'a [f64] {
    let dim = at.world().kind().dim();
    let Some(k) = state.checked_sub(dim).filter(|_| !at.is_flow()) else { return lane.column(Probe::Position(state)) };
    if lane.lane.lens == Lens::Spring {
        return lane.column(Probe::Velocity(k));
    }
    let seconds = run.seconds;
    lane.derived.grown(("displacement", k, seconds.to_bits()), |out| {
        let q = lane.column(Probe::Position(k));
        if out.is_empty() && !q.is_empty() {
            out.push(at.speeds().get(k).copied().unwrap_or(0.0));
        }
        let new = q.get(out.len().saturating_sub(1)..).unwrap_or(&[]);
        out.extend(new.windows(2).map(|w| (w[1] - w[0]) / seconds));
    })
}

/// Where a lane is along a state `moment` iterations into the run.
pub fn between(at: &Setting<'_>, run: &Run, lane: &LaneRun, state: usize, moment: f64) -> Option<f64> {
    let column = column(at, run, lane, state);
    let row = (moment * lane.lane.substeps as f64).max(0.0);
    let here = *column.get(row as usize).or(column.last())?;
    let next = column.get(row as usize + 1).copied().unwrap_or(here);
    Some(here + (next - here) * row.fract())
}

/// The range of a state that is shown: every lane as far as it stays near where it started, and the
/// points at rest in between.
pub fn extent(at: &Setting<'_>, run: &Run, state: usize) -> [f64; 2] {
    run.derived.pair(("extent", state, 0), || {
        let dim = at.world().kind().dim();
        let home = at.reach().get(state).copied();
        let first = |lane: &LaneRun| column(at, run, lane, state).first().copied();
        let start = run.lanes.iter().filter_map(first).fold(0.0, |far: f64, x| far.max(x.abs()));
        let most = home.map_or(f64::INFINITY, |[_, high]| FAR * high).max(FAR * start);
        let mut range = [f64::INFINITY, f64::NEG_INFINITY];
        let mut hold = |x: f64| range = [range[0].min(x), range[1].max(x)];
        for lane in lanes(run) {
            let key = ("reach", state, most.to_bits());
            Reach::of(&lane.derived, key, column(at, run, lane, state), 0.0, most).near.into_iter().for_each(&mut hold);
        }
        if state >= dim {
            hold(0.0);
        }
        let near = |x: f64, r: [f64; 2]| (x - 0.5 * (r[0] + r[1])).abs() <= 1.5 * (r[1] - r[0]);
        let held = range;
        for x in at.points().iter().filter_map(|p| p.at.get(state)).filter(|x| near(**x, held)) {
            range = [range[0].min(*x), range[1].max(*x)];
        }
        widened(range, 0.08)
    })
}

/// A range with a margin; one without width or that is none is given some.
pub fn widened([low, high]: [f64; 2], share: f64) -> [f64; 2] {
    if !(low.is_finite() && high.is_finite() && low <= high) {
        return [-1.0, 1.0];
    }
    let width = high - low;
    let margin = if width > 1e-9 * low.abs().max(high.abs()) { share * width } else { 0.5 * low.abs().max(1.0) };
    [low - margin, high + margin]
}

/// A lane's path in its usual hand: discs for the optimizer, a line for what is continuous, dots for
/// the sampler's first particle; the stretch under inspection in bold.
pub fn path<'a>(lane: &'a LaneRun, x: &'a [f64], y: &'a [f64], view: View) -> Vec<Layer<'a>> {
    let (ink, lens) = (lane.lane.ink, lane.lane.lens);
    let name = Some(Rich::from(lane.lane.name.get(view.lang)));
    let line =
        |dash, weight, name| Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None });
    let mut out = match lens {
        Lens::Optimizer => {
            let (marker, size) = (Marker::Disc, 0.9);
            let discs = Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size });
            vec![line(Dash::Solid, Weight::Thin, None), discs]
        }
        Lens::Sampler => vec![line(Dash::Dotted, Weight::Normal, name)],
        _ => vec![line(Dash::Solid, Weight::Normal, name)],
    };
    if let Some(rows) = brushed(lane, view) {
        let part = |column: &'a [f64]| column.get(rows.clone()).unwrap_or(&[]).into();
        let (x, y, weight) = (part(x), part(y), Weight::Bold);
        out.push(Layer::Line(Line { x, y, name: None, ink, dash: Dash::Solid, weight, marker: None }));
    }
    out
}

/// What every caption says of the lanes.
pub fn legend(at: &Setting<'_>) -> crate::text::Text {
    if at.is_loss() {
        t(
            "Discs: the optimizer; solid: its spring; dotted: one particle of the sampler.",
            "圆点：优化器；实线：其弹簧；点线：采样器的一个粒子。",
        )
    } else if at.is_force() {
        t(
            "Solid: the motion of a unit mass; discs: heavy ball under the same force.",
            "实线：单位质量的运动；圆点：同一力下的重球法。",
        )
    } else {
        t("Solid: the solution.", "实线：解。")
    }
}
