//! Three dampings of one mode, and what "optimal" means: critical damping is best for one mode and by the
//! asymptotic rate, not for several modes and not by the settling time.

mod bench;
mod many;
mod numbers;
mod pages;
mod ratio;
mod story;
mod survey;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::measure::settles;
use crate::scenes::{Group, LaneRun, Meta, Preset, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::regime::critical_beta;
use numbers::{chips, notes, numbers};

static Q: Spec = specs::by_decades(
    "q",
    "$ηλ$",
    t("step × curvature", "步长 × 曲率"),
    [0.04, 0.001, 3.9],
    t("The one number by which step size and curvature enter.", "步长与曲率只以这一个乘积起作用。"),
);
static BETA: Spec = specs::pure(
    "beta",
    "$β$",
    t("momentum of your lane", "自选轨道的动量"),
    [0.71, 0.0, 0.99],
    t("Share of the velocity that your lane keeps per step.", "自选轨道每步保留的速度比例。"),
);
static RATIO: Spec = specs::pure(
    "ratio",
    "$r$",
    t("friction ratio", "摩擦比"),
    [4.0, 1.05, 10.0],
    t(
        "The friction −ln β of two lanes is r times smaller and larger than the critical one.",
        "两条轨道的摩擦 −ln β 分别为临界值的 1/r 与 r 倍。",
    ),
);
static SHARE: Spec = Spec {
    unit: "%",
    ..specs::by_decades(
        "share",
        "$ε$",
        t("settled within", "稳定带"),
        [2.0, 0.1, 20.0],
        t("A run has settled when it stays within this share of its start.", "此后不再超出初值的这一比例，即算稳定。"),
    )
};
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [10.0, 1.5, 1000.0],
    t("How many times as steep the second mode is.", "第二个模态的曲率是第一个的多少倍。"),
);

/// Names and colours of the lanes: less than critical friction, critical, more, and the reader's own.
const LANES: [(Text, Ink); 4] = [
    (t("small friction", "小摩擦"), Ink::Spring),
    (t("critical β", "临界 β"), Ink::Text),
    (t("large friction", "大摩擦"), Ink::Controller),
    (t("your β", "自选 β"), Ink::Optimizer),
];

/// The momentum of every lane: friction c/m = −ln β is r times smaller, critical, r times larger, and free.
fn betas(values: &Values) -> [f64; 4] {
    let (critical, r) = (critical_beta(values.get("q")), values.get("ratio"));
    [libm::pow(critical, 1.0 / r), critical, libm::pow(critical, r), values.get("beta")]
}

/// The share of the start within which a run has settled.
fn share(seen: &Seen<'_>) -> f64 {
    0.01 * seen.get("share")
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let q = values.get("q");
    let field = Arc::new(Quadratic::diagonal(&[q]));
    let lanes = LANES.into_iter().zip(betas(values));
    let ball = |beta| heavy_ball(1.0, beta, Convention::Displacement);
    Ok(together(
        lanes.map(|((name, ink), beta)| lane(name, ink, field.clone(), ball(beta), [&[1.0], &[]])).collect(),
        1.0,
    ))
}

/// When lane `i` settles for good, as far as its run shows it.
fn settled(seen: &Seen<'_>, lane: &LaneRun) -> Option<f64> {
    settles(lane.column(Probe::Position(0)), share(seen)).map(|n| n as f64)
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "damping",
        title: t("Three dampings", "三种阻尼"),
        group: Group::Mechanics,
        question: t("Is the best momentum the one that damps critically?", "最好的动量就是临界阻尼的动量吗？"),
        rows: &[2, 3],
        steps: 100,
    },
    params: &[&Q, &BETA, &RATIO, &SHARE, &KAPPA],
    presets: &[
        Preset::new(t("one mode, four frictions", "一个模态，四种摩擦"), &[], 100),
        Preset::new(
            t("alternating: no spring does this", "符号交替：弹簧做不到"),
            &[("q", "2.4"), ("ratio", "1.15"), ("beta", "0.5")],
            40,
        ),
        Preset::new(t("a small step", "小步长"), &[("q", "0.002"), ("beta", "0.93")], 300),
        Preset::new(t("many modes: κ = 100", "许多模态：κ = 100"), &[("q", "0.01"), ("kappa", "100"), ("beta", "0.85")], 120),
    ],
    modes: &["$x$"],
    build,
    pages: &[
        Page::new("responses", t("Return to rest", "回到静止"), pages::responses)
            .showing(
                "Iterates of four momenta from one start (marks), over the motion of the spring with the same poles (lines). A lane without a line has no such spring: its sign flips every step. Grey: the settling band ±ε.",
                "四种动量从同一起点出发的迭代点（标记），以及极点相同的弹簧的运动（曲线）。没有曲线的轨道没有这样的弹簧：它的符号每步翻转。灰色：稳定带 ±ε。",
            )
            .moving(&[Moves::Clock]),
        Page::new("atlas", t("Regimes", "阻尼区域"), pages::atlas).showing(
            "Regimes of the exact map over ηλ and β. Both critical borders are one curve β = (1 − √ηλ)²: overdamped to its left, alternating to its right. The mark of your β can be dragged.",
            "精确映射在 (ηλ, β) 平面上的区域。两条临界边界同属曲线 β = (1 − √ηλ)²：左侧过阻尼，右侧符号交替。自选 β 的标记可拖动。",
        ),
        Page::new("one", t("Settling of one mode", "单模态的稳定步数"), many::one).told(many::one_caption),
        Page::new("zeta", t("Faster than critical", "比临界更快"), ratio::zeta).told(ratio::zeta_caption),
        Page::new("two", t("Settling of two modes", "双模态的稳定步数"), many::two).told(many::two_caption),
        Page::new("polyak", t("Best for many modes", "多模态的最优"), ratio::polyak).told(ratio::polyak_caption),
        Page::sweep(),
    ],
    tiles: &["responses", "atlas", "one", "polyak"],
    numbers,
    chips,
    notes,
    survey: Some(&survey::Settling),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
