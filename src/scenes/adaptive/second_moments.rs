//! Sums and averages of squared gradients: what AdaGrad, RMSProp, AdaDelta and their hybrids remember of them,
//! and how long that makes their steps.

mod constant;
mod methods;
mod pages;
mod story;

use std::sync::Arc;

use crate::core::fields::{Rescaled, Samples};
use crate::core::{Probe, System};
use crate::param::{Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{driven, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::declare::{restart, spec};
use crate::scenes::{Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::second_moment::{Memory, adadelta_step};

static METHOD: Spec = spec(
    "method",
    "",
    t("method looked at", "查看的方法"),
    "",
    Kind::Choice(&methods::CHOICES),
    0.0,
    t("Whose squared gradients, second moment and steps are taken apart.", "展示哪种方法的梯度平方、二阶矩与步长。"),
);
static ALPHA: Spec = specs::by_decades(
    "alpha",
    "$α$",
    t("rate", "学习率"),
    [0.05, 0.001, 1.0],
    t("Rate of all methods but AdaDelta, whose rate is 1.", "除 AdaDelta（学习率为 1）外各方法的学习率。"),
);
static MEMORY: Spec = specs::pure(
    "memory",
    "$ρ$",
    t("memory of squares", "平方的记忆"),
    [0.9, 0.5, 0.999],
    t("Share of the second moment that an average keeps per step.", "滑动平均每步保留的二阶矩比例。"),
);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static EPS: Spec = specs::by_decades(
    "eps",
    "$ε$",
    t("ε of AdaDelta", "AdaDelta 的 ε"),
    [1e-6, 1e-10, 1e-2],
    t(
        "What AdaDelta starts from: its first step is √(ε/(1 − ρ)), whatever the gradient.",
        "AdaDelta 的起步量：首步为 √(ε/(1 − ρ))，与梯度无关。",
    ),
);
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [20.0, 1.0, 1000.0],
    t("Curvature along x₂; along x₁ it is 1.", "沿 x₂ 的曲率；沿 x₁ 为 1。"),
);
static SPREAD: Spec = specs::pure(
    "spread",
    "$σ$",
    t("spread of samples", "样本的散布"),
    [0.3, 0.0, 2.0],
    t("Every step sees a sample whose minimum is normal around 0.", "每步看到一个样本，其极小点在 0 附近正态分布。"),
);
static FACTOR: Spec = restart(specs::by_decades(
    "factor",
    "$c$",
    t("change of the gradients", "梯度尺度的变化"),
    [0.1, 0.001, 1000.0],
    t("From step T on every gradient is multiplied by c.", "自第 T 步起，每个梯度都乘以 c。"),
));
static WHEN: Spec = restart(specs::count(
    "when",
    "$T$",
    t("time of the change", "变化的时刻"),
    [100, 1, 1000],
    t("Steps before the change.", "变化之前的步数。"),
));
static X0: Spec = specs::start("x0", "$x_1^{(0)}$", 2.0);
static Y0: Spec = specs::start("y0", "$x_2^{(0)}$", 2.0);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let bowl = Samples::new(&[1.0, values.get("kappa")], values.get("spread"), seed, 0);
    let [factor, from] = ["factor", "when"].map(|id| values.get(id));
    let field = Arc::new(Rescaled { field: Arc::new(bowl), factor, from });
    let start = ["x0", "y0"].map(|id| values.get(id));
    let lane = |i: usize| {
        let system = System { field: field.clone(), stepper: methods::stepper(i, values) };
        let kept = (0..methods::slots(i)).flat_map(|slot| [0, 1].map(|k| Probe::Remembered(slot, k)));
        driven(methods::NAMES[i], methods::INKS[i], system, [&start, &[]]).recording(kept)
    };
    Ok(together((0..methods::COUNT).map(lane).collect(), 1.0))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let mut out = Vec::new();
    let note = t(
        "Length of the last step under a constant gradient of 1, as many steps long as the run, that becomes c after T of them: closed form, and a run on the stepping core.",
        "梯度恒为 1、在第 T 步后变为 c 时，与本次运行等长的末步步长：闭式解，以及步进核心上的运行。",
    );
    const LABELS: [Text; methods::COUNT] = [
        t("step, AdaGrad", "步长，AdaGrad"),
        t("step, RMSProp", "步长，RMSProp"),
        t("step, AdaDelta", "步长，AdaDelta"),
        t("step, RMSProp + momentum", "步长，RMSProp + 动量"),
        t("step, Adam", "步长，Adam"),
    ];
    let last = constant::horizon(seen);
    for (i, label) in LABELS.into_iter().enumerate() {
        let row = number(seen, label, note).predicted(constant::by_formula(seen, i, last));
        let by = ["$α/√t$", "$α/√(1 − ρ^t)$", "$√(ε(1 − ρ)t)$", "$αΣβ^{t−s}/√(1 − ρ^s)$", "$α$"][i];
        out.push(row.measured(constant::measured(seen, i, last)).by(by, &["alpha", "memory"], "derived").done());
    }
    let note = t(
        "Steps from the change until RMSProp’s steps are half (or twice) as long as before it, under a constant gradient. AdaGrad has no such number for c < 1.",
        "梯度恒定时，自变化起到 RMSProp 的步长回到变化前的一半（或两倍）所需的步数。c < 1 时 AdaGrad 没有这样的数。",
    );
    let average = Memory::Average(seen.get("memory"));
    let row = number(seen, t("recovery of RMSProp", "RMSProp 的恢复"), note).unit("");
    out.push(
        row.predicted(average.recovery(seen.get("factor")))
            .by("ln[$3c^2/(1 − c^2)$]/ln $ρ$", &["factor", "memory"], "derived")
            .done(),
    );
    let labels = [t("effective rate, $x_1$", "有效学习率，$x_1$"), t("effective rate, $x_2$", "有效学习率，$x_2$")];
    let note = t(
        "Rate over the root of the remembered second moment of the method looked at, at the moment shown.",
        "所示时刻，所查看方法的学习率除以其记住的二阶矩平方根。",
    );
    for (k, label) in labels.into_iter().enumerate() {
        let rate = pages::rates(seen, seen.index("method"), k).get(seen.view.now as usize).copied();
        out.push(number(seen, label, note).measured(rate).done());
    }
    out
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let start = t(
        "AdaDelta has no rate to speak of: under a constant gradient its first step is {}, and step t about √(ε(1 − ρ)t), whatever the gradient’s size; after the run’s steps it is {}.",
        "AdaDelta 谈不上学习率：梯度恒定时首步为 {}，第 t 步约为 √(ε(1 − ρ)t)，与梯度大小无关；经过本次运行的步数后为 {}。",
    );
    let [rho, eps] = ["memory", "eps"].map(|id| seen.get(id));
    let numbers = [1, seen.run.horizon.max(1)].map(|t| adadelta_step(rho, eps, t));
    let torch = t(
        "Updates are those of PyTorch: ε = 10⁻⁸ is added to the root, in AdaDelta under it.",
        "更新公式与 PyTorch 一致：ε = 10⁻⁸ 加在平方根之外，AdaDelta 则加在根号之内。",
    );
    vec![seen.tell(start, &numbers), seen.say(torch).to_owned()]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "second-moments",
        title: t("Second moments", "二阶矩"),
        group: Group::Adaptive,
        question: t(
            "A method divides by the root of past squared gradients: does it add them up, or let them go?",
            "方法除以过往梯度平方的平方根：它把它们全部累加，还是逐渐放下？",
        ),
        rows: &[37],
        steps: 300,
    },
    params: &[&METHOD, &ALPHA, &MEMORY, &BETA, &EPS, &KAPPA, &SPREAD, &FACTOR, &WHEN, &X0, &Y0],
    presets: &[
        Preset::new(t("gradients fall to a tenth", "梯度降为十分之一"), &[], 300),
        Preset::new(t("gradients grow tenfold", "梯度增大十倍"), &[("factor", "10")], 300),
        Preset::new(t("long memory", "长记忆"), &[("memory", "0.99"), ("method", "adam")], 600),
        Preset::new(t("no change, no noise", "无变化、无噪声"), &[("factor", "1"), ("spread", "0")], 300),
        Preset::new(t("AdaDelta with a large ε", "ε 较大的 AdaDelta"), &[("eps", "0.001"), ("method", "adadelta")], 300),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("stripes", t("Remembered squares", "记住的平方"), pages::stripes)
            .showing(
                "Decimal logarithm of the second moment that every method remembers, x₁ above x₂. A sum never fades: AdaGrad’s stripes do not notice that gradients change at T. Averages forget within 1/(1 − ρ) steps.",
                "各方法记住的二阶矩的常用对数，x₁ 在上、x₂ 在下。累加从不褪色：AdaGrad 的条纹看不出梯度在 T 处的变化。滑动平均在 1/(1 − ρ) 步内便会忘记。",
            )
            .moving(&[Moves::Clock]),
        Page::new("rates", t("Effective rates", "有效学习率"), pages::rate)
            .showing(
                "Rate over the root of the remembered second moment, for both coordinates: what one unit of gradient moves. AdaGrad’s only ever falls, as 1/√t at best; the others follow the gradients. Dotted: the change at T.",
                "学习率除以记住的二阶矩平方根，即单位梯度引起的移动，两个坐标分别给出。AdaGrad 的只减不增，至多按 1/√t；其余跟随梯度。点线：T 处的变化。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("constant", t("Steps under a constant gradient", "恒定梯度下的步长"), constant::page).briefly(t("Constant gradient", "恒定梯度")).showing(
            "Length of every step under a gradient of 1 that becomes c after T steps. Lines: closed forms, for AdaDelta before the change only; marks: runs on the stepping core.",
            "梯度为 1、T 步后变为 c 时每一步的长度。线：闭式解（AdaDelta 仅限变化之前）；点：步进核心上的运行。",
        ),
        Page::new("memory", t("What becomes of one gradient", "一个梯度的去向"), constant::memory).briefly(t("One gradient", "一个梯度")).showing(
            "What a single gradient of 1, t steps ago, still weighs in the second moment. Lines: 1, (1 − ρ)ρ^t, and that over 1 − ρ^(t+1); marks: the arrays of the methods after one gradient.",
            "t 步之前的单个梯度 1 在二阶矩中仍占的权重。线：1、(1 − ρ)ρ^t，以及后者除以 1 − ρ^(t+1)；点：各方法在一个梯度之后数组中的值。",
        ),
        Page::new("chosen", t("One method taken apart", "逐项查看一种方法"), pages::chosen)
            .showing(
                "Squared gradients of the method looked at as dots and the second moment it makes of them as a line, along both coordinates.",
                "所查看方法的梯度平方（点）及由其得到的二阶矩（线），两个坐标分别给出。",
            )
            .moving(&[Moves::Clock, Moves::Clock])
            .apart(),
        Page::new("loss", t("Loss", "损失"), pages::loss)
            .showing(
                "Mean loss at the iterates of all methods, in the unit of before the change.",
                "各方法迭代点处的平均损失，以变化之前的单位计。",
            )
            .moving(&[Moves::Clock])
            .apart(),
    ],
    tiles: &["stripes", "rates", "constant", "memory"],
    numbers,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
