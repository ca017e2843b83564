//! What is asked of a comparison, and what it can answer.

use super::methods::{ADAM, COUNT, DESCENT, MOMENTUM, NAMES};
use super::{bench, sample, update};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{Lang, fill, t};
use crate::theory::agreement::wilson;

/// The methods by their median final loss, lowest first.
fn order(seen: &Seen<'_>) -> [usize; COUNT] {
    let finals = bench::finals(seen);
    let median = |i: usize| sample::median(&finals[i]).unwrap_or(f64::INFINITY);
    let mut order: [usize; COUNT] = std::array::from_fn(|i| i);
    order.sort_by(|a, b| median(*a).total_cmp(&median(*b)));
    order
}

/// On how many of the starts method `a` ends lower than `b`, with its 95 % interval as a share.
fn beats(seen: &Seen<'_>, a: usize, b: usize) -> (f64, [f64; 2]) {
    let finals = bench::finals(seen);
    let won = finals[a].iter().zip(&finals[b]).filter(|(a, b)| a < b).count() as f64;
    (won, wilson(won, seen.get("starts").max(1.0), 1.96))
}

fn answer(seen: &Seen<'_>) -> String {
    let [first, second, ..] = order(seen);
    let (won, [low, high]) = beats(seen, first, second);
    let clear = low > 0.5;
    let finals = bench::finals(seen);
    let medians = [first, second].map(|i| sample::median(&finals[i]).unwrap_or(f64::INFINITY));
    let names = [first, second].map(|i| seen.say(NAMES[i]));
    let told = seen.tell(
        t(
            "median loss {} against {}; lower on {} of {} starts, which leaves a share between {} and {} (95 %)",
            "损失中位数 {} 对 {}；在 {} 个起点上更低（共 {} 个），其比例的 95 % 区间为 {} 至 {}",
        ),
        &[medians[0], medians[1], won, seen.get("starts"), low, high],
    );
    let verdict = if clear {
        t("Here {} leads {}: {}.", "在此处，{}领先{}：{}。")
    } else {
        t("Here {} and {} cannot be told apart: {}.", "在此处，{}与{}不分高下：{}。")
    };
    let gap = if seen.lang() == Lang::En { " " } else { "" };
    format!("{}{gap}{}", fill(seen.say(verdict), &[names[0], names[1], &told]), limits(seen))
}

/// What a comparison of this kind can tell and what it cannot.
pub fn limits(seen: &Seen<'_>) -> String {
    seen.tell(
        t(
            "It tells how often a method is lower after {} gradients from starts like these {}, on this landscape, if {} step sizes may be tried. It does not tell who is lower with other budgets, steps between those tried, other β, or on losses of networks, and nothing of generalisation.",
            "它能说明：在这一地形上，用 {} 次梯度、从与这 {} 个类似的起点出发、可试 {} 个步长时，某方法有多常更低。它不能说明：换了预算、换了所试步长之间的值、换了 β，或对网络的损失，谁会更低；更不涉及泛化。",
        ),
        &[seen.get("budget"), seen.get("starts"), seen.get("tries")],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "All methods have the same gradients and the same tuning. Which has the lowest median loss at the end?",
            "所有方法的梯度次数与调参机会相同。最终哪一种的损失中位数最低？",
        ),
        choices: &NAMES,
        right: |seen| order(seen)[0],
    },
    answer,
    claims: &[Claim::new(
        "004",
        t("In a narrow valley Adam is faster than momentum.", "在狭窄山谷中，Adam 比动量法更快。"),
        faster,
    )],
    reading: &[
        "Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR, arXiv:1412.6980",
        "Sutskever et al. (2013), On the importance of initialization and momentum in deep learning, ICML",
    ],
    checks: &[
        Check::new(
            t("gradients of every method", "每种方法的梯度数"),
            |s| s.get("budget"),
            |s| if bench::spent(s)[0] == bench::spent(s)[1] { bench::spent(s)[0] } else { f64::NAN },
            0.0,
        ),
        Check::new(
            t("first start of the race and its lane", "比赛的第一个起点与其轨道"),
            |s| bench::finals(s)[ADAM].first().copied().unwrap_or(f64::NAN),
            |s| bench::first(s, ADAM),
            1e-12,
        ),
        Check::new(
            t("first start of the race and its lane, noisy", "比赛的第一个起点与其轨道，带噪声"),
            |s| bench::finals(s)[MOMENTUM].first().copied().unwrap_or(f64::NAN),
            |s| bench::first(s, MOMENTUM),
            1e-9,
        )
        .of(3),
        Check::new(
            t("last update, summed, along x₁", "最后一次更新的和，沿 x₁"),
            |s| {
                let n = s.run.done().saturating_sub(1);
                s.at(MOMENTUM, Probe::Position(0), n + 1) - s.at(MOMENTUM, Probe::Position(0), n)
            },
            |s| update::of(s).and_then(|u| u.sum().first().copied()).unwrap_or(f64::NAN),
            1e-12,
        ),
    ],
};

fn faster(seen: &Seen<'_>) -> Finding {
    let (won, [low, high]) = beats(seen, ADAM, MOMENTUM);
    let (against, _) = beats(seen, ADAM, DESCENT);
    let n = seen.get("starts");
    let because = t(
        "With equal gradients and equal tuning Adam ends lower than momentum on {} of {} starts (95 %: {} to {}), and lower than gradient descent on {}. How often depends on how the valley lies: Adam works along coordinates only.",
        "梯度与调参机会相同时，Adam 在 {} 个起点上低于动量法（共 {} 个；95 % 区间 {} 至 {}），在 {} 个起点上低于梯度下降。胜出的多少取决于山谷的方向：Adam 只沿坐标轴起作用。",
    );
    let said = seen.tell(because, &[won, n, low, high, against]);
    Finding::conditional(low > 0.5, said)
}
