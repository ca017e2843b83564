//! A recurrence trained through time: a plateau where the gradient vanishes, a cliff where it explodes, and
//! what momentum and clipping make of it.

mod map;
mod pages;
mod region;
mod setting;
mod story;
mod through;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Clipped;
use crate::core::methods::{Convention, gradient_descent, heavy_ball};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Page, regimes, specs};
use crate::scenes::models::declare::restart;
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::t;

/// The lanes.
const DESCENT: usize = 0;
const MOMENTUM: usize = 1;
const CLIPPED: usize = 2;

static ETA: Spec = specs::eta(0.01, 1e-4, 1.0);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static LENGTH: Spec = specs::count(
    "length",
    "$T$",
    t("sequence length", "序列长度"),
    [10, 1, 50],
    t("How often the weight is applied: $h_T = w^T$.", "权重被反复作用的次数：$h_T = w^T$。"),
);
static TARGET: Spec = specs::pure(
    "target",
    "$y$",
    t("target", "目标值"),
    [1.0, 0.1, 3.0],
    t("What the last state should be; the first one is 1.", "最后一个状态应取的值；初始状态为 1。"),
);
static W0: Spec = restart(specs::pure(
    "w0",
    "$w_0$",
    t("start", "起点"),
    [0.6, -1.5, 1.5],
    t("Weight at which all lanes start.", "所有轨道的初始权重。"),
));
static LIMIT: Spec = specs::by_decades(
    "limit",
    "$g_{max}$",
    t("clipping threshold", "裁剪限值"),
    [1.0, 0.01, 1000.0],
    t("Longest gradient the clipped lane may see.", "裁剪轨道所见梯度的最大长度。"),
);
static BACK: Spec = specs::count(
    "back",
    "$K$",
    t("steps back through time", "时间反传步数"),
    [50, 1, 50],
    t(
        "Through so many of the T steps the gradient is propagated back; at T or more through all.",
        "梯度沿 T 步序列反传的步数；取 T 或更大即完整反传。",
    ),
);

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta, w0] = ["eta", "beta", "w0"].map(|id| values.get(id));
    let field = setting::field(values);
    let clipped = Arc::new(Clipped::norm(field.clone(), values.get("limit")));
    let ball = || heavy_ball(eta, beta, Convention::Displacement);
    let start = [w0];
    let at: [&[f64]; 2] = [&start, &[]];
    let lanes = vec![
        lane(t("gradient descent", "梯度下降"), Ink::Spring, field.clone(), gradient_descent(eta), at),
        lane(t("momentum", "动量法"), Ink::Optimizer, field, ball(), at),
        lane(t("momentum, clipped", "动量法，裁剪"), Ink::Controller, clipped, ball(), at),
    ];
    Ok(together(lanes, 1.0))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (model, values) = (setting::model(&seen.run.values), &seen.run.values);
    let share = model.truncated_share(setting::back(values));
    let note = t(
        "Curvature at the weight that hits the target: closed form against the field at the minimum found.",
        "命中目标的权重处的曲率：闭式解对照在所找到极小点上的场。",
    );
    let sharp = number(seen, t("curvature at the minimum", "极小点的曲率"), note)
        .predicted(share * model.sharpness())
        .measured(setting::minimum(values).map(|w| setting::curvature(values, w)))
        .by("$T^2 w_*^{2T−2}$ K/T", &["length", "target", "back"], "derived")
        .done();
    let note = t(
        "Largest step size that is stable close to the minimum; measured by bisection over runs that start beside it.",
        "极小点附近稳定的最大步长；由紧邻极小点出发的运行二分测得。",
    );
    let wall = number(seen, t("stability wall", "稳定界"), note)
        .predicted(model.rate_limit(seen.get("beta")) / share)
        .measured(region::measured_wall(seen))
        .by("2(1 + β)/$λ_*$", &["beta"], "Polyak 1964")
        .done();
    let w = seen.at(MOMENTUM, Probe::Position(0), seen.view.now);
    let note = t(
        "Gradient and curvature where momentum without clipping stands now: closed form against the field.",
        "不裁剪的动量法当前位置的梯度与曲率：闭式解对照场。",
    );
    let gradient = number(seen, t("gradient now", "当前梯度"), note)
        .predicted(share * model.gradient(w))
        .measured(setting::slopes(values, &[w]).first().copied())
        .done();
    let local = number(seen, t("curvature now", "当前曲率"), note)
        .predicted(share * model.curvature(w))
        .measured(setting::curvature(values, w))
        .done();
    [sharp, wall, gradient, local].into_iter().chain(landings(seen)).collect()
}

/// When every lane has landed, and the largest gradient it met.
fn landings(seen: &Seen<'_>) -> Vec<Readout> {
    let labels = [
        [t("landed, descent", "落定，梯度下降"), t("largest gradient, descent", "最大梯度，梯度下降")],
        [t("landed, momentum", "落定，动量法"), t("largest gradient, momentum", "最大梯度，动量法")],
        [t("landed, clipped", "落定，裁剪"), t("largest gradient, clipped", "最大梯度，裁剪")],
    ];
    let when = t(
        "Iteration from which the loss stays below 1 % of that of the plateau.",
        "此后损失始终低于平台的 1 % 的迭代步。",
    );
    let most =
        t("Largest gradient of the loss along the lane, before clipping.", "该轨道上损失梯度的最大值（裁剪之前）。");
    let row = |(lane, [landed, largest]): (_, [_; 2])| {
        let landing = setting::landing(lane, &seen.run.values).map(|n| n as f64);
        [
            number(seen, landed, when).measured(landing).done(),
            number(seen, largest, most).measured(setting::largest(lane, &seen.run.values)).done(),
        ]
    };
    seen.run.lanes.iter().zip(labels).flat_map(row).collect()
}

/// Regimes close to the minimum.
fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let model = setting::model(&seen.run.values);
    let lambda = model.truncated_share(setting::back(&seen.run.values)) * model.sharpness();
    regimes::chips(seen, [("λ(w*)", lambda)])
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let values = &seen.run.values;
    let (length, back) = (values.get("length"), values.get("back"));
    let mut out = Vec::new();
    if back < length {
        let text = t(
            "All T terms of the gradient are equal in this model, so going back {} of {} steps is the whole gradient times {}: a smaller step, no more. In a real network the terms differ, and truncation also loses what is long ago.",
            "在此模型中，梯度的 T 项彼此相等，因此只反传 {} 步（共 {} 步）等于完整梯度乘以 {}：只是更小的步长。真实网络中各项不同，截断还会丢失久远的信息。",
        );
        out.push(seen.tell(text, &[back, length, back / length]));
    }
    if setting::rnn(values).length.is_multiple_of(2) {
        let text = t(
            "With an even number of steps −w does what w does: there is a second minimum on the left.",
            "步数为偶数时 −w 与 w 等效：左侧还有另一个极小点。",
        );
        out.push(seen.say(text).to_owned());
    }
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "recurrent",
        title: t("Through time", "穿越时间"),
        group: Group::Landscapes,
        question: t(
            "A weight applied T times makes a plateau and a cliff: which step size and momentum survive both?",
            "一个权重作用 T 次便造出平台与悬崖：怎样的步长与动量能两者都过？",
        ),
        rows: &[48],
        steps: 120,
    },
    params: &[&ETA, &BETA, &LENGTH, &TARGET, &W0, &LIMIT, &BACK],
    presets: &[
        Preset::new(t("thrown off the cliff", "被悬崖弹回"), &[], 120),
        Preset::new(t("within the wall of every place met", "沿途处处在稳定界内"), &[("eta", "0.003")], 300),
        Preset::new(t("long sequence", "长序列"), &[("length", "30"), ("w0", "0.85"), ("eta", "0.002")], 200),
        Preset::new(t("vanishing gradient", "梯度消失"), &[("w0", "0.3")], 300),
        Preset::new(t("start above the cliff", "从崖上出发"), &[("w0", "1.3")], 300),
        Preset::new(t("truncated after two steps", "只反传两步"), &[("back", "2")], 300),
    ],
    modes: &["$w$"],
    build,
    pages: &[pages::LANDSCAPE, pages::GRADIENT, pages::WAY, region::PAGE, through::PAGE, Page::sweep()],
    tiles: &["landscape", "way", "gradient", "region"],
    numbers,
    chips,
    notes,
    survey: Some(&map::Landings),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
