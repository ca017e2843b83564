//! One path, three spellings: what the velocity holds, what "learning rate" means, and when it matters.

mod claims;
mod pages;
mod runs;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, Momentum, Schedule};
use crate::figure::{Dash, Ink};
use crate::param::{Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::declare::{choice, spec};
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::conventions::Convention as Written;
use pages::{buffers, caption, difference, distance, dropped, farthest, paths};

/// The spellings: what a lane is called, how the core writes it, how theory names it, how it is drawn.
const SPELLINGS: [(Text, Convention, Written, Ink, Dash); 3] = [
    (t("displacement", "位移式"), Convention::Displacement, Written::Keras, Ink::Optimizer, Dash::Solid),
    (t("sum", "求和式"), Convention::Accumulating, Written::Pytorch, Ink::Spring, Dash::Dashed),
    (t("average", "平均式"), Convention::MovingAverage, Written::Ema, Ink::Controller, Dash::Dotted),
];
/// The lanes of the spellings.
const DISPLACEMENT: usize = 0;
const SUM: usize = 1;
const AVERAGE: usize = 2;

static ETA: Spec = specs::eta(0.1, 0.01, 1.0);
static BETA: Spec = Spec { symbol: "$γ$", ..specs::beta(0.9, 0.0, 0.99) };
static DROP: Spec = specs::by_decades(
    "drop",
    "$η′/η$",
    t("rate after the drop", "降低后的学习率"),
    [1.0, 0.01, 1.0],
    t(
        "Learning rate after the drop as a share of the one before; 1 leaves it constant.",
        "降低后的学习率占原来的比例；1 表示不变。",
    ),
);
static AT: Spec = specs::count(
    "at",
    "$n_0$",
    t("step of the drop", "降低的时刻"),
    [20, 1, 200],
    t("First iteration with the new learning rate.", "首个采用新学习率的迭代步。"),
);
static CORRECTED: Spec = spec(
    "corrected",
    "",
    t("momentum correction", "动量修正"),
    "",
    Kind::Choice(&[choice("off", "off", "关"), choice("on", "on", "开")]),
    0.0,
    t(
        "Whether the displacement form rescales its memory with the rate (Goyal et al. 2017).",
        "位移式是否随学习率重新缩放其记忆（Goyal 等 2017）。",
    ),
);
static MATCH: Spec = spec(
    "match",
    "",
    t("rates of the three runs", "三次运行的学习率"),
    "",
    Kind::Choice(&[choice("printed", "as printed", "按原文"), choice("matched", "equal η/(1 − γ)", "η/(1 − γ) 相等")]),
    0.0,
    t(
        "Whether the three runs of the article keep their printed rates or share the effective rate of the first.",
        "原文的三次运行保持各自的标称学习率，还是都采用第一次的等效学习率。",
    ),
);

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let schedule = match values.get("drop") {
        1.0 => Schedule::Constant,
        factor => Schedule::Drop { at: values.get("at") as u64, factor },
    };
    let field = Arc::new(Quadratic::diagonal(&[1.0]));
    let corrected = values.index("corrected") == 1;
    let spelled = SPELLINGS.into_iter().map(|(name, convention, _, ink, _)| {
        let method = Momentum { schedule, corrected, ..Momentum::new(eta, beta, convention) };
        lane(name, ink, field.clone(), method, [&[1.0], &[]])
    });
    let lanes = spelled.chain(runs::lanes(values.index("match") == 1)).collect();
    Ok(together(lanes, 1.0))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let last = seen.run.done();
    let mut out = vec![
        number(
            seen,
            t("largest difference", "最大差异"),
            t("Largest distance of two of the three positions so far.", "迄今三者位置之间的最大距离。"),
        )
        .measured(farthest(seen))
        .done(),
    ];
    let labels =
        [t("$x$, displacement", "$x$，位移式"), t("$x$, sum", "$x$，求和式"), t("$x$, average", "$x$，平均式")];
    for (i, label) in labels.into_iter().enumerate() {
        let note = t(
            "Position at the end; the closed form holds for a constant rate.",
            "运行结束时的位置；闭式解适用于恒定学习率。",
        );
        let exact = crate::theory::heavy_ball::response(seen.get("eta"), seen.get("beta"), 1.0, 0.0, last);
        let exact = dropped(seen).is_none().then_some(exact);
        out.push(
            number(seen, label, note)
                .predicted(exact)
                .measured(seen.at(i, Probe::Position(0), last))
                .by("$x_n = x_0 (r_n + s_n (1 − γ − η)/2)$", &["eta", "beta"], "theory of linear recurrences")
                .done(),
        );
    }
    out.extend(runs::numbers(seen));
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    vec![regimes::chip(seen, "x", seen.get("eta"), seen.get("beta"))]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "conventions",
        title: t("One path, three spellings", "一条路径，三种写法"),
        group: Group::Signals,
        question: t(
            "Sum or average, rate inside or outside: which differences between formulas change the path?",
            "求和还是平均、学习率在内还是在外：公式间的哪些差别会改变路径？",
        ),
        rows: &[20, 21, 22],
        steps: 120,
    },
    params: &[&ETA, &BETA, &DROP, &AT, &CORRECTED, &MATCH],
    presets: &[
        Preset::new(t("constant rate: one path", "恒定学习率：同一路径"), &[], 120),
        Preset::new(t("rate drops at step 20: paths split", "第 20 步降低学习率：路径分开"), &[("drop", "0.1")], 60),
        Preset::new(
            t("the same with momentum correction", "同上，加动量修正"),
            &[("drop", "0.1"), ("corrected", "on")],
            60,
        ),
        Preset::new(t("effective rates matched", "等效学习率相等"), &[("match", "matched")], 120),
    ],
    build,
    pages: &[
        Page::new("paths", t("Paths", "路径"), paths).told(caption).moving(&[Moves::Clock]),
        Page::new("difference", t("Difference of the paths", "路径之差"), difference)
            .briefly(t("Difference", "差异"))
            .showing(
                "Largest distance between two of the three positions: rounding alone at constant rate. Zero is drawn at the lower edge.",
                "三者位置之间的最大距离：学习率恒定时只有舍入误差。零画在下边缘。",
            )
            .moving(&[Moves::Clock]),
        Page::new("buffers", t("What the buffers hold", "缓冲里存的是什么"), buffers)
            .briefly(t("Buffers", "缓冲"))
            .showing(
                "The three buffers as they are kept, and divided by their units η, 1 and 1 − γ: one number. The velocity is the sum of past gradients times η, that is their average times η/(1 − γ). Where η = 1 − γ, the first and the third look alike as kept.",
                "三个缓冲的原值，以及除以各自单位 η、1、1 − γ 之后：同一个数。速度是过去梯度之和乘以 η，也就是其平均乘以 η/(1 − γ)。若 η = 1 − γ，第一与第三个缓冲的原值相同。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("rates", t("Three runs, two effective rates", "三次运行，两种等效学习率"), runs::page)
            .briefly(t("Effective rate", "等效学习率"))
            .told(runs::caption)
            .moving(&[Moves::Clock]),
    ],
    tiles: &["paths", "difference", "buffers", "rates"],
    numbers,
    chips,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
