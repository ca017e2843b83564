//! A landscape of two coordinates with the paths of all lanes over it.

use crate::core::{At, Field, Probe};
use crate::figure::{Axis, Contours, Dash, Handle, Ink, Layer, Line, Marker, Panel, Points, Weight, rich};
use crate::scenes::models::landscape::Window;
use crate::scenes::{LaneRun, Seen};

use super::draw::DASHES;

/// Nodes along each side of the grid of level lines.
const NODES: usize = 81;

/// Level lines of a field's potential over `window` that crowd towards its lowest value, or those given.
pub fn level_lines<'a>(seen: &Seen<'a>, field: &dyn Field, window: Window, levels: Option<Vec<f64>>) -> Layer<'a> {
    let at = [window.x, window.y].concat().iter().fold(0, |h: u64, x| h.rotate_left(7) ^ x.to_bits());
    let values = seen.run.derived.column(("level nodes of a plane", NODES, at), || potentials(field, window, NODES));
    Layer::Contours(Contours {
        x: window.x,
        y: window.y,
        nx: NODES,
        values: values.into(),
        levels: levels.unwrap_or_else(|| crowding(values)),
        labels: false,
        name: None,
        ink: Ink::Faint,
        dash: Dash::Solid,
        weight: Weight::Thin,
    })
}

/// The potential at the nodes of a grid, row by row from below; NaN where there is none.
pub fn potentials(field: &dyn Field, window: Window, nodes: usize) -> Vec<f64> {
    let along = |[low, high]: [f64; 2], i: usize| low + (high - low) * i as f64 / (nodes - 1) as f64;
    let n = nodes * nodes;
    let x = (0..n).map(|i| along(window.x, i % nodes));
    let q: Vec<f64> = x.chain((0..n).map(|i| along(window.y, i / nodes))).collect();
    let (v, mut out) = (vec![0.0; q.len()], vec![f64::NAN; n]);
    if field.dim() != 2 || !field.potential(At { t: 0.0, n, q: &q, v: &v }, &mut out) {
        out.fill(f64::NAN);
    }
    out
}

/// Levels that crowd towards the lowest value: distances from it grow evenly in their logarithm.
fn crowding(values: &[f64]) -> Vec<f64> {
    const LEVELS: usize = 12;
    let mut finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    finite.sort_by(f64::total_cmp);
    let (Some(&low), Some(&high)) = (finite.first(), finite.last()) else { return Vec::new() };
    let first = (finite[finite.len() / 100] - low).max(1e-5 * (high - low));
    let ratio = ((high - low) / first).max(1.0);
    (0..LEVELS).map(|k| low + first * libm::pow(ratio, k as f64 / LEVELS as f64)).collect()
}

/// A panel over the plane of the first two coordinates with the paths of all lanes, discs at their
/// iterations, over level lines of the first lane's field. Handles named `x0,y0` of the parameters of that
/// name take hold of the start.
pub fn map<'a>(id: &'static str, seen: &Seen<'a>, window: Window, start: Option<[&str; 2]>) -> Panel<'a> {
    let axis = |name: &str, [low, high]: [f64; 2]| Axis::new(rich(name), "").range(low, high);
    let mut panel = Panel::new(id, axis("$x_1$", window.x), axis("$x_2$", window.y));
    if let Some(first) = seen.lane(0) {
        panel.layers.push(level_lines(seen, &*first.lane.system.field, window, None));
    }
    panel.layers.extend(paths(seen, window));
    panel.handles.extend(start.map(|ids| Handle {
        id: ids.join(","),
        at: ids.map(|id| seen.get(id)),
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(crate::text::t("start of all lanes", "所有轨道的起点")).to_owned(),
    }));
    panel
}

/// The paths of all lanes, told apart by dashes and marks as well as by colour.
pub fn paths<'a>(seen: &Seen<'a>, window: Window) -> Vec<Layer<'a>> {
    const MARKERS: [Marker; 5] = [Marker::Square, Marker::Disc, Marker::Triangle, Marker::Diamond, Marker::Ring];
    let mut out = Vec::new();
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        for mut layer in path(seen, lane, window) {
            match &mut layer {
                Layer::Points(points) => points.marker = MARKERS[i % MARKERS.len()],
                Layer::Line(line) => {
                    line.dash = DASHES[i % DASHES.len()];
                    // Beyond the last kind of dashes, marks along the line tell it apart.
                    line.marker = (i >= DASHES.len()).then_some(MARKERS[i % MARKERS.len()]);
                }
                _ => {}
            }
            out.push(layer);
        }
    }
    out
}

/// The path of a lane: a thin line with a disc at every iteration, as far as it stays near the window.
pub fn path<'a>(seen: &Seen<'a>, lane: &'a LaneRun, window: Window) -> Vec<Layer<'a>> {
    let [x, y] = [0, 1].map(|i| lane.column(Probe::Position(i)));
    let far = |[low, high]: [f64; 2], v: f64| !((low - v).max(v - high) <= 4.0 * (high - low));
    let rows =
        x.iter().zip(y).position(|(x, y)| far(window.x, *x) || far(window.y, *y)).unwrap_or(x.len().min(y.len()));
    let (x, y, ink, weight) = (&x[..rows], &y[..rows], lane.lane.ink, Weight::Thin);
    let name = Some(rich(seen.say(lane.lane.name)));
    let (dash, marker) = (Dash::Solid, Marker::Disc);
    vec![
        Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None }),
        Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size: 0.9 }),
    ]
}

/// A window around all that the lanes visit and `points`, with a margin; a lane that goes far beyond its
/// start is followed so far only.
pub fn window(seen: &Seen<'_>, points: &[[f64; 2]], far: f64) -> Window {
    let side = |i: usize| {
        let columns = seen.run.lanes.iter().map(|lane| lane.column(Probe::Position(i)));
        let all = columns.flatten().copied().filter(|x| x.is_finite()).map(|x| x.clamp(-far, far));
        let hold = |[low, high]: [f64; 2], v: f64| [low.min(v), high.max(v)];
        let [low, high] = all.chain(points.iter().map(|p| p[i])).fold([f64::INFINITY, f64::NEG_INFINITY], hold);
        let margin = if high > low { 0.08 * (high - low) } else { 1.0 };
        if low <= high { [low - margin, high + margin] } else { [-1.0, 1.0] }
    };
    Window { x: side(0), y: side(1) }
}
