//! A periodic gradient: momentum answers it as a driven spring does, and amplifies near its own period.

mod numbers;
mod pages;
mod story;
mod worst;

use std::f64::consts::TAU;
use std::sync::Arc;

use super::steady;
use crate::core::fields::Driven;
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Probe, RungeKutta4};
use crate::figure::Ink;
use crate::param::{Spec, Values};
use crate::scenes::exhibit::lanes::{lane, together};
use crate::scenes::exhibit::{Exhibit, Moves, Page, regimes, specs};
use crate::scenes::{Chip, Group, LaneRun, Lens, Machine, Meta, Preset, SceneError, Seen, Setup};
use crate::text::t;
use crate::theory::closed_loop::{resonance, tracking_response};
use crate::theory::mapping::pole_match;
use crate::theory::matrix::Complex;
use crate::theory::oscillator::Oscillator;
use crate::theory::regime::is_stable;
use numbers::{notes, numbers};

/// Points of the spring's motion per iteration.
const SUBSTEPS: u64 = 8;

static Q: Spec = specs::by_decades(
    "q",
    "$ηλ$",
    t("step × curvature", "步长 × 曲率"),
    [0.1, 0.001, 3.9],
    t("The one number by which step size and curvature enter.", "步长与曲率只以这一个乘积起作用。"),
);
static BETA: Spec = specs::beta(0.9, 0.0, 0.99);
static PERIOD: Spec = specs::by_decades(
    "period",
    "$P$",
    t("period of the drive", "驱动周期"),
    [19.8, 2.0, 400.0],
    t("Iterations in which the periodic part of the gradient swings once.", "梯度的周期部分摆动一次所需的迭代数。"),
);

/// ω of the drive (rad/step).
fn omega(values: &Values) -> f64 {
    TAU / values.get("period")
}

/// The spring with stiffness 1 and the poles of the map, its clock counting iterations; `None` if there is none.
fn spring(q: f64, beta: f64) -> Option<Oscillator> {
    let twin = pole_match(q, beta, 1.0).ok().filter(|twin| twin.k_over_m > 0.0)?;
    Some(twin.oscillator(1.0 / twin.k_over_m))
}

/// The gain G of heavy ball: a push cos ωn on a mode of curvature 1 is answered by Re(G e^{iωn}) in the long run.
fn gain(q: f64, beta: f64, omega: f64) -> Complex<f64> {
    tracking_response(q, beta, omega)
}

fn build(values: &Values, _: u64) -> Result<Setup, SceneError> {
    let (q, beta) = (values.get("q"), values.get("beta"));
    let field = Arc::new(Driven { curvature: 1.0, amplitude: 1.0, omega: omega(values) });
    let rest: [&[f64]; 2] = [&[0.0], &[]];
    let ball = heavy_ball(q, beta, Convention::Displacement);
    let optimizer = lane(t("optimizer", "优化器"), Ink::Optimizer, field.clone(), ball, rest);
    let twin = spring(q, beta).map(|spring| {
        let flow = RungeKutta4 { dt: 1.0 / SUBSTEPS as f64, mass: spring.m, friction: spring.c };
        let block = lane(t("driven spring", "受迫弹簧"), Ink::Spring, field, flow, rest);
        block.steps_per_iteration(SUBSTEPS).as_a(Lens::Spring, Machine::Block)
    });
    Ok(together([optimizer].into_iter().chain(twin).collect(), 1.0))
}

/// The steady swing of a lane as far as its run shows it.
fn swing(seen: &Seen<'_>, lane: &LaneRun) -> Option<Complex<f64>> {
    let per = lane.lane.substeps as f64;
    let key = ("steady swing", lane.lane.substeps as usize, 0);
    let kept = seen.run.derived.measured(key, || {
        let fit = steady::fit(lane.column(Probe::Position(0)), omega(&seen.run.values) / per);
        fit.map_or_else(Vec::new, |g| vec![g.re, g.im])
    });
    match kept {
        [re, im] if seen.run.is_steady() => Some(Complex::new(*re, *im)),
        _ => None,
    }
}

/// The frequency (rad/step) of the largest gain and that gain, where there is a steady answer and a resonance.
fn worst(q: f64, beta: f64) -> Option<(f64, f64)> {
    resonance(q, beta, 1.0).filter(|_| is_stable(q, beta))
}

/// By how many degrees an answer lags behind the push, 0 to 360.
fn lag(gain: Complex<f64>) -> f64 {
    let degrees = -gain.arg().to_degrees();
    // A rounding error must not turn no lag into a whole turn.
    if degrees < -1e-6 { degrees + 360.0 } else { degrees.max(0.0) }
}

fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    vec![regimes::chip(seen, "ηλ", seen.get("q"), seen.get("beta"))]
}

/// The scene.
pub static SCENE: Exhibit = Exhibit {
    meta: &Meta {
        id: "resonance",
        title: t("Resonance", "共振"),
        group: Group::Mechanics,
        question: t(
            "When does momentum amplify a gradient that swings?",
            "梯度周期性摆动时，动量何时会把它放大？",
        ),
        rows: &[4],
        steps: 240,
    },
    params: &[&Q, &BETA, &PERIOD],
    presets: &[
        Preset::new(t("at resonance", "共振处"), &[], 240),
        Preset::new(t("fast drive", "快速驱动"), &[("period", "5")], 240),
        Preset::new(t("slow drive", "缓慢驱动"), &[("period", "150")], 800),
        Preset::new(t("β = 0.99: thirty times", "β = 0.99：三十倍"), &[("beta", "0.99"), ("period", "19.9")], 2000),
        Preset::new(t("no momentum", "无动量"), &[("beta", "0")], 240),
    ],
    modes: &["$x$"],
    build,
    pages: &[
        Page::new("motion", t("Under a periodic push", "周期推动之下"), pages::motion)
            .showing(
                "The optimizer with a periodic part in its gradient, the spring with its poles under the same push, both from rest, and the momentary minimum they follow. Dashed rules: the swing that theory gives the optimizer in the long run.",
                "梯度含周期部分的优化器，与其极点相同、受同样推动的弹簧（均从静止开始），以及它们追随的瞬时极小点。虚线：理论给出的优化器长期摆幅。",
            )
            .moving(&[Moves::Clock]),
        Page::new("bode", t("Gain and lag", "增益与滞后"), pages::bode).told(pages::bode_caption),
        Page::new("peak", t("How much at worst", "最坏放大多少"), worst::page).showing(
            "The largest gain over all periods and the period where it lies, over the memory 1/(1 − β): closed forms (lines), and the gain measured on the stepping core at that period (discs). Diamond: the present β.",
            "所有周期中的最大增益及其所在周期，随记忆长度 1/(1 − β) 的变化：闭式解（线），以及步进核心在该周期实测的增益（圆点）。菱形：当前 β。",
        ),
    ],
    tiles: &["motion", "bode", "peak"],
    numbers,
    chips,
    notes,
    story: Some(&story::STORY),
    ..Exhibit::BLANK
};
