//! What is asked of the smallest example, and what it answers.

use super::pages::digits;
use super::{bare_rate, closed, fitted};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{fill, t};
use crate::theory::conventions::effective_rate;
use crate::theory::heavy_ball::period_steps;
use crate::theory::mapping::{Mapping, predicted_zeta};

/// Whether the second step is longer than, as long as, or shorter than the first.
fn second(seen: &Seen<'_>) -> usize {
    let w = |n| seen.at(0, Probe::Position(0), n);
    let [first, second] = [(w(1) - w(0)).abs(), (w(2) - w(1)).abs()];
    if second > first {
        0
    } else if second == first {
        1
    } else {
        2
    }
}

fn answer(seen: &Seen<'_>) -> String {
    let w = |n: u64| digits(seen.at(0, Probe::Position(0), n.min(seen.run.done())));
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let text = t(
        "The first step sees the gradient {} and moves to {}: the buffer holds one gradient. The second sees {} and moves to {}, with {} of the first gradient still in the buffer.",
        "第一步看到梯度 {}，走到 {}：缓冲里只有一个梯度。第二步看到梯度 {}，走到 {}，此时缓冲里还留着第一个梯度的 {} 倍。",
    );
    let [start, first, after] = [0, 1, 2].map(w);
    let steps = fill(seen.say(text), &[&start, &first, &first, &after, &digits(beta)]);
    let [exact, textbook] = [Mapping::Exact, Mapping::Explicit].map(|map| predicted_zeta(map, eta, beta));
    let rest = match period_steps(eta, beta) {
        Some(period) => seen.tell(
            t(
                " They are the beginning of a swing with period {} and ζ = {}; the textbook formula says {}.",
                "它们是周期为 {} 步、ζ = {} 的摆动的开端；教科书公式给出 {}。",
            ),
            &[period, exact, textbook],
        ),
        None => seen
            .say(t(" They do not begin a swing: the poles are real.", "它们不是摆动的开端：极点是实数。"))
            .to_owned(),
    };
    steps + &rest
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "The gradient has become a little smaller after the first step. How long is the second step?",
            "第一步之后梯度略有减小。第二步有多长？",
        ),
        choices: &[
            t("longer than the first", "比第一步长"),
            t("as long as the first", "与第一步一样长"),
            t("shorter than the first", "比第一步短"),
        ],
        right: second,
    },
    answer,
    claims: &[Claim::new(
        "003",
        t(
            "The update is v = βv + (1 − β)∇J and θ = θ − v, with learning rate 0.01 and β = 0.9.",
            "更新式为 v = βv + (1 − β)∇J、θ = θ − v，学习率 0.01，β = 0.9。",
        ),
        without_a_rate,
    )],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
        "Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum in deep learning, ICML",
    ],
    checks: &[
        Check::new(t("first gradient", "第一次梯度"), |_| 1.0, |s| s.at(0, Probe::Position(0), 0), 0.0),
        Check::new(
            t("w after one step, also the second gradient", "一步后的 w，即第二次梯度"),
            |_| 0.99,
            |s| s.at(0, Probe::Position(0), 1),
            0.0,
        ),
        Check::new(t("w after two steps", "两步后的 w"), |_| 0.9711, |s| s.at(0, Probe::Position(0), 2), 2e-16),
        Check::new(
            t("w after 150 steps", "150 步后的 w"),
            |s| closed(s, 0, 150),
            |s| s.at(0, Probe::Position(0), 150),
            1e-13,
        ),
        Check::new(
            t("without a learning rate, w after 150 steps", "没有学习率，150 步后的 w"),
            |s| closed(s, 1, 150),
            |s| s.at(1, Probe::Position(0), 150),
            1e-13,
        ),
        Check::new(
            t("period in steps", "周期（步）"),
            |_| 71.3,
            |s| fitted(s).and_then(|f| f.period()).unwrap_or(f64::NAN),
            5e-2,
        ),
        Check::new(
            t("period, exact map", "周期，精确映射"),
            |s| period_steps(s.get("eta"), s.get("beta")).unwrap_or(f64::NAN),
            |s| fitted(s).and_then(|f| f.period()).unwrap_or(f64::NAN),
            1e-8,
        ),
        Check::new(
            t("ζ of the textbook", "教科书的 ζ"),
            |_| 0.5,
            |s| predicted_zeta(Mapping::Explicit, s.get("eta"), s.get("beta")),
            1e-15,
        ),
        Check::new(
            t("ζ of the run", "运行的 ζ"),
            |s| predicted_zeta(Mapping::Exact, s.get("eta"), s.get("beta")),
            |s| fitted(s).and_then(|f| f.damping_ratio()).unwrap_or(f64::NAN),
            1e-10,
        ),
    ],
};

fn without_a_rate(seen: &Seen<'_>) -> Finding {
    let at = |i| seen.at(i, Probe::Position(0), seen.run.done().min(2));
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let [code, formula] = [at(0), at(1)];
    let because = t(
        "The formula has no learning rate: it is the average with a step of 1, which is η = 1 − β = {} of the form the code runs. After two steps it gives w = {}, the code with η = {} gives {}. In terms of the average the code's step is η/(1 − β) = {}.",
        "公式里没有学习率：它等于步长为 1 的均值形式，即代码形式的 η = 1 − β = {}。两步后它给出 w = {}，η = {} 的代码给出 {}。按均值形式，代码的步长是 η/(1 − β) = {}。",
    );
    let numbers = [bare_rate(&seen.run.values), formula, eta, code, effective_rate(eta, beta)];
    Finding::plain((code - formula).abs() <= 1e-12 * code.abs(), seen.tell(because, &numbers))
}
