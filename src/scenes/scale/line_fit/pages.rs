//! The line among its points, the path over the loss, the loss, and both modes.

use crate::core::Probe;
use crate::figure::{Dash, Handle, Ink, Layer, Line, Marker, Panel, rich};
use crate::scenes::exhibit::draw::{
    DASHES, MARKERS, axis, band, decades, hatched, lanes_over_time, level, line, over_time, panel, points, spanning,
    thin,
};
use crate::scenes::exhibit::plane;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;

use super::problem::{self, Problem, TRUTH, method, seeded};
use super::{DRAWN, EVEN};

/// Regressions of other seeds that bands are made of.
const SEEDS: u64 = 200;
/// Places along a band.
const PLACES: u64 = 50;
/// Marks along a measured curve.
const MARKS: usize = 26;
/// Beyond this a lane has left every picture.
const FAR: f64 = 1e6;

pub fn fit<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let Problem { points: rows, field, .. } = problem::of(seen);
    let (x, y): (Vec<f64>, Vec<f64>) = rows.iter().map(|p| (p[0], p[1])).unzip();
    let across = spanning(axis(seen, t("feature $x$", "特征 $x$"), ""), x.iter().copied());
    let ends = across.range.unwrap_or([-1.0, 1.0]);
    let mut panel = panel("fit", across, spanning(axis(seen, t("target $y$", "目标 $y$"), ""), y.iter().copied()));
    let along = |[w, b]: [f64; 2]| -> Vec<f64> { ends.iter().map(|x| w * x + b).collect() };
    panel.layers.push(points(x, y, Some(seen.say(t("points", "点"))), Ink::Muted, Marker::Disc));
    // Marks along it tell it from the lines of the lanes without colour.
    let marks: Vec<f64> = (0..=6).map(|k| ends[0] + (ends[1] - ends[0]) * f64::from(k) / 6.0).collect();
    let truth = marks.iter().map(|x| TRUTH[0] * x + TRUTH[1]).collect::<Vec<f64>>();
    panel.layers.push(marked(line(marks, truth, Some("$y = 2x + 1$"), Ink::Faint, Dash::Solid)));
    let best = seen.say(t("least squares", "最小二乘"));
    panel.layers.push(line(ends.to_vec(), along(field.best()), Some(best), Ink::Text, Dash::Dotted));
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let at = [0, 1].map(|k| lane.at(Probe::Position(k), seen.view.now).unwrap_or(f64::NAN));
        if at.iter().all(|q| q.abs() < FAR) {
            let name = seen.say(lane.lane.name);
            panel.layers.push(line(ends.to_vec(), along(at), Some(name), lane.lane.ink, DASHES[i % DASHES.len()]));
        }
    }
    vec![panel]
}

/// The same line with crosses along it.
fn marked(layer: Layer<'_>) -> Layer<'_> {
    match layer {
        Layer::Line(line) => Layer::Line(Line { marker: Some(Marker::Cross), ..line }),
        other => other,
    }
}

pub fn path<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let problem = problem::of(seen);
    let (best, start) = (problem.field.best(), problem.start);
    let away = (start[0] - best[0]).hypot(start[1] - best[1]).max(0.1);
    let far = 2.0 * away + best[0].abs().max(best[1].abs());
    // As much room around the best line as the start is away, so that the axes can be seen.
    let around = [-0.8, 0.8].map(|share| best.map(|q| q + share * away));
    let window = plane::window(seen, &[start, around[0], around[1]], far);
    let name = |text, [low, high]: [f64; 2]| axis(seen, text, "").range(low, high);
    let mut panel =
        panel("path", name(t("slope $w$", "斜率 $w$"), window.x), name(t("intercept $b$", "截距 $b$"), window.y));
    if let Some(first) = seen.lane(0) {
        panel.layers.push(plane::level_lines(seen, &*first.lane.system.field, window, None));
    }
    for (lambda, u) in problem.modes {
        // Axes of one level line, as an ellipse has them.
        let half = 0.7 * away * (2.0 / lambda.max(1e-9)).sqrt().min(3.0);
        let ends = |k: usize| vec![best[k] - half * u[k], best[k] + half * u[k]];
        panel.layers.push(thin(ends(0), ends(1), Ink::Text, Dash::Dotted));
    }
    panel.layers.extend(plane::paths(seen, window));
    panel.layers.push(points(vec![best[0]], vec![best[1]], None, Ink::Text, Marker::Cross));
    panel.handles.push(Handle {
        id: "w0,b0".into(),
        at: start,
        ink: Ink::Text,
        label: rich("$(w_0, b_0)$"),
        name: seen.say(t("start of all lanes", "所有轨道的起点")).to_owned(),
    });
    vec![panel]
}

pub fn loss<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut panel = over_time("loss", seen, axis(seen, t("mean squared error", "均方误差"), ""));
    let floor = problem::of(seen).field.floor();
    let first = seen.at(0, Probe::Potential, 0);
    let epochs: Vec<f64> = places(seen).map(|n| n as f64).collect();
    let mut low_most = floor;
    let bands = if is_drawn(seen) { quantiles(seen) } else { Vec::new() };
    for (pair, lane) in bands.chunks_exact(2).zip(&seen.run.lanes) {
        let [low, high] = [pair[0], pair[1]].map(<[f64]>::to_vec);
        low_most = low.iter().copied().filter(|x| *x > 0.0).fold(low_most, f64::min);
        if low.iter().chain(&high).all(|x| x.abs() < 1e3 * first.max(1.0)) {
            let plain = band(epochs.clone(), low, high, None, lane.lane.ink);
            panel.layers.push(if panel.layers.is_empty() { plain } else { hatched(plain) });
        }
    }
    panel.layers.extend(lanes_over_time(seen, |lane| lane.column(Probe::Potential)));
    panel.layers.push(level(floor, Ink::Text, Dash::Dotted));
    let columns = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Potential)).copied();
    let readable = columns.chain([floor, low_most]).map(|x| x.min(30.0 * first));
    panel.y = decades(panel.y, 1e-9 * first.max(1e-9), readable);
    vec![panel]
}

pub fn loss_caption(seen: &Seen<'_>) -> String {
    let least = problem::of(seen).field.floor();
    let first = seen.tell(
        t(
            "Mean squared error over the epochs on a logarithmic scale. Dotted: the least loss, {}, below which no line comes.",
            "各轮的均方误差（对数坐标）。点线：最小损失 {}，任何直线都不会更低。",
        ),
        &[least],
    );
    let bands = t(
        " Bands: 5 % to 95 % of {} other seeds of points and start, by the closed form.",
        "带状区域：另外 {} 个种子（点与起点）的 5 % 至 95 %，由闭式解给出。",
    );
    if is_drawn(seen) { first + &seen.tell(bands, &[SEEDS as f64]) } else { first }
}

/// Whether a seed changes anything.
fn is_drawn(seen: &Seen<'_>) -> bool {
    seen.index("points") != EVEN || seen.index("start") == DRAWN
}

/// The epochs at which bands are computed.
fn places(seen: &Seen<'_>) -> impl Iterator<Item = u64> + use<> {
    let (last, count) = (seen.run.horizon, PLACES.min(seen.run.horizon));
    (0..=count).map(move |k| last * k / count.max(1))
}

/// What 5 % and 95 % of the seeds stay below at all places: of descent, then of momentum, low and high each.
fn quantiles<'a>(seen: &Seen<'a>) -> Vec<&'a [f64]> {
    let count = places(seen).count();
    let all = seen.run.derived.column(("loss over seeds", 0, 0), || {
        let problems = seeded(&seen.run.values, SEEDS);
        let at = |i: usize, n: u64| {
            let [eta, beta] = method(&seen.run.values, i);
            let mut losses: Vec<f64> = problems.iter().map(|problem| problem.loss(eta, beta, n)).collect();
            losses.sort_by(f64::total_cmp);
            [5, 95].map(|percent| losses.get(losses.len() * percent / 100).copied().unwrap_or(f64::NAN))
        };
        let lane = |i: usize| -> Vec<f64> {
            let (low, high): (Vec<f64>, Vec<f64>) = places(seen).map(|n| at(i, n).into()).unzip();
            [low, high].concat()
        };
        [lane(0), lane(1)].concat()
    });
    all.chunks(count).collect()
}

pub fn modes<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let problem = problem::of(seen);
    let labels = [t("slow axis", "慢轴"), t("fast axis", "快轴")];
    (0..2).map(|k| mode(seen, &problem, k, labels[k])).collect()
}

/// The distance along one axis of the Hessian over the epochs.
fn mode<'a>(seen: &Seen<'a>, problem: &Problem, k: usize, label: crate::text::Text) -> Panel<'a> {
    let ids = ["slow", "fast"];
    let (best, (_, u)) = (problem.field.best(), problem.modes[k]);
    let along = |q: [f64; 2]| u[0] * (q[0] - best[0]) + u[1] * (q[1] - best[1]);
    let mut panel = over_time(ids[k], seen, axis(seen, label, ""));
    (panel.below, panel.legend) = (k == 1, k == 0);
    let most = 3.0 * along(problem.start).abs().max(1e-3);
    let mut readable = vec![0.0];
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let [eta, beta] = method(&seen.run.values, i);
        let times: Vec<f64> = (0..=seen.run.horizon).map(|n| n as f64).collect();
        let curve: Vec<f64> = (0..=seen.run.horizon).map(|n| along(problem.after(eta, beta, n))).collect();
        let rows = curve.iter().position(|z| !(z.abs() < FAR)).unwrap_or(curve.len());
        readable.extend(curve[..rows].iter().map(|z| z.clamp(-most, most)));
        let name = seen.say(lane.lane.name);
        panel.layers.push(line(
            times[..rows].to_vec(),
            curve[..rows].to_vec(),
            Some(name),
            lane.lane.ink,
            DASHES[i % DASHES.len()],
        ));
        let (x, y) = measured(lane, along);
        panel.layers.push(points(x, y, None, lane.lane.ink, MARKERS[i % MARKERS.len()]));
    }
    panel.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    panel.y = spanning(panel.y, readable);
    panel
}

/// Some epochs of a lane, and what `along` makes of (w, b) there.
fn measured(lane: &LaneRun, along: impl Fn([f64; 2]) -> f64) -> (Vec<f64>, Vec<f64>) {
    let [w, b] = [0, 1].map(|i| lane.column(Probe::Position(i)));
    let every = w.len().div_ceil(MARKS).max(1);
    let rows = w.iter().zip(b).enumerate().step_by(every);
    let near = rows.map(|(n, (w, b))| (n as f64, along([*w, *b])));
    near.filter(|(_, z)| z.abs() < FAR).unzip()
}
