//! A minimum that moves with the running statistic: over time, and over the period of the drift.

use std::f64::consts::TAU;

use super::driven::{self, Point};
use super::{MOMENTUM, PERIOD, following, gains, lag, waves};
use crate::core::Probe;
use crate::core::methods::Cosine;
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Marker, Panel, Tick, rich};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{
    FAR, axis, band, callout, decades, level, line, over_time, panel, points, spanning, upright,
};
use crate::scenes::models::modal::log_spaced;
use crate::text::{Text, t};
use crate::theory::closed_loop::resonance;
use crate::theory::matrix::Complex;
use crate::theory::regime::is_stable;
use crate::theory::toys::lagged;

/// Swings shown, and the fewest and most iterations.
const SWINGS: f64 = 9.0;
const SHOWN: [f64; 2] = [80.0, 1500.0];
/// Points along a curve, and periods at which the core is driven.
const FINE: usize = 400;
const RUNS: usize = 12;
/// Degrees of lag shown.
const LAGS: [f64; 2] = [-12.0, 195.0];

pub fn series<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let wanted = (SWINGS * seen.get("period")).clamp(SHOWN[0], SHOWN[1]);
    let end = (seen.run.horizon as f64).min(wanted).max(1.0);
    let mut out = over_time("series", seen, axis(seen, t("position", "位置"), ""));
    out.x = out.x.range(0.0, end);
    let rows = end as usize + 1;
    let waves = waves(&seen.run.values, seen.run.seed);
    let times: Vec<f64> = (0..rows).map(|n| n as f64).collect();
    let batches: Vec<f64> = times.iter().map(|n| Cosine::sum(&waves, *n)).collect();
    let mut all: Vec<f64> = batches.clone();
    let name = |text| Some(seen.say(text));
    out.layers.push(line(times, batches, name(t("batches", "批统计量")), Ink::Faint, Dash::Solid));
    // A lane that diverges leaves the panel.
    let most = FAR * gains(seen).map_or(1.0, |[statistic, parameter]| (statistic * parameter).max(1.0));
    let mut add = |k: usize, probe: usize, label: Option<&str>, ink: Ink, dash: Dash| {
        let Some(lane) = seen.lane(k) else { return };
        let (x, y) = (lane.times(1.0), lane.column(Probe::Position(probe)));
        let rows = rows.min(x.len()).min(y.len());
        all.extend(y[..rows].iter().filter(|y| y.is_finite()).map(|y| y.clamp(-most, most)));
        out.layers.push(line(&x[..rows], &y[..rows], label.or(Some(seen.say(lane.lane.name))), ink, dash));
    };
    add(MOMENTUM, 1, name(t("running statistic", "运行统计量")), Ink::Text, Dash::Dotted);
    add(1, 0, None, Ink::Spring, Dash::Dashed);
    add(MOMENTUM, 0, None, Ink::Optimizer, Dash::Solid);
    out.y = spanning(out.y, all);
    vec![out]
}

pub fn series_caption(seen: &Seen<'_>) -> String {
    let first = seen.tell(
        t(
            "The statistic of the batches swings (faint), its running mean with memory ρ = {} follows (dotted) and is the minimum that momentum and descent follow in turn.",
            "批统计量在摆动（淡线），记忆 ρ = {} 的运行均值跟随其后（点线），而后者就是动量法与梯度下降所追随的极小点。",
        ),
        &[seen.get("rho")],
    );
    let [statistic, parameter] = gains(seen).unwrap_or([f64::NAN; 2]);
    let second = t(
        " In the long run the running mean swings {} times as far as the batches, and momentum {} times as far as it.",
        "长期来看，运行均值的摆幅是批统计量的 {} 倍，而动量法的摆幅又是它的 {} 倍。",
    );
    first + &seen.tell(second, &[statistic, parameter])
}

fn periods(seen: &Seen<'_>) -> Axis {
    let [low, high] = PERIOD.bounds();
    axis(seen, t("period of the drift $P$ (steps)", "漂移周期 $P$（步）"), "").log().range(low, high)
}

/// The core at periods along the axis.
fn measured(seen: &Seen<'_>) -> Vec<Point> {
    let [low, high] = PERIOD.bounds();
    log_spaced(1.1 * low, 0.9 * high, RUNS).iter().filter_map(|p| driven::kept(seen, TAU / p)).collect()
}

/// The periods of the drift, as an area over the height of a panel.
fn spectrum<'a>(seen: &Seen<'_>, [low, high]: [f64; 2], named: bool) -> Option<Layer<'a>> {
    let ends = |of: fn(f64, f64) -> f64, start: f64| {
        waves(&seen.run.values, 0).iter().map(|wave| TAU / wave.omega).fold(start, of)
    };
    let x = vec![ends(f64::min, f64::INFINITY), ends(f64::max, 0.0).min(PERIOD.bounds()[1])];
    let name = Some(seen.say(t("drift", "漂移"))).filter(|_| named);
    (x[0] < x[1]).then(|| band(x, vec![low; 2], vec![high; 2], name, Ink::Amber))
}

/// A transfer function: what it says at a period, what the core says, and how it is drawn.
struct Curve<'s> {
    exact: &'s dyn Fn(f64) -> Complex<f64>,
    read: fn(&Point) -> Complex<f64>,
    name: Text,
    style: (Ink, Dash, Marker),
}

/// Gain above lag, over the period of the drift.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [eta, beta, rho] = ["eta", "beta", "rho"].map(|id| seen.get(id));
    let stable = is_stable(eta, beta);
    let statistic = |p: f64| lagged::transfer(rho, TAU / p);
    let parameter = |p: f64| if stable { following(&seen.run.values, TAU / p) } else { Complex::from(f64::NAN) };
    let curves = [
        Curve {
            exact: &statistic,
            read: |point| point.statistic,
            name: t("statistic over batches", "统计量／批"),
            style: (Ink::Controller, Dash::Dashed, Marker::Ring),
        },
        Curve {
            exact: &parameter,
            read: |point| point.parameter,
            name: t("parameter over statistic", "参数／统计量"),
            style: (Ink::Optimizer, Dash::Solid, Marker::Disc),
        },
    ];
    let mut out = [gain(seen, &curves), delay(seen, &curves)];
    for panel in &mut out {
        panel.layers.push(upright(seen.get("period"), Ink::Text, Dash::Dotted));
    }
    out.into()
}

/// Periods along a curve.
fn grid() -> Vec<f64> {
    let [low, high] = PERIOD.bounds();
    log_spaced(low, high, FINE)
}

/// The curves and the marks of a panel.
fn layers<'a>(seen: &Seen<'_>, curves: &[Curve<'_>], of: fn(Complex<f64>) -> f64, named: bool) -> Vec<Layer<'a>> {
    let (grid, found) = (grid(), measured(seen));
    let x: Vec<f64> = found.iter().map(|point| TAU / point.omega).collect();
    let both = |curve: &Curve<'_>| {
        let (ink, dash, marker) = curve.style;
        let y: Vec<f64> = grid.iter().map(|p| of((curve.exact)(*p))).collect();
        let marks: Vec<f64> = found.iter().map(|point| of((curve.read)(point))).collect();
        let name = Some(seen.say(curve.name)).filter(|_| named);
        [line(grid.clone(), y, name, ink, dash), points(x.clone(), marks, None, ink, marker)]
    };
    curves.iter().flat_map(both).collect()
}

fn gain<'a>(seen: &Seen<'a>, curves: &[Curve<'_>]) -> Panel<'a> {
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let mut out = panel("gain", periods(seen), axis(seen, t("gain", "增益"), ""));
    let grid = grid();
    let chain: Vec<f64> = grid.iter().map(|p| curves.iter().map(|curve| (curve.exact)(*p).norm()).product()).collect();
    let each = curves.iter().flat_map(|curve| grid.iter().map(|p| (curve.exact)(*p).norm()));
    let found: Vec<f64> = measured(seen).iter().map(|point| point.parameter.norm()).collect();
    out.y = decades(out.y, 1e-4, each.chain(chain.iter().copied()).chain(found).chain([1.0]));
    let range = out.y.range.unwrap_or([1e-4, 1.0]);
    out.layers.extend(spectrum(seen, range, true));
    out.layers.push(level(1.0, Ink::Faint, Dash::Solid));
    let total = seen.say(t("parameter over batches", "参数／批"));
    out.layers.push(line(grid, chain, Some(total), Ink::Text, Dash::Dotted));
    out.layers.extend(layers(seen, curves, Complex::norm, true));
    let [low, high] = PERIOD.bounds();
    let top = resonance(eta, beta, 1.0).filter(|p| is_stable(eta, beta) && p.1 > 1.0);
    let top = top.filter(|(omega, _)| (low..high).contains(&(TAU / omega)));
    out.layers.extend(top.map(|(w, g)| callout([TAU / w, g], &format!("×{}", show_number(g)), Ink::Text)));
    let period = seen.get("period");
    let height = curves.last().map_or(f64::NAN, |curve| (curve.exact)(period).norm());
    out.handles.push(Handle {
        id: "period,-".into(),
        at: [period, if height.is_finite() { height.clamp(range[0], range[1]) } else { 1.0 }],
        ink: Ink::Text,
        label: rich("$P$"),
        name: seen.say(t("period of the drift", "漂移周期")).to_owned(),
    });
    out
}

fn delay<'a>(seen: &Seen<'a>, curves: &[Curve<'_>]) -> Panel<'a> {
    let mut out = panel("lag", periods(seen), axis(seen, t("lag", "滞后"), "°").range(LAGS[0], LAGS[1]));
    out.layers.extend(spectrum(seen, LAGS, false));
    out.layers.extend(layers(seen, curves, lag, false));
    out.y.marks = [0, 45, 90, 135, 180].map(|d| Tick { at: f64::from(d), label: rich(&format!("${d}$")) }).into();
    (out.below, out.legend) = (true, false);
    out
}

pub fn caption(seen: &Seen<'_>) -> String {
    let first = seen.say(t(
        "Gain and lag of the running statistic behind the batches, and of the parameter behind the running statistic, over the period of the drift: transfer functions (lines) and the core driven by single sines (marks). Shaded or dotted upright: the drift of this run. The mark can be dragged.",
        "运行统计量相对批统计量、参数相对运行统计量的增益与滞后，随漂移周期的变化：传递函数（线）与以单一正弦驱动的核心（标记）。阴影或竖点线：本次运行的漂移。标记可拖动。",
    ));
    let [eta, beta] = ["eta", "beta"].map(|id| seen.get(id));
    let peak = resonance(eta, beta, 1.0).filter(|p| is_stable(eta, beta) && p.1 > 1.0);
    let second = peak.map(|(omega, size)| {
        let text = t(" Momentum amplifies most, ×{}, at period {}.", "动量放大最多为 ×{}，在周期 {} 处。");
        seen.tell(text, &[size, TAU / omega])
    });
    format!("{first}{}", second.unwrap_or_default())
}
