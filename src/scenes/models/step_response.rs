//! The answer to a unit step of the minimum: the stepping core over the closed form, with the numbers
//! a control engineer reads off it.

use std::sync::Arc;

use super::measure;
use super::modal::LinearMode;
use crate::core::fields::Quadratic;
use crate::core::{Probe, State, Stepper, System, Trace, advance};
use crate::figure::{
    Axis, Band, Callout, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Rule, Weight, rich,
};
use crate::param::show_number;
use crate::text::{Lang, Text, fill, t};
use crate::theory::heavy_ball::{StepMetrics, response, step_metrics};

const TITLE: Text = t("Step response", "阶跃响应");
/// Steps recorded at least and at most.
const SHORT: u64 = 12;
const LONG: u64 = 20_000;
/// Iterates drawn at most.
const DRAWN: u64 = 120;
/// How far a diverging answer is shown.
const FAR: f64 = 6.0;

/// What a step response is drawn from.
pub struct Step<'a> {
    /// The mode.
    pub mode: &'a LinearMode,
    /// Its curvature.
    pub curvature: f64,
    /// The method, counting iterations.
    pub stepper: Arc<dyn Stepper>,
    /// Velocity (1/s) of the twin that starts at distance 1 from its minimum.
    pub start_velocity: Option<f64>,
    /// The name of the twin's mapping.
    pub mapping: Text,
    /// The axis of time, and how many of its units an iteration lasts.
    pub clock: (Axis, f64),
    /// Language.
    pub lang: Lang,
}

/// Positions of the core on a mode whose minimum is moved from 0 to 1 at the start.
pub fn record(stepper: Arc<dyn Stepper>, curvature: f64, steps: u64) -> Vec<f64> {
    let field = Quadratic::diagonal(&[curvature]).around(&[1.0]);
    let system = System { field: Arc::new(field), stepper };
    let (probe, mut state) = (Probe::Position(0), State::at(&[0.0], &[], 1, 0, 0));
    let mut trace = Trace::new(&[probe], steps as usize + 1);
    crate::core::Observe::observe(&mut trace, &*system.field, &state);
    advance(&system, &mut state, steps, &mut trace);
    trace.column(probe).to_vec()
}

/// The metrics of a recorded step response; `None` if it has not settled.
pub fn measured(x: &[f64]) -> Option<StepMetrics> {
    let error: Vec<f64> = x.iter().map(|x| 1.0 - x).collect();
    let settling = measure::settles(&error, 0.02)?;
    let overshoot = measure::overshoot(&error)?;
    let first = |share: f64| x.iter().position(|x| *x >= share).map(|n| n as u64);
    let peak = x.iter().position(|x| x - 1.0 >= overshoot).map(|n| n as u64).filter(|_| overshoot > 0.0);
    Some(StepMetrics { overshoot, peak, rise: [first(0.1)?, first(0.9)?], settling })
}

/// How many iterations show the answer whole.
fn horizon(predicted: Option<StepMetrics>) -> u64 {
    predicted.map_or(20, |p| p.settling.saturating_mul(5) / 4 + 4).clamp(SHORT, LONG)
}

/// The figure.
pub fn figure<'a>(step: &Step<'_>) -> Figure<'a> {
    let (lang, mode, unit) = (step.lang, step.mode, step.clock.1);
    let predicted = step_metrics(mode.q, mode.beta);
    let last = horizon(predicted);
    let trace = record(step.stepper.clone(), step.curvature, last);
    let seen = measured(&trace);
    let label = t("position / step", "位置 / 阶跃").get(lang);
    let x = step.clock.0.clone().range(0.0, last as f64 * unit);
    let mut panel = Panel::new("step", x, Axis::new(rich(label), ""));
    let closed: Vec<f64> = (0..=last).map(|n| 1.0 - response(mode.q, mode.beta, 1.0, 0.0, n)).collect();
    let [low, high] = extent(&closed);
    panel.y = panel.y.range(low, high);
    panel.layers = references(predicted, last as f64 * unit);
    panel.layers.extend(twin(step, last));
    panel.layers.extend(curves(&closed, &trace, unit, lang));
    panel.layers.extend(predicted.map(|p| numbers(step, p, &closed)).into_iter().flatten());
    let caption = caption(step, predicted, seen, stride(last));
    Figure { id: "step", title: Rich::from(TITLE.get(lang)), columns: 1, caption, panels: vec![panel] }
}

/// The place of a moment of the run on the closed form, while it is on the axis.
pub fn place(mode: &LinearMode, at: f64) -> Option<f64> {
    let last = horizon(step_metrics(mode.q, mode.beta));
    let n = at.max(0.0);
    if !(n <= last as f64) {
        return None;
    }
    let [a, b] = [n.floor(), n.floor() + 1.0].map(|n| 1.0 - response(mode.q, mode.beta, 1.0, 0.0, n as u64));
    let y = a + (b - a) * n.fract();
    y.is_finite().then_some(y)
}

/// Every how many iterations one is drawn.
fn stride(last: u64) -> u64 {
    last.div_ceil(DRAWN).max(1)
}

/// The range of positions; of a diverging answer the readable part.
fn extent(closed: &[f64]) -> [f64; 2] {
    let near = closed.iter().filter(|x| x.abs() <= FAR);
    let (low, high) = near.fold((0.0, 1.05), |(a, b): (f64, f64), x| (a.min(*x), b.max(*x)));
    let room = 0.06 * (high - low);
    [low - room, high + 2.0 * room]
}

/// The new minimum, and the band of 2 % about it where the answer settles.
fn references<'a>(predicted: Option<StepMetrics>, end: f64) -> Vec<Layer<'a>> {
    let band = predicted.map(|_| Band {
        x: vec![0.0, end].into(),
        low: vec![0.98; 2].into(),
        high: vec![1.02; 2].into(),
        name: Some(Rich::from("±2 %")),
        ink: Ink::Faint,
        hatch: None,
    });
    band.map(Layer::Band).into_iter().chain([Layer::Rule(Rule::Y(1.0, Ink::Faint, Dash::Solid))]).collect()
}

/// The continuous spring from the same start.
fn twin<'a>(step: &Step<'_>, last: u64) -> Option<Layer<'a>> {
    const POINTS: usize = 400;
    let (spring, v0) = (step.mode.spring?, step.start_velocity.filter(|v| v.is_finite())?);
    let at = |k: usize| last as f64 * k as f64 / POINTS as f64;
    let x: Vec<f64> = (0..=POINTS).map(|k| at(k) * step.clock.1).collect();
    let y: Vec<f64> = (0..=POINTS).map(|k| 1.0 - spring.flow(at(k) * step.mode.h, 1.0, v0).0).collect();
    let name = Some(Rich::from(t("spring", "弹簧").get(step.lang)));
    let (ink, dash, weight) = (Ink::Spring, Dash::Dashed, Weight::Normal);
    Some(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }))
}

/// The closed form as a line, the core as discs.
fn curves<'a>(closed: &[f64], trace: &[f64], unit: f64, lang: Lang) -> [Layer<'a>; 2] {
    let every = stride(closed.len() as u64 - 1) as usize;
    let time = |n: usize| n as f64 * unit;
    let ink = Ink::Optimizer;
    let line = Line {
        x: (0..closed.len()).map(time).collect::<Vec<_>>().into(),
        y: closed.to_vec().into(),
        name: Some(Rich::from(t("closed form", "闭式解").get(lang))),
        ink,
        dash: Dash::Solid,
        weight: Weight::Thin,
        marker: None,
    };
    let shown = || trace.iter().enumerate().step_by(every);
    let points = Points {
        x: shown().map(|(n, _)| time(n)).collect::<Vec<_>>().into(),
        y: shown().map(|(_, x)| *x).collect::<Vec<_>>().into(),
        name: Some(Rich::from(t("measured", "测量").get(lang))),
        ink,
        marker: Marker::Disc,
        size: 1.0,
    };
    [Layer::Line(line), Layer::Points(points)]
}

/// A number of iterations on the clock shown, with its unit.
fn duration(step: &Step<'_>, n: u64) -> String {
    let unit = if step.clock.0.unit.is_empty() { t("steps", "步").get(step.lang) } else { step.clock.0.unit };
    format!("{} {unit}", show_number(n as f64 * step.clock.1))
}

/// Rules and callouts for rise, peak and settling.
fn numbers<'a>(step: &Step<'_>, p: StepMetrics, closed: &[f64]) -> Vec<Layer<'a>> {
    let (lang, unit) = (step.lang, step.clock.1);
    let rule = |n: u64, dash| Layer::Rule(Rule::X(n as f64 * unit, Ink::Faint, dash));
    let position = |n: u64| closed.get(n as usize).copied().unwrap_or(1.0);
    let note = |n: u64, text: Text, number: &str| {
        let text = Rich::from(fill(text.get(lang), &[number]).as_str());
        Layer::Callout(Callout { at: [n as f64 * unit, position(n)], text, ink: Ink::Text })
    };
    let mut layers = vec![rule(p.rise[0], Dash::Dotted), rule(p.rise[1], Dash::Dotted)];
    layers.push(note(p.rise[1], t("rise in {}", "上升 {}"), &duration(step, p.rise[1] - p.rise[0])));
    if let Some(peak) = p.peak {
        layers.push(rule(peak, Dash::Dashed));
        layers.push(note(peak, t("overshoot {} %", "超调 {} %"), &show_number(100.0 * p.overshoot)));
    }
    if (p.settling as usize) < closed.len() {
        layers.push(rule(p.settling, Dash::Solid));
        layers.push(note(p.settling, t("settled in {}", "{} 稳定"), &duration(step, p.settling)));
    }
    layers
}

fn caption(step: &Step<'_>, predicted: Option<StepMetrics>, seen: Option<StepMetrics>, every: u64) -> String {
    let lang = step.lang;
    let what = t(
        "Answer of {} to a unit step of the minimum: the stepping core ({}) over the closed form (line){}.",
        "{} 对极小点单位阶跃的响应：步进核心（{}）与闭式解（线）{}。",
    );
    let discs = match every {
        1 => t("discs", "圆点").get(lang).to_owned(),
        _ => fill(t("discs, one iterate in {}", "圆点，每 {} 步一个").get(lang), &[&every.to_string()]),
    };
    let twin = t(", and the continuous spring, {} (dashed)", "，以及连续弹簧（{}，虚线）");
    let twin = step.mode.spring.map_or(String::new(), |_| fill(twin.get(lang), &[step.mapping.get(lang)]));
    let mut parts = vec![fill(what.get(lang), &[&step.mode.name, &discs, &twin])];
    parts.push(match predicted {
        None => t("The mode does not settle.", "该模态不会稳定。").get(lang).to_owned(),
        Some(p) => metrics(step, p, seen),
    });
    parts.join(t(" ", "").get(lang))
}

/// Predicted numbers with the measured ones in parentheses.
fn metrics(step: &Step<'_>, p: StepMetrics, seen: Option<StepMetrics>) -> String {
    let lang = step.lang;
    let pair = |of: &dyn Fn(StepMetrics) -> String| {
        let beside = seen.map_or_else(|| t("not reached", "未达到").get(lang).to_owned(), of);
        format!("{} ({beside})", of(p))
    };
    let over = pair(&|m| format!("{} %", show_number(100.0 * m.overshoot)));
    let peak = pair(&|m| m.peak.map_or_else(|| t("none", "无").get(lang).to_owned(), |n| duration(step, n)));
    let rise = pair(&|m| duration(step, m.rise[1] - m.rise[0]));
    let settling = pair(&|m| duration(step, m.settling));
    let text = t(
        "Predicted (measured): overshoot {}, peak after {}, rise from 10 % to 90 % {}, settling to 2 % {}.",
        "预测（实测）：超调 {}，峰值时刻 {}，10 % 至 90 % 上升 {}，2 % 稳定 {}。",
    );
    fill(text.get(lang), &[&over, &peak, &rise, &settling])
}
