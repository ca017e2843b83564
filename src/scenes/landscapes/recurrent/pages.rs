//! The landscape of the recurrence, its gradient, and the way over it.

use super::{MOMENTUM, setting};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Line, Marker, Panel, Weight, rich};
use crate::param::Values;
use crate::scenes::exhibit::draw::{
    axis, lanes_over_time, level, line, over_time, panel, points, spanning, thin, upright,
};
use crate::scenes::exhibit::{Moves, Page};
use crate::scenes::models::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;

/// Points of a curve.
const POINTS: usize = 601;
/// How high the landscape is shown, in heights of the plateau.
const HIGH: f64 = 4.0;
/// Lengths of sequences beside the present one, relative to it.
const LENGTHS: [f64; 2] = [0.5, 2.0];

/// The loss and the iterates on it.
pub const LANDSCAPE: Page = Page::new("landscape", t("Plateau and cliff", "平台与悬崖"), landscape)
    .showing(
        "Loss ½(wᵀ − y)² over the weight with the iterates of all lanes on it; what is thrown beyond the frame is not shown. Dotted: the weight that hits the target. The start can be dragged.",
        "损失 ½(wᵀ − y)² 随权重的变化，以及各轨道的迭代点；被抛出图框者不显示。点线：命中目标的权重。起点可拖动。",
    )
    .moving(&[Moves::Plane(Probe::Position(0), Probe::Potential)]);

/// The gradient over the weight, by decades.
pub const GRADIENT: Page = Page::new("gradient", t("Vanishing and exploding", "消失与爆炸"), gradient)
    .told(decades_told)
    .moving(&[Moves::At(on_gradient)]);

/// Weight and gradient over the iterations.
pub const WAY: Page = Page::new("way", t("Way over time", "行程"), way)
    .showing(
        "Above: weight over the iterations; dotted, the weight that hits the target. Below: length of the gradient of the loss at every iterate, with the clipping threshold.",
        "上：权重随迭代的变化；点线为命中目标的权重。下：各迭代点处损失梯度的长度，以及裁剪限值。",
    )
    .moving(&[Moves::Clock, Moves::Clock]);

/// The weight at which the loss above the minimum is as high as the picture.
fn edge(values: &Values) -> f64 {
    let last = values.get("target") * (1.0 + HIGH.sqrt());
    last.powf(1.0 / values.get("length"))
}

/// What of the weights is worth showing.
fn window(seen: &Seen<'_>) -> [f64; 2] {
    let edge = 1.03 * edge(&seen.run.values);
    let visited = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(0)).iter().copied());
    let near = visited.filter(|w| w.abs() <= edge).chain([0.0, seen.get("w0"), edge]);
    let [low, high] = near.fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], w| [a.min(w), b.max(w)]);
    [low - 0.04 * (high - low), high]
}

fn spaced([low, high]: [f64; 2]) -> Vec<f64> {
    (0..POINTS).map(|i| low + (high - low) * i as f64 / (POINTS - 1) as f64).collect()
}

fn bold<'a>(x: Vec<f64>, y: Vec<f64>, name: Option<&str>, ink: Ink) -> Layer<'a> {
    let (x, y, name, weight) = (x.into(), y.into(), name.map(rich), Weight::Bold);
    Layer::Line(Line { x, y, name, ink, dash: Dash::Solid, weight, marker: None })
}

fn landscape<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (values, [low, high]) = (&seen.run.values, window(seen));
    let plateau = setting::plateau(values);
    let top = HIGH * plateau;
    let x = axis(seen, t("weight $w$", "权重 $w$"), "").range(low, high);
    let mut panel = panel("landscape", x, axis(seen, t("loss $L$", "损失 $L$"), "").range(-0.06 * top, top));
    let w = spaced([low, high]);
    let loss = setting::losses(values, &w);
    panel.layers.push(thin(w, loss, Ink::Muted, Dash::Solid));
    panel.layers.extend(setting::minimum(values).map(|w| upright(w, Ink::Muted, Dash::Dotted)));
    for (lane, marker) in seen.run.lanes.iter().zip([Marker::Square, Marker::Disc, Marker::Triangle]) {
        let [w, u] = [Probe::Position(0), Probe::Potential].map(|probe| lane.column(probe));
        panel.layers.push(points(w, u, Some(seen.say(lane.lane.name)), lane.lane.ink, marker));
    }
    let start = seen.get("w0");
    let height = setting::losses(values, &[start]).first().copied().unwrap_or(plateau);
    panel.handles.push(Handle {
        id: "w0,-".into(),
        // Above the iterates that crowd on the ground.
        at: [start, (height + 0.14 * top).min(0.93 * top)],
        ink: Ink::Text,
        label: rich("$w_0$"),
        name: seen.say(t("start of all lanes", "所有轨道的起点")).to_owned(),
    });
    vec![panel]
}

/// The decades of the gradient that are shown.
fn decades(values: &Values, high: f64) -> [f64; 2] {
    let slope = |w: f64| setting::slopes(values, &[w]).first().map_or(0.0, |g| g.abs());
    let top = slope(high).max(10.0 * values.get("limit")).clamp(1e-6, 1e12);
    [(1e-9 * top).max(1e-12), 3.0 * top]
}

fn gradient<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (values, high) = (&seen.run.values, window(seen)[1]);
    let [low, top] = decades(values, high);
    let x = axis(seen, t("size of the weight $|w|$", "权重大小 $|w|$"), "").range(0.0, high);
    let mut panel = panel("gradient", x, axis(seen, t("gradient $|L'|$", "梯度 $|L'|$"), "").log().range(low, top));
    let (w, share) = (spaced([0.0, high]), setting::model(values).truncated_share(setting::back(values)));
    let (length, y) = (values.get("length"), values.get("target"));
    let of = |f: &dyn Fn(f64) -> f64| w.iter().map(|w| share * f(*w)).collect::<Vec<f64>>();
    for (share_of, dash) in LENGTHS.into_iter().zip([Dash::Dotted, Dash::DashDot]) {
        let other = (share_of * length).round().max(1.0);
        let model = crate::theory::toys::recurrent::ScalarRnn { length: other as u32, ..setting::model(values) };
        let name = seen.tell(t("$T$ = {}", "$T$ = {}"), &[other]);
        panel.layers.push(line(w.clone(), of(&|w| model.gradient(w).abs()), Some(&name), Ink::Faint, dash));
    }
    let model = setting::model(values);
    let here = seen.tell(t("$T$ = {}", "$T$ = {}"), &[length]);
    panel.layers.push(bold(w.clone(), of(&|w| model.gradient(w).abs()), Some(&here), Ink::Muted));
    let vanishing = of(&|w| length * y * w.powf(length - 1.0));
    let exploding = of(&|w| length * w.powf(2.0 * length - 1.0));
    panel.layers.push(line(w.clone(), vanishing, Some("$T y |w|^{T−1}$"), Ink::Sampler, Dash::Dashed));
    panel.layers.push(line(w, exploding, Some("$T |w|^{2T−1}$"), Ink::Amber, Dash::Solid));
    if let Some(lane) = seen.lane(MOMENTUM) {
        let at: Vec<f64> = lane.column(Probe::Position(0)).iter().map(|w| w.abs()).collect();
        let name = seen.say(lane.lane.name);
        panel.layers.push(points(at, setting::gradients(lane, values), Some(name), lane.lane.ink, Marker::Disc));
    }
    panel.layers.push(level(values.get("limit"), Ink::Controller, Dash::Dotted));
    vec![panel]
}

fn on_gradient(seen: &Seen<'_>, lane: &LaneRun, moment: f64) -> Option<[f64; 2]> {
    let w = lane.between(Probe::Position(0), moment)?;
    Some([w.abs(), setting::slopes(&seen.run.values, &[w]).first()?.abs()])
}

fn decades_told(seen: &Seen<'_>) -> String {
    let (values, w0) = (&seen.run.values, seen.get("w0"));
    let slope = |w: f64| setting::slopes(values, &[w]).first().map_or(f64::NAN, |g| g.abs());
    let text = t(
        "Length of the gradient over the size of the weight, for three sequence lengths. Below 1 it vanishes like T y |w|ᵀ⁻¹, above it explodes like T |w|²ᵀ⁻¹, and between the two it is zero at the target. It is {} at the start w = {} and would be {} at w = 1.3. Dotted rule: the clipping threshold.",
        "三种序列长度下，梯度长度随权重大小的变化。小于 1 时按 T y |w|ᵀ⁻¹ 消失，大于 1 时按 T |w|²ᵀ⁻¹ 爆炸，两者之间在目标处为零。起点处梯度为 {}（w = {}），在 w = 1.3 处则为 {}。水平点线：裁剪限值。",
    );
    seen.tell(text, &[slope(w0), w0, slope(1.3)])
}

fn way<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (values, [low, high]) = (&seen.run.values, window(seen));
    let y = spanning(axis(seen, t("weight $w$", "权重 $w$"), ""), [low, high]);
    let mut weight = over_time("weight", seen, y);
    weight.layers = lanes_over_time(seen, |lane| lane.column(Probe::Position(0)));
    weight.layers.extend(setting::minimum(values).map(|w| level(w, Ink::Muted, Dash::Dotted)));
    clock::mark_changes(&mut weight, seen.run, seen.view, true);
    let [low, top] = decades(values, high);
    let met = seen.run.lanes.iter().filter_map(|lane| setting::largest(lane, values)).fold(top, f64::max);
    let y: Axis = axis(seen, t("gradient $|L'|$", "梯度 $|L'|$"), "").log();
    let mut slope = over_time("slope", seen, y.range(low, (2.0 * met).clamp(3.0 * low, 1e12)));
    slope.layers = lanes_over_time(seen, |lane| setting::gradients(lane, values));
    slope.layers.push(level(values.get("limit"), Ink::Controller, Dash::Dotted));
    (slope.below, slope.legend) = (true, false);
    vec![weight, slope]
}
