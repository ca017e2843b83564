//! The driven machines over the clock, and their gain over the period of the drive.

use std::f64::consts::{PI, TAU};
use std::sync::Arc;

use super::{gain, lag, omega, spring, swing, worst};
use crate::core::Probe;
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::{Axis, Dash, Handle, Ink, Layer, Marker, Panel, Tick, rich};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{
    FAR, axis, band, callout, decades, level, line, over_time, panel, points, spanning, upright, words,
};
use crate::scenes::models::clock::mark_changes;
use crate::scenes::models::lock_in;
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
use crate::theory::closed_loop::anchor_response;
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::matrix::Complex;
use crate::theory::regime::is_stable;

/// Periods of a curve, and of the runs over it.
const FINE: usize = 600;
const RUNS: usize = 22;
/// What is left of a transient when measuring begins.
const LEFT: f64 = 1e-6;
/// The periods shown.
const PERIODS: [f64; 2] = [2.0, 400.0];

/// Both machines and what they follow.
pub fn motion<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let mut panel = over_time("motion", seen, axis(seen, t("position (still answer = 1)", "位置（静态响应 = 1）"), ""));
    let (times, minimum) = drive(seen);
    panel.layers.push(line(times, minimum, Some(seen.say(t("minimum", "极小点"))), Ink::Muted, Dash::Dotted));
    for (lane, dash) in seen.run.lanes.iter().zip([Dash::Solid, Dash::Dashed]).rev() {
        let x = lane.column(Probe::Position(0));
        panel.layers.push(line(lane.times(1.0), x, Some(seen.say(lane.lane.name)), lane.lane.ink, dash));
    }
    let all = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(0))).copied();
    let size = gain(q, beta, omega(&seen.run.values)).norm();
    let most = FAR * if is_stable(q, beta) { size.max(1.0) } else { 1.0 };
    let readable = all.filter(|x| x.is_finite()).map(|x| x.clamp(-most, most));
    panel.y = spanning(panel.y, readable.chain([-1.0, 1.0]));
    if is_stable(q, beta) && seen.run.is_steady() {
        panel.layers.extend([size, -size].map(|y| level(y, Ink::Optimizer, Dash::Dashed)));
    }
    mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// Times and places of the momentary minimum, eight a step, at most some thousand.
fn drive(seen: &Seen<'_>) -> (Vec<f64>, Vec<f64>) {
    let end = seen.run.horizon as f64;
    let count = (8.0 * end).clamp(8.0, 8000.0);
    let omega = omega(&seen.run.values);
    (0..=count as usize).map(|i| end * i as f64 / count).map(|t| (t, libm::cos(omega * t))).unzip()
}

/// A logarithmic axis of periods.
fn periods(seen: &Seen<'_>) -> Axis {
    axis(seen, t("period of the drive $P$ (steps)", "驱动周期 $P$（步）"), "").log().range(1.9, 420.0)
}

/// A column of periods and complex gains, kept: period, real part, imaginary part.
pub fn kept<'a>(seen: &Seen<'a>, name: &'static str, make: impl Fn() -> Vec<(f64, Complex<f64>)>) -> [&'a [f64]; 3] {
    let all = seen.run.derived.column((name, 0, 0), || {
        let points = make();
        let part = |read: fn(&(f64, Complex<f64>)) -> f64| points.iter().map(read).collect::<Vec<_>>();
        [part(|p| p.0), part(|p| p.1.norm()), part(|p| lag(p.1))].concat()
    });
    let (x, rest) = all.split_at(all.len() / 3);
    let (size, lag) = rest.split_at(rest.len() / 2);
    [x, size, lag]
}

/// The gain of the map over periods, and that of the stepping core.
fn measured<'a>(seen: &Seen<'a>) -> [&'a [f64]; 3] {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    kept(seen, "measured gains", || {
        let wanted: Vec<f64> = log_spaced(TAU / 380.0, 0.9 * PI, RUNS);
        if !is_stable(q, beta) {
            return Vec::new();
        }
        let ball = Arc::new(heavy_ball(q, beta, Convention::Displacement));
        let found = lock_in::measure(ball, 1.0, &wanted, settle(q, beta));
        found.points.into_iter().map(|(omega, gain)| (TAU / omega, gain)).collect()
    })
}

/// Steps after which the transient is gone.
pub fn settle(q: f64, beta: f64) -> u64 {
    let rate = -libm::log(spectral_radius(q, beta));
    (-libm::log(LEFT) / rate).ceil().clamp(0.0, 1e12) as u64 + 8
}

/// Gain and lag of the map and of the spring by theory; nothing where there is none.
fn closed<'a>(seen: &Seen<'a>) -> [[&'a [f64]; 3]; 2] {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let grid = log_spaced(PERIODS[0], PERIODS[1], FINE);
    let map = kept(seen, "gains", || {
        // A map that diverges has no steady answer.
        let stable = grid.iter().filter(|_| is_stable(q, beta));
        stable.map(|p| (*p, gain(q, beta, TAU / p))).collect()
    });
    let block = spring(q, beta);
    let twin = kept(seen, "gains of the spring", || {
        let answer = |p: &f64| Some((*p, anchor_response(block.as_ref()?, TAU / p)));
        grid.iter().filter_map(answer).collect()
    });
    [map, twin]
}

/// Gain above lag, over the period of the drive.
pub fn bode<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let [map, twin] = closed(seen);
    let runs = measured(seen);
    let here = seen.lane(0).and_then(|lane| swing(seen, lane)).map(|g| (seen.get("period"), g));
    let present = here.map(|(p, g)| [p, g.norm(), lag(g)]);
    let mut first = panel("gain", periods(seen), axis(seen, t("gain", "增益"), ""));
    let mut second = panel("lag", periods(seen), axis(seen, t("lag", "滞后"), "°").range(-12.0, 195.0));
    let name = |text| Some(seen.say(text));
    first.layers = amplified(seen, [map[0], map[1]]);
    for (panel, i) in [(&mut first, 1), (&mut second, 2)] {
        let named = |text| name(text).filter(|_| i == 1);
        if !twin[0].is_empty() {
            panel.layers.push(line(twin[0], twin[i], named(t("spring", "弹簧")), Ink::Spring, Dash::Dashed));
        }
        if !map[0].is_empty() {
            panel.layers.push(line(map[0], map[i], named(t("exact map", "精确映射")), Ink::Optimizer, Dash::Solid));
        }
        if !runs[0].is_empty() {
            panel.layers.push(points(runs[0], runs[i], named(t("measured", "测量")), Ink::Optimizer, Marker::Disc));
        }
        panel.layers.push(upright(seen.get("period"), Ink::Text, Dash::Dotted));
        let ring = present
            .map(|p| points(vec![p[0]], vec![p[i]], named(t("this run", "本次运行")), Ink::Text, Marker::Diamond));
        panel.layers.extend(ring);
    }
    first.y = decades(first.y, 1e-6, map[1].iter().chain(runs[1]).copied().chain([1.0]));
    let top = worst(q, beta).filter(|p| p.1 > 1.0);
    first.layers.extend(top.map(|(w, g)| callout([TAU / w, g], &format!("×{}", show_number(g)), Ink::Text)));
    second.y.marks = [0, 45, 90, 135, 180].map(|d| Tick { at: f64::from(d), label: rich(&format!("${d}$")) }).into();
    (second.below, second.legend) = (true, false);
    first.handles.push(handle(seen, q, beta));
    vec![first, second]
}

/// The area above a gain of 1, or that there is no gain.
fn amplified<'a>(seen: &Seen<'a>, [x, gain]: [&[f64]; 2]) -> Vec<Layer<'a>> {
    if x.is_empty() {
        let none = t("the map diverges: no steady answer", "映射发散：没有稳态响应");
        return vec![words([28.0, 1.4], seen.say(none), Ink::Muted)];
    }
    let top: Vec<f64> = gain.iter().map(|g| g.max(1.0)).collect();
    let name = Some(seen.say(t("amplified", "放大")));
    vec![band(x.to_vec(), vec![1.0; top.len()], top, name, Ink::Amber), level(1.0, Ink::Faint, Dash::Solid)]
}

fn handle(seen: &Seen<'_>, q: f64, beta: f64) -> Handle {
    let period = seen.get("period");
    Handle {
        id: "period,-".into(),
        at: [period, if is_stable(q, beta) { gain(q, beta, TAU / period).norm().clamp(1e-5, 1e5) } else { 1.0 }],
        ink: Ink::Text,
        label: rich("$P$"),
        name: seen.say(t("period of the drive", "驱动周期")).to_owned(),
    }
}

pub fn bode_caption(seen: &Seen<'_>) -> String {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let first = seen.say(t(
        "Swing of the iterate over that of the momentary minimum, and by how much it lags, over the period of the drive: exact map and spring with its poles (lines), the stepping core driven at many periods (discs), and this run (diamond). The mark can be dragged.",
        "迭代点的摆幅与瞬时极小点的摆幅之比及其滞后，随驱动周期的变化：精确映射与极点相同的弹簧（线）、以多个周期驱动的步进核心（圆点）与本次运行（菱形）。标记可拖动。",
    ));
    let peak = worst(q, beta).filter(|p| p.1 > 1.0);
    let second = peak.map(|(omega, size)| {
        let text = t(" The gain is largest, ×{}, at period {}.", "增益最大为 ×{}，在周期 {} 处。");
        seen.tell(text, &[size, TAU / omega])
    });
    let none = t(" Nothing is amplified here.", "此处没有放大。");
    format!("{first}{}", second.unwrap_or_else(|| seen.say(none).to_owned()))
}
