//! An ill-conditioned bowl: gradient descent zigzags, and a step that breaks it is carried by momentum.

mod four;
mod poles;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, gradient_descent, heavy_ball};
use crate::figure::{Dash, Handle, Ink, Panel, rich};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::draw::{DASHES, axis, level, line, panel, positions, upright};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, plane, regimes, specs};
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::t;
use crate::theory::heavy_ball::{response, spectral_radius};
use crate::theory::regime::stability_wall;

/// The steeper curvature.
const STEEP: f64 = 4.0;

static ETA: Spec = specs::eta(0.4, 0.001, 1.0);
static BETA: Spec = specs::beta(0.5, 0.0, 0.99);
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [20.0, 1.0, 1000.0],
    t("Ratio of the two curvatures; the steeper one is 4.", "两个曲率之比；较陡的一个为 4。"),
);
static ANGLE: Spec = specs::degrees(
    "angle",
    "$ϑ$",
    t("turn of the bowl", "碗的转角"),
    [0.0, -90.0, 90.0],
    t("Axes of curvature against the coordinates.", "曲率主轴相对坐标轴的转角。"),
);
static X0: Spec = specs::start("x0", "$x_1^{(0)}$", -5.0);
static Y0: Spec = specs::start("y0", "$x_2^{(0)}$", -2.0);

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let field = Arc::new(Quadratic::rotated(curvatures(values), values.get("angle").to_radians()));
    let start = [values.get("x0"), values.get("y0")];
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    let lanes = vec![
        lane(t("gradient descent", "梯度下降"), Ink::Spring, field.clone(), gradient_descent(eta), [&start, &[]]),
        lane(t("momentum", "动量法"), Ink::Optimizer, field, ball, [&start, &[]]),
    ];
    Ok(together(lanes, 1.0))
}

fn curvatures(values: &Values) -> [f64; 2] {
    [STEEP / values.get("kappa"), STEEP]
}

/// The momentum of lane `i`: gradient descent has none.
fn beta(seen: &Seen<'_>, i: usize) -> f64 {
    if i == 0 { 0.0 } else { seen.get("beta") }
}

/// Coordinates of lane `i` after `n` iterations by the closed form of its eigenmodes.
fn predicted(seen: &Seen<'_>, i: usize, n: u64) -> [f64; 2] {
    let angle = seen.get("angle").to_radians();
    let (s, c) = (libm::sin(angle), libm::cos(angle));
    let [x, y] = ["x0", "y0"].map(|id| seen.get(id));
    let along = |k: usize, start: f64| {
        let q = seen.get("eta") * curvatures(&seen.run.values)[k];
        response(q, beta(seen, i), start, 0.0, n)
    };
    let [a, b] = [along(0, c * x + s * y), along(1, c * y - s * x)];
    [c * a - s * b, s * a + c * b]
}

fn map<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let start = [seen.get("x0"), seen.get("y0")];
    let far = 2.5 * start[0].hypot(start[1]).max(0.1);
    vec![plane::map("map", seen, plane::window(seen, &[start, [0.0; 2]], far), Some(["x0", "y0"]))]
}

fn coordinates<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let first = positions("x1", seen, 0, t("coordinate $x_1$", "坐标 $x_1$"), "");
    let mut second = positions("x2", seen, 1, t("coordinate $x_2$", "坐标 $x_2$"), "");
    (second.below, second.legend) = (true, false);
    vec![first, second]
}

/// The contraction per step of both modes over the step size, with and without momentum.
fn walls<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = axis(seen, t("step size $η$", "步长 $η$"), "").log().range(0.01, 2.0);
    let mut panel = panel("walls", x, axis(seen, t("modulus per step", "每步模长"), "").range(0.0, 1.6));
    let etas = log_spaced(0.01, 2.0, 400);
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        for (k, lambda) in curvatures(&seen.run.values).into_iter().enumerate() {
            let y: Vec<f64> = etas.iter().map(|eta| spectral_radius(eta * lambda, beta(seen, i))).collect();
            let name = format!("{}, $λ_{}$", seen.say(lane.lane.name), k + 1);
            panel.layers.push(line(etas.clone(), y, Some(&name), lane.lane.ink, DASHES[(2 * i + k) % DASHES.len()]));
        }
        panel.layers.push(upright(stability_wall(beta(seen, i)) / STEEP, lane.lane.ink, Dash::Dotted));
    }
    panel.layers.push(level(1.0, Ink::Danger, Dash::Solid));
    let q = seen.get("eta") * STEEP;
    panel.handles.push(Handle {
        id: "eta,-".into(),
        at: [seen.get("eta"), spectral_radius(q, seen.get("beta")).clamp(0.0, 1.5)],
        ink: Ink::Text,
        label: rich("$η$"),
        name: seen.say(t("step size", "步长")).to_owned(),
    });
    vec![panel]
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let last = seen.run.done();
    let mut out = Vec::new();
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let labels = match i {
            0 => [t("$x_1$ descent", "$x_1$ 梯度下降"), t("$x_2$ descent", "$x_2$ 梯度下降")],
            _ => [t("$x_1$ momentum", "$x_1$ 动量法"), t("$x_2$ momentum", "$x_2$ 动量法")],
        };
        for (k, label) in labels.into_iter().enumerate() {
            let note = t(
                "Coordinate at the end of the run: closed form of the two modes against the run.",
                "运行结束时的坐标：两个模态的闭式解对照实际运行。",
            );
            let here = number(seen, label, note).predicted(predicted(seen, i, last)[k]);
            let by = "$x_n = x_0 (r_n + s_n (1 − β − ηλ)/2)$";
            out.push(
                here.measured(lane.at(Probe::Position(k), last))
                    .by(by, &["eta", "beta"], "theory of linear recurrences")
                    .done(),
            );
        }
    }
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    regimes::chips(seen, ["λ₁", "λ₂"].into_iter().zip(curvatures(&seen.run.values)))
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "bowl",
        title: t("An ill-conditioned bowl", "病态的二次碗"),
        group: Group::Landscapes,
        question: t(
            "Why does a step that breaks gradient descent carry momentum to the minimum?",
            "为什么让梯度下降发散的步长，动量法却能走到极小点？",
        ),
        rows: &[9, 10],
        steps: 20,
    },
    params: &[&ETA, &BETA, &KAPPA, &ANGLE, &X0, &Y0],
    presets: &[
        Preset::new(t("η = 0.4", "η = 0.4"), &[], 20),
        Preset::new(t("η = 0.6: descent breaks", "η = 0.6：梯度下降发散"), &[("eta", "0.6")], 20),
        Preset::new(t("turned by 30°", "旋转 30°"), &[("angle", "30")], 40),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("map", t("Paths over the bowl", "碗上的路径"), map)
            .showing(
                "Level lines of ½(λ₁x₁² + λ₂x₂²), turned by ϑ, with the iterates of both methods from one start.",
                "½(λ₁x₁² + λ₂x₂²)（旋转 ϑ）的等高线，以及两种方法从同一起点出发的迭代点。",
            )
            .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))]),
        Page::new("coordinates", t("Coordinates", "坐标"), coordinates)
            .showing(
                "The two coordinates over the iterations; what leaves the panel diverges.",
                "两个坐标随迭代的变化；离开图框者发散。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("walls", t("Stability walls", "稳定界"), walls).showing(
            "Contraction per step of both modes over the step size; dotted: where each method becomes unstable, η = 2(1 + β)/λ₂. The mark can be dragged.",
            "两个模态的每步收缩随步长的变化；点线：各方法失稳之处 η = 2(1 + β)/λ₂。标记可拖动。",
        ),
        four::PAGE,
        poles::PAGE,
    ],
    tiles: &["map", "coordinates", "walls"],
    numbers,
    chips,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
