//! What an optimizer keeps: a run is a function of a few numbers per parameter, and what a checkpoint leaves
//! out is lost.

mod bars;
mod inspector;
mod methods;
mod pages;
mod story;

use std::sync::Arc;

use crate::core::fields::Quadratic;
use crate::core::methods::{Kept, Restarted};
use crate::core::{Probe, Stepper, System};
use crate::figure::Ink;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{driven, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::conventions::coasting;

/// Weights and biases of the ConvNet of the source article: two convolutions of 5 × 5 and two dense layers.
const CONV_NET: f64 = ((25 * 10 + 10) + (10 * 25 * 20 + 20) + (320 * 50 + 50) + (50 * 10 + 10)) as f64;

static METHOD: Spec = restart(spec(
    "method",
    "",
    t("method", "方法"),
    "",
    Kind::Choice(&methods::CHOICES),
    1.0,
    t("Which method runs and is interrupted.", "运行并被中断的方法。"),
));
static ETA: Spec = specs::eta(0.03, 0.001, 0.2);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [8.0, 1.0, 20.0],
    t("Curvature along x₂; along x₁ it is 1.", "沿 x₂ 的曲率；沿 x₁ 为 1。"),
);
static STOP: Spec = restart(specs::count(
    "stop",
    "$r$",
    t("restart after", "重启时刻"),
    [15, 0, 500],
    t("Steps after which the run is stopped and taken up again.", "运行多少步后停下并重新开始。"),
));
static PARAMETERS: Spec = specs::by_decades(
    "parameters",
    "$P$",
    t("parameters", "参数个数"),
    [CONV_NET, 1.0, 1e12],
    t("How many weights the model has whose memory is drawn.", "要计算内存的模型有多少个权重。"),
);
static WIDTHS: [Choice; 3] = [
    choice("half", "2 bytes (half)", "2 字节（半精度）"),
    choice("single", "4 bytes (single)", "4 字节（单精度）"),
    choice("double", "8 bytes (double)", "8 字节（双精度）"),
];
static WIDTH: Spec = spec(
    "width",
    "",
    t("one number takes", "每个数占用"),
    "",
    Kind::Choice(&WIDTHS),
    1.0,
    t("Bytes per number, the same for weights and state.", "每个数的字节数，权重与状态相同。"),
);
static X0: Spec = specs::start("x0", "$x_1^{(0)}$", -4.0);
static Y0: Spec = specs::start("y0", "$x_2^{(0)}$", 2.0);

/// The lanes by their places.
const WHOLE: usize = 0;
const KEPT: usize = 1;
const WEIGHTS: usize = 2;
const NAMES: [Text; 4] = [
    t("uninterrupted", "不中断"),
    t("everything kept", "全部保留"),
    t("weights only", "只留权重"),
    t("weights and velocity", "权重与速度"),
];
const INKS: [Ink; 4] = [Ink::Optimizer, Ink::Controller, Ink::Spring, Ink::Amber];

fn curvatures(values: &Values) -> [f64; 2] {
    [1.0, values.get("kappa")]
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let field = Arc::new(Quadratic::diagonal(&curvatures(values)));
    let method = methods::stepper(values.index("method"), values);
    let slots = method.slots();
    let again = |kept| -> Arc<dyn Stepper> {
        Arc::new(Restarted { method: method.clone(), at: values.index("stop") as u64, kept })
    };
    let mut steppers = vec![method.clone(), again(Kept::Everything), again(Kept::Weights)];
    if slots > 0 && methods::keeps(values.index("method")).velocity {
        steppers.push(again(Kept::Velocity));
    }
    let start = ["x0", "y0"].map(|id| values.get(id));
    let lane = |(i, stepper): (usize, Arc<dyn Stepper>)| {
        let kept = (0..slots).flat_map(|slot| [0, 1].map(|k| Probe::Remembered(slot, k)));
        driven(NAMES[i], INKS[i], System { field: field.clone(), stepper }, [&start, &[]]).recording(kept)
    };
    Ok(together(steppers.into_iter().enumerate().map(lane).collect(), 1.0))
}

/// Bytes of one number.
fn width(values: &Values) -> f64 {
    [2.0, 4.0, 8.0].get(values.index("width")).copied().unwrap_or(4.0)
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let values = &seen.run.values;
    let keeps = methods::keeps(seen.index("method"));
    let note = t(
        "Arrays as long as the weights without which the run would go on otherwise, found by erasing each in turn.",
        "若抹去则后续运行会改变的、与权重等长的数组个数；逐一抹去而得。",
    );
    let row = number(seen, t("numbers per parameter", "每个参数的数"), note);
    let mut out = vec![row.measured(keeps.count() as f64).done()];
    let note = t("Those numbers in bytes, beside the weights.", "这些数的字节数（不含权重本身）。");
    let bytes = keeps.count() as f64 * values.get("parameters").round() * width(values);
    out.push(number(seen, t("state", "状态"), note).unit("B").measured(bytes).done());
    let note = t(
        "Largest distance between the interrupted run and the whole one, with everything kept: the same bits.",
        "保留全部状态时，中断的运行与完整运行之间的最大距离：逐位相同。",
    );
    let row = number(seen, t("error, everything kept", "误差，全部保留"), note);
    out.push(row.predicted(0.0).measured(pages::farthest(seen, KEPT)).done());
    let note = t(
        "The same from the weights alone. For momentum the difference of the two runs is the response of the bowl to the velocity that was lost.",
        "只保留权重时的同一距离。对动量法，两次运行之差就是碗对丢失速度的响应。",
    );
    let row =
        number(seen, t("error, weights only", "误差，只留权重"), note).predicted(pages::farthest_by_formula(seen));
    let by = "$d_n = −βs_n v_r$";
    out.push(
        row.measured(pages::farthest(seen, WEIGHTS)).by(by, &["eta", "beta"], "theory of linear recurrences").done(),
    );
    let note = t(
        "Way that the lost velocity would still have gone on flat ground, vβ/(1 − β).",
        "丢失的速度在平地上本可再走的路程 vβ/(1 − β)。",
    );
    let lost = pages::speed(seen).map(|v| coasting(v, seen.get("beta")));
    let row = number(seen, t("way lost on flat ground", "平地上损失的路程"), note).predicted(lost);
    out.push(row.by("$vβ/(1 − β)$", &["beta"], "geometric series").done());
    out
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let keeps = methods::keeps(seen.index("method"));
    let mut out = vec![seen.tell(
        t(
            "Numbers per parameter while a model is trained: the weight, its gradient, and for this method {} more; {} in all.",
            "训练时每个参数的数：权重、梯度，再加该方法的 {} 个；共 {} 个。",
        ),
        &[keeps.count() as f64, keeps.count() as f64 + 2.0],
    )];
    if keeps.shared > 0 {
        let shared = t(
            "One of its arrays holds the same number for all parameters, which a library keeps once.",
            "其中一个数组对所有参数都是同一个数，程序库只存一份。",
        );
        out.push(seen.say(shared).to_owned());
    }
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "state-memory",
        title: t("What an optimizer keeps", "优化器记住什么"),
        group: Group::Adaptive,
        question: t(
            "Does momentum store the gradients of the past, and what is lost if it is restarted without them?",
            "动量法存储过去的梯度吗？不带它们重启会丢掉什么？",
        ),
        rows: &[38],
        steps: 80,
    },
    params: &[&METHOD, &ETA, &BETA, &KAPPA, &STOP, &PARAMETERS, &WIDTH, &X0, &Y0],
    presets: &[
        Preset::new(t("momentum", "动量法"), &[], 80),
        Preset::new(t("Adam", "Adam"), &[("method", "adam")], 80),
        Preset::new(t("gradient descent keeps nothing", "梯度下降什么也不留"), &[("method", "descent")], 80),
        Preset::new(t("AMSGrad", "AMSGrad"), &[("method", "amsgrad"), ("stop", "30")], 80),
        Preset::new(t("a model of 10⁹ weights", "10⁹ 个权重的模型"), &[("parameters", "1000000000"), ("width", "half")], 80),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("paths", t("Interrupted runs", "中断的运行"), pages::paths)
            .showing(
                "One run, and the same run stopped after r steps and taken up again from a checkpoint. With everything kept it is the same run; from the weights alone it starts at rest.",
                "一次运行，以及在 r 步之后停下、再由检查点继续的同一运行。全部保留时就是同一运行；只留权重则从静止重新开始。",
            )
            .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))]),
        Page::new("distance", t("What a restart costs", "重启的代价"), pages::distance)
            .showing(
                "Distance of the interrupted runs from the whole one; the scale is linear near 0, so that exactly 0 can be seen. Dotted, for momentum: the closed form of the transient.",
                "中断的运行与完整运行的距离；纵轴在 0 附近为线性，因而能看到恰为 0 的值。点线（动量法）：瞬态的闭式解。",
            )
            .moving(&[Moves::Clock]),
        Page::new("memory", t("Memory by method", "各方法的内存"), bars::page).showing(
            "Memory of a model with P parameters while it is trained, by method. Which arrays count is found by erasing each in turn and looking whether the run goes on otherwise.",
            "训练含 P 个参数的模型时各方法的内存。哪些数组算数，由逐一抹去并观察后续运行是否改变而定。",
        ),
        Page::new("inspector", t("The state at this moment", "此刻的状态"), inspector::page)
            .briefly(t("State", "状态"))
            .told(inspector::caption)
            .of_moment(),
        Page::new("proof", t("Every restart", "每一个重启时刻"), pages::proof)
            .showing(
                "Largest distance from the whole run after a restart, over the step of the restart: a new state is made of the numbers kept and nothing else. Dotted, for momentum: closed form.",
                "重启后与完整运行的最大距离随重启时刻的变化：新状态仅由所保留的数构成。点线（动量法）：闭式解。",
            )
            .apart(),
        Page::new("history", t("What a history would take", "若存储历史"), bars::history)
            .showing(
                "Bytes beside the weights over the steps of training: what the method keeps, and what all gradients of the past would take.",
                "权重之外的字节数随训练步数的变化：方法实际保留的，以及若存储全部历史梯度所需的。",
            )
            .apart(),
    ],
    tiles: &["paths", "distance", "memory", "inspector"],
    numbers,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
