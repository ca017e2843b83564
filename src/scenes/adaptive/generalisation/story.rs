//! What is asked of generalisation, and what it answers.

use super::task::{self, ADAM_L2, ADAMW, SGD_L2};
use super::{pages, trials};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;

/// The measured gap of AdamW to Adam + L2 with its standard error.
fn gap(seen: &Seen<'_>) -> [f64; 2] {
    trials::gap(trials::measured(seen), seen.index("sets"), ADAMW, ADAM_L2)
}

/// 0 if AdamW is ahead by more than two standard errors, 1 if Adam + L2 is, 2 if neither.
fn ahead([gap, error]: [f64; 2]) -> usize {
    if gap < -2.0 * error {
        0
    } else if gap > 2.0 * error {
        1
    } else {
        2
    }
}

fn answer(seen: &Seen<'_>) -> String {
    let [gap, error] = gap(seen);
    let sets = seen.index("sets");
    let all = trials::measured(seen);
    let best = [ADAMW, ADAM_L2].map(|i| trials::mean(trials::at_best(all, sets, i))[0]);
    let verdict = [
        t(
            "Here AdamW is ahead: its best decay leaves a loss of {} on unseen rows, that of Adam + L2 {}; the difference is {} with a standard error of {} over {} data sets.",
            "在此处 AdamW 领先：最佳衰减下未见数据的损失为 {}，Adam + L2 为 {}；差为 {}，标准误 {}（{} 个数据集）。",
        ),
        t(
            "Here AdamW is behind: its best decay leaves a loss of {} on unseen rows, that of Adam + L2 {}; the difference is {} with a standard error of {} over {} data sets.",
            "在此处 AdamW 落后：最佳衰减下未见数据的损失为 {}，Adam + L2 为 {}；差为 {}，标准误 {}（{} 个数据集）。",
        ),
        t(
            "Here the two cannot be told apart: at their best decays AdamW leaves a loss of {} on unseen rows, Adam + L2 {}; the difference is {} with a standard error of {} over {} data sets.",
            "在此处两者不分高下：各取最佳衰减时，AdamW 在未见数据上的损失为 {}，Adam + L2 为 {}；差为 {}，标准误 {}（{} 个数据集）。",
        ),
    ][ahead([gap, error])];
    let told = seen.tell(verdict, &[best[0], best[1], gap, error, (sets - sets / 2) as f64]);
    let why = t(
        "L2 weighs a feature by w/s², AdamW by about w/s: which is better depends on where the signal is, not on the method.",
        "L2 对特征的相对惩罚为 w/s²，AdamW 约为 w/s：孰优孰劣取决于信号在哪里，而不在方法本身。",
    );
    let gap = if seen.lang() == crate::text::Lang::En { " " } else { "" };
    format!("{told}{gap}{}", seen.say(why))
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Each takes the decay that suits it best. Which has the lower loss on unseen rows?",
            "各取最适合自己的衰减。哪一个在未见数据上的损失更低？",
        ),
        choices: &[t("AdamW", "AdamW"), t("Adam + L2", "Adam + L2"), t("they cannot be told apart", "两者不分高下")],
        right: |seen| ahead(gap(seen)),
    },
    answer,
    claims: &[
        Claim::new("004", t("AdamW improves generalisation.", "AdamW 改善泛化。"), improves),
        Claim::new(
            "001",
            t("A wrong β causes over-fitting or under-fitting.", "β 选择不当会导致过拟合或欠拟合。"),
            overfits,
        ),
    ],
    reading: &[
        "Loshchilov & Hutter (2019), Decoupled weight decay regularization, ICLR, arXiv:1711.05101",
        "Xie & Li (2024), Implicit bias of AdamW: ℓ∞-norm constrained optimization, ICML, arXiv:2404.04454",
    ],
    checks: &[
        weight(
            t("L2 in SGD, largest feature", "SGD 中的 L2，最大的特征"),
            |s| rest(s, SGD_L2),
            |s| end(s, SGD_L2),
            0.02,
        ),
        weight(
            t("L2 in Adam, largest feature", "Adam 中的 L2，最大的特征"),
            |s| rest(s, ADAM_L2),
            |s| end(s, ADAM_L2),
            0.02,
        ),
        weight(t("AdamW, largest feature", "AdamW，最大的特征"), |s| rest(s, ADAMW), |s| end(s, ADAMW), 0.02).of(1),
    ],
};

const fn weight(
    what: crate::text::Text,
    wanted: fn(&Seen<'_>) -> f64,
    got: fn(&Seen<'_>) -> f64,
    within: f64,
) -> Check {
    Check::new(what, wanted, got, within)
}

/// The feature whose weight is checked: the largest one.
const LAST: usize = task::FEATURES - 1;

fn rest(seen: &Seen<'_>, i: usize) -> f64 {
    pages::resting(seen, i).get(LAST).copied().unwrap_or(f64::NAN)
}

fn end(seen: &Seen<'_>, i: usize) -> f64 {
    seen.at(i, Probe::MeanPosition(LAST), seen.run.done())
}

fn improves(seen: &Seen<'_>) -> Finding {
    let gaps = trials::gaps(seen);
    let because = t(
        "At the best decay of each, AdamW differs from Adam + L2 on unseen rows by {} ± {} with the signal in small features, by {} ± {} in large ones, by {} ± {} in all (resting points, ± one standard error over data sets; below 0 AdamW is better).",
        "各取最佳衰减时，未见数据上 AdamW 与 Adam + L2 的损失差：信号在小尺度特征中为 {} ± {}，在大尺度特征中为 {} ± {}，在全部特征中为 {} ± {}（静止点，± 为数据集间的一个标准误；小于 0 表示 AdamW 更好）。",
    );
    let sometimes = gaps.iter().any(|gap| ahead(*gap) == 0);
    let always = gaps.iter().all(|gap| ahead(*gap) == 0);
    let said = seen.tell(because, &gaps.concat());
    if always { Finding::plain(true, said) } else { Finding::conditional(sometimes, said) }
}

fn overfits(seen: &Seen<'_>) -> Finding {
    let count = trials::BETAS.len();
    let of = |equal: bool| -> Vec<[[f64; 2]; 2]> { (0..count).map(|k| trials::memory(seen, equal, k)).collect() };
    let spread = |all: &[[[f64; 2]; 2]], which: usize| {
        let values = all.iter().map(|m| m[which][0]);
        [values.clone().fold(f64::INFINITY, f64::min), values.fold(0.0, f64::max)]
    };
    let (own, equal) = (of(false), of(true));
    let (unseen, known, same) = (spread(&own, 0), spread(&own, 1), spread(&equal, 0));
    let error = equal.iter().map(|m| m[0][1]).fold(0.0, f64::max);
    let because = t(
        "SGD + L2 with β from {} to {}: at equal η/(1 − β) the loss on unseen rows lies between {} and {} (standard error {}): β itself moves it little. At one η it lies between {} and {}, and the loss on rows seen between {} and {}: a small β has not arrived yet, which is a matter of steps, not of β.",
        "SGD + L2，β 从 {} 到 {}：η/(1 − β) 相等时，未见数据的损失在 {} 与 {} 之间（标准误 {}），β 本身影响甚微。η 相同时，未见损失在 {} 与 {} 之间，训练损失在 {} 与 {} 之间：β 小只是尚未到达，这是步数问题，而非 β 的问题。",
    );
    let ends = [trials::BETAS[0], trials::BETAS[count - 1]];
    let numbers = [ends, same].concat().into_iter().chain([error]).chain(unseen).chain(known).collect::<Vec<_>>();
    // It would be so if the memory alone changed the fit by more than the data sets do.
    Finding::plain(!(same[1] - same[0] <= 2.0 * error), seen.tell(because, &numbers))
}
