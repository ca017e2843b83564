//! Small parts that the views of this scene share: layers in one line, axes, ranges that stay readable.

use super::setting::Setting;
use crate::figure::{Axis, Band, Column, Dash, Ink, Layer, Line, Rich, Weight, rich};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Text, t};

/// A polyline.
pub fn line<'a>(
    x: impl Into<Column<'a>>,
    y: impl Into<Column<'a>>,
    name: Option<Rich>,
    (ink, dash, weight): (Ink, Dash, Weight),
) -> Layer<'a> {
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None })
}

/// The area between two curves.
pub fn band<'a>(
    x: impl Into<Column<'a>>,
    low: impl Into<Column<'a>>,
    high: impl Into<Column<'a>>,
    name: Option<Rich>,
    ink: Ink,
) -> Layer<'a> {
    Layer::Band(Band { x: x.into(), low: low.into(), high: high.into(), name, ink, hatch: None })
}

/// A horizontal line with a name, across a range.
pub fn level<'a>([left, right]: [f64; 2], y: f64, name: Rich, ink: Ink, dash: Dash) -> Layer<'a> {
    line(vec![left, right], vec![y, y], Some(name), (ink, dash, Weight::Normal))
}

/// A wording as a label.
pub fn said(text: Text, view: View) -> Rich {
    rich(text.get(view.lang))
}

/// The axis of a coordinate.
pub fn position(coordinate: usize, view: View) -> Axis {
    let symbol = if coordinate == 0 { "x" } else { "y" };
    Axis::new(rich(&format!("{} ${symbol}$", t("position", "位置").get(view.lang))), "a.u.")
}

/// How a lane is drawn: colour and dashes.
pub fn hand(lens: Lens) -> (Ink, Dash) {
    match lens {
        Lens::Optimizer => (lens.ink(), Dash::DashDot),
        Lens::Spring => (lens.ink(), Dash::Dashed),
        Lens::Controller | Lens::Sampler => (lens.ink(), Dash::Solid),
    }
}

/// The velocities of a lane's first particle along a coordinate, in units of length over time.
pub fn speeds<'a>(at: &Setting<'_>, run: &Run, lane: &'a LaneRun, coordinate: usize) -> &'a [f64] {
    let stored = lane.column(crate::core::Probe::Velocity(coordinate));
    let unit = if lane.lane.lens == Lens::Spring { 1.0 } else { at.method().speed(run.seconds) };
    if unit == 1.0 {
        return stored;
    }
    lane.derived.column(("speeds", coordinate, unit.to_bits()), || stored.iter().map(|v| v * unit).collect())
}

/// The smallest range that holds all finite numbers.
pub fn extent(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let finite = values.filter(|x| x.is_finite());
    finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], x| [low.min(x), high.max(x)])
}

/// A range with a margin; one without width, or that is none, is given some.
pub fn widened([low, high]: [f64; 2], share: f64) -> [f64; 2] {
    if !(low.is_finite() && high.is_finite() && low <= high) {
        return [-1.0, 1.0];
    }
    let width = high - low;
    let margin = if width > 1e-9 * low.abs().max(high.abs()) { share * width } else { 0.5 * low.abs().max(1e-3) };
    [low - margin, high + margin]
}

/// The part of a coordinate that is shown: the exact density, the start, and lanes that stay near.
pub fn reach(at: &Setting<'_>, run: &Run, coordinate: usize) -> [f64; 2] {
    run.derived.pair(("reach", coordinate, 0), || {
        let near = at.landscape().near()[coordinate.min(1)];
        let exact = at.exact();
        let law = exact.as_ref().and_then(|e| e.lines.get(coordinate)).map(|line| {
            let top = line.values().iter().copied().fold(0.0, f64::max);
            let seen = line.nodes().iter().zip(line.values()).filter(|(_, p)| **p > 1e-4 * top);
            extent(seen.map(|(x, _)| *x))
        });
        let [low, high] = law.unwrap_or(near);
        let width = (high - low).max(1e-3);
        let start = at.start().get(coordinate).copied().unwrap_or(0.0);
        let stays = |x: &f64| (low - width..=high + width).contains(x);
        let seen = run.lanes.iter().flat_map(|l| l.column(crate::core::Probe::Position(coordinate)));
        widened(extent(seen.copied().filter(stays).chain([low, high, start])), 0.04)
    })
}
