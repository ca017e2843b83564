//! The machines of the scene on their landscape: the curve of the potential on a line, level lines in the
//! plane.

use super::landscape::potential;
use super::setting::Setting;
use crate::core::{At, Probe};
use crate::figure::contour_lines;
use crate::scenes::{LaneRun, Lens, Run, Stage};

/// Points along the curve, and nodes along each side of the map.
const POINTS: usize = 160;
const NODES: usize = 48;
/// Level lines, and the share of the nodes that lie below the highest.
const LEVELS: usize = 8;
const CUT: f64 = 0.6;
/// How much of the picture the displacement of a particle takes that has turned all its energy into motion.
const LONGEST: f64 = 0.22;

/// A lane's machine `moment` iterations into the run.
pub fn stage<'a>(at: &Setting<'_>, run: &'a Run, lane: &LaneRun, moment: f64) -> Option<Stage<'a>> {
    let dim = at.dim();
    let window = window(at);
    let kept =
        run.derived.measured(("stage", 0, 0), || if dim == 1 { curve(at, window[0]) } else { levels(at, window) });
    let (x, y) = kept.split_at(kept.len() / 2);
    let [low, high] = y.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], v| [a.min(*v), b.max(*v)]);
    let pad = 0.06 * (high - low);
    let up = if dim == 1 { [low - pad, high + pad] } else { window[1] };
    let here = Setting::new(run.values_at(moment as u64));
    let read = |n: f64| -> Option<Vec<f64>> { (0..dim).map(|i| lane.between(Probe::Position(i), n)).collect() };
    let (q, before) = (read(moment)?, read((moment - 1.0).max(0.0))?);
    let step: Vec<f64> = q.iter().zip(&before).map(|(a, b)| a - b).collect();
    let scale = LONGEST * (window[0][1] - window[0][0]) / longest(at);
    let [push, drag] = changes(&here, lane.lane.lens, &q, &step);
    let arrow = |v: &[f64]| [0, 1].map(|i| scale * v.get(i).copied().unwrap_or(0.0));
    let stage = Stage {
        lines: [x, y],
        window: [window[0], up],
        curve: dim == 1,
        at: [*q.first()?, q.get(1).copied().unwrap_or(0.0)],
        arrows: [arrow(&step), arrow(&push), arrow(&drag)],
        handle: (moment == 0.0).then_some(if dim == 1 { "start:profile" } else { "start:plane" }),
    };
    Some(Stage { at: stage.on_ground(stage.at), ..stage })
}

/// The wells with the start and a margin.
fn window(at: &Setting<'_>) -> [[f64; 2]; 2] {
    let mut window = at.landscape().near();
    if at.dim() == 1 {
        window[0] = [-1.75, 1.75];
    }
    for (ends, start) in window.iter_mut().zip(at.start()) {
        *ends = [ends[0].min(start - 0.1), ends[1].max(start + 0.1)];
    }
    window
}

fn along([low, high]: [f64; 2], i: usize, count: usize) -> f64 {
    low + (high - low) * i as f64 / (count - 1) as f64
}

/// Places on the line, then the potential there.
fn curve(at: &Setting<'_>, ends: [f64; 2]) -> Vec<f64> {
    let mut x: Vec<f64> = (0..POINTS).map(|i| along(ends, i, POINTS)).collect();
    let y = potential(&*at.landscape().field(at), &[&x]);
    x.extend(y);
    x
}

/// Level lines of the potential as one with gaps: abscissae, then ordinates.
fn levels(at: &Setting<'_>, [across, up]: [[f64; 2]; 2]) -> Vec<f64> {
    let nodes = || (0..NODES * NODES).map(|k| (k % NODES, k / NODES));
    let x: Vec<f64> = nodes().map(|(i, _)| along(across, i, NODES)).collect();
    let y: Vec<f64> = nodes().map(|(_, j)| along(up, j, NODES)).collect();
    let heights = potential(&*at.landscape().field(at), &[&x, &y]);
    let mut sorted: Vec<f64> = heights.iter().copied().filter(|h| h.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (sorted.first(), sorted.get((CUT * sorted.len() as f64) as usize)) else {
        return Vec::new();
    };
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    for k in 1..=LEVELS {
        let level = low + (high - low) * k as f64 / LEVELS as f64;
        for line in contour_lines(across, up, NODES, NODES, &heights, level) {
            xs.extend(line.iter().map(|p| p[0]).chain([f64::NAN]));
            ys.extend(line.iter().map(|p| p[1]).chain([f64::NAN]));
        }
    }
    xs.extend(ys);
    xs
}

/// The displacement per iteration of a unit mass with all the energy of the start and of the bath,
/// h √(2 (U₀ − U_min) + T).
fn longest(at: &Setting<'_>) -> f64 {
    let field = at.landscape().field(at);
    let near = at.landscape().near();
    let energy = |q: &[f64]| {
        let columns: Vec<&[f64]> = q.chunks(1).collect();
        potential(&*field, &columns).first().copied().unwrap_or(0.0)
    };
    let places = (0..=40).map(|i| (0..at.dim()).map(|k| along(near[k], i, 41)).collect::<Vec<f64>>());
    let least = places.map(|q| energy(&q)).filter(|u| u.is_finite()).fold(f64::INFINITY, f64::min);
    let speed = (2.0 * (energy(&at.start()) - least).max(0.0) + at.temperature()).sqrt();
    let longest = at.get("h") * speed;
    if longest.is_finite() && longest > 0.0 { longest } else { 1.0 }
}

/// What force and friction do to the displacement of a unit mass over one iteration: h² F and −γ h Δq.
fn changes(at: &Setting<'_>, lens: Lens, q: &[f64], step: &[f64]) -> [Vec<f64>; 2] {
    let (h, mut force) = (at.get("h"), vec![0.0; q.len()]);
    at.landscape().field(at).force(At { t: 0.0, n: 1, q, v: step }, &mut force);
    let damped = lens != Lens::Spring && at.method().has_friction();
    let friction = if damped { at.get("gamma") } else { 0.0 };
    [force.iter().map(|f| h * h * f).collect(), step.iter().map(|s| -friction * h * s).collect()]
}
