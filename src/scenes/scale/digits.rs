//! Digits: SGD against momentum on real images, and how much of the gain was the larger step.

mod curvature;
mod kernels;
mod lanes;
mod pages;
mod reference;
mod story;
mod task;

use crate::param::{Choice, Kind, Spec, Values};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::declare::{choice, restart, spec};
use crate::scenes::{Chip, Group, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::regime::stability_wall;
use lanes::{COUNT, MOMENTUM};

static MODELS: [Choice; 3] = [
    choice("softmax", "softmax regression", "softmax 回归"),
    choice("mlp", "one hidden layer", "单隐层网络"),
    choice("convnet", "the article's ConvNet", "文章中的卷积网络"),
];
const MLP: usize = 1;
const CONVNET: usize = 2;

static DATA: [Choice; 3] = [
    choice("8x8", "bundled, 8 × 8", "自带，8 × 8"),
    choice("28x28", "bundled, 28 × 28", "自带，28 × 28"),
    choice("own", "your own", "自备图像"),
];
const LARGE: usize = 1;
const OWN: usize = 2;

static MODEL: Spec = restart(spec(
    "model",
    "",
    t("model", "模型"),
    "",
    Kind::Choice(&MODELS),
    1.0,
    t("What is trained.", "训练的对象。"),
));
static IMAGES: Spec = restart(spec(
    "data",
    "",
    t("images", "图像"),
    "",
    Kind::Choice(&DATA),
    0.0,
    t("Images with a digit each.", "每幅图像是一个数字。"),
));
static ETA: Spec = specs::eta(0.03, 0.0001, 0.1);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static BATCH: Spec = restart(specs::count(
    "batch",
    "$m$",
    t("batch", "批量"),
    [64, 8, 256],
    t("Images per step; their order is shuffled anew every epoch.", "每步的图像数；每个轮次重新打乱次序。"),
));
static HIDDEN: Spec = restart(specs::count(
    "hidden",
    "$h$",
    t("hidden units", "隐层单元数"),
    [24, 4, 64],
    t("Units of the hidden layer (ReLU).", "隐层的单元数（ReLU）。"),
));

/// Whether these are the article's network, images and batches, at whatever step and momentum.
fn is_articles(seen: &Seen<'_>) -> bool {
    let values = &seen.run.values;
    [values.index("model"), values.index("data"), values.index("batch")] == [CONVNET, LARGE, 64]
}

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    Ok(together(lanes::lanes(values, seed), 1.0))
}

/// Names of read-outs, lane by lane.
const LOSS: [Text; COUNT] = [
    t("batch loss, SGD", "批损失，SGD"),
    t("batch loss, momentum", "批损失，动量法"),
    t("batch loss, SGD at η/(1 − β)", "批损失，步长 η/(1 − β) 的 SGD"),
];
const RIGHT: [Text; COUNT] = [
    t("unseen images right, SGD", "未见图像正确率，SGD"),
    t("unseen images right, momentum", "未见图像正确率，动量法"),
    t("unseen images right, SGD at η/(1 − β)", "未见图像正确率，步长 η/(1 − β) 的 SGD"),
];

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let mut out = Vec::new();
    let note = t(
        "Mean of the losses before each step over the last epoch's number of batches.",
        "最近一个轮次批数之内、各步之前损失的均值。",
    );
    out.extend((0..COUNT).map(|i| number(seen, LOSS[i], note).measured(lanes::final_loss(seen, i)).done()));
    let note = t("Share of the unseen images, at the end of the last epoch.", "最近一个轮次结束时，未见图像中的比例。");
    out.extend(
        (0..COUNT).map(|i| number(seen, RIGHT[i], note).measured(lanes::last(seen, i, lanes::TEST_ACCURACY)).done()),
    );
    let label = t("gain explained by the step", "步长解释的收益");
    let note = t(
        "What SGD at the step η/(1 − β) takes off the loss of SGD, as a share of what momentum takes off.",
        "步长 η/(1 − β) 的 SGD 相对 SGD 减少的损失，占动量法所减少者的比例。",
    );
    out.push(number(seen, label, note).measured(lanes::share(seen)).done());
    let [eta, beta] = lanes::rates(&seen.run.values)[MOMENTUM];
    let label = t("largest curvature, momentum", "最大曲率，动量法");
    let note = t(
        "Largest eigenvalue of the Hessian over 32 images at the end of the last epoch, beside the wall 2(1 + β)/η beyond which its mode diverges.",
        "最近一个轮次结束时 32 幅图像上 Hessian 矩阵的最大特征值；对照稳定边界 2(1 + β)/η，超过它该模态发散。",
    );
    let row = number(seen, label, note).predicted(stability_wall(beta) / eta);
    out.push(
        row.measured(lanes::last(seen, MOMENTUM, lanes::CURVATURE))
            .by("$2(1 + β)/η$", &["eta", "beta"], "Polyak 1964")
            .done(),
    );
    out
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    curvature::chips(seen)
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let task = task::of(&seen.run.values);
    let [train, test] = task.counts.map(|count| count as f64);
    let said = t(
        "{} images to learn from and {} unseen ones ({}); an epoch is {} steps. All lanes start alike and see the same batches.",
        "{} 幅用于训练，{} 幅未见（{}）；一个轮次为 {} 步。各轨道起点相同，批次相同。",
    );
    let numbers = [train, test].map(crate::param::show_number);
    let per = crate::param::show_number(lanes::per_epoch(seen) as f64);
    let mut out = vec![crate::text::fill(seen.say(said), &[&numbers[0], &numbers[1], &task.name, &per])];
    if task.lacking {
        let lacking = t(
            "You have brought no images yet; the bundled ones stand in for them.",
            "你尚未带来图像；暂用自带的图像代替。",
        );
        out.push(seen.say(lacking).to_owned());
    }
    if task.spared.iter().any(|count| *count > 0) {
        let spared = t(
            "Of every set the first 10,000 images are used; left out: {} for training, {} unseen ones.",
            "每个集合只用前 10,000 幅图像；略去训练图像 {} 幅、未见图像 {} 幅。",
        );
        out.push(seen.tell(spared, &task.spared.map(|count| count as f64)));
    }
    if is_articles(seen) {
        let all = t(
            "The article takes η = 0.001 for 30 epochs, which are {} iterations; what is computed stays when the number of iterations is raised.",
            "文章取 η = 0.001，共 30 个轮次，即 {} 步；增加迭代步数时，已算出的部分保留。",
        );
        out.push(seen.tell(all, &[30.0 * lanes::per_epoch(seen) as f64]));
    }
    let one = t(
        "One start and one order of batches: which lane ends lower by a little is chance.",
        "只有一个起点与一种批次次序：终点的微小差别属于偶然。",
    );
    out.push(seen.say(one).to_owned());
    out
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "digits",
        title: t("Momentum on handwritten digits", "手写数字上的动量"),
        group: Group::Scale,
        question: t(
            "Momentum trains faster than SGD: how much of that is just the ten times larger step?",
            "动量法训练得比 SGD 快：其中有多少只是因为步长大了十倍？",
        ),
        rows: &[34],
        steps: 240,
    },
    params: &[&MODEL, &IMAGES, &HIDDEN, &ETA, &BETA, &BATCH],
    shown: |id, values| id != "hidden" || values.index("model") == MLP,
    presets: &[
        Preset::new(t("one hidden layer", "单隐层网络"), &[], 240),
        Preset::new(t("softmax regression", "softmax 回归"), &[("model", "softmax")], 240),
        Preset::new(
            t("the article's ConvNet", "文章中的卷积网络"),
            &[("model", "convnet"), ("data", "28x28"), ("eta", "0.01")],
            188,
        ),
        Preset::new(t("steps too large for SGD", "对 SGD 过大的步长"), &[("eta", "0.1")], 240),
    ],
    modes: &["$θ$"],
    build,
    pages: &[
        Page::new("loss", t("Batch loss", "批损失"), pages::loss)
            .showing(
                "Loss of the batch before each step, as a mean over an epoch's number of batches. Bars: where five or six other runs of the article's settings say it should be, if they were made.",
                "每步之前的批损失，在一个轮次的批数上取均值。误差条：按文章设置另行运行五六次得到的应有范围（若有）。",
            )
            .moving(&[Moves::Clock]),
        Page::new("progress", t("Loss over effective progress", "损失随有效进程的变化"), pages::progress).briefly(t("Loss over progress", "有效进程")).showing(
            "The same losses over how far a constant gradient of size 1 would have pushed: steps × η/(1 − β), but for the steps in which momentum gathers speed. Where curves fall together, momentum did nothing but enlarge the step.",
            "同样的损失，横轴为大小恒为 1 的梯度所能推动的距离：即步数 × η/(1 − β)，扣除动量起步时的积累。曲线重合之处，动量所做的只是放大步长。",
        ),
        Page::new("accuracy", t("Images right", "正确率"), pages::accuracy)
            .showing(
                "Share of unseen images (marks) and of training images (thin) that are told right, at the end of every epoch. Bars: where other runs of the article's settings say unseen images should be, if they were made.",
                "每个轮次结束时，未见图像（带标记）与训练图像（细线）的正确率。误差条：按文章设置另行运行得到的未见图像应有范围（若有）。",
            )
            .moving(&[Moves::Clock]),
        Page::new("curvature", t("Largest curvature", "最大曲率"), curvature::course)
            .showing(
                "Largest eigenvalue of the Hessian of the loss over 32 images, at the end of every epoch, by Lanczos' method. Dashed rules: the walls 2(1 + β)/η beyond which the mode diverges, where they are near.",
                "每个轮次结束时 32 幅图像上损失 Hessian 矩阵的最大特征值（Lanczos 法）。虚线：稳定边界 2(1 + β)/η（若在附近），超过它该模态发散。",
            )
            .moving(&[Moves::Clock]),
        Page::new("regimes", t("Damping of the eigenmodes", "各特征模态的阻尼"), curvature::regimes)
            .briefly(t("Eigenmodes", "特征模态"))
            .showing(
                "The largest eigenvalues of the Hessian at the end of the last epoch as dots in the plane of ηλ and β. Left of the border the modes of momentum are overdamped, right of it they ring; SGD has β = 0.",
                "最近一个轮次结束时 Hessian 矩阵的最大特征值，画在 ηλ 与 β 的平面上。边界左侧的模态过阻尼，右侧欠阻尼；SGD 的 β = 0。",
            )
            .of_moment(),
        Page::new("weights", t("What the first layer sees", "第一层看到什么"), kernels::page)
            .showing(
                "Weights of the first units under momentum at the end of the last epoch, as images: red adds, blue takes away.",
                "最近一个轮次结束时动量法下前几个单元的权重，画成图像：红色为加，蓝色为减。",
            )
            .of_moment()
            .apart(),
        Page::new("batches", t("Every batch", "逐批损失"), pages::batches)
            .showing(
                "Loss of every single batch before its step: what a training script sees.",
                "每一批在其步之前的损失：训练脚本所见。",
            )
            .moving(&[Moves::Clock])
            .apart(),
    ],
    tiles: &["loss", "progress", "accuracy", "regimes"],
    numbers,
    chips,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
