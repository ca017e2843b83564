//! The lanes themselves: over the clock, and in the atlas of regimes.

use super::{LANES, betas, share};
use crate::core::Probe;
use crate::figure::{Handle, Ink, Layer, Marker, Panel, rich};
use crate::scenes::exhibit::draw::{DASHES, FAR, axis, band, over_time, points, spanning, thin};
use crate::scenes::models::atlas::figure;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;
use crate::theory::mapping::{Mapping, interpolant_velocity, pole_match};

/// One mark per lane, so that they are told apart without colour.
const MARKERS: [Marker; 4] = [Marker::Triangle, Marker::Square, Marker::Diamond, Marker::Disc];
/// Points of a spring's curve per step, and marks along a lane at most.
const FINE: usize = 8;
const MARKS: usize = 90;

/// The iterates over the springs with their poles.
pub fn responses<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut panel = over_time("responses", seen, axis(seen, t("position $x/x_0$", "位置 $x/x_0$"), ""));
    let (end, eps) = (seen.run.horizon as f64, share(seen));
    panel.layers.push(band(vec![0.0, end], vec![-eps; 2], vec![eps; 2], None, Ink::Muted));
    let betas = betas(&seen.run.values);
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let x = lane.column(Probe::Position(0));
        let every = x.len().div_ceil(MARKS).max(1);
        let (n, marks): (Vec<f64>, Vec<f64>) = x.iter().enumerate().step_by(every).map(|(n, x)| (n as f64, *x)).unzip();
        panel.layers.extend(under(seen, lane, i, betas[i]));
        let marker = MARKERS[i % MARKERS.len()];
        panel.layers.push(points(n, marks, Some(seen.say(lane.lane.name)), lane.lane.ink, marker));
    }
    let all = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Position(0)));
    let readable = all.copied().filter(|x| x.is_finite()).map(|x| x.clamp(-FAR, FAR));
    panel.y = spanning(panel.y, readable.chain([0.0, 1.0]));
    crate::scenes::models::clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// The spring through all marks of a lane, if there is one.
fn under<'a>(seen: &Seen<'a>, lane: &'a LaneRun, i: usize, beta: f64) -> Option<Layer<'a>> {
    let rows = lane.column(Probe::Position(0)).len();
    let curve = seen.run.derived.column(("springs", i, 0), || twin(seen, beta, rows).unwrap_or_default());
    let (x, y) = curve.split_at(curve.len() / 2);
    (!curve.is_empty()).then(|| thin(x, y, lane.lane.ink, DASHES[i % DASHES.len()]))
}

/// Times and positions of the spring that passes through every iterate.
fn twin(seen: &Seen<'_>, beta: f64, rows: usize) -> Option<Vec<f64>> {
    let q = seen.get("q");
    let spring = pole_match(q, beta, 1.0).ok().filter(|_| seen.run.is_steady())?.oscillator(1.0);
    let v0 = interpolant_velocity(&spring, 1.0, 1.0, 1.0 - q);
    let times: Vec<f64> = (0..=rows.saturating_sub(1) * FINE).map(|i| i as f64 / FINE as f64).collect();
    let x: Vec<f64> = times.iter().map(|t| spring.flow(*t, 1.0, v0).0).collect();
    x.iter().all(|x| x.is_finite()).then(|| [times, x].concat())
}

/// All lanes among the regimes of the map.
pub fn atlas<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let q = seen.get("q");
    let mut panels = figure(&[], 0.0, Mapping::Exact, seen.lang()).panels;
    for panel in &mut panels {
        for (((name, ink), beta), marker) in LANES.into_iter().zip(betas(&seen.run.values)).zip(MARKERS) {
            panel.layers.push(points(vec![q], vec![beta], Some(seen.say(name)), ink, marker));
        }
        panel.handles.push(Handle {
            id: "q,beta".into(),
            at: [q, seen.get("beta")],
            ink: Ink::Optimizer,
            label: rich("$β$"),
            name: seen.say(t("your step and momentum", "自选的步长与动量")).to_owned(),
        });
    }
    panels
}
