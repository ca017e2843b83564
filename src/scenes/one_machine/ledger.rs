//! The energy ledger of the spring: where the energy of the start has gone, and what is missing.

use super::series::clock;
use super::{problem, twin};
use crate::core::Probe;
use crate::figure::{Axis, Band, Dash, Figure, Hatch, Ink, Layer, Line, Panel, Rich, Text, Weight, rich};
use crate::scenes::models::clock::{mark_changes, panel};
use crate::scenes::models::reach::Reach;
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Lang, t};
use crate::theory::oscillator::Oscillator;

/// The smallest residual that is drawn; below it there is nothing but rounding.
const LEAST: f64 = 1e-17;

/// The spring of one mode while one set of values holds.
#[derive(Clone, Copy)]
struct Part {
    spring: Oscillator,
    target: f64,
    /// Seconds per row.
    dt: f64,
}

impl Part {
    /// Potential and kinetic energy at a state.
    fn energy(&self, q: f64, v: f64) -> [f64; 2] {
        let away = q - self.target;
        [0.5 * self.spring.k * away * away, 0.5 * self.spring.m * v * v]
    }

    /// What the damper takes over one row: Simpson's rule on `c v²`, its midpoint from the cubic through
    /// both ends (Hermite) with the acceleration the equation of motion gives there.
    fn taken(&self, q: [f64; 2], v: [f64; 2]) -> f64 {
        let Part { spring: s, target, dt } = self;
        let a = |i: usize| -(s.c * v[i] + s.k * (q[i] - target)) / s.m;
        let middle = 0.5 * (v[0] + v[1]) + dt / 8.0 * (a(0) - a(1));
        dt / 6.0 * s.c * (v[0] * v[0] + 4.0 * middle * middle + v[1] * v[1])
    }
}

/// The springs of one mode with the row from which each holds; `None` if one of them does not exist.
fn parts(run: &Run, per: u64, mode: usize) -> Option<Vec<(usize, Part)>> {
    let starts = std::iter::once(0).chain(run.changes().map(|(at, _)| at));
    let part = |at: u64| {
        let values = run.values_at(at);
        let spring = twin::spring(values, mode)?;
        let target = problem::mode(values, mode)?.target;
        let row = usize::try_from(at.saturating_mul(per)).ok()?;
        Some((row, Part { spring, target, dt: values.get("h") / per as f64 }))
    };
    starts.map(part).collect()
}

/// What is kept of a mode at every row: potential and kinetic energy, what the damper has taken so far,
/// and what changes by hand have put in at unchanged position and velocity.
const KEPT: usize = 4;

/// Adds the energies of a mode at the rows recorded since, each with the spring in force there. Nothing
/// where there is no spring.
fn extend(out: &mut Vec<f64>, lane: &LaneRun, run: &Run, mode: usize) {
    let Some(parts) = parts(run, lane.lane.substeps.max(1), mode) else { return };
    let (q, v) = (lane.column(Probe::Position(mode)), lane.column(Probe::Velocity(mode)));
    let from = out.len() / KEPT;
    let (mut lost, mut given) = match out[..] {
        [.., lost, given] => (lost, given),
        _ => (0.0, 0.0),
    };
    // The last part that holds before the first of these rows, and those to come.
    let first = parts.partition_point(|(row, _)| *row < from).max(1);
    let Some((_, mut now)) = parts.get(first - 1).copied() else { return };
    let mut coming = parts.iter().skip(first).peekable();
    for i in from..lane.trace.len() {
        if let Some(last) = i.checked_sub(1) {
            lost += now.taken([q[last], q[i]], [v[last], v[i]]);
        }
        while let Some((_, next)) = coming.next_if(|(row, _)| *row <= i) {
            let total = |part: &Part| part.energy(q[i], v[i]).iter().sum::<f64>();
            given += total(next) - total(&now);
            now = *next;
        }
        let [potential, kinetic] = now.energy(q[i], v[i]);
        out.extend([potential, kinetic, lost, given]);
    }
}

/// The energies of all present modes together, row by row; `None` if one has no spring.
fn energies<'a>(lane: &'a LaneRun, run: &Run) -> Option<impl Fn(usize) -> [f64; KEPT] + 'a> {
    let there = lane.lane.present.iter().enumerate().filter(|(_, there)| **there);
    let modes: Vec<&[f64]> = there
        .map(|(mode, _)| {
            let kept = lane.derived.grown(("mode energies", mode, 0), |out| extend(out, lane, run, mode));
            (kept.len() == KEPT * lane.trace.len()).then_some(kept)
        })
        .collect::<Option<_>>()?;
    Some(move |row: usize| {
        let mut sum = [0.0; KEPT];
        for kept in &modes {
            sum.iter_mut().zip(kept.iter().skip(KEPT * row)).for_each(|(sum, part)| *sum += part);
        }
        sum
    })
}

/// The columns the figures show of the spring, with its clock, as shares of the energy at the start: the
/// floor, the tops of potential, kinetic and dissipated energy laid on one another, the start with what
/// was put in, and what the books are off by. Empty if there is no energy, `None` without a spring.
fn columns(run: &Run, unit: f64) -> Option<(&[f64], [&[f64]; 6])> {
    let lane = run.lane(Lens::Spring)?;
    let Some(energies) = energies(lane, run) else { return Some((lane.times(unit), [&[]; 6])) };
    let [potential, kinetic, ..] = energies(0);
    let (start, rows) = (potential + kinetic, lane.trace.len());
    if !(start > 0.0) {
        return Some((lane.times(unit), [&[]; 6]));
    }
    let column = |k: usize| {
        lane.derived.grown(("energy", k, 0), |out| {
            out.extend((out.len()..rows).map(|row| {
                let [potential, kinetic, lost, given] = energies(row).map(|e| e / start);
                match k {
                    0..=3 => [potential, kinetic, lost].iter().take(k).sum(),
                    4 => 1.0 + given,
                    _ => (potential + kinetic + lost - 1.0 - given).abs().max(LEAST),
                }
            }));
        })
    };
    Some((lane.times(unit), [0, 1, 2, 3, 4, 5].map(column)))
}

/// The largest departure of potential + kinetic + dissipated − injected energy from the start, as a
/// share of it.
pub fn energy_residual(run: &Run) -> Option<f64> {
    let (_, [.., residual]) = columns(run, 1.0)?;
    let reach = Reach::of(&run.derived, ("energy residual", 0, 0), residual, 0.0, f64::MAX);
    (!residual.is_empty()).then(|| reach.all[1].max(0.0))
}

/// The energy ledger of the spring: where the energy of the start has gone, and below it the residual.
pub fn energy<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let panels = match columns(run, clock(run, view).1) {
        Some((x, [.., residual])) if x.is_empty() || residual.is_empty() => vec![nothing(run, view)],
        Some((x, [floor, potential, kinetic, dissipated, top, residual])) => {
            vec![shares(x, [floor, potential, kinetic, dissipated], top, run, view), missing(x, residual, run, view)]
        }
        None => vec![nothing(run, view)],
    };
    Figure {
        id: "energy",
        title: rich(t("Energy ledger of the spring", "弹簧的能量账本").get(view.lang)),
        columns: 1,
        caption: caption(run, view.lang),
        panels,
    }
}

fn caption(run: &Run, lang: Lang) -> String {
    let steady = t(
        "Potential, kinetic and dissipated energy of the continuous spring, all modes together, as shares of the energy at the start. Panel “residual”: departure of their sum from 1, the error of the quadrature.",
        "连续弹簧的势能、动能与耗散能（所有模态合计），以初始能量为单位。“残差”图：三者之和与 1 的偏差，即数值积分误差。",
    );
    let changed = t(
        "Potential, kinetic and dissipated energy of the continuous spring, all modes together, as shares of the energy at the start. Changing the spring in mid-run (dashed rules) puts energy in or takes it out: the heavy dashed line is the start with what was put in. Panel “residual”: departure of the sum from that line, the error of the quadrature.",
        "连续弹簧的势能、动能与耗散能（所有模态合计），以初始能量为单位。中途改变弹簧（竖虚线）会注入或取走能量：粗虚线为初始能量加注入量。“残差”图：总和与该线的偏差，即数值积分误差。",
    );
    if run.is_steady() { steady } else { changed }.get(lang).into()
}

/// The shares, stacked between `edges`, under the line they add up to.
fn shares<'a>(x: &'a [f64], edges: [&'a [f64]; 4], top: &'a [f64], run: &Run, view: View) -> Panel<'a> {
    let y = Axis::new(rich(t("energy, share of start", "能量（占初始）").get(view.lang)), "");
    let mut panel = panel("energy", run, view, y);
    panel.share = 2.4;
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
    let most = Reach::of(&run.derived, ("energy top", 0, 0), top, 0.0, f64::MAX).near[1].max(1.0);
    if !run.is_steady() {
        let name = Some(Rich::from(t("start + put in by hand", "初始 + 注入").get(view.lang)));
        panel.layers.push(line(x, top, name, Ink::Text, Dash::Dashed));
    }
    panel.y = panel.y.range(0.0, 1.1 * most);
    mark_changes(&mut panel, run, view, true);
    panel
}

fn line<'a>(x: &'a [f64], y: &'a [f64], name: Option<Rich>, ink: Ink, dash: Dash) -> Layer<'a> {
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight: Weight::Normal, marker: None })
}

/// What is missing or too much, on a logarithmic axis.
fn missing<'a>(x: &'a [f64], residual: &'a [f64], run: &Run, view: View) -> Panel<'a> {
    let y = Axis::new(rich(t("residual", "残差").get(view.lang)), "").log();
    let mut panel = panel("residual", run, view, y);
    panel.below = true;
    let least = |kept: &mut Vec<f64>| {
        let [rows, least] = if let [rows, least] = kept[..] { [rows, least] } else { [1.0, f64::INFINITY] };
        let new = residual.iter().skip(rows as usize).copied().filter(|r| *r > LEAST);
        *kept = vec![residual.len() as f64, new.fold(least, f64::min)];
    };
    let least = run.derived.grown(("energy residual least", 0, 0), least).last().copied().unwrap_or(LEAST);
    let reach = Reach::of(&run.derived, ("energy residual", 0, 0), residual, 0.0, f64::MAX);
    let most = reach.near[1].max(LEAST);
    let least = least.min(most);
    // Whole decades, two at least.
    let high = most.log10().ceil();
    let low = least.log10().floor().max(high - 8.0).min(high - 2.0);
    panel.y = panel.y.range(10f64.powf(low), 10f64.powf(high));
    panel.layers.push(line(x, residual, None, Ink::Spring, Dash::Solid));
    mark_changes(&mut panel, run, view, false);
    panel
}

fn nothing<'a>(run: &Run, view: View) -> Panel<'a> {
    let y = Axis::new(rich(t("energy, share of start", "能量（占初始）").get(view.lang)), "").range(0.0, 1.0);
    let mut panel = panel("energy", run, view, y);
    let say = t("there is no spring for these values", "这些值下没有对应的弹簧").get(view.lang);
    let at = [0.5 * run.horizon as f64 * clock(run, view).1, 0.5];
    panel.layers.push(Layer::Text(Text { at, text: Rich::from(say), ink: Ink::Muted }));
    panel
}
