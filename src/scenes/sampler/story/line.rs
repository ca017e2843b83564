//! The bench on a line: thermometers, noise that matches friction, and what HMC adds to momentum.

use super::{CONFIGURATIONAL, KINETIC, WITHIN, gap_over_band, read_out, told_gap, z};
use crate::core::methods::Hmc;
use crate::scenes::sampler::energy::total;
use crate::scenes::sampler::gauges::{LOUD, Thermometer, cloud};
use crate::scenes::sampler::params::momentum;
use crate::scenes::sampler::setting::Setting;
use crate::scenes::{Check, Claim, Finding, Lens, Predict, Seen, Story};
use crate::text::t;
use crate::theory::fluctuation::{position_noise_flat, velocity_noise};
use crate::theory::sampler::hmc_gaussian;

/// Step and leaps of the preset on energy shells, and its stiffness and temperature.
const SHELLS: (f64, u64) = (0.9, 5);
/// Particles and proposals of a comparison of HMC with and without refusals.
const CHAINS: usize = 500;
const PROPOSALS: u64 = 60;

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "What do the thermometers of the cloud show, against what theory expects of this scheme when noise and friction match?",
            "与“噪声和摩擦匹配”时的理论值相比，粒子云的温度计读数如何？",
        ),
        choices: &[
            t("colder", "偏冷"),
            t("the same within error", "在误差内相同"),
            t("hotter", "偏热"),
            t("nothing: there is no noise", "没有读数：没有噪声"),
        ],
        right: warmth,
    },
    answer,
    claims: &[
        Claim::new("004", t("HMC is a simulation of momentum.", "HMC 就是对动量的模拟。"), hmc),
        Claim::new("004", t("The noise level has to match the friction.", "噪声强度须与摩擦匹配。"), matched),
        Claim::new(
            "004",
            t(
                "An optimizer’s energy falls at every step, a sampler’s fluctuates.",
                "优化器的能量逐步下降，采样器的能量涨落。",
            ),
            energies,
        ),
    ],
    reading: &[
        "Chen, Fox & Guestrin (2014), Stochastic gradient Hamiltonian Monte Carlo, ICML",
        "Leimkuhler & Matthews (2013), Rational construction of stochastic numerical methods for molecular sampling, arXiv:1203.5428",
        "Neal (2011), MCMC using Hamiltonian dynamics, in Handbook of Markov Chain Monte Carlo",
        "Calvo, Sanz-Alonso & Sanz-Serna (2021), J. Comput. Phys. (acceptance of HMC on Gaussians)",
    ],
    checks: &[
        KINETIC.of(4),
        CONFIGURATIONAL.of(4),
        KINETIC.of(6),
        CONFIGURATIONAL.of(6),
        CONFIGURATIONAL.of(5),
        Check::new(
            t("distance over the 95 % band", "与精确分布的距离／95 % 带"),
            |_| 0.0,
            |s| gap_over_band(s, 0),
            1.3,
        ),
        Check::new(
            t("temperature of 5 % too much noise (standard errors)", "噪声偏强 5 % 时的温度（标准误）"),
            |_| 0.0,
            mistuned,
            WITHIN,
        )
        .of(3),
        Check::new(
            t("HMC, refusals off, variance", "HMC 不作拒绝时的方差"),
            |_| inflation(),
            |_| variance(false),
            0.05,
        ),
        Check::new(t("HMC, variance", "HMC 的方差"), |_| 1.0, |_| variance(true), 0.04),
        Check::new(t("HMC acceptance", "HMC 接受率"), |s| accepted(s)[0], |s| accepted(s)[1], 2e-3).of(5),
    ],
};

fn warmth(seen: &Seen<'_>) -> usize {
    let at = Setting::new(&seen.run.values);
    let both = [Thermometer::Kinetic, Thermometer::Configurational];
    // Off the harmonic well a finite step biases velocities by an amount that no closed form tells.
    let told = both.into_iter().filter(|w| *w == Thermometer::Configurational || w.has_closed_form(&at));
    let off = told.map(|which| z(seen, which)).filter(|z| z.is_finite());
    match off.max_by(|a, b| a.abs().total_cmp(&b.abs())) {
        None => 3,
        Some(z) if z < -LOUD => 0,
        Some(z) if z > LOUD => 2,
        Some(_) => 1,
    }
}

fn answer(seen: &Seen<'_>) -> String {
    let readings = [Thermometer::Kinetic, Thermometer::Configurational].map(|which| read_out(seen, which));
    let parts: Vec<String> = readings.into_iter().flatten().chain(told_gap(seen, 0)).collect();
    if !parts.is_empty() {
        return parts.join(seen.say(t(" ", "")));
    }
    let at = Setting::new(&seen.run.values);
    let ends = seen.run.lane(Lens::Optimizer).map(|lane| total(&at, seen.run, lane));
    let [first, last] = ends.map_or([0.0; 2], |e| [e.first(), e.last()].map(|e| e.copied().unwrap_or(0.0)));
    let text = t(
        "Without noise the cloud is an optimizer: its energy goes from {} to {}, and there is no temperature to read.",
        "没有噪声时粒子云就是优化器：能量由 {} 变为 {}，没有温度可读。",
    );
    seen.tell(text, &[first, last])
}

/// The configurational reading against T(1 + δ), in standard errors.
fn mistuned(seen: &Seen<'_>) -> f64 {
    let expected = Setting::new(&seen.run.values).noise_temperature();
    super::reading(seen, Thermometer::Configurational).map_or(f64::NAN, |reading| reading.z(expected))
}

/// Exact and measured acceptance.
fn accepted(seen: &Seen<'_>) -> [f64; 2] {
    let (h, leaps) = (seen.get("h"), seen.get("leaps") as u64);
    let exact = hmc_gaussian(seen.get("stiffness"), 1.0, h, leaps).map_or(f64::NAN, |e| e.acceptance);
    let stats = cloud(seen.run).map(|lane| lane.state_at(seen.run.done()).stats);
    let measured = stats.filter(|s| s.proposed > 0).map_or(f64::NAN, |s| s.accepted as f64 / s.proposed as f64);
    [exact, measured]
}

/// Variance over T/k of leapfrog with fresh momenta and no refusals, 1/(1 − h²k/4): that of OBABO.
fn inflation() -> f64 {
    let bowl = crate::theory::oscillator::Oscillator { m: 1.0, c: 1.0, k: 1.0 };
    crate::theory::sampler::obabo(&bowl, SHELLS.0, 1.0).var_x
}

/// Variance of HMC's positions on a bowl of stiffness 1 at T = 1, with or without refusals, run through the core.
fn variance(metropolis: bool) -> f64 {
    use crate::core::{Moments, State, System, advance, fields::Quadratic};
    let (h, leaps) = SHELLS;
    let method = Hmc { metropolis, ..Hmc::new(1.0, h, leaps as u32, 1.0) };
    let system = System::new(std::sync::Arc::new(Quadratic::diagonal(&[1.0])), method);
    let mut state = State::at(&[0.0], &[], CHAINS, 5, 0);
    advance(&system, &mut state, PROPOSALS / 4, &mut ());
    let mut sum = 0.0;
    for _ in 0..PROPOSALS {
        advance(&system, &mut state, 1, &mut ());
        sum += Moments::of(state.coordinate(0)).variance();
    }
    sum / PROPOSALS as f64
}

fn hmc(seen: &Seen<'_>) -> Finding {
    let (h, leaps) = SHELLS;
    let accepted = hmc_gaussian(1.0, 1.0, h, leaps).map_or(f64::NAN, |e| e.acceptance);
    let [free, tested] = [variance(false), variance(true)];
    let because = t(
        "Between two refreshes of the momentum, yes: leapfrog is heavy ball with β = 1. The refreshes and the Metropolis test make it a sampler. With h = {}, L = {} on a bowl the test refuses {} % of the proposals; without it the variance is {} (theory {}), with it {}, where 1 is right.",
        "两次动量刷新之间确实如此：蛙跳法就是 β = 1 的重球法。使其成为采样器的是动量刷新与 Metropolis 检验。h = {}、L = {} 时，检验拒绝 {} % 的提议；没有它方差为 {}（理论 {}），有它为 {}，正确值为 1。",
    );
    let numbers = [h, leaps as f64, 100.0 * (1.0 - accepted), free, inflation(), tested];
    Finding::conditional(accepted < 1.0 && (tested - 1.0).abs() < (free - 1.0).abs(), seen.tell(because, &numbers))
}

fn matched(seen: &Seen<'_>) -> Finding {
    let beta = momentum(&seen.run.values);
    let ratio = position_noise_flat(1.0, beta, 1.0) / velocity_noise(1.0, beta, 1.0);
    let because = t(
        "It has to, but which noise depends on the scheme. For heavy ball, noise of variance 2(1 − β)ηT puts positions at T and (1 − β²)ηT velocities; at β = {} the first is {} times the second, and no one value does both. Noise that gradients bring along has to be subtracted.",
        "确须匹配，但多大才算匹配取决于格式。对重球法，方差 2(1 − β)ηT 使位置处于温度 T，(1 − β²)ηT 使速度处于 T；β = {} 时前者是后者的 {} 倍，没有一个值能兼顾。梯度自带的噪声须扣除。",
    );
    if !(beta < 1.0) {
        let still = t(
            "Without friction there is nothing to match: no noise keeps this motion at a temperature.",
            "没有摩擦就无从匹配：没有噪声能使这一运动保持某个温度。",
        );
        return Finding::conditional(true, seen.say(still).to_owned());
    }
    Finding::conditional(ratio > 1.0, seen.tell(because, &[beta, ratio]))
}

fn energies(seen: &Seen<'_>) -> Finding {
    let at = Setting::new(&seen.run.values);
    let rises = |lens: Lens| {
        let energy = seen.run.lane(lens).map_or(&[][..], |lane| total(&at, seen.run, lane));
        let up = energy.windows(2).filter(|pair| pair[1] > pair[0] + 1e-12).count();
        100.0 * up as f64 / energy.len().saturating_sub(1).max(1) as f64
    };
    let [optimizer, sampler] = [Lens::Optimizer, Lens::Sampler].map(rises);
    let because = t(
        "In this run U + ½v² rises in {} % of the optimizer’s steps and in {} % of the sampler’s. The optimizer’s energy falls in the limit of small steps; a step of finite length may raise it.",
        "本次运行中，优化器有 {} % 的步、采样器有 {} % 的步使 U + ½v² 上升。优化器能量单调下降只在小步长极限下成立，有限步长可能使其上升。",
    );
    let because = seen.tell(because, &[optimizer, sampler]);
    if optimizer == 0.0 && sampler > 0.0 {
        Finding::plain(true, because)
    } else {
        Finding::conditional(optimizer <= sampler, because)
    }
}
