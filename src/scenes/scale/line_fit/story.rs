//! What is asked of the line, and what it answers.

use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{Text, t};
use crate::theory::heavy_ball::spectral_radius;

use super::problem::{self, TRUTH, method, seeded};

/// What of the loss lane `i` has still to lose at the end.
fn excess(seen: &Seen<'_>, i: usize) -> f64 {
    let [eta, beta] = method(&seen.run.values, i);
    let problem = problem::of(seen);
    // By the closed form: the difference of two losses that are nearly the same would be rounding.
    let best = problem.field.best();
    let start = [problem.start[0] - best[0], problem.start[1] - best[1]];
    let end = problem.after(eta, beta, seen.run.horizon);
    let off = [end[0] - best[0], end[1] - best[1]];
    (off[0].hypot(off[1]) / start[0].hypot(start[1]).max(1e-300)).powi(2)
}

fn ratio(seen: &Seen<'_>) -> f64 {
    excess(seen, 0) / excess(seen, 1).max(1e-300)
}

fn answer(seen: &Seen<'_>) -> String {
    let problem = problem::of(seen);
    let [(slow, _), (fast, _)] = problem.modes;
    let rate = |i: usize| {
        let [eta, beta] = method(&seen.run.values, i);
        spectral_radius(eta * slow, beta).max(spectral_radius(eta * fast, beta))
    };
    let ends = [0, 1, 2].map(|i| seen.at(i, Probe::Potential, seen.run.done()));
    seen.tell(
        t(
            "The Hessian has eigenvalues {} and {}: nearly a round bowl, so there is no ravine for momentum to straighten. Per epoch descent keeps {} of the distance and momentum {}; the losses end at {} and {}, the least one is {}. Descent with the step η/(1 − β) ends at {}: most of the gain is the longer step.",
            "Hessian 的特征值为 {} 与 {}：几乎是圆碗，没有峡谷可供动量拉直。每轮之后，梯度下降保留 {} 的距离，动量法保留 {}；损失最终为 {} 与 {}，最小损失为 {}。步长为 η/(1 − β) 的梯度下降最终为 {}：大部分收益来自更长的步长。",
        ),
        &[slow, fast, rate(0), rate(1), ends[0], ends[1], problem.field.floor(), ends[2]],
    )
}

/// Seeds over which means are taken: their standard error is a thirty-second of the spread.
const SEEDS: u64 = 1024;

/// The mean loss printed after epoch 100, which is the one before its step, of lane `i` over the seeds.
fn mean_loss(seen: &Seen<'_>, i: usize) -> f64 {
    let [eta, beta] = method(&seen.run.values, i);
    seeded(&seen.run.values, SEEDS).iter().map(|problem| problem.loss(eta, beta, 99)).sum::<f64>() / SEEDS as f64
}

/// The mean of coordinate `k` after 100 epochs of lane `i` over the seeds.
fn mean_end(seen: &Seen<'_>, i: usize, k: usize) -> f64 {
    let [eta, beta] = method(&seen.run.values, i);
    seeded(&seen.run.values, SEEDS).iter().map(|problem| problem.after(eta, beta, 100)[k]).sum::<f64>() / SEEDS as f64
}

/// The loss of momentum at the end by the closed form.
fn closed(seen: &Seen<'_>) -> f64 {
    problem::of(seen).loss(seen.get("eta"), seen.get("beta"), seen.run.done())
}

/// A number of the fixed points, as the notes print it.
const fn fixed(what: Text, wanted: fn(&Seen<'_>) -> f64, got: fn(&Seen<'_>) -> f64) -> Check {
    Check::new(what, wanted, got, 1e-9).of(1)
}

const W: Probe = Probe::Position(0);
const B: Probe = Probe::Position(1);
const LOSS: Probe = Probe::Potential;

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "At the end, how many times as much of the excess loss is left to descent as to momentum, with the same η?",
            "在相同的 η 下，最终梯度下降剩余的超额损失约是动量法的多少倍？",
        ),
        choices: &[
            t("no more", "不更多"),
            t("up to 10 times", "10 倍以内"),
            t("10 to 100 times", "10 到 100 倍"),
            t("more than 100 times", "100 倍以上"),
        ],
        right: |seen| match ratio(seen) {
            r if r > 100.0 => 3,
            r if r > 10.0 => 2,
            r if r > 1.0 => 1,
            _ => 0,
        },
    },
    answer,
    claims: &[
        Claim::new("000", t("Momentum accelerates convergence.", "动量加速收敛。"), accelerates),
        Claim::new(
            "000",
            t("Training finds the true parameters w = 2 and b = 1.", "训练得到真实参数 w = 2、b = 1。"),
            finds_the_truth,
        ),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145–151",
    ],
    checks: &[
        fixed(t("momentum, loss of epoch 20", "动量法，第 20 轮的损失"), |_| 0.7695717179292209, |s| s.at(1, LOSS, 19)),
        fixed(t("momentum, w after epoch 20", "动量法，第 20 轮后的 w"), |_| 2.70970893566782, |s| s.at(1, W, 20)),
        fixed(
            t("momentum, loss of epoch 100", "动量法，第 100 轮的损失"),
            |_| 0.005178796122684547,
            |s| s.at(1, LOSS, 99),
        ),
        fixed(t("momentum, w after epoch 100", "动量法，第 100 轮后的 w"), |_| 2.011324987494035, |s| s.at(1, W, 100)),
        fixed(t("momentum, b after epoch 100", "动量法，第 100 轮后的 b"), |_| 0.9974105767940628, |s| s.at(1, B, 100)),
        fixed(
            t("descent, loss of epoch 100", "梯度下降，第 100 轮的损失"),
            |_| 0.04649244051173135,
            |s| s.at(0, LOSS, 99),
        ),
        fixed(
            t("descent, w after epoch 100", "梯度下降，第 100 轮后的 w"),
            |_| 1.8740093118108172,
            |s| s.at(0, W, 100),
        ),
        fixed(
            t("descent, b after epoch 100", "梯度下降，第 100 轮后的 b"),
            |_| 0.8688078474330536,
            |s| s.at(0, B, 100),
        ),
        // Means of 20,000 runs elsewhere; allowed are 4.4 standard errors of the mean of 1,024.
        Check::new(
            t("mean loss of epoch 100, momentum", "动量法第 100 轮的平均损失"),
            |_| 0.00989004,
            |s| mean_loss(s, 1),
            1.93e-4,
        ),
        Check::new(
            t("mean loss of epoch 100, descent", "梯度下降第 100 轮的平均损失"),
            |_| 0.12346,
            |s| mean_loss(s, 0),
            9.8e-3,
        ),
        Check::new(t("mean w, momentum", "动量法的平均 w"), |_| 1.99719, |s| mean_end(s, 1, 0), 1.65e-3),
        Check::new(t("mean b, momentum", "动量法的平均 b"), |_| 0.996936, |s| mean_end(s, 1, 1), 1.53e-3),
        Check::new(t("mean w, descent", "梯度下降的平均 w"), |_| 1.71935, |s| mean_end(s, 0, 0), 1.65e-2),
        Check::new(t("mean b, descent", "梯度下降的平均 b"), |_| 0.864214, |s| mean_end(s, 0, 1), 1.33e-2),
        Check::new(
            t("the run against its closed form", "运行与其闭式解"),
            closed,
            |s| s.at(1, LOSS, s.run.done()),
            1e-13,
        ),
    ],
};

fn accelerates(seen: &Seen<'_>) -> Finding {
    let problem = problem::of(seen);
    let [(slow, _), (fast, _)] = problem.modes;
    let rate = |i: usize| {
        let [eta, beta] = method(&seen.run.values, i);
        spectral_radius(eta * slow, beta).max(spectral_radius(eta * fast, beta))
    };
    let [alone, carried, longer] = [0, 1, 2].map(rate);
    let because = t(
        "Of the distance an epoch leaves {} to descent, {} to momentum at the same η, and {} to descent with the step η/(1 − β). At equal step momentum is ahead where the first number exceeds the second; at equal effective step only where the third does.",
        "每轮之后距离的剩余比例：梯度下降 {}，相同 η 的动量法 {}，步长为 η/(1 − β) 的梯度下降 {}。第一个数大于第二个数时，动量法在相同步长下领先；只有第三个数也更大时，它才在相同有效步长下领先。",
    );
    let said = seen.tell(because, &[alone, carried, longer]);
    match (carried < alone, carried < longer) {
        (true, true) => Finding::plain(true, said),
        (ahead, _) => Finding::conditional(ahead, said),
    }
}

fn finds_the_truth(seen: &Seen<'_>) -> Finding {
    let best = problem::of(seen).field.best();
    let off = [best[0] - TRUTH[0], best[1] - TRUTH[1]];
    let [sigma, rows] = ["sigma", "rows"].map(|id| seen.get(id));
    let because = t(
        "It goes to the line of least squares, which is off by {} in w and {} in b; the noise makes about σ/√N = {} of it, and no number of epochs takes that away.",
        "它趋向最小二乘直线，w 偏离 {}，b 偏离 {}；噪声造成的偏离约为 σ/√N = {}，再多的轮次也消不去。",
    );
    let said = seen.tell(because, &[off[0], off[1], sigma / rows.sqrt()]);
    let exact = off[0].hypot(off[1]) <= 1e-12;
    if exact { Finding::plain(true, said) } else { Finding::conditional(sigma < TRUTH[1], said) }
}
