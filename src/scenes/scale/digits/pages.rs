//! Losses and accuracies over the clock and over effective progress.

use super::lanes::{self, COUNT, TEST_ACCURACY, TRAIN_ACCURACY};
use super::reference::{self, Band, Range};
use crate::core::Probe;
use crate::figure::{Axis, Ink, Layer, Panel};
use crate::scenes::exhibit::draw::{
    DASHES, MARKERS, axis, decades, lanes_over_time, line, measured, over_time, panel, points, spanning, thin,
};
use crate::scenes::models::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::t;

/// Losses above this are those of a run that diverges.
const MOST: f64 = 10.0;
/// Where an interval that reaches down to 0 ends on an axis of decades.
const LEAST: f64 = 0.05;

fn loss_axis(seen: &Seen<'_>, values: impl IntoIterator<Item = f64>) -> Axis {
    let lasting = values.into_iter().filter(|u| *u < MOST);
    decades(axis(seen, t("batch loss", "批损失"), ""), 1e-6, lasting)
}

/// What others found with the rates of every lane, as far as the run goes.
fn found(seen: &Seen<'_>) -> Vec<Vec<Band>> {
    let per = lanes::per_epoch(seen) as f64;
    let known = |rates| if super::is_articles(seen) { reference::bands(rates) } else { &[] };
    let reached = |band: &Band| band.epoch * per <= seen.run.horizon as f64;
    let of = |rates| known(rates).iter().copied().filter(reached).collect();
    lanes::rates(&seen.run.values).map(of).into()
}

/// Means and intervals of one quantity, at the ends of epochs, in the inks of the lanes.
fn intervals(seen: &Seen<'_>, found: &[Vec<Band>], of: impl Fn(&Band) -> Range) -> Vec<Layer<'static>> {
    let (per, unit) = (lanes::per_epoch(seen) as f64, clock::clock(seen.run, seen.view).1);
    let of_lane = |(bands, ink): (&Vec<Band>, Ink)| {
        let column = |f: &dyn Fn(&Band) -> f64| bands.iter().map(f).collect::<Vec<f64>>();
        let ends = [column(&|b| of(b).low), column(&|b| of(b).high)];
        measured(column(&|b| (b.epoch * per - 1.0) * unit), column(&|b| of(b).mean), ends, None, ink)
    };
    found.iter().zip(lanes::INKS).filter(|(bands, _)| !bands.is_empty()).map(of_lane).collect()
}

/// Mean batch losses over the clock, with what others found.
pub fn loss<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let found = found(seen);
    let all = seen.run.lanes.iter().flat_map(|lane| lanes::smoothed(seen, lane).iter().copied());
    let ends = found.iter().flatten().flat_map(|band| [band.loss.low.max(LEAST), band.loss.high]);
    let mut panel = over_time("loss", seen, loss_axis(seen, all.chain(ends)));
    panel.layers = lanes_over_time(seen, |lane| lanes::smoothed(seen, lane));
    panel.layers.extend(intervals(seen, &found, |band| Range { low: band.loss.low.max(LEAST), ..band.loss }));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// The loss of every batch.
pub fn batches<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let all = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Potential).iter().copied());
    let mut panel = over_time("batches", seen, loss_axis(seen, all));
    let unit = clock::clock(seen.run, seen.view).1;
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let (x, y) = (lane.times(unit), lane.column(Probe::Potential));
        let rows = x.len().min(y.len());
        let name = seen.say(lane.lane.name);
        let mut layer = line(&x[..rows], &y[..rows], Some(name), lane.lane.ink, DASHES[i % DASHES.len()]);
        if let crate::figure::Layer::Line(line) = &mut layer {
            line.weight = crate::figure::Weight::Thin;
        }
        panel.layers.push(layer);
    }
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}

/// How far a gradient of size 1 that never changes would have pushed lane `i`, row by row: steps × η/(1 − β) but
/// for the steps in which momentum gathers speed. What was changed on the way counts from then on.
fn way<'a>(seen: &Seen<'a>, i: usize, lane: &'a LaneRun) -> &'a [f64] {
    lane.derived.column(("progress", i, 0), || {
        let (mut place, mut speed) = (0.0, 0.0);
        let step = |n: usize| {
            let here = place;
            let [eta, beta] = lanes::rates(seen.run.values_at(n as u64))[i % COUNT];
            speed = beta * speed + 1.0;
            place += eta * speed;
            here
        };
        (0..lane.trace.len()).map(step).collect()
    })
}

/// Mean batch losses over effective progress.
pub fn progress<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let all = seen.run.lanes.iter().flat_map(|lane| lanes::smoothed(seen, lane).iter().copied());
    let y = loss_axis(seen, all);
    let columns = || seen.run.lanes.iter().enumerate().map(|(i, lane)| (i, lane, way(seen, i, lane)));
    let most = columns().filter_map(|(_, _, x)| x.last().copied()).fold(1e-6, f64::max);
    let x = axis(seen, t("progress, about steps × η/(1 − β)", "有效进程，约为步数 × η/(1 − β)"), "");
    let mut panel = panel("progress", x.range(0.0, most), y);
    for (i, lane, x) in columns() {
        let y = lanes::smoothed(seen, lane);
        let rows = x.len().min(y.len());
        let name = seen.say(lane.lane.name);
        panel.layers.push(line(&x[..rows], &y[..rows], Some(name), lane.lane.ink, DASHES[i % DASHES.len()]));
    }
    vec![panel]
}

/// Shares of images told right, at the end of every epoch, with what others found.
pub fn accuracy<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let unit = clock::clock(seen.run, seen.view).1;
    let of = |lane: &'a LaneRun, probe: Probe| {
        let [x, y] = lanes::epochs(lane, probe, u64::MAX);
        [x.iter().map(|x| x * unit).collect(), y]
    };
    let both = |lane: &'a LaneRun| [TEST_ACCURACY, TRAIN_ACCURACY].map(|probe| of(lane, probe));
    let all: Vec<f64> =
        seen.run.lanes.iter().flat_map(|lane| both(lane).map(|[_, y]| y)).flatten().chain([0.0, 1.0]).collect();
    let mut panel = over_time("accuracy", seen, spanning(axis(seen, t("share told right", "正确率"), ""), all));
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let [test, train] = both(lane);
        let (name, ink) = (seen.say(lane.lane.name), lane.lane.ink);
        let ([x, y], [xt, yt]) = (test, train);
        panel.layers.push(line(x.clone(), y.clone(), Some(name), ink, DASHES[i % DASHES.len()]));
        panel.layers.push(points(x, y, None, ink, MARKERS[i % MARKERS.len()]));
        panel.layers.push(thin(xt, yt, ink, DASHES[i % DASHES.len()]));
    }
    panel.layers.extend(intervals(seen, &found(seen), |band| Range {
        low: band.accuracy.low.max(0.0),
        high: band.accuracy.high.min(1.0),
        ..band.accuracy
    }));
    clock::mark_changes(&mut panel, seen.run, seen.view, false);
    vec![panel]
}
