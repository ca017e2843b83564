//! The energy ledger of the spring: where the energy of the start has gone, and what is missing.

use super::series::{clock, times};
use super::{problem, twin};
use crate::core::Probe;
use crate::figure::{Axis, Band, Dash, Figure, Hatch, Ink, Layer, Line, Panel, Rich, Text, Weight, rich};
use crate::scenes::models::clock::{mark_changes, panel};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Lang, t};
use crate::theory::oscillator::Oscillator;

/// The smallest residual that is drawn; below it there is nothing but rounding.
const LEAST: f64 = 1e-17;

/// What the spring's energy has become at every row.
struct Ledger {
    potential: Vec<f64>,
    kinetic: Vec<f64>,
    dissipated: Vec<f64>,
    /// What changes by hand have put in so far, at unchanged position and velocity.
    injected: Vec<f64>,
}

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

/// Energies of all present modes, each row with the spring in force there.
fn ledger(lane: &LaneRun, run: &Run) -> Option<Ledger> {
    let rows = lane.trace.len();
    let zero = || vec![0.0; rows];
    let mut out = Ledger { potential: zero(), kinetic: zero(), dissipated: zero(), injected: zero() };
    let per = lane.lane.substeps.max(1);
    for (mode, _) in lane.lane.present.iter().enumerate().filter(|(_, there)| **there) {
        let parts = parts(run, per, mode)?;
        let mut coming = parts.iter().peekable();
        let (_, mut now) = *coming.next()?;
        let (q, v) = (lane.column(Probe::Position(mode)), lane.column(Probe::Velocity(mode)));
        let (mut lost, mut given) = (0.0, 0.0);
        for i in 0..rows {
            if let Some(last) = i.checked_sub(1) {
                lost += now.taken([q[last], q[i]], [v[last], v[i]]);
            }
            while let Some((_, next)) = coming.next_if(|(row, _)| *row <= i) {
                let total = |part: &Part| part.energy(q[i], v[i]).iter().sum::<f64>();
                given += total(next) - total(&now);
                now = *next;
            }
            let [potential, kinetic] = now.energy(q[i], v[i]);
            out.potential[i] += potential;
            out.kinetic[i] += kinetic;
            out.dissipated[i] += lost;
            out.injected[i] += given;
        }
    }
    Some(out)
}

impl Ledger {
    /// Energy at the start.
    fn start(&self) -> f64 {
        self.potential.first().unwrap_or(&0.0) + self.kinetic.first().unwrap_or(&0.0)
    }

    /// Potential + kinetic + dissipated − injected at every row, as a departure from the start and a
    /// share of it.
    fn residual(&self) -> Vec<f64> {
        let start = self.start();
        let total = |i: usize| self.potential[i] + self.kinetic[i] + self.dissipated[i] - self.injected[i];
        (0..self.potential.len()).map(|i| total(i) / start - 1.0).collect()
    }
}

/// The largest departure of potential + kinetic + dissipated − injected energy from the start, as a
/// share of it.
pub fn energy_residual(run: &Run) -> Option<f64> {
    let books = ledger(run.lane(Lens::Spring)?, run).filter(|b| b.start() > 0.0)?;
    Some(books.residual().iter().map(|r| r.abs()).fold(0.0, f64::max))
}

/// The energy ledger of the spring: where the energy of the start has gone, and below it the residual.
pub fn energy<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let books = run.lane(Lens::Spring).and_then(|lane| Some((lane, ledger(lane, run)?)));
    let books = books.filter(|(_, b)| b.start() > 0.0);
    let panels = match books {
        Some((lane, books)) => {
            let x = times(lane, clock(run, view).1);
            vec![shares(&books, &x, run, view), residual(&books, x, run, view)]
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

/// The shares, stacked.
fn shares<'a>(books: &Ledger, x: &[f64], run: &Run, view: View) -> Panel<'a> {
    let y = Axis::new(rich(t("energy, share of start", "能量（占初始）").get(view.lang)), "");
    let mut panel = panel("energy", run, view, y);
    panel.share = 2.4;
    let start = books.start();
    let mut low = vec![0.0; x.len()];
    let parts = [
        (&books.potential, Ink::Optimizer, Some(Hatch::Rising), t("potential", "势能")),
        (&books.kinetic, Ink::Controller, Some(Hatch::Cross), t("kinetic", "动能")),
        (&books.dissipated, Ink::Spring, None, t("dissipated", "耗散")),
    ];
    for (part, ink, hatch, name) in parts {
        let high: Vec<f64> = low.iter().zip(part).map(|(l, p)| l + p / start).collect();
        let (x, name) = (x.to_vec().into(), Some(Rich::from(name.get(view.lang))));
        let (below, above) = (low.into(), high.clone().into());
        panel.layers.push(Layer::Band(Band { x, low: below, high: above, name, ink, hatch }));
        low = high;
    }
    let top: Vec<f64> = books.injected.iter().map(|i| 1.0 + i / start).collect();
    let most = top.iter().copied().filter(|t| t.is_finite()).fold(1.0, f64::max);
    if !run.is_steady() {
        let name = Some(Rich::from(t("start + put in by hand", "初始 + 注入").get(view.lang)));
        panel.layers.push(Layer::Line(Line {
            x: x.to_vec().into(),
            y: top.into(),
            name,
            ink: Ink::Text,
            dash: Dash::Dashed,
            weight: Weight::Normal,
            marker: None,
        }));
    }
    panel.y = panel.y.range(0.0, 1.1 * most);
    mark_changes(&mut panel, run, view, true);
    panel
}

/// What is missing or too much, on a logarithmic axis.
fn residual<'a>(books: &Ledger, x: Vec<f64>, run: &Run, view: View) -> Panel<'a> {
    let y = Axis::new(rich(t("residual", "残差").get(view.lang)), "").log();
    let mut panel = panel("residual", run, view, y);
    panel.below = true;
    let size: Vec<f64> = books.residual().iter().map(|r| r.abs().max(LEAST)).collect();
    let most = size.iter().copied().filter(|r| r.is_finite()).fold(LEAST, f64::max);
    let least = size.iter().skip(1).copied().filter(|r| *r > LEAST).fold(most, f64::min);
    // Whole decades, two at least.
    let high = most.log10().ceil();
    let low = least.log10().floor().min(high - 2.0).max(-17.0);
    panel.y = panel.y.range(10f64.powf(low.min(high - 1.0)), 10f64.powf(high));
    panel.layers.push(Layer::Line(Line {
        x: x.into(),
        y: size.into(),
        name: None,
        ink: Ink::Spring,
        dash: Dash::Solid,
        weight: Weight::Normal,
        marker: None,
    }));
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
