//! What is shown of Nesterov's method.

use super::{curvatures, measure};
use crate::core::Probe;
use crate::figure::{Arrows, Axis, Dash, Handle, Ink, Layer, Marker, Panel, Weight, rich};
use crate::scenes::exhibit::draw::{axis, level, line, over_time, panel, points, spanning, thin, upright};
use crate::scenes::exhibit::{Moves, Page, plane};
use crate::scenes::models::clock::clock;
use crate::scenes::models::landscape::Window;
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;
use crate::theory::heavy_ball;
use crate::theory::nesterov::{equivalent_beta, spectral_radius};
use crate::theory::regime::{nesterov_wall, stability_wall};

/// Steps of which the arrows are drawn, points of a curve.
const STEPS: usize = 7;
const POINTS: usize = 400;
const METHODS: [(Ink, Marker, Dash); 2] =
    [(Ink::Optimizer, Marker::Disc, Dash::Solid), (Ink::Spring, Marker::Square, Dash::Dashed)];

/// The pages.
pub const PAGES: &[Page] = &[
    Page::new("arrows", t("Two gradients per step", "每步的两个梯度"), arrows)
        .showing(
            "The first steps. Dashed: where momentum alone would go. There Nesterov reads the gradient it follows (blue arrow); the gradient where it stands (yellow) is not used. Arrows are −η∇f at their true length.",
            "最初几步。虚线：仅凭动量会到达之处，Nesterov 在那里读取所用的梯度（蓝色箭头）；所在之处的梯度（黄色）并不使用。箭头为 −η∇f，长度如实。",
        )
        .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))]),
    Page::new("equation", t("High-resolution equation", "高分辨率方程"), solution)
        .showing(
            "The steep coordinate. Marks: iterates of Nesterov and heavy ball. Lines: ½(1 + β − βη∇²f) ẍ + ((1 − β)/√η + √η β∇²f) ẋ + ∇f = 0, solved exactly, and the same without the Hessian terms, which is heavy ball's.",
            "陡峭坐标。标记：Nesterov 与重球的迭代点。线：½(1 + β − βη∇²f) ẍ + ((1 − β)/√η + √η β∇²f) ẋ + ∇f = 0 的精确解，以及去掉黑塞项后的解，后者属于重球。",
        )
        .moving(&[Moves::Clock]),
    Page::new("friction", t("Friction over curvature", "摩擦随曲率的变化"), friction).showing(
        "Friction per step, minus the logarithm of the product of the poles. Heavy ball: −ln β for every curvature. Nesterov: −ln β(1 − ηλ), more in stiff directions. Marks: recurrences fitted to runs.",
        "每步的摩擦，即极点之积的对数取负。重球：对任何曲率都是 −ln β。Nesterov：−ln β(1 − ηλ)，越陡越大。标记：由运行拟合的递推。",
    ),
    Page::new("walls", t("Stability walls", "稳定界"), walls).showing(
        "Contraction per step over ηλ; dotted: ηλ = 2(1 + β)/(1 + 2β) for Nesterov and 2(1 + β) for heavy ball. Looking ahead damps more and bears smaller steps. Marks: runs.",
        "每步收缩随 ηλ 的变化；点线：Nesterov 的 ηλ = 2(1 + β)/(1 + 2β) 与重球的 2(1 + β)。前瞻阻尼更强，可用的步长却更小。标记：运行。",
    ),
];

fn arrows<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let start = [seen.get("x0"), seen.get("y0")];
    let window = Window { x: around(seen, 0, start[0]), y: around(seen, 1, start[1]) };
    let named = |name: &str, [low, high]: [f64; 2]| Axis::new(rich(name), "").range(low, high);
    let mut panel = panel("arrows", named("$x_1$", window.x), named("$x_2$", window.y));
    let Some(lane) = seen.lane(0) else { return vec![panel] };
    panel.layers.push(plane::level_lines(seen, &*lane.lane.system.field, window, None));
    panel.layers.extend(plane::path(seen, lane, window).into_iter().take(1));
    panel.layers.extend(steps(seen, lane));
    panel.handles.push(Handle {
        id: "x0,y0".into(),
        at: start,
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start of all lanes", "所有轨道的起点")).to_owned(),
    });
    vec![panel]
}

/// What the lane visits and looks at along a coordinate in the steps that are drawn, with a margin.
fn around(seen: &Seen<'_>, i: usize, start: f64) -> [f64; 2] {
    let most = 3.0 * start.abs().max(0.1);
    let [q, v] = [Probe::Position(i), Probe::Velocity(i)].map(|p| seen.lane(0).map_or(&[][..], |lane| lane.column(p)));
    let both = q.iter().zip(v).take(STEPS + 1).flat_map(|(q, v)| [*q, q + seen.get("beta") * v]);
    let near = both.filter(|x| x.is_finite()).map(|x| x.clamp(-most, most));
    let [low, high] = near.fold([start, start], |[low, high], x| [low.min(x), high.max(x)]);
    let margin = if high > low { 0.15 * (high - low) } else { 1.0 };
    [low - margin, high + margin]
}

/// The gradients where the lane stands and where it looks, and the way between, for the first steps.
fn steps<'a>(seen: &Seen<'_>, lane: &LaneRun) -> Vec<Layer<'a>> {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let lambda = curvatures(&seen.run.values);
    let column = |i: usize, look: f64| -> Vec<f64> {
        let [q, v] = [Probe::Position(i), Probe::Velocity(i)].map(|probe| lane.column(probe));
        q.iter().zip(v).take(STEPS).map(|(q, v)| q + look * beta * v).collect()
    };
    let [here, ahead] = [0.0, 1.0].map(|look| [column(0, look), column(1, look)]);
    let push = |at: &[Vec<f64>; 2], i: usize| -> Vec<f64> { at[i].iter().map(|x| -eta * lambda[i] * x).collect() };
    let arrow = |at: &[Vec<f64>; 2], name: &str, ink: Ink| {
        Layer::Arrows(Arrows {
            x: at[0].clone().into(),
            y: at[1].clone().into(),
            u: push(at, 0).into(),
            v: push(at, 1).into(),
            name: Some(rich(name)),
            ink,
            weight: Weight::Normal,
        })
    };
    let between = |i: usize| -> Vec<f64> {
        here[i].iter().zip(&ahead[i]).flat_map(|(from, to)| [*from, *to, f64::NAN]).collect()
    };
    vec![
        thin(between(0), between(1), Ink::Muted, Dash::Dashed),
        arrow(&here, seen.say(t("gradient here", "所在处的梯度")), Ink::Amber),
        arrow(&ahead, seen.say(t("gradient ahead", "前瞻处的梯度")), Ink::Optimizer),
        points(here[0].clone(), here[1].clone(), None, Ink::Text, Marker::Disc),
        points(ahead[0].clone(), ahead[1].clone(), None, Ink::Optimizer, Marker::Ring),
    ]
}

fn solution<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut panel = over_time("equation", seen, axis(seen, t("steep coordinate $x_2$", "陡峭坐标 $x_2$"), ""));
    let unit = clock(seen.run, seen.view).1;
    let (iterates, equations) = seen.run.lanes.split_at(seen.run.lanes.len().min(2));
    for (lane, dash) in equations.iter().zip([Dash::Solid, Dash::Dashed]) {
        let name = Some(seen.say(lane.lane.name));
        panel.layers.push(line(lane.times(unit), lane.column(Probe::Position(1)), name, lane.lane.ink, dash));
    }
    for (lane, marker) in iterates.iter().zip([Marker::Disc, Marker::Square]) {
        let name = Some(seen.say(lane.lane.name));
        panel.layers.push(points(lane.times(unit), lane.column(Probe::Position(1)), name, lane.lane.ink, marker));
    }
    let most = 1.6 * seen.get("y0").abs().max(0.1);
    let all = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(1)).iter().copied());
    panel.y = spanning(panel.y, all.filter(|x| x.is_finite()).map(|x| x.clamp(-most, most)));
    // Room for a legend of four.
    panel.y.range = panel.y.range.map(|[low, high]| [low, high + 0.45 * (high - low)]);
    vec![panel]
}

fn friction<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    const TOP: f64 = 4.0;
    let (beta, places) = (seen.get("beta"), measure::places());
    let x = Axis::new(rich("$ηλ$"), "").log().range(0.01, 1.0);
    let mut panel = panel("friction", x, axis(seen, t("friction per step", "每步摩擦"), "").range(0.0, TOP));
    let (_, products) = measure::over_curvature(seen);
    let q = log_spaced(0.01, 0.999, POINTS);
    let known: [Vec<f64>; 2] = [
        q.iter().map(|q| -libm::log(equivalent_beta(*q, beta))).collect(),
        q.iter().map(|_| -libm::log(beta)).collect(),
    ];
    for (k, (known, measured)) in known.into_iter().zip(products).enumerate() {
        let Some(lane) = seen.lane(k) else { continue };
        let (name, (ink, marker, dash)) = (seen.say(lane.lane.name), METHODS[k]);
        panel.layers.push(thin(q.clone(), known, ink, dash));
        let there: Vec<f64> = measured.iter().map(|product| -libm::log(*product)).collect();
        panel.layers.push(points(places.clone(), there, Some(name), ink, marker));
    }
    vec![panel]
}

fn walls<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (beta, places) = (seen.get("beta"), measure::places());
    let x = Axis::new(rich("$ηλ$"), "").log().range(0.01, 5.0);
    let mut panel = panel("walls", x, axis(seen, t("modulus per step", "每步模长"), "").range(0.0, 1.9));
    let (moduli, _) = measure::over_curvature(seen);
    let q = log_spaced(0.01, 5.0, POINTS);
    let radius = [spectral_radius, heavy_ball::spectral_radius];
    for (k, (measured, wall)) in moduli.into_iter().zip([nesterov_wall(beta), stability_wall(beta)]).enumerate() {
        let Some(lane) = seen.lane(k) else { continue };
        let (name, (ink, marker, dash)) = (seen.say(lane.lane.name), METHODS[k]);
        let known: Vec<f64> = q.iter().map(|q| radius[k](*q, beta)).collect();
        panel.layers.push(thin(q.clone(), known, ink, dash));
        panel.layers.push(points(places.clone(), measured, Some(name), ink, marker));
        panel.layers.push(upright(wall, ink, Dash::Dotted));
    }
    panel.layers.push(level(1.0, Ink::Danger, Dash::Solid));
    panel.handles.push(Handle {
        id: "eta,-".into(),
        at: [seen.get("eta"), spectral_radius(seen.get("eta"), beta).clamp(0.0, 1.8)],
        ink: Ink::Text,
        label: rich("$ηλ_2$"),
        name: seen.say(t("step size", "步长")).to_owned(),
    });
    vec![panel]
}
