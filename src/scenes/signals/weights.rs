//! An average and its window: how much of an exponential moving average lies in the window it is quoted with.

mod limit;
mod numbers;
mod shares;
mod story;

use std::sync::Arc;

use crate::core::Probe;
use crate::core::fields::{Signal, Tone, Wave};
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::{Dash, Ink, Panel};
use crate::param::{Kind, Spec, Values};
use crate::scenes::exhibit::draw::{axis, level, line, over_time, spanning, thin};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, specs};
use crate::scenes::models::declare::{choice, spec};
use crate::scenes::{Group, Lane, Meta, Preset, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::signal::{ema_step, ema_window};
use numbers::numbers;

/// Lanes: the signal itself, its average.
const RAW: usize = 0;
const AVERAGE: usize = 1;
/// The average of a pulse, whose values are the weights; of a level, whose values are their sums; of a
/// level with noise.
const PULSE: Probe = Probe::Velocity(0);
const LEVEL: Probe = Probe::Velocity(1);
const NOISY: Probe = Probe::Velocity(2);
/// Windows of ages shown.
const SHOWN: f64 = 4.0;

static GAMMA: Spec = specs::pure(
    "gamma",
    "$γ$",
    t("memory", "记忆系数"),
    [0.95, 0.5, 0.995],
    t("y ← γy + (1 − γ)x: share of the average that is kept per step.", "y ← γy + (1 − γ)x：平均值每步保留的比例。"),
);
static NOISE: Spec = specs::pure(
    "noise",
    "$σ$",
    t("noise", "噪声"),
    [0.5, 0.0, 3.0],
    t("Standard deviation of the noise on a signal of mean 1.", "均值为 1 的信号上噪声的标准差。"),
);
static CORRECTION: Spec = spec(
    "correction",
    "",
    t("bias correction", "偏差修正"),
    "",
    Kind::Choice(&[choice("on", "on", "开"), choice("off", "off", "关")]),
    0.0,
    t(
        "Whether the average of a beginning is divided by the weight it has seen, 1 − γⁿ.",
        "起步阶段的平均是否除以已有权重之和 1 − γⁿ。",
    ),
);

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let tone = |wave, noise| Tone { wave, amplitude: 1.0, noise };
    let tones = [tone(Wave::Pulse, 0.0), tone(Wave::Level, 0.0), tone(Wave::Level, values.get("noise"))];
    let field = Arc::new(Signal::new(&tones, 0.0, seed));
    let machine = |name: Text, ink: Ink, gamma: f64| -> Lane {
        let method = heavy_ball(1.0, gamma, Convention::MovingAverage);
        let mut lane = lane(name, ink, field.clone(), method, [&[0.0; 3], &[]]);
        lane.probes.retain(|probe| *probe != Probe::Potential);
        lane
    };
    let lanes = vec![
        machine(t("signal", "信号"), Ink::Spring, 0.0),
        machine(t("average", "平均"), Ink::Optimizer, values.get("gamma")),
    ];
    Ok(together(lanes, 1.0))
}

/// The whole number of steps of the quoted window.
fn window(seen: &Seen<'_>) -> usize {
    ema_window(seen.get("gamma")).round().max(1.0) as usize
}

/// What the average recorded, without the start.
fn recorded<'a>(seen: &Seen<'a>, lane: usize, probe: Probe) -> &'a [f64] {
    seen.lane(lane).and_then(|lane| lane.column(probe).get(1..)).unwrap_or_default()
}

/// The last age or iteration that is shown.
fn last(seen: &Seen<'_>) -> f64 {
    (SHOWN * window(seen) as f64).max(8.0)
}

/// The measured share of the weight in the window.
fn inside(seen: &Seen<'_>) -> Option<f64> {
    recorded(seen, AVERAGE, LEVEL).get(window(seen) - 1).copied()
}

/// The plain average of the last `window` values, of all of them as long as there are fewer.
fn boxcar(values: &[f64], window: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let mean = |(n, x): (usize, &f64)| {
        sum += x - n.checked_sub(window).and_then(|old| values.get(old)).unwrap_or(&0.0);
        sum / (n + 1).min(window) as f64
    };
    values.iter().enumerate().map(mean).collect()
}

fn start<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (gamma, last) = (seen.get("gamma"), last(seen));
    let mut out = over_time("start", seen, axis(seen, t("signal and averages", "信号与平均"), ""));
    out.x = out.x.range(0.0, last);
    let shown = |lane: usize| {
        let all = recorded(seen, lane, NOISY);
        &all[..all.len().min(last as usize)]
    };
    let (raw, average) = (shown(RAW), shown(AVERAGE));
    let times = |n: usize| (1..=n).map(|n| n as f64).collect::<Vec<f64>>();
    out.layers.push(thin(times(raw.len()), raw, Ink::Spring, Dash::Solid));
    out.layers.push(level(1.0, Ink::Faint, Dash::Solid));
    let plain = boxcar(raw, window(seen));
    out.layers.push(line(
        times(raw.len()),
        plain,
        Some(seen.say(t("plain average", "普通平均"))),
        Ink::Muted,
        Dash::Dashed,
    ));
    let corrected: Vec<f64> = average.iter().enumerate().map(|(n, y)| y / ema_step(gamma, n as u64)).collect();
    let names = [t("moving average", "滑动平均"), t("corrected", "修正后")].map(|name| seen.say(name));
    out.layers.push(line(times(average.len()), average, Some(names[0]), Ink::Optimizer, Dash::Solid));
    if seen.index("correction") == 0 {
        out.layers.push(line(times(average.len()), corrected, Some(names[1]), Ink::Controller, Dash::DashDot));
    }
    out.y = spanning(out.y, raw.iter().chain(average).copied().chain([0.0, 1.2]));
    vec![out]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "weights",
        title: t("An average and its window", "平均与它的窗口"),
        group: Group::Signals,
        question: t(
            "A moving average is said to be one over the last 1/(1 − γ) values. How much of it is?",
            "常说滑动平均是最近 1/(1 − γ) 个值的平均。其中究竟有多少属于它们？",
        ),
        rows: &[18, 19],
        steps: 120,
    },
    params: &[&GAMMA, &NOISE, &CORRECTION],
    presets: &[
        Preset::new(t("γ = 0.95: window 20", "γ = 0.95：窗长 20"), &[], 120),
        Preset::new(t("γ = 0.9: window 10", "γ = 0.9：窗长 10"), &[("gamma", "0.9")], 60),
        Preset::new(t("γ = 0.99: window 100", "γ = 0.99：窗长 100"), &[("gamma", "0.99")], 500),
    ],
    build,
    pages: &[
        Page::new("weights", t("Weights by age", "按年龄的权重"), shares::stems).showing(
            "Weights of the moving average by the age of the sample, read off the core’s answer to a pulse (bars) over (1 − γ)γ^k (line). Bracket: the quoted window; dashed: a plain average of that length.",
            "滑动平均按样本年龄的权重：由核心对脉冲的响应读出（柱），与 (1 − γ)γ^k（线）对照。括线：所引用的窗口；虚线：同样长度的普通平均。",
        ),
        Page::new("mass", t("Weight gathered", "累积权重"), shares::mass)
            .showing(
                "Weight of the newest n samples: the core’s answer to a level. Shaded: up to the quoted window; dotted: 1 − 1/e, the limit for long windows; dashed: a plain average of that length.",
                "最新 n 个样本的权重：核心对常值的响应。阴影：到所引用的窗口为止；点线：长窗口的极限 1 − 1/e；虚线：同样长度的普通平均。",
            )
            .moving(&[Moves::Clock]),
        Page::new("start", t("The start of an average", "平均的起步"), start)
            .showing(
                "A noisy signal of mean 1 (thin) and its moving average, which starts at 0: divided by the weight it has seen, 1 − γⁿ, it is right from the first step. Dashed: a plain average over the quoted window.",
                "均值为 1 的带噪信号（细线）及其滑动平均，后者从 0 起步：除以已有权重 1 − γⁿ 后从第一步起就正确。虚线：所引用窗口上的普通平均。",
            )
            .moving(&[Moves::Clock]),
        Page::new("limit", t("Towards 1/e", "趋于 1/e"), limit::page).told(limit::caption),
    ],
    tiles: &["weights", "mass", "start", "limit"],
    numbers,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
