//! Momentum as a filter: what the buffer makes of a noisy gradient, and what of it reaches the parameter.

mod closed;
mod noise;
mod numbers;
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
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Group, Lane, Meta, Preset, SceneError, Seen, Setup};
use crate::text::{Text, t};
use numbers::{notes, numbers};

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
        Page::new("loop", t("The closed loop", "闭环"), closed::closed).apart().told(closed::closed_caption),
    ],
    tiles: &["signal", "bode", "spectrum", "parameter"],
    numbers,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
