//! Three dampings of one mode, and what "optimal" means: critical damping is best for one mode and by the
//! asymptotic rate, not for several modes and not by the settling time.

mod bench;
mod many;
mod pages;
mod story;
mod survey;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::measure::settles;
use crate::scenes::models::words;
use crate::scenes::{Chip, Group, LaneRun, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::heavy_ball::exact_steps;
use crate::theory::mapping::pole_match;
use crate::theory::regime::critical_beta;

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

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    const NOTE: Text = t(
        "Steps until the lane stays within ε of its start: counted on the exact response, and on the run once it has been quiet for a tenth of its length.",
        "轨道此后不再超出初值 ε 倍所需的步数：由精确响应计数，并在轨迹安静了其长度的十分之一后由轨迹计数。",
    );
    const LABELS: [Text; 4] = [
        t("steps, small friction", "步数，小摩擦"),
        t("steps, critical", "步数，临界"),
        t("steps, large friction", "步数，大摩擦"),
        t("steps, your β", "步数，自选 β"),
    ];
    let (q, steady) = (seen.get("q"), seen.run.is_steady());
    let lanes = seen.run.lanes.iter().zip(LABELS).zip(betas(&seen.run.values));
    let rows = lanes.filter(|_| steady).map(|((lane, label), beta)| {
        let exact = exact_steps(q, beta, share(seen)).map(|n| n as f64);
        let by = "$|x_s| ≤ ε |x_0|$ for all $s ≥ n$";
        let row = number(seen, label, NOTE).predicted(exact).measured(settled(seen, lane));
        row.by(by, &["q", "share"], "linear recurrences").done()
    });
    rows.chain([own_zeta(seen)]).collect()
}

/// The damping ratio of the reader's lane.
fn own_zeta(seen: &Seen<'_>) -> Readout {
    let note = t(
        "Damping ratio of the spring with the poles of your lane: by theory, and by the recurrence fitted to the run.",
        "与自选轨道极点相同的弹簧的阻尼比：理论值，以及由轨迹拟合递推得到的值。",
    );
    let fit = || {
        let x = seen.lane(3)?.column(Probe::Position(0));
        crate::scenes::models::measure::Recurrence::fit(x)?.damping_ratio()
    };
    let exact = pole_match(seen.get("q"), seen.get("beta"), 1.0).ok().map(|twin| twin.zeta);
    let measured = seen.run.derived.number(("own zeta", 0, 0), fit).filter(|_| seen.run.is_steady());
    let by = "$ζ = −½ ln β / √(¼ ln^2 β + φ^2)$";
    number(seen, t("$ζ$ of your β", "自选 β 的 $ζ$"), note)
        .predicted(exact)
        .measured(measured)
        .by(by, &["q", "beta"], "pole matching")
        .done()
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let all = LANES.into_iter().zip(betas(&seen.run.values));
    all.map(|((name, _), beta)| regimes::chip(seen, seen.say(name), seen.get("q"), beta)).collect()
}

/// Which lanes no spring can follow, and why.
fn notes(seen: &Seen<'_>) -> Vec<String> {
    let all = LANES.into_iter().zip(betas(&seen.run.values));
    let missing = all.filter_map(|((name, _), beta)| {
        let why = pole_match(seen.get("q"), beta, 1.0).err()?;
        let between = seen.say(t(": ", "："));
        Some(format!("{}{between}{}", seen.say(name), seen.say(words::no_twin(why))))
    });
    missing.collect()
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
        Page::new("zeta", t("Faster than critical", "比临界更快"), many::zeta).told(many::zeta_caption),
        Page::new("two", t("Settling of two modes", "双模态的稳定步数"), many::two).told(many::two_caption),
        Page::new("polyak", t("Best for many modes", "多模态的最优"), many::polyak).told(many::polyak_caption),
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
