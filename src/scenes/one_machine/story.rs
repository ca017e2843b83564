//! What is asked of the four costumes, and what they answer.

use super::problem;
use super::remarks::mode_numbers;
use crate::core::Probe;
use crate::param::show_number;
use crate::scenes::models::measure::Recurrence;
use crate::scenes::models::words;
use crate::scenes::{Check, Claim, Finding, Lens, Predict, Seen, Story};
use crate::text::{fill, t};
use crate::theory::heavy_ball::{period_steps, poles, spectral_radius};
use crate::theory::mapping::{Mapping, oscillator_from_momentum, pole_match, predicted_zeta};
use crate::theory::regime::{classify, stability_wall};

/// Whether coordinate `i` of the optimizer follows a recurrence that rings.
fn rings(seen: &Seen<'_>, i: usize) -> bool {
    let Some(lane) = seen.run.lane(Lens::Optimizer).filter(|_| i < problem::curvatures(&seen.run.values).len()) else {
        return false;
    };
    Recurrence::fit(problem::away(seen.run, lane, i)).is_some_and(|fit| fit.period().is_some())
}

/// How far a machine of another lens is from the optimizer at most, at the iterations, over the coordinates
/// that both have; `None` if they share none.
fn distance(seen: &Seen<'_>, lens: Lens) -> Option<f64> {
    let (optimizer, other) = (seen.run.lane(Lens::Optimizer)?, seen.run.lane(lens)?);
    let shared = other.lane.present.iter().enumerate().filter(|(_, there)| **there).map(|(i, _)| i);
    let of = |i: usize| {
        let at = |n: u64| Some((optimizer.at(Probe::Position(i), n)? - other.at(Probe::Position(i), n)?).abs());
        (0..=seen.run.done()).filter_map(at).fold(0.0, f64::max)
    };
    shared.map(of).reduce(f64::max)
}

/// How far the spring is from the optimizer, or that there is none.
fn company(seen: &Seen<'_>) -> String {
    let Some(spring) = distance(seen, Lens::Spring) else {
        let none = t("There is no spring for these values.", "这些值下没有对应的弹簧。");
        return seen.say(none).to_owned();
    };
    let joint = distance(seen, Lens::Controller).unwrap_or(f64::INFINITY);
    let text = t(
        "Over {} iterations the spring is at most {} away from the optimizer and the joint {}, in the coordinates they share.",
        "在 {} 次迭代中，在共有的坐标上弹簧与优化器相距至多 {}，关节至多 {}。",
    );
    seen.tell(text, &[seen.run.done() as f64, spring, joint])
}

fn answer(seen: &Seen<'_>) -> String {
    let first = t("One core steps all four machines. ", "四台机器由同一核心推进。");
    let mode = |i: usize| {
        let (q, beta) = mode_numbers(seen.run, i);
        let text = t(" Mode {}, ηλ = {}, shrinks by {} per step: {}.", "模态 {}（ηλ = {}）每步缩为 {}：{}。");
        let parts = [(i + 1).to_string(), show_number(q), show_number(spectral_radius(q, beta))];
        let [number, q_text, rate] = parts.each_ref().map(String::as_str);
        fill(seen.say(text), &[number, q_text, rate, &words::damping(q, beta, seen.lang())])
    };
    let noise = t(
        " The sampler is the same machine with noise; at T = 0 it is the optimizer.",
        "采样器是加了噪声的同一台机器；T = 0 时就是优化器。",
    );
    let modes: String = (0..problem::curvatures(&seen.run.values).len()).map(mode).collect();
    format!("{}{}{modes}{}", seen.say(first), company(seen), seen.say(noise))
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "All coordinates share one η and one β. Which of them ring?",
            "所有坐标共用同一个 η 和同一个 β。哪些坐标会振荡？",
        ),
        choices: &[
            t("neither", "都不会"),
            t("$x_1$ only", "只有 $x_1$"),
            t("$x_2$ only", "只有 $x_2$"),
            t("both", "两者都会"),
        ],
        right: |seen| usize::from(rings(seen, 0)) + 2 * usize::from(rings(seen, 1)),
    },
    answer,
    claims: &[
        Claim::new("004", t("β mainly controls the damping.", "β 主要控制阻尼。"), controls_damping),
        Claim::new(
            "004",
            t(
                "The momentum term is the damping (D) part of a PD controller.",
                "动量项对应 PD 控制器中的微分（阻尼）部分。",
            ),
            is_the_d_part,
        ),
        Claim::new(
            "004",
            t("A momentum optimizer and a mass–spring–damper are isomorphic.", "动量优化器与质量–弹簧–阻尼系统同构。"),
            is_isomorphic,
        ),
        Claim::new("002", t("With momentum, a larger η no longer diverges.", "有了动量，更大的 η 不再发散。"), carries),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
        "Kovachki & Stuart (2021), Continuous time analysis of momentum methods, J. Mach. Learn. Res. 22",
        "Chen, Fox & Guestrin (2014), Stochastic gradient Hamiltonian Monte Carlo, ICML",
        "Franklin, Powell & Emami-Naeini (2019), Feedback Control of Dynamic Systems, 8th ed., Pearson",
    ],
    checks: &[
        Check::new(t("x₁, η = 0.4, β = 0.5", "x₁，η = 0.4，β = 0.5"), |_| -0.062843, |s| s.end(0, 0), 5e-7),
        Check::new(t("x₂, η = 0.4, β = 0.5", "x₂，η = 0.4，β = 0.5"), |_| 0.001202, |s| s.end(0, 1), 5e-7),
        Check::new(t("x₁, η = 0.4, β = 0", "x₁，η = 0.4，β = 0"), |_| -0.943467, |s| s.end(0, 0), 5e-7).of(2),
        Check::new(t("x₂, η = 0.4, β = 0", "x₂，η = 0.4，β = 0"), |_| -0.000073, |s| s.end(0, 1), 5e-7).of(2),
        Check::new(t("x₁, η = 0.6, β = 0", "x₁，η = 0.6，β = 0"), |_| -0.387814, |s| s.end(0, 0), 5e-7).of(3),
        Check::new(t("x₂, η = 0.6, β = 0", "x₂，η = 0.6，β = 0"), |_| -1673.365109, |s| s.end(0, 1), 5e-7).of(3),
        Check::new(t("x₁, η = 0.6, β = 0.5", "x₁，η = 0.6，β = 0.5"), |_| 0.007188, |s| s.end(0, 0), 5e-7).of(4),
        Check::new(t("x₂, η = 0.6, β = 0.5", "x₂，η = 0.6，β = 0.5"), |_| 0.002553, |s| s.end(0, 1), 5e-7).of(4),
        Check::new(t("ζ of x₁, matched poles", "x₁ 的 ζ，极点匹配"), |_| 1.036, |s| zeta(s, Mapping::Exact), 5e-4),
        Check::new(t("ζ of x₁, textbook", "x₁ 的 ζ，教科书"), |_| 0.884, |s| zeta(s, Mapping::Explicit), 5e-4),
        Check::new(t("larger pole of x₁", "x₁ 的较大极点"), |_| 0.774, |s| pole(s, 0), 5e-4),
        Check::new(t("smaller pole of x₁", "x₁ 的较小极点"), |_| 0.646, |s| pole(s, 1), 5e-4),
        Check::new(t("period of x₂ at η = 0.6 (steps)", "η = 0.6 时 x₂ 的周期（步）"), |_| 2.78, period, 5e-3).of(4),
        Check::new(
            t("spring from optimizer at most", "弹簧与优化器的最大距离"),
            |_| 0.0,
            |s| far(s, Lens::Spring),
            1e-13,
        ),
        Check::new(
            t("joint from optimizer at most", "关节与优化器的最大距离"),
            |_| 0.0,
            |s| far(s, Lens::Controller),
            1e-13,
        ),
        Check::new(
            t("sampler from optimizer at T = 0", "T = 0 时采样器与优化器的距离"),
            |_| 0.0,
            |s| far(s, Lens::Sampler),
            1e-15,
        )
        .of(6),
    ],
};

fn zeta(seen: &Seen<'_>, mapping: Mapping) -> f64 {
    let (q, beta) = mode_numbers(seen.run, 0);
    predicted_zeta(mapping, q, beta)
}

/// A pole of the first mode, the larger one first.
fn pole(seen: &Seen<'_>, i: usize) -> f64 {
    let (q, beta) = mode_numbers(seen.run, 0);
    let [a, b] = poles(q, beta).map(|z| z.re);
    [a.max(b), a.min(b)][i]
}

/// Steps per turn of the second coordinate, measured and of the alias below half a turn per step.
fn period(seen: &Seen<'_>) -> f64 {
    let x = seen.run.lane(Lens::Optimizer).map(|lane| lane.column(Probe::Position(1)));
    let (q, beta) = mode_numbers(seen.run, 1);
    let found = x.and_then(Recurrence::fit).and_then(|fit| fit.period());
    // Held to the poles as well, so that a lucky fit does not pass.
    found.filter(|p| period_steps(q, beta).is_some_and(|exact| (exact - p).abs() <= 1e-6)).unwrap_or(f64::NAN)
}

fn far(seen: &Seen<'_>, lens: Lens) -> f64 {
    distance(seen, lens).unwrap_or(f64::NAN)
}

fn controls_damping(seen: &Seen<'_>) -> Finding {
    let beta = seen.run.values.get("beta");
    let all: Vec<f64> = (0..problem::curvatures(&seen.run.values).len()).map(|i| mode_numbers(seen.run, i).0).collect();
    let mode = |q: &f64| {
        let text = t(" ηλ = {} is {}.", "ηλ = {} 为{}。");
        fill(seen.say(text), &[&show_number(*q), &words::damping(*q, beta, seen.lang())])
    };
    let first = t(
        "The friction c/m = −ln β / h depends on β alone, but the damping ratio on ηλ as well. At this β = {}:",
        "摩擦 c/m = −ln β / h 只取决于 β，阻尼比还取决于 ηλ。在当前 β = {} 下：",
    );
    let same = all.windows(2).all(|w| classify(w[0], beta) == classify(w[1], beta));
    let modes: String = all.iter().map(mode).collect();
    Finding::conditional(same, seen.tell(first, &[beta]) + &modes)
}

/// Friction and mass of the spring of the textbook at this β, per unit of h and η.
fn damper(seen: &Seen<'_>, beta: f64) -> Option<[f64; 2]> {
    let [eta, h] = ["eta", "h"].map(|id| seen.run.values.get(id));
    let spring = oscillator_from_momentum(Mapping::Explicit, eta, beta, 1.0, h).ok()?;
    Some([spring.c, spring.m])
}

fn is_the_d_part(seen: &Seen<'_>) -> Finding {
    let beta = seen.run.values.get("beta").clamp(0.0, 0.98);
    let more = 0.5 * (1.0 + beta);
    let (Some([d, inertia]), Some([less, _])) = (damper(seen, beta), damper(seen, more)) else {
        return Finding::plain(
            false,
            seen.say(t("There is no joint for these values.", "这些值下没有对应的关节。")).to_owned(),
        );
    };
    let because = t(
        "The D part is what is lost: kd + b = (1 − β)h/η falls from {} at β = {} to {} at β = {}. What is kept is inertia, J = h²/η = {} whatever β. More momentum is less D.",
        "微分部分对应失去的动量：kd + b = (1 − β)h/η 由 {}（β = {}）降为 {}（β = {}）。保留的动量是惯量 J = h²/η = {}，与 β 无关。动量越大，微分作用越小。",
    );
    Finding::plain(less > d, seen.tell(because, &[d, beta, less, more, inertia]))
}

fn is_isomorphic(seen: &Seen<'_>) -> Finding {
    let modes = problem::curvatures(&seen.run.values).len();
    let missing = (0..modes).find_map(|i| {
        let (q, beta) = mode_numbers(seen.run, i);
        pole_match(q, beta, 1.0).err().map(|why| (q, why))
    });
    if let Some((q, why)) = missing {
        let text = t("At ηλ = {} there is no such spring: {}.", "ηλ = {} 处没有这样的弹簧：{}。");
        let text = fill(seen.say(text), &[&show_number(q), seen.say(words::no_twin(why))]);
        return Finding::plain(false, text);
    }
    let (q, beta) = mode_numbers(seen.run, 0);
    let [exact, textbook] = [Mapping::Exact, Mapping::Explicit].map(|mapping| predicted_zeta(mapping, q, beta));
    let because = t(
        "On a quadratic, one mode at a time, by matching poles: here ζ = {} for λ₁. The textbook dictionary is a limit of small steps and says {}. With two different negative poles there is no spring, and on other losses the identity holds only as the step goes to zero.",
        "在二次函数上逐个模态匹配极点时成立：此处 λ₁ 的 ζ = {}。教科书的对应是小步长极限，给出 {}。两个不同的负极点没有对应的弹簧；在其他损失上，只在步长趋于零时成立。",
    );
    Finding::conditional(true, seen.tell(because, &[exact, textbook]))
}

fn carries(seen: &Seen<'_>) -> Finding {
    let (eta, beta) = (seen.run.values.get("eta"), seen.run.values.get("beta"));
    let steepest = problem::curvatures(&seen.run.values).into_iter().fold(0.0, f64::max);
    let [alone, carried] = [0.0, beta].map(|beta| stability_wall(beta) / steepest);
    let because = t(
        "The steepest mode limits η to {} without momentum and to 2(1 + β)/λ = {} with this β; η is {}. Beyond the second limit momentum diverges too.",
        "最陡的模态把 η 限制在 {}（无动量）与 2(1 + β)/λ = {}（当前 β）以内；η 为 {}。超过后一界限，动量法同样发散。",
    );
    Finding::conditional(carried > alone, seen.tell(because, &[alone, carried, eta]))
}
