//! What is asked of the three dampings, and what they answer.

use super::many::{best, both_modes, modes};
use super::ratio::tuned;
use super::{betas, share};
use crate::core::Probe;
use crate::param::show_number;
use crate::scenes::models::measure::Recurrence;
use crate::scenes::models::words;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{fill, t};
use crate::theory::heavy_ball::{exact_steps, period_steps, response, spectral_radius};
use crate::theory::oscillator::{Oscillator, fastest_settling};
use crate::theory::regime::{classify, critical_beta, is_stable, overdamped_border, stability_wall};

/// The lane that leaves the settling band last of all earliest, as far as the run shows.
fn first_settled(seen: &Seen<'_>) -> usize {
    let last = |x: &[f64]| x.iter().rposition(|x| !(x.abs() <= share(seen)));
    let all = seen.run.lanes.iter().map(|lane| match lane.diverged_at() {
        Some(_) => usize::MAX,
        None => last(lane.column(Probe::Position(0))).map_or(0, |n| n + 1),
    });
    all.enumerate().min_by_key(|(_, n)| *n).map_or(0, |(i, _)| i)
}

fn answer(seen: &Seen<'_>) -> String {
    let (q, at) = (seen.get("q"), critical_beta(seen.get("q")));
    let [beta, steps] = best(seen, false);
    let critical = exact_steps(q, at, share(seen)).map_or(f64::NAN, |n| n as f64);
    let one = t(
        "For one mode the rate per step is best, {}, exactly at the critical β = (1 − √ηλ)² = {}. Settling within the band is another matter: critical takes {} steps, β = {} takes {}.",
        "对单个模态，每步收缩率的最好值 {} 恰在临界 β = (1 − √ηλ)² = {} 处。稳定到带内则是另一回事：临界需 {} 步，β = {} 需 {} 步。",
    );
    let many = t(
        " If the step may be chosen too, the best β for all modes up to κ = {} is {}: critical for the two extreme modes, and all between are underdamped.",
        "若步长也可选，对直到 κ = {} 的所有模态，最优的 β 为 {}：只对两个极端模态临界，其间都欠阻尼。",
    );
    let first = seen.tell(one, &[spectral_radius(q, at), at, critical, beta, steps]);
    let last = seen.tell(many, &[seen.get("kappa"), tuned(seen.get("kappa")).beta]);
    first + &both_modes(seen) + &last
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Which lane is the first to stay within the settling band for good?",
            "哪条轨道最先永远留在稳定带内？",
        ),
        choices: &[super::LANES[0].0, super::LANES[1].0, super::LANES[2].0, super::LANES[3].0],
        right: first_settled,
    },
    answer,
    claims: &[
        Claim::new("004", t("Critical damping returns fastest.", "临界阻尼回到平衡最快。"), returns_fastest),
        Claim::new("004", t("A small β is stable but slow.", "β 小则稳定但缓慢。"), stable_but_slow),
        Claim::new("004", t("β mainly controls the damping.", "β 主要控制阻尼。"), controls_damping),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
        "Lessard, Recht & Packard (2016), Analysis and design of optimization algorithms, SIAM J. Optim. 26",
        "O'Donoghue & Candès (2015), Adaptive restart for accelerated gradient schemes, Found. Comput. Math. 15",
    ],
    checks: &[
        Check::new(t("small friction, last iterate", "小摩擦，末次迭代"), |s| closed(s, 0), |s| s.end(0, 0), 1e-13),
        Check::new(t("critical, last iterate", "临界，末次迭代"), |s| closed(s, 1), |s| s.end(1, 0), 1e-13),
        Check::new(t("large friction, last iterate", "大摩擦，末次迭代"), |s| closed(s, 2), |s| s.end(2, 0), 1e-13),
        Check::new(t("your β, last iterate", "自选 β，末次迭代"), |s| closed(s, 3), |s| s.end(3, 0), 1e-13),
        Check::new(t("alternating lane, last iterate", "符号交替，末次迭代"), |s| closed(s, 2), |s| s.end(2, 0), 1e-12)
            .of(1),
        Check::new(t("critical, steps to settle", "临界，稳定步数"), |s| steps(s, 1), |s| counted(s, 1), 0.0),
        Check::new(t("your β, steps to settle", "自选 β，稳定步数"), |s| steps(s, 3), |s| counted(s, 3), 0.0),
        Check::new(t("small friction, period", "小摩擦，周期"), period, measured_period, 1e-6),
        Check::new(
            t("2 % settling of critical damping, ω₀T", "临界阻尼的 2 % 稳定时间 ω₀T"),
            |_| 5.8339,
            |_| spring(1.0),
            5e-5,
        ),
        Check::new(
            t("fastest damping ratio at 2 %", "2 % 最快的阻尼比"),
            |_| 0.77970,
            |_| fastest_settling(0.02)[0],
            5e-6,
        ),
        Check::new(t("its settling time, ω₀T", "其稳定时间 ω₀T"), |_| 3.6025, |_| fastest_settling(0.02)[1], 5e-5),
    ],
};

fn closed(seen: &Seen<'_>, i: usize) -> f64 {
    response(seen.get("q"), betas(&seen.run.values)[i], 1.0, 0.0, seen.run.done())
}

fn steps(seen: &Seen<'_>, i: usize) -> f64 {
    exact_steps(seen.get("q"), betas(&seen.run.values)[i], share(seen)).map_or(f64::NAN, |n| n as f64)
}

fn counted(seen: &Seen<'_>, i: usize) -> f64 {
    seen.lane(i).and_then(|lane| super::settled(seen, lane)).unwrap_or(f64::NAN)
}

fn period(seen: &Seen<'_>) -> f64 {
    period_steps(seen.get("q"), betas(&seen.run.values)[0]).unwrap_or(f64::NAN)
}

fn measured_period(seen: &Seen<'_>) -> f64 {
    let x = seen.lane(0).map(|lane| lane.column(Probe::Position(0)));
    x.and_then(Recurrence::fit).and_then(|fit| fit.period()).unwrap_or(f64::NAN)
}

/// 2 % settling of a spring with this damping ratio, in units of 1/ω₀.
fn spring(zeta: f64) -> f64 {
    Oscillator { m: 1.0, c: 2.0 * zeta, k: 1.0 }.settling_exact(0.02).unwrap_or(f64::NAN)
}

fn returns_fastest(seen: &Seen<'_>) -> Finding {
    let (q, eps) = (seen.get("q"), share(seen));
    let [beta, least] = best(seen, false);
    let critical = exact_steps(q, critical_beta(q), eps).map_or(f64::NAN, |n| n as f64);
    let rate = |beta| spectral_radius(q, beta);
    let at = critical_beta(q);
    // The border is a cusp of the rate: any other momentum is slower.
    let best_rate = [0.9 * at, 0.5 * (1.0 + at)].iter().all(|b| rate(*b) >= rate(at));
    let because = t(
        "By the asymptotic rate it does: {} per step, and no other β has less. By the time to stay within {} % it does not: {} steps, against {} at β = {}, whose overshoot stays within the band.",
        "按渐近收缩率成立：每步 {}，没有更小的。按此后不超出 {} % 的时间则不成立：它需 {} 步，而 {} 步就够的 β = {} 的超调不出稳定带。",
    );
    let text = seen.tell(because, &[rate(at), seen.get("share"), critical, least, beta]);
    if critical <= least { Finding::plain(best_rate, text) } else { Finding::conditional(best_rate, text) }
}

fn stable_but_slow(seen: &Seen<'_>) -> Finding {
    const SMALL: f64 = 0.1;
    let (q, beta) = (seen.get("q"), seen.get("beta"));
    let steps = |b| exact_steps(q, b, share(seen)).map_or(f64::INFINITY, |n| n as f64);
    let because = t(
        "The range of stable steps, ηλ < 2(1 + β), grows with β: to {} at β = 0.1, to {} at the β of your lane. At this ηλ the one settles in {} steps, the other in {}. What a small β buys is less overshoot.",
        "稳定步长的范围 ηλ < 2(1 + β) 随 β 增大：β = 0.1 时到 {}，自选 β 时到 {}。在当前 ηλ 下，前者 {} 步稳定，后者 {} 步。小 β 换来的是更小的超调。",
    );
    let numbers = [stability_wall(SMALL), stability_wall(beta), steps(SMALL), steps(beta)];
    let slower = is_stable(q, SMALL) && steps(SMALL) > steps(beta);
    Finding::conditional(slower, seen.tell(because, &numbers))
}

fn controls_damping(seen: &Seen<'_>) -> Finding {
    let beta = seen.get("beta");
    let [flat, steep] = modes(seen);
    let because = t(
        "The friction rate c/m = −ln β = {} depends on β alone. The damping does not: with one β = {} the mode ηλ = {} is {}, and ηλ = {} is {}. The border lies at ηλ = (1 − √β)² = {}.",
        "摩擦率 c/m = −ln β = {} 只取决于 β。阻尼却不是：同一个 β = {}，模态 ηλ = {} 为{}，ηλ = {} 为{}。分界在 ηλ = (1 − √β)² = {}。",
    );
    let numbers = [-libm::log(beta), beta, flat, steep, overdamped_border(beta)].map(show_number);
    let [friction, shown, first, second, border] = numbers.each_ref().map(String::as_str);
    let [one, other] = [flat, steep].map(|q| words::damping(q, beta, seen.lang()));
    let text = fill(seen.say(because), &[friction, shown, first, &one, second, &other, border]);
    Finding::conditional(classify(flat, beta) == classify(steep, beta), text)
}
