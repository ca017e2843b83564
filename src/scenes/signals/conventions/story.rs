//! What is asked of the spellings, and what they answer.

use super::{AVERAGE, DISPLACEMENT, SUM, claims, distance, dropped, farthest, runs};
use crate::core::Probe;
use crate::scenes::{Check, Predict, Seen, Story};
use crate::text::t;

/// Paths closer than this are the same but for rounding.
const SAME: f64 = 1e-9;

/// Which spelling leaves the others: a choice of [`STORY`].
fn leaves(seen: &Seen<'_>) -> usize {
    let last = seen.run.done();
    let [v, b, m] = [DISPLACEMENT, SUM, AVERAGE].map(|i| {
        let column = seen.lane(i).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
        column.get(..usize::try_from(last).unwrap_or(usize::MAX).min(column.len())).unwrap_or_default()
    });
    let differ = |a: &[f64], b: &[f64]| a.iter().zip(b).any(|(a, b)| (a - b).abs() > SAME);
    match [differ(v, b), differ(b, m), differ(v, m)] {
        [false, false, false] => 0,
        [true, false, _] => 1,
        [true, true, false] => 2,
        _ => 3,
    }
}

fn answer(seen: &Seen<'_>) -> String {
    let last = seen.run.done();
    let [v, b] = [DISPLACEMENT, SUM].map(|i| seen.at(i, Probe::Position(0), last));
    let base = match dropped(seen) {
        None => seen.tell(
            t(
                "At constant rate none: the three paths differ by {} at most, rounding alone, and their buffers are one number in three units. What differs is the meaning of the rate: the sum walks η/(1 − γ) per unit of gradient.",
                "学习率恒定时都不改变路径：三者最多相差 {}，仅为舍入误差，缓冲也是同一个数的三种单位。不同的是学习率的含义：求和式在单位梯度下每步走 η/(1 − γ)。",
            ),
            &[farthest(seen)],
        ),
        Some(at) => seen.tell(
            t(
                "After the rate falls at step {} the displacement form still coasts at its old speed while sum and average slow down at once: they end at {} and {}, and were {} apart at most.",
                "第 {} 步学习率降低后，位移式仍以原速滑行，求和式与平均式立即减速：终点分别为 {} 与 {}，最大相距 {}。",
            ),
            &[at, v, b, farthest(seen)],
        ),
    };
    let matched = seen.index("match") == 1;
    let [one, two, three] = [0, 1, 2].map(|i| runs::measured(i, matched));
    let more =
        t(" The three printed runs have effective rates {}, {} and {}.", "三次运行的等效学习率为 {}、{} 与 {}。");
    base + &seen.tell(more, &[one, two, three])
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Which of the three spellings leaves the path of the others?",
            "三种写法中，哪一种会离开其余两种的路径？",
        ),
        choices: &[
            t("none", "都不会"),
            t("the displacement, v ← γv + ηg", "位移式 v ← γv + ηg"),
            t("the sum, b ← γb + g", "求和式 b ← γb + g"),
            t("the average, m ← γm + (1 − γ)g", "平均式 m ← γm + (1 − γ)g"),
        ],
        right: leaves,
    },
    answer,
    claims: claims::ALL,
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum in deep learning, ICML",
        "Goyal et al. (2017), Accurate, large minibatch SGD, arXiv:1706.02677 (section 3, momentum correction)",
    ],
    checks: &[
        Check::new(t("largest difference, constant rate", "最大差异（恒定学习率）"), |_| 0.0, farthest, 1e-15),
        Check::new(
            t("displacement at step 26", "第 26 步，位移式"),
            |_| 0.216,
            |s| s.at(DISPLACEMENT, Probe::Position(0), 26),
            5e-4,
        )
        .of(1),
        Check::new(t("sum at step 26", "第 26 步，求和式"), |_| 0.278, |s| s.at(SUM, Probe::Position(0), 26), 5e-4)
            .of(1),
        Check::new(
            t("average follows the sum", "平均式跟随求和式"),
            |s| s.at(SUM, Probe::Position(0), 26),
            |s| s.at(AVERAGE, Probe::Position(0), 26),
            1e-15,
        )
        .of(1),
        Check::new(
            t("largest difference, corrected", "最大差异（已修正）"),
            |_| 0.0,
            |s| distance(s).iter().copied().fold(0.0, f64::max),
            1e-15,
        )
        .of(2),
        Check::new(t("effective rate, run 1", "等效学习率，运行 1"), |_| 0.04, |_| runs::measured(0, false), 1e-12),
        Check::new(t("effective rate, run 2", "等效学习率，运行 2"), |_| 0.2, |_| runs::measured(1, false), 1e-12),
        Check::new(t("effective rate, run 3", "等效学习率，运行 3"), |_| 0.04, |_| runs::measured(2, false), 1e-12),
        Check::new(
            t("effective rate, run 2, matched", "等效学习率，运行 2（匹配后）"),
            |_| 0.04,
            |_| runs::measured(1, true),
            1e-12,
        ),
    ],
};
