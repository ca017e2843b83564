//! The views of a game over its own plane, its clock and its coefficients.

use super::{ALTERNATING, EXTRAGRADIENT, NEGATED, OPTIMISTIC, SIMULTANEOUS, play};
use crate::core::{At, Probe};
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Marker, Panel, Streamlines, Weight, rich};
use crate::scenes::exhibit::draw::{
    MARKERS, axis, decades, level, over_time, panel, points, series, spanning, thin, upright,
};
use crate::scenes::models::clock;
use crate::scenes::models::landscape::Window;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;
use crate::theory::matrix::Complex;

/// The handle of the dot in the plane of q.
pub const DOT: &str = "q";
/// Nodes along each side of the flow behind the paths.
const NODES: usize = 25;
/// How many times as far as its start a path is followed.
const FAR: f64 = 2.2;
/// Iterations of a short run, and how many of them lie along a curve.
const SHORT: u64 = 300;
const RUNS: usize = 9;
/// The lanes in the order in which they are drawn: the two that look ahead nearly coincide, and the dotted one
/// has to lie on top.
const DRAWN: [usize; 5] = [SIMULTANEOUS, ALTERNATING, NEGATED, OPTIMISTIC, EXTRAGRADIENT];

/// The lanes with their places, in the order in which they are drawn.
fn drawn<'a>(seen: &Seen<'a>) -> impl Iterator<Item = (usize, &'a LaneRun)> {
    let run = seen.run;
    DRAWN.into_iter().filter_map(|i| Some((i, run.lanes.get(i)?)))
}

/// A square window around the solution.
fn window(seen: &Seen<'_>) -> Window {
    let side = FAR * seen.get("x0").hypot(seen.get("y0")).max(0.1);
    Window { x: [-side, side], y: [-side, side] }
}

/// Lines of the flow that both players follow together.
fn flow<'a>(seen: &Seen<'a>, window: Window) -> Option<Layer<'a>> {
    let field = &seen.lane(0)?.lane.system.field;
    let n = NODES * NODES;
    let place = |[low, high]: [f64; 2], i: usize| low + (high - low) * i as f64 / (NODES - 1) as f64;
    let x = (0..n).map(|i| place(window.x, i % NODES));
    let q: Vec<f64> = x.chain((0..n).map(|i| place(window.y, i / NODES))).collect();
    let (rest, mut out) = (vec![0.0; 2 * n], vec![0.0; 2 * n]);
    field.force(At { t: 0.0, n, q: &q, v: &rest }, &mut out);
    let v = out.split_off(n);
    Some(Layer::Streamlines(Streamlines {
        x: window.x,
        y: window.y,
        nx: NODES,
        u: out.into(),
        v: v.into(),
        density: 9.0,
        name: None,
        ink: Ink::Faint,
        weight: Weight::Thin,
    }))
}

/// A lane's path as far as it stays in the window.
fn path<'a>(seen: &Seen<'a>, (i, lane): (usize, &'a LaneRun), window: Window) -> Layer<'a> {
    let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
    let outside = |v: f64| !(v.abs() <= window.x[1]);
    // One row beyond the edge, so that the line is seen to leave.
    let rows = x.iter().zip(y).position(|(x, y)| outside(*x) || outside(*y)).map_or(x.len(), |i| i + 1);
    series(&x[..rows], &y[..rows], Some(seen.say(lane.lane.name)), lane.lane.ink, i)
}

/// The paths of all lanes over the flow.
pub fn orbit<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let window = window(seen);
    let span = |name: &str, [low, high]: [f64; 2]| Axis::new(rich(name), "").range(low, high);
    let mut panel = Panel::new("orbit", span("$x$", window.x), span("$y$", window.y));
    panel.layers.extend(flow(seen, window));
    panel.layers.extend(drawn(seen).map(|lane| path(seen, lane, window)));
    panel.layers.push(points(vec![0.0], vec![0.0], None, Ink::Text, Marker::Cross));
    panel.handles.push(Handle {
        id: "x0,y0".into(),
        at: ["x0", "y0"].map(|id| seen.get(id)),
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start of all lanes", "所有轨道的起点")).to_owned(),
    });
    vec![panel]
}

/// The distance of all lanes over the clock, with ρⁿ behind it.
pub fn distance<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let start = seen.get("x0").hypot(seen.get("y0")).max(f64::MIN_POSITIVE);
    let share = |lane: &'a LaneRun| {
        let column = play::distance(lane);
        lane.derived.grown(("share", 0, 0), |out| {
            let new: Vec<f64> = column.iter().skip(out.len()).map(|r| r / start).collect();
            out.extend(new);
        })
    };
    let all = seen.run.lanes.iter().flat_map(|lane| share(lane).iter().copied()).map(|r| r.clamp(1e-8, 1e4));
    let y = axis(seen, t("distance $r/r_0$", "距离 $r/r_0$"), "");
    let mut panel = over_time("distance", seen, decades(y, 0.0, all.chain([0.3, 3.0])));
    let unit = clock::clock(seen.run, seen.view).1;
    for (i, lane) in drawn(seen) {
        let (rho, times) = (play::predicted(seen, i), lane.times(unit));
        let y: Vec<f64> = times.iter().map(|n| (n / unit * rho.ln()).exp().clamp(1e-300, 1e300)).collect();
        panel.layers.push(thin(times, y, Ink::Muted, Dash::Solid));
        panel.layers.push(series(times, share(lane), Some(seen.say(lane.lane.name)), lane.lane.ink, i));
    }
    panel.layers.push(level(1.0, Ink::Muted, Dash::Solid));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// An axis for ρ − 1, linear near 0.
fn growth_axis(seen: &Seen<'_>, values: impl IntoIterator<Item = f64>) -> Axis {
    let label = t("growth per step $ρ − 1$", "每步增长 $ρ − 1$");
    spanning(axis(seen, label, "").symlog(1e-3), values.into_iter().map(|v| 1.3 * v).chain([-2e-3, 2e-3]))
}

/// Abscissae, and for every one the growth ρ − 1 of the lanes in a short run, one lane after another.
fn tried<'a>(
    seen: &Seen<'a>,
    key: &'static str,
    at: &[f64],
    set: impl Fn(f64) -> Vec<(&'static str, f64)>,
) -> &'a [f64] {
    seen.run.derived.column((key, at.len(), SHORT), || {
        let rows: Vec<Vec<f64>> = at.iter().map(|x| play::tried(seen.run, SHORT, &set(*x))).collect();
        let lanes = seen.run.lanes.len();
        let cell = |i: usize, row: &Vec<f64>| row.get(i).map_or(f64::NAN, |rho| rho - 1.0);
        (0..lanes).flat_map(|i| rows.iter().map(move |row| cell(i, row))).collect()
    })
}

/// Growth over the momentum of both players.
pub fn modulus<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let q = play::curvature(values) * values.get("eta");
    let betas: Vec<f64> = (0..=152).map(|i| -0.95 + 0.0125 * f64::from(i)).collect();
    let at: Vec<f64> = (0..RUNS).map(|i| -0.8 + 0.2125 * i as f64).collect();
    let marks = tried(seen, "growth over momentum", &at, |beta| vec![("beta", beta)]);
    let mut curves: Vec<Layer<'a>> = Vec::new();
    let mut all: Vec<f64> = Vec::new();
    for (i, lane) in drawn(seen).filter(|(i, _)| *i != NEGATED) {
        let curve = seen.run.derived.column(("modulus over momentum", i, 0), || {
            betas.iter().map(|beta| play::modulus(i, q, *beta) - 1.0).collect()
        });
        all.extend(curve);
        let name = seen.say(lane.lane.name);
        curves.push(series(betas.clone(), curve, Some(name), lane.lane.ink, i));
        if let (SIMULTANEOUS | ALTERNATING, Some(y)) = (i, marks.get(i * RUNS..(i + 1) * RUNS)) {
            curves.push(points(at.clone(), y, None, lane.lane.ink, MARKERS[i % MARKERS.len()]));
        }
    }
    let x = axis(seen, t("momentum $β$", "动量系数 $β$"), "").range(-1.0, 1.0);
    let mut panel = panel("modulus", x, growth_axis(seen, all));
    panel.layers.push(level(0.0, Ink::Danger, Dash::Solid));
    panel.layers.extend(curves);
    panel.layers.push(upright(seen.get("negative"), Ink::Optimizer, Dash::Dotted));
    let beta = seen.get("beta");
    panel.handles.push(Handle {
        id: "beta,-".into(),
        at: [beta, play::modulus(SIMULTANEOUS, q, beta) - 1.0],
        ink: Ink::Text,
        label: rich("$β$"),
        name: seen.say(t("momentum", "动量系数")).to_owned(),
    });
    vec![panel]
}

/// Growth while the game turns from pure chase to two bowls.
pub fn mix<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let (size, eta) = (play::curvature(values).norm(), values.get("eta"));
    let turned = |degrees: f64| Complex::from_polar(size, (90.0 - degrees).to_radians());
    let degrees: Vec<f64> = (0..=45).map(|i| 2.0 * f64::from(i)).collect();
    let at: Vec<f64> = (0..RUNS).map(|i| 10.0 * i as f64).collect();
    let marks = tried(seen, "growth over mix", &at, |degrees| {
        let to = turned(degrees);
        vec![("mu", to.re), ("a", to.im)]
    });
    let (mut curves, mut all): (Vec<Layer<'a>>, Vec<f64>) = Default::default();
    for (i, lane) in drawn(seen) {
        let beta = play::momentum(values, i);
        let curve = seen.run.derived.column(("modulus over mix", i, 0), || {
            degrees.iter().map(|at| play::modulus(i, turned(*at) * eta, beta) - 1.0).collect()
        });
        all.extend(curve);
        let name = seen.say(lane.lane.name);
        curves.push(series(degrees.clone(), curve, Some(name), lane.lane.ink, i));
        if let Some(y) = marks.get(i * RUNS..(i + 1) * RUNS) {
            curves.push(points(at.clone(), y, None, lane.lane.ink, MARKERS[i % MARKERS.len()]));
        }
    }
    let x = axis(seen, t("mixing angle", "混合角"), "°").range(0.0, 90.0);
    let mut panel = panel("mix", x, growth_axis(seen, all));
    panel.layers.push(level(0.0, Ink::Danger, Dash::Solid));
    panel.layers.extend(curves);
    let present = 90.0 - play::curvature(values).arg().to_degrees();
    panel.layers.push(upright(present, Ink::Text, Dash::Dashed));
    vec![panel]
}
