//! What is asked of the one slider, and what it answers.

use super::parts::{ETA, Part, matched_spread};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::regime::{critical_beta, overdamped_border};
use crate::theory::signal::ema_noise_gain;

fn answer(seen: &Seen<'_>) -> String {
    let beta = seen.get("beta");
    let numbers = Part::ALL.map(|part| part.predicted(beta));
    let [overshoot, modulus, noise, growth, temperature, spread] = numbers;
    seen.tell(
        t(
            "How much of the past is kept. At β = {} the damper overshoots by {}, the joint keeps {} of its error per sample, the filter leaves {} of the noise, the players drift apart by {} per step, the sampler's velocities read {} T, and the server scatters by {}. No β is best for all six.",
            "调的是保留多少过去。β = {} 时，阻尼器超调 {}，关节每个采样保留误差的 {}，滤波器留下 {} 的噪声，两个玩家每步远离为 {} 倍，采样器的速度温度为 {} T，服务器的离散度为 {}。没有一个 β 对六者都最好。",
        ),
        &[beta, overshoot, modulus, noise, growth, temperature, spread],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "More momentum, from β = 0.5 to 0.9: how many of the six numbers grow?",
            "动量从 β = 0.5 增至 0.9：六个数中有几个变大？",
        ),
        choices: &[
            t("none or one", "没有或一个"),
            t("two or three", "两三个"),
            t("four", "四个"),
            t("five or six", "五六个"),
        ],
        right: |_| match Part::ALL.iter().filter(|part| part.predicted(0.9) > part.predicted(0.5)).count() {
            0 | 1 => 0,
            2 | 3 => 1,
            4 => 2,
            _ => 3,
        },
    },
    answer,
    claims: &[
        Claim::new("004", t("β mainly controls the damping.", "β 主要控制阻尼。"), controls_damping),
        Claim::new(
            "004",
            t("Server momentum stabilises federated learning.", "服务器动量使联邦学习更稳定。"),
            stabilises,
        ),
        Claim::new("004", t("Momentum is a low-pass filter that denoises.", "动量是去噪的低通滤波器。"), denoises),
    ],
    reading: &[
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
        "Gidel et al. (2019), Negative momentum for improved game dynamics, AISTATS",
        "Chen, Fox & Guestrin (2014), Stochastic gradient Hamiltonian Monte Carlo, ICML",
        "Hsu, Qi & Brown (2019), Measuring the effects of non-identical data distribution for federated visual classification",
    ],
    checks: &[
        Check::new(
            t("overshoot of the damper", "阻尼器的超调"),
            |_| Part::Damper.predicted(0.9),
            |s| got(s, Part::Damper),
            1e-12,
        ),
        Check::new(t("modulus of the joint", "关节的模长"), |_| libm::sqrt(0.9), |s| got(s, Part::Joint), 1e-9),
        Check::new(t("noise left by the filter", "滤波后剩余噪声"), |_| 0.0526, |_| ema_noise_gain(0.9), 5e-5),
        // Four standard errors, √(2/2000) each.
        Check::new(
            t("noise measured over 2000 filters", "2000 个滤波器测得的噪声"),
            |_| ema_noise_gain(0.9),
            |s| got(s, Part::Filter),
            4.0 * 0.0526 * 0.0316,
        ),
        Check::new(t("growth of the game", "博弈的增长"), |_| 1.198, |s| got(s, Part::Game), 5e-4),
        Check::new(t("growth of the game, β = 0.5", "博弈的增长，β = 0.5"), |_| 1.0457, |s| got(s, Part::Game), 5e-5)
            .of(1),
        Check::new(t("growth of the game, β = 0", "博弈的增长，β = 0"), |_| 1.0050, |s| got(s, Part::Game), 5e-5).of(2),
        Check::new(
            t("velocity thermometer of the sampler", "采样器的速度温度计"),
            |_| 1.081,
            |_| Part::Sampler.predicted(0.9),
            5e-4,
        ),
        // Four standard errors of 2000 particles, and of 500 servers.
        Check::new(
            t("velocity temperature measured", "测得的速度温度"),
            |_| Part::Sampler.predicted(0.9),
            |s| got(s, Part::Sampler),
            4.0 * 1.081 * 0.0316,
        ),
        Check::new(
            t("spread of the server / theory", "服务器离散度与理论之比"),
            |_| 1.0,
            |s| got(s, Part::Server) / Part::Server.predicted(0.9),
            4.0 * 0.0316,
        ),
    ],
};

fn got(seen: &Seen<'_>, part: Part) -> f64 {
    part.measured(seen).unwrap_or(f64::NAN)
}

fn controls_damping(seen: &Seen<'_>) -> Finding {
    let beta = seen.get("beta");
    let because = t(
        "The friction is −ln β per step, but what it does depends on the curvature too: at this β modes with ηλ < {} creep and steeper ones ring; at ηλ = {} the critical β is {}. One β is too much for one direction and too little for another.",
        "摩擦为每步 −ln β，但其效果还取决于曲率：在这一 β 下，ηλ < {} 的模态缓慢爬行，更陡的模态振荡；ηλ = {} 时临界 β 为 {}。同一个 β 对某个方向太大，对另一个方向太小。",
    );
    Finding::conditional(true, seen.tell(because, &[overdamped_border(beta), ETA, critical_beta(ETA)]))
}

fn stabilises(seen: &Seen<'_>) -> Finding {
    let [plain, fixed, matched] = [Part::Server.predicted(0.0), Part::Server.predicted(0.9), matched_spread(0.9)];
    let because = t(
        "The spread of the server is {} without momentum, {} at β = 0.9 and the same rate, {} at the same rate/(1 − β): it filters the sampling of clients only if the rate is lowered with it, and client drift it leaves untouched.",
        "服务器的离散度：无动量时 {}；β = 0.9 且学习率不变时 {}；学习率/(1 − β) 不变时 {}：只有同时降低学习率，它才能滤去客户端抽样的噪声，客户端漂移则不受影响。",
    );
    Finding::conditional(matched < plain, seen.tell(because, &[plain, fixed, matched]))
}

fn denoises(seen: &Seen<'_>) -> Finding {
    let [filter, server] = [ema_noise_gain(0.9), Part::Server.predicted(0.9) / Part::Server.predicted(0.0)];
    let because = t(
        "The average of white noise keeps {} of its variance at β = 0.9. In a closed loop at the same step the noise of what is learned grows, here {} times for the server.",
        "β = 0.9 时，白噪声的平均只保留 {} 的方差；但在步长不变的闭环中，所学参数的噪声反而变大，这里服务器为 {} 倍。",
    );
    Finding::conditional(filter < 1.0 && server > 1.0, seen.tell(because, &[filter, server]))
}
