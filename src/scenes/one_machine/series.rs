//! Positions of all lanes over time, with the mismatch of the twins below.

use crate::core::Probe;
use crate::figure::{Axis, Band, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Rule, Weight, rich};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Lang, t};

/// The clock of a lens: its axis, and how many of its units an iteration lasts.
pub fn clock(run: &Run, view: View) -> (Axis, f64) {
    if view.lens.is_physical() {
        (Axis::new(rich(t("time $t$", "时间 $t$").get(view.lang)), "s"), run.seconds)
    } else {
        (Axis::new(rich(t("iteration $n$", "迭代步 $n$").get(view.lang)), ""), 1.0)
    }
}

/// The figure.
pub fn figure<'a>(run: &'a Run, view: View) -> Figure<'a> {
    Figure {
        id: "series",
        title: rich(t("Time series", "时间序列").get(view.lang)),
        columns: 1,
        caption: t(
            "Position of the chosen mode in four costumes on one clock: optimizer iterates (discs), the continuous spring (solid), the sampled PD joint (dashed, circles) and the sampler (dotted, band of one standard deviation of the cloud). Below: twin minus iterate.",
            "所选模态的位置，四种面貌共用一个时钟：优化器迭代点（圆点）、连续弹簧（实线）、采样 PD 关节（虚线、圆圈）与采样器（点线，带为粒子云一个标准差）。下：孪生减迭代点。",
        )
        .get(view.lang)
        .into(),
        panels: vec![positions(run, view), mismatch(run, view)],
    }
}

/// A range that keeps a diverging run readable: a few times the start's size.
pub fn readable(columns: &[&[f64]], start: f64) -> Option<[f64; 2]> {
    let most = 6.0 * if start == 0.0 { 1.0 } else { start.abs() };
    let far = columns.iter().flat_map(|c| c.iter()).any(|x| !(x.abs() <= most));
    far.then_some([-most, most])
}

fn shows(lane: &LaneRun, mode: usize) -> bool {
    lane.lane.present.get(mode).copied().unwrap_or(false)
}

fn positions<'a>(run: &'a Run, view: View) -> Panel<'a> {
    let (x_axis, unit) = clock(run, view);
    let label = format!("{} $q_{}$", t("position", "位置").get(view.lang), view.mode + 1);
    let mut panel =
        Panel::new("position", x_axis.range(0.0, run.horizon as f64 * unit), Axis::new(rich(&label), "a.u."));
    panel.share = 2.6;
    panel.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    for lane in run.lanes.iter().rev().filter(|l| shows(l, view.mode)) {
        draw_lane(lane, view, unit, &mut panel.layers);
    }
    let [low, high] = run.derived.pair(("extent", view.mode, 0), || extent(run, view.mode));
    panel.y = panel.y.range(low, high);
    panel.clock = Some(unit);
    panel
}

/// The range of the optimizer, its spring and the sampler with a margin. A joint that sampling makes
/// unstable leaves the plot rather than flattening it; a diverging run shows its readable part.
fn extent(run: &Run, mode: usize) -> [f64; 2] {
    let probe = Probe::Position(mode);
    let leading = run.lanes.iter().filter(|l| l.lane.lens != Lens::Controller && shows(l, mode));
    let columns: Vec<&[f64]> = leading.map(|l| l.column(probe)).collect();
    let start = columns.first().and_then(|c| c.first()).copied().unwrap_or(1.0);
    if let Some(range) = readable(&columns, start) {
        return range;
    }
    let mut range = [start.min(0.0), start.max(0.0)];
    for x in columns.iter().flat_map(|c| c.iter()) {
        range = [range[0].min(*x), range[1].max(*x)];
    }
    let margin = if range[0] == range[1] { 1.0 } else { 0.06 * (range[1] - range[0]) };
    [range[0] - margin, range[1] + margin]
}

fn draw_lane<'a>(lane: &'a LaneRun, view: View, unit: f64, layers: &mut Vec<Layer<'a>>) {
    let (name, ink) = (Some(Rich::from(lane.lane.name.get(view.lang))), lane.lane.lens.ink());
    let (x, y) = (lane.times(unit), lane.column(Probe::Position(view.mode)));
    let line =
        |dash, weight, name| Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None });
    let points = |marker, size, name| Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size });
    match lane.lane.lens {
        Lens::Optimizer => layers.push(points(Marker::Disc, 1.0, name)),
        Lens::Spring => layers.push(line(Dash::Solid, Weight::Normal, name)),
        Lens::Controller => {
            layers.push(line(Dash::Dashed, Weight::Thin, None));
            layers.push(points(Marker::Ring, 1.3, name));
        }
        Lens::Sampler => {
            let [low, high] = [("cloud low", -1.0), ("cloud high", 1.0)]
                .map(|(name, sign)| lane.derived.column((name, view.mode, 0), || edge(lane, view.mode, sign)));
            if !low.is_empty() {
                let (low, high) = (low.into(), high.into());
                layers.push(Layer::Band(Band { x: x.into(), low, high, name: None, ink, hatch: None }));
            }
            layers.push(line(Dash::Dotted, Weight::Normal, name));
        }
    }
}

/// The cloud's mean with `sign` standard deviations; empty if it is a single point all along.
fn edge(lane: &LaneRun, mode: usize, sign: f64) -> Vec<f64> {
    let (mean, spread) = (lane.column(Probe::MeanPosition(mode)), lane.column(Probe::SpreadPosition(mode)));
    if !spread.iter().any(|s| *s > 0.0) {
        return Vec::new();
    }
    mean.iter().zip(spread).map(|(m, s)| m + sign * s).collect()
}

/// Spring and joint minus the optimizer, at the iterations.
fn mismatch<'a>(run: &'a Run, view: View) -> Panel<'a> {
    let (x_axis, unit) = clock(run, view);
    let label = t("mismatch", "失配").get(view.lang);
    let mut panel =
        Panel::new("mismatch", x_axis.range(0.0, run.horizon as f64 * unit), Axis::new(rich(label), "a.u."));
    panel.legend = false;
    panel.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    let Some(optimizer) = run.lane(Lens::Optimizer) else { return panel };
    let base = optimizer.column(Probe::Position(view.mode));
    let start = base.first().copied().unwrap_or(1.0);
    // Rounding errors are shown as the flat line they are.
    let least = 1e-3 * if start == 0.0 { 1.0 } else { start.abs() };
    let mut most = least;
    for (lens, dash) in [(Lens::Controller, Dash::Dashed), (Lens::Spring, Dash::Solid)] {
        let Some(lane) = run.lane(lens).filter(|l| shows(l, view.mode)) else { continue };
        let difference = || {
            let twin = lane.column(Probe::Position(view.mode)).iter().step_by(lane.lane.substeps as usize);
            twin.zip(base).map(|(a, b)| a - b).collect()
        };
        let y = run.derived.column(("mismatch", view.mode, lens as u64), difference);
        let reach = || {
            let limit = readable(&[y], start).map_or(f64::INFINITY, |r| r[1]);
            let seen = y.iter().filter(|y| y.abs() <= limit).fold(0.0, |m: f64, y| m.max(y.abs()));
            [seen, limit]
        };
        most = most.max(run.derived.pair(("mismatch reach", view.mode, lens as u64), reach)[0]);
        let x = optimizer.times(unit);
        let name = Some(Rich::from(lane.lane.name.get(view.lang)));
        let (ink, weight) = (lens.ink(), Weight::Normal);
        panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }));
    }
    panel.y = panel.y.range(-1.1 * most, 1.1 * most);
    panel.clock = Some(unit);
    panel
}

/// Words for the velocity axis of a lens, with its unit and its scale per displacement.
pub fn pace(run: &Run, view: View) -> (String, &'static str, f64) {
    let i = view.mode + 1;
    if view.lens.is_physical() {
        (
            format!("{} $v_{i}$, {} $Δq_{i}/h$", word(view.lang, "velocity", "速度"), word(view.lang, "dots", "点")),
            "a.u./s",
            1.0 / run.seconds,
        )
    } else {
        (format!("{} $Δq_{i}$", word(view.lang, "displacement per step", "每步位移")), "a.u.", 1.0)
    }
}

fn word(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    t(en, zh).get(lang)
}
