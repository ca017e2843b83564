//! A weight whose gradient comes rarely: what a dense buffer does in between, and what a lazy one leaves.

mod bench;
mod pages;
mod rare;
mod story;

use crate::core::Probe;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::sparse::{Idle, adam_way_per_gradient, modulus, per_gradient, stale_drift, way_per_gradient};

static GROUNDS: [Choice; 2] = [choice("bowl", "bowl", "二次碗"), choice("slope", "constant slope", "恒定斜坡")];
const SLOPE: usize = 1;
static GROUND: Spec = restart(spec(
    "ground",
    "",
    t("ground", "地形"),
    "",
    Kind::Choice(&GROUNDS),
    0.0,
    t("Bowl: gradient x. Constant slope: gradient −1 everywhere.", "二次碗：梯度为 x。恒定斜坡：梯度处处为 −1。"),
));
static TIMES: [Choice; 2] =
    [choice("every", "every k-th step", "每 k 步一次"), choice("random", "at random, p = 1/k", "随机，p = 1/k")];
const RANDOM: usize = 1;
static WHEN: Spec = restart(spec(
    "when",
    "",
    t("gradients come", "梯度到来的方式"),
    "",
    Kind::Choice(&TIMES),
    0.0,
    t(
        "When the gradient of the rare weight comes; that of the other comes at every step.",
        "稀有权重的梯度何时到来；另一权重每步都有梯度。",
    ),
));
static GAP: Spec = restart(specs::count(
    "gap",
    "$k$",
    t("gap", "间隔"),
    [20, 1, 200],
    t(
        "Steps from one gradient of the rare weight to the next, or their mean.",
        "稀有权重相邻两次梯度之间的步数（或平均步数）。",
    ),
));
static ETA: Spec = specs::eta(0.22, 0.001, 2.0);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static ALPHA: Spec = specs::by_decades(
    "alpha",
    "$α$",
    t("adaptive rate", "自适应学习率"),
    [0.05, 0.001, 1.0],
    t("Length of the steps of Adam and AdaGrad; Adam’s β₁ is β.", "Adam 与 AdaGrad 的步长；Adam 的 β₁ 取 β。"),
);
static BETA2: Spec = specs::pure(
    "beta2",
    "$β_2$",
    t("memory of squares", "平方的记忆"),
    [0.99, 0.5, 0.999],
    t("Share of Adam’s second moment that is kept per step.", "Adam 的二阶矩每步保留的比例。"),
);
static X0: Spec = specs::start("x0", "$x_0$", 1.0);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    Ok(together(bench::lanes(values, seed), 1.0))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (beta, gap) = (seen.get("beta"), seen.index("gap") as u64);
    let note = t(
        "Way of the rare weight under dense momentum since its last gradient, at the moment shown: from the velocity at that gradient by a geometric sum, and as it went.",
        "所示时刻，稠密动量下稀有权重自上次梯度以来的漂移：由该次梯度时的速度按几何级数求得，并与实际对照。",
    );
    let [predicted, measured] = bench::drifted(seen, seen.view.now).map_or([None, None], |both| both.map(Some));
    let by = "$v_e β(1 − β^j)/(1 − β)$";
    let row = number(seen, t("stale drift", "过时的漂移"), note).predicted(predicted).measured(measured);
    let mut out = vec![row.by(by, &["beta"], "geometric series").done()];
    let labels: [[Text; 2]; 3] = [
        [
            t("way per gradient, dense", "每次梯度的路程，稠密"),
            t("modulus per gradient, dense", "每次梯度的模长，稠密"),
        ],
        [
            t("way per gradient, waiting", "每次梯度的路程，等待"),
            t("modulus per gradient, waiting", "每次梯度的模长，等待"),
        ],
        [
            t("way per gradient, fading", "每次梯度的路程，淡出"),
            t("modulus per gradient, fading", "每次梯度的模长，淡出"),
        ],
    ];
    for (i, idle) in bench::IDLE.into_iter().enumerate() {
        let note = t(
            "Way per gradient in the long run on a slope, in pushes ηg: theory, and a run of its own on the stepping core.",
            "恒定斜坡上长期的每次梯度路程，以推动 ηg 为单位：理论值与步进核心的单独运行。",
        );
        let measured = bench::way_here(seen, i);
        let row = number(seen, labels[i][0], note).predicted(way_per_gradient(idle, beta, gap)).measured(measured);
        out.push(row.by(["$1/(1 − β)$", "$1/(1 − β)$", "$1/(1 − β^k)$"][i], &["beta", "gap"], "derived").done());
    }
    for (i, idle) in bench::IDLE.into_iter().enumerate() {
        let note = t(
            "Modulus per gradient in the bowl with a gradient every k-th step: the heavy ball of step η(1 − β^k)/(1 − β) and momentum β^k where the buffer coasts, and the map of one gap measured on the core.",
            "二次碗中每 k 步一次梯度时的每次梯度模长：缓冲滑行时等价于步长 η(1 − β^k)/(1 − β)、动量 β^k 的重球；并与在核心上测得的单个间隔映射对照。",
        );
        let q = seen.get("eta");
        let row = number(seen, labels[i][1], note).predicted(modulus(idle, q, beta, gap));
        out.push(row.measured(bench::modulus(i, q, beta, gap)).by("", &["eta", "beta", "gap"], "derived").done());
    }
    let note = t(
        "Way per gradient of dense Adam in the long run on a slope, in units of its rate; about √k. Lazy Adam goes 1.",
        "恒定斜坡上稠密 Adam 长期的每次梯度路程，以其学习率为单位；约为 √k。惰性 Adam 为 1。",
    );
    let row = number(seen, t("way per gradient, dense Adam", "每次梯度的路程，稠密 Adam"), note);
    out.push(row.predicted(adam_way_per_gradient(beta, seen.get("beta2"), gap)).done());
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let (q, beta, gap) = (seen.get("eta"), seen.get("beta"), seen.index("gap") as u64);
    let names = [t("dense, per gradient", "稠密，按梯度计"), t("waiting, per gradient", "等待，按梯度计")];
    let chip = |(name, idle): (Text, Idle)| {
        let [gain, slow] = per_gradient(idle, beta, gap);
        regimes::chip(seen, seen.say(name), gain * q, slow)
    };
    names.into_iter().zip(bench::IDLE).map(chip).collect()
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let (beta, gap) = (seen.get("beta"), seen.index("gap") as u64);
    let coasts = t(
        "From its first gradient to the next a dense buffer coasts {} times the push of the gradient itself. A coordinate whose gradient is exactly 0 counts as one that is missing from a sparse gradient.",
        "从第一次梯度到下一次，稠密缓冲滑行的路程是梯度推动本身的 {} 倍。梯度恰为 0 的坐标视为稀疏梯度中缺失的坐标。",
    );
    let adagrad = t(
        "AdaGrad needs no lazy form: a gradient of 0 adds nothing to its sum and moves nothing.",
        "AdaGrad 不需要惰性形式：梯度为 0 时，累积和不变，权重也不动。",
    );
    let lazy = t(
        "Lazy Adam corrects its moments by the number of steps, though they only know gradients: after long gaps its first gradient moves it {} rates instead of 1.",
        "惰性 Adam 按步数修正矩估计，而矩只认得梯度：长间隔之后的首个梯度会使它移动 {} 个学习率，而不是 1 个。",
    );
    let first = (1.0 - beta) / (1.0 - seen.get("beta2")).sqrt();
    let mut out = vec![seen.tell(coasts, &[stale_drift(Idle::Coasts, beta, gap)]), seen.say(adagrad).to_owned()];
    out.extend((first > 1.05).then(|| seen.tell(lazy, &[first])));
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "sparse-gradients",
        title: t("Sparse gradients", "稀疏梯度"),
        group: Group::Adaptive,
        question: t(
            "Where does a weight go while no gradient comes for it?",
            "没有梯度到来时，权重会去哪里？",
        ),
        rows: &[35],
        steps: 400,
    },
    params: &[&GROUND, &WHEN, &GAP, &ETA, &BETA, &ALPHA, &BETA2, &X0],
    presets: &[
        Preset::new(t("every 20th step", "每 20 步一次"), &[], 400),
        Preset::new(t("a step the drift cannot bear", "漂移承受不了的步长"), &[("eta", "0.3")], 400),
        Preset::new(t("at random", "随机到来"), &[("when", "random")], 400),
        Preset::new(t("on a slope", "在斜坡上"), &[("ground", "slope"), ("eta", "0.05")], 400),
        Preset::new(t("every 100th step", "每 100 步一次"), &[("gap", "100"), ("eta", "0.1")], 1200),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("weight", t("The rare weight", "稀有权重"), pages::weight)
            .showing(
                "The weight whose gradient comes at the triangles only. A dense buffer carries it on between them, lazy methods leave it where it is. Thin: the weight of dense momentum whose gradient comes at every step.",
                "只在三角标记处得到梯度的权重。稠密缓冲在其间继续推着它走，惰性方法则让它停在原处。细线：稠密动量下每步都有梯度的权重。",
            )
            .moving(&[Moves::At(pages::momentum_now), Moves::At(pages::adaptive_now)]),
        Page::new("ways", t("Way over the gap", "路程随间隔的变化"), pages::ways).showing(
            "Above: way from the first gradient to the next, not counting the step of the gradient itself. Below: whole way per gradient in the long run; Adam’s in units of its rate. Lines: closed forms; marks: runs on a slope.",
            "上：从第一次梯度到下一次梯度之间的路程，不计梯度那一步。下：长期的每次梯度总路程；Adam 以其学习率为单位。线：闭式解；点：斜坡上的运行。",
        ),
        Page::new("walls", t("Modulus over the gap", "模长随间隔的变化"), pages::walls).showing(
            "Modulus per gradient in the bowl over the gap, at this step size. With gaps, a dense buffer is heavy ball with step η(1 − β^k)/(1 − β) and momentum β^k; one that waits stays the heavy ball it was. Above 1 the weight diverges. The mark can be dragged.",
            "当前步长下，二次碗中每次梯度的模长随间隔的变化。有间隔时，稠密缓冲等价于步长 η(1 − β^k)/(1 − β)、动量 β^k 的重球；等待的缓冲仍是原来的重球。大于 1 则发散。标记可拖动。",
        ),
        Page::new("arrival", t("Error over the probability", "误差随概率的变化"), rare::page).showing(
            "Root mean square of what is left of the start after the steps named on the axis, where gradients come at random with probability p. Lines: exact second moments; marks: 160 weights each, of which a few that drifted far can carry the mean.",
            "梯度以概率 p 随机到来时，经过纵轴所示步数后剩余误差的均方根（相对起点）。线：精确的二阶矩；点：各 160 个权重，其中少数漂移很远者可能左右均值。",
        ),
    ],
    tiles: &["weight", "ways", "walls", "arrival"],
    numbers,
    chips,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};

/// The rare weight.
const RARE: Probe = Probe::Position(1);
