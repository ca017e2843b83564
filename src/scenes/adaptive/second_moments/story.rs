//! What is asked of second moments, and what they answer.

use super::constant;
use super::methods::{self, ADADELTA, ADAGRAD, ADAM, Coefficients, HYBRID, RMSPROP};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::second_moment::{Memory, adadelta_step};

/// Length of the step of method `i` under the constant gradient, from 1; NaN if there is none.
fn step(seen: &Seen<'_>, i: usize, t: u64) -> f64 {
    constant::measured(seen, i, t).unwrap_or(f64::NAN)
}

/// The same by the closed form.
fn wanted(seen: &Seen<'_>, i: usize, t: u64) -> f64 {
    constant::by_formula(seen, i, t).unwrap_or(f64::NAN)
}

/// The last step before the change, and the last of the run.
fn ends(seen: &Seen<'_>) -> [u64; 2] {
    let last = constant::horizon(seen);
    [(seen.index("when") as u64).clamp(1, last), last]
}

/// How long the last step is, in steps before the change.
fn back(seen: &Seen<'_>, i: usize) -> f64 {
    let [before, last] = ends(seen);
    step(seen, i, last) / step(seen, i, before)
}

fn answer(seen: &Seen<'_>) -> String {
    let [before, last] = ends(seen);
    let average = Memory::Average(seen.get("memory"));
    let numbers = [
        before as f64,
        step(seen, ADAGRAD, before),
        step(seen, RMSPROP, before),
        seen.get("factor"),
        last as f64,
        back(seen, ADAGRAD),
        back(seen, RMSPROP),
        Memory::Sum.weight(last, last + 1),
        average.weight(last, last + 1),
    ];
    seen.tell(
        t(
            "AdaGrad adds them up, the others let them go. Under a constant gradient AdaGrad’s step {} is {} long, as 1/√t, RMSProp’s {}. Multiply all gradients by {} then, and at step {} AdaGrad’s steps are {} times as long as before, RMSProp’s {} times: the square of the first gradient still weighs {} in the one and {} in the other.",
            "AdaGrad 全部累加，其余方法逐渐放下。梯度恒定时，AdaGrad 的第 {} 步长 {}（按 1/√t 衰减），RMSProp 为 {}。此后所有梯度乘以 {}，到第 {} 步时 AdaGrad 的步长是原来的 {} 倍，RMSProp 是 {} 倍：最初那个梯度的平方在前者中仍占权重 {}，在后者中占 {}。",
        ),
        &numbers,
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Under a constant gradient every gradient is multiplied by c from step T on. Which method’s steps are at the end within a tenth of what they were before?",
            "梯度恒定，自第 T 步起每个梯度乘以 c。到最后，哪种方法的步长与变化之前相差不超过一成？",
        ),
        choices: &[
            t("neither AdaGrad’s nor RMSProp’s", "AdaGrad 与 RMSProp 都不是"),
            t("AdaGrad’s only", "只有 AdaGrad"),
            t("RMSProp’s only", "只有 RMSProp"),
            t("both", "两者都是"),
        ],
        right: |seen| {
            let kept = [ADAGRAD, RMSPROP].map(|i| (back(seen, i) - 1.0).abs() < 0.1);
            usize::from(kept[0]) + 2 * usize::from(kept[1])
        },
    },
    answer,
    claims: &[
        Claim::new(
            "001",
            t(
                "AdaGrad and Adam adjust the learning rate dynamically and so suit different data and tasks.",
                "Adagrad、Adam 等通过动态调整学习率，适应不同数据和任务。",
            ),
            adjust,
        ),
        Claim::new(
            "001",
            t("AdaGrad and AdaDelta make momentum more robust.", "引入 AdaGrad、AdaDelta 等可提高动量法的鲁棒性。"),
            robust,
        ),
    ],
    reading: &[
        "Duchi, Hazan & Singer (2011), Adaptive subgradient methods for online learning and stochastic optimization, J. Mach. Learn. Res. 12",
        "Zeiler (2012), ADADELTA: an adaptive learning rate method, arXiv:1212.5701",
        "Tieleman & Hinton (2012), Lecture 6.5: RMSProp, COURSERA: Neural networks for machine learning",
        "Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR, arXiv:1412.6980",
    ],
    checks: &[
        Check::new(
            t("AdaGrad, step 100 is α/√100", "AdaGrad，第 100 步为 α/√100"),
            |_| 0.005,
            |s| step(s, ADAGRAD, 100),
            1e-9,
        ),
        Check::new(
            t("AdaGrad after the change", "变化之后的 AdaGrad"),
            |s| wanted(s, ADAGRAD, 300),
            |s| step(s, ADAGRAD, 300),
            1e-9,
        ),
        Check::new(
            t("RMSProp, first step α/√(1 − ρ)", "RMSProp，首步 α/√(1 − ρ)"),
            |_| 0.05 / f64::sqrt(0.1),
            |s| step(s, RMSPROP, 1),
            1e-8,
        ),
        Check::new(
            t("RMSProp, 20 steps after the change", "RMSProp，变化后第 20 步"),
            |s| wanted(s, RMSPROP, 120),
            |s| step(s, RMSPROP, 120),
            1e-7,
        ),
        Check::new(
            t("AdaDelta, first step √(ε/(1 − ρ))", "AdaDelta，首步 √(ε/(1 − ρ))"),
            |_| f64::sqrt(1e-6 / 0.1),
            |s| step(s, ADADELTA, 1),
            1e-7,
        ),
        Check::new(
            t("AdaDelta, step 100", "AdaDelta，第 100 步"),
            |_| adadelta_step(0.9, 1e-6, 100),
            |s| step(s, ADADELTA, 100),
            1e-7,
        ),
        Check::new(
            t("RMSProp with momentum, step 130", "带动量的 RMSProp，第 130 步"),
            |s| wanted(s, HYBRID, 130),
            |s| step(s, HYBRID, 130),
            1e-6,
        ),
        Check::new(
            t("Adam before the change steps α", "变化之前 Adam 每步走 α"),
            |_| 0.05,
            |s| step(s, ADAM, 57),
            1e-8,
        ),
        Check::new(
            t("Adam, 10 steps after the change", "Adam，变化后第 10 步"),
            |s| wanted(s, ADAM, 110),
            |s| step(s, ADAM, 110),
            1e-7,
        ),
        Check::new(
            t("one gradient in RMSProp, 10 steps later", "10 步之后，RMSProp 中的一个梯度"),
            |_| Memory::Average(0.9).weight(10, 11),
            |s| kept(s, RMSPROP, 10),
            1e-12,
        ),
        Check::new(
            t("one gradient in AdaGrad, 40 steps later", "40 步之后，AdaGrad 中的一个梯度"),
            |_| 1.0,
            |s| kept(s, ADAGRAD, 40),
            0.0,
        ),
    ],
};

/// What is left of one squared gradient of 1 after so many steps.
fn kept(seen: &Seen<'_>, i: usize, age: usize) -> f64 {
    constant::kept(i, Coefficients::of(&seen.run.values)).get(age).copied().unwrap_or(f64::NAN)
}

fn adjust(seen: &Seen<'_>) -> Finding {
    let smaller = |i: usize| back(seen, i);
    let because = t(
        "They divide by the size of past gradients. Adam takes the unit of the loss out of its steps: after all gradients are multiplied by {} its steps end {} times as long as before. AdaGrad’s rate can only fall: its steps end {} times as long. And the rate α itself, {} here, is still chosen by hand.",
        "它们除以过往梯度的大小。Adam 消去了损失的单位：所有梯度乘以 {} 后，其步长最终是原来的 {} 倍。AdaGrad 的学习率只减不增：步长是原来的 {} 倍。而学习率 α 本身（此处为 {}）仍需人工选定。",
    );
    let [adam, adagrad] = [ADAM, ADAGRAD].map(smaller);
    let numbers = [seen.get("factor"), adam, adagrad, seen.get("alpha")];
    Finding::conditional(adam.is_finite(), seen.tell(because, &numbers))
}

/// Means of the loss over the last quarter of the run.
fn late(seen: &Seen<'_>, i: usize) -> f64 {
    let column = seen.lane(i).map_or(&[][..], |lane| lane.column(Probe::Potential));
    let tail = &column[column.len() - column.len() / 4..];
    tail.iter().sum::<f64>() / tail.len().max(1) as f64
}

fn robust(seen: &Seen<'_>) -> Finding {
    let all: Vec<f64> = (0..methods::COUNT).map(|i| late(seen, i)).collect();
    let (best, worst) = all.iter().fold((f64::INFINITY, 0.0_f64), |(a, b), x| (a.min(*x), b.max(*x)));
    let because = t(
        "They are methods of their own and keep no momentum: nothing of a push lasts in them. In this run the mean loss of the last quarter is {} for AdaGrad, {} for AdaDelta, {} for RMSProp with momentum and {} for Adam: a factor of {} between the best and the worst of the menu, at the rates of this run.",
        "它们本身就是独立的方法，不保留动量：推动不会在其中延续。本次运行最后四分之一的平均损失：AdaGrad 为 {}，AdaDelta 为 {}，带动量的 RMSProp 为 {}，Adam 为 {}；在本次运行的学习率下，菜单中最好与最差相差 {} 倍。",
    );
    let numbers = [all[ADAGRAD], all[ADADELTA], all[HYBRID], all[ADAM], worst / best];
    let better = all[ADAGRAD].max(all[ADADELTA]) <= all[HYBRID];
    Finding::conditional(better, seen.tell(because, &numbers))
}
