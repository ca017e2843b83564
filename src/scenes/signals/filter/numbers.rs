//! Numbers beside the filters: what noise and tone become.

use super::{AVERAGE, NOISY, QUIET, RAW, SUM, noise, response};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::fluctuation::momentum_variance_ratio;
use crate::theory::signal::{ema_cutoff, ema_gain, ema_mean_age, ema_noise_gain, sum_noise_gain};

/// What noise is left in a lane's buffer: variance of what it has more than its noiseless twin, per
/// variance of the gradient's, after the transient.
pub(super) fn passed(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let variance = |i: usize| -> Option<f64> {
        let lane = seen.lane(i)?;
        let rest = lane.column(NOISY).iter().zip(lane.column(QUIET)).skip(noise::settled(seen.get("beta")));
        let (n, sum) = rest.map(|(a, b)| (a - b).powi(2)).fold((0, 0.0), |(n, sum), d| (n + 1, sum + d));
        (n > 1).then(|| sum / f64::from(n))
    };
    Some(variance(i)? / variance(RAW)?).filter(|ratio| ratio.is_finite())
}

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let beta = seen.get("beta");
    let note = t(
        "Variance of the noise in the buffer over that in the gradient. Measured: the run minus its noiseless coordinate.",
        "缓冲中噪声方差与梯度噪声方差之比。测量：有噪声坐标减去无噪声坐标。",
    );
    let source = "white noise through a first-order filter";
    let mut out = vec![
        number(seen, t("noise in average", "平均中的噪声"), note)
            .predicted(ema_noise_gain(beta))
            .measured(passed(seen, AVERAGE))
            .by("$(1 − β)/(1 + β)$", &["beta"], source)
            .done(),
        number(seen, t("noise in sum", "求和中的噪声"), note)
            .predicted(sum_noise_gain(beta))
            .measured(passed(seen, SUM))
            .by("$1/(1 − β^2)$", &["beta"], source)
            .done(),
    ];
    out.extend(tone(seen));
    out.push(
        number(
            seen,
            t("noise in parameter", "参数中的噪声"),
            t(
                "Stationary variance of the parameter in a bowl of curvature 1, with momentum over without, at equal effective step η: barely less. Measured: an ensemble run through the core.",
                "曲率为 1 的碗中参数的平稳方差之比（有动量／无动量，等效步长同为 η）：几乎不减。测量：核心运行的系综。",
            ),
        )
        .predicted(momentum_variance_ratio(seen.get("eta"), beta, 1.0))
        .measured(noise::left(seen))
        .by("$(1 − q/2)/(1 − q(1 − β)/(2(1 + β)))$, $q = η$", &["eta", "beta"], "derived; Gitman et al. 2019")
        .done(),
    );
    out
}

/// What becomes of the wave, and where the filter begins.
fn tone(seen: &Seen<'_>) -> Vec<Readout> {
    let (beta, omega) = (seen.get("beta"), seen.get("omega"));
    let measured = response::driven(beta, &[omega], false);
    let [gain, delay] = measured.first().map_or([f64::NAN; 2], |point| [point.gain, point.delay]);
    let note = t(
        "The average against the gradient at the frequency of the wave. Measured: the core driven at this frequency.",
        "在波的频率处，平均相对于梯度的增益。测量：核心以该频率驱动。",
    );
    vec![
        number(seen, t("gain at $ω$", "$ω$ 处增益"), note)
            .predicted(ema_gain(beta, omega))
            .measured(gain)
            .by("$(1 − β)/|1 − βe^{−iω}|$", &["beta", "omega"], "transfer function")
            .done(),
        number(
            seen,
            t("delay at $ω$", "$ω$ 处延迟"),
            t(
                "Group delay at the frequency of the wave, in steps; β/(1 − β) for slow signals.",
                "波的频率处的群延迟（步）；慢信号为 β/(1 − β)。",
            ),
        )
        .predicted(crate::theory::signal::ema_group_delay(beta, omega))
        .measured(delay)
        .by("$(β cos ω − β^2)/|1 − βe^{−iω}|^2$", &["beta", "omega"], "transfer function")
        .done(),
        number(
            seen,
            t("slow delay", "慢信号延迟"),
            t(
                "Steps by which the average lags behind a slow gradient: the mean age of its weights.",
                "平均落后于慢变梯度的步数：其权重的平均年龄。",
            ),
        )
        .predicted(ema_mean_age(beta))
        .measured(response::slow_delay(beta))
        .by("$β/(1 − β)$", &["beta"], "transfer function at $ω → 0$")
        .done(),
        number(
            seen,
            t("half power at", "半功率频率"),
            t(
                "Frequency of −3 dB in rad/step; there is none for β < 3 − 2√2.",
                "−3 dB 频率（rad/步）；β < 3 − 2√2 时不存在。",
            ),
        )
        .predicted(ema_cutoff(beta))
        .by("$cos ω = (4β − 1 − β^2)/(2β)$", &["beta"], "transfer function")
        .done(),
    ]
}

pub(super) fn notes(seen: &Seen<'_>) -> Vec<String> {
    let beta = seen.get("beta");
    let text = t(
        "The sum passes every frequency 1/(1 − β) = {} times as strongly as the average: at the same printed step it amplifies, noise included.",
        "求和形式对每个频率的增益都是平均形式的 1/(1 − β) = {} 倍：在相同的标称步长下它是放大器，噪声也一并放大。",
    );
    vec![seen.tell(text, &[1.0 / (1.0 - beta)])]
}
