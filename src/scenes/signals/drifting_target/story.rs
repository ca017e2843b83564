//! What is asked of the drifting minimum, and what it answers.

use super::{MOMENTUM, best, best_here, best_mean, coefficients, ensemble, predicted, steps};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story, Verdict};
use crate::text::t;
use crate::theory::fluctuation::position_variance;
use crate::theory::tracking::{Held, average_ramp_lag, ramp_lag};

/// How much faster or slower the minimum becomes in a question.
const FASTER: f64 = 4.0;
/// Changes of a best β below this are none.
const SAME: f64 = 0.005;

/// The best momentum at the present η with the rate of change times `factor`.
fn best_at(seen: &Seen<'_>, factor: f64) -> f64 {
    let held = Held::Step(seen.get("eta"));
    best(&seen.run.values, held, factor * seen.get("rate")).map_or(f64::NAN, |b| b.0)
}

/// The best memory of a running mean with the rate of change times `factor`.
fn mean_at(seen: &Seen<'_>, factor: f64) -> f64 {
    best_mean(&seen.run.values, factor * seen.get("rate")).unwrap_or(f64::NAN)
}

fn direction(seen: &Seen<'_>) -> usize {
    let change = best_at(seen, FASTER) - best_at(seen, 1.0);
    if change < -SAME { 0 } else { 1 + usize::from(change > SAME) }
}

/// The least error at the present effective step over that without momentum.
fn worth(seen: &Seen<'_>) -> f64 {
    let alpha = steps(&seen.run.values)[2];
    let without = predicted(seen, [alpha, 0.0]).total();
    best(&seen.run.values, Held::EffectiveStep(alpha), seen.get("rate")).map_or(f64::NAN, |b| (b.1 / without).sqrt())
}

fn answer(seen: &Seen<'_>) -> String {
    let [eta, beta, alpha] = steps(&seen.run.values);
    let error = predicted(seen, [eta, beta]);
    let best = best_here(seen).unwrap_or((f64::NAN, f64::NAN));
    seen.tell(
        t(
            "Lag and noise are set by the effective step η/(1 − β) = {}: rms {} of lag and {} of noise. With η fixed, β is the knob of that step: the best is β = {} (rms error {}), and {} if the minimum moves four times as fast. With the effective step fixed, the best β leaves {} of the error without momentum. A running mean is the opposite case: its best memory falls from {} to {}.",
            "滞后与噪声由等效步长 η/(1 − β) = {} 决定：滞后均方根 {}，噪声均方根 {}。固定 η 时，β 就是调节该步长的旋钮：最佳 β = {}（均方根误差 {}），极小点快四倍时为 {}。固定等效步长时，最佳 β 仍保留无动量时误差的 {} 倍。滑动平均正相反：其最佳记忆由 {} 降到 {}。",
        ),
        &[
            alpha,
            error.drift.sqrt(),
            error.noise.sqrt(),
            best.0,
            best.1.sqrt(),
            best_at(seen, FASTER),
            worth(seen),
            mean_at(seen, 1.0),
            mean_at(seen, FASTER),
        ],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "The minimum begins to move four times as fast, and η stays. Which momentum now follows it with the least error?",
            "极小点的移动快了四倍，η 不变。此时误差最小的动量系数如何变化？",
        ),
        choices: &[
            t("a smaller one than before", "比原来小"),
            t("the same as before", "与原来相同"),
            t("a larger one than before", "比原来大"),
        ],
        right: direction,
    },
    answer,
    claims: &[
        Claim::new(
            "001",
            t(
                "If the data change fast, lower β to adapt; if they change slowly, raise it.",
                "数据变化快时应减小 β 以便适应，变化慢时应增大 β。",
            ),
            lowers,
        ),
        Claim::new(
            "001",
            t(
                "Momentum adapts the learning rate and so makes training more adaptive.",
                "动量累积相当于自适应调整学习率，使算法更能适应。",
            ),
            adapts,
        ),
    ],
    reading: &[
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
        "Liu, Ziyin & Ueda (2021), Noise and fluctuation of finite learning rate stochastic gradient descent, ICML, arXiv:2012.03636",
        "Gitman, Lang, Zhang & Xiao (2019), Understanding the role of momentum in stochastic gradient methods, NeurIPS",
        "Franklin, Powell & Emami-Naeini (2019), Feedback Control of Dynamic Systems, 8th ed., Pearson",
    ],
    checks: &[
        Check::new(t("lag behind the ramp", "对匀速漂移的滞后"), lag_wanted, lag_got, 1e-9),
        Check::new(t("lag behind the ramp, ten times as fast", "快十倍时的滞后"), lag_wanted, lag_got, 1e-8).of(1),
        Check::new(
            t("lag of a running mean, β = 0.9 (steps)", "滑动平均的滞后，β = 0.9（步）"),
            |_| 9.0,
            |s| ensemble::average_lag(s).unwrap_or(f64::NAN) / s.get("rate"),
            1e-6,
        ),
        Check::new(
            t("the same by its mean age", "由平均年龄得出的同一滞后"),
            |s| average_ramp_lag(s.get("beta"), s.get("rate")),
            |s| ensemble::average_lag(s).unwrap_or(f64::NAN),
            1e-8,
        ),
        Check::new(t("drift behind the sine, mean square", "对正弦漂移的均方误差"), drift_wanted, drift_got, 2e-4)
            .of(3),
        // Four standard errors of the ensemble, in units of one.
        Check::new(t("noise, in standard errors", "噪声（以标准误差计）"), |_| 0.0, noise_off, 4.0),
        Check::new(t("walk, in standard errors", "随机游走（以标准误差计）"), |_| 0.0, total_off, 4.0).of(2),
        Check::new(t("ramp and noise, in standard errors", "匀速与噪声（以标准误差计）"), |_| 0.0, total_off, 4.0),
        Check::new(t("sine and noise, in standard errors", "正弦与噪声（以标准误差计）"), |_| 0.0, total_off, 4.0)
            .of(3),
    ],
};

fn lag_wanted(seen: &Seen<'_>) -> f64 {
    let [eta, beta] = coefficients(seen, MOMENTUM);
    -ramp_lag(eta, beta, seen.get("rate"))
}

fn lag_got(seen: &Seen<'_>) -> f64 {
    ensemble::lag(coefficients(seen, MOMENTUM), seen.get("rate")).unwrap_or(f64::NAN)
}

fn drift_wanted(seen: &Seen<'_>) -> f64 {
    predicted(seen, coefficients(seen, MOMENTUM)).drift
}

fn drift_got(seen: &Seen<'_>) -> f64 {
    ensemble::parts(seen, coefficients(seen, MOMENTUM)).map_or(f64::NAN, |parts| parts[1].mean)
}

fn noise_off(seen: &Seen<'_>) -> f64 {
    let [eta, beta] = coefficients(seen, MOMENTUM);
    let exact = position_variance(eta, beta, 1.0, seen.get("noise").powi(2));
    ensemble::parts(seen, [eta, beta]).map_or(f64::NAN, |[noise, _]| (noise.mean - exact) / noise.error)
}

fn total_off(seen: &Seen<'_>) -> f64 {
    let here = coefficients(seen, MOMENTUM);
    let exact = predicted(seen, here).total();
    ensemble::total(seen, here, seen.get("rate")).map_or(f64::NAN, |m| (m.mean - exact) / m.error)
}

/// Which of the readings of β want less of it for faster data.
fn lowers(seen: &Seen<'_>) -> Finding {
    let [mean, mean_fast] = [1.0, FASTER].map(|f| mean_at(seen, f));
    let [step, step_fast] = [1.0, FASTER].map(|f| best_at(seen, f));
    let because = t(
        "As the memory of a running mean, yes: the best β goes from {} to {} when the minimum moves four times as fast. As momentum with η fixed it goes from {} to {}: there a larger β is a larger step.",
        "作为滑动平均的记忆：极小点快四倍时，最佳 β 由 {} 变为 {}。作为固定 η 下的动量：由 {} 变为 {}，因为在那里 β 越大步长越大。",
    );
    let because = seen.tell(because, &[mean, mean_fast, step, step_fast]);
    let verdict = match (mean_fast < mean, step_fast < step) {
        (true, true) => Verdict::Holds,
        (false, false) => Verdict::Fails,
        _ => Verdict::Conditional,
    };
    Finding { verdict, because }
}

/// Whether the delay behind a drift depends on anything the gradients do.
fn adapts(seen: &Seen<'_>) -> Finding {
    let [eta, beta, _] = steps(&seen.run.values);
    let delay = |rate: f64| -ensemble::lag([eta, beta], rate).unwrap_or(f64::NAN) / rate;
    let rate = seen.get("rate");
    let [slow, fast] = [rate, FASTER * rate].map(delay);
    let because = t(
        "Behind a steady drift of {} per step it lags {} steps, behind one four times as fast {} steps, and predicted are (1 − β)/(ηλ) = {} for both: the filter is fixed, and no rate adapts to what happens.",
        "对每步 {} 的匀速漂移滞后 {} 步，快四倍时滞后 {} 步，而预测均为 (1 − β)/(ηλ) = {}：滤波器是固定的，没有任何步长随情况调整。",
    );
    let because = seen.tell(because, &[rate, slow, fast, ramp_lag(eta, beta, 1.0)]);
    Finding::plain(fast < 0.999 * slow, because)
}
