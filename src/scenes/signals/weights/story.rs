//! What is asked of the window, and what it answers.

use super::limit::{LIMIT, lacking};
use super::{AVERAGE, PULSE, inside, recorded, window};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::signal::{
    ema_equal_noise_length, ema_half_life, ema_weight, ema_weight_in_window, ema_window, outside_window,
    outside_window_error,
};

/// How much of the weight is in the window: a choice of [`STORY`].
fn share(seen: &Seen<'_>) -> usize {
    let held = inside(seen).unwrap_or_else(|| ema_weight_in_window(seen.get("gamma")));
    [0.97, 0.8, 0.58].iter().position(|least| held > *least).unwrap_or(3)
}

fn answer(seen: &Seen<'_>) -> String {
    let gamma = seen.get("gamma");
    seen.tell(
        t(
            "Of all the weight, {} lies in the newest 1/(1 − γ) = {} samples and {} outside: the average has no edge. A weight halves in {} steps, the newest one is only {}, and a plain average has to be {} steps long to let as little noise through.",
            "全部权重的 {} 落在最新的 1/(1 − γ) = {} 个样本之内，其余 {} 在窗外：滑动平均没有边界。权重每 {} 步减半，最新的一个只有 {}；普通平均要长达 {} 步，才能同样少地通过噪声。",
        ),
        &[
            ema_weight_in_window(gamma),
            ema_window(gamma),
            1.0 - ema_weight_in_window(gamma),
            ema_half_life(gamma),
            ema_weight(gamma, 0),
            ema_equal_noise_length(gamma),
        ],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "How much of a moving average’s weight lies in the window 1/(1 − γ)?",
            "滑动平均的权重有多少落在窗口 1/(1 − γ) 之内？",
        ),
        choices: &[
            t("practically all", "几乎全部"),
            t("about nine tenths", "约九成"),
            t("about two thirds", "约三分之二"),
            t("about half", "约一半"),
        ],
        right: share,
    },
    answer,
    claims: &[
        Claim::new("002", t("The newest values get weights close to 1.", "越新的值权重越接近 1。"), newest),
        Claim::new(
            "002",
            t("The average is one over the last 1/(1 − γ) values.", "它是最近 1/(1 − γ) 个值的加权平均。"),
            windowed,
        ),
        Claim::new("002", t("0.95²⁰ ≈ 1/e ≈ 0.3679.", "0.95²⁰ ≈ 1/e ≈ 0.3679。"), limiting),
    ],
    reading: &["Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR (section 3, bias correction)"],
    checks: &[
        Check::new(t("0.95²⁰", "0.95²⁰"), |_| 0.3585, |_| outside_window(20.0), 5e-5),
        Check::new(
            t("weight outside 20 steps, run", "20 步之外的权重（运行）"),
            |_| 0.3585,
            |s| 1.0 - measured(s),
            5e-5,
        ),
        Check::new(t("weight in the window", "窗内权重"), |_| 0.642, measured, 5e-4),
        Check::new(t("weight in the window, γ = 0.9", "窗内权重，γ = 0.9"), |_| 0.651, measured, 5e-4).of(1),
        Check::new(
            t("window, closed form", "窗内权重（闭式）"),
            |s| ema_weight_in_window(s.get("gamma")),
            measured,
            1e-13,
        ),
        Check::new(t("newest weight", "最新权重"), |s| ema_weight(s.get("gamma"), 0), first, 1e-15),
        Check::new(t("1/e", "1/e"), |_| 0.3679, |_| outside_window(1e6), 5e-5),
        Check::new(
            t("(1 − 1/n)ⁿ at n = 100, run", "n = 100 时的 (1 − 1/n)ⁿ（运行）"),
            |_| outside_window(100.0),
            |_| lacking(100),
            1e-13,
        ),
    ],
};

fn measured(seen: &Seen<'_>) -> f64 {
    inside(seen).unwrap_or(f64::NAN)
}

fn first(seen: &Seen<'_>) -> f64 {
    recorded(seen, AVERAGE, PULSE).first().copied().unwrap_or(f64::NAN)
}

fn newest(seen: &Seen<'_>) -> Finding {
    let weight = ema_weight(seen.get("gamma"), 0);
    let because = t(
        "The newest weight is the largest, and it is 1 − γ = {}. Weights close to 1 would need γ close to 0, that is no average.",
        "最新的权重就是最大的权重，为 1 − γ = {}。要接近 1 需 γ 接近 0，那就不是平均了。",
    );
    Finding::plain(weight > 0.9, seen.tell(because, &[weight]))
}

fn windowed(seen: &Seen<'_>) -> Finding {
    let held = ema_weight_in_window(seen.get("gamma"));
    let because = t(
        "It is one over all past values. The last {} hold {} of the weight; {} is ignored by this reading.",
        "它是对所有过去值的平均。最近 {} 个占权重 {}；这种说法忽略了其余 {}。",
    );
    Finding::conditional(held > 0.5 && held < 0.99, seen.tell(because, &[window(seen) as f64, held, 1.0 - held]))
}

fn limiting(seen: &Seen<'_>) -> Finding {
    let exact = outside_window(20.0);
    let error = 1.0 - exact / LIMIT;
    let because = t(
        "0.95²⁰ = {} lies {} % below 1/e = {}. The limit is approached like 1/(2en): at n = 20 that is {} short.",
        "0.95²⁰ = {}，低 {} %，而 1/e = {}。它以 1/(2en) 趋于极限：n = 20 时还差 {}。",
    );
    let numbers = [exact, 100.0 * error, LIMIT, outside_window_error(20.0)];
    Finding::conditional(error < 0.05 && error > 1e-3, seen.tell(because, &numbers))
}
