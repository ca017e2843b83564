//! One slider, six machines: the same β as damper, controller, filter, player, sampler and server.

mod panels;
mod story;

use std::sync::Arc;

use crate::core::fields::{BilinearGame, Quadratic, Signal, Tone, Wave};
use crate::core::methods::{Convention, FedAvg, GameMomentum, Participation, baoab, hb_ou, heavy_ball};
use crate::core::{Field, SampledPd};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::declare::restart;
use crate::scenes::{Group, Lane, Lens, Machine, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::t;
use crate::theory::heavy_ball::{response, spectral_radius};
use crate::theory::toys::federated::{Sampled, client_pull, sampled_state};
use crate::theory::{games, pd, sampler, signal};

/// Steps of the damper per iteration.
const FINE: u64 = 8;
/// Particles of a cloud.
const CLOUD: usize = 4000;
/// Noise of the signal, and the temperature of the sampler.
const NOISE: f64 = 0.5;
const TEMPERATURE: f64 = 0.1;
/// Targets of the clients of the server, how many of them take part in a round, and what each does.
const TARGETS: [f64; 8] = [-1.4, -1.0, -0.6, -0.2, 0.2, 0.6, 1.0, 1.4];
const TAKING_PART: usize = 2;
const LOCAL: (f64, u32) = (0.1, 3);

static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static ETA: Spec = restart(specs::eta(0.1, 0.01, 1.0));

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[1.0]));
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    let step = 1.0 / FINE as f64;
    let damper = baoab(1.0 / eta, (1.0 - beta) / eta, step, 0.0);
    let (a, d) = pd::gains_from_momentum(eta, beta);
    // The velocity with which the held torque makes the optimizer's first step.
    let kick = -0.5 * a / (1.0 - 0.5 * d);
    let joint = SampledPd { period: 1.0, inertia: vec![1.0], kd: vec![d], torque_limit: f64::INFINITY };
    let signal = Signal::new(&[Tone { wave: Wave::Level, amplitude: 1.0, noise: NOISE }], 0.0, seed);
    let filter = heavy_ball(1.0 - beta, beta, Convention::MovingAverage);
    let game = GameMomentum::alternating(eta, beta);
    let clients = TARGETS.iter().map(|b| [1.0, *b]).collect();
    let participation = Participation::Sampled(TAKING_PART);
    let (eta_local, local_steps) = LOCAL;
    let server = FedAvg { clients, local_steps, eta_local, eta_server: eta, beta, participation };
    let lanes: Vec<Lane> = vec![
        lane(t("optimizer", "优化器"), Ink::Optimizer, bowl.clone(), ball, [&[1.0], &[]]),
        lane(t("damper", "阻尼器"), Ink::Spring, bowl.clone(), damper, [&[1.0], &[]])
            .as_a(Lens::Spring, Machine::Block)
            .steps_per_iteration(FINE),
        lane(t("PD joint", "PD 关节"), Ink::Controller, Arc::new(Quadratic::diagonal(&[a])), joint, [&[1.0], &[kick]])
            .as_a(Lens::Controller, Machine::Arm),
        lane(t("filter", "滤波器"), Ink::Amber, Arc::new(signal), filter, [&[0.0], &[]]).noisy(CLOUD, seed, 1),
        lane(t("players", "博弈双方"), Ink::Spring, Arc::new(BilinearGame::bilinear(1.0)), game, [&[1.0, 0.0], &[]]),
        lane(t("sampler", "采样器"), Ink::Sampler, bowl.clone(), hb_ou(eta, 1.0 - beta, TEMPERATURE), [&[1.0], &[]])
            .noisy(CLOUD, seed, 2),
        lane(t("server", "服务器"), Ink::Text, bowl, server, [&[1.0], &[]]).noisy(CLOUD, seed, 3),
    ];
    Ok(together(lanes, 1.0))
}

/// What the server settles to.
fn settled(seen: &Seen<'_>) -> Option<Sampled> {
    let pull = client_pull(1.0, LOCAL.0, LOCAL.1);
    sampled_state(&[pull; TARGETS.len()], &TARGETS, TAKING_PART, seen.get("eta"), seen.get("beta"))
}

/// Standard deviation to which the sampler's cloud tends.
fn cloud(seen: &Seen<'_>) -> f64 {
    sampler::heavy_ball_ou(seen.get("eta"), 1.0 - seen.get("beta"), 1.0, TEMPERATURE).var_x.sqrt()
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (eta, beta, n) = (seen.get("eta"), seen.get("beta"), seen.run.done());
    let end = |i: usize, probe| seen.at(i, probe, n);
    use crate::core::Probe::{Position, SpreadPosition, VarianceVelocity};
    let radius = |n: u64| seen.at(4, Position(0), n).hypot(seen.at(4, Position(1), n));
    vec![
        number(
            seen,
            t("optimizer at the end", "优化器终值"),
            t("Closed form of the poles against the run.", "极点闭式解对照运行。"),
        )
        .predicted(response(eta, beta, 1.0, 0.0, n))
        .measured(end(0, Position(0)))
        .by("$z^2 − (1 + β − η)z + β = 0$", &["eta", "beta"], "Polyak 1964")
        .done(),
        number(
            seen,
            t("joint at the end", "关节终值"),
            t(
                "With kd = 1 − β + η/2 the held torque makes the optimizer’s steps.",
                "取 kd = 1 − β + η/2 时，保持力矩走出与优化器相同的步。",
            ),
        )
        .predicted(response(eta, beta, 1.0, 0.0, n))
        .measured(end(2, Position(0)))
        .by("$k_d = 1 − β + η/2$", &["eta", "beta"], "Åström & Wittenmark")
        .done(),
        number(
            seen,
            t("filter noise", "滤波后噪声"),
            t(
                "Standard deviation that is left of the signal’s noise; measured over 4,000 copies.",
                "信号噪声所剩的标准差；由 4,000 份副本测得。",
            ),
        )
        .predicted(NOISE * (signal::ema_noise_gain(beta) * (1.0 - libm::pow(beta, 2.0 * n as f64))).sqrt())
        .measured(end(3, VarianceVelocity(0)).sqrt())
        .by("$σ√((1 − β)/(1 + β))$", &["beta"], "derived")
        .done(),
        number(
            seen,
            t("players’ modulus", "博弈模长"),
            t(
                "Growth per step of the alternating game, measured over the second half of the run.",
                "交替博弈每步的增长，在后半程测得。",
            ),
        )
        .predicted(games::alternating_radius(eta, beta, beta))
        .measured(if n > 1 { (radius(n) / radius(n / 2)).powf(1.0 / (n - n / 2) as f64) } else { f64::NAN })
        .by("$(z − 1)^2(z − β)^2 + η^2z^3 = 0$", &["eta", "beta"], "Gidel et al. 2019")
        .done(),
        number(
            seen,
            t("sampler’s width", "采样宽度"),
            t(
                "Standard deviation of the cloud in the stationary state; measured over 4,000 particles at the end.",
                "平稳态粒子云的标准差；由末时刻 4,000 个粒子测得。",
            ),
        )
        .predicted(cloud(seen))
        .measured(end(5, SpreadPosition(0)))
        .by("$√(T (1 + β)/2 / (1 − η/2(1 + β)))$", &["eta", "beta"], "derived")
        .done(),
        number(
            seen,
            t("server’s noise", "服务器噪声"),
            t(
                "Standard deviation left by sampling two of eight clients per round; measured over 4,000 servers.",
                "每轮抽取八个客户端中的两个所留下的标准差；由 4,000 台服务器测得。",
            ),
        )
        .predicted(settled(seen).map(|s| s.variance.sqrt()))
        .measured(end(6, SpreadPosition(0)))
        .by("$η^2s_e^2/(1 − β)…$", &["eta", "beta"], "derived; Hsu, Qi & Brown 2019")
        .done(),
    ]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "one-slider",
        title: t("One slider, six machines", "一个滑块，六台机器"),
        group: Group::Scale,
        question: t(
            "What happens everywhere in the chapter when one number, β, is moved?",
            "只移动一个数 β，整章的各处会发生什么？",
        ),
        rows: &[50],
        steps: 120,
    },
    params: &[&BETA, &ETA],
    presets: &[
        Preset::new(t("β = 0.9", "β = 0.9"), &[], 120),
        Preset::new(t("no momentum", "无动量"), &[("beta", "0")], 120),
        Preset::new(t("critical, β = (1 − √η)²", "临界阻尼，β = (1 − √η)²"), &[("beta", "0.4675")], 120),
        Preset::new(t("β = 0.98: rings, waits, spins", "β = 0.98：振荡、滞后、旋转"), &[("beta", "0.98")], 400),
    ],
    build,
    pages: &[Page::new("everywhere", t("β everywhere", "处处是 β"), panels::everywhere)
        .showing(
            "One β in six machines. (a) Iterates of the optimizer and the damped spring with c = (1 − β)/η. (b) The joint under a held torque with kd = 1 − β + η/2. (c) A noisy level (mean 1) through the moving average: one copy, mean and one standard deviation of 4,000; dashed: 1 − βⁿ. (d) Distance of two players who move in turn, in powers of ten. (e) A cloud at temperature 0.1; dashed: stationary standard deviation. (f) A server that averages two of eight clients per round; dashed: stationary standard deviation.",
            "同一个 β 在六台机器中。(a) 优化器的迭代点与 c = (1 − β)/η 的阻尼弹簧。(b) 保持力矩下 kd = 1 − β + η/2 的关节。(c) 含噪常值（均值 1）经移动平均：单份、4,000 份的均值与一倍标准差；虚线：1 − βⁿ。(d) 轮流行动的两位玩家到均衡点的距离（以 10 的幂计）。(e) 温度 0.1 下的粒子云；虚线：平稳标准差。(f) 每轮平均八个客户端中两个的服务器；虚线：平稳标准差。",
        )
        .columns(2)
        .moving(&[Moves::Clock; 6])],
    tiles: &["everywhere"],
    numbers,
    chips: |seen| vec![regimes::chip(seen, "λ = 1", seen.get("eta"), seen.get("beta"))],
    notes: |seen| {
        let rate = spectral_radius(seen.get("eta"), seen.get("beta"));
        let slow = t(
            "Within the run a start shrinks to {}: clouds and servers are compared with their stationary state only once that is small.",
            "运行期间初值缩为 {}：该数足够小时，粒子云与服务器才可与平稳态比较。",
        );
        vec![seen.tell(slow, &[libm::pow(rate, seen.run.done() as f64)])]
    },
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
