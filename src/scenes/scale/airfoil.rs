//! Linear regression by minibatches: what a run of momentum gives, over many seeds.

mod curves;
mod how;
mod modes;
mod problem;
mod settings;
mod story;

use std::sync::Arc;

use crate::core::{Gauge, Probe, System};
use crate::figure::Ink;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Chip, Group, Lane, Lens, Machine, Meta, Preset, Readout, SceneError, Seen, Setup, Tone};
use crate::text::{Text, t};
use crate::theory::conventions::effective_rate;
use how::How;

static TABLES: [Choice; 3] = [
    choice("stand-in", "stand-in", "替代数据"),
    choice("published", "published table", "公开数据表"),
    choice("mine", "my own table", "我的数据表"),
];
const PUBLISHED: usize = 1;
const MINE: usize = 2;
static DATA: Spec = restart(spec(
    "data",
    "",
    t("rows", "数据"),
    "",
    Kind::Choice(&TABLES),
    0.0,
    t(
        "The stand-in has the moments of the airfoil table; the table itself, or one of yours, has to be brought.",
        "替代数据与翼型数据表的矩相同；数据表本身或你自己的表需自行提供。",
    ),
));
static ETA: Spec = specs::eta(0.02, 0.0005, 2.0);
static BETA: Spec = specs::beta(0.5, 0.0, 0.99);
static METHODS: [Choice; 2] =
    [choice("heavy-ball", "heavy ball", "重球法"), choice("nesterov", "Nesterov", "Nesterov")];
static METHOD: Spec = restart(spec(
    "method",
    "",
    t("method", "方法"),
    "",
    Kind::Choice(&METHODS),
    0.0,
    t("Where gradients are taken: at the point, or at the look-ahead point.", "梯度取在当前点，还是前瞻点。"),
));
static BATCH: Spec = restart(specs::count(
    "batch",
    "$B$",
    t("batch", "批大小"),
    [10, 1, 1500],
    t("Rows a step sees; more than there are means all.", "每步所见的行数；超过总行数时即全部。"),
));
static ORDERS: [Choice; 3] = [
    choice("shuffled", "shuffled every epoch", "每轮重新打乱"),
    choice("drawn", "drawn with replacement", "有放回抽取"),
    choice("as-they-stand", "as they stand", "按原有次序"),
];
static ORDER: Spec = restart(spec(
    "order",
    "",
    t("order of rows", "行的次序"),
    "",
    Kind::Choice(&ORDERS),
    0.0,
    t("Exact means are known for rows drawn with replacement.", "有放回抽取时，均值有精确解。"),
));
static STARTS: [Choice; 2] =
    [choice("near-zero", "near zero", "零附近"), choice("uniform", "uniform, as the library", "均匀分布（库的默认）")];
static START: Spec = restart(spec(
    "start",
    "",
    t("weights at the start", "初始权重"),
    "",
    Kind::Choice(&STARTS),
    0.0,
    t(
        "Normal with spread 0.01 and no bias, or uniform on ±1/√5.",
        "标准差 0.01 的正态分布且偏置为零，或 ±1/√5 上的均匀分布。",
    ),
));
static RUNS: Spec = restart(specs::count(
    "runs",
    "$n$",
    t("seeds", "种子数"),
    [256, 1, 2000],
    t("How many runs differ by their random numbers only.", "仅随机数不同的运行有多少次。"),
));

/// The lane of the method, and that without momentum at the same effective rate.
const OWN: usize = 0;
const DESCENT: usize = 1;
const NAMES: [Text; 2] = [t("as set", "当前设定"), t("no momentum, equal η/(1 − β)", "无动量，η/(1 − β) 相同")];
/// Quantiles that are recorded, in thousandths.
const BAND: [u16; 3] = [50, 500, 950];

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let (problem, how, runs) = (problem::of(values), How::of(values), values.index("runs").max(1));
    let lane = |(i, how): (usize, How)| {
        let (field, start) = how::ensemble(&problem.model, &how, runs, seed);
        let dim = start.dim();
        let each = |k| [Probe::Position(k), Probe::Velocity(k), Probe::MeanPosition(k), Probe::SpreadPosition(k)];
        let whole = [Probe::Step, Probe::Time, Probe::Potential, Probe::Mean(Gauge::Potential)];
        Lane {
            lens: Lens::Optimizer,
            ink: [Ink::Optimizer, Ink::Spring][i],
            name: NAMES[i],
            machine: Machine::Cloud,
            system: System { field: Arc::new(field), stepper: how.stepper() },
            start: start.into(),
            probes: whole.into_iter().chain(BAND.map(Probe::Quantile)).chain((0..dim).flat_map(each)).collect(),
            substeps: 1,
            present: vec![true; dim],
        }
    };
    Ok(together([how, how.descent()].into_iter().enumerate().map(lane).collect(), 1.0))
}

/// Rows seen after `n` steps.
fn rows_seen(seen: &Seen<'_>, n: f64) -> f64 {
    let rows = problem::of(&seen.run.values).model.data().rows();
    n * seen.get("batch").min(rows as f64)
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let last = seen.run.done();
    let note = t(
        "Mean loss over all rows at the end: over all draws with replacement, exactly, against the mean over the seeds. Rows shuffled without replacement leave a little less.",
        "结束时在全部行上的平均损失：有放回抽取时的精确均值，对照各种子的均值。无放回打乱时略低。",
    );
    let mut out = vec![
        number(seen, t("mean loss", "平均损失"), note)
            .predicted(curves::predicted(seen, OWN).last().copied())
            .measured(seen.at(OWN, Probe::Mean(Gauge::Potential), last))
            .by("second moments of $(θ, v)$, step by step", &["eta", "beta", "batch"], "theory of linear recursions")
            .done(),
    ];
    let [low, middle, high] = BAND.map(|q| seen.at(OWN, Probe::Quantile(q), last));
    let quantiles = [
        (t("5 % of the seeds below", "5 % 的种子低于"), low),
        (t("median loss", "损失中位数"), middle),
        (t("95 % of the seeds below", "95 % 的种子低于"), high),
    ];
    let note = t("Quantile of the final loss over the seeds.", "最终损失在各种子上的分位数。");
    out.extend(quantiles.map(|(label, value)| number(seen, label, note).measured(value).done()));
    out.extend(modes::numbers(seen));
    let note = t(
        "What a constant gradient is multiplied by in the end: every step adds what is left of all before.",
        "恒定梯度最终被乘的倍数：每步都叠加此前各步的余量。",
    );
    let rate = effective_rate(seen.get("eta"), seen.get("beta"));
    out.push(
        number(seen, t("effective rate", "有效学习率"), note)
            .predicted(rate)
            .by("$η/(1 − β)$", &["eta", "beta"], "")
            .done(),
    );
    let share = settings::printed_here(seen).and_then(|value| curves::share_below(seen, value));
    let note = t(
        "Share of the seeds whose final loss is at or below what the article prints for these settings.",
        "最终损失不高于文章在此设定下印刷值的种子比例。",
    );
    out.push(number(seen, t("seeds below the printed value", "低于印刷值的种子比例"), note).measured(share).done());
    out
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let mut out = vec![problem::sentence(seen)];
    if seen.index("order") != 1 {
        let drawn = t(
            "Exact means hold for rows drawn with replacement; an epoch without replacement sees every row once, which takes part of the noise away.",
            "精确均值对应有放回抽取；一轮无放回的训练每行恰见一次，噪声因此略小。",
        );
        out.push(seen.say(drawn).to_owned());
    }
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let rows = problem::word(seen);
    let mut out = vec![Chip { text: seen.say(rows).to_owned(), tone: Tone::Calm, note: problem::sentence(seen) }];
    let all = modes::curvatures(seen);
    if let (Some(low), Some(high)) = (all.first(), all.last()) {
        let steepest = format!("λ{}", ["₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"][(all.len() - 1).min(8)]);
        out.extend(regimes::chips(seen, [("λ₁", *low), (steepest.as_str(), *high)]));
    }
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "airfoil",
        title: t("A regression by minibatches", "小批量线性回归"),
        group: Group::Scale,
        question: t(
            "What does one training run say of a step size and a momentum, and what only many seeds say?",
            "一次训练能说明步长与动量的什么，又有什么只有许多种子才能说明？",
        ),
        rows: &[23],
        steps: 300,
    },
    params: &[&DATA, &ETA, &BETA, &METHOD, &BATCH, &ORDER, &START, &RUNS],
    presets: &[
        Preset::new(t("run 1: η = 0.02, β = 0.5", "运行 1：η = 0.02，β = 0.5"), &[], 300),
        Preset::new(t("run 2: η = 0.02, β = 0.9", "运行 2：η = 0.02，β = 0.9"), &[("beta", "0.9")], 300),
        Preset::new(
            t("run 3: η = 0.004, β = 0.9", "运行 3：η = 0.004，β = 0.9"),
            &[("eta", "0.004"), ("beta", "0.9")],
            300,
        ),
        Preset::new(
            t("the library's run", "库实现的运行"),
            &[("eta", "0.004"), ("beta", "0.9"), ("start", "uniform")],
            300,
        ),
        Preset::new(t("no momentum, η = 0.02", "无动量，η = 0.02"), &[("beta", "0")], 300),
        Preset::new(t("no momentum, η = 0.04", "无动量，η = 0.04"), &[("eta", "0.04"), ("beta", "0")], 300),
        Preset::new(
            t("stationary noise, drawn", "平稳噪声，有放回"),
            &[("beta", "0.9"), ("order", "drawn"), ("runs", "1000")],
            600,
        ),
        Preset::new(t("published table", "公开数据表"), &[("data", "published")], 300),
    ],
    modes: &["$w_1$", "$w_2$", "$w_3$", "$w_4$", "$w_5$", "$b$"],
    build,
    pages: &[
        Page::new("loss", t("Loss over rows seen", "损失随所见行数的变化"), curves::loss)
            .told(curves::loss_caption)
            .moving(&[Moves::At(curves::place)]),
        Page::new("final", t("Final losses over the seeds", "最终损失在种子间的分布"), curves::finals)
            .told(curves::finals_caption)
            .of_moment(),
        Page::new("settings", t("The printed runs among others", "印刷的运行与其他运行"), settings::page)
            .told(settings::caption)
            .briefly(t("Printed runs", "印刷值")),
        Page::new("temperature", t("Noise of every mode as a temperature", "各模态噪声的温度"), modes::temperature)
            .briefly(t("Temperatures", "模态温度"))
            .told(modes::temperature_caption)
            .of_moment(),
        Page::new("rate", t("At equal effective rate", "有效学习率相同时"), curves::rate)
            .told(curves::rate_caption)
            .moving(&[Moves::At(curves::place)])
            .apart(),
        Page::new("atlas", t("Modes of the Hessian in the atlas", "海森矩阵各模态在图谱中的位置"), modes::atlas)
            .briefly(t("Modes in the atlas", "模态图谱"))
            .told(modes::atlas_caption)
            .apart(),
    ],
    tiles: &["loss", "final", "settings", "temperature"],
    numbers,
    chips,
    notes,
    drag: |handle, to, values, _| modes::drag(handle, to, values),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
