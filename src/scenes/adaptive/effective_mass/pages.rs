//! The views of a changing mass, its ledger excepted.

use super::{build, mass, start};
use crate::core::Probe;
use crate::figure::{Dash, Handle, Ink, Layer, Panel, rich};
use crate::scenes::exhibit::draw::{
    DASHES, MARKERS, axis, decades, lanes_over_time, level, line, over_time, panel, points, thin,
};
use crate::scenes::exhibit::plane;
use crate::scenes::models::clock;
use crate::scenes::models::ellipse::ellipse;
use crate::scenes::{Run, Seen};
use crate::text::{Text, t};

/// Directions of the valley at which a run is tried, in degrees.
const TURNS: [f64; 13] = [-90.0, -75.0, -60.0, -45.0, -30.0, -15.0, 0.0, 15.0, 30.0, 45.0, 60.0, 75.0, 90.0];
/// Iterations of such a run at most.
const MOST: u64 = 200;
/// Iterations whose ellipse is drawn.
const DRAWN: [u64; 8] = [1, 4, 8, 14, 22, 35, 60, 120];
/// The longest semi-axis of an ellipse as a share of the picture.
const LONGEST: f64 = 0.09;

/// The paths over the valley, with the mass of Adam.
pub fn paths<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let from = start(&seen.run.values);
    let far = 1.6 * from[0].hypot(from[1]).max(0.1);
    let window = plane::window(seen, &[from, [0.0; 2]], far);
    let mut panel = plane::map("paths", seen, window, None);
    panel.handles.push(Handle {
        id: "x0,y0".into(),
        at: from,
        ink: Ink::Text,
        label: rich("$x^{(0)}$"),
        name: seen.say(t("start of all lanes", "所有轨道的起点")).to_owned(),
    });
    panel.layers.extend(ellipses(seen, LONGEST * (window.x[1] - window.x[0]).min(window.y[1] - window.y[0])));
    panel.equal = true;
    vec![panel]
}

/// Velocities of equal kinetic energy along Adam's path, the longest of them `size` long.
fn ellipses<'a>(seen: &Seen<'a>, size: f64) -> Vec<Layer<'a>> {
    let Some(lane) = mass::adam(seen) else { return Vec::new() };
    let done = lane.trace.len() as u64;
    let place = |n: u64| [0, 1].map(|i| lane.at(Probe::Position(i), n).unwrap_or(f64::NAN));
    let masses = |n: u64| [0, 1].map(|i| mass::mass(seen, i, n));
    let shown: Vec<u64> = DRAWN.into_iter().filter(|n| *n < done).collect();
    let least = shown.iter().flat_map(|n| masses(*n)).filter(|m| m.is_finite()).fold(f64::INFINITY, f64::min);
    let outline = |n: u64| {
        let [a, b] = masses(n).map(|m| size * size * least / m);
        let corners = ellipse(place(n), [a, 0.0, b], 1.0);
        let side = |k: usize| corners.iter().map(|p| p[k]).collect::<Vec<_>>();
        let fine = corners.iter().flatten().all(|x| x.is_finite());
        fine.then(|| thin(side(0), side(1), Ink::Text, Dash::Solid))
    };
    shown.into_iter().filter_map(outline).collect()
}

/// Second moment and curvature over the clock, and their ratio.
pub fn moment<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let Some(lane) = mass::adam(seen) else { return vec![over_time("moment", seen, axis(seen, NAMES, ""))] };
    let times = lane.times(clock::clock(seen.run, seen.view).1);
    let inks = [Ink::Sampler, Ink::Amber];
    let (roots, curvatures) = ([0, 1].map(|i| mass::roots(seen, i)), [0, 1].map(|i| mass::curvatures(seen, i)));
    let all = roots.iter().chain(&curvatures).flat_map(|c| c.iter().copied()).filter(|x| *x < 1e12);
    let mut above = over_time("moment", seen, decades(axis(seen, NAMES, ""), 1e-9, all.chain([1.0])));
    let ratios = [0, 1].map(|i| mass::ratios(seen, i));
    let all = ratios.iter().flat_map(|c| c.iter().copied()).filter(|x| *x < 1e12);
    let label = t("√$v_i$ / $|H_{ii}|$", "√$v_i$ / $|H_{ii}|$");
    let mut under = over_time("ratio", seen, decades(axis(seen, label, ""), 1e-9, all.chain([1.0])));
    for (i, ink) in inks.into_iter().enumerate() {
        let (k, dash, broken) = (i + 1, [Dash::Solid, Dash::DashDot][i], [Dash::Dashed, Dash::Dotted][i]);
        above.layers.push(line(times, roots[i], Some(&format!("√$v_{k}$")), ink, dash));
        above.layers.push(line(times, curvatures[i], Some(&format!("$|H_{{{k}{k}}}|$")), ink, broken));
        under.layers.push(line(times, ratios[i], Some(&format!("$i = {k}$")), ink, dash));
    }
    under.below = true;
    for panel in [&mut above, &mut under] {
        clock::mark_changes(panel, seen.run, seen.view, true);
    }
    vec![above, under]
}

const NAMES: Text = t("√$v_i$ and $|H_{ii}|$", "√$v_i$ 与 $|H_{ii}|$");

/// Losses of all lanes at the end of a run with the valley turned otherwise.
pub fn turned_losses(run: &Run, angle: f64, steps: u64) -> Vec<f64> {
    let mut values = run.values.clone();
    let Some(mut setup) = values.set("angle", angle).ok().and_then(|()| build(&values, run.seed).ok()) else {
        return Vec::new();
    };
    setup.lanes.iter_mut().for_each(|lane| lane.probes = vec![Probe::Potential]);
    let mut short = Run::brief(setup, &values, run.seed, steps, &mut Vec::new());
    short.compute(steps);
    short.lanes.iter().map(|lane| lane.at(Probe::Potential, steps).unwrap_or(f64::NAN)).collect()
}

/// The loss at the end over the direction of the valley.
pub fn turn<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let steps = seen.run.horizon.min(MOST);
    let lanes = seen.run.lanes.len();
    let cells = seen.run.derived.column(("loss over the turn", lanes, steps), || {
        let rows = TURNS.map(|angle| turned_losses(seen.run, angle, steps));
        (0..lanes).flat_map(|i| rows.iter().map(move |row| row.get(i).copied().unwrap_or(f64::NAN))).collect()
    });
    let lasting = cells.iter().copied().filter(|x| *x < 1e12);
    let loss = decades(axis(seen, t("loss at the end", "结束时的损失"), ""), 1e-12, lasting.chain([1.0]));
    let x = axis(seen, t("turn of the valley $ϑ$", "山谷转角 $ϑ$"), "°").range(-95.0, 95.0);
    let mut panel = panel("turn", x, loss);
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let Some(y) = cells.get(i * TURNS.len()..(i + 1) * TURNS.len()) else { continue };
        let (name, ink) = (Some(seen.say(lane.lane.name)), lane.lane.ink);
        panel.layers.push(line(TURNS.to_vec(), y, name, ink, DASHES[i % DASHES.len()]));
        panel.layers.push(points(TURNS.to_vec(), y, None, ink, MARKERS[i % MARKERS.len()]));
    }
    let bottom = panel.y.range.map_or(1.0, |[low, _]| low * 1.3);
    panel.handles.push(Handle {
        id: "angle,-".into(),
        at: [seen.get("angle"), bottom],
        ink: Ink::Text,
        label: rich("$ϑ$"),
        name: seen.say(t("turn of the valley", "山谷转角")).to_owned(),
    });
    vec![panel]
}

/// The loss over the clock.
pub fn loss<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let all = seen.run.lanes.iter().flat_map(|lane| lane.column(Probe::Potential).iter().copied());
    let y = decades(axis(seen, t("loss", "损失"), ""), 1e-12, all.filter(|x| *x < 1e12).chain([1.0]));
    let mut panel = over_time("loss", seen, y);
    panel.layers = lanes_over_time(seen, |lane| lane.column(Probe::Potential));
    panel.layers.push(level(1.0, Ink::Faint, Dash::Dotted));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}
