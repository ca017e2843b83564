//! Weight decay: added to the gradient or taken from the weight, the same for SGD and not for Adam.

mod pages;
mod pairs;
mod story;

use crate::param::{Spec, Values};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::declare::restart;
use crate::scenes::{Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};

/// Adam's memories and smallest denominator.
const BETAS: [f64; 2] = [0.9, 0.999];
const EPS: f64 = 1e-8;
/// The weights: how many, and the parameters that hold the rms of their gradients.
const SIZES: [&str; 3] = ["rms1", "rms2", "rms3"];

static ETA: Spec = specs::eta(0.001, 0.0001, 0.01);
static BETA: Spec = specs::beta(0.0, 0.0, 0.99);
static DECAY: Spec = specs::by_decades(
    "decay",
    "$λ$",
    t("weight decay", "权重衰减"),
    [0.01, 0.0001, 1.0],
    t(
        "L2: λw is added to the gradient. Decoupled: the weight is multiplied by 1 − ηλ.",
        "L2：梯度加上 λw。解耦：权重乘以 1 − ηλ。",
    ),
);
static WEIGHT: Spec = restart(specs::by_decades(
    "weight",
    "$w_0$",
    t("weight at first", "初始权重"),
    [0.001, 0.0001, 10.0],
    t("Size of all weights at first.", "所有权重的初始大小。"),
));
static RMS1: Spec = size("rms1", "$s_1$", 0.001);
static RMS2: Spec = size("rms2", "$s_2$", 0.1);
static RMS3: Spec = size("rms3", "$s_3$", 10.0);

const fn size(id: &'static str, symbol: &'static str, default: f64) -> Spec {
    const HELP: Text =
        t("Root mean square of this weight's gradients, which have no mean.", "该权重梯度的均方根；梯度均值为零。");
    specs::by_decades(id, symbol, t("gradient rms", "梯度均方根"), [default, 1e-3, 1e2], HELP)
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let sizes = SIZES.map(|id| values.get(id));
    let flat = [0.0; SIZES.len()];
    Ok(pairs::lanes(&pairs::Rates::of(values), &sizes, &flat, [0.0, values.get("weight")]))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    const LABELS: [[Text; 2]; 3] = [
        [t("Adam + L2, $w_1$", "Adam + L2，$w_1$"), t("AdamW, $w_1$", "AdamW，$w_1$")],
        [t("Adam + L2, $w_2$", "Adam + L2，$w_2$"), t("AdamW, $w_2$", "AdamW，$w_2$")],
        [t("Adam + L2, $w_3$", "Adam + L2，$w_3$"), t("AdamW, $w_3$", "AdamW，$w_3$")],
    ];
    let note = t(
        "Share of the weight that decay takes per step: closed form against the slope of ln w of a mirrored pair.",
        "衰减每步带走的权重比例：闭式解对照镜像对的 ln w 斜率。",
    );
    let mut out = Vec::new();
    for (k, labels) in LABELS.into_iter().enumerate() {
        for (i, label) in [(pairs::ADAM_L2, labels[0]), (pairs::ADAMW, labels[1])] {
            let by = if i == pairs::ADAMW {
                "$ηλ$"
            } else {
                "$z^2 − (1 + β_1 − (1 − β_1)r)z + β_1 = 0$, $r = ηλ/√(s^2 + λ^2 w^2)$"
            };
            let row = number(seen, label, note).predicted(pairs::predicted(seen, i, k));
            let uses = ["eta", "decay", SIZES[k]];
            out.push(row.measured(pairs::measured(seen, i, k)).by(by, &uses, "Loshchilov & Hutter 2019").done());
        }
    }
    out
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let pair = t(
        "Every weight is run twice, from +w₀ and −w₀, under the same gradients. Half the distance of the two is what decay alone has left.",
        "每个权重在相同梯度下各从 +w₀ 与 −w₀ 运行一次；两者距离之半，就是只经衰减之后的权重。",
    );
    let mut out = vec![seen.say(pair).to_owned()];
    if seen.get("beta") > 0.0 {
        let amplified = t(
            "With momentum β = {} a gradient is amplified by 1/(1 − β), decay in the gradient with it and decoupled decay not: SGD + L2 and SGDW differ by that factor {}.",
            "动量 β = {} 把梯度放大 1/(1 − β) 倍；写进梯度的衰减一并放大，解耦的衰减则不会：SGD + L2 与 SGDW 相差 {} 倍。",
        );
        let beta = seen.get("beta");
        out.push(seen.tell(amplified, &[beta, 1.0 / (1.0 - beta)]));
    }
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "weight-decay",
        title: t("Weight decay under Adam", "Adam 之下的权重衰减"),
        group: Group::Adaptive,
        question: t(
            "Decay in the gradient or on the weight: when is it the same, and whom does it shrink under Adam?",
            "衰减写进梯度还是直接作用于权重：何时相同？在 Adam 之下又缩小了谁？",
        ),
        rows: &[14],
        steps: 1000,
    },
    params: &[&ETA, &BETA, &DECAY, &WEIGHT, &RMS1, &RMS2, &RMS3],
    presets: &[
        Preset::new(t("three gradient sizes", "三种梯度大小"), &[], 1000),
        Preset::new(t("large weights", "大权重"), &[("weight", "10")], 1000),
        Preset::new(t("SGD with momentum", "带动量的 SGD"), &[("beta", "0.9")], 1000),
    ],
    modes: &["$w_1$", "$w_2$", "$w_3$"],
    build,
    pages: &[
        Page::new("weights", t("Three weights", "三个权重"), pages::weights)
            .showing(
                "Three weights, alike but for the size of their gradients, under four kinds of decay; each as a share of its start. Three of the four treat them alike; L2 in Adam does not.",
                "三个只有梯度大小不同的权重，在四种衰减之下，均以初值的比例表示。其中三种一视同仁，Adam 中的 L2 则不然。",
            )
            .columns(3)
            .moving(&[Moves::Clock, Moves::Clock, Moves::Clock]),
        Page::new("shrink", t("Shrink over gradient size", "收缩率随梯度大小的变化"), pages::shrink).showing(
            "Share of a weight that decay takes per step over the rms of its gradients. Lines: closed forms; marks: short runs. Three of the four lie on one line; L2 in Adam takes less where gradients are larger.",
            "衰减每步带走的比例随梯度均方根的变化。线：闭式解；点：短运行。四者中有三条线重合；梯度越大，Adam 中的 L2 带走越少。",
        ),
        Page::new("size", t("Shrink over weight size", "收缩率随权重大小的变化"), pages::size).showing(
            "The same over the size of the weight, at the gradients of the second weight. L2 in Adam never moves a weight by more than η per step, so that it takes a smaller share of a large one.",
            "同样的量随权重大小的变化，梯度取第二个权重的。Adam 中的 L2 每步最多移动 η，因此大权重被带走的比例反而更小。",
        ),
        Page::new("rest", t("Where a weight rests", "权重停在何处"), pages::rest).showing(
            "Where a weight of curvature 1 with target 1 comes to rest over the decay, under shaken gradients of rms 5. Lines: closed forms; marks: means at the end of runs.",
            "曲率为 1、目标为 1 的权重，在均方根为 5 的抖动梯度下的停留位置随衰减的变化。线：闭式解；点：运行末段的均值。",
        ),
    ],
    tiles: &["weights", "shrink", "size", "rest"],
    numbers,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
