//! The trackers over time, and their error over the momentum.

use super::{MOMENTUM, MOST, best_here, coefficients, ensemble, predicted, steps};
use crate::core::{Gauge, Probe};
use crate::figure::{Dash, Handle, Ink, Layer, Line, Marker, Panel, Weight, rich};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{
    DASHES, axis, callout, decades, level, line, marked, measured, over_time, panel, points, spanning,
};
use crate::text::{fill, t};
use crate::theory::tracking::Held;

/// Steps along a curve.
const POINTS: u32 = 240;
/// Momenta at which ensembles are run: with the same step, and with the same effective step.
pub const SAME_STEP: [f64; 8] = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98];
const SAME_EFFECTIVE: [f64; 4] = [0.15, 0.6, 0.85, 0.975];

/// Momenta along a curve, closer together towards 1.
pub fn momenta() -> Vec<f64> {
    (0..=POINTS).map(|i| 1.0 - libm::pow(1.0 - MOST, f64::from(i) / f64::from(POINTS))).collect()
}

/// The root mean square error of lane `i`'s cloud over the last half of the run.
pub fn rms(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let loss = seen.lane(i)?.column(Probe::Mean(Gauge::Potential));
    let tail = loss.get(loss.len() / 2..).filter(|tail| tail.len() > 1)?;
    Some((2.0 * tail.iter().sum::<f64>() / tail.len() as f64).sqrt())
}

pub fn chase<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut path = over_time("path", seen, axis(seen, t("position", "位置"), ""));
    let mut error = over_time("size", seen, axis(seen, t("rms error", "均方根误差"), ""));
    let (mut places, mut sizes) = (vec![0.0], vec![0.0]);
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let (times, dash, ink) = (lane.times(1.0), DASHES[i % DASHES.len()], lane.lane.ink);
        let [x, c] = [0, 1].map(|k| lane.column(Probe::Position(k)));
        if i == MOMENTUM {
            let name = seen.say(t("minimum", "极小点"));
            path.layers.push(line(times, c, Some(name), Ink::Text, Dash::Dotted));
            places.extend(c);
        }
        places.extend(x);
        path.layers.push(line(times, x, Some(seen.say(lane.lane.name)), ink, dash));
        let size: &[f64] = seen.run.derived.grown(("rms error", i, 0), |column| {
            let loss = lane.column(Probe::Mean(Gauge::Potential));
            column.extend(loss.iter().skip(column.len()).map(|u| (2.0 * u).sqrt()));
        });
        let rows = times.len().min(size.len());
        error.layers.push(line(times[..rows].to_vec(), &size[..rows], None, ink, dash));
        sizes.extend(size);
        let long = predicted(seen, coefficients(seen, i)).total().sqrt();
        if long.is_finite() && seen.run.is_steady() {
            error.layers.push(level(long, ink, Dash::Dotted));
            sizes.push(long);
        }
    }
    path.y = spanning(path.y, places);
    error.y = spanning(error.y, sizes);
    (error.below, error.legend) = (true, false);
    vec![path, error]
}

pub fn chase_caption(seen: &Seen<'_>) -> String {
    let [eta, beta, alpha] = steps(&seen.run.values);
    let text = t(
        "One minimum and those who follow it with noisy gradients: momentum (η = {}, β = {}), descent with the same η, and descent with its effective step {}. Below: the root mean square distance of 64 such trackers; dotted: what theory gives in the long run.",
        "同一个极小点与以带噪梯度追踪它的各方法：动量法（η = {}，β = {}）、相同 η 的梯度下降，以及取其等效步长 {} 的梯度下降。下图：64 个同样追踪者的均方根距离；点线：理论给出的长期值。",
    );
    seen.tell(text, &[eta, beta, alpha])
}

/// The mean square error over the momentum, with the step or the effective step held.
pub fn error<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [eta, beta, alpha] = steps(&seen.run.values);
    let x = axis(seen, t("momentum $β$", "动量系数 $β$"), "").range(0.0, 1.0);
    let mut out = panel("error", x, axis(seen, t("mean square error", "均方误差"), ""));
    let betas = momenta();
    let of = |held: Held| betas.iter().map(|b| predicted(seen, [held.eta(*b), *b])).collect::<Vec<_>>();
    let (step, effective) = (of(Held::Step(eta)), of(Held::EffectiveStep(alpha)));
    let read = |of: fn(&crate::theory::tracking::Error) -> f64| step.iter().map(of).collect::<Vec<f64>>();
    let [total, noise, drift] = [read(|e| e.total()), read(|e| e.noise), read(|e| e.drift)];
    let equal: Vec<f64> = effective.iter().map(|e| e.total()).collect();
    let seen_in = total.iter().chain(&equal).copied().fold(0.0, |m: f64, y| if y.is_finite() { m.max(y) } else { m });
    let least = total.iter().copied().filter(|y| y.is_finite() && *y > 0.0).fold(f64::INFINITY, f64::min);
    out.y = decades(out.y, 0.0, [0.15 * least.min(seen_in), seen_in].into_iter().filter(|y| *y > 0.0));
    let name = |text| Some(seen.say(text));
    out.layers.extend([
        hair(betas.clone(), drift, name(t("of it, lag", "其中滞后")), Dash::Dotted),
        hair(betas.clone(), noise, name(t("of it, noise", "其中噪声")), Dash::Dashed),
        line(betas.clone(), equal, name(t("same $η/(1 − β)$", "相同 $η/(1 − β)$")), Ink::Spring, Dash::DashDot),
        line(betas, total, name(t("same $η$", "相同 $η$")), Ink::Optimizer, Dash::Solid),
    ]);
    out.layers.extend(marks(seen, &SAME_EFFECTIVE, Held::EffectiveStep(alpha), Ink::Spring));
    out.layers.extend(marks(seen, &SAME_STEP, Held::Step(eta), Ink::Optimizer));
    if let Some((beta, error)) = best_here(seen) {
        out.layers.push(points(vec![beta], vec![error], None, Ink::Text, Marker::Diamond));
        let text = fill(seen.say(t("best $β$ = {}", "最佳 $β$ = {}")), &[&show_number(beta)]);
        out.layers.push(callout([beta, error], &text, Ink::Text));
    }
    out.handles.push(handle(seen, [beta, predicted(seen, [eta, beta]).total()], "beta,-"));
    vec![out]
}

/// The present momentum, to be dragged.
pub fn handle(seen: &Seen<'_>, [x, y]: [f64; 2], id: &str) -> Handle {
    let name = seen.say(t("momentum", "动量系数")).to_owned();
    let at = [x, if y.is_finite() { y.max(1e-12) } else { 1.0 }];
    Handle { id: id.into(), at, ink: Ink::Text, label: rich("$β$"), name }
}

/// A thin part of the error with momentum.
fn hair<'a>(x: Vec<f64>, y: Vec<f64>, name: Option<&str>, dash: Dash) -> Layer<'a> {
    let (x, y, name) = (x.into(), y.into(), name.map(rich));
    Layer::Line(Line { x, y, name, ink: Ink::Optimizer, dash, weight: Weight::Thin, marker: None })
}

/// Measured errors with two standard errors to either side.
fn marks<'a>(seen: &Seen<'a>, betas: &[f64], held: Held, ink: Ink) -> Option<Layer<'a>> {
    let found = betas.iter().filter_map(|b| Some((*b, ensemble::total(seen, [held.eta(*b), *b], seen.get("rate"))?)));
    let found: Vec<_> = found.filter(|(_, m)| m.mean > 0.0).collect();
    let read = |of: fn(&ensemble::Measured) -> f64| found.iter().map(|(_, m)| of(m)).collect::<Vec<f64>>();
    let ends = [read(|m| (m.mean - 2.0 * m.error).max(0.05 * m.mean)), read(|m| m.mean + 2.0 * m.error)];
    let x: Vec<f64> = found.iter().map(|(beta, _)| *beta).collect();
    let marker = if matches!(held, Held::Step(_)) { Marker::Disc } else { Marker::Square };
    (!x.is_empty()).then(|| marked(measured(x, read(|m| m.mean), ends, None, ink), marker))
}

pub fn error_caption(seen: &Seen<'_>) -> String {
    let best = best_here(seen).map_or([f64::NAN; 2], |(beta, error)| [beta, error.sqrt()]);
    let text = t(
        "Mean square distance from the minimum: theory (lines) and ensembles of 96 trackers with two standard errors (marks), for λ = 1. At the present η (solid) lag (dotted) falls and noise (dashed) grows with β; they balance at β = {}, with a root mean square of {}. At the present effective step (dash-dot) momentum gains next to nothing over none. The mark can be dragged.",
        "到极小点的均方距离：理论（线）与 96 个追踪者的系综及其两倍标准误差（标记），λ = 1。在当前 η 下（实线），滞后（点线）随 β 减小而噪声（虚线）增大，在 β = {} 处平衡，均方根为 {}。在当前等效步长下（点划线），有动量与无动量相比几乎没有收益。标记可拖动。",
    );
    seen.tell(text, &best)
}
