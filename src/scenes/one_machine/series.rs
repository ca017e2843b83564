//! Positions of all lanes over time, with the mismatch of the twins below.

use std::ops::Range;

use super::{handles, problem, remarks};
use crate::core::Probe;
use crate::figure::{Axis, Band, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Rule, Weight, rich};
pub use crate::scenes::models::clock::clock;
use crate::scenes::models::clock::{brushed, mark_changes, panel, say_beside};
use crate::scenes::models::reach::Reach;
use crate::scenes::{LaneRun, Lens, Opt, Run, View};
use crate::text::{Lang, fill, t};

/// The smallest distance a logarithmic ordinate shows, as a share of the start's.
const FLOOR: f64 = 1e-12;

/// The figure.
pub fn figure<'a>(run: &'a Run, view: View) -> Figure<'a> {
    Figure {
        id: "series",
        title: rich(t("Time series", "时间序列").get(view.lang)),
        columns: 1,
        caption: caption(run, view),
        panels: vec![positions(run, view), mismatch(run, view)],
    }
}

fn is_log(view: View) -> bool {
    view.options.get(Opt::Ordinate) == 1
}

fn caption(run: &Run, view: View) -> String {
    let shown = if is_log(view) {
        t("Distance of the chosen mode from the minimum,", "所选模态到极小点的距离，")
    } else {
        t("Position of the chosen mode", "所选模态的位置，")
    };
    let costumes = t(
        "{} in four costumes on one clock: optimizer iterates (discs, joined by a thin line), the continuous spring (solid), the sampled PD joint (dashed, circles) and one particle of the sampler (dotted; the band is one standard deviation of the cloud about its mean).",
        "{}四种面貌共用一个时钟：优化器迭代点（圆点，以细线相连）、连续弹簧（实线）、采样 PD 关节（虚线、圆圈）与采样器的一个粒子（点线；带为粒子云均值上下一个标准差）。",
    );
    let below = t("Below: spring and joint minus the iterate.", "下：弹簧与关节减迭代点。");
    let changed = t("Dashed rules: parameters changed in mid-run.", "竖虚线：运行中途改变了参数。");
    let mut parts = vec![fill(costumes.get(view.lang), &[shown.get(view.lang)]), below.get(view.lang).to_owned()];
    if !run.is_steady() {
        parts.push(changed.get(view.lang).to_owned());
    }
    let space = if view.lang == Lang::En { " " } else { "" };
    parts.join(space)
}

/// How many times as far as its start a run is followed, so that a diverging one stays readable.
pub const FAR: f64 = 6.0;

fn shows(lane: &LaneRun, mode: usize) -> bool {
    lane.lane.present.get(mode).copied().unwrap_or(false)
}

fn positions<'a>(run: &'a Run, view: View) -> Panel<'a> {
    let i = view.mode + 1;
    let axis = if is_log(view) {
        let word = t("distance", "距离").get(view.lang);
        Axis::new(rich(&format!("{word} |$q_{i}$ − $x^*_{i}$|")), "a.u.").log()
    } else {
        Axis::new(rich(&format!("{} $q_{i}$", t("position", "位置").get(view.lang))), "a.u.")
    };
    let mut panel = panel("position", run, view, axis);
    let unit = clock(run, view).1;
    panel.share = 2.6;
    if !is_log(view) {
        panel.layers.push(set_point(run, view.mode, unit));
    }
    for lane in run.lanes.iter().rev().filter(|l| shows(l, view.mode)) {
        draw_lane(run, lane, view, unit, &mut panel.layers);
    }
    let [low, high] = if is_log(view) { decades(run, view.mode) } else { extent(run, view.mode) };
    panel.y = panel.y.range(low, high);
    if !is_log(view) {
        panel.handles = handles::on_series(run, view);
    }
    mark_changes(&mut panel, run, view, true);
    divergences(&mut panel, run, view, unit);
    panel
}

/// The minimum, stepwise where it was moved in mid-run.
fn set_point<'a>(run: &Run, mode: usize, unit: f64) -> Layer<'a> {
    let targets = problem::targets(run, mode);
    let [(_, target)] = targets[..] else {
        let ends = targets.iter().skip(1).map(|(at, _)| *at).chain([run.horizon]);
        let stretch = |((from, target), to): (&(u64, f64), u64)| [(*from, *target), (to, *target)];
        let corners = targets.iter().zip(ends).flat_map(stretch).map(|(at, target)| (at as f64 * unit, target));
        let (x, y): (Vec<f64>, Vec<f64>) = corners.unzip();
        let (dash, weight) = (Dash::Solid, Weight::Thin);
        return Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink: Ink::Faint, dash, weight, marker: None });
    };
    Layer::Rule(Rule::Y(target, Ink::Faint, Dash::Solid))
}

/// The range of the optimizer, its spring and the sampler with a margin. A joint that sampling makes
/// unstable leaves the plot rather than flattening it; a diverging run shows its readable part.
fn extent(run: &Run, mode: usize) -> [f64; 2] {
    let leading = run.lanes.iter().filter(|l| l.lane.lens != Lens::Controller && shows(l, mode));
    let targets = problem::targets(run, mode);
    let Some(start) = problem::mode(run.values_at(0), mode) else { return [-1.0, 1.0] };
    let most = FAR * start.size();
    let reach = |lane: &LaneRun| {
        let column = lane.column(Probe::Position(mode));
        Reach::of(&lane.derived, ("reach", mode, 0), column, start.target, most)
    };
    let reach = leading.map(reach).reduce(Reach::and);
    if reach.is_some_and(|r| r.far) {
        return [start.target - most, start.target + most];
    }
    let ends = reach.map_or([start.start; 2], |r| r.all);
    let values = ends.into_iter().chain(targets.iter().map(|(_, target)| *target));
    let range = values.fold([start.start; 2], |r, x| [r[0].min(x), r[1].max(x)]);
    let margin = if range[0] == range[1] { 1.0 } else { 0.06 * (range[1] - range[0]) };
    [range[0] - margin, range[1] + margin]
}

/// The range of a logarithmic ordinate: the optimizer's, twelve decades at most.
fn decades(run: &Run, mode: usize) -> [f64; 2] {
    let size = problem::mode(run.values_at(0), mode).map_or(1.0, |m| m.size());
    let column = run.lane(Lens::Optimizer).map_or(&[][..], |lane| problem::away(run, lane, mode));
    let reached = run.derived.grown(("decades reached", mode, 0), |kept| {
        let [rows, low, high] = match kept[..] {
            [rows, low, high] => [rows, low, high],
            _ => [0.0, 0.5 * size, size],
        };
        let sizes = column.iter().skip(rows as usize).map(|x| x.abs()).filter(|x| *x > 0.0);
        let [low, high] = sizes.fold([low, high], |r, x| [r[0].min(x), r[1].max(x)]);
        *kept = vec![column.len() as f64, low, high];
    });
    let [_, low, high] = reached else { return [0.5 * size, size] };
    let (low, high) = (*low, *high);
    [low.max(FLOOR * size) / 1.6, high.min(1e3 * size) * 1.6]
}

/// A lane's ordinates in this panel: its positions, or its distances from the minimum.
fn ordinates<'a>(run: &Run, lane: &'a LaneRun, view: View) -> &'a [f64] {
    if !is_log(view) {
        return lane.column(Probe::Position(view.mode));
    }
    let away = problem::away(run, lane, view.mode);
    lane.derived.grown(("distance", view.mode, 0), |out| out.extend(away.iter().skip(out.len()).map(|q| q.abs())))
}

fn draw_lane<'a>(run: &Run, lane: &'a LaneRun, view: View, unit: f64, layers: &mut Vec<Layer<'a>>) {
    let (name, ink) = (Some(Rich::from(lane.lane.name.get(view.lang))), lane.lane.ink);
    let (x, y) = (lane.times(unit), ordinates(run, lane, view));
    let line =
        |dash, weight, name| Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None });
    let points = |marker, size, name| Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size });
    match lane.lane.lens {
        Lens::Optimizer => {
            layers.push(line(Dash::Solid, Weight::Thin, None));
            layers.push(points(Marker::Disc, 1.0, name));
        }
        Lens::Spring => layers.push(line(Dash::Solid, Weight::Normal, name)),
        Lens::Controller => {
            layers.push(line(Dash::Dashed, Weight::Thin, None));
            layers.push(points(Marker::Ring, 1.3, name));
        }
        Lens::Sampler => {
            layers.extend(band(lane, view, x).filter(|_| !is_log(view)));
            layers.push(line(Dash::Dotted, Weight::Normal, name));
        }
    }
    if let Some(rows) = brushed(lane, view) {
        layers.push(stretch(x, y, rows, lane.lane.lens));
    }
}

/// The stretch under inspection of a lane's path, set off by its weight.
pub fn stretch<'a>(x: &'a [f64], y: &'a [f64], rows: Range<usize>, lens: Lens) -> Layer<'a> {
    let part = |column: &'a [f64]| column.get(rows.clone()).unwrap_or(&[]).into();
    let (x, y, ink, weight) = (part(x), part(y), lens.ink(), Weight::Bold);
    Layer::Line(Line { x, y, name: None, ink, dash: Dash::Solid, weight, marker: None })
}

/// One standard deviation of the cloud about its mean, if it has one.
fn band<'a>(lane: &'a LaneRun, view: View, x: &'a [f64]) -> Option<Layer<'a>> {
    let [low, high] = [("cloud low", -1.0), ("cloud high", 1.0)]
        .map(|(name, sign)| lane.derived.grown((name, view.mode, 0), |out| edge(lane, view.mode, sign, out)));
    let (x, ink) = (x.into(), lane.lane.ink);
    (!low.is_empty()).then(|| {
        let (low, high) = (low.into(), high.into());
        Layer::Band(Band { x, low, high, name: None, ink, hatch: None })
    })
}

/// Adds to the cloud's mean with `sign` standard deviations; empty if it is a single point all along.
fn edge(lane: &LaneRun, mode: usize, sign: f64, out: &mut Vec<f64>) {
    let (mean, spread) = (lane.column(Probe::MeanPosition(mode)), lane.column(Probe::SpreadPosition(mode)));
    if lane.lane.start.n() > 1 && (!out.is_empty() || spread.iter().any(|s| *s > 0.0)) {
        let new = [mean, spread].map(|column| column.get(out.len()..).unwrap_or(&[]));
        out.extend(new[0].iter().zip(new[1]).map(|(m, s)| m + sign * s));
    }
}

/// A rule with words where a lane that diverges passes ten times its start.
fn divergences(panel: &mut Panel<'_>, run: &Run, view: View, unit: f64) {
    for (i, (lens, n)) in remarks::diverging(run, view.mode).into_iter().enumerate() {
        let Some(lane) = run.lane(lens).filter(|l| shows(l, view.mode)) else { continue };
        let pattern = t("{} diverges at $n$ = {}", "{}在 $n$ = {} 处发散").get(view.lang);
        let text = rich(&fill(pattern, &[lane.lane.name.get(view.lang), &n.to_string()]));
        let x = n as f64 * unit;
        panel.layers.push(Layer::Rule(Rule::X(x, Ink::Danger, Dash::Dotted)));
        say_beside(panel, x, 0.06 + 0.09 * i as f64, text, Ink::Danger);
    }
}

/// Spring and joint minus the optimizer, at the iterations.
fn mismatch<'a>(run: &'a Run, view: View) -> Panel<'a> {
    let unit = clock(run, view).1;
    let mut panel = panel("mismatch", run, view, Axis::new(rich(t("mismatch", "失配").get(view.lang)), "a.u."));
    panel.legend = false;
    panel.below = true;
    panel.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    let Some(optimizer) = run.lane(Lens::Optimizer) else { return panel };
    let base = optimizer.column(Probe::Position(view.mode));
    let size = problem::mode(run.values_at(0), view.mode).map_or(1.0, |m| m.size());
    // Rounding errors are shown as the flat line they are.
    let mut most = 1e-3 * size;
    for (lens, dash) in [(Lens::Controller, Dash::Dashed), (Lens::Spring, Dash::Solid)] {
        let Some(lane) = run.lane(lens).filter(|l| shows(l, view.mode)) else { continue };
        let key = |name| (name, view.mode, lens as u64);
        let y = run.derived.grown(key("mismatch"), |out| {
            let per = lane.lane.substeps as usize;
            let twin = lane.column(Probe::Position(view.mode)).get(out.len() * per..).unwrap_or(&[]);
            let base = base.get(out.len()..).unwrap_or(&[]);
            out.extend(twin.iter().step_by(per).zip(base).map(|(a, b)| a - b));
        });
        let seen = Reach::of(&run.derived, key("mismatch reach"), y, 0.0, FAR * size).readable();
        most = seen.into_iter().filter(|y| y.is_finite()).fold(most, |most, y| most.max(y.abs()));
        let x = optimizer.times(unit);
        let name = Some(Rich::from(lane.lane.name.get(view.lang)));
        let (ink, weight) = (lens.ink(), Weight::Normal);
        panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }));
    }
    panel.y = panel.y.range(-1.1 * most, 1.1 * most);
    mark_changes(&mut panel, run, view, false);
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
