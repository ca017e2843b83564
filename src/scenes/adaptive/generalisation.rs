//! Generalisation: decay in the gradient against decoupled decay where rows are few and features many.

mod pages;
mod story;
mod task;
mod trials;

use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use task::{ADAM_L2, ADAMW, SGD_L2};

/// Adam's memory of squares and smallest denominator.
const BETA2: f64 = 0.999;
const EPS: f64 = 1e-8;

static PLACES: [Choice; task::PLACES] = [
    choice("small", "in the small features", "在小尺度特征中"),
    choice("large", "in the large features", "在大尺度特征中"),
    choice("all", "in all features", "在全部特征中"),
];

static SIGNAL: Spec = restart(spec(
    "signal",
    "",
    t("signal", "信号"),
    "",
    Kind::Choice(&PLACES),
    0.0,
    t(
        "Which of the 16 features the answers depend on: the eight smallest, the eight largest, or all.",
        "16 个特征中答案依赖哪些：最小的八个、最大的八个，或全部。",
    ),
));
static DECAY: Spec = specs::by_decades(
    "decay",
    "$w$",
    t("weight decay", "权重衰减"),
    [0.3, 0.01, 10.0],
    t("L2: wθ is added to the gradient. AdamW: θ is multiplied by 1 − ηw.", "L2：梯度加上 wθ。AdamW：θ 乘以 1 − ηw。"),
);
static SPREAD: Spec = restart(specs::by_decades(
    "spread",
    "$r$",
    t("ratio of feature sizes", "特征尺度之比"),
    [6.0, 1.0, 10.0],
    t(
        "Largest over smallest standard deviation of a feature. Gradients grow with it.",
        "最大与最小特征标准差之比。梯度随特征尺度增大。",
    ),
));
static NOISE: Spec = restart(specs::by_decades(
    "noise",
    "$σ$",
    t("noise of the answers", "答案的噪声"),
    [0.7, 0.1, 3.0],
    t("Standard deviation; the signal has 1.", "标准差；信号的标准差为 1。"),
));
static ROWS: Spec = restart(specs::count(
    "rows",
    "$N$",
    t("rows seen", "训练行数"),
    [32, 8, 64],
    t("Rows of every data set that are trained on, in batches of 4.", "每个数据集用于训练的行数，批量为 4。"),
));
static SETS: Spec = restart(specs::count(
    "sets",
    "$n$",
    t("data sets", "数据集数"),
    [32, 8, 64],
    t(
        "Independent data sets, each fitted on its own. Decays are chosen on one half and compared on the other.",
        "相互独立的数据集，各自拟合。衰减在一半上选定，在另一半上比较。",
    ),
));
static BETA: Spec = specs::beta(0.9, 0.0, 0.98);
static ETA_SGD: Spec = specs::by_decades(
    "eta_sgd",
    "$η_{SGD}$",
    t("step size of SGD", "SGD 的步长"),
    [0.004, 0.001, 0.05],
    t("Step size of SGD with momentum β.", "带动量 β 的 SGD 的步长。"),
);
static ETA: Spec = specs::eta(0.02, 0.001, 0.05);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    Ok(together(task::lanes(values, seed), 1.0))
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    const NAMES: [Text; task::DECAYED] = [
        t("best loss, SGD + L2", "最佳损失，SGD + L2"),
        t("best loss, Adam + L2", "最佳损失，Adam + L2"),
        t("best loss, AdamW", "最佳损失，AdamW"),
    ];
    let note = t(
        "Mean expected loss of unseen rows at the decay that is best on the other half of the data sets: resting points by closed form, and runs.",
        "未见数据的期望损失均值；衰减取在另一半数据集上最佳者：闭式静止点与实际运行。",
    );
    let (sets, all) = (seen.index("sets"), trials::measured(seen));
    let theory = trials::predicted(seen, seen.index("signal"));
    let of = |all: &[f64], i: usize| trials::mean(trials::at_best(all, sets, i))[0];
    let row = |i: usize| {
        let by = if i == ADAMW { "$(K + w\\,diag√S)q = b$" } else { "$(K + w)q = b$" };
        let row = number(seen, NAMES[i], note).predicted(of(theory, i)).measured(of(all, i));
        row.by(by, &["rows", "noise"], "Loshchilov & Hutter 2019").done()
    };
    let mut out: Vec<Readout> = [SGD_L2, ADAM_L2, ADAMW].into_iter().map(row).collect();
    let [gap, error] = trials::gap(all, sets, ADAMW, ADAM_L2);
    let label = t("AdamW − Adam + L2", "AdamW 减 Adam + L2");
    let note = t(
        "Mean difference of these losses, data set by data set; below 0 AdamW is better.",
        "逐个数据集的损失差的均值；小于 0 表示 AdamW 更好。",
    );
    let wanted = trials::gap(theory, sets, ADAMW, ADAM_L2)[0];
    out.push(number(seen, label, note).predicted(wanted).measured(gap).done());
    let label = t("its standard error", "其标准误");
    let note = t("Within two of them of 0 nothing is told apart.", "与 0 相差不足两个标准误时不能下结论。");
    out.push(number(seen, label, note).measured(error).done());
    out
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let text = t(
        "Loss is half the squared error. That of unseen rows is not estimated from a test set: it follows from the weights and the law of the rows exactly, ½Σs²(θ − θ*)² + ½σ².",
        "损失为误差平方之半。未见数据的损失不靠测试集估计，而由权重与数据的分布精确给出：½Σs²(θ − θ*)² + ½σ²。",
    );
    let limits = seen.tell(
        t(
            "It tells what decay does to a linear fit of {} rows with features of these sizes. A network has no such closed form, and nothing here says which method generalises better there.",
            "它说明衰减对 {} 行数据、这些尺度特征的线性拟合有何作用。网络没有这样的闭式解，此处也不说明哪种方法在网络上泛化更好。",
        ),
        &[seen.get("rows")],
    );
    vec![seen.say(text).to_owned(), limits]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "generalisation",
        title: t("Does AdamW generalise better?", "AdamW 泛化更好吗？"),
        group: Group::Adaptive,
        question: t(
            "With each decay at its best, does decoupling it lower the loss of unseen rows, and when?",
            "各自取最佳衰减时，解耦是否降低未见数据的损失？在什么情况下？",
        ),
        rows: &[15],
        steps: trials::STEPS,
    },
    params: &[&SIGNAL, &DECAY, &SPREAD, &NOISE, &ROWS, &SETS, &BETA, &ETA_SGD, &ETA],
    presets: &[
        Preset::new(t("signal in small features", "信号在小尺度特征中"), &[], trials::STEPS),
        Preset::new(t("signal in large features", "信号在大尺度特征中"), &[("signal", "large")], trials::STEPS),
        Preset::new(t("signal in all features", "信号在全部特征中"), &[("signal", "all")], trials::STEPS),
        Preset::new(t("features of one size", "特征尺度相同"), &[("spread", "1"), ("signal", "all")], trials::STEPS),
    ],
    modes: &["$θ$"],
    build,
    pages: &[
        Page::new("losses", t("Seen and unseen rows", "训练与未见数据"), pages::losses)
            .showing(
                "Mean loss over the data sets, of unseen rows and of the rows seen (thin). Without decay the fit goes on to learn the noise.",
                "各数据集的平均损失：未见数据（粗线）与训练数据（细线）。没有衰减时，拟合会继续去学噪声。",
            )
            .moving(&[Moves::Clock]),
        Page::new("decays", t("Unseen loss over decay", "未见损失随衰减的变化"), pages::decays).showing(
            "Mean loss of unseen rows over the decay. Lines: resting points by closed form; marks: runs, with two standard errors. SGD + L2 and Adam + L2 rest at one point, AdamW at another; rings: the decays that are used for the comparison.",
            "未见数据的平均损失随衰减的变化。线：闭式静止点；点：实际运行，附两个标准误。SGD + L2 与 Adam + L2 停在同一点，AdamW 停在另一点；圆环：用于比较的衰减。",
        ),
        Page::new("gaps", t("When AdamW is ahead", "AdamW 何时领先"), pages::gaps).showing(
            "Loss of unseen rows of AdamW minus that of Adam + L2, data set by data set, each at its best decay, with two standard errors; below 0 AdamW is better. Squares: resting points by closed form, for all three places of the signal; disc: runs, for the present one.",
            "未见数据上 AdamW 的损失减去 Adam + L2 的损失，逐个数据集相减，各取最佳衰减，附两个标准误；小于 0 表示 AdamW 更好。方块：三种信号位置下的闭式静止点；圆点：当前位置的实际运行。",
        ),
        Page::new("weights", t("Who is shrunk", "谁被收缩"), pages::weights).showing(
            "Mean weight over the data sets, times the size of its feature, with the sign of its target, over that size. Lines: resting points by closed form; marks: the run. L2 shrinks the weights of small features most; AdamW evens that out.",
            "各数据集的平均权重，乘以其特征尺度并按目标取号，随特征尺度的变化。线：闭式静止点；点：运行。L2 对小尺度特征的权重收缩最多；AdamW 则较为均匀。",
        ),
        Page::new("parts", t("Bias and spread", "偏差与离散"), pages::parts)
            .showing(
                "What makes up the loss of unseen rows beyond the noise of the answers: what the mean weights miss (plain), and what their spread over the data sets adds (hatched).",
                "未见损失中超出答案噪声的部分：平均权重之差（素色）与权重在数据集间的离散（斜线）。",
            )
            .of_moment(),
        Page::new("memories", t("Does β overfit?", "β 会导致过拟合吗？"), pages::memories)
            .showing(
                "SGD + L2 after equal steps with four memories: loss of unseen rows (discs) and of rows seen (rings), with two standard errors. Left: one step size; right: equal η/(1 − β).",
                "SGD + L2 以四种动量运行相同步数：未见数据的损失（圆点）与训练数据的损失（圆环），附两个标准误。左：步长相同；右：η/(1 − β) 相等。",
            )
            .columns(2)
            .apart(),
    ],
    tiles: &["losses", "decays", "gaps", "weights"],
    numbers,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
