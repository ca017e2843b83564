//! What is asked of the slider, and what it answers.

use super::{NOISE, cloud, settled};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::response;
use crate::theory::mapping::pole_match;
use crate::theory::regime::stability_wall;
use crate::theory::{games, signal};

/// What is asked before the run and answered after it.
pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "At this β, how many of the six come to rest, in the mean, within the run: damper, joint, filter, players, sampler, server?",
            "在这一 β 下，六者（阻尼器、关节、滤波器、博弈双方、采样器、服务器）中有几个的均值在运行内趋于稳定？",
        ),
        choices: &[t("all six", "六个都是"), t("five: all but the players", "五个：除博弈双方外"), t("fewer", "更少")],
        right: |seen| match (calm(seen), players_calm(seen)) {
            (5, true) => 0,
            (5, false) => 1,
            _ => 2,
        },
    },
    answer,
    claims: &[
        Claim::new(
            "004",
            t("Tuning β is tuning the damping of a physical system.", "调节 β 就是调节物理系统的阻尼。"),
            is_damping,
        ),
        Claim::new(
            "004",
            t("Server momentum stabilises federated learning.", "服务器动量使联邦学习更稳定。"),
            stabilises,
        ),
    ],
    reading: &[
        "Hsu, Qi & Brown (2019), Measuring the effects of non-identical data distribution for federated visual classification",
        "Gidel et al. (2019), Negative momentum for improved game dynamics, AISTATS",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
    ],
    checks: &[
        Check::new(t("optimizer at the end", "优化器终值"), closed, |s| s.end(0, 0), 1e-12),
        Check::new(t("joint at the end", "关节终值"), closed, |s| s.end(2, 0), 1e-11),
        // The standard error of a standard deviation over 4,000 members is 1.1 %: four of them.
        Check::new(t("noise behind the filter", "滤波后的噪声"), filtered, noise, 0.045 * 0.115),
        Check::new(t("width of the sampler's cloud", "采样粒子云的宽度"), cloud, |s| spread(s, 5), 0.045 * 0.32),
        Check::new(t("noise of the server", "服务器的噪声"), server, |s| spread(s, 6), 0.045 * 0.14),
    ],
};

fn closed(seen: &Seen<'_>) -> f64 {
    response(seen.get("eta"), seen.get("beta"), 1.0, 0.0, seen.run.done())
}

fn filtered(seen: &Seen<'_>) -> f64 {
    NOISE * signal::ema_noise_gain(seen.get("beta")).sqrt()
}

fn noise(seen: &Seen<'_>) -> f64 {
    seen.at(3, Probe::VarianceVelocity(0), seen.run.done()).sqrt()
}

fn spread(seen: &Seen<'_>, i: usize) -> f64 {
    seen.at(i, Probe::SpreadPosition(0), seen.run.done())
}

fn server(seen: &Seen<'_>) -> f64 {
    settled(seen).map_or(f64::NAN, |s| s.variance.sqrt())
}

/// How many of the five without the players are within a twentieth of where they tend, in the mean.
fn calm(seen: &Seen<'_>) -> usize {
    let n = seen.run.done();
    let near = |i: usize, probe: Probe, to: f64| usize::from((seen.at(i, probe, n) - to).abs() <= 0.05);
    let clouds = near(5, Probe::MeanPosition(0), 0.0) + near(6, Probe::MeanPosition(0), 0.0);
    // What the filter lacks of the level it is given.
    let filter = usize::from(libm::pow(seen.get("beta"), n as f64) <= 0.05);
    near(1, Probe::Position(0), 0.0) + near(2, Probe::Position(0), 0.0) + filter + clouds
}

fn players_calm(seen: &Seen<'_>) -> bool {
    seen.end(4, 0).hypot(seen.end(4, 1)) <= 0.05
}

fn answer(seen: &Seen<'_>) -> String {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let zeta = pole_match(eta, beta, 1.0).map_or(f64::NAN, |twin| twin.oscillator(1.0).zeta());
    let start = if zeta.is_finite() {
        seen.tell(t("β = {} is a damping ratio of {} to the spring, ", "β = {} 对弹簧而言是阻尼比 {}，"), &[beta, zeta])
    } else {
        seen.tell(t("β = {} has no spring, ", "β = {} 没有对应的弹簧，"), &[beta])
    };
    let rest = seen.tell(
        t(
            "a derivative gain of {} to the controller, a memory of {} steps to the filter, which keeps {} of the noise; the players go apart by a factor {} per turn, the cloud is {} wide, and the server’s estimate trembles by {}.",
            "对控制器是微分增益 {}，对滤波器是 {} 步的记忆，噪声保留 {}；博弈双方每轮按 {} 倍变化，粒子云宽 {}，服务器的估计抖动 {}。",
        ),
        &[
            1.0 - beta + 0.5 * eta,
            signal::ema_window(beta),
            signal::ema_noise_gain(beta).sqrt(),
            games::alternating_radius(eta, beta, beta),
            cloud(seen),
            server(seen),
        ],
    );
    // What has no value is not spoken of as a number.
    (start + &rest).replace('–', seen.say(t("without bound", "无界")))
}

fn is_damping(seen: &Seen<'_>) -> Finding {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let ratio = |eta: f64| pole_match(eta, beta, 1.0).map_or(f64::NAN, |twin| twin.oscillator(1.0).zeta());
    let [weak, strong] = [ratio(0.25 * eta), ratio(eta)];
    let text = if weak.is_finite() && strong.is_finite() {
        seen.tell(
            t(
                "The friction is −ln β = {} per step, but the damping ratio depends on ηλ too: {} along a curvature of 1, {} along one of a quarter. To the filter β is a memory, to the players it is no damping at all.",
                "摩擦为每步 −ln β = {}，但阻尼比还取决于 ηλ：曲率为 1 时是 {}，曲率为四分之一时是 {}。对滤波器 β 是记忆，对博弈双方它根本不是阻尼。",
            ),
            &[-beta.ln(), strong, weak],
        )
    } else {
        seen.say(t("Here no spring has the poles of the map.", "此处没有弹簧具有该映射的极点。")).to_owned()
    };
    Finding::conditional(beta > 0.0, text)
}

fn stabilises(seen: &Seen<'_>) -> Finding {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let noise = |eta: f64, beta: f64| {
        let pull = crate::theory::toys::federated::client_pull(1.0, super::LOCAL.0, super::LOCAL.1);
        let targets = &super::TARGETS;
        crate::theory::toys::federated::sampled_state(&[pull; 8], targets, super::TAKING_PART, eta, beta)
            .map_or(f64::NAN, |s| s.variance.sqrt())
    };
    let (with, without, matched) = (noise(eta, beta), noise(eta, 0.0), noise(eta / (1.0 - beta), 0.0));
    let text = t(
        "At the same server rate the estimate trembles by {} with and {} without momentum; at the same effective rate η/(1 − β) it would be {} without. Momentum filters the sampling only there, and leaves the bias of the clients as it is. Rates up to {} are stable.",
        "服务器学习率相同时，估计的抖动在有动量时为 {}，无动量时为 {}；若有效学习率 η/(1 − β) 相同，无动量时为 {}。动量只在后一种比较下滤去抽样噪声，且不改变客户端的偏差。学习率直到 {} 都稳定。",
    );
    let said = seen.tell(text, &[with, without, matched, stability_wall(beta)]);
    let said = said.replace('–', seen.say(t("without bound", "无界")));
    Finding::conditional(!(with >= matched), said)
}
