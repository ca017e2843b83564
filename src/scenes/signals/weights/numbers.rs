//! Numbers beside the weights: the share inside the window, and what is left of noise.

use super::{AVERAGE, PULSE, inside, recorded};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::signal::{
    ema_e_fold, ema_equal_noise_length, ema_half_life, ema_mean_age, ema_weight, ema_weight_in_window,
};

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let gamma = seen.get("gamma");
    let weights = recorded(seen, AVERAGE, PULSE);
    let ratio = weights.first().zip(weights.get(1)).map(|(newest, next)| next / newest);
    let entry = |label, note, exact: f64, got: Option<f64>, formula: &str| {
        number(seen, label, note).predicted(exact).measured(got).by(formula, &["gamma"], "geometric weights").done()
    };
    vec![
        entry(
            t("weight in window", "窗内权重"),
            t(
                "Share of the newest 1/(1 − γ) samples; measured: the average of a level after as many steps.",
                "最新 1/(1 − γ) 个样本的权重；测量：常值信号经过同样步数后的平均。",
            ),
            ema_weight_in_window(gamma),
            inside(seen),
            "$1 − γ^{1/(1 − γ)}$",
        ),
        entry(
            t("newest weight", "最新权重"),
            t(
                "The largest weight of all; measured: the average of a pulse after one step.",
                "所有权重中最大的一个；测量：脉冲经过一步后的平均。",
            ),
            ema_weight(gamma, 0),
            weights.first().copied(),
            "$1 − γ$",
        ),
        entry(
            t("half-life", "半衰期"),
            t(
                "Steps in which a weight halves; measured: from the first two weights.",
                "权重减半的步数；测量：由前两个权重得出。",
            ),
            ema_half_life(gamma),
            ratio.map(ema_half_life),
            "$ln ½ / ln γ$",
        ),
        entry(
            t("mean age", "平均年龄"),
            t(
                "Mean age of the average; measured: over the weights of the run.",
                "平均的平均年龄；测量：运行所得权重的加权平均。",
            ),
            ema_mean_age(gamma),
            Some(weights.iter().enumerate().map(|(age, w)| age as f64 * w).sum::<f64>() / weights.iter().sum::<f64>()),
            "$γ/(1 − γ)$",
        ),
        entry(
            t("e-folding", "e 倍衰减"),
            t("Steps in which a weight falls to 1/e.", "权重降到 1/e 的步数。"),
            ema_e_fold(gamma),
            None,
            "$−1/ln γ$",
        ),
        entry(
            t("equal-noise window", "等噪声窗长"),
            t(
                "Length of the plain average that passes as much white noise: twice the quoted window.",
                "通过同样多白噪声的普通平均的窗长：约为所引用窗长的两倍。",
            ),
            ema_equal_noise_length(gamma),
            None,
            "$(1 + γ)/(1 − γ)$",
        ),
    ]
}
