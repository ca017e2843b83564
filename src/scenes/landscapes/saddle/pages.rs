//! What is shown of the saddle.

use super::{LEFT, METHODS, factor, falling, left, machine};
use crate::core::Probe;
use crate::figure::{Axis, Column, Dash, Handle, Ink, Layer, Line, Marker, Panel, Streamlines, Weight, rich};
use crate::scenes::exhibit::draw::{DASHES, axis, decades, level, line, over_time, panel, points};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::{Moves, Page, plane};
use crate::scenes::models::clock::clock;
use crate::scenes::models::landscape::Window;
use crate::scenes::{LaneRun, Run, Seen};
use crate::text::t;
use crate::theory::heavy_ball::{growth, leaving_time, response};

/// Nodes along each side of the flow, momenta tried, points of a curve.
const NODES: usize = 25;
const RUNS: usize = 20;
const POINTS: usize = 300;
/// The largest momentum of a curve, and iterations of a run aside at most.
const MOST: f64 = 0.99;
const STEPS: u64 = 1500;
/// Iterations between two looks at whether a run has left.
const STRETCH: u64 = 50;
const LINES: [Dash; 3] = [Dash::Dashed, Dash::Solid, Dash::DashDot];
const MARKERS: [Marker; 3] = [Marker::Square, Marker::Disc, Marker::Triangle];

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("map", t("Flow at the saddle", "鞍点附近的流"), map)
        .showing(
            "Thin: the way straight downhill. All lanes come in along the ridge and leave beyond the dashed lines.",
            "细线为最速下降方向。各轨道沿山脊进入，越过虚线即算离开。",
        )
        .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))]),
    Page::new("escape", t("Distance from the ridge", "离山脊的距离"), escape)
        .showing(
            "Marks: the runs. Lines: the closed form of the falling mode, which grows by its larger pole per step.",
            "标记：实际运行。线：下降模态的闭式解，每步按其较大极点增长。",
        )
        .moving(&[Moves::Clock]),
    Page::new("times", t("Time to leave", "离开所需时间"), times)
        .showing(
            "Iterations to leave over β: a run per mark, the exact growth rate as lines. The dashed line is descent.",
            "离开所需迭代数随 β 的变化：每个标记为一次运行，线由精确增长率给出。虚线为梯度下降。",
        ),
    Page::new("growth", t("Growth per step", "每步增长"), rates)
        .showing(
            "Logarithm of the larger pole of the falling mode over β. Dotted: √(ημ), the rate of a frictionless ball in continuous time.",
            "下降模态较大极点的对数随 β 的变化。点线：√(ημ)，连续时间中无摩擦小球的增长率。",
        ),
];

fn map<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let reach = seen.get("x0").abs().max(0.5) * 1.15;
    let window = Window { x: [-reach, reach], y: [-1.4 * LEFT, 1.4 * LEFT] };
    let named = |name: &str, [low, high]: [f64; 2]| Axis::new(rich(name), "").range(low, high);
    let mut panel = panel("map", named("$x_1$", window.x), named("$x_2$", window.y));
    panel.layers.push(flow(seen, window));
    for side in [-LEFT, LEFT] {
        panel.layers.push(level(side, Ink::Danger, Dash::Dashed));
    }
    panel.layers.extend(plane::paths(seen, window));
    panel.handles.push(Handle {
        id: "x0,offset".into(),
        at: [seen.get("x0"), seen.get("offset")],
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start of all lanes", "所有轨道的起点")).to_owned(),
    });
    vec![panel]
}

/// The direction straight downhill.
fn flow<'a>(seen: &Seen<'_>, window: Window) -> Layer<'a> {
    let node = |[low, high]: [f64; 2], i: usize| low + (high - low) * i as f64 / (NODES - 1) as f64;
    let mu = seen.get("mu");
    let u: Vec<f64> = (0..NODES * NODES).map(|i| -super::STABLE * node(window.x, i % NODES)).collect();
    let v: Vec<f64> = (0..NODES * NODES).map(|i| mu * node(window.y, i / NODES)).collect();
    Layer::Streamlines(Streamlines {
        x: window.x,
        y: window.y,
        nx: NODES,
        u: u.into(),
        v: v.into(),
        density: 9.0,
        name: None,
        ink: Ink::Faint,
        weight: Weight::Thin,
    })
}

fn escape<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (values, unit) = (&seen.run.values, clock(seen.run, seen.view).1);
    let offset = seen.get("offset");
    let y = axis(seen, t("distance from the ridge $|x_2|$", "离山脊的距离 $|x_2|$"), "").log();
    let mut panel = over_time("escape", seen, y.range(0.5 * offset, 300.0 * LEFT));
    let every = (seen.run.horizon / 40).max(1) as usize;
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let [q, beta] = falling(values, i, seen.get("beta"));
        let rows = 0..lane.column(Probe::Position(1)).len();
        let known: Vec<f64> = rows.clone().map(|n| response(q, beta, offset, 0.0, n as u64).abs()).collect();
        let times: Vec<f64> = rows.clone().map(|n| n as f64 * unit).collect();
        let thin = Line {
            x: times.into(),
            y: known.into(),
            name: None,
            ink: lane.lane.ink,
            dash: DASHES[i % 3],
            weight: Weight::Thin,
            marker: None,
        };
        panel.layers.push(Layer::Line(thin));
        let distance = lane.column(Probe::Position(1));
        let shown = |n: &usize| n.is_multiple_of(every);
        let x: Column<'_> = rows.clone().filter(shown).map(|n| n as f64 * unit).collect::<Vec<_>>().into();
        let y: Vec<f64> = rows.filter(shown).filter_map(|n| distance.get(n)).map(|y| y.abs()).collect();
        panel.layers.push(points(x, y, Some(seen.say(lane.lane.name)), lane.lane.ink, MARKERS[i % 3]));
    }
    panel.layers.push(level(LEFT, Ink::Danger, Dash::Dashed));
    vec![panel]
}

/// Momenta at which runs are made.
fn tried() -> Vec<f64> {
    (0..RUNS).map(|i| MOST * i as f64 / (RUNS - 1) as f64).collect()
}

/// A run of method `i` aside, until it has left or `STEPS` are made.
fn aside<T>(seen: &Seen<'_>, i: usize, beta: f64, read: impl Fn(&LaneRun) -> Option<T>) -> Option<T> {
    let setup = together(vec![machine(&seen.run.values, i, beta)], 1.0);
    let mut run = Run::brief(setup, &seen.run.values, 0, STEPS, &mut Vec::new());
    while !run.is_complete() && run.lanes.first().is_some_and(|lane| left(lane).is_none()) {
        run.compute(STRETCH);
    }
    run.lanes.first().and_then(read)
}

/// When method `i` leaves, measured over the momenta tried; NaN where it does not.
pub fn measured_times(seen: &Seen<'_>, i: usize) -> Vec<f64> {
    let make = || tried().iter().map(|b| aside(seen, i, *b, left).map_or(f64::NAN, |n| n as f64)).collect();
    seen.run.derived.column(("times to leave", i, 0), make).to_vec()
}

/// Momenta and the time momentum takes to leave, measured.
pub fn truth(seen: &Seen<'_>) -> [Vec<f64>; 2] {
    let left = tried().into_iter().zip(measured_times(seen, 1)).filter(|(_, n)| n.is_finite());
    let (beta, times): (Vec<f64>, Vec<f64>) = left.unzip();
    [beta, times]
}

fn times<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let betas: Vec<f64> = (0..POINTS).map(|k| MOST * k as f64 / (POINTS - 1) as f64).collect();
    let lines: Vec<Vec<f64>> = (0..METHODS.len())
        .map(|i| {
            betas.iter().map(|b| falling(values, i, *b)).map(|[q, b]| leaving_time(q, b, factor(values))).collect()
        })
        .collect();
    let y = axis(seen, t("iterations to leave", "离开所需迭代数"), "");
    let y = decades(y, 0.5, lines.iter().flatten().copied());
    let mut panel = panel("times", Axis::new(rich("$β$"), "").range(0.0, 1.0), y);
    for ((i, (name, ink)), known) in METHODS.into_iter().enumerate().zip(lines) {
        panel.layers.push(line(betas.clone(), known.clone(), (i == 0).then_some(seen.say(name)), ink, LINES[i]));
        if i > 0 {
            panel.layers.push(points(tried(), measured_times(seen, i), Some(seen.say(name)), ink, MARKERS[i]));
        }
    }
    let [q, beta] = falling(values, 1, seen.get("beta"));
    let here = leaving_time(q, beta, factor(values));
    panel.handles.extend(here.is_finite().then(|| handle(seen, here.max(1.0))));
    vec![panel]
}

fn handle(seen: &Seen<'_>, height: f64) -> Handle {
    Handle {
        id: "beta,-".into(),
        at: [seen.get("beta"), height],
        ink: Ink::Text,
        label: rich("$β$"),
        name: seen.say(t("momentum", "动量系数")).to_owned(),
    }
}

fn rates<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let values = &seen.run.values;
    let betas: Vec<f64> = (0..POINTS).map(|k| MOST * k as f64 / (POINTS - 1) as f64).collect();
    let limit = libm::sqrt(seen.get("eta") * seen.get("mu"));
    let y = axis(seen, t("growth per step ln $z_+$", "每步增长 ln $z_+$"), "").range(0.0, 1.35 * limit);
    let mut panel = panel("growth", Axis::new(rich("$β$"), "").range(0.0, 1.0), y);
    for (i, (name, ink)) in METHODS.into_iter().enumerate() {
        let known: Vec<f64> = betas.iter().map(|b| falling(values, i, *b)).map(|[q, b]| growth(q, b)).collect();
        panel.layers.push(line(betas.clone(), known, (i == 0).then_some(seen.say(name)), ink, LINES[i]));
        if i > 0 {
            let make =
                || tried().iter().map(|b| aside(seen, i, *b, super::measured_growth).unwrap_or(f64::NAN)).collect();
            let runs = seen.run.derived.column(("growth aside", i, 0), make);
            panel.layers.push(points(tried(), runs, Some(seen.say(name)), ink, MARKERS[i]));
        }
    }
    panel.layers.push(level(limit, Ink::Muted, Dash::Dotted));
    vec![panel]
}
