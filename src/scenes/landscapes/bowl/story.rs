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
    claims: &[
        Claim::new("002", t("With momentum, η = 0.6 no longer diverges.", "有了动量，η = 0.6 不再发散。"), carries),
        Claim::new(
            "002",
            t("All horizontal gradients are positive: they point to the right.", "水平方向的梯度都为正，指向右侧。"),
            points_right,
        ),
        Claim::new("001", t("A larger β saves computation.", "较大的 β 可减少计算量。"), saves),
    ],
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

/// The horizontal gradient along the path of descent, and the push that it gives.
fn points_right(seen: &Seen<'_>) -> Finding {
    let lane = seen.lane(0);
    let row = lane.and_then(|lane| Some(lane.lane.system.field.stiffness()?.matrix.get(..2)?.to_vec()));
    let at = |n: u64| [0, 1].map(|k| seen.at(0, Probe::Position(k), n));
    let gradient = |n: u64| row.as_deref().map_or(f64::NAN, |k| k[0] * at(n)[0] + k[1] * at(n)[1]);
    let steps = seen.run.done();
    let positive = (0..steps).filter(|n| gradient(*n) > 0.0).count() as f64;
    let because = t(
        "Along the path of descent {} of {} horizontal gradients are positive. The first is {}: where x₁ is negative the gradient points left, and the push −η times it, {}, points right.",
        "沿梯度下降的路径，{} 个水平梯度为正（共 {} 个）。第一个是 {}：x₁ 为负处梯度指向左，而推动是它的 −η 倍，即 {}，才指向右。",
    );
    let first = gradient(0);
    let said = seen.tell(because, &[positive, steps as f64, first, -seen.get("eta") * first]);
    Finding::plain(steps > 0 && positive == steps as f64, said)
}

/// What a step costs with and without momentum.
fn saves(seen: &Seen<'_>) -> Finding {
    let cost = |i: usize| {
        let state = seen.lane(i).map(crate::scenes::LaneRun::state);
        state.map_or(f64::NAN, |s| s.stats.evaluations as f64 / s.step.max(1) as f64)
    };
    let [alone, carried] = [0, 1].map(cost);
    let because = t(
        "Gradients per step: {} without and {} with momentum, whatever β is. What β may change is the number of steps.",
        "每步需要的梯度数：无动量 {}，有动量 {}，与 β 无关。β 可能改变的是步数。",
    );
    Finding::conditional(carried < alone, seen.tell(because, &[alone, carried]))
}
