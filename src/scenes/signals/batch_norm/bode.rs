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
    axis, band, callout, decades, level, line, over_time, panel, points, spanning, upright,
};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
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
    let mut add = |k: usize, probe: usize, label: Option<&str>, ink: Ink, dash: Dash| {
        let Some(lane) = seen.lane(k) else { return };
        let (x, y) = (lane.times(1.0), lane.column(Probe::Position(probe)));
        let rows = rows.min(x.len()).min(y.len());
        let most = 40.0;
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

/// Gain above lag, over the period of the drift.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [eta, beta, rho] = ["eta", "beta", "rho"].map(|id| seen.get(id));
    let [low, high] = PERIOD.bounds();
    let stable = is_stable(eta, beta);
    let grid = log_spaced(low, high, FINE);
    let statistic = |p: f64| lagged::transfer(rho, TAU / p);
    let parameter = |p: f64| if stable { following(&seen.run.values, TAU / p) } else { Complex::new(f64::NAN, 0.0) };
    let both: [&dyn Fn(f64) -> Complex<f64>; 2] = [&statistic, &parameter];
    let mut first = panel("gain", periods(seen), axis(seen, t("gain", "增益"), ""));
    let mut second = panel("lag", periods(seen), axis(seen, t("lag", "滞后"), "°").range(-12.0, 195.0));
    let of = |read: fn(Complex<f64>) -> f64, k: usize| grid.iter().map(|p| read(both[k](*p))).collect::<Vec<f64>>();
    let chain: Vec<f64> = grid.iter().map(|p| (statistic(*p) * parameter(*p)).norm()).collect();
    let [gain_s, gain_x] = [0, 1].map(|k| of(Complex::norm, k));
    let found = measured(seen);
    let shown = gain_s.iter().chain(&gain_x).chain(&chain).copied().chain(found.iter().map(|p| p.parameter.norm()));
    first.y = decades(first.y, 1e-4, shown.chain([1.0]));
    let range = first.y.range.unwrap_or([1e-4, 1.0]);
    first.layers.extend(spectrum(seen, range, true));
    second.layers.extend(spectrum(seen, [-12.0, 195.0], false));
    first.layers.push(level(1.0, Ink::Faint, Dash::Solid));
    let named = |text| Some(seen.say(text));
    let names = [t("statistic over batches", "统计量／批"), t("parameter over statistic", "参数／统计量")];
    let styles = [(Ink::Controller, Dash::Dashed, Marker::Ring), (Ink::Optimizer, Dash::Solid, Marker::Disc)];
    let total = named(t("parameter over batches", "参数／批"));
    first.layers.push(line(grid.clone(), chain, total, Ink::Text, Dash::Dotted));
    for (k, ((ink, dash, marker), y)) in styles.into_iter().zip([gain_s, gain_x]).enumerate() {
        let read = |p: &Point| if k == 0 { p.statistic } else { p.parameter };
        let x: Vec<f64> = found.iter().map(|p| TAU / p.omega).collect();
        let (size, late): (Vec<f64>, Vec<f64>) = found.iter().map(|p| (read(p).norm(), lag(read(p)))).unzip();
        first.layers.push(line(grid.clone(), y, named(names[k]), ink, dash));
        second.layers.push(line(grid.clone(), of(lag, k), None, ink, dash));
        first.layers.push(points(x.clone(), size, None, ink, marker));
        second.layers.push(points(x, late, None, ink, marker));
    }
    let top = resonance(eta, beta, 1.0).filter(|p| stable && p.1 > 1.0 && (low..high).contains(&(TAU / p.0)));
    first.layers.extend(top.map(|(w, g)| callout([TAU / w, g], &format!("×{}", show_number(g)), Ink::Text)));
    let period = seen.get("period");
    for panel in [&mut first, &mut second] {
        panel.layers.push(upright(period, Ink::Text, Dash::Dotted));
    }
    let height = parameter(period).norm();
    first.handles.push(Handle {
        id: "period,-".into(),
        at: [period, if height.is_finite() { height.clamp(range[0], range[1]) } else { 1.0 }],
        ink: Ink::Text,
        label: rich("$P$"),
        name: seen.say(t("period of the drift", "漂移周期")).to_owned(),
    });
    second.y.marks = [0, 45, 90, 135, 180].map(|d| Tick { at: f64::from(d), label: rich(&format!("${d}$")) }).into();
    (second.below, second.legend) = (true, false);
    vec![first, second]
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
