//! What is asked of weight decay, and what it answers.

use super::pairs::{self, ADAM_L2, ADAMW, Rates, SGD_L2, SGDW};
use super::{BETAS, EPS, SIZES};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{Lang, Text, t};
use crate::theory::adaptive::{adam_l2_rate, averaged_rate};

/// Share per step that lane `i` takes from weight `k` in the run; NaN if too little is recorded.
fn took(seen: &Seen<'_>, i: usize, k: usize) -> f64 {
    pairs::measured(seen, i, k).unwrap_or(f64::NAN)
}

/// The rate of the decay that L2 in Adam gave weight `k`: what it took, the delay by the first moment undone.
fn rate(seen: &Seen<'_>, k: usize) -> f64 {
    averaged_rate(took(seen, ADAM_L2, k), BETAS[0])
}

/// The weight of which L2 in Adam took the largest share.
fn most(seen: &Seen<'_>) -> usize {
    (0..SIZES.len()).max_by(|a, b| took(seen, ADAM_L2, *a).total_cmp(&took(seen, ADAM_L2, *b))).unwrap_or(0)
}

fn answer(seen: &Seen<'_>) -> String {
    let l2 = [0, 1, 2].map(|k| took(seen, ADAM_L2, k));
    let numbers = [took(seen, SGD_L2, 1), took(seen, SGDW, 1), l2[0], l2[1], l2[2], took(seen, ADAMW, 1)];
    seen.tell(
        t(
            "For SGD the two are the same up to the amplification by momentum: {} and {} per step. L2 in Adam is divided by √v̂ like any gradient: it takes {} per step from the weight with the first gradient size, {} with the second, {} with the third. AdamW takes {} from each.",
            "对 SGD，两者相同（至多差动量的放大倍数）：每步 {} 与 {}。Adam 中的 L2 与任何梯度一样被 √v̂ 除：对应三种梯度大小的权重，每步带走 {}、{}、{}。AdamW 对每个都带走 {}。",
        ),
        &numbers,
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Three weights of one size have gradients of different size. Which does L2 in Adam shrink most?",
            "三个大小相同的权重，梯度大小各异。Adam 中的 L2 使哪一个缩得最多？",
        ),
        choices: &[
            t("the first, with gradient rms s₁", "第一个，梯度均方根 s₁"),
            t("the second, with s₂", "第二个，s₂"),
            t("the third, with s₃", "第三个，s₃"),
        ],
        right: most,
    },
    answer,
    claims: &[
        Claim::new("004", t("L2 in Adam regularises large weights more.", "Adam 中的 L2 对大权重正则更强。"), large),
        Claim::new(
            "004",
            t("L2 is weight decay for SGD, and is not for Adam.", "对 SGD，L2 就是权重衰减；对 Adam 则不是。"),
            same,
        ),
    ],
    reading: &["Loshchilov & Hutter (2019), Decoupled weight decay regularization, ICLR, arXiv:1711.05101"],
    checks: &[
        taken(t("L2 in Adam at rms 10⁻³", "Adam 中的 L2，均方根 10⁻³"), |_| 1e-2, |s| rate(s, 0), 1e-4),
        taken(t("L2 in Adam at rms 0.1", "Adam 中的 L2，均方根 0.1"), |_| 1e-4, |s| rate(s, 1), 1e-6),
        taken(t("L2 in Adam at rms 10", "Adam 中的 L2，均方根 10"), |_| 1e-6, |s| rate(s, 2), 1e-8),
        taken(t("AdamW at rms 10⁻³", "AdamW，均方根 10⁻³"), |_| 1e-5, |s| took(s, ADAMW, 0), 1e-8),
        taken(t("AdamW at rms 0.1", "AdamW，均方根 0.1"), |_| 1e-5, |s| took(s, ADAMW, 1), 1e-10),
        taken(t("AdamW at rms 10", "AdamW，均方根 10"), |_| 1e-5, |s| took(s, ADAMW, 2), 1e-10),
        taken(t("L2 in SGD", "SGD 中的 L2"), |_| 1e-5, |s| took(s, SGD_L2, 0), 1e-10),
        taken(
            t("L2 in SGD with momentum, slow pole", "带动量的 SGD 中的 L2，慢极点"),
            |s| pairs::by_formula(SGD_L2, &Rates::of(&s.run.values), 0.1, 0.0),
            |s| took(s, SGD_L2, 1),
            1e-9,
        )
        .of(2),
    ],
};

const fn taken(what: Text, wanted: fn(&Seen<'_>) -> f64, got: fn(&Seen<'_>) -> f64, within: f64) -> Check {
    Check::new(what, wanted, got, within)
}

fn large(seen: &Seen<'_>) -> Finding {
    let Rates { eta, decay, .. } = Rates::of(&seen.run.values);
    let s = seen.get("rms2");
    // The size at which its own decay is as large as the gradients.
    let even = s / decay;
    let share = |w: f64, s: f64| adam_l2_rate(eta, decay, s, w, EPS);
    let [small, big] = [0.01 * even, 100.0 * even].map(|w| share(w, s));
    let [quiet, loud] = [0.1 * s, 10.0 * s].map(|s| share(0.0, s));
    let because = t(
        "At gradients of rms {} it takes {} per step from a weight of {} and {} from one of {}: not more. What decides is the history of gradients: a tenth of the rms gives {}, ten times the rms {}.",
        "梯度均方根为 {} 时，它每步带走 {}（权重为 {}），而权重为 {} 时带走 {}：并不更多。起决定作用的是梯度的历史：均方根缩至十分之一时为 {}，增至十倍时为 {}。",
    );
    let zh = [s, small, 0.01 * even, 100.0 * even, big, quiet, loud];
    let en = [s, small, 0.01 * even, big, 100.0 * even, quiet, loud];
    let numbers = if seen.lang() == Lang::En { en } else { zh };
    Finding::plain(big > small, seen.tell(because, &numbers))
}

fn same(seen: &Seen<'_>) -> Finding {
    let rates = Rates::of(&seen.run.values);
    let share = |i: usize, s: f64| pairs::by_formula(i, &rates, s, 0.0);
    let sizes = SIZES.map(|id| seen.get(id));
    let [sgd, sgdw] = [SGD_L2, SGDW].map(|i| share(i, sizes[0]));
    let l2 = sizes.map(|s| share(ADAM_L2, s));
    let because = t(
        "Per step SGD takes {} as L2 and {} decoupled, whatever the gradients; the two differ by 1/(1 − β) only, which a rescaled λ undoes. Adam takes {}, {} and {} as L2 at the three gradient sizes and {} decoupled: no one λ makes them the same.",
        "每步 SGD 以 L2 带走 {}，解耦带走 {}，与梯度无关；两者只差 1/(1 − β)，调整 λ 即可抵消。Adam 在三种梯度大小下以 L2 带走 {}、{}、{}，解耦带走 {}：没有一个 λ 能使它们相同。",
    );
    let numbers = [sgd, sgdw, l2[0], l2[1], l2[2], share(ADAMW, sizes[0])];
    let amplified = (sgd * (1.0 - rates.beta) / sgdw - 1.0).abs() < 0.05;
    let apart = l2.iter().any(|y| (y / l2[0] - 1.0).abs() > 0.05);
    Finding::plain(amplified && apart, seen.tell(because, &numbers))
}
