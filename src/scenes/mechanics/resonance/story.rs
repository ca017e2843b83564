//! What is asked of resonance, and what it answers.

use std::f64::consts::{PI, TAU};

use super::{gain, lag, omega, swing, worst};
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::closed_loop::{disturbance_response, driven_response, resonance};
use crate::theory::matrix::Complex;
use crate::theory::regime::is_stable;
use crate::theory::signal::ema_gain;

/// Gain over the period of the drive.
fn curve(seen: &Seen<'_>) -> [Vec<f64>; 2] {
    let periods = log_spaced(2.0, 400.0, 400);
    let gains = periods.iter().map(|p| gain(seen.get("q"), seen.get("beta"), TAU / p).norm()).collect();
    [periods, gains]
}

fn answer(seen: &Seen<'_>) -> String {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let here = gain(q, beta, omega(&seen.run.values));
    let peak = worst(q, beta);
    let first = t(
        "A drive of period {} is answered with gain {} and a lag of {}°.",
        "周期 {} 的驱动得到增益 {} 与 {}° 的滞后。",
    );
    let first = seen.tell(first, &[seen.get("period"), here.norm(), lag(here)]);
    let rest = match peak {
        Some((omega, size)) => seen.tell(
            t(
                " Slow drives are followed with gain 1, fast ones are filtered ({} at period 2), and between them momentum resonates like a weakly damped spring: at most ×{}, at period {}.",
                "慢的驱动以增益 1 被跟随，快的被滤除（周期 2 时为 {}），两者之间动量像弱阻尼弹簧一样共振：最大 ×{}，在周期 {} 处。",
            ),
            &[gain(q, beta, PI).norm(), size, TAU / omega],
        ),
        None if is_stable(q, beta) => seen.tell(
            t(
                " Slow drives are followed with gain 1 and fast ones are answered with {} (period 2); there is no resonance between them.",
                "慢的驱动以增益 1 被跟随，快的（周期 2）增益为 {}；两者之间没有共振。",
            ),
            &[gain(q, beta, PI).norm()],
        ),
        None => seen.say(t(" But the map diverges at this ηλ, whatever the drive.", "但在此 ηλ 下无论怎样驱动，映射都发散。")).to_owned(),
    };
    first + &rest
}

pub static STORY: Story = Story {
    predict: Predict::Sketch {
        question: t(
            "How strongly does the optimizer answer a gradient that swings, over the period of the swing? A gain of 1 follows it.",
            "优化器对摆动的梯度响应有多强？画出增益随摆动周期的变化；增益 1 表示恰好跟随。",
        ),
        place: ["bode", "gain"],
        truth: curve,
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t("Tuning β is tuning a damper against destructive resonance.", "调节 β 就是调节阻尼器以防破坏性共振。"),
            tunes_a_damper,
        ),
        Claim::new(
            "004",
            t("Momentum is a low-pass filter that denoises the gradient.", "动量是低通滤波器，可为梯度去噪。"),
            filters,
        ),
    ],
    reading: &[
        "Franklin, Powell & Emami-Naeini (2019), Feedback Control of Dynamic Systems, 8th ed., Pearson",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
    ],
    checks: &[
        Check::new(t("largest gain at β = 0.9", "β = 0.9 的最大增益"), |_| 3.16, |_| peak(0.9).1, 5e-3),
        Check::new(t("its period", "其周期"), |_| 19.8, |_| TAU / peak(0.9).0, 5e-2),
        Check::new(t("largest gain at β = 0.99", "β = 0.99 的最大增益"), |_| 32.0, |_| peak(0.99).1, 0.5),
        Check::new(t("last iterate", "末次迭代"), last, |s| s.end(0, 0), 1e-12),
        Check::new(t("last iterate, fast drive", "末次迭代，快速驱动"), last, |s| s.end(0, 0), 1e-12).of(1),
        Check::new(t("last iterate, β = 0.99", "末次迭代，β = 0.99"), last, |s| s.end(0, 0), 1e-10).of(3),
        Check::new(t("gain of this run", "本次运行的增益"), exact, found, 1e-3),
        Check::new(t("gain under the slow drive", "慢速驱动的增益"), exact, found, 1e-9).of(2),
        Check::new(t("gain of the driven spring", "受迫弹簧的增益"), spring_exact, spring_found, 2e-3),
        Check::new(
            t("lag at period 100, ηλ = 0.01 (degrees)", "周期 100、ηλ = 0.01 的滞后（度）"),
            |_| 45.0,
            |_| lag(gain(0.01, 0.9, TAU / 100.0)),
            0.5,
        ),
    ],
};

fn peak(beta: f64) -> (f64, f64) {
    resonance(0.1, beta, 1.0).unwrap_or((f64::NAN, f64::NAN))
}

fn last(seen: &Seen<'_>) -> f64 {
    driven_response(seen.get("q"), seen.get("beta"), omega(&seen.run.values), seen.run.done())
}

fn exact(seen: &Seen<'_>) -> f64 {
    gain(seen.get("q"), seen.get("beta"), omega(&seen.run.values)).norm()
}

fn found(seen: &Seen<'_>) -> f64 {
    seen.lane(0).and_then(|lane| swing(seen, lane)).map_or(f64::NAN, Complex::norm)
}

fn spring_exact(seen: &Seen<'_>) -> f64 {
    let spring = super::spring(seen.get("q"), seen.get("beta"));
    let answer = |s| crate::theory::closed_loop::anchor_response(&s, omega(&seen.run.values)).norm();
    spring.map_or(f64::NAN, answer)
}

fn spring_found(seen: &Seen<'_>) -> f64 {
    seen.lane(1).and_then(|lane| swing(seen, lane)).map_or(f64::NAN, Complex::norm)
}

fn tunes_a_damper(seen: &Seen<'_>) -> Finding {
    let q = seen.get("q");
    let top = |beta: f64| worst(q, beta).map_or(1.0, |p| p.1);
    let [low, mid, high] = [0.5, 0.9, 0.99].map(top);
    let because = t(
        "At this ηλ the largest gain is {} at β = 0.5, {} at 0.9 and {} at 0.99: the friction −ln β that is left is what keeps the resonance down.",
        "在当前 ηλ 下，最大增益在 β = 0.5 时为 {}，0.9 时为 {}，0.99 时为 {}：抑制共振的正是剩下的摩擦 −ln β。",
    );
    Finding::plain(low <= mid && mid < high, seen.tell(because, &[low, mid, high]))
}

fn filters(seen: &Seen<'_>) -> Finding {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let top = resonance(q, beta, 1.0).map_or((0.0, 1.0), |p| p);
    let buffer = ema_gain(beta, top.0);
    let parameter = disturbance_response(q, beta, 1.0, top.0).norm();
    let fast = disturbance_response(q, beta, 1.0, PI).norm();
    let because = t(
        "From gradient to buffer it is a low-pass: gain {} at ω = {}. From gradient noise to the parameter it is a loop of second order: gain {} at that frequency, and {} at the fastest.",
        "从梯度到缓冲是低通：增益 {}（ω = {}）。从梯度噪声到参数则是二阶回路：同一频率处增益 {}，最快处 {}。",
    );
    // It denoises throughout only where nothing is amplified.
    let text = seen.tell(because, &[buffer, top.0, parameter, fast]);
    if parameter > 1.0 { Finding::conditional(fast < 1.0, text) } else { Finding::plain(fast < 1.0, text) }
}
