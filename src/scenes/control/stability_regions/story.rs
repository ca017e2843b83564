//! What is asked of the regions, and what they answer.

use std::f64::consts::PI;

use super::machine::{self, Solver};
use super::methods::Method;
use super::{modulus, own, plane};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::adaptive::frozen_wall;
use crate::theory::regime::{nesterov_wall, stability_wall};

/// The share of runs over both planes that do what theory says.
pub fn agreement(seen: &Seen<'_>) -> f64 {
    let beta = seen.get("beta");
    let mut all = Vec::new();
    for method in Method::ALL {
        let known = plane::grid().into_iter().map(|q| method.radius(q, beta) < 1.0);
        all.extend(known.zip(plane::tried(seen, method)).map(|(stable, found)| stable == (*found == 1.0)));
    }
    for solver in Solver::ALL {
        let known = machine::grid().into_iter().map(|[w, a]| solver.radius(w, a) < 1.0);
        all.extend(known.zip(machine::tried(seen, solver)).map(|(stable, found)| stable == (*found == 1.0)));
    }
    all.iter().filter(|same| **same).count() as f64 / all.len().max(1) as f64
}

fn answer(seen: &Seen<'_>) -> String {
    let beta = seen.get("beta");
    seen.tell(
        t(
            "Momentum stretches the disc of gradient descent into an ellipse: along real curvature from 2 to 2(1 + β) = {}, across it from ±1 to ±(1 − β) = ±{}. Steeper losses become stable, games that turn become unstable. Nesterov's region ends at {} on the real axis, that of Adam, whose rate already counts 1/(1 − β), at {}.",
            "动量把梯度下降的圆盘拉成椭圆：沿实曲率由 2 伸长到 2(1 + β) = {}，垂直方向由 ±1 缩短到 ±(1 − β) = ±{}。更陡的损失变得稳定，旋转的博弈变得不稳定。Nesterov 的区域在实轴上止于 {}；Adam 的学习率已含 1/(1 − β)，止于 {}。",
        ),
        &[stability_wall(beta), 1.0 - beta, nesterov_wall(beta), frozen_wall(beta)],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "On a real curvature, which of the three allows the largest step at this β?",
            "对实曲率，在这一 β 下三者中谁允许的步长最大？",
        ),
        choices: &[t("gradient descent", "梯度下降"), t("heavy ball", "重球法"), t("Nesterov", "Nesterov")],
        right: |seen| {
            let beta = seen.get("beta");
            let walls = [stability_wall(0.0), stability_wall(beta), nesterov_wall(beta)];
            (0..3).fold(0, |best, k| if walls[k] > walls[best] { k } else { best })
        },
    },
    answer,
    claims: &[
        Claim::new("004", t("Small β is stable but slow.", "β 小则稳定但慢。"), small_is_stable),
        Claim::new(
            "004",
            t(
                "The stability of momentum methods can be read as that of a solver of differential equations.",
                "动量法的稳定性可以像微分方程求解器那样分析。",
            ),
            like_solvers,
        ),
    ],
    reading: &[
        "Hairer, Lubich & Wanner (2006), Geometric Numerical Integration, 2nd ed., Springer",
        "Lessard, Recht & Packard (2016), Analysis and design of optimization algorithms, SIAM J. Optim.",
        "Gidel et al. (2019), Negative momentum for improved game dynamics, AISTATS",
        "Cohen et al. (2022), Adaptive gradient methods at the edge of stability, arXiv:2207.14484",
    ],
    checks: &[
        Check::new(
            t("Nesterov's wall at β = 0.9", "β = 0.9 时 Nesterov 的稳定界"),
            |_| 1.357,
            |_| Method::Nesterov.wall(0.9),
            2e-3,
        ),
        Check::new(
            t("heavy ball's wall at β = 0.9", "β = 0.9 时重球法的稳定界"),
            |_| 3.8,
            |_| Method::HeavyBall.wall(0.9),
            2e-3,
        ),
        Check::new(
            t("Adam's wall at β₁ = 0.9", "β₁ = 0.9 时 Adam 的稳定界"),
            |_| 38.0,
            |_| Method::Adam.wall(0.9),
            2e-2,
        ),
        Check::new(t("Runge–Kutta's wall", "龙格－库塔的稳定界"), |_| 2.7853, |_| Method::RungeKutta.wall(0.5), 2e-3),
        Check::new(
            t("border of Runge–Kutta", "龙格－库塔的边界"),
            |_| 2.7853,
            |_| Method::RungeKutta.border(0.0, 0.0).re,
            1e-4,
        ),
        Check::new(
            t("modulus of heavy ball", "重球法的模长"),
            |s| Method::HeavyBall.radius(own(s), s.get("beta")),
            |s| modulus(s, 1).unwrap_or(f64::NAN),
            1e-9,
        ),
        Check::new(
            t("modulus of Nesterov", "Nesterov 的模长"),
            |s| Method::Nesterov.radius(own(s), s.get("beta")),
            |s| modulus(s, 2).unwrap_or(f64::NAN),
            1e-9,
        ),
        Check::new(
            t("modulus of Runge–Kutta", "龙格－库塔的模长"),
            |s| Method::RungeKutta.radius(own(s), s.get("beta")),
            |s| modulus(s, 4).unwrap_or(f64::NAN),
            1e-9,
        ),
        Check::new(t("runs agree with theory", "运行与理论一致"), |_| 1.0, agreement, 0.0),
    ],
};

fn small_is_stable(seen: &Seen<'_>) -> Finding {
    let walls = [0.0, 0.5, 0.9].map(stability_wall);
    let across = [0.0, 0.5, 0.9].map(|beta| Method::HeavyBall.border(beta, 0.5 * PI).im);
    let [a, b, c] = walls;
    let because = t(
        "The range of steps grows with β: ηλ < {}, {}, {} at β = 0, 0.5, 0.9. What small β buys is less overshoot, and room for curvature that turns: ±{}, ±{}, ±{}.",
        "步长范围随 β 增大：β = 0、0.5、0.9 时 ηλ < {}、{}、{}。小 β 换来的是较小的超调，以及对旋转曲率的余量：±{}、±{}、±{}。",
    );
    let numbers = [a, b, c, across[0], across[1], across[2]];
    Finding::plain(a >= b && b >= c, seen.tell(because, &numbers))
}

fn like_solvers(seen: &Seen<'_>) -> Finding {
    let share = agreement(seen);
    let because = t(
        "Gradient descent is explicit Euler and heavy ball is semi-implicit Euler, step by step; {} of all runs over the planes end as the poles of the one-step map say.",
        "梯度下降就是显式欧拉，重球法就是半隐式欧拉，逐步相同；平面上全部运行中有 {} 与单步映射的极点一致。",
    );
    // Runs next to a border may need longer than they are given.
    Finding::plain(share > 0.98, seen.tell(because, &[share]))
}
