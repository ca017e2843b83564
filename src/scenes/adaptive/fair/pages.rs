//! The views of the comparison.

use super::methods::{COUNT, INKS, NAMES};
use super::{bench, sample};
use crate::figure::{Axis, Dash, Ink, Layer, Marker, Panel, Tick, Weight, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{
    MARKERS, axis, band, decades, level, measured, over_time, panel, points, series, words,
};
use crate::scenes::exhibit::plane;
use crate::scenes::models::clock;
use crate::text::{fill, t};
use crate::theory::agreement::wilson;

/// Losses below this are as good as none.
const LEAST: f64 = 1e-16;
const SHORT: [crate::text::Text; COUNT] = [
    t("GD", "梯度下降"),
    t("momentum", "动量法"),
    t("Nesterov", "Nesterov"),
    t("RMSProp", "RMSProp"),
    t("Adam", "Adam"),
];

/// An axis with the methods side by side, with so much room at both ends.
fn methods(seen: &Seen<'_>, room: f64) -> Axis {
    let mut axis = axis(seen, t("method", "方法"), "").range(1.0 - room, COUNT as f64 + room);
    axis.marks =
        SHORT.iter().zip(1..).map(|(name, k)| Tick { at: f64::from(k), label: rich(seen.say(*name)) }).collect();
    axis
}

/// An axis of losses that holds those that are finite.
fn losses(seen: &Seen<'_>, all: impl IntoIterator<Item = f64>) -> Axis {
    let lasting = all.into_iter().filter(|u| *u < 1e12).map(|u| u.max(LEAST));
    decades(axis(seen, t("loss", "损失"), ""), 0.5 * LEAST, lasting)
}

/// What can be drawn of a loss.
fn drawn(u: f64) -> f64 {
    if u < 1e12 { u.max(LEAST) } else { f64::NAN }
}

/// The final losses of all starts, with median and interval.
pub fn finals<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let finals = bench::finals(seen);
    let mut panel = panel("finals", methods(seen, 0.6), losses(seen, finals.concat()));
    for (i, all) in finals.iter().enumerate() {
        let (n, at) = (all.len().max(1) as f64, i as f64 + 1.0);
        let x: Vec<f64> = (0..all.len()).map(|k| at - 0.28 + 0.4 * (k as f64 + 0.5) / n).collect();
        let y: Vec<f64> = all.iter().map(|u| drawn(*u)).collect();
        panel.layers.push(points(x, y, None, INKS[i], MARKERS[i]));
        let (middle, ends) = (sample::median(all).unwrap_or(f64::NAN), sample::median_interval(all));
        let [low, high] = ends.map(|end| vec![drawn(end)]);
        let lost = all.iter().filter(|u| u.is_infinite()).count();
        if let (1.., Some([bottom, top])) = (lost, panel.y.range) {
            let text = fill(seen.say(t("{} diverge", "{} 个发散")), &[&lost.to_string()]);
            panel.layers.push(words([at, top * (bottom / top).powf(0.04)], &text, Ink::Danger));
        }
        panel.layers.push(measured(vec![at + 0.3], vec![drawn(middle)], [low, high], None, Ink::Text));
    }
    vec![panel]
}

/// Median losses over gradient evaluations.
pub fn race<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let rows = seen.index("budget") + 1;
    let quartiles = |i: usize| {
        let all = seen.run.derived.column(("quartiles", i, rows as u64), || {
            (0..rows).flat_map(|k| sample::quartiles(&bench::losses_at(seen, i, k))).map(drawn).collect()
        });
        [0, 1, 2].map(|q| all.iter().skip(q).step_by(3).copied().collect::<Vec<f64>>())
    };
    let curves: [[Vec<f64>; 3]; COUNT] = std::array::from_fn(quartiles);
    let chosen = seen.index("chosen");
    let medians = curves.iter().flat_map(|c| c[1].iter().copied()).collect::<Vec<_>>();
    let mut panel = over_time("race", seen, losses(seen, medians));
    let x = axis(seen, t("gradient evaluations", "梯度求值次数"), "");
    panel.x = Axis { range: Some([0.0, (rows - 1) as f64]), ..x };
    let at: Vec<f64> = (0..rows).map(|k| k as f64).collect();
    for (i, [low, middle, high]) in curves.into_iter().enumerate() {
        if i == chosen {
            panel.layers.push(band(at.clone(), low, high, None, INKS[i]));
        }
        panel.layers.push(series(at.clone(), middle, Some(seen.say(NAMES[i])), INKS[i], i));
    }
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// Median loss over the step sizes tried.
pub fn tuning<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (tuning, steps, used) = (bench::tuning(seen), bench::tried(&seen.run.values), bench::used(seen));
    let tries = steps.len();
    let [first, last] = bench::STEPS;
    let x = axis(seen, t("step size $η$", "步长 $η$"), "").log().range(first / 1.6, last * 1.6);
    let mut panel = panel("tuning", x, losses(seen, tuning.iter().copied()));
    for i in 0..COUNT {
        let own = tuning.get(i * tries..(i + 1) * tries).unwrap_or(&[]);
        let y: Vec<f64> = own.iter().map(|u| drawn(*u)).collect();
        let mut curve = series(steps.clone(), y.clone(), Some(seen.say(NAMES[i])), INKS[i], i);
        if let Layer::Line(line) = &mut curve {
            // Marks stand at the step sizes tried and nowhere else.
            line.weight = if line.marker.take().is_some() { Weight::Thin } else { Weight::Normal };
        }
        panel.layers.push(curve);
        panel.layers.push(points(steps.clone(), y.clone(), None, INKS[i], MARKERS[i]));
        // One that follows an equal rate lies between those tried.
        let place = steps.iter().position(|eta| *eta == used[i]);
        if let Some(y) = place.and_then(|k| y.get(k)).filter(|y| y.is_finite()) {
            let mut ring = points(vec![used[i]], vec![*y], None, Ink::Text, Marker::Ring);
            if let Layer::Points(ring) = &mut ring {
                ring.size = 2.2;
            }
            panel.layers.push(ring);
        }
    }
    vec![panel]
}

/// The share of starts on which every method ends lowest.
pub fn wins<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let n = seen.get("starts").max(1.0);
    let y = axis(seen, t("share of starts won", "胜出的起点比例"), "").range(-0.05, 1.05);
    let mut panel = panel("wins", methods(seen, 0.5), y);
    panel.layers.push(level(1.0 / COUNT as f64, Ink::Muted, Dash::Dotted));
    for (i, won) in bench::wins(seen).into_iter().enumerate() {
        let (at, share) = (vec![i as f64 + 1.0], won as f64 / n);
        let [low, high] = wilson(won as f64, n, 1.96).map(|end| vec![end]);
        let mut bar = measured(at, vec![share], [low, high], None, INKS[i]);
        if let Layer::ErrorBars(bar) = &mut bar {
            bar.marker = Some(MARKERS[i]);
        }
        panel.layers.push(bar);
    }
    vec![panel]
}

/// The paths of the lanes.
pub fn paths<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let start = [0, 1].map(|k| seen.at(0, crate::core::Probe::Position(k), 0));
    let far = 1.8 * start[0].hypot(start[1]).max(0.1);
    let window = plane::window(seen, &[start, [0.0; 2]], far);
    vec![plane::map("paths", seen, window, None)]
}
