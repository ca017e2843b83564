//! Loss, energy and the sampler's distribution.

use super::series::clock;
use super::{problem, twin};
use crate::core::Probe;
use crate::figure::{
    Axis, Band, Dash, ErrorBars, Figure, Hatch, Histogram, Ink, Layer, Line, Marker, Panel, Points, Rich, Text, Weight,
    rich,
};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{fill, t};
use crate::theory::fluctuation::sghmc_temperatures;
use crate::theory::oscillator::Oscillator;
use crate::theory::regime::classify;

/// The loss of every lane on a logarithmic axis.
pub fn loss<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let (x_axis, unit) = clock(run, view);
    let y = Axis::new(rich(t("loss $f$", "损失 $f$").get(view.lang)), "a.u.").log();
    let mut panel = Panel::new("loss", x_axis.range(0.0, run.horizon as f64 * unit), y);
    let mut top = f64::NEG_INFINITY;
    for lane in run.lanes.iter().rev().filter(|l| l.lane.present.iter().all(|p| *p)) {
        let (x, y) = (lane.times(unit), lane.column(Probe::Potential));
        top = top.max(y.first().copied().unwrap_or(top));
        let (name, ink) = (Some(Rich::from(lane.lane.name.get(view.lang))), lane.lane.lens.ink());
        let (dash, weight) = match lane.lane.lens {
            Lens::Spring => (Dash::Solid, Weight::Normal),
            Lens::Controller => (Dash::Dashed, Weight::Thin),
            _ => (Dash::Dotted, Weight::Thin),
        };
        panel.layers.push(match lane.lane.lens {
            Lens::Optimizer => {
                Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker: Marker::Disc, size: 1.0 })
            }
            _ => Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }),
        });
    }
    if top > 0.0 && top.is_finite() {
        let ends = || [top * loss_floor(run, top), top * loss_ceiling(run, top)];
        let [low, high] = run.derived.pair(("loss range", 0, top.to_bits()), ends);
        panel.y = panel.y.range(low, high);
    }
    panel.clock = Some(unit);
    Figure {
        id: "loss",
        title: rich(t("Loss", "损失").get(view.lang)),
        columns: 1,
        caption: t("Loss of every lane, first particle of the sampler.", "各通道的损失（采样器取第一个粒子）。")
            .get(view.lang)
            .into(),
        panels: vec![panel],
    }
}

fn optimizer_loss(run: &Run) -> &[f64] {
    run.lane(Lens::Optimizer).map_or(&[], |l| l.column(Probe::Potential))
}

/// The smallest share of the start's loss worth showing: what the optimizer reaches, 10⁻¹² at most.
fn loss_floor(run: &Run, top: f64) -> f64 {
    let least = optimizer_loss(run).iter().copied().fold(top, |a, b| if b > 0.0 { a.min(b) } else { a });
    10f64.powf((least / top).log10().floor().clamp(-12.0, -2.0))
}

/// And the largest: a diverging run is followed for three decades.
fn loss_ceiling(run: &Run, top: f64) -> f64 {
    let most = optimizer_loss(run).iter().copied().fold(top, f64::max);
    10f64.powf((most / top).log10().ceil().clamp(0.0, 3.0)) * 2.0
}

/// What the spring's energy has become at every row: potential, kinetic and dissipated share.
struct Ledger {
    potential: Vec<f64>,
    kinetic: Vec<f64>,
    dissipated: Vec<f64>,
}

/// Energies of all present modes, each row with the spring in force there, the dissipated part by
/// Simpson's rule on `c v²`.
fn ledger(lane: &LaneRun, run: &Run) -> Option<Ledger> {
    let rows = lane.trace.len();
    let mut out = Ledger { potential: vec![0.0; rows], kinetic: vec![0.0; rows], dissipated: vec![0.0; rows] };
    let per = lane.lane.substeps.max(1);
    for (mode, _) in lane.lane.present.iter().enumerate().filter(|(_, there)| **there) {
        let springs: Vec<(Oscillator, f64)> = (0..=rows as u64 / per)
            .map(|n| Some((twin::spring(run.values_at(n), mode)?, run.values_at(n).get("h") / per as f64)))
            .collect::<Option<_>>()?;
        let (q, v) = (lane.column(Probe::Position(mode)), lane.column(Probe::Velocity(mode)));
        let mut lost = 0.0;
        for i in 0..rows {
            if let Some(last) = i.checked_sub(1) {
                let (s, dt) = &springs[last / per as usize];
                lost += stretch(s, *dt, [q[last], q[i]], [v[last], v[i]]);
            }
            let (s, _) = &springs[i / per as usize];
            out.potential[i] += 0.5 * s.k * q[i] * q[i];
            out.kinetic[i] += 0.5 * s.m * v[i] * v[i];
            out.dissipated[i] += lost;
        }
    }
    Some(out)
}

/// What the damper takes over one row: Simpson's rule, its midpoint from the cubic through both ends
/// (Hermite) with the acceleration the equation of motion gives there.
fn stretch(s: &Oscillator, dt: f64, q: [f64; 2], v: [f64; 2]) -> f64 {
    let a = |i: usize| -(s.c * v[i] + s.k * q[i]) / s.m;
    let middle = 0.5 * (v[0] + v[1]) + dt / 8.0 * (a(0) - a(1));
    dt / 6.0 * s.c * (v[0] * v[0] + 4.0 * middle * middle + v[1] * v[1])
}

/// The largest departure of potential + kinetic + dissipated from the start, as a share of it; `None`
/// when the spring was changed in mid-run, which adds or takes energy.
pub fn energy_residual(run: &Run) -> Option<f64> {
    let none = [f64::NAN, 0.0];
    let [most, start] = run.derived.pair(("energy residual", 0, 0), || {
        let books = run.lane(Lens::Spring).filter(|_| run.is_steady()).and_then(|lane| ledger(lane, run));
        let Some(books) = books else { return none };
        let total = |i: usize| books.potential[i] + books.kinetic[i] + books.dissipated[i];
        let start = total(0);
        [(0..books.potential.len()).map(|i| (total(i) / start - 1.0).abs()).fold(0.0, f64::max), start]
    });
    (start > 0.0).then_some(most)
}

/// The edges of potential, kinetic and dissipated energy laid on one another, as shares of the energy
/// at the start: one column after the other, empty if there is no spring or no energy.
fn edges(lane: &LaneRun, run: &Run) -> Vec<f64> {
    let Some(books) = ledger(lane, run).filter(|b| b.potential[0] + b.kinetic[0] > 0.0) else { return Vec::new() };
    let start = books.potential[0] + books.kinetic[0];
    let mut out = vec![0.0; books.potential.len()];
    for part in [&books.potential, &books.kinetic, &books.dissipated] {
        let below = out.len() - part.len();
        out.extend_from_within(below..);
        out[below + part.len()..].iter_mut().zip(part).for_each(|(edge, share)| *edge += share / start);
    }
    out
}

/// The energy ledger of the spring: where the energy of the start has gone.
pub fn energy<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let (x_axis, unit) = clock(run, view);
    let y = Axis::new(rich(t("energy, share of start", "能量（占初始）").get(view.lang)), "");
    let mut panel = Panel::new("energy", x_axis.range(0.0, run.horizon as f64 * unit), y);
    let spring = run.lane(Lens::Spring);
    let edges = spring.map_or(&[][..], |lane| run.derived.column(("energy edges", 0, 0), || edges(lane, run)));
    if let Some(lane) = spring.filter(|_| !edges.is_empty()) {
        let x = lane.times(unit);
        let edges: Vec<&[f64]> = edges.chunks(x.len().max(1)).collect();
        let parts = [
            (Ink::Optimizer, Some(Hatch::Rising), t("potential", "势能")),
            (Ink::Controller, Some(Hatch::Cross), t("kinetic", "动能")),
            (Ink::Spring, None, t("dissipated", "耗散")),
        ];
        for (between, (ink, hatch, name)) in edges.windows(2).zip(parts) {
            let (low, high) = (between[0].into(), between[1].into());
            let name = Some(Rich::from(name.get(view.lang)));
            panel.layers.push(Layer::Band(Band { x: x.into(), low, high, name, ink, hatch }));
        }
        panel.y = if run.is_steady() { panel.y.range(0.0, 1.1) } else { panel.y };
    } else {
        let say = t("there is no spring for these values", "这些值下没有对应的弹簧").get(view.lang);
        let at = [0.5 * run.horizon as f64 * unit, 0.5];
        panel.y = panel.y.range(0.0, 1.0);
        panel.layers.push(Layer::Text(Text { at, text: Rich::from(say), ink: Ink::Muted }));
    }
    panel.clock = Some(unit);
    let steady = t(
        "Potential, kinetic and dissipated energy of the continuous spring, all modes together; the sum is constant up to the error of the quadrature.",
        "连续弹簧的势能、动能与耗散能（所有模态合计）；总和恒定，误差只来自数值积分。",
    );
    let changed = t(
        "Potential, kinetic and dissipated energy of the continuous spring, all modes together, as shares of the energy at the start; changing the spring in mid-run adds or takes energy.",
        "连续弹簧的势能、动能与耗散能（所有模态合计），以初始能量为单位；中途改变弹簧会注入或取走能量。",
    );
    Figure {
        id: "energy",
        title: rich(t("Energy ledger of the spring", "弹簧的能量账本").get(view.lang)),
        columns: 1,
        caption: if run.is_steady() { steady } else { changed }.get(view.lang).into(),
        panels: vec![panel],
    }
}

/// The cloud's histogram at the present moment against its exact stationary density.
pub fn histogram<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let position = format!("{} $q_{}$", t("position", "位置").get(view.lang), view.mode + 1);
    let density = Axis::new(rich(t("probability density", "概率密度").get(view.lang)), "1/a.u.");
    let mut panel = Panel::new("histogram", Axis::new(rich(&position), "a.u."), density);
    if let Some(lane) = run.lane(Lens::Sampler) {
        let state = lane.state_at(view.now);
        let cloud: Vec<f64> = state.coordinate(view.mode).iter().copied().filter(|q| q.is_finite()).collect();
        bars(&cloud, view, &mut panel);
        stationary(run, view, &mut panel);
    }
    Figure {
        id: "histogram",
        title: rich(t("Cloud and exact density", "粒子云与精确密度").get(view.lang)),
        columns: 1,
        caption: fill(
            t(
                "Histogram of the cloud at iteration {} (normalised) against the exact stationary density of the sampler on this mode.",
                "第 {} 步的粒子云直方图（已归一化）与该模态上采样器的精确平稳密度。",
            )
            .get(view.lang),
            &[&view.now.to_string()],
        ),
        panels: vec![panel],
    }
}

fn bars(cloud: &[f64], view: View, panel: &mut Panel<'_>) {
    let (low, high) = cloud.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), q| (a.min(*q), b.max(*q)));
    if !(high > low) {
        let say = t("the cloud is a single point", "粒子云是一个点").get(view.lang);
        let centre = if low.is_finite() { low } else { 0.0 };
        panel.x = panel.x.clone().range(centre - 1.0, centre + 1.0);
        panel.y = panel.y.clone().range(0.0, 1.0);
        let at = [centre, 0.5];
        panel.layers.push(Layer::Text(Text { at, text: Rich::from(say), ink: Ink::Muted }));
        return;
    }
    let bins = ((cloud.len() as f64).sqrt() as usize).clamp(8, 60);
    let width = (high - low) / bins as f64;
    let mut height = vec![0.0; bins];
    for q in cloud {
        height[(((q - low) / width) as usize).min(bins - 1)] += 1.0 / (cloud.len() as f64 * width);
    }
    let edges: Vec<f64> = (0..=bins).map(|i| low + i as f64 * width).collect();
    let name = Some(Rich::from(t("cloud", "粒子云").get(view.lang)));
    panel.layers.push(Layer::Histogram(Histogram {
        edges: edges.clone().into(),
        height: height.clone().into(),
        name,
        ink: Ink::Sampler,
        hatch: None,
    }));
    panel.layers.push(intervals(&edges, &height, cloud.len() as f64, view));
}

/// 95 % intervals of the heights h of a histogram of n independent particles: in a bin of width w
/// their number is binomial, so the standard error of h is √(h (1/w − h) / n).
fn intervals<'a>(edges: &[f64], height: &[f64], n: f64, view: View) -> Layer<'a> {
    let seen = || edges.windows(2).zip(height).filter(|(_, h)| **h > 0.0);
    let error = |e: &[f64], h: f64| 1.96 * (h * (1.0 / (e[1] - e[0]) - h).max(0.0) / n).sqrt();
    let end = |sign: f64| seen().map(|(e, h)| (h + sign * error(e, *h)).max(0.0)).collect::<Vec<_>>();
    Layer::ErrorBars(ErrorBars {
        x: seen().map(|(e, _)| 0.5 * (e[0] + e[1])).collect::<Vec<_>>().into(),
        y: seen().map(|(_, h)| *h).collect::<Vec<_>>().into(),
        low: end(-1.0).into(),
        high: end(1.0).into(),
        along_x: false,
        marker: None,
        name: Some(Rich::from(t("95 % interval", "95 % 区间").get(view.lang))),
        ink: Ink::Muted,
        weight: Weight::Thin,
    })
}

fn stationary(run: &Run, view: View, panel: &mut Panel<'_>) {
    let (eta, beta, temperature) = (run.values.get("eta"), run.values.get("beta"), run.values.get("temperature"));
    let Some(lambda) = problem::curvatures(&run.values).get(view.mode).copied() else { return };
    if temperature <= 0.0 || !classify(eta * lambda, beta).is_stable() {
        return;
    }
    let variance = sghmc_temperatures(1.0 - beta, 0.0, eta * lambda, temperature).0 / lambda;
    if !(variance > 0.0 && variance.is_finite()) {
        return;
    }
    let sd = variance.sqrt();
    let x: Vec<f64> = (-100..=100).map(|i| f64::from(i) * 0.04 * sd).collect();
    let norm = 1.0 / (sd * std::f64::consts::TAU.sqrt());
    let y: Vec<f64> = x.iter().map(|x| norm * (-0.5 * x * x / variance).exp()).collect();
    let name = Some(Rich::from(t("exact, stationary", "精确平稳密度").get(view.lang)));
    let (ink, dash, weight) = (Ink::Text, Dash::Solid, Weight::Normal);
    panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }));
}
