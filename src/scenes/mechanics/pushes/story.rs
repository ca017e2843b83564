//! What is asked of the pushes, and what they answer.

use std::f64::consts::PI;

use super::gain::{ends, of_axes};
use super::{curvatures, displacements, turning};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::response;
use crate::theory::signal::sum_gain;

/// Whether alternating pushes leave more, as much, or less velocity than one push alone.
fn left_over(seen: &Seen<'_>) -> usize {
    match ends(seen)[1] {
        Some(gain) if gain > 1.0 + 1e-9 => 0,
        Some(gain) if gain < 1.0 - 1e-9 => 2,
        _ => 1,
    }
}

fn answer(seen: &Seen<'_>) -> String {
    let beta = seen.get("beta");
    let first = seen.tell(
        t(
            "Every step is the sum of βΔ and −η∇f. With β = {} pushes that agree grow to {} times one push, 1/(1 − β); pushes that alternate shrink to {}, 1/(1 + β), and do not vanish.",
            "每一步都是 βΔ 与 −η∇f 之和。β = {} 时，方向一致的推动累积到单次推动的 {} 倍，即 1/(1 − β)；逐步反向的减小到 {}，即 1/(1 + β)，但不会消失。",
        ),
        &[beta, sum_gain(beta, 0.0), sum_gain(beta, PI)],
    );
    let [Some(flat), Some(steep)] = of_axes(seen) else { return first };
    let rest =
        t(" In this run the gain is {} along x₁ and {} along x₂.", "本次运行中，沿 x₁ 的增益为 {}，沿 x₂ 为 {}。");
    first + &seen.tell(rest, &[flat[1], steep[1]])
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Pushes of equal size reverse at every step. How large a velocity do they leave, compared with a single push?",
            "大小相等的推动逐步反向。与单次推动相比，它们留下的速度有多大？",
        ),
        choices: &[t("larger", "更大"), t("as large", "一样大"), t("smaller", "更小")],
        right: left_over,
    },
    answer,
    claims: &[
        Claim::new(
            "000",
            t(
                "Pushes in one direction accumulate, those that swing to and fro cancel.",
                "同一方向的推动累积，来回摆动的推动相互抵消。",
            ),
            accumulate_and_cancel,
        ),
        Claim::new("000", t("With momentum the path turns gently.", "有了动量，路径转弯平缓。"), turns_gently),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum in deep learning, ICML",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
    ],
    checks: &[
        Check::new(
            t("gain of pushes that agree", "方向一致的推动的增益"),
            |s| sum_gain(s.get("beta"), 0.0),
            |s| ends(s)[0].unwrap_or(f64::NAN),
            1e-5,
        ),
        Check::new(
            t("gain of pushes that alternate", "逐步反向的推动的增益"),
            |s| sum_gain(s.get("beta"), PI),
            |s| ends(s)[1].unwrap_or(f64::NAN),
            1e-6,
        ),
        Check::new(
            t("1/(1 − β) at β = 0.8", "β = 0.8 时的 1/(1 − β)"),
            |_| 5.0,
            |s| sum_gain(s.get("beta"), 0.0),
            1e-14,
        )
        .of(1),
        Check::new(
            t("1/(1 + β) at β = 0.8", "β = 0.8 时的 1/(1 + β)"),
            |_| 1.0 / 1.8,
            |s| sum_gain(s.get("beta"), PI),
            1e-15,
        )
        .of(1),
        Check::new(t("largest error of Δ = βΔ − η∇f", "Δ = βΔ − η∇f 的最大误差"), |_| 0.0, residual, 5e-15),
        Check::new(t("momentum, x₁ at the end", "动量法，末次 x₁"), |s| closed(s, 0), |s| s.end(1, 0), 1e-13),
        Check::new(t("momentum, x₂ at the end", "动量法，末次 x₂"), |s| closed(s, 1), |s| s.end(1, 1), 1e-13),
    ],
};

fn closed(seen: &Seen<'_>, i: usize) -> f64 {
    let start = ["x0", "y0"].map(|id| seen.get(id));
    response(seen.get("eta") * curvatures(&seen.run.values)[i], seen.get("beta"), start[i], 0.0, seen.run.done())
}

/// The largest difference between a displacement and the sum of the kept one and the push.
fn residual(seen: &Seen<'_>) -> f64 {
    let Some(lane) = seen.lane(1) else { return f64::NAN };
    let (steps, [eta, beta]) = (displacements(lane), ["eta", "beta"].map(|id| seen.get(id)));
    let curvatures = curvatures(&seen.run.values);
    let at = |i: usize, n: u64| lane.at(crate::core::Probe::Position(i), n).unwrap_or(f64::NAN);
    let error = |n: usize, i: usize| {
        let kept = n.checked_sub(1).map_or(0.0, |before| beta * steps[before][i]);
        (steps[n][i] - kept + eta * curvatures[i] * at(i, n as u64)).abs()
    };
    (0..steps.len()).flat_map(|n| [error(n, 0), error(n, 1)]).fold(0.0, f64::max)
}

fn accumulate_and_cancel(seen: &Seen<'_>) -> Finding {
    let beta = seen.get("beta");
    let [agree, alternate] = [0.0, PI].map(|omega| sum_gain(beta, omega));
    let because = t(
        "The velocity per push is {} where pushes agree and {} where they alternate. Alternating pushes shrink by 1/(1 + β) only, never below one half: they cancel relative to the others, by a factor of {}.",
        "推动一致时速度与推动之比为 {}，逐步反向时为 {}。反向的推动只减小到 1/(1 + β)，永不低于一半：抵消是相对的，两者相差 {} 倍。",
    );
    Finding::conditional(agree > alternate, seen.tell(because, &[agree, alternate, agree / alternate]))
}

fn turns_gently(seen: &Seen<'_>) -> Finding {
    let [Some(descent), Some(momentum)] = [0, 1].map(|i| seen.lane(i).and_then(turning::mean)) else {
        return Finding::plain(
            false,
            seen.say(t("There are too few steps to tell.", "步数太少，无从判断。")).to_owned(),
        );
    };
    let because = t(
        "Measured on this run, gradient descent turns by {}° per step on average and momentum by {}°.",
        "本次运行实测：梯度下降平均每步转 {}°，动量法转 {}°。",
    );
    Finding::plain(momentum < descent, seen.tell(because, &[descent, momentum]))
}
