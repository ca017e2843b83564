//! A fair comparison: equal gradient evaluations, equal tuning, many starts, and what it can tell.

mod bench;
mod methods;
mod numbers;
mod pages;
mod sample;
mod story;
mod update;

use crate::core::Probe;
use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::declare::{choice, spec};
use crate::scenes::{Group, Meta, Preset, SceneError, Setup};
use crate::text::t;
use numbers::{notes, numbers};

static GROUNDS: [Choice; 3] = [
    choice("bowl", "bowl", "二次碗"),
    choice("rosenbrock", "Rosenbrock's valley", "Rosenbrock 谷"),
    choice("noisy", "bowl with noisy gradients", "带噪声梯度的二次碗"),
];
const ROSENBROCK: usize = 1;
const NOISY: usize = 2;

static GROUND: Spec = spec(
    "ground",
    "",
    t("landscape", "地形"),
    "",
    Kind::Choice(&GROUNDS),
    0.0,
    t("What is descended; the lowest loss of each is 0.", "下降的对象；其最低损失均为 0。"),
);
static KAPPA: Spec = specs::by_decades(
    "kappa",
    "$κ$",
    t("condition number", "条件数"),
    [100.0, 1.0, 1000.0],
    t("Curvature across the bowl; along it, it is 1.", "横跨碗的曲率；沿碗方向为 1。"),
);
static ANGLE: Spec = specs::degrees(
    "angle",
    "$ϑ$",
    t("turn of the bowl", "碗的转角"),
    [30.0, -90.0, 90.0],
    t(
        "At 0 the bowl lies along the coordinates, which only adaptive methods notice.",
        "为 0 时碗与坐标轴对齐，只有自适应方法会察觉。",
    ),
);
static NOISE: Spec = specs::by_decades(
    "noise",
    "$σ$",
    t("gradient noise", "梯度噪声"),
    [1.0, 0.01, 100.0],
    t("Standard deviation of the noise of every gradient component.", "每个梯度分量的噪声标准差。"),
);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static BUDGET: Spec = specs::count(
    "budget",
    "$N$",
    t("gradients per run", "每次运行的梯度数"),
    [100, 20, 300],
    t("Gradient evaluations each method may use from each start.", "每种方法自每个起点可用的梯度求值次数。"),
);
static TRIES: Spec = specs::count(
    "tries",
    "$K$",
    t("step sizes tried", "尝试的步长数"),
    [9, 2, 13],
    t("How many step sizes from 10⁻⁴ to 1 every method is tuned over.", "每种方法在 10⁻⁴ 到 1 之间尝试多少个步长。"),
);
static STARTS: Spec = specs::count(
    "starts",
    "$n$",
    t("starts", "起点数"),
    [32, 8, 64],
    t(
        "Random starts on which the tuned methods are compared; tuning used others.",
        "用于比较调参后方法的随机起点数；调参用的是另外的起点。",
    ),
);
static RULES: [Choice; 2] =
    [choice("tuned", "each tuned", "各自调参"), choice("equal-rate", "equal η/(1 − β)", "η/(1 − β) 相等")];
const EQUAL_RATE: usize = 1;
static RULE: Spec = spec(
    "rule",
    "",
    t("step sizes", "步长规则"),
    "",
    Kind::Choice(&RULES),
    0.0,
    t(
        "Equal η/(1 − β): momentum and Nesterov take the effective rate that was tuned for gradient descent.",
        "η/(1 − β) 相等：动量法与 Nesterov 采用为梯度下降调得的有效学习率。",
    ),
);
static CHOSEN: Spec = spec(
    "chosen",
    "",
    t("method looked at", "查看的方法"),
    "",
    Kind::Choice(&methods::CHOICES),
    1.0,
    t("Whose updates are taken apart, and whose spread is shaded.", "分解其更新、并以阴影显示其离散的方法。"),
);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let etas = bench::etas(values, &bench::tune(values, seed));
    Ok(together(bench::lanes(values, seed, etas), 1.0))
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "fair",
        title: t("A fair comparison", "公平的比较"),
        group: Group::Adaptive,
        question: t(
            "Which method is best, if each has the same gradients and the same tuning, and how sure is that?",
            "若梯度次数与调参机会都相同，哪种方法最好？这一结论有多可靠？",
        ),
        rows: &[11],
        steps: 100,
    },
    params: &[&GROUND, &KAPPA, &ANGLE, &NOISE, &BETA, &BUDGET, &TRIES, &STARTS, &RULE, &CHOSEN],
    shown: |id, values| match id {
        "kappa" | "angle" => values.index("ground") != ROSENBROCK,
        "noise" => values.index("ground") == NOISY,
        _ => true,
    },
    presets: &[
        Preset::new(t("turned bowl", "旋转的碗"), &[], 100),
        Preset::new(t("bowl along the axes", "与坐标轴对齐的碗"), &[("angle", "0")], 100),
        Preset::new(t("Rosenbrock", "Rosenbrock"), &[("ground", "rosenbrock"), ("budget", "300")], 300),
        Preset::new(t("noisy gradients", "带噪声的梯度"), &[("ground", "noisy")], 100),
        Preset::new(t("equal effective rate", "有效学习率相等"), &[("rule", "equal-rate")], 100),
    ],
    modes: &["$x_1$", "$x_2$"],
    build,
    pages: &[
        Page::new("finals", t("Final losses", "最终损失"), pages::finals).showing(
            "Loss of every start after the same number of gradients, with median and its 95 % interval by order statistics. Starts that diverge are counted above.",
            "相同梯度次数之后每个起点的损失，附中位数及其 95 % 区间（次序统计量）。发散的起点计数写在上方。",
        ),
        Page::new("race", t("Loss over gradients", "损失随梯度数的变化"), pages::race)
            .showing(
                "Median loss over the starts against gradient evaluations. Shaded: the middle half of the starts under the method looked at.",
                "各起点损失的中位数随梯度求值次数的变化。阴影：所查看方法中间一半的起点。",
            )
            .moving(&[Moves::Clock]),
        Page::new("wins", t("Who is best how often", "谁更常胜出"), pages::wins).showing(
            "Share of the starts on which a method ends lowest of the five, with 95 % interval (Wilson). Dotted: a fifth, if they were alike.",
            "在多少比例的起点上该方法最终最低，附 95 % 区间（Wilson）。点线：五者无差别时的五分之一。",
        ),
        Page::new("tuning", t("Tuning", "调参"), pages::tuning).showing(
            "Median loss over eight starts of their own for every step size tried; rings: the step sizes that are used. A start that diverges counts as infinite.",
            "每个所试步长在另外八个起点上的损失中位数；圆环：采用的步长。发散的起点按无穷大计。",
        ),
        Page::new("paths", t("Paths from one start", "自一个起点的路径"), pages::paths)
            .showing(
                "Paths of the tuned methods from the first of the starts: one run, which proves nothing.",
                "调参后的各方法自第一个起点的路径：单次运行，说明不了什么。",
            )
            .moving(&[Moves::Plane(Probe::Position(0), Probe::Position(1))])
            .apart(),
        Page::new("update", t("One update as a vector sum", "一次更新的向量和"), update::page)
            .briefly(t("One update", "一次更新"))
            .told(update::caption)
            .of_moment()
            .apart(),
    ],
    tiles: &["finals", "race", "wins", "tuning"],
    numbers,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
