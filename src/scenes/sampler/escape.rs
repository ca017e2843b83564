//! Escape over the barrier of a line: the population over time, its rate beside Kramers', the share that
//! has left against β, and where the optimizer ends.

use std::sync::Arc;

use super::draw::{band, line, said};
use super::gauges::cloud;
use super::landscape::Barrier;
use super::lanes;
use super::params;
use super::setting::Setting;
use crate::core::{Gauge, Outcome, Probe, advance};
use crate::figure::{
    Axis, Dash, ErrorBars, Figure, Ink, Layer, Marker, Panel, Points, Rule, Text as Label, Weight, rich,
};
use crate::param::{Values, show_number};
use crate::scenes::models::kept::Kept;
use crate::scenes::{Readout, Run, View};
use crate::text::{fill, t};
use crate::theory::agreement::wilson;
use crate::theory::escape::{MeasuredRate, measured_rate, share_beyond};
use crate::theory::fluctuation::kramers_rate;

/// Particles and iterations of an ensemble at one β.
const N: usize = 150;
const MOST: u64 = 500;
/// Values of β at which ensembles run.
const BETAS: [f64; 9] = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995];
/// Values of β for the optimizer, and how far out it starts, in distances from barrier to well.
const FINE: usize = 80;
const SLOPE: f64 = 0.75;

/// Kramers' rate (1/s) at a friction; a prediction for a barrier well above T and friction not too weak.
pub fn kramers(at: &Setting<'_>, barrier: &Barrier, gamma: f64) -> f64 {
    let [well, top] = barrier.omegas;
    kramers_rate(gamma, well, top, barrier.heights[0], at.temperature())
}

/// The share of the exact density beyond the barrier.
fn settled_share(at: &Setting<'_>, barrier: &Barrier) -> Option<f64> {
    let below = at.exact()?.lines.first()?.below(barrier.top);
    Some(if barrier.wells[1] > barrier.top { 1.0 - below } else { below })
}

/// The share of a cloud beyond the barrier.
pub fn beyond(x: &[f64], barrier: &Barrier) -> f64 {
    let side = barrier.wells[1] - barrier.top;
    x.iter().filter(|x| (**x - barrier.top) * side > 0.0).count() as f64 / x.len().max(1) as f64
}

/// The level the cloud was counted at, and the share beyond it at every iteration.
fn population<'a>(run: &'a Run, barrier: &Barrier) -> Option<(f64, &'a [f64])> {
    let lane = cloud(run)?;
    let counted = |probe: &Probe| if let Probe::Mean(Gauge::Above(level)) = *probe { Some(level) } else { None };
    let level = lane.lane.probes.iter().find_map(counted)?;
    let above = lane.column(Probe::Mean(Gauge::Above(level)));
    if barrier.leads_up() {
        return Some((level, above));
    }
    let below = lane.derived.grown(("below the barrier", 0, 0), |below| {
        below.extend(above.iter().skip(below.len()).map(|above| 1.0 - above));
    });
    Some((level, below))
}

/// The rate read off the population: from a tenth of the run on, as far as it tells.
pub fn rate(at: &Setting<'_>, run: &Run, barrier: &Barrier) -> Option<MeasuredRate> {
    let share = settled_share(at, barrier)?;
    let (_, shares) = population(run, barrier)?;
    let n = cloud(run)?.lane.start.n() as f64;
    let first = shares.len().div_ceil(10).max(1);
    let last = (first + 1..shares.len()).rev();
    let between = |last: usize| {
        let time = (last - first) as f64 * run.seconds;
        measured_rate(shares[first], shares[last], n, share, time)
    };
    last.filter_map(between).next().filter(|_| run.is_steady() && at.method().has_inertia())
}

/// The rate beside Kramers', as a read-out.
pub fn readout(at: &Setting<'_>, run: &Run, view: View) -> Option<Readout> {
    let barrier = at.landscape().barrier(at).filter(|_| at.temperature() > 0.0)?;
    let measured = rate(at, run, &barrier);
    let note = t(
        "Kramers: a barrier well above T and friction not too weak; here E/T = {}. Measured from the population beyond the barrier{}.",
        "Kramers 公式要求势垒远高于 T 且摩擦不太弱；此处 E/T = {}。测量：由越过势垒的粒子比例求得{}。",
    );
    let spread = measured.map_or_else(String::new, |m| {
        fill(t(", standard error {}", "，标准误 {}").get(view.lang), &[&show_number(m.error)])
    });
    let predicted =
        Some(kramers(at, &barrier, at.get("gamma"))).filter(|r| r.is_finite() && at.method().has_friction());
    let measured = measured.map(|m| m.rate);
    (predicted.is_some() || measured.is_some()).then(|| Readout {
        label: said(t("escape rate $r$", "逃逸率 $r$"), view),
        unit: "1/s",
        predicted,
        measured,
        note: fill(note.get(view.lang), &[&show_number(barrier.heights[0] / at.temperature()), &spread]),
        formula: rich("$r = ((γ^2/4 + ω_b^2)^{1/2} − γ/2) / ω_b · ω_0 / 2π · e^{−E/T}$"),
        uses: vec![(rich("$γ$"), at.get("gamma")), (rich("$E$"), barrier.heights[0]), (rich("$T$"), at.temperature())],
        source: said(t("Kramers 1940", "Kramers 1940"), view),
    })
}

/// The figure; `None` without a barrier.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Option<Figure<'a>> {
    let barrier = at.landscape().barrier(at)?;
    let text = t(
        "Share of the cloud beyond the barrier over time with 95 % intervals, the exact share it settles at, and the population that Kramers’ rate or the measured one would give. Below: share that has left within so many iterations against β, with Kramers’ prediction, and where the optimizer ends at T = 0 from the outer slope of its well: momentum can also leave the better one.",
        "越过势垒的粒子比例随时间的变化（附 95 % 区间）、其最终的精确比例，以及按 Kramers 公式与按测得逃逸率给出的曲线。下：在若干步内离开的比例随 β 的变化与 Kramers 预测；以及 T = 0 时优化器从所在阱外侧斜坡出发的终点：动量也会离开更优的阱。",
    );
    let against = against_beta(at, run, &barrier, view);
    let mut ends = ends(at, run, &barrier, view);
    ends.below = true;
    let moved = population(run, &barrier).map(|(level, _)| level).filter(|level| *level != barrier.level());
    let moved = moved.map_or_else(String::new, |level| {
        let text = t(
            " The barrier was moved on the way; the cloud is counted where it was at the start, at x = {}.",
            "势垒在运行中移动过；粒子云按起始时的势垒位置 x = {} 计数。",
        );
        fill(text.get(view.lang), &[&show_number(level)])
    });
    Some(Figure {
        id: "escape",
        title: said(t("Escape over the barrier", "越过势垒"), view),
        columns: 1,
        caption: text.get(view.lang).to_owned() + &moved,
        panels: vec![over_time(at, run, &barrier, view), against, ends],
    })
}

fn share_axis(view: View) -> Axis {
    Axis::new(said(t("share beyond", "越过比例"), view), "").range(0.0, 1.0)
}

fn over_time<'a>(at: &Setting<'_>, run: &'a Run, barrier: &Barrier, view: View) -> Panel<'a> {
    let end = run.horizon as f64 * run.seconds;
    let time = Axis::new(said(t("time $t$", "时间 $t$"), view), "s").range(0.0, end.max(1e-9));
    let mut panel = Panel::new("population", time, share_axis(view));
    panel.share = 1.3;
    let Some((lane, (_, shares))) = cloud(run).zip(population(run, barrier)) else { return panel };
    let (x, n) = (lane.times(run.seconds), lane.lane.start.n() as f64);
    let edge = |k: usize| {
        lane.derived.grown(("edge of the share", k, 0), |edge| {
            edge.extend(shares.iter().skip(edge.len()).map(|p| wilson(*p * n, n, 1.96)[k]));
        })
    };
    let interval = Some(said(t("95 % interval", "95 % 区间"), view));
    panel.layers.push(band(x, edge(0), edge(1), interval, Ink::Sampler));
    let name = Some(said(t("cloud", "粒子云"), view));
    panel.layers.push(line(x, shares, name, (Ink::Sampler, Dash::Solid, Weight::Normal)));
    let mut top = edge(1).iter().copied().fold(0.0, f64::max);
    if let Some(share) = settled_share(at, barrier) {
        top = top.max(share);
        panel.layers.push(Layer::Rule(Rule::Y(share, Ink::Muted, Dash::Solid)));
        let grid = || (0..=120).map(|i| end * f64::from(i) / 120.0);
        let curve = |rate: f64| grid().map(|t| share_beyond(rate, share, t)).collect::<Vec<_>>();
        if at.method().has_friction() {
            let name = Some(said(t("Kramers’ rate", "Kramers 逃逸率"), view));
            let style = (Ink::Text, Dash::Dashed, Weight::Normal);
            panel.layers.push(line(
                grid().collect::<Vec<_>>(),
                curve(kramers(at, barrier, at.get("gamma"))),
                name,
                style,
            ));
        }
        if let Some(measured) = rate(at, run, barrier) {
            let name = Some(said(t("measured rate", "测得逃逸率"), view));
            let style = (Ink::Amber, Dash::DashDot, Weight::Normal);
            panel.layers.push(line(grid().collect::<Vec<_>>(), curve(measured.rate), name, style));
        }
    }
    panel.y = panel.y.range(0.0, (1.25 * top).clamp(0.02, 1.0));
    panel
}

/// Friction (1/s) for which the present method keeps β.
fn friction(at: &Setting<'_>, beta: f64) -> Option<f64> {
    let mut values: Values = at.values.clone();
    params::write("beta", beta, &mut values).ok()?;
    Some(values.get("gamma"))
}

/// Shares that left within the same number of iterations, at every β; NaN where the lane diverged.
fn shares(at: &Setting<'_>, barrier: &Barrier, steps: u64, seed: u64) -> Vec<f64> {
    static KEPT: Kept<Vec<f64>> = Kept::new();
    let key: Vec<f64> =
        at.values.specs().iter().map(|s| at.get(s.id)).chain([steps as f64, f64::from_bits(seed)]).collect();
    let one = |beta: &f64| {
        let mut values = at.values.clone();
        if params::write("beta", *beta, &mut values).is_err() {
            return f64::NAN;
        }
        let lane = lanes::sampler(&Setting::new(&values), N, seed);
        let mut state = Arc::unwrap_or_clone(lane.start);
        let ran = advance(&lane.system, &mut state, steps, &mut ());
        if ran == Outcome::Running { beyond(state.coordinate(0), barrier) } else { f64::NAN }
    };
    KEPT.get(&key, || BETAS.iter().map(one).collect())
}

fn against_beta<'a>(at: &Setting<'_>, run: &Run, barrier: &Barrier, view: View) -> Panel<'a> {
    let beta = Axis::new(rich(t("momentum $β$", "动量 $β$").get(view.lang)), "").range(0.0, 1.0);
    let mut panel = Panel::new("against-beta", beta, share_axis(view));
    let steps = run.horizon.min(MOST);
    let quiet = if !(at.temperature() > 0.0) {
        Some(t("at T = 0 only the optimizer moves", "T = 0 时只有优化器运动"))
    } else if !at.method().has_friction() {
        Some(t("this method has no β", "该方法没有 β"))
    } else if !run.is_complete() {
        Some(t("measured when the run is complete", "运行完成后测量"))
    } else {
        None
    };
    if let Some(why) = quiet {
        panel.layers.push(Layer::Text(Label { at: [0.5, 0.5], text: said(why, view), ink: Ink::Muted }));
        return panel;
    }
    let shares = shares(at, barrier, steps, run.seed);
    let n = N as f64;
    let known: Vec<usize> = (0..BETAS.len()).filter(|i| shares[*i].is_finite()).collect();
    let interval = |i: usize| wilson(shares[i] * n, n, 1.96);
    let column = |pick: &dyn Fn(usize) -> f64| known.iter().map(|i| pick(*i)).collect::<Vec<f64>>();
    if let Some(share) = settled_share(at, barrier) {
        let time = steps as f64 * run.seconds;
        let points = (1..200).filter_map(|i| {
            let beta = f64::from(i) / 200.0;
            let rate = kramers(at, barrier, friction(at, beta)?);
            Some((beta, share_beyond(rate, share, time)))
        });
        let (x, y): (Vec<f64>, Vec<f64>) = points.unzip();
        let name = Some(said(t("Kramers’ rate", "Kramers 逃逸率"), view));
        panel.layers.push(line(x, y, name, (Ink::Text, Dash::Dashed, Weight::Normal)));
    }
    panel.layers.push(Layer::ErrorBars(ErrorBars {
        x: column(&|i| BETAS[i]).into(),
        y: column(&|i| shares[i]).into(),
        low: column(&|i| interval(i)[0]).into(),
        high: column(&|i| interval(i)[1]).into(),
        along_x: false,
        marker: Some(Marker::Disc),
        name: Some(said(t("measured, 95 %", "测量，95 %"), view)),
        ink: Ink::Sampler,
        weight: Weight::Normal,
    }));
    let most = known.iter().map(|i| interval(*i)[1]).fold(0.0, f64::max);
    // Whole tenths have short numbers beside them.
    panel.y = panel.y.range(0.0, ((12.5 * most).ceil() / 10.0).clamp(0.1, 1.0));
    panel
}

/// β and the place where the optimizer is at the end of the run, from the outer slope of its well.
fn optimizer_ends(at: &Setting<'_>, barrier: &Barrier, steps: u64, seed: u64) -> Vec<[f64; 2]> {
    let one = |i: usize| {
        let beta = (i as f64 + 0.5) / FINE as f64;
        let mut values = at.values.clone();
        params::write("beta", beta, &mut values).ok()?;
        values.set("x1", barrier.wells[0] + SLOPE * (barrier.wells[0] - barrier.top)).ok()?;
        let lane = lanes::build(&Setting::new(&values), seed).lanes.into_iter().next()?;
        let mut state = Arc::unwrap_or_clone(lane.start);
        let ran = advance(&lane.system, &mut state, steps, &mut ());
        let end = *state.coordinate(0).first()?;
        (ran == Outcome::Running).then_some([beta, end])
    };
    (0..FINE).filter_map(one).collect()
}

fn ends<'a>(at: &Setting<'_>, run: &Run, barrier: &Barrier, view: View) -> Panel<'a> {
    let beta = Axis::new(rich(t("momentum $β$", "动量 $β$").get(view.lang)), "").range(0.0, 1.0);
    let place = Axis::new(rich(t("optimizer ends at $x$", "优化器终点 $x$").get(view.lang)), "a.u.");
    let [a, b] = barrier.wells;
    let mut panel = Panel::new("ends", beta, place.range(1.5 * a.min(b), 1.5 * a.max(b)));
    panel.legend = false;
    for (i, well) in barrier.wells.iter().enumerate() {
        panel.layers.push(Layer::Rule(Rule::Y(*well, Ink::Faint, Dash::Solid)));
        if barrier.heights[i] > barrier.heights[1 - i] + 1e-9 {
            let say = said(t("better well", "更优的阱"), view);
            panel.layers.push(Layer::Text(Label { at: [0.12, 0.8 * well], text: say, ink: Ink::Muted }));
        }
    }
    panel.layers.push(Layer::Rule(Rule::Y(barrier.top, Ink::Muted, Dash::Dotted)));
    let found = optimizer_ends(at, barrier, run.horizon.min(MOST), run.seed);
    panel.layers.push(Layer::Points(Points {
        x: found.iter().map(|p| p[0]).collect::<Vec<_>>().into(),
        y: found.iter().map(|p| p[1]).collect::<Vec<_>>().into(),
        name: None,
        ink: Ink::Optimizer,
        marker: Marker::Disc,
        size: 0.9,
    }));
    panel
}
