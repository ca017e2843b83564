//! What is asked of a weight with rare gradients, and what it answers.

use super::{RARE, bench};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::sparse::{
    Idle, adam_way_per_gradient, modulus, per_gradient, stale_drift, staleness, wall, way_per_gradient,
};

/// Drift of the rare weight under dense momentum between its first two gradients, in steps of the first one.
fn first_drift(seen: &Seen<'_>) -> Option<f64> {
    let came = bench::gradients(seen);
    let first = *came.first()?;
    let end = came.get(1).copied().unwrap_or(seen.run.done());
    let at = |n: u64| seen.at(bench::DENSE, RARE, n);
    Some((at(end) - at(first + 1)) / (at(first + 1) - at(first))).filter(|x| x.is_finite())
}

/// What the lanes did between gradients: the longest way of a lane in a step without a gradient.
fn idle_way(seen: &Seen<'_>, lane: usize) -> f64 {
    let came = bench::gradients(seen);
    let moved = |n: u64| (seen.at(lane, RARE, n + 1) - seen.at(lane, RARE, n)).abs();
    (0..seen.run.done()).filter(|n| came.binary_search(n).is_err()).map(moved).fold(0.0, f64::max)
}

fn gap(seen: &Seen<'_>) -> u64 {
    seen.index("gap").max(1) as u64
}

fn answer(seen: &Seen<'_>) -> String {
    let (q, beta, k) = (seen.get("eta"), seen.get("beta"), gap(seen));
    let numbers = [
        stale_drift(Idle::Coasts, beta, k),
        k as f64,
        idle_way(seen, bench::WAITING),
        per_gradient(Idle::Coasts, beta, k)[0] * q,
        staleness(Idle::Coasts, beta, k),
        modulus(Idle::Coasts, q, beta, k),
        modulus(Idle::Waits, q, beta, k),
    ];
    seen.tell(
        t(
            "On, where its buffer points: {} pushes far until the next gradient, {} steps later; a lazy buffer moves it {}. Seen from one gradient to the next, dense momentum is a heavy ball of step {} and momentum {}: it turns into gradient descent with a long step that is carried out late. Its modulus per gradient is {}, that of the lazy buffer {}.",
            "沿缓冲所指的方向继续走：到下一次梯度之前漂移 {} 个推动的距离（间隔 {} 步）；惰性缓冲则移动 {}。按梯度来看，稠密动量是步长 {}、动量 {} 的重球：变成了步长很大、且延迟执行的梯度下降。其每次梯度的模长为 {}，惰性缓冲为 {}。",
        ),
        &numbers,
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "The first gradient makes a step. How far does a dense buffer carry the weight after that, before the second gradient comes?",
            "第一次梯度走出一步。此后到第二次梯度之前，稠密缓冲还会把权重带多远？",
        ),
        choices: &[
            t("nowhere", "不再移动"),
            t("up to one such step", "至多一步的距离"),
            t("one to five such steps", "一到五步的距离"),
            t("more than five such steps", "超过五步的距离"),
        ],
        right: |seen| match first_drift(seen).unwrap_or(0.0).abs() {
            x if x < 1e-12 => 0,
            x if x <= 1.0 => 1,
            x if x <= 5.0 => 2,
            _ => 3,
        },
    },
    answer,
    claims: &[
        Claim::new(
            "001",
            t("Momentum handles sparse gradients by ignoring them.", "动量法处理稀疏梯度的一种方法是直接忽略。"),
            ignoring,
        ),
        Claim::new(
            "001",
            t(
                "Sparse gradients need a special treatment in the update, or momentum piles up.",
                "稀疏梯度需要在更新公式中特殊处理，否则动量累积会出问题。",
            ),
            special,
        ),
    ],
    reading: &[
        "Duchi, Hazan & Singer (2011), Adaptive subgradient methods for online learning and stochastic optimization, J. Mach. Learn. Res. 12",
        "Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR, arXiv:1412.6980",
    ],
    checks: &[
        Check::new(
            t("first drift of the dense buffer, in first steps", "稠密缓冲的首次漂移，以首步为单位"),
            |s| stale_drift(Idle::Coasts, 0.9, gap(s)),
            |s| first_drift(s).unwrap_or(f64::NAN),
            1e-12,
        ),
        Check::new(
            t("way per gradient on a slope, dense", "斜坡上的每次梯度路程，稠密"),
            |_| way_per_gradient(Idle::Coasts, 0.9, 20),
            |s| bench::way(bench::DENSE, 0.9, gap(s), 400).map_or(f64::NAN, |[_, way]| way),
            1e-9,
        ),
        Check::new(
            t("way per gradient on a slope, waiting", "斜坡上的每次梯度路程，等待"),
            |_| 1.0 / (1.0 - 0.9),
            |s| bench::way(bench::WAITING, 0.9, gap(s), 400).map_or(f64::NAN, |[_, way]| way),
            1e-9,
        ),
        Check::new(
            t("way per gradient on a slope, fading", "斜坡上的每次梯度路程，淡出"),
            |_| way_per_gradient(Idle::Fades, 0.9, 20),
            |s| bench::way(2, 0.9, gap(s), 400).map_or(f64::NAN, |[_, way]| way),
            1e-9,
        ),
        Check::new(
            t("way per gradient on a slope, dense Adam", "斜坡上的每次梯度路程，稠密 Adam"),
            |_| adam_way_per_gradient(0.9, 0.99, 20),
            |s| bench::adam_way(bench::ADAM, [0.9, 0.99], gap(s), 400).map_or(f64::NAN, |[_, way]| way),
            1e-9,
        ),
        Check::new(
            t("dense weight after the run is that of another heavy ball", "稠密权重的终值等于另一重球的终值"),
            |s| {
                let [gain, slow] = per_gradient(Idle::Coasts, s.get("beta"), gap(s));
                let n = s.run.done() / gap(s);
                crate::theory::heavy_ball::response(gain * s.get("eta"), slow, s.get("x0"), 0.0, n)
            },
            |s| s.end(bench::DENSE, 1),
            1e-12,
        ),
        Check::new(
            t("modulus per gradient where the drift is too long", "漂移过长时的每次梯度模长"),
            |s| modulus(Idle::Coasts, s.get("eta"), s.get("beta"), gap(s)),
            |s| bench::modulus(bench::DENSE, s.get("eta"), s.get("beta"), gap(s)).unwrap_or(f64::NAN),
            1e-12,
        )
        .of(1),
        Check::new(
            t("the velocity that waits does not change in a gap", "等待的速度在间隔内不变"),
            |s| s.at(bench::WAITING, Probe::Velocity(1), s.run.done() - gap(s) + 1),
            |s| s.at(bench::WAITING, Probe::Velocity(1), s.run.done()),
            0.0,
        ),
    ],
};

fn ignoring(seen: &Seen<'_>) -> Finding {
    let (beta, k) = (seen.get("beta"), gap(seen));
    let [dense, waiting] = [bench::DENSE, bench::WAITING].map(|i| idle_way(seen, i));
    let because = t(
        "The plain formula takes a missing gradient for 0 and moves on: up to {} in a step of this run. Only a lazy form ignores it and moves {}; but then time stands still for the memory too: the last gradient still counts {} when the next one comes, not β^k = {}.",
        "普通公式把缺失的梯度当作 0 并继续移动：本次运行中一步最多移动 {}。只有惰性形式才真正忽略它，移动 {}；但这样记忆的时间也停住了：下次梯度到来时，上次梯度的权重仍是 {}，而不是 β^k = {}。",
    );
    let numbers = [dense, waiting, staleness(Idle::Waits, beta, k), staleness(Idle::Coasts, beta, k)];
    Finding::conditional(waiting == 0.0, seen.tell(because, &numbers))
}

fn special(seen: &Seen<'_>) -> Finding {
    let (q, beta, k) = (seen.get("eta"), seen.get("beta"), gap(seen));
    let [dense, waiting] = [Idle::Coasts, Idle::Waits].map(|idle| wall(idle, beta, k));
    let because = t(
        "With a gradient every {} steps the dense buffer is stable for ηλ below {} instead of {}, the lazy one up to {}; here ηλ is {}. Below that wall the drift does no harm, and per gradient the dense form shrinks the error by {}, the lazy one by {}.",
        "每 {} 步一次梯度时，稠密缓冲的稳定界由 ηλ < {} 给出（每步都有梯度时为 {}），惰性形式为 {}；此处 ηλ 为 {}。在界以内漂移并无害处：每次梯度稠密形式把误差缩为 {}，惰性形式缩为 {}。",
    );
    let rates = [Idle::Coasts, Idle::Waits].map(|idle| modulus(idle, q, beta, k));
    let numbers = [k as f64, dense, 2.0 * (1.0 + beta), waiting, q, rates[0], rates[1]];
    Finding::conditional(dense < waiting, seen.tell(because, &numbers))
}
