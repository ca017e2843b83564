//! Old speed plus new push: every step of momentum is a sum of two arrows, and what is summed up is decided
//! by whether the pushes agree.

mod gain;
mod pages;
mod story;
mod turning;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, gradient_descent, heavy_ball};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::{Chip, Group, LaneRun, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::t;
use crate::theory::signal::sum_gain;

/// The steeper curvature.
const STEEP: f64 = 4.0;

static ETA: Spec = specs::eta(0.45, 0.001, 1.0);
static BETA: Spec = specs::beta(0.4, 0.0, 0.99);
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [20.0, 1.0, 1000.0],
    t("Ratio of the two curvatures; the steeper one is 4.", "两个曲率之比；较陡的一个为 4。"),
);
static X0: Spec = specs::start("x0", "$x_1^{(0)}$", -5.0);
static Y0: Spec = specs::start("y0", "$x_2^{(0)}$", -2.0);

fn curvatures(values: &Values) -> [f64; 2] {
    [STEEP / values.get("kappa"), STEEP]
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let field = Arc::new(Quadratic::diagonal(&curvatures(values)));
    let start = [values.get("x0"), values.get("y0")];
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    let lanes = vec![
        lane(t("gradient descent", "梯度下降"), Ink::Spring, field.clone(), gradient_descent(eta), [&start, &[]]),
        lane(t("momentum", "动量法"), Ink::Optimizer, field, ball, [&start, &[]]),
    ];
    Ok(together(lanes, 1.0))
}

/// Displacements of a lane, one per step, as far as they are numbers.
fn displacements(lane: &LaneRun) -> Vec<[f64; 2]> {
    let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
    let pairs = x.windows(2).zip(y.windows(2)).map(|(x, y)| [x[1] - x[0], y[1] - y[0]]);
    pairs.take_while(|d| d.iter().all(|d| d.is_finite())).collect()
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let beta = seen.get("beta");
    let note = t(
        "Root mean square of the displacements over that of the pushes −η∇f along this coordinate, measured; it lies between 1/(1 + β) and 1/(1 − β) as the pushes alternate or agree.",
        "沿该坐标的位移均方根与推动 −η∇f 的均方根之比（实测）；推动交替时接近 1/(1 + β)，一致时接近 1/(1 − β)。",
    );
    let axes = gain::of_axes(seen).into_iter();
    let labels = [t("gain along $x_1$", "沿 $x_1$ 的增益"), t("gain along $x_2$", "沿 $x_2$ 的增益")];
    let mut out: Vec<Readout> =
        axes.zip(labels).map(|(at, label)| number(seen, label, note).measured(at.map(|p| p[1])).done()).collect();
    let note = t(
        "Size of the velocity under pushes of size 1 that agree, and that alternate: theory, and measured on the stepping core.",
        "大小为 1 的推动方向一致时与逐步反向时的速度大小：理论值，以及步进核心的实测值。",
    );
    let [agree, alternate] = gain::ends(seen);
    let row = number(seen, t("gain, pushes that agree", "方向一致的推动的增益"), note).predicted(sum_gain(beta, 0.0));
    out.push(row.measured(agree).by("$1/(1 − β)$", &["beta"], "geometric series").done());
    let row = number(seen, t("gain, pushes that alternate", "逐步反向的推动的增益"), note)
        .predicted(sum_gain(beta, std::f64::consts::PI));
    out.push(row.measured(alternate).by("$1/(1 + β)$", &["beta"], "geometric series").done());
    let note =
        t("Mean angle between one displacement and the next, measured.", "相邻两步位移之间夹角的平均值（实测）。");
    let labels = [t("turn per step, descent", "每步转角，梯度下降"), t("turn per step, momentum", "每步转角，动量法")];
    for (lane, label) in seen.run.lanes.iter().zip(labels) {
        out.push(number(seen, label, note).unit("°").measured(turning::mean(lane)).done());
    }
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    regimes::chips(seen, ["x₁", "x₂"].into_iter().zip(curvatures(&seen.run.values)))
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "pushes",
        title: t("Old speed plus new push", "旧速度加新推动"),
        group: Group::Mechanics,
        question: t(
            "Which pushes add up in the velocity, and which cancel?",
            "哪些推动在速度中累积，哪些相互抵消？",
        ),
        rows: &[27, 28],
        steps: 30,
    },
    params: &[&ETA, &BETA, &KAPPA, &X0, &Y0],
    presets: &[
        Preset::new(t("a valley", "山谷"), &[], 30),
        Preset::new(t("a longer memory: β = 0.8", "较长的记忆：β = 0.8"), &[("eta", "0.4"), ("beta", "0.8")], 30),
        Preset::new(t("a long memory: β = 0.95", "长记忆：β = 0.95"), &[("beta", "0.95"), ("eta", "0.1")], 80),
        Preset::new(t("no memory", "无记忆"), &[("beta", "0")], 30),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("sum", t("One step as a sum", "一步写成和"), pages::sum).of_moment().apart().told(pages::sum_caption),
        Page::new("path", t("All steps", "所有步"), pages::path)
            .showing(
                "Path of momentum over the valley. From every one of the first iterates: the share βΔ of the old step that is kept, and at its tip the new push −η∇f, which leads to the next iterate.",
                "动量法在山谷中的路径。从最初的各迭代点出发：保留的旧步 βΔ，其末端接上新推动 −η∇f，到达下一个迭代点。",
            )
            .moving(&[Moves::At(pages::place)]),
        Page::new("turning", t("How sharply it turns", "转弯有多急"), turning::page).told(turning::caption),
        Page::new("gain", t("What adds up", "什么会累积"), gain::page).told(gain::caption),
    ],
    tiles: &["sum", "path", "turning", "gain"],
    numbers,
    chips,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
