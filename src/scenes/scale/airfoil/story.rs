//! What is asked of the regression, and what it answers.

use super::settings::{FIRST, LIBRARY, SECOND, THIRD, below, mean, quantile};
use super::{BAND, OWN, curves, modes, problem};
use crate::core::{Gauge, Probe};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::conventions::effective_rate;

/// The width of the band of a setting, 5 to 95 % of the seeds.
fn width(seen: &Seen<'_>, place: usize) -> f64 {
    quantile(seen, place, 0.95) - quantile(seen, place, 0.05)
}

fn answer(seen: &Seen<'_>) -> String {
    let text = t(
        "One run says little: with η = 0.02 and β = 0.9 nine seeds in ten end anywhere between {} and {}. Over many seeds the effective rate η/(1 − β) decides: run 1 and run 3 share it and end at {} and {} on average; run 2 has five times as much and ends at {}, because the noise of the batches keeps every mode as warm as that rate.",
        "单次运行说明不了什么：η = 0.02、β = 0.9 时，九成种子的最终损失散布于 {} 与 {} 之间。对许多种子而言，起决定作用的是有效学习率 η/(1 − β)：运行 1 与运行 3 的有效学习率相同，平均终于 {} 与 {}；运行 2 是其五倍，终于 {}，因为小批量噪声使每个模态的温度随这一学习率升高。",
    );
    let of = |share: f64| quantile(seen, SECOND, share);
    seen.tell(text, &[of(0.05), of(0.95), mean(seen, FIRST), mean(seen, THIRD), mean(seen, SECOND)])
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "For the library's run (η = 0.004, β = 0.9) the article prints a final loss of 0.253280. How many of many seeds end as low as that, or lower?",
            "对于库实现的运行（η = 0.004，β = 0.9），文章印出的最终损失为 0.253280。在许多种子中，有多少最终不高于它？",
        ),
        choices: &[t("about half", "约一半"), t("about four in five", "约五分之四"), t("nearly all", "几乎全部")],
        right: |seen| match below(seen, LIBRARY) {
            share if share < 0.65 => 0,
            share if share < 0.95 => 1,
            _ => 2,
        },
    },
    answer,
    claims: &[
        Claim::new(
            "002",
            t(
                "With β = 0.9 the loss is less smooth late in training; a fifth of the step makes it smooth again.",
                "β = 0.9 时损失在训练后期不够平滑；步长减为五分之一后又变得平滑。",
            ),
            smooth,
        ),
        Claim::new(
            "002",
            t(
                "Ten times the gradient instead of twice is five times as much, so a fifth of the step makes up for it.",
                "十倍梯度是两倍梯度的五倍，所以把步长减为五分之一即可抵消。",
            ),
            made_up,
        ),
        Claim::new(
            "002",
            t("The library's optimizer does the same as the article's own.", "库中的优化器与文章自己的实现等效。"),
            library,
        ),
        Claim::new(
            "001",
            t("Momentum makes the path of minibatch descent smoother.", "动量使小批量下降的路径更平滑。"),
            smoother,
        ),
    ],
    reading: &[
        "Mandt, Hoffman & Blei (2017), Stochastic gradient descent as approximate Bayesian inference, JMLR 18, arXiv:1704.04289",
        "Liu, Ziyin & Ueda (2021), Noise and fluctuation of finite learning rate stochastic gradient descent, ICML, arXiv:2012.03636",
        "Gitman, Lang, Zhang & Xiao (2019), Understanding the role of momentum in stochastic gradient methods, NeurIPS",
    ],
    checks: &[
        Check::new(t("condition number", "条件数"), |_| 12.082_019_976, |s| ratio(modes::curvatures(s)), 1e-8),
        Check::new(
            t("smallest eigenvalue", "最小特征值"),
            |_| 0.173_686_471_122,
            |s| modes::curvatures(s).first().copied().unwrap_or(f64::NAN),
            1e-11,
        ),
        Check::new(
            t("largest eigenvalue", "最大特征值"),
            |_| 2.098_483_413_654,
            |s| modes::curvatures(s).last().copied().unwrap_or(f64::NAN),
            1e-11,
        ),
        Check::new(t("least loss", "最低损失"), |_| 0.241_687_955_092, problem::floor, 1e-11),
        Check::new(t("least loss, both ways", "最低损失，两种算法"), problem::theory_floor, problem::floor, 1e-13),
        Check::new(
            t("closed-form temperature of the steepest mode", "最陡模态温度的闭式解"),
            |_| 0.002_173_131_361,
            |s| modes::simple(s).last().copied().unwrap_or(f64::NAN),
            1e-11,
        ),
        // Intervals that the mean of 64 runs leaves less than once in a thousand times.
        Check::new(
            t("run 1, mean over 64 seeds", "运行 1，64 个种子的均值"),
            |_| 0.244167,
            |s| mean(s, FIRST),
            0.00085,
        ),
        Check::new(
            t("run 2, mean over 64 seeds", "运行 2，64 个种子的均值"),
            |_| 0.258428,
            |s| mean(s, SECOND),
            0.005856,
        ),
        Check::new(
            t("run 3, mean over 64 seeds", "运行 3，64 个种子的均值"),
            |_| 0.244099,
            |s| mean(s, THIRD),
            0.000851,
        ),
        Check::new(
            t("library's run, mean over 64 seeds", "库的运行，64 个种子的均值"),
            |_| 0.244193,
            |s| mean(s, LIBRARY),
            0.000864,
        ),
        Check::new(t("no momentum, η = 0.02", "无动量，η = 0.02"), |_| 0.243769, |s| mean(s, 4), 0.000337),
        Check::new(t("no momentum, η = 0.04", "无动量，η = 0.04"), |_| 0.244241, |s| mean(s, 5), 0.000888),
        Check::new(t("run 1, median", "运行 1，中位数"), |_| 0.2439, |s| end(s, BAND[1]), 0.0006),
        Check::new(t("run 1, 5 % below", "运行 1，5 % 分位"), |_| 0.2423, |s| end(s, BAND[0]), 0.0003),
        Check::new(t("run 1, 95 % below", "运行 1，95 % 分位"), |_| 0.2472, |s| end(s, BAND[2]), 0.0012),
        Check::new(t("run 2, median", "运行 2，中位数"), |_| 0.2563, |s| end(s, BAND[1]), 0.003).of(1),
        Check::new(t("run 2, 5 % below", "运行 2，5 % 分位"), |_| 0.2457, |s| end(s, BAND[0]), 0.0012).of(1),
        Check::new(t("run 2, 95 % below", "运行 2，95 % 分位"), |_| 0.2856, |s| end(s, BAND[2]), 0.012).of(1),
        Check::new(t("run 3, median", "运行 3，中位数"), |_| 0.2436, |s| end(s, BAND[1]), 0.0006).of(2),
        // 1,000 seeds of a loss with spread 0.012: four standard errors.
        Check::new(
            t("mean loss of rows drawn with replacement", "有放回抽取的平均损失"),
            |s| curves::predicted(s, OWN).last().copied().unwrap_or(f64::NAN),
            |s| s.at(OWN, Probe::Mean(Gauge::Potential), s.run.done()),
            0.0015,
        )
        .of(6),
        Check::new(
            t("stationary loss is reached", "已到平稳损失"),
            |s| problem::theory_floor(s) + 0.5 * modes::exact(s).iter().sum::<f64>(),
            |s| curves::predicted(s, OWN).last().copied().unwrap_or(f64::NAN),
            1e-9,
        )
        .of(6),
    ],
};

fn ratio(all: &[f64]) -> f64 {
    all.first().zip(all.last()).map_or(f64::NAN, |(low, high)| high / low)
}

/// A quantile over the seeds at the end.
fn end(seen: &Seen<'_>, thousandths: u16) -> f64 {
    seen.at(OWN, Probe::Quantile(thousandths), seen.run.done())
}

fn smooth(seen: &Seen<'_>) -> Finding {
    let [first, second, third] = [FIRST, SECOND, THIRD].map(|k| width(seen, k));
    let because = t(
        "Final losses of nine seeds in ten lie within {} at (0.02, 0.5), {} at (0.02, 0.9) and {} at (0.004, 0.9).",
        "九成种子的最终损失所占的宽度：(0.02, 0.5) 时 {}，(0.02, 0.9) 时 {}，(0.004, 0.9) 时 {}。",
    );
    let holds = second > 2.0 * first && third < 0.5 * second;
    Finding::plain(holds, seen.tell(because, &[first, second, third]))
}

fn made_up(seen: &Seen<'_>) -> Finding {
    let rates = [(0.02, 0.5), (0.02, 0.9), (0.004, 0.9)].map(|(eta, beta)| effective_rate(eta, beta));
    let [first, second, third] = [FIRST, SECOND, THIRD].map(|k| mean(seen, k));
    let because = t(
        "η/(1 − β) is {}, {} and {}; the mean final losses are {}, {} and {}. Equal rates end alike, although the path to the end differs.",
        "η/(1 − β) 依次为 {}、{}、{}；平均最终损失为 {}、{}、{}。有效学习率相同则结果相近，尽管途中路径不同。",
    );
    let holds = (first - third).abs() < 0.2 * (second - first).abs();
    Finding::plain(holds, seen.tell(because, &[rates[0], rates[1], rates[2], first, second, third]))
}

fn library(seen: &Seen<'_>) -> Finding {
    let [own, lib] = [THIRD, LIBRARY].map(|k| mean(seen, k));
    let [share, spread] = [100.0 * below(seen, LIBRARY), width(seen, LIBRARY)];
    let because = t(
        "Over many seeds both end alike, {} and {} on average, in a band {} wide, although the library starts its weights elsewhere. The one loss that is printed, 0.253280, is no measure of either: {} % of the seeds end at or below it.",
        "在许多种子上两者结果相同，平均为 {} 与 {}，区间宽 {}，尽管库的初始权重不同。印出的单次损失 0.253280 不足以衡量任何一方：{} % 的种子最终不高于它。",
    );
    Finding::plain((own - lib).abs() < 0.25 * spread, seen.tell(because, &[own, lib, spread, share]))
}

/// The width of the band with momentum and without, at one step size and at one effective rate.
fn smoother(seen: &Seen<'_>) -> Finding {
    let [with, same_step, same_rate] = [FIRST, 4, 5].map(|k| width(seen, k));
    let because = t(
        "Bands of nine seeds in ten: {} with (0.02, 0.5), {} without momentum at the same step, {} without at the same effective rate. At one step size momentum makes the end rougher; at one effective rate it changes next to nothing.",
        "九成种子的区间宽度：(0.02, 0.5) 时 {}；步长相同而无动量时 {}；有效学习率相同而无动量时 {}。步长相同时动量使结果更粗糙；有效学习率相同时几乎无差别。",
    );
    Finding::conditional(with < 0.8 * same_rate, seen.tell(because, &[with, same_step, same_rate]))
}
