//! A minimum that drifts: which momentum follows it best depends on how fast it goes, and on what is held fixed.

mod ensemble;
mod numbers;
mod pages;
mod plane;
mod rates;
mod story;
mod survey;

use std::f64::consts::TAU;
use std::sync::Arc;

use crate::core::fields::{Minibatch, Tether};
use crate::core::methods::{Chase, Target};
use crate::core::{Field, Gauge, Probe};
use crate::figure::Ink;
use crate::param::{Kind, Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::models::declare::{choice, spec};
use crate::scenes::{Chip, Group, Lane, Meta, Preset, SceneError, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::regime::stability_wall;
use crate::theory::tracking::{self, Drift, Error, Held, best_effective_step, ramp_lag};

/// Kinds of drift, in the order they are offered.
const RAMP: usize = 0;
const WALK: usize = 1;
const SWING: usize = 2;
/// Lanes: momentum, descent with its step, descent with its effective step (where that is stable).
const MOMENTUM: usize = 0;
const SAME_STEP: usize = 1;
/// Particles of a lane, each with noise of its own, and in a walk with a minimum of its own.
const PARTICLES: usize = 64;
/// The largest momentum there is to choose.
const MOST: f64 = 0.99;
/// The stream of the noise of gradients, beside that of the walk.
const GRADIENTS: u32 = 1;

static TARGET: Spec = spec(
    "target",
    "",
    t("drift", "漂移"),
    "",
    Kind::Choice(&[
        choice("ramp", "steady", "匀速"),
        choice("walk", "random walk", "随机游走"),
        choice("swing", "sine", "正弦"),
    ]),
    0.0,
    t("How the minimum moves.", "极小点如何移动。"),
);
static RATE: Spec = specs::by_decades(
    "rate",
    "$s$",
    t("rate of change", "变化速率"),
    [0.02, 0.001, 0.5],
    t(
        "How far the minimum moves per step: always (steady), by standard deviation (random walk), at most (sine).",
        "极小点每步移动的距离：恒定值（匀速）、标准差（随机游走）或最大值（正弦）。",
    ),
);
static PERIOD: Spec = specs::by_decades(
    "period",
    "$P$",
    t("period of the sine", "正弦周期"),
    [200.0, 10.0, 5000.0],
    t("Steps in which the minimum swings once.", "极小点摆动一次所需的步数。"),
);
static NOISE: Spec = specs::pure(
    "noise",
    "$σ$",
    t("gradient noise", "梯度噪声"),
    [1.0, 0.0, 3.0],
    t("Standard deviation of the white noise in the gradient.", "梯度中白噪声的标准差。"),
);
static ETA: Spec = specs::eta(0.02, 0.001, 0.5);
static BETA: Spec = specs::beta(0.9, 0.0, MOST);

/// The minimum as the core moves it.
fn target(values: &Values, rate: f64) -> Target {
    let omega = TAU / values.get("period");
    match values.index("target") {
        WALK => Target::Walk(rate),
        SWING => Target::Swing { amplitude: rate / omega, omega },
        _ => Target::Ramp(rate),
    }
}

/// The same minimum as theory knows it.
fn drift(values: &Values, rate: f64) -> Drift {
    let omega = TAU / values.get("period");
    match values.index("target") {
        WALK => Drift::Walk(rate),
        SWING => Drift::Swing { amplitude: rate / omega, omega },
        _ => Drift::Ramp(rate),
    }
}

/// A bowl of curvature 1 around the minimum, its gradient with noise.
fn ground(deviation: f64, seed: u64) -> Arc<dyn Field> {
    Arc::new(Minibatch::new(Arc::new(Tether { curvature: 1.0 }), deviation, seed, GRADIENTS))
}

/// A cloud with this step and momentum; every lane is given the same minima and the same noise.
fn tracker(name: Text, ink: Ink, [eta, beta]: [f64; 2], values: &Values, seed: u64, particles: usize) -> Lane {
    let method = Chase { eta, beta, target: target(values, values.get("rate")) };
    let lane = lane(name, ink, ground(values.get("noise"), seed), method, [&[0.0; 2], &[]]);
    lane.noisy(particles, seed, 0).recording([Probe::Mean(Gauge::Potential)])
}

fn build(values: &Values, seed: u64) -> Result<Setup, SceneError> {
    let [eta, beta, alpha] = steps(values);
    let lane = |name, ink, coefficients| tracker(name, ink, coefficients, values, seed, PARTICLES);
    let mut lanes = vec![
        lane(t("momentum", "动量法"), Ink::Optimizer, [eta, beta]),
        lane(t("descent, same η", "梯度下降，相同 η"), Ink::Muted, [eta, 0.0]),
    ];
    if alpha < stability_wall(0.0) {
        let name = t("descent, same η/(1 − β)", "梯度下降，相同 η/(1 − β)");
        lanes.push(lane(name, Ink::Spring, [alpha, 0.0]));
    }
    Ok(together(lanes, 1.0))
}

/// η, β and the effective step η/(1 − β).
fn steps(values: &Values) -> [f64; 3] {
    let [eta, beta] = ["eta", "beta"].map(|id| values.get(id));
    [eta, beta, eta / (1.0 - beta)]
}

/// Step and momentum of lane `i`.
fn coefficients(seen: &Seen<'_>, i: usize) -> [f64; 2] {
    let [eta, beta, alpha] = steps(&seen.run.values);
    match i {
        MOMENTUM => [eta, beta],
        SAME_STEP => [eta, 0.0],
        _ => [alpha, 0.0],
    }
}

/// The mean square error by theory.
fn predicted(seen: &Seen<'_>, coefficients: [f64; 2]) -> Error {
    predicted_at(&seen.run.values, coefficients, seen.get("rate"))
}

/// The same behind a minimum that is this fast.
fn predicted_at(values: &Values, [eta, beta]: [f64; 2], rate: f64) -> Error {
    tracking::error(eta, beta, 1.0, values.get("noise").powi(2), drift(values, rate))
}

/// The momentum with the least mean square error with this held fixed and the minimum this fast, and that error.
fn best(values: &Values, held: Held, rate: f64) -> Option<(f64, f64)> {
    tracking::best_momentum(held, 1.0, values.get("noise").powi(2), drift(values, rate), MOST)
}

/// The best momentum with the present step.
fn best_here(seen: &Seen<'_>) -> Option<(f64, f64)> {
    best(&seen.run.values, Held::Step(seen.get("eta")), seen.get("rate"))
}

/// The memory of the best running mean of what gradients say of the minimum: 1 − β is the best step of descent.
fn best_mean(values: &Values, rate: f64) -> Option<f64> {
    best_descent(values, rate).map(|(step, _)| (1.0 - step).max(0.0))
}

/// The best step of descent and its mean square error.
fn best_descent(values: &Values, rate: f64) -> Option<(f64, f64)> {
    best_effective_step(0.0, 1.0, values.get("noise").powi(2), drift(values, rate))
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    vec![regimes::chip(seen, "ηλ", seen.get("eta"), seen.get("beta"))]
}

fn notes(seen: &Seen<'_>) -> Vec<String> {
    let alpha = steps(&seen.run.values)[2];
    let lag = ramp_lag(seen.get("eta"), seen.get("beta"), 1.0);
    let text = t(
        "The effective step η/(1 − β) = {} decides: the lag behind a slow drift is {} steps whatever β and η it is made of.",
        "起决定作用的是等效步长 η/(1 − β) = {}：对慢漂移的滞后为 {} 步，与它由怎样的 β、η 组成无关。",
    );
    vec![seen.tell(text, &[alpha, lag])]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "drifting-target",
        title: t("A minimum that drifts", "漂移的极小点"),
        group: Group::Signals,
        question: t(
            "The data change while we train. Does a faster change want more momentum, or less?",
            "训练时数据在变。变化越快，动量该越大还是越小？",
        ),
        rows: &[36],
        steps: 400,
    },
    params: &[&TARGET, &RATE, &PERIOD, &NOISE, &ETA, &BETA],
    shown: |id, values| id != "period" || values.index("target") == SWING,
    presets: &[
        Preset::new(t("steady drift", "匀速漂移"), &[], 400),
        Preset::new(t("ten times as fast", "快十倍"), &[("rate", "0.2")], 400),
        Preset::new(t("random walk", "随机游走"), &[("target", "walk"), ("rate", "0.1")], 400),
        Preset::new(t("sine", "正弦"), &[("target", "swing"), ("rate", "0.05")], 600),
    ],
    modes: &["$x$"],
    build,
    pages: &[
        Page::new("chase", t("Minimum and trackers", "极小点与追踪者"), pages::chase)
            .told(pages::chase_caption)
            .moving(&[Moves::Clock, Moves::Clock]),
        Page::new("error", t("Error over momentum", "误差随动量的变化"), pages::error).told(pages::error_caption),
        Page::new("trade", t("Lag against noise", "滞后与噪声的权衡"), plane::page).told(plane::caption),
        Page::new("rates", t("Best momentum over the rate of change", "最佳动量随变化速率"), rates::page)
            .briefly(t("Best momentum", "最佳动量"))
            .told(rates::caption),
        Page::sweep(),
    ],
    tiles: &["chase", "error", "trade", "rates"],
    numbers: numbers::all,
    chips,
    notes,
    survey: Some(&survey::Following),
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
