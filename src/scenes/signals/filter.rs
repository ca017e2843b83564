//! Momentum as a filter: what the buffer makes of a noisy gradient, and what of it reaches the parameter.

mod noise;
mod response;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::{Signal, Tone, Wave};
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::{Dash, Ink, Layer, Line, Panel, Weight, rich};
use crate::param::{Spec, Values};
use crate::scenes::exhibit::draw::{axis, line, over_time, spanning};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Group, Lane, Meta, Preset, Readout, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::fluctuation::momentum_variance_ratio;
use crate::theory::signal::{ema_cutoff, ema_gain, ema_mean_age, ema_noise_gain, sum_noise_gain};

/// The unit of frequencies.
/// The frequencies a response is drawn over (rad/step).
const BAND: [f64; 2] = [0.003, std::f64::consts::PI];
/// The buffer of the coordinate with noise, and of the one without.
const NOISY: Probe = Probe::Velocity(0);
const QUIET: Probe = Probe::Velocity(1);
/// Lanes: the gradient itself, its average, its sum.
const RAW: usize = 0;
const AVERAGE: usize = 1;
const SUM: usize = 2;

static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static OMEGA: Spec = specs::by_decades(
    "omega",
    "$ω$",
    t("frequency", "频率"),
    [0.05, 0.005, 3.0],
    t(
        "Frequency of the slow wave in the gradient, in rad/step: 2π/ω steps per turn.",
        "梯度中慢波的频率（rad/步）：每 2π/ω 步一圈。",
    ),
);
static NOISE: Spec = specs::pure(
    "noise",
    "$σ$",
    t("gradient noise", "梯度噪声"),
    [0.6, 0.0, 3.0],
    t("Standard deviation of the white noise on the wave of amplitude 1.", "叠加在振幅为 1 的波上的白噪声标准差。"),
);
static ETA: Spec = specs::by_decades(
    "eta",
    "$η$",
    t("step size of descent", "梯度下降步长"),
    [0.1, 0.01, 1.0],
    t(
        "Step of descent in a bowl of curvature 1, where the loop is closed.",
        "曲率为 1 的碗中（闭环时）梯度下降的步长。",
    ),
);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let wave = |noise| Tone { wave: Wave::Cosine(values.get("omega")), amplitude: 1.0, noise };
    let field = Arc::new(Signal::new(&[wave(values.get("noise")), wave(0.0)], 0.0, seed));
    let (eta, beta) = (values.get("eta"), values.get("beta"));
    let machine = |name: Text, ink: Ink, beta: f64, convention: Convention| -> Lane {
        let mut lane = lane(name, ink, field.clone(), heavy_ball(eta, beta, convention), [&[0.0; 2], &[]]);
        lane.probes.retain(|probe| *probe != Probe::Potential);
        lane
    };
    let lanes = vec![
        machine(t("gradient", "梯度"), Ink::Spring, 0.0, Convention::MovingAverage),
        machine(t("average", "平均"), Ink::Optimizer, beta, Convention::MovingAverage),
        machine(t("sum", "求和"), Ink::Controller, beta, Convention::Accumulating),
    ];
    Ok(together(lanes, 1.0))
}

/// A panel over the first few turns of the wave, in which single iterations can be told apart.
fn beginning<'a>(id: &'static str, seen: &Seen<'a>, label: Text, lane: usize) -> Panel<'a> {
    let turns = 2.5 * std::f64::consts::TAU / seen.get("omega");
    let end = (seen.run.horizon as f64).min(turns.clamp(60.0, 600.0));
    let rows = (end as usize).saturating_add(1);
    let mut panel = over_time(id, seen, axis(seen, label, ""));
    panel.x = panel.x.range(0.0, end);
    let shown = [seen.lane(RAW), seen.lane(lane)];
    let column = |k: usize, probe: Probe| -> &'a [f64] {
        shown.get(k).copied().flatten().map_or(&[], |lane| {
            let all = lane.column(probe);
            &all[..rows.min(all.len())]
        })
    };
    let times: Vec<f64> = (0..rows).map(|n| n as f64).collect();
    let over = |y: &'a [f64]| times[..y.len().min(rows)].to_vec();
    let (raw, kept, quiet) = (column(0, NOISY), column(1, NOISY), column(1, QUIET));
    let name = |k: usize| shown.get(k).copied().flatten().map(|lane| seen.say(lane.lane.name));
    let ink = shown[1].map_or(Ink::Optimizer, |lane| lane.lane.ink);
    panel.layers.push(hair(over(raw), raw, name(0), Ink::Spring, Dash::Solid));
    panel.layers.push(line(over(kept), kept, name(1), ink, Dash::Solid));
    let without = seen.say(t("without noise", "无噪声"));
    panel.layers.push(hair(over(quiet), quiet, Some(without), Ink::Text, Dash::Dashed));
    panel.y = spanning(panel.y, raw.iter().chain(kept).copied());
    panel
}

/// A thin line with a name in the legend, if it has one.
fn hair<'a>(x: Vec<f64>, y: &'a [f64], name: Option<&str>, ink: Ink, dash: Dash) -> Layer<'a> {
    let (x, y, name) = (x.into(), y.into(), name.map(rich));
    Layer::Line(Line { x, y, name, ink, dash, weight: Weight::Thin, marker: None })
}

fn signal<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let average = beginning("average", seen, t("average $m$", "平均 $m$"), AVERAGE);
    let mut sum = beginning("sum", seen, t("sum $b$", "求和 $b$"), SUM);
    sum.below = true;
    vec![average, sum]
}

/// Frequencies of a curve.
fn band() -> Vec<f64> {
    log_spaced(BAND[0], BAND[1], 300)
}

/// What noise is left in a lane's buffer: variance of what it has more than its noiseless twin, per
/// variance of the gradient's, after the transient.
fn passed(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let variance = |i: usize| -> Option<f64> {
        let lane = seen.lane(i)?;
        let rest = lane.column(NOISY).iter().zip(lane.column(QUIET)).skip(noise::settled(seen.get("beta")));
        let (n, sum) = rest.map(|(a, b)| (a - b).powi(2)).fold((0, 0.0), |(n, sum), d| (n + 1, sum + d));
        (n > 1).then(|| sum / f64::from(n))
    };
    Some(variance(i)? / variance(RAW)?).filter(|ratio| ratio.is_finite())
}

fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
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

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let beta = seen.get("beta");
    let text = t(
        "The sum passes every frequency 1/(1 − β) = {} times as strongly as the average: at the same printed step it amplifies, noise included.",
        "求和形式对每个频率的增益都是平均形式的 1/(1 − β) = {} 倍：在相同的标称步长下它是放大器，噪声也一并放大。",
    );
    vec![seen.tell(text, &[1.0 / (1.0 - beta)])]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "filter",
        title: t("Momentum as a filter", "动量即滤波器"),
        group: Group::Signals,
        question: t(
            "What does the momentum buffer do to the noise of a gradient, and does the parameter notice?",
            "动量缓冲如何对待梯度噪声？参数能感受到吗？",
        ),
        rows: &[17, 4],
        steps: 2048,
    },
    params: &[&BETA, &OMEGA, &NOISE, &ETA],
    presets: &[
        Preset::new(t("β = 0.9", "β = 0.9"), &[], 2048),
        Preset::new(t("too fast to pass", "太快而通不过"), &[("omega", "0.6")], 2048),
        Preset::new(t("β = 0.98", "β = 0.98"), &[("beta", "0.98")], 4096),
    ],
    modes: &["$x$"],
    build,
    pages: &[
        Page::new("signal", t("Gradient, average, sum", "梯度、平均与求和"), signal)
            .briefly(t("Signal", "信号"))
            .showing(
                "A slow wave with white noise as gradient (thin), and the momentum buffer of the core that is fed with it: as a moving average above, as a sum below. Dashed: the buffer of the same wave without noise.",
                "带白噪声的慢波作为梯度（细线），以及由它驱动的核心动量缓冲：上为滑动平均，下为求和。虚线：同一波无噪声时的缓冲。",
            )
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("bode", t("Magnitude, phase, group delay", "幅频、相频与群延迟"), response::bode)
            .briefly(t("Bode plot", "伯德图"))
            .told(response::caption),
        Page::new("spectrum", t("Spectra", "频谱"), noise::spectrum).told(noise::spectrum_caption),
        Page::new("parameter", t("Noise of the parameter", "参数的噪声"), noise::parameter).told(noise::parameter_caption),
        Page::new("loop", t("The closed loop", "闭环"), response::closed).apart().told(response::closed_caption),
    ],
    tiles: &["signal", "bode", "spectrum", "parameter"],
    numbers,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
