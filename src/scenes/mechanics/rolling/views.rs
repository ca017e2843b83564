//! The bodies on their curve, and their accounts.

use super::bodies::{Body, Ledger, SECONDS, shape};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Ink, Layer, Marker, Panel, Points, rich};
use crate::scenes::exhibit::draw::{DASHES, axis, line, over_time, panel, positions, spanning};
use crate::scenes::models::clock::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;

/// The curve with what is visited of it, and a stroboscope: every body at equal times, lifted row by row.
pub fn curve<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [low, high] = extent(seen);
    let x: Vec<f64> = (0..=240).map(|i| low + (high - low) * f64::from(i) / 240.0).collect();
    let [y, _] = shape(&seen.run.values, &x);
    let span = |x: Axis| spanning(x, y.iter().copied().chain([row(seen, 4)]));
    let mut panel =
        panel("curve", Axis::new(rich("$x$"), "m").range(low, high), span(axis(seen, t("height", "高度"), "m")));
    panel.layers.push(line(x, y, None, Ink::Text, Dash::Solid));
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let every = (0.1 / SECONDS).round() as usize * lane.lane.substeps as usize;
        let x: Vec<f64> = first_way(lane.column(Probe::Position(0))).iter().step_by(every.max(1)).copied().collect();
        let [y, _] = shape(&seen.run.values, &x);
        let y: Vec<f64> = y.iter().map(|y| y + row(seen, i)).collect();
        let name = Some(rich(seen.say(lane.lane.name)));
        panel.layers.push(Layer::Points(Points {
            x: x.into(),
            y: y.into(),
            name,
            ink: lane.lane.ink,
            marker: MARKERS[i % 4],
            size: 0.9,
        }));
    }
    let mut over = positions("x", seen, 0, t("place $x$", "位置 $x$"), "m");
    over.legend = false;
    vec![panel, over]
}

/// A trace until it turns back.
fn first_way(x: &[f64]) -> &[f64] {
    let start = x.first().copied().unwrap_or(0.0);
    let back = x.windows(2).position(|w| (w[1] - start).abs() < (w[0] - start).abs());
    x.get(..=back.unwrap_or(x.len().saturating_sub(1))).unwrap_or(x)
}

const MARKERS: [Marker; 4] = [Marker::Disc, Marker::Square, Marker::Triangle, Marker::Ring];

/// What of x is worth showing.
fn extent(seen: &Seen<'_>) -> [f64; 2] {
    let wide = seen.get("x0").abs().max(if seen.index("shape") == 0 { 0.5 } else { 2.2 });
    [-1.12 * wide, 1.12 * wide]
}

/// By how much row `i` of the stroboscope is lifted.
fn row(seen: &Seen<'_>, i: usize) -> f64 {
    let ends = extent(seen);
    let [y, _] = shape(&seen.run.values, &ends);
    0.07 * (i as f64 + 0.5) * y.iter().fold(0.0, |most: f64, y| most.max(*y))
}

/// Where a lane is on its row of the stroboscope.
pub fn on_curve(seen: &Seen<'_>, lane: &LaneRun, moment: f64) -> Option<[f64; 2]> {
    let i = seen.run.lanes.iter().position(|other| std::ptr::eq(other, lane))?;
    let x = lane.between(Probe::Position(0), moment)?;
    let [y, _] = shape(&seen.run.values, &[x]);
    Some([x, y.first()? + row(seen, i)])
}

/// Potential, motion, turning, heat and their sum, of ball, block and optimizer.
pub fn ledgers<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let books = [("ball-energy", Body::Ball), ("block-energy", Body::Block), ("optimizer-energy", Body::HeavyBall)];
    let mut out = Vec::new();
    for (id, body) in books {
        let Some(lane) = seen.run.lanes.iter().find(|lane| lane.lane.name == body.name()) else { continue };
        let ledger = Ledger::of(body, seen, lane);
        let label = match body {
            Body::Ball => t("ball’s $E/m$", "球的 $E/m$"),
            Body::Block => t("block’s $E/m$", "块的 $E/m$"),
            _ => t("heavy ball’s $E/m$", "重球法的 $E/m$"),
        };
        let mut panel = over_time(id, seen, axis(seen, label, "J/kg"));
        let unit = clock(seen.run, seen.view).1;
        let mut all = vec![0.0];
        let sum = ledger.sum();
        let parts = [
            (ledger.potential, t("height", "势能"), Ink::Text),
            (ledger.sliding, t("motion", "平动"), Ink::Optimizer),
            (ledger.turning, t("turning", "转动"), Ink::Spring),
            (ledger.heat, t("heat", "热"), Ink::Danger),
            (sum, t("sum", "总和"), Ink::Muted),
        ];
        for (k, (y, name, ink)) in parts.into_iter().enumerate() {
            let x: Vec<f64> = lane.times(unit).iter().take(y.len()).copied().collect();
            let y: Vec<f64> = y.into_iter().take(x.len()).collect();
            all.extend(y.iter().copied());
            panel.layers.push(line(x, y, Some(seen.say(name)), ink, DASHES[k % DASHES.len()]));
        }
        panel.y = spanning(panel.y, all);
        panel.legend = body == Body::Ball;
        out.push(panel);
    }
    out
}
