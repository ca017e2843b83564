//! Panels and layers in few words.

use crate::core::Probe;
use crate::figure::{
    Axis, Band, Bars, Callout, Column, Dash, ErrorBars, Hatch, Ink, Layer, Line, Marker, Panel, Points, Rich, Rule,
    Text as Words, Weight, rich,
};
use crate::scenes::models::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::Text;

/// An axis with a wording and a unit.
pub fn axis(seen: &Seen<'_>, label: Text, unit: &'static str) -> Axis {
    Axis::new(rich(seen.say(label)), unit)
}

/// An axis over all finite values, with a margin of a share of their extent.
pub fn spanning(axis: Axis, values: impl IntoIterator<Item = f64>) -> Axis {
    let hold = |[low, high]: [f64; 2], v: f64| [low.min(v), high.max(v)];
    let finite = values.into_iter().filter(|v| v.is_finite());
    let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], hold);
    if low > high {
        return axis.range(-1.0, 1.0);
    }
    let margin = if high > low { 0.06 * (high - low) } else { 0.5 * low.abs().max(1.0) };
    axis.range(low - margin, high + margin)
}

/// A logarithmic axis over all values above `floor`, with a margin.
pub fn decades(axis: Axis, floor: f64, values: impl IntoIterator<Item = f64>) -> Axis {
    let hold = |[low, high]: [f64; 2], v: f64| [low.min(v), high.max(v)];
    let some = values.into_iter().filter(|v| v.is_finite() && *v > floor);
    let [low, high] = some.fold([f64::INFINITY, floor], hold);
    let low = low.min(high).max(f64::MIN_POSITIVE);
    axis.log().range(low / 1.6, (high * 1.6).max(low * 3.0))
}

/// An empty panel over the clock of the whole run.
pub fn over_time<'a>(id: &'static str, seen: &Seen<'_>, y: Axis) -> Panel<'a> {
    clock::panel(id, seen.run, seen.view, y)
}

/// An empty panel.
pub fn panel<'a>(id: &'static str, x: Axis, y: Axis) -> Panel<'a> {
    Panel::new(id, x, y)
}

/// A line with a name in the legend, if it has one.
pub fn line<'a>(
    x: impl Into<Column<'a>>,
    y: impl Into<Column<'a>>,
    name: Option<&str>,
    ink: Ink,
    dash: Dash,
) -> Layer<'a> {
    let (x, y, name) = (x.into(), y.into(), name.map(rich));
    Layer::Line(Line { x, y, name, ink, dash, weight: Weight::Normal, marker: None })
}

/// A thin line without a name.
pub fn thin<'a>(x: impl Into<Column<'a>>, y: impl Into<Column<'a>>, ink: Ink, dash: Dash) -> Layer<'a> {
    let (x, y) = (x.into(), y.into());
    Layer::Line(Line { x, y, name: None, ink, dash, weight: Weight::Thin, marker: None })
}

/// Unconnected marks with a name in the legend, if they have one.
pub fn points<'a>(
    x: impl Into<Column<'a>>,
    y: impl Into<Column<'a>>,
    name: Option<&str>,
    ink: Ink,
    marker: Marker,
) -> Layer<'a> {
    let (x, y, name) = (x.into(), y.into(), name.map(rich));
    Layer::Points(Points { x, y, name, ink, marker, size: 1.2 })
}

/// The area between two curves.
pub fn band<'a>(x: Vec<f64>, low: Vec<f64>, high: Vec<f64>, name: Option<&str>, ink: Ink) -> Layer<'a> {
    let (x, low, high, name) = (x.into(), low.into(), high.into(), name.map(rich));
    Layer::Band(Band { x, low, high, name, ink, hatch: None })
}

/// Bars from zero.
pub fn bars<'a>(x: Vec<f64>, height: Vec<f64>, width: f64, name: Option<&str>, ink: Ink) -> Layer<'a> {
    let (x, height, name) = (x.into(), height.into(), name.map(rich));
    Layer::Bars(Bars { x, height, width, name, ink, hatch: None })
}

/// Measured values with their intervals.
pub fn measured<'a>(x: Vec<f64>, y: Vec<f64>, [low, high]: [Vec<f64>; 2], name: Option<&str>, ink: Ink) -> Layer<'a> {
    let (x, y, low, high, name) = (x.into(), y.into(), low.into(), high.into(), name.map(rich));
    let (marker, weight) = (Some(Marker::Disc), Weight::Thin);
    Layer::ErrorBars(ErrorBars { x, y, low, high, along_x: false, marker, name, ink, weight })
}

/// The same measured values as marks of another shape.
pub fn marked(layer: Layer<'_>, marker: Marker) -> Layer<'_> {
    match layer {
        Layer::ErrorBars(bars) => Layer::ErrorBars(ErrorBars { marker: Some(marker), ..bars }),
        other => other,
    }
}

/// The same bars or band with lines across, to be told from others without colour.
pub fn hatched(layer: Layer<'_>) -> Layer<'_> {
    match layer {
        Layer::Bars(bars) => Layer::Bars(Bars { hatch: Some(Hatch::Rising), ..bars }),
        Layer::Band(band) => Layer::Band(Band { hatch: Some(Hatch::Rising), ..band }),
        other => other,
    }
}

/// A rule at a height.
pub fn level<'a>(y: f64, ink: Ink, dash: Dash) -> Layer<'a> {
    Layer::Rule(Rule::Y(y, ink, dash))
}

/// A rule at a place along x.
pub fn upright<'a>(x: f64, ink: Ink, dash: Dash) -> Layer<'a> {
    Layer::Rule(Rule::X(x, ink, dash))
}

/// Words centred at a place.
pub fn words<'a>(at: [f64; 2], text: &str, ink: Ink) -> Layer<'a> {
    Layer::Text(Words { at, text: rich(text), ink })
}

/// Words with an arrow to a place, put where there is room.
pub fn callout<'a>(at: [f64; 2], text: &str, ink: Ink) -> Layer<'a> {
    Layer::Callout(Callout { at, text: rich(text), ink })
}

/// A number of every lane over the clock, each with its name: `read` gives a lane's column, empty if the
/// lane has none. Lanes that make several steps per iteration have as many rows.
pub fn lanes_over_time<'a>(seen: &Seen<'a>, read: impl Fn(&'a LaneRun) -> &'a [f64]) -> Vec<Layer<'a>> {
    let unit = clock::clock(seen.run, seen.view).1;
    let mut out = Vec::new();
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let (x, y) = (lane.times(unit), read(lane));
        let rows = x.len().min(y.len());
        if rows > 0 {
            let name = seen.say(lane.lane.name);
            out.push(series(&x[..rows], &y[..rows], Some(name), lane.lane.ink, i));
        }
    }
    out
}

/// Line styles in turn, so that lanes are told apart without colour.
pub const DASHES: [Dash; 4] = [Dash::Solid, Dash::Dashed, Dash::DashDot, Dash::Dotted];

/// Marks in turn, so that series are told apart without colour.
pub const MARKERS: [Marker; 5] = [Marker::Disc, Marker::Square, Marker::Triangle, Marker::Diamond, Marker::Ring];

/// The line of series `k` of several: with its own dashes, and marks along it where dashes run out.
pub fn series<'a>(
    x: impl Into<Column<'a>>,
    y: impl Into<Column<'a>>,
    name: Option<&str>,
    ink: Ink,
    k: usize,
) -> Layer<'a> {
    let (x, y, name, dash) = (x.into(), y.into(), name.map(rich), DASHES[k % DASHES.len()]);
    let marker = (k >= DASHES.len()).then(|| MARKERS[k % MARKERS.len()]);
    Layer::Line(Line { x, y, name, ink, dash, weight: Weight::Normal, marker })
}

/// A coordinate of every lane over the clock, fitted to what is readable of it: a lane that diverges
/// leaves the panel.
pub fn positions<'a>(id: &'static str, seen: &Seen<'a>, mode: usize, label: Text, unit: &'static str) -> Panel<'a> {
    let mut panel = over_time(id, seen, axis(seen, label, unit));
    let read = |lane: &'a LaneRun| lane.column(Probe::Position(mode));
    panel.layers = lanes_over_time(seen, read);
    let all = seen.run.lanes.iter().map(read);
    let most = all.clone().filter_map(|c| c.first()).fold(1e-3, |most: f64, x| most.max(x.abs())) * FAR;
    let readable = all.flatten().copied().filter(|x| x.is_finite()).map(|x| x.clamp(-most, most));
    panel.y = spanning(panel.y, readable);
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    panel
}

/// How many times as far as its start a run is followed, so that a diverging one stays readable.
pub const FAR: f64 = 6.0;

/// Wording that is also mark-up.
pub fn label(seen: &Seen<'_>, text: Text) -> Rich {
    rich(seen.say(text))
}
