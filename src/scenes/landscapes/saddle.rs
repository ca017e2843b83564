//! A saddle: how long each method lingers where the gradient nearly vanishes.

mod pages;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, gradient_descent, heavy_ball, nesterov_look_ahead};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, regimes, specs};
use crate::scenes::models::declare::restart;
use crate::scenes::{Chip, Group, Lane, LaneRun, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::heavy_ball::{growth, leaving_steps};
use crate::theory::nesterov::equivalent_beta;

/// Curvature along the way in, and how far along the way out a run has left.
const STABLE: f64 = 1.0;
const LEFT: f64 = 1.0;

static ETA: Spec = specs::eta(0.1, 0.001, 1.0);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static MU: Spec = specs::by_decades(
    "mu",
    "$μ$",
    t("downward curvature", "向下曲率"),
    [0.5, 0.01, 5.0],
    t("The loss falls as −½μx₂² along the way out.", "损失沿出口方向按 −½μx₂² 下降。"),
);
static X0: Spec = specs::start("x0", "$x_1^{(0)}$", -2.0);
static OFFSET: Spec = restart(specs::by_decades(
    "offset",
    "$δ$",
    t("offset from the ridge", "偏离山脊的距离"),
    [1e-3, 1e-12, 0.5],
    t(
        "How far beside the ridge all lanes start; on it none would ever leave.",
        "所有轨道起点偏离山脊的距离；恰在山脊上则永远离不开。",
    ),
));

/// The three methods, in the order of the lanes.
const METHODS: [(Text, Ink); 3] = [
    (t("gradient descent", "梯度下降"), Ink::Spring),
    (t("momentum", "动量法"), Ink::Optimizer),
    (t("Nesterov", "Nesterov"), Ink::Controller),
];

/// Method `i` with momentum β from the start of the scene.
fn machine(values: &Values, i: usize, beta: f64) -> Lane {
    let field = Arc::new(Quadratic::diagonal(&[STABLE, -values.get("mu")]));
    let start = [values.get("x0"), values.get("offset")];
    let (eta, (name, ink)) = (values.get("eta"), METHODS[i.min(2)]);
    match i {
        0 => lane(name, ink, field, gradient_descent(eta), [&start, &[]]),
        1 => lane(name, ink, field, heavy_ball(eta, beta, Convention::Displacement), [&start, &[]]),
        _ => lane(name, ink, field, nesterov_look_ahead(eta, beta), [&start, &[]]),
    }
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    Ok(together((0..METHODS.len()).map(|i| machine(values, i, values.get("beta"))).collect(), 1.0))
}

/// The falling mode of method `i` at momentum β as heavy ball: ηλ and the momentum with the same poles.
fn falling(values: &Values, i: usize, beta: f64) -> [f64; 2] {
    let q = -values.get("eta") * values.get("mu");
    [q, [0.0, beta, equivalent_beta(q, beta)][i.min(2)]]
}

/// How many times as far out as its start a lane has left.
fn factor(values: &Values) -> f64 {
    LEFT / values.get("offset")
}

/// The iteration at which a lane has left.
fn left(lane: &LaneRun) -> Option<u64> {
    lane.column(Probe::Position(1)).iter().position(|y| y.abs() >= LEFT).map(|n| n as u64)
}

/// The growth per step at the end of a lane.
fn measured_growth(lane: &LaneRun) -> Option<f64> {
    let y = lane.column(Probe::Position(1));
    let [.., before, last] = y else { return None };
    Some(libm::log(last / before)).filter(|rate| rate.is_finite())
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (values, beta) = (&seen.run.values, seen.get("beta"));
    let labels = [
        [t("leaves, descent", "离开，梯度下降"), t("growth, descent", "增长率，梯度下降")],
        [t("leaves, momentum", "离开，动量法"), t("growth, momentum", "增长率，动量法")],
        [t("leaves, Nesterov", "离开，Nesterov"), t("growth, Nesterov", "增长率，Nesterov")],
    ];
    let leaves = t("Iterations until $|x_2| ≥ 1$.", "到 $|x_2| ≥ 1$ 所需的迭代数。");
    let grows = t(
        "Logarithm of the growth per step: the larger pole of the falling mode against the last two iterates.",
        "每步增长的对数：下降模态的较大极点对照最后两个迭代点。",
    );
    let mut out = Vec::new();
    for ((i, lane), [when, rate]) in seen.run.lanes.iter().enumerate().zip(labels) {
        let [q, beta] = falling(values, i, beta);
        let known = leaving_steps(q, beta, factor(values)).map(|n| n as f64);
        let formula = "$|x_n| ≥ 1$";
        let uses = ["eta", "beta", "mu", "offset"];
        let row = number(seen, when, leaves).predicted(known).measured(left(lane).map(|n| n as f64));
        out.push(row.by(formula, &uses, "theory of linear recurrences").done());
        let row = number(seen, rate, grows).predicted(growth(q, beta)).measured(measured_growth(lane));
        out.push(row.by("ln $z_+$", &uses[..3], "theory of linear recurrences").done());
    }
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    vec![regimes::chip(seen, "λ₁", eta * STABLE, beta), regimes::chip(seen, "λ₂", -eta * seen.get("mu"), beta)]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "saddle",
        title: t("Leaving a saddle", "离开鞍点"),
        group: Group::Landscapes,
        question: t(
            "How long does a method linger at a saddle, and how much of that does momentum save?",
            "算法会在鞍点附近滞留多久？动量能省去其中多少？",
        ),
        rows: &[31],
        steps: 160,
    },
    params: &[&ETA, &BETA, &MU, &OFFSET, &X0],
    presets: &[
        Preset::new(t("close to the ridge", "紧贴山脊"), &[], 160),
        Preset::new(t("a shallow saddle", "平缓的鞍"), &[("mu", "0.05")], 1600),
        Preset::new(t("no momentum", "无动量"), &[("beta", "0")], 160),
        Preset::new(t("closer still", "更近"), &[("offset", "1e-9")], 480),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: pages::PAGES,
    tiles: &["map", "escape", "times", "growth"],
    numbers,
    chips,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
