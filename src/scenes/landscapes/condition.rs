//! Iterations against the condition number: what acceleration means, and where it is not to be had.

mod cycle;
mod scaling;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::{Lessard, Quadratic};
use crate::core::methods::{Convention, gradient_descent, heavy_ball, nesterov_look_ahead};
use crate::figure::{Ink, Panel};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::draw::{DASHES, axis, level, line, over_time, thin};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::clock::clock;
use crate::scenes::models::declare::restart;
use crate::scenes::{Group, Lane, LaneRun, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::tuning::{Tuning, gradient_descent as tuned_descent, nesterov_quadratic, polyak};

/// The largest curvature; the smallest is 1/κ.
const STEEP: f64 = 1.0;
/// The tuning for curvatures from 1 to 25, on which Lessard's function catches heavy ball.
const CAUGHT: [f64; 2] = [1.0 / 9.0, 4.0 / 9.0];

static KAPPA: Spec = restart(specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [100.0, 1.5, 3000.0],
    t("Ratio of the largest to the smallest curvature.", "最大与最小曲率之比。"),
));
static EPS: Spec = specs::by_decades(
    "eps",
    "$ε$",
    t("accuracy", "精度"),
    [1e-6, 1e-10, 0.01],
    t("Share of the first distance at which a method has arrived.", "与极小点的距离降到起初的这一比例即算到达。"),
);
static X0: Spec = specs::start("x0", "$x^{(0)}$", 3.3);

/// The three methods, each tuned to the curvatures it meets.
const METHODS: [(Text, Ink); 3] = [
    (t("gradient descent", "梯度下降"), Ink::Spring),
    (t("heavy ball", "重球"), Ink::Optimizer),
    (t("Nesterov", "Nesterov"), Ink::Controller),
];

/// The best constant parameters of method `i` for curvatures from 1/κ to 1.
fn tuning(i: usize, kappa: f64) -> Tuning {
    [tuned_descent, polyak, nesterov_quadratic][i.min(2)](STEEP / kappa, STEEP)
}

/// Method `i`, tuned, in a bowl that has both ends of the spectrum.
fn machine(i: usize, kappa: f64) -> Lane {
    let field = Arc::new(Quadratic::diagonal(&[STEEP / kappa, STEEP]));
    let (Tuning { eta, beta, .. }, (name, ink), start) = (tuning(i, kappa), METHODS[i.min(2)], [1.0, 1.0]);
    match i {
        0 => lane(name, ink, field, gradient_descent(eta), [&start, &[]]),
        1 => lane(name, ink, field, heavy_ball(eta, beta, Convention::Displacement), [&start, &[]]),
        _ => lane(name, ink, field, nesterov_look_ahead(eta, beta), [&start, &[]]),
    }
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let mut lanes: Vec<Lane> = (0..METHODS.len()).map(|i| machine(i, values.get("kappa"))).collect();
    let ball = heavy_ball(CAUGHT[0], CAUGHT[1], Convention::Displacement);
    let start = [values.get("x0")];
    lanes.push(lane(t("heavy ball, caught", "重球，陷入循环"), Ink::Sampler, Arc::new(Lessard), ball, [&start, &[]]));
    Ok(together(lanes, 1.0))
}

/// The distance of a lane from the minimum, as a share of the first.
fn distance(lane: &LaneRun) -> Vec<f64> {
    let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
    let first = x.first().zip(y.first()).map_or(1.0, |(x, y)| x.hypot(*y));
    x.iter().zip(y).map(|(x, y)| x.hypot(*y) / first).collect()
}

/// The first iteration from which a lane stays within a share `eps` of its first distance.
fn arrival(lane: &LaneRun, eps: f64) -> Option<u64> {
    let far = distance(lane);
    let last = far.iter().rposition(|d| !(*d <= eps))?;
    (last + 1 < far.len()).then_some(last as u64 + 1)
}

fn errors<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (kappa, eps) = (seen.get("kappa"), seen.get("eps"));
    let y = axis(seen, t("distance from the minimum", "与极小点的距离"), "").log().range(0.01 * eps, 300.0);
    let mut panel = over_time("errors", seen, y);
    let unit = clock(seen.run, seen.view).1;
    for (i, lane) in seen.run.lanes.iter().take(METHODS.len()).enumerate() {
        let far = lane.derived.column(("distance from the minimum", 0, 0), || distance(lane));
        panel.layers.push(line(lane.times(unit), far, Some(seen.say(lane.lane.name)), lane.lane.ink, DASHES[i]));
        let rate = tuning(i, kappa).rate;
        let known: Vec<f64> = (0..far.len()).map(|n| libm::pow(rate, n as f64)).collect();
        panel.layers.push(thin(lane.times(unit), known, Ink::Muted, DASHES[i]));
    }
    panel.layers.push(level(eps, Ink::Danger, crate::figure::Dash::Dashed));
    vec![panel]
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let labels = [
        [t("iterations, descent", "迭代数，梯度下降"), t("slope, descent", "斜率，梯度下降")],
        [t("iterations, heavy ball", "迭代数，重球"), t("slope, heavy ball", "斜率，重球")],
        [t("iterations, Nesterov", "迭代数，Nesterov"), t("slope, Nesterov", "斜率，Nesterov")],
    ];
    let arrives = t(
        "Iterations to the accuracy ε: ln(1/ε) over the asymptotic rate alone, against the run.",
        "达到精度 ε 的迭代数：仅由渐近速率得 ln(1/ε)，对照实际运行。",
    );
    let slopes = t(
        "Exponent of κ fitted to the runs with κ ≥ 30, against the same fit to the rates alone; the limit is 1 for descent and 1/2 for the others.",
        "对 κ ≥ 30 的运行拟合的 κ 的指数，对照仅由速率作同样拟合；极限为梯度下降 1，其余 1/2。",
    );
    let mut out = Vec::new();
    for (i, [when, slope]) in labels.into_iter().enumerate() {
        let known = scaling::by_rate(i, seen.get("kappa"), seen.get("eps"));
        let found = seen.lane(i).and_then(|lane| arrival(lane, seen.get("eps"))).map(|n| n as f64);
        let row = number(seen, when, arrives).predicted(known).measured(found);
        out.push(row.by("ln $ε$/ln $ρ$", &["kappa", "eps"], "Lessard, Recht & Packard 2016").done());
        let [known, found] = scaling::slopes(seen, i);
        out.push(number(seen, slope, slopes).predicted(known).measured(found).done());
    }
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "condition",
        title: t("Iterations and the condition number", "迭代数与条件数"),
        group: Group::Landscapes,
        question: t(
            "What does acceleration buy on an ill-conditioned problem, and on which problems?",
            "在病态问题上，加速究竟换来什么？又在哪些问题上成立？",
        ),
        rows: &[33],
        steps: 800,
    },
    params: &[&KAPPA, &EPS, &X0],
    presets: &[
        Preset::new(t("κ = 100", "κ = 100"), &[], 800),
        Preset::new(t("κ = 1000", "κ = 1000"), &[("kappa", "1000")], 1000),
        Preset::new(t("a start that is not caught", "不会陷入循环的起点"), &[("x0", "2.5")], 800),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("errors", t("Distance over time", "距离的变化"), errors)
            .showing(
                "Each method tuned to this κ. Grey: its asymptotic rate alone; the runs lie above it, because the methods with memory first move away. Red: the accuracy wanted.",
                "各方法均按此 κ 调优。灰色：仅按渐近速率；运行位于其上方，因为有记忆的方法起初会先远离。红色：所需精度。",
            )
            .moving(&[Moves::Clock]),
        Page::new("scaling", t("Iterations against κ", "迭代数与 κ"), scaling::draw).told(scaling::caption),
        Page::new("cycle", t("Caught in a cycle", "陷入循环"), cycle::draw).told(cycle::caption).moving(&[Moves::Clock]),
        Page::new("force", t("The function that catches it", "使其循环的函数"), cycle::force)
            .showing(
                "Gradient of a convex function with curvatures 1 and 25 only, and the three points of the cycle on it. Tuned for exactly these curvatures, heavy ball goes round them for ever.",
                "曲率只取 1 与 25 的凸函数的梯度，以及其上循环的三点。重球正是按这两个曲率调优的，却永远绕着它们转。",
            )
            .briefly(t("The function", "函数")),
    ],
    tiles: &["errors", "scaling", "cycle", "force"],
    numbers,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
