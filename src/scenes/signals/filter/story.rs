//! What is asked of the filter, and what it answers.

use std::f64::consts::TAU;

use super::numbers::passed;
use super::{AVERAGE, SUM, noise, response};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story, Verdict};
use crate::text::t;
use crate::theory::closed_loop::resonance;
use crate::theory::fluctuation::{momentum_variance_ratio, position_variance};
use crate::theory::signal::{ema_cutoff, ema_group_delay, ema_mean_age, ema_noise_gain, sum_noise_gain};

/// How much of the parameter's noise is left: a choice of [`STORY`].
fn share(seen: &Seen<'_>) -> usize {
    let left = noise::left(seen).unwrap_or(f64::NAN);
    if left > 1.25 {
        3
    } else if left > 0.75 {
        2
    } else {
        usize::from(left > 0.3)
    }
}

fn answer(seen: &Seen<'_>) -> String {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let number = |x: Option<f64>| x.unwrap_or(f64::NAN);
    seen.tell(
        t(
            "The averaged buffer is a first-order low-pass: it keeps slow gradients, delays them by β/(1 − β) = {} steps and leaves {} of the noise variance (measured {}). The sum amplifies the same noise {} times. The parameter adds up what the buffer smears out: at equal effective step {} of its variance is left (measured {}).",
            "平均形式的缓冲是一阶低通：保留慢变梯度，延迟 β/(1 − β) = {} 步，噪声方差剩 {} 倍（测量 {}）。求和形式把同样的噪声放大 {} 倍。缓冲抹平的东西又被参数累加起来：等效步长相同时，参数方差仍剩 {} 倍（测量 {}）。",
        ),
        &[
            ema_mean_age(beta),
            ema_noise_gain(beta),
            number(passed(seen, AVERAGE)),
            sum_noise_gain(beta),
            momentum_variance_ratio(eta, beta, 1.0),
            number(noise::left(seen)),
        ],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Momentum and descent take the same effective step. How much of descent’s noise variance remains in the parameter with momentum?",
            "动量法与梯度下降的等效步长相同。有动量时，参数中还剩多少噪声方差（相对梯度下降）？",
        ),
        choices: &[
            t("a small part, as in the averaged buffer", "一小部分，与平均后的缓冲一样"),
            t("about half", "约一半"),
            t("almost all", "几乎全部"),
            t("more than without momentum", "比没有动量时更多"),
        ],
        right: share,
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t("Momentum denoises the gradient: it is a low-pass filter.", "动量为梯度去噪：它是低通滤波器。"),
            denoises,
        ),
        Claim::new(
            "000",
            t("Momentum reduces the noise of stochastic gradients.", "动量减少随机梯度带来的噪声。"),
            reduces,
        ),
    ],
    reading: &[
        "Gitman, Lang, Zhang & Xiao (2019), Understanding the role of momentum in stochastic gradient methods, NeurIPS",
        "Liu, Ziyin & Ueda (2021), Noise and fluctuation of finite learning rate stochastic gradient descent, ICML, arXiv:2012.03636",
    ],
    checks: &[
        Check::new(
            t("noise variance, EMA form", "噪声方差（EMA 形式）"),
            |_| 0.0526,
            |s| ema_noise_gain(s.get("beta")),
            5e-5,
        ),
        Check::new(
            t("−3 dB (rad/step)", "−3 dB（rad/步）"),
            |_| 0.1055,
            |s| ema_cutoff(s.get("beta")).unwrap_or(f64::NAN),
            5e-5,
        ),
        Check::new(
            t("−3 dB, period (steps)", "−3 dB 周期（步）"),
            |_| 59.6,
            |s| TAU / ema_cutoff(s.get("beta")).unwrap_or(f64::NAN),
            0.05,
        ),
        Check::new(
            t("slow delay (steps)", "慢信号延迟（步）"),
            |_| 9.0,
            |s| response::slow_delay(s.get("beta")).unwrap_or(f64::NAN),
            1e-3,
        ),
        Check::new(t("driven gain at −3 dB, squared", "−3 dB 处驱动增益的平方"), |_| 0.5, half_power, 1e-9),
        Check::new(
            t("driven delay at ω", "ω 处驱动延迟"),
            |s| ema_group_delay(s.get("beta"), s.get("omega")),
            delayed,
            1e-3,
        ),
        // Three standard errors: the variance of N samples with correlation β^k scatters by √(2 (1 + β²)/(1 − β²)/N) = 9.8 %.
        Check::new(
            t("noise in the average, run", "平均中的噪声（运行）"),
            |s| ema_noise_gain(s.get("beta")),
            |s| passed(s, AVERAGE).unwrap_or(f64::NAN),
            0.0155,
        ),
        Check::new(
            t("noise in the sum, run", "求和中的噪声（运行）"),
            |s| sum_noise_gain(s.get("beta")),
            |s| passed(s, SUM).unwrap_or(f64::NAN),
            1.55,
        ),
        Check::new(
            t("tracking peak", "跟踪增益峰值"),
            |_| 3.16,
            |_| resonance(0.1, 0.9, 1.0).map_or(f64::NAN, |p| p.1),
            5e-3,
        ),
        Check::new(
            t("period of the peak (steps)", "峰值周期（步）"),
            |_| 19.8,
            |_| resonance(0.1, 0.9, 1.0).map_or(f64::NAN, |p| TAU / p.0),
            0.05,
        ),
    ],
};

fn half_power(seen: &Seen<'_>) -> f64 {
    let beta = seen.get("beta");
    let points = ema_cutoff(beta).map(|omega| response::driven(beta, &[omega], false));
    points.and_then(|points| points.first().map(|p| p.gain * p.gain)).unwrap_or(f64::NAN)
}

fn delayed(seen: &Seen<'_>) -> f64 {
    response::driven(seen.get("beta"), &[seen.get("omega")], false).first().map_or(f64::NAN, |p| p.delay)
}

fn denoises(seen: &Seen<'_>) -> Finding {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let (buffer, parameter) = (ema_noise_gain(beta), momentum_variance_ratio(eta, beta, 1.0));
    let because = seen.tell(
        t(
            "From gradient to averaged buffer yes: {} of the noise variance is left at β = {}. From noise to parameter hardly: {} of the variance is left at equal effective step, and the loop may resonate.",
            "从梯度到平均缓冲，成立：噪声方差剩 {} 倍（β = {}）。从噪声到参数，几乎不成立：等效步长相同时方差仍剩 {} 倍，而且闭环可能共振。",
        ),
        &[buffer, beta, parameter],
    );
    let verdict = match (buffer < 0.5, parameter < 0.5) {
        (true, true) => Verdict::Holds,
        (false, false) => Verdict::Fails,
        _ => Verdict::Conditional,
    };
    Finding { verdict, because }
}

fn reduces(seen: &Seen<'_>) -> Finding {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let printed = position_variance(eta, beta, 1.0, 1.0) / position_variance(eta, 0.0, 1.0, 1.0);
    let because = seen.tell(
        t(
            "At equal printed step η = {} momentum multiplies the parameter’s variance by {}; at equal effective step {} of it is left.",
            "标称步长同为 η = {} 时，动量使参数方差变为 {} 倍；等效步长相同时为 {} 倍。",
        ),
        &[eta, printed, momentum_variance_ratio(eta, beta, 1.0)],
    );
    Finding::conditional(momentum_variance_ratio(eta, beta, 1.0) < 1.0, because)
}
