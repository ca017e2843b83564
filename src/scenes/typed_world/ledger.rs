//! The energy ledger of the spring of a loss: potential, kinetic and dissipated energy, and what is missing.

use super::axes;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Rich, Text, Weight, rich};
use crate::scenes::models::clock::{clock, panel};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::t;

/// The smallest residual that is drawn.
const LEAST: f64 = 1e-17;

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let panels = match books(at, run) {
        Some((lane, books)) => {
            let x = lane.times(clock(run, view).1);
            vec![energies(run, view, x, &books), missing(run, view, x, books[4])]
        }
        None => vec![nothing(run, view)],
    };
    let text = t(
        "Potential, kinetic and dissipated energy of the spring of the chosen mapping, and their sum. Panel “residual”: departure of the sum from the start, as a share of the energy that was exchanged: the error of the integrator and of the quadrature.",
        "所选映射弹簧的势能、动能、耗散能及其总和。“残差”图：总和与初值的偏差占交换能量的比例，即积分与求积的误差。",
    );
    Figure {
        id: "energy",
        title: rich(t("Energy ledger of the spring", "弹簧的能量账本").get(view.lang)),
        columns: 1,
        caption: text.get(view.lang).into(),
        panels,
    }
}

/// The largest residual.
pub fn residual(at: &Setting<'_>, run: &Run) -> Option<f64> {
    let (_, [.., residual]) = books(at, run)?;
    let most = residual.iter().copied().filter(|r| r.is_finite()).fold(0.0, f64::max);
    (residual.len() > 1).then_some(most)
}

/// Potential, kinetic, dissipated energy, their sum and the residual, each as long as the spring's
/// trace; `None` without a spring, or where it was changed in mid-run.
fn books<'a>(at: &Setting<'_>, run: &'a Run) -> Option<(&'a LaneRun, [&'a [f64]; 5])> {
    let lane = run.lane(Lens::Spring).filter(|l| axes::present(l) && run.is_steady())?;
    let all = lane.derived.measured(("books", 0, 0), || sums(at, run, lane));
    let parts: Vec<&[f64]> = all.chunks((all.len() / 5).max(1)).collect();
    Some((lane, parts.try_into().ok()?))
}

/// The books one after the other. Over one row the damper takes Simpson's integral of c v², its middle
/// from the cubic through both ends with the accelerations of the equation of motion.
fn sums(at: &Setting<'_>, run: &Run, lane: &LaneRun) -> Vec<f64> {
    let Some(twin) = at.twin() else { return Vec::new() };
    let (rows, dim) = (lane.trace.len(), at.world().kind().dim());
    let dt = run.seconds / lane.lane.substeps.max(1) as f64;
    let q: Vec<&[f64]> = (0..dim).map(|i| lane.column(Probe::Position(i))).collect();
    let v: Vec<&[f64]> = (0..dim).map(|i| lane.column(Probe::Velocity(i))).collect();
    let mut force = vec![0.0; dim * rows];
    at.world().force(&q, &at.sliders(), &mut force);
    let potential = lane.column(Probe::Potential);
    let kinetic: Vec<f64> = (0..rows).map(|i| 0.5 * twin.m * v.iter().map(|v| v[i] * v[i]).sum::<f64>()).collect();
    let mut dissipated = vec![0.0; rows];
    for i in 1..rows {
        let taken = |k: usize| {
            let a = |i: usize| (force[k * rows + i] - twin.c * v[k][i]) / twin.m;
            let (start, end) = (v[k][i - 1], v[k][i]);
            let middle = 0.5 * (start + end) + dt / 8.0 * (a(i - 1) - a(i));
            dt / 6.0 * twin.c * (start * start + 4.0 * middle * middle + end * end)
        };
        dissipated[i] = dissipated[i - 1] + (0..dim).map(taken).sum::<f64>();
    }
    let total: Vec<f64> = (0..rows).map(|i| potential[i] + kinetic[i] + dissipated[i]).collect();
    let first = total.first().copied().unwrap_or(0.0);
    let swing = |c: &[f64]| c.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |r, x| [r[0].min(*x), r[1].max(*x)]);
    let size = [potential, &kinetic].map(swing).map(|[low, high]| high - low).into_iter().fold(0.0, f64::max);
    let residual: Vec<f64> = total.iter().map(|e| ((e - first) / size.max(1e-300)).abs().max(LEAST)).collect();
    [potential, &kinetic, &dissipated, &total, &residual].concat()
}

fn line<'a>(x: &'a [f64], y: &'a [f64], name: Option<Rich>, ink: Ink, dash: Dash) -> Layer<'a> {
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight: Weight::Normal, marker: None })
}

fn axis(view: View) -> Axis {
    Axis::new(rich(t("energy", "能量").get(view.lang)), "a.u.")
}

fn energies<'a>(run: &'a Run, view: View, x: &'a [f64], books: &[&'a [f64]; 5]) -> Panel<'a> {
    let mut panel = panel("energy", run, view, axis(view));
    panel.share = 2.4;
    let parts = [
        (Ink::Optimizer, Dash::Solid, t("potential", "势能")),
        (Ink::Controller, Dash::Dashed, t("kinetic", "动能")),
        (Ink::Spring, Dash::DashDot, t("dissipated", "耗散")),
        (Ink::Text, Dash::Dotted, t("sum", "总和")),
    ];
    for (column, (ink, dash, name)) in books.iter().zip(parts) {
        panel.layers.push(line(x, column, Some(Rich::from(name.get(view.lang))), ink, dash));
    }
    let [low, high] = run.derived.pair(("energy range", 0, 0), || {
        let first = books[3].first().copied().unwrap_or(1.0);
        let most = 10.0 * first.abs().max(1.0);
        let near = books[..4].iter().flat_map(|c| c.iter()).copied().filter(|e| e.abs() <= most);
        axes::widened(near.fold([f64::INFINITY, f64::NEG_INFINITY], |r, e| [r[0].min(e), r[1].max(e)]), 0.06)
    });
    panel.y = panel.y.range(low, high);
    panel
}

fn missing<'a>(run: &'a Run, view: View, x: &'a [f64], residual: &'a [f64]) -> Panel<'a> {
    let mut panel = panel("residual", run, view, Axis::new(rich(t("residual", "残差").get(view.lang)), "").log());
    panel.below = true;
    let [most, _] = run.derived.pair(("residual top", 0, 0), || {
        [residual.iter().copied().filter(|r| r.is_finite()).fold(LEAST, f64::max), 0.0]
    });
    let high = most.log10().ceil().min(300.0);
    panel.y = panel.y.range(10f64.powf(high - 8.0), 10f64.powf(high));
    panel.layers.push(line(x, residual, None, Ink::Spring, Dash::Solid));
    panel
}

fn nothing<'a>(run: &Run, view: View) -> Panel<'a> {
    let mut panel = panel("energy", run, view, axis(view).range(0.0, 1.0));
    let say =
        t("no ledger: no spring for these values, or changed in mid-run", "无账本：这些值下没有弹簧，或中途有改变");
    let at = [0.5 * run.horizon as f64 * clock(run, view).1, 0.5];
    panel.layers.push(Layer::Text(Text { at, text: Rich::from(say.get(view.lang)), ink: Ink::Muted }));
    panel
}
