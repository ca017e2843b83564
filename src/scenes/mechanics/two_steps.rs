//! The smallest example: two steps on w²/2, to full precision, and where they lead.

mod pages;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::measure::Recurrence;
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::heavy_ball::{period_steps, response};
use crate::theory::mapping::{Mapping, predicted_zeta};

static ETA: Spec = specs::eta(0.01, 1e-4, 2.0);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static W0: Spec = specs::start("w0", "$w_0$", 1.0);

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta, w0] = ["eta", "beta", "w0"].map(|id| values.get(id));
    let field = Arc::new(Quadratic::diagonal(&[1.0]));
    let start: [&[f64]; 2] = [&[w0], &[]];
    let library = heavy_ball(eta, beta, Convention::Accumulating);
    // The average with a step of one: the formula as it is printed, without a learning rate.
    let bare = heavy_ball(bare_rate(values), beta, Convention::MovingAverage);
    let lanes = vec![
        lane(t("library form", "库的写法"), Ink::Optimizer, field.clone(), library, start),
        lane(t("bare formula", "原公式"), Ink::Controller, field, bare, start),
    ];
    Ok(together(lanes, 1.0))
}

/// The accumulating step size of the formula without a learning rate, α = 1: η = 1 − β.
fn bare_rate(values: &Values) -> f64 {
    1.0 - values.get("beta")
}

/// ηλ of lane `i`; the curvature is 1.
fn product(values: &Values, i: usize) -> f64 {
    if i == 0 { values.get("eta") } else { bare_rate(values) }
}

/// w of lane `i` after `n` steps, by the closed form.
fn closed(seen: &Seen<'_>, i: usize, n: u64) -> f64 {
    response(product(&seen.run.values, i), seen.get("beta"), seen.get("w0"), 0.0, n)
}

/// The recurrence that the library's lane follows.
fn fitted(seen: &Seen<'_>) -> Option<Recurrence> {
    Recurrence::fit(seen.lane(0)?.column(Probe::Position(0)))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    const NOTE: Text = t("Closed form of the exact map, and the run.", "精确映射的闭式解与实际运行。");
    let steady = seen.run.is_steady().then_some(());
    let reached = |n: u64| (seen.run.done() >= n).then(|| seen.at(0, Probe::Position(0), n));
    let row = |label: Text, n: u64| {
        let row = number(seen, label, NOTE).predicted(steady.map(|()| closed(seen, 0, n))).measured(reached(n));
        row.by("$w_n = w_0 (r_n + s_n (1 − β − η)/2)$", &["eta", "beta", "w0"], "linear recurrences").done()
    };
    let first = [
        row(t("first gradient, at $w_0$", "第一次梯度，在 $w_0$ 处"), 0),
        row(t("$w_1$, the second gradient", "$w_1$，即第二次梯度"), 1),
        row(t("$w_2$", "$w_2$"), 2),
    ];
    first.into_iter().chain(of_the_swing(seen)).collect()
}

/// Period and damping ratio of the swing the steps begin.
fn of_the_swing(seen: &Seen<'_>) -> [Readout; 3] {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let kept = |name, read: fn(&Recurrence) -> Option<f64>| {
        seen.run.derived.number((name, 0, 0), || read(&fitted(seen)?)).filter(|_| seen.run.is_steady())
    };
    let note = t(
        "Steps per turn: poles of the exact map, and a recurrence fitted to the run.",
        "每圈步数：精确映射的极点，与由轨迹拟合的递推。",
    );
    let period = number(seen, t("period (steps)", "周期（步）"), note).predicted(period_steps(eta, beta));
    let note = t(
        "Damping ratio of the spring with the same poles, and of the recurrence fitted to the run.",
        "极点相同的弹簧的阻尼比，与由轨迹拟合的递推的阻尼比。",
    );
    let exact = number(seen, t("$ζ$, exact", "$ζ$，精确"), note).predicted(predicted_zeta(Mapping::Exact, eta, beta));
    let note = t(
        "Damping ratio that the textbook formula gives, for h = √η and m = 1.",
        "教科书公式给出的阻尼比（h = √η，m = 1）。",
    );
    let textbook = number(seen, t("$ζ$, textbook", "$ζ$，教科书"), note);
    let (uses, map) = (["eta", "beta"], Mapping::Explicit);
    [
        period
            .measured(kept("period", Recurrence::period))
            .by("$2π/φ$, $cos φ = (1 + β − η)/(2√β)$", &uses, "poles of the map")
            .done(),
        exact
            .measured(kept("zeta", Recurrence::damping_ratio))
            .by("$ζ = −½ ln β / √(¼ ln^2 β + φ^2)$", &uses, "pole matching")
            .done(),
        textbook
            .predicted(predicted_zeta(map, eta, beta))
            .by("$ζ = (1 − β)/(2√η)$", &uses, "semi-implicit Euler")
            .done(),
    ]
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let chip = |(i, lane): (usize, &crate::scenes::LaneRun)| {
        regimes::chip(seen, seen.say(lane.lane.name), product(&seen.run.values, i), seen.get("beta"))
    };
    seen.run.lanes.iter().enumerate().map(chip).collect()
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "two-steps",
        title: t("The smallest example", "最小的例子"),
        group: Group::Mechanics,
        question: t("What exactly do two steps of momentum compute?", "动量法的两步，究竟算出了什么？"),
        rows: &[24],
        steps: 150,
    },
    params: &[&ETA, &BETA, &W0],
    presets: &[
        Preset::new(t("the printed example", "文中的例子"), &[], 150),
        Preset::new(t("two steps only", "只走两步"), &[], 2),
        Preset::new(t("critical: β = 0.81", "临界：β = 0.81"), &[("beta", "0.81")], 150),
        Preset::new(t("no momentum", "无动量"), &[("beta", "0")], 400),
    ],
    modes: &["$w$"],
    build,
    pages: &[
        Page::new("steps", t("The first steps", "最初几步"), pages::steps).told(pages::steps_caption),
        Page::new("sum", t("One step as a sum", "一步写成和"), pages::sum).of_moment().told(pages::sum_caption),
        Page::new("phase", t("Phase point", "相点"), pages::phase)
            .showing(
                "Position and last displacement of the library form: iterates (discs) on the spiral of the exact map (line), which continues them between the steps. The two printed steps are named.",
                "库的写法的位置与上一步位移：迭代点（圆点）落在精确映射的螺线（线）上，螺线给出步与步之间的延续。标出了文中的两步。",
            )
            .moving(&[Moves::At(pages::phase_place)]),
        Page::new("swing", t("Where they lead", "它们通向何处"), pages::swing)
            .showing(
                "The library form and the bare formula, as it is printed without a learning rate. Dotted: the spring of the textbook formula, whose ζ is not that of the run.",
                "库的写法与原公式（照印出的样子，没有学习率）随迭代的变化。点线：教科书公式给出的弹簧，其 ζ 与实际运行不同。",
            )
            .moving(&[Moves::Clock]),
    ],
    tiles: &["steps", "sum", "phase", "swing"],
    numbers,
    chips,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
