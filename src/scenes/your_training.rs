//! Diagnose a training run by its log: one made here, so that the truth is known, or a reader's own.

mod advice;
mod log;
mod pages;
mod place;
mod story;

use std::sync::Arc;

use crate::core::Field;
use crate::core::fields::{Minibatch, Quadratic};
use crate::core::methods::{Convention, heavy_ball};
use crate::diagnose::Estimate;
use crate::figure::Ink;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, specs};
use crate::scenes::models::declare::{choice, spec};
use crate::scenes::models::words;
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, fill, t};

static LOGS: [Choice; 2] = [choice("synthetic", "made here", "此处生成"), choice("own", "your own", "自己的日志")];
static KINDS: [Choice; 2] = [choice("weight", "a weight", "权重"), choice("loss", "the loss", "损失")];
static HOLDS: [Choice; 3] = [
    choice("auto", "by its name", "按列名判断"),
    choice("weight", "a weight or gradient", "权重或梯度"),
    choice("loss", "a loss", "损失"),
];
static KNOWN: [Choice; 4] = [
    choice("nothing", "nothing", "均未知"),
    choice("rate", "η", "已知 η"),
    choice("momentum", "β", "已知 β"),
    choice("both", "η and β", "已知 η 与 β"),
];

/// A choice of a list.
const fn pick(id: &'static str, name: Text, list: &'static [Choice], help: Text) -> Spec {
    spec(id, "", name, "", Kind::Choice(list), 0.0, help)
}

static LOG: Spec = pick(
    "log",
    t("log", "日志"),
    &LOGS,
    t(
        "A log of a run made here, or the one you dropped on the window.",
        "此处运行所生成的日志，或拖入窗口的自己的日志。",
    ),
);
static ETA: Spec = specs::eta(0.01, 1e-5, 1.0);
static BETA: Spec = specs::beta(0.9, 0.0, 0.999);
static LAMBDA: Spec = specs::by_decades(
    "lambda",
    "$λ$",
    t("curvature", "曲率"),
    [5.0, 0.01, 1000.0],
    t("Curvature of the bowl the run is made on.", "运行所在碗的曲率。"),
);
static KIND: Spec = pick("kind", t("recorded", "记录"), &KINDS, t("What the log holds.", "日志记录的量。"));
static ERROR: Spec = specs::pure(
    "error",
    "",
    t("error of a row", "记录误差"),
    [0.05, 0.0, 1.0],
    t(
        "Standard deviation of what is added to every recorded value, as a share of the first one.",
        "加在每个记录值上的误差的标准差，以首个值为单位。",
    ),
);
static PUSH: Spec = specs::pure(
    "push",
    "",
    t("gradient noise", "梯度噪声"),
    [0.0, 0.0, 1.0],
    t(
        "Standard deviation of what is added to every gradient, as minibatches do, as a share of the first one.",
        "加在每个梯度上的噪声（如小批量）的标准差，以首个梯度为单位。",
    ),
);
static HELD: Spec = pick(
    "known",
    t("known", "已知量"),
    &KNOWN,
    t(
        "What the diagnosis is told beside the log; of your own run, give η and β above.",
        "除日志外告知诊断的量；对自己的运行，请在上方填写 η 与 β。",
    ),
);
static COLUMN: Spec = specs::count(
    "column",
    "",
    t("column", "列"),
    [0, 0, 8],
    t(
        "Which column of your log is read, counted from 1; 0 finds one by itself.",
        "读取日志的第几列，从 1 起；0 表示自动选择。",
    ),
);
static READ: Spec = pick("holds", t("it holds", "列的内容"), &HOLDS, t("What that column holds.", "该列所记录的量。"));
static EVERY: Spec = specs::count(
    "every",
    "",
    t("steps per row", "每行步数"),
    [0, 0, 10_000],
    t("Training steps from row to row; 0 takes them from the log.", "相邻两行之间的训练步数；0 表示取自日志。"),
);

fn shown(id: &str, values: &Values) -> bool {
    let own = values.index("log") == 1;
    let told = values.index("known");
    match id {
        "lambda" | "kind" | "error" | "push" => !own,
        "column" | "holds" | "every" => own,
        "eta" => !own || told == 1 || told == 3,
        "beta" => !own || told == 2 || told == 3,
        _ => true,
    }
}

/// The run the log is kept of, from 1 at rest.
fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let [eta, beta, lambda] = ["eta", "beta", "lambda"].map(|id| values.get(id));
    let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[lambda]));
    let field = Arc::new(Minibatch::new(bowl, values.get("push") * lambda, seed, 1));
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    Ok(together(vec![lane(t("training run", "训练"), Ink::Optimizer, field, ball, [&[1.0], &[]])], 1.0))
}

/// ηλ and β the log was made with; `None` of a log from elsewhere.
fn truth(seen: &Seen<'_>) -> Option<[f64; 2]> {
    let made = seen.index("log") == 0;
    made.then(|| [seen.get("eta") * seen.get("lambda"), seen.get("beta")])
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let Ok(found) = log::diagnosis(seen) else { return Vec::new() };
    let truth = truth(seen);
    let (pole, mode) = (found.pole, found.modes[0].as_ref());
    let lambda = truth.map(|_| seen.get("lambda"));
    let slowest = truth.map(|[q, beta]| crate::theory::heavy_ball::spectral_radius(q, beta));
    let rows: [(Text, Option<Estimate>, Option<f64>, &str); 5] = [
        (t("$β$", "$β$"), mode.map(|m| m.beta), truth.map(|t| t[1]), "$β = σ_1 σ_2$"),
        (t("$ηλ$", "$ηλ$"), found.q(), truth.map(|t| t[0]), "$ηλ = 1 + β − (σ_1 + σ_2)$"),
        (t("$λ$", "$λ$"), found.curvature(), lambda, "$λ = ηλ/η$"),
        (t("slower pole", "较慢极点"), mode.map(|m| m.modulus).or(pole), slowest, "$|σ|$"),
        (
            t("$ηλ$, second mode", "第二模态 $ηλ$"),
            found.modes[1].as_ref().map(|m| m.q),
            None,
            "$ηλ = 1 + β − (σ_1 + σ_2)$",
        ),
    ];
    let each = rows.into_iter().filter_map(|(label, estimate, truth, formula)| {
        let estimate = estimate?;
        let line = number(seen, label, label).predicted(truth).measured(estimate.value).by(formula, &[], "");
        let mut line = line.done();
        let note = t(
            "Fitted: {}, with its interval of 95 %. Beside it the value the log was made with, if it was made here.",
            "拟合值及其 95 % 区间：{}。旁边是生成日志所用的值（若日志在此处生成）。",
        );
        line.label.push_plain(&interval(&estimate));
        line.note = fill(seen.say(note), &[&estimate.show()]);
        Some(line)
    });
    each.collect()
}

/// ` [0.8957, 0.9116]`, to stand behind a symbol.
fn interval(estimate: &Estimate) -> String {
    let said = estimate.show();
    said.split_once(' ').map_or_else(String::new, |(_, ends)| format!(" {ends}"))
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let Ok(found) = log::diagnosis(seen) else { return Vec::new() };
    let modes = found.modes.iter().flatten().enumerate();
    let chip = |(i, mode): (usize, &crate::diagnose::Mode)| {
        let (regime, share) = mode.regimes.first().copied()?;
        let text = fill(
            seen.say(t("mode {}: {} · map", "模态 {}：{} · 映射")),
            &[&(i + 1).to_string(), seen.say(words::regime(regime))],
        );
        let note = t("Probability {} % by the log.", "由日志得到的概率为 {} %。");
        Some(Chip { text, tone: words::tone(regime), note: seen.tell(note, &[(100.0 * share).round()]) })
    };
    modes.filter_map(chip).collect()
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let found = match log::diagnosis(seen) {
        Ok(found) => found,
        Err(fault) => return vec![fault],
    };
    let lang = seen.lang();
    let mut out = vec![found.headline(lang)];
    out.extend(found.claim(lang));
    out.extend(found.advised(lang));
    out.extend(found.remarks(lang));
    out.extend(found.record.notes.iter().map(|note| note.say(lang)));
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "your-training",
        title: t("Diagnose a training run", "诊断一次训练"),
        group: Group::Yours,
        question: t(
            "What does the log of a run tell of its momentum and curvature, and what does it not?",
            "一次训练的日志能说明它的动量与曲率吗？哪些又说明不了？",
        ),
        rows: &[],
        steps: 150,
    },
    params: &[&LOG, &KIND, &COLUMN, &READ, &EVERY, &ETA, &BETA, &LAMBDA, &ERROR, &PUSH, &HELD],
    shown,
    presets: &[
        Preset::new(t("it rings", "振荡"), &[], 150),
        Preset::new(t("driven by minibatches", "由小批量驱动"), &[("error", "0"), ("push", "0.4")], 300),
        Preset::new(t("the loss only", "只有损失"), &[("kind", "loss"), ("error", "0.02"), ("known", "both")], 100),
        Preset::new(
            t("overdamped, momentum unknown", "过阻尼，动量未知"),
            &[("beta", "0.5"), ("lambda", "1"), ("error", "0.01")],
            200,
        ),
        Preset::new(
            t("overdamped, momentum known", "过阻尼，动量已知"),
            &[("beta", "0.5"), ("lambda", "1"), ("error", "0.01"), ("known", "both")],
            200,
        ),
        Preset::new(t("buried in noise", "淹没于噪声"), &[("error", "1")], 80),
        Preset::new(t("without noise", "无噪声"), &[("error", "0")], 100),
        Preset::new(t("your own log", "自己的日志"), &[("log", "own")], 30),
    ],
    build,
    pages: &[pages::LOG, place::ATLAS, place::NEAR, place::POLES, advice::PAGE],
    tiles: &["log", "near", "poles", "advice"],
    numbers,
    chips,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
