//! A line through a hundred points: the smallest training run there is.

mod pages;
mod problem;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::methods::{Convention, gradient_descent, heavy_ball};
use crate::figure::Ink;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{self, Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::t;
use problem::{Problem, method};

/// Which points there are.
const UNIFORM: usize = 1;
const EVEN: usize = 2;
static POINTS_KINDS: [Choice; 3] = [
    choice("normal", "normal x", "正态 x"),
    choice("uniform", "uniform x", "均匀 x"),
    choice("even", "fixed, evenly spaced x", "固定的等距 x"),
];

/// Where the search starts.
const DRAWN: usize = 0;
static STARTS: [Choice; 2] = [choice("drawn", "drawn by the seed", "由种子抽取"), choice("set", "as set", "自定")];

static ETA: Spec = specs::eta(0.01, 0.001, 2.0);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static SIGMA: Spec = restart(specs::pure(
    "sigma",
    "$σ$",
    t("noise of the points", "点的噪声"),
    [0.1, 0.0, 2.0],
    t("Standard deviation of the points about the line y = 2x + 1.", "点围绕直线 y = 2x + 1 的标准差。"),
));
static ROWS: Spec = restart(specs::count(
    "rows",
    "$N$",
    t("points", "点数"),
    [100, 4, 1000],
    t("Number of points; every step sees them all.", "点的数目；每一步都用到全部的点。"),
));
static POINTS: Spec = restart(spec(
    "points",
    "",
    t("kind of points", "点的类型"),
    "",
    Kind::Choice(&POINTS_KINDS),
    0.0,
    t(
        "x drawn from N(0, 1), from −2 to 2, or evenly spaced there with y = 2x + 1 + σ cos 7i, which no seed changes.",
        "x 取自 N(0, 1)，或在 −2 到 2 之间均匀抽取，或在其间等距分布且 y = 2x + 1 + σ cos 7i（不随种子改变）。",
    ),
));
static START: Spec = restart(spec(
    "start",
    "",
    t("start", "起点"),
    "",
    Kind::Choice(&STARTS),
    0.0,
    t(
        "w and b drawn from −1 to 1 by the seed, as a library does, or set.",
        "w 与 b 由种子在 −1 到 1 之间抽取（与程序库相同），或自行设定。",
    ),
));
static W0: Spec = specs::start("w0", "$w_0$", 0.0);
static B0: Spec = specs::start("b0", "$b_0$", 0.0);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let Problem { start, field, .. } = Problem::new(values, seed);
    let field = Arc::new(field);
    let ends: [&[f64]; 2] = [&start, &[]];
    let [eta, beta] = method(values, 1);
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    let longer = gradient_descent(method(values, 2)[0]);
    let lanes = vec![
        lane(t("gradient descent", "梯度下降"), Ink::Spring, field.clone(), gradient_descent(eta), ends),
        lane(t("momentum", "动量法"), Ink::Optimizer, field.clone(), ball, ends),
        lane(t("descent, η/(1 − β)", "梯度下降，η/(1 − β)"), Ink::Controller, field, longer, ends),
    ];
    Ok(together(lanes, 1.0))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (problem, last) = (problem::of(seen), seen.run.done());
    let mut out = Vec::new();
    for (i, labels) in [
        [t("$w$ descent", "$w$ 梯度下降"), t("$b$ descent", "$b$ 梯度下降"), t("$L$ descent", "$L$ 梯度下降")],
        [t("$w$ momentum", "$w$ 动量法"), t("$b$ momentum", "$b$ 动量法"), t("$L$ momentum", "$L$ 动量法")],
    ]
    .into_iter()
    .enumerate()
    {
        let [eta, beta] = method(&seen.run.values, i);
        let [w, b] = problem.after(eta, beta, last);
        let predicted = [w, b, problem.loss(eta, beta, last)];
        let probes = [Probe::Position(0), Probe::Position(1), Probe::Potential];
        for ((label, predicted), probe) in labels.into_iter().zip(predicted).zip(probes) {
            let note = t(
                "At the end of the run: closed form of both modes of the Hessian against the run.",
                "运行结束时：Hessian 两个模态的闭式解对照实际运行。",
            );
            let here = number(seen, label, note).predicted(predicted).measured(seen.at(i, probe, last));
            let by = "$q_n = q^* + Σ_k u_k z_k(n)$";
            out.push(here.by(by, &["eta", "beta"], "theory of linear recurrences").done());
        }
    }
    let [(slow, _), (fast, _)] = problem.modes;
    let [w, b] = problem.field.best();
    let best = t(
        "The line of least squares through these points: where every run ends.",
        "过这些点的最小二乘直线：每次运行的终点。",
    );
    out.push(number(seen, t("best $w$", "最优 $w$"), best).predicted(w).done());
    out.push(number(seen, t("best $b$", "最优 $b$"), best).predicted(b).done());
    let floor = t(
        "The least loss: the noise that no line takes away, about σ²(1 − 2/N).",
        "最小损失：任何直线都消不去的噪声，约为 σ²(1 − 2/N)。",
    );
    out.push(number(seen, t("least loss", "最小损失"), floor).predicted(problem.field.floor()).done());
    let kappa = t(
        "Ratio of the Hessian's eigenvalues: near 1, every direction is alike.",
        "Hessian 特征值之比：接近 1 时各方向相同。",
    );
    out.push(number(seen, t("condition number $κ$", "条件数 $κ$"), kappa).predicted(fast / slow).done());
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    regimes::chips(seen, ["λ₁", "λ₂"].into_iter().zip(problem::of(seen).modes.map(|(lambda, _)| lambda)))
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "line-fit",
        title: t("A line through points", "过点的一条直线"),
        group: Group::Scale,
        question: t(
            "What does momentum add where every direction is nearly alike?",
            "当各个方向几乎一样时，动量带来了什么？",
        ),
        rows: &[29],
        steps: 100,
    },
    params: &[&ETA, &BETA, &SIGMA, &ROWS, &POINTS, &START, &W0, &B0],
    shown: |id, values| !matches!(id, "w0" | "b0") || values.index("start") != DRAWN,
    presets: &[
        Preset::new(t("the article's run", "文章中的运行"), &[], 100),
        Preset::new(
            t("fixed points, start at 0", "固定的点，起点为 0"),
            &[("points", "even"), ("start", "set")],
            100,
        ),
        Preset::new(t("little data, much noise", "数据少、噪声大"), &[("rows", "8"), ("sigma", "1")], 100),
        Preset::new(t("a step ten times as long", "十倍步长"), &[("eta", "0.1")], 100),
    ],
    modes: &["$w$", "$b$"],
    build,
    pages: &[
        Page::new("fit", t("The line at this moment", "此刻的直线"), pages::fit)
            .showing(
                "The points, the line y = 2x + 1 that they are scattered about, the line of least squares, and the lines of all lanes at the moment shown.",
                "各点、它们所围绕的直线 y = 2x + 1、最小二乘直线，以及各轨道在所示时刻的直线。",
            )
            .of_moment(),
        Page::new("path", t("Slope and intercept over the loss", "损失面上的斜率与截距"), pages::path)
            .briefly(t("Paths over the loss", "损失面上的路径"))
            .showing(
                "Level lines of the mean squared error over slope w and intercept b, the axes of its Hessian (dotted) through the best line, and the paths of all lanes from one start, which can be dragged.",
                "均方误差在斜率 w 与截距 b 上的等高线、过最优点的 Hessian 主轴（点线），以及各轨道从同一起点出发的路径；起点可拖动。",
            )
            .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))]),
        Page::new("loss", t("Loss over epochs", "损失随轮次的变化"), pages::loss)
            .told(pages::loss_caption)
            .moving(&[Moves::Clock]),
        Page::new("modes", t("Distance along both axes", "沿两条主轴的距离"), pages::modes)
            .showing(
                "Distance from the best line along each axis of the Hessian: measured (marks) on the closed form (lines).",
                "沿 Hessian 各主轴到最优点的距离：实测（标记）与闭式解（曲线）。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
    ],
    tiles: &["fit", "path", "loss", "modes"],
    numbers,
    chips,
    drag: |handle, to, values, _| {
        values.set("start", 1.0)?;
        exhibit::drag(handle, to, values)
    },
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
