//! Statements of the sources about formulas, each held to short runs of the core.

use std::sync::Arc;

use super::runs::terminal;
use crate::core::fields::{Quadratic, Signal, Tone, Wave};
use crate::core::methods::{Adam, Convention, Momentum, Schedule};
use crate::core::{Probe, State, Stepper, System, Trace, advance};
use crate::scenes::{Claim, Finding, Seen, Verdict};
use crate::text::t;

/// Every statement.
pub const ALL: &[Claim] = &[
    Claim::new(
        "002",
        t(
            "The velocity is a weighted sum of gradients and should not be called an average.",
            "速度是梯度的加权和，不应称为加权平均。",
        ),
        sum_or_average,
    ),
    Claim::new(
        "002",
        t(
            "Each update is the moving average of past plain updates, divided by 1 − γ.",
            "每次更新是过去普通更新量的滑动平均再除以 1 − γ。",
        ),
        average_of_updates,
    ),
    Claim::new(
        "000",
        t("torch.optim.SGD implements v ← γv + ηg, θ ← θ − v.", "torch.optim.SGD 实现的是 v ← γv + ηg，θ ← θ − v。"),
        library,
    ),
    Claim::new("000", t("Momentum is v ← 0.9 v + 0.1 g.", "动量就是 v ← 0.9 v + 0.1 g。"), nine_and_one),
    Claim::new(
        "001",
        t(
            "The average with rate α and the code SGD(lr = 0.001, momentum = 0.9) are one method.",
            "以 α 为学习率的平均公式与代码 SGD(lr = 0.001, momentum = 0.9) 是同一方法。",
        ),
        formula_and_code,
    ),
    Claim::new("001", t("Momentum has to store past gradients.", "动量法需要存储历史梯度。"), memory),
    Claim::new("001", t("Momentum is a method of adaptive learning rates.", "动量是一种自适应学习率算法。"), adaptive),
    Claim::new(
        "003",
        t("v ← βv + (1 − β)∇J, θ ← θ − v needs no learning rate.", "v ← βv + (1 − β)∇J，θ ← θ − v，无需学习率。"),
        without_rate,
    ),
];

/// What a method records of `probe` after every one of `steps` steps on x²/2 from x = 1.
fn descent(method: impl Stepper + 'static, probe: Probe, steps: u64) -> Vec<f64> {
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), method);
    let mut trace = Trace::new(&[probe], 0);
    advance(&system, &mut State::at(&[1.0], &[], 1, 0, 0), steps, &mut trace);
    trace.column(probe).to_vec()
}

/// The largest difference of two columns.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

fn sum_or_average(seen: &Seen<'_>) -> Finding {
    let beta = seen.get("beta");
    let [sum, average] = [Convention::Accumulating, Convention::MovingAverage]
        .map(|kept| descent(Momentum::new(0.1, beta, kept), Probe::Velocity(0), 60));
    let scaled: Vec<f64> = average.iter().map(|m| m / (1.0 - beta)).collect();
    let largest = apart(&sum, &scaled);
    let because = t(
        "Both readings are one number: Σγⁱg is the weighted average divided by 1 − γ = {}. Over 60 steps the two differ by {} at most. Only “1/(1 − γ) times the weighted sum” would count twice.",
        "两种说法是同一个数：Σγⁱg 即加权平均除以 1 − γ = {}。60 步内两者最多相差 {}。只有“加权和的 1/(1 − γ) 倍”才是重复计算。",
    );
    Finding::conditional(largest < 1e-12, seen.tell(because, &[1.0 - beta, largest]))
}

fn average_of_updates(seen: &Seen<'_>) -> Finding {
    let (eta, beta) = (0.1, seen.get("beta"));
    let update = descent(Momentum::new(eta, beta, Convention::Displacement), Probe::Velocity(0), 60);
    let average = descent(Momentum::new(eta, beta, Convention::MovingAverage), Probe::Velocity(0), 60);
    let divided: Vec<f64> = average.iter().map(|m| eta * m / (1.0 - beta)).collect();
    let largest = apart(&update, &divided);
    let because = t(
        "Exactly so at constant rate: the update and the average of plain updates over 1 − γ differ by {} at most in 60 steps.",
        "学习率恒定时完全如此：60 步内更新量与“普通更新量的平均除以 1 − γ”最多相差 {}。",
    );
    Finding::plain(largest < 1e-12, seen.tell(because, &[largest]))
}

fn library(seen: &Seen<'_>) -> Finding {
    let at = |convention, schedule| {
        let path = descent(Momentum { schedule, ..Momentum::new(0.1, 0.9, convention) }, Probe::Position(0), 26);
        path.last().copied().unwrap_or(f64::NAN)
    };
    let both = |schedule| [Convention::Displacement, Convention::Accumulating].map(|c| at(c, schedule));
    let ([v, b], [w, c]) = (both(Schedule::Constant), both(Schedule::Drop { at: 20, factor: 0.1 }));
    let because = t(
        "The library keeps b ← γb + g and applies ηb. At constant η the paths differ by {} after 26 steps; if η falls to a tenth at step 20 they stand at {} and {}.",
        "该库保存 b ← γb + g，再乘 η。η 恒定时 26 步后路径相差 {}；若第 20 步 η 降为十分之一，则两者分别为 {} 与 {}。",
    );
    Finding::conditional((v - b).abs() < 1e-12 && (w - c).abs() > 1e-3, seen.tell(because, &[(v - b).abs(), w, c]))
}

fn nine_and_one(seen: &Seen<'_>) -> Finding {
    let weight = |eta: f64| terminal(Momentum::new(eta, 0.9, Convention::Displacement));
    let because = t(
        "Only because η = 1 − γ = 0.1 there: the weights then add up to {}, as an average’s do. At γ = 0.9 and η = 0.01 the same formula adds up to {}.",
        "只因此处 η = 1 − γ = 0.1：权重之和恰为 {}，如同平均。γ = 0.9、η = 0.01 时同一公式的权重和为 {}。",
    );
    let numbers = [weight(0.1), weight(0.01)];
    Finding::conditional((numbers[0] - 1.0).abs() < 1e-9 && numbers[1] < 0.5, seen.tell(because, &numbers))
}

fn formula_and_code(seen: &Seen<'_>) -> Finding {
    let [formula, code] = [Momentum::ema(0.001, 0.9), Momentum::pytorch(0.001, 0.9)].map(terminal);
    let because = t(
        "Under a constant gradient of 1 the formula walks {} per step and the code {}: the code is the formula with α = η/(1 − γ), {} times the printed rate.",
        "在恒为 1 的梯度下，公式每步走 {}，代码每步走 {}：代码相当于 α = η/(1 − γ) 的公式，是标称学习率的 {} 倍。",
    );
    let numbers = [formula, code, code / formula];
    Finding::plain((numbers[2] - 1.0).abs() < 1e-9, seen.tell(because, &numbers))
}

fn memory(seen: &Seen<'_>) -> Finding {
    let method = Momentum::pytorch(0.1, 0.9);
    let state = State::at(&[1.0], &[], 1, 0, 0);
    let kept = state.v.len() + method.slots() * state.q.len();
    let (path, buffer) = (descent(method, Probe::Position(0), 60), descent(method, Probe::Velocity(0), 60));
    // On x²/2 the downhill gradient is −x, so that the whole history can be summed up beside the buffer.
    let history = std::iter::once(&1.0).chain(&path).take(60).fold(0.0, |sum, x| 0.9 * sum - x);
    let lost = (history - buffer.last().copied().unwrap_or(f64::NAN)).abs();
    let because = t(
        "It keeps {} number per parameter. After 60 steps that number and the weighted sum of all 60 past gradients differ by {}.",
        "每个参数只存 {} 个数。60 步后，这个数与全部 60 个历史梯度的加权和相差 {}。",
    );
    Finding::plain(kept > 1, seen.tell(because, &[kept as f64, lost]))
}

fn adaptive(seen: &Seen<'_>) -> Finding {
    let tone = |amplitude| Tone { wave: Wave::Level, amplitude, noise: 0.0 };
    let ratio = |method: Arc<dyn Stepper>| {
        let system = System { field: Arc::new(Signal::new(&[tone(1.0), tone(100.0)], 0.0, 0)), stepper: method };
        let mut state = State::at(&[0.0; 2], &[], 1, 0, 0);
        advance(&system, &mut state, 50, &mut ());
        state.coordinate(1).first().zip(state.coordinate(0).first()).map_or(f64::NAN, |(large, small)| large / small)
    };
    let momentum = ratio(Arc::new(Momentum::pytorch(0.01, 0.9)));
    let adam = ratio(Arc::new(Adam::new(0.01, 0.9, 0.999, 1e-8)));
    let because = t(
        "It is a fixed linear filter: a gradient 100 times as large moves a parameter {} times as far in 50 steps. A method that adapts, Adam, moves it {} times as far.",
        "它是固定的线性滤波器：梯度大 100 倍，50 步内参数就走 {} 倍远。真正自适应的方法 Adam 走 {} 倍远。",
    );
    Finding::plain((momentum / 100.0 - 1.0).abs() > 0.01, seen.tell(because, &[momentum, adam]))
}

fn without_rate(seen: &Seen<'_>) -> Finding {
    let [formula, code] =
        [Momentum::ema(1.0, 0.9), Momentum::pytorch(0.01, 0.9)].map(|method| descent(method, Probe::Position(0), 2));
    let at = |path: &[f64], n: usize| path.get(n).copied().unwrap_or(f64::NAN);
    let because = t(
        "Without a rate it is the average with α = 1. On w²/2 from 1 it goes to {} and {}; the code of the same article, with a rate of 0.01, goes to {} and {}.",
        "不写学习率就是 α = 1 的平均式。在 w²/2 上从 1 出发得到 {} 与 {}；同文代码的学习率为 0.01，得到 {} 与 {}。",
    );
    let numbers = [at(&formula, 0), at(&formula, 1), at(&code, 0), at(&code, 1)];
    let verdict = if apart(&formula, &code) < 1e-9 { Verdict::Holds } else { Verdict::Fails };
    Finding { verdict, because: seen.tell(because, &numbers) }
}
