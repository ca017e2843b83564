//! The pages: paths, how far they part, and what the three buffers hold.

use super::{DISPLACEMENT, SPELLINGS};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Ink, Layer, Line, Panel, Weight, rich};
use crate::param::show_number;
use crate::scenes::exhibit::draw::{axis, level, line, over_time, spanning, upright, words};
use crate::scenes::{LaneRun, Seen};
use crate::text::{Text, fill, t};

/// The lanes of the spellings with their line styles.
pub(super) fn spellings<'a>(seen: &Seen<'a>) -> impl Iterator<Item = (&'a LaneRun, Dash)> {
    seen.run.lanes.iter().zip(SPELLINGS).map(|(lane, (.., dash))| (lane, dash))
}

/// A number of every spelling over the iterations, drawn so that equal lines are seen as three.
pub(super) fn three<'a>(seen: &Seen<'a>, read: impl Fn(&'a LaneRun) -> Vec<f64>) -> Vec<Layer<'a>> {
    let one = |(i, (lane, dash)): (usize, (&'a LaneRun, Dash))| {
        let y = read(lane);
        let x: Vec<f64> = (0..y.len()).map(|n| n as f64).collect();
        let weight = if i == DISPLACEMENT { Weight::Bold } else { Weight::Normal };
        let name = Some(rich(seen.say(lane.lane.name)));
        Layer::Line(Line { x: x.into(), y: y.into(), name, ink: lane.lane.ink, dash, weight, marker: None })
    };
    spellings(seen).enumerate().map(one).collect()
}

/// The step at which the rate falls, if it does.
pub(super) fn dropped(seen: &Seen<'_>) -> Option<f64> {
    (seen.get("drop") != 1.0 && seen.get("at") < seen.run.horizon as f64).then(|| seen.get("at"))
}

pub(super) fn paths<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut out = over_time("paths", seen, axis(seen, t("position $x$", "位置 $x$"), ""));
    out.layers = three(seen, |lane| lane.column(Probe::Position(0)).to_vec());
    let all = spellings(seen).flat_map(|(lane, _)| lane.column(Probe::Position(0)).iter().copied());
    out.y = spanning(out.y, all.map(|x| x.clamp(-10.0, 10.0)).chain([-0.1, 1.6]));
    out.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    if let Some(at) = dropped(seen) {
        out.layers.push(upright(at, Ink::Muted, Dash::Dashed));
    }
    vec![out]
}

/// Largest distance of two positions among the spellings, by iteration.
pub(super) fn distance<'a>(seen: &Seen<'a>) -> &'a [f64] {
    seen.run.derived.column(("distance", 0, 0), || {
        let columns: Vec<&[f64]> = spellings(seen).map(|(lane, _)| lane.column(Probe::Position(0))).collect();
        let rows = columns.iter().map(|c| c.len()).min().unwrap_or(0);
        let apart = |n: usize| {
            let [low, high] = columns
                .iter()
                .filter_map(|c| c.get(n))
                .fold([f64::INFINITY, f64::NEG_INFINITY], |r, x| [r[0].min(*x), r[1].max(*x)]);
            high - low
        };
        (0..rows).map(apart).collect()
    })
}

/// The largest of these.
pub(super) fn farthest(seen: &Seen<'_>) -> f64 {
    distance(seen).iter().copied().filter(|d| d.is_finite()).fold(0.0, f64::max)
}

pub(super) fn difference<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    const FLOOR: f64 = 1e-18;
    let label = t("largest difference", "最大差异");
    let top = (10.0 * farthest(seen)).max(2e-14);
    let mut out = over_time("difference", seen, Axis::new(rich(seen.say(label)), "").log().range(FLOOR, top));
    let apart: Vec<f64> = distance(seen).iter().map(|d| d.max(FLOOR)).collect();
    let x: Vec<f64> = (0..apart.len()).map(|n| n as f64).collect();
    out.layers.push(line(x, apart, None, Ink::Text, Dash::Solid));
    out.layers.push(level(f64::EPSILON, Ink::Muted, Dash::Dotted));
    let text = seen.say(t("spacing of numbers at 1", "1 附近的浮点间距"));
    let middle = 0.62 * seen.run.horizon as f64;
    out.layers.push(words([middle, 3.0 * f64::EPSILON], text, Ink::Muted));
    if let Some(at) = dropped(seen) {
        out.layers.push(upright(at, Ink::Muted, Dash::Dashed));
    }
    vec![out]
}

/// What the buffers hold, and the same divided by the unit each is kept in.
pub(super) fn buffers<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let unit = |lane: &LaneRun| {
        let found = SPELLINGS.iter().find(|(_, _, _, ink, _)| *ink == lane.lane.ink);
        found.map_or(1.0, |(_, _, written, ..)| written.state_unit(eta, beta).abs())
    };
    let of = |id, label: Text, scale: &dyn Fn(&LaneRun) -> f64| {
        let mut out = over_time(id, seen, axis(seen, label, ""));
        out.layers = three(seen, |lane| lane.column(Probe::Velocity(0)).iter().map(|v| v / scale(lane)).collect());
        let mut all = Vec::new();
        for (lane, _) in spellings(seen) {
            all.extend(lane.column(Probe::Velocity(0)).iter().map(|v| (v / scale(lane)).clamp(-1e3, 1e3)));
        }
        out.y = spanning(out.y, all);
        out.layers.push(level(0.0, Ink::Faint, Dash::Solid));
        out
    };
    let own = of("kept", t("buffer as kept", "缓冲原值"), &|_| 1.0);
    let mut shared = of("per unit", t("buffer per unit", "缓冲／单位"), &unit);
    (shared.below, shared.legend) = (true, false);
    vec![own, shared]
}

pub(super) fn caption(seen: &Seen<'_>) -> String {
    let base = t(
        "Three spellings of momentum on x²/2 from x = 1, with the same η = {} and γ = {}: one path, drawn three times. Displacement: v ← γv + ηg, x ← x − v. Sum: b ← γb + g, x ← x − ηb. Average: m ← γm + (1 − γ)g, x ← x − ηm/(1 − γ).",
        "x²/2 上从 x = 1 出发的三种写法，η = {}、γ = {} 相同：同一条路径画了三次。位移式：v ← γv + ηg，x ← x − v。求和式：b ← γb + g，x ← x − ηb。平均式：m ← γm + (1 − γ)g，x ← x − ηm/(1 − γ)。",
    );
    let mut out = seen.tell(base, &[seen.get("eta"), seen.get("beta")]);
    if let Some(at) = dropped(seen) {
        let drop = t(
            " At step {} the rate falls to {} of itself (dashed): the sum and the average shrink their whole memory with it, the displacement keeps what it has.",
            "第 {} 步学习率降为原来的 {}（虚线）：求和式与平均式的全部记忆随之缩小，位移式保留已有的位移。",
        );
        out += &fill(seen.say(drop), &[&show_number(at), &show_number(seen.get("drop"))]);
    }
    out
}
