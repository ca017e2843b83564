//! What is asked of acceleration, and what it answers.

use super::{arrival, cycle, scaling, tuning};
use crate::core::Probe;
use crate::scenes::models::measure::{Recurrence, single_rate};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;

/// Factors on offer for a hundredfold κ.
const FACTORS: [f64; 4] = [3.0, 10.0, 100.0, 10_000.0];

fn arrives(seen: &Seen<'_>, i: usize) -> f64 {
    seen.lane(i).and_then(|lane| arrival(lane, seen.get("eps"))).map_or(f64::NAN, |n| n as f64)
}

fn answer(seen: &Seen<'_>) -> String {
    let [descent, ball, nesterov] = [0, 1, 2].map(|i| scaling::slopes(seen, i)[1]);
    let by_rate = [0, 1].map(|i| scaling::by_rate(i, seen.get("kappa"), seen.get("eps")));
    seen.tell(
        t(
            "A square root of κ: measured, iterations grow as κ to the power of {} for descent, {} for heavy ball and {} for Nesterov. At κ = {} the rates alone promise {} iterations for descent and {} for heavy ball. It is still the same linear convergence, a fixed factor per step, and it is promised on quadratics only.",
            "换来的是 κ 的平方根：实测迭代数随 κ 的幂增长，梯度下降 {}，重球 {}，Nesterov {}。在 κ = {} 时，仅按速率，梯度下降需 {} 步，重球需 {} 步。这仍是线性收敛，每步一个固定的因子，而且只对二次函数有此保证。",
        ),
        &[descent, ball, nesterov, seen.get("kappa"), by_rate[0], by_rate[1]],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "A hundred times the condition number: about how many times as many iterations does heavy ball need?",
            "条件数变为一百倍，重球需要的迭代数大约变为几倍？",
        ),
        choices: &[t("3", "3 倍"), t("10", "10 倍"), t("100", "100 倍"), t("10 000", "10 000 倍")],
        right: |seen| {
            let factor = scaling::slopes(seen, 1)[1] * libm::log(100.0);
            let away = |i: &usize| (libm::log(FACTORS[*i]) - factor).abs();
            (0..FACTORS.len()).min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(0)
        },
    },
    answer,
    claims: &[
        Claim::new("001", t("Momentum gives a quadratic speed-up.", "动量带来“二次加速”。"), quadratic),
        Claim::new("001", t("Momentum accelerates convergence.", "动量加快收敛。"), always),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Lessard, Recht & Packard (2016), Analysis and design of optimization algorithms via integral quadratic constraints, SIAM J. Optim. (arXiv:1408.3595)",
        "Mohammadi, Samuelson & Jovanović (2021), Transient growth of accelerated optimization algorithms (arXiv:2103.08017)",
    ],
    checks: &[
        Check::new(
            t("rate of descent, (κ − 1)/(κ + 1)", "梯度下降速率 (κ − 1)/(κ + 1)"),
            |s| tuning(0, s.get("kappa")).rate,
            |s| s.lane(0).and_then(|lane| single_rate(lane.column(Probe::Position(0)))).unwrap_or(f64::NAN),
            1e-12,
        ),
        Check::new(
            t("rate of heavy ball, (√κ − 1)/(√κ + 1)", "重球速率 (√κ − 1)/(√κ + 1)"),
            |s| tuning(1, s.get("kappa")).rate,
            |s| {
                let fit = s.lane(1).and_then(|lane| Recurrence::fit(lane.column(Probe::Position(0))));
                fit.map_or(f64::NAN, |fit| libm::sqrt(-fit.b))
            },
            1e-9,
        ),
        Check::new(t("the cycle of three", "三点循环"), |_| 0.0, cycle::apart, 1e-12),
        Check::new(
            t("slope of descent", "梯度下降的斜率"),
            |s| scaling::slopes(s, 0)[0],
            |s| scaling::slopes(s, 0)[1],
            0.01,
        ),
    ],
};

fn quadratic(seen: &Seen<'_>) -> Finding {
    let [descent, ball] = [0, 1].map(|i| scaling::slopes(seen, i)[1]);
    let because = t(
        "What improves is the exponent of κ: {} instead of {} here, 1/2 instead of 1 in the limit. Each run still shrinks by a fixed factor per step, {} instead of {}; that is linear convergence, and it holds on quadratics.",
        "改善的是 κ 的指数：此处 {} 而非 {}，极限为 1/2 而非 1。每次运行每步仍缩小一个固定因子，{} 而非 {}；这是线性收敛，且只对二次函数成立。",
    );
    let rates = [1, 0].map(|i| tuning(i, seen.get("kappa")).rate);
    Finding::conditional(ball < descent, seen.tell(because, &[ball, descent, rates[0], rates[1]]))
}

fn always(seen: &Seen<'_>) -> Finding {
    let caught = cycle::apart(seen) < 1e-6;
    let numbers = [arrives(seen, 1), arrives(seen, 0), seen.get("x0")];
    if !numbers.iter().all(|x| x.is_finite()) || !caught {
        let because = t(
            "On this bowl its rate is {} instead of {}. On Lessard's convex function it depends on the start whether it converges at all; {} is not one that is caught within this run.",
            "在此碗上其速率为 {} 而非 {}。在 Lessard 的凸函数上，是否收敛取决于起点；本次运行中 {} 未陷入循环。",
        );
        let rates = [1, 0].map(|i| tuning(i, seen.get("kappa")).rate);
        return Finding::conditional(rates[0] < rates[1], seen.tell(because, &[rates[0], rates[1], seen.get("x0")]));
    }
    let because = t(
        "On this bowl it arrives after {} iterations instead of {}. On a convex function with the curvatures 1 and 25 it is tuned for, it never arrives from {}: it goes round three points.",
        "在此碗上它用 {} 步到达，而非 {} 步。但在曲率恰为其调优所依的 1 与 25 的凸函数上，从 {} 出发永远到不了：它绕着三点打转。",
    );
    Finding::conditional(numbers[0] < numbers[1], seen.tell(because, &numbers))
}
