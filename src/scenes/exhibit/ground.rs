//! The ground on which the balls of an exhibit roll: the profile of a potential over one coordinate, level
//! lines over two.

use crate::core::{At, Field, Probe};
use crate::figure::contour_lines;
use crate::scenes::models::landscape::Window;
use crate::scenes::{LaneRun, Run, Stage};

use super::plane::potentials;

/// Points of a profile, and nodes along each side of a map.
const POINTS: usize = 241;
const NODES: usize = 41;
/// How much of the picture the longest displacement of a run takes.
const LONGEST: f64 = 0.22;
/// How far beyond its start, or beyond where others stay, a run is followed.
const FAR: f64 = 3.0;
/// A run that goes so many times farther in its second half than in its first is on its way out.
const AWAY: f64 = 10.0;

/// The machine of a lane `moment` iterations into the run; `None` if its field has no potential or more
/// than two coordinates.
pub fn stage<'a>(run: &'a Run, lane: &LaneRun, moment: f64) -> Option<Stage<'a>> {
    let dim = lane.lane.start.dim();
    // Lanes have fields of their own.
    let own = run.lanes.iter().position(|other| std::ptr::eq(other, lane))?;
    let (lines, window) = match dim {
        1 => profile(run, own, &*lane.lane.system.field)?,
        2 => levels(run, own, &*lane.lane.system.field)?,
        _ => return None,
    };
    let read =
        |moment: f64| -> Option<Vec<f64>> { (0..dim).map(|i| lane.between(Probe::Position(i), moment)).collect() };
    let (q, before) = (read(moment)?, read((moment - 1.0).max(0.0))?);
    let step: Vec<f64> = q.iter().zip(&before).map(|(a, b)| a - b).collect();
    let longest = lane.derived.pair(("longest step", 0, 0), || [longest(lane, dim), 0.0])[0];
    let scale =
        if longest > 0.0 && longest.is_finite() { LONGEST * (window[0][1] - window[0][0]) / longest } else { 1.0 };
    let second = |v: &[f64]| v.get(1).copied().unwrap_or(0.0);
    let arrow = [scale * step.first()?, scale * second(&step)];
    let curve = dim == 1;
    let at = [*q.first()?, second(&q)];
    let shown = at.iter().chain(&arrow).all(|x| x.is_finite());
    let stage = Stage { lines, window, curve, at, arrows: [arrow, [0.0; 2], [0.0; 2]], handle: None };
    shown.then(|| Stage { at: stage.on_ground(at), ..stage })
}

/// What of coordinate `i` the lanes visit, within bounds, with a margin.
fn visited(run: &Run, i: usize) -> [f64; 2] {
    let key = ("visited", i, 0);
    run.derived.pair(key, || {
        let columns = || run.lanes.iter().map(|lane| lane.column(Probe::Position(i)));
        // A coordinate that begins near 0 is followed as far as one that does not.
        let starts = run.lanes.iter().flat_map(|lane| lane.lane.start.q.iter());
        let start = starts.fold(1e-3, |most: f64, x| most.max(x.abs()));
        let most = FAR * columns().map(settled).fold(start, f64::max);
        let all = columns().flatten().copied().filter(|x| x.is_finite()).map(|x| x.clamp(-most, most));
        let [low, high] = all.fold([0.0, 0.0], |r: [f64; 2], x| [r[0].min(x), r[1].max(x)]);
        let margin = if high > low { 0.15 * (high - low) } else { 1.0 };
        [low - margin, high + margin]
    })
}

/// The distance from 0 within which a lane stays; 0 if it is on its way out.
fn settled(column: &[f64]) -> f64 {
    let far = |part: &[f64]| part.iter().map(|x| x.abs()).filter(|x| x.is_finite()).fold(0.0, f64::max);
    let (first, all) = (far(&column[..column.len() / 2]), far(column));
    if all > AWAY * first { 0.0 } else { all }
}

type Ground<'a> = ([&'a [f64]; 2], [[f64; 2]; 2]);

/// The curve of a potential over one coordinate.
fn profile<'a>(run: &'a Run, own: usize, field: &dyn Field) -> Option<Ground<'a>> {
    let [low, high] = visited(run, 0);
    let both = run.derived.column(("profile", own, low.to_bits() ^ high.to_bits()), || {
        let x: Vec<f64> = (0..POINTS).map(|i| low + (high - low) * i as f64 / (POINTS - 1) as f64).collect();
        let (v, mut y) = (vec![0.0; POINTS], vec![f64::NAN; POINTS]);
        let there = field.potential(At { t: 0.0, n: POINTS, q: &x, v: &v }, &mut y);
        if there && y.iter().all(|y| y.is_finite()) { [x, y].concat() } else { Vec::new() }
    });
    let (x, y) = both.split_at(both.len() / 2);
    let [bottom, top] = y.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |r, y| [r[0].min(*y), r[1].max(*y)]);
    let margin = 0.08 * (top - bottom).max(1e-9);
    (!y.is_empty()).then_some(([x, y], [[low, high], [bottom - margin, top + margin]]))
}

/// Level lines over two coordinates, as one line with gaps.
fn levels<'a>(run: &'a Run, own: usize, field: &dyn Field) -> Option<Ground<'a>> {
    let window = Window { x: visited(run, 0), y: visited(run, 1) };
    let both = run.derived.column(("ground lines", own, 0), || {
        let values = potentials(field, window, NODES);
        let least = values.iter().copied().filter(|v| v.is_finite()).fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().filter(|v| v.is_finite()).fold(f64::NEG_INFINITY, f64::max);
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for k in 1..7 {
            let level = least + (most - least) * libm::pow(0.4, f64::from(k));
            for line in contour_lines(window.x, window.y, NODES, NODES, &values, level) {
                x.extend(line.iter().map(|p| p[0]).chain([f64::NAN]));
                y.extend(line.iter().map(|p| p[1]).chain([f64::NAN]));
            }
        }
        x.extend(y);
        x
    });
    let (x, y) = both.split_at(both.len() / 2);
    (!x.is_empty()).then_some(([x, y], [window.x, window.y]))
}

/// The longest displacement per iteration of a lane.
fn longest(lane: &LaneRun, dim: usize) -> f64 {
    let per = usize::try_from(lane.lane.substeps).unwrap_or(1).max(1);
    let columns: Vec<&[f64]> = (0..dim).map(|i| lane.column(Probe::Position(i))).collect();
    let rows = columns.first().map_or(0, |c| c.len());
    let far = |i: usize| columns.iter().map(|c| c[i + per] - c[i]).map(|d| d * d).sum::<f64>().sqrt();
    (0..rows.saturating_sub(per)).step_by(per).map(far).filter(|d| d.is_finite()).fold(0.0, f64::max)
}
