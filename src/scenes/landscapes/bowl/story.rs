//! What is asked of the bowl, and what it answers.

use super::{STEEP, beta, curvatures};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::regime::stability_wall;

/// Whether momentum is still bounded at the end while gradient descent is not.
fn carried(seen: &Seen<'_>) -> [bool; 2] {
    let grown = |i: usize| {
        let lane = seen.lane(i)?;
        let size = |n: u64| Some(lane.at(Probe::Position(0), n)?.hypot(lane.at(Probe::Position(1), n)?));
        Some(lane.diverged_at().is_some() || size(seen.run.done())? > size(0)?)
    };
    [0, 1].map(|i| grown(i) == Some(true))
}

fn answer(seen: &Seen<'_>) -> String {
    let [gd, hb] = [0.0, seen.get("beta")].map(|beta| stability_wall(beta) / STEEP);
    let rates = [0, 1].map(|i| {
        curvatures(&seen.run.values)
            .iter()
            .map(|l| spectral_radius(seen.get("eta") * l, beta(seen, i)))
            .fold(0.0, f64::max)
    });
    seen.tell(
        t(
            "The steep direction limits the step: descent is stable below η = {}, momentum below η = 2(1 + β)/λ₂ = {}. At this η the slower of the two modes shrinks by {} per step without and by {} with momentum.",
            "陡峭方向限制步长：梯度下降在 η < {} 时稳定，动量法在 η < 2(1 + β)/λ₂ = {} 时稳定。在当前 η 下，较慢的模态每步缩为 {}（无动量）与 {}（有动量）。",
        ),
        &[gd, hb, rates[0], rates[1]],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "With this step size and momentum, which of the two lanes ends farther from the minimum than it began?",
            "在这一步长与动量下，哪条轨道最终比起点离极小点更远？",
        ),
        choices: &[
            t("neither", "都不会"),
            t("gradient descent only", "只有梯度下降"),
            t("momentum only", "只有动量法"),
            t("both", "两者都会"),
        ],
        right: |seen| match carried(seen) {
            [false, false] => 0,
            [true, false] => 1,
            [false, true] => 2,
            [true, true] => 3,
        },
    },
    answer,
    claims: &[Claim::new(
        "002",
        t("With momentum, η = 0.6 no longer diverges.", "有了动量，η = 0.6 不再发散。"),
        carries,
    )],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
    ],
    checks: &[
        Check::new(t("descent, x₁, η = 0.4", "梯度下降 x₁，η = 0.4"), |_| -0.943467, |s| s.end(0, 0), 5e-7),
        Check::new(t("descent, x₂, η = 0.4", "梯度下降 x₂，η = 0.4"), |_| -0.000073, |s| s.end(0, 1), 5e-7),
        Check::new(t("descent, x₁, η = 0.6", "梯度下降 x₁，η = 0.6"), |_| -0.387814, |s| s.end(0, 0), 5e-7).of(1),
        Check::new(t("descent, x₂, η = 0.6", "梯度下降 x₂，η = 0.6"), |_| -1673.365109, |s| s.end(0, 1), 5e-7).of(1),
        Check::new(t("momentum, x₁, η = 0.4", "动量法 x₁，η = 0.4"), |_| -0.062843, |s| s.end(1, 0), 5e-7),
        Check::new(t("momentum, x₂, η = 0.4", "动量法 x₂，η = 0.4"), |_| 0.001202, |s| s.end(1, 1), 5e-7),
        Check::new(t("momentum, x₁, η = 0.6", "动量法 x₁，η = 0.6"), |_| 0.007188, |s| s.end(1, 0), 5e-7).of(1),
        Check::new(t("momentum, x₂, η = 0.6", "动量法 x₂，η = 0.6"), |_| 0.002553, |s| s.end(1, 1), 5e-7).of(1),
    ],
};

fn carries(seen: &Seen<'_>) -> Finding {
    let q = 0.6 * STEEP;
    let [alone, carried] = [0.0, 0.5].map(|beta| spectral_radius(q, beta));
    let because = t(
        "The steep mode has ηλ = {}: beyond 2, the limit of descent, and below 2(1 + β) = {} at β = 0.5; its modulus falls from {} to {}.",
        "陡峭模态的 ηλ = {}：超过梯度下降的界限 2，低于 β = 0.5 时的 2(1 + β) = {}；其模长由 {} 降为 {}。",
    );
    Finding::plain(alone > 1.0 && carried < 1.0, seen.tell(because, &[q, stability_wall(0.5), alone, carried]))
}
