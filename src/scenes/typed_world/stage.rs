//! The machines of a typed world on their ground: the profile of a loss or of the potential of a force at
//! rest, the level lines of a loss over the plane.

use super::setting::Setting;
use super::{axes, map, profile};
use crate::core::Probe;
use crate::figure::{Layer, contour_lines};
use crate::scenes::Stage;
use crate::scenes::{LaneRun, Lens, Run};

/// How much of the picture the longest displacement of a run takes.
const LONGEST: f64 = 0.22;

/// The ground of a world: its lines and what of them is shown; `None` for equations.
struct Ground<'a> {
    lines: [&'a [f64]; 2],
    window: [[f64; 2]; 2],
}

fn ground<'a>(at: &Setting<'_>, run: &'a Run) -> Option<Ground<'a>> {
    if at.is_flow() {
        return None;
    }
    if at.world().kind().dim() == 1 {
        let (lines, y) = if at.is_loss() { profile::curve(at, run) } else { profile::potential_at_rest(at, run) };
        return Some(Ground { lines, window: [axes::extent(at, run, 0), y] });
    }
    let window = map::window(at, run);
    let map = at.is_loss().then(|| map::contours(at, run, window));
    let both = run.derived.column(("stage lines", 0, 0), || map.as_ref().map_or_else(Vec::new, levels));
    let (x, y) = both.split_at(both.len() / 2);
    Some(Ground { lines: [x, y], window: [window.x, window.y] })
}

/// Every other level line of the contour map, as one with gaps: abscissae, then ordinates.
fn levels(map: &Layer<'_>) -> Vec<f64> {
    let (mut x, mut y) = (Vec::new(), Vec::new());
    if let Layer::Contours(map) = map {
        for level in map.levels.iter().step_by(2) {
            let ny = map.values.len() / map.nx.max(1);
            for line in contour_lines(map.x, map.y, map.nx, ny, &map.values, *level) {
                x.extend(line.iter().map(|p| p[0]).chain([f64::NAN]));
                y.extend(line.iter().map(|p| p[1]).chain([f64::NAN]));
            }
        }
    }
    x.extend(y);
    x
}

/// A lane's machine `moment` iterations into the run.
pub fn stage<'a>(at: &Setting<'_>, run: &'a Run, lane: &LaneRun, moment: f64) -> Option<Stage<'a>> {
    let Ground { lines, window } = ground(at, run).filter(|_| axes::present(lane))?;
    let dim = at.world().kind().dim();
    let here = Setting { values: run.values_at(moment as u64), ..*at };
    let read = |probe: fn(usize) -> Probe, moment: f64| -> Option<Vec<f64>> {
        (0..dim).map(|i| lane.between(probe(i), moment)).collect()
    };
    let q = read(Probe::Position, moment)?;
    let before = read(Probe::Position, (moment - 1.0).max(0.0))?;
    let step: Vec<f64> = q.iter().zip(&before).map(|(a, b)| a - b).collect();
    let (push, drag) = here.changes(lane.lane.lens, &q, &step, moment * run.seconds);
    let longest = lane.derived.pair(("longest step", 0, 0), || [longest(lane, dim), 0.0])[0];
    let width = window[0][1] - window[0][0];
    let scale = if longest > 0.0 && longest.is_finite() { LONGEST * width / longest } else { 1.0 };
    let arrow = |v: &[f64]| [scale * v.first().unwrap_or(&0.0), scale * v.get(1).unwrap_or(&0.0)];
    let curve = dim == 1;
    let stage = Stage {
        lines,
        window,
        curve,
        at: [*q.first()?, q.get(1).copied().unwrap_or(0.0)],
        arrows: [arrow(&step), arrow(&push), arrow(&drag)],
        handle: (moment == 0.0).then_some(if curve { "start:profile" } else { "start:plane:0:1" }),
    };
    Some(Stage { at: stage.on_ground(stage.at), ..stage })
}

/// The longest displacement per iteration of a lane.
fn longest(lane: &LaneRun, dim: usize) -> f64 {
    let per = usize::try_from(lane.lane.substeps).unwrap_or(1).max(1);
    let columns: Vec<&[f64]> = (0..dim).map(|i| lane.column(Probe::Position(i))).collect();
    let rows = columns.first().map_or(0, |c| c.len());
    let far = |i: usize| columns.iter().map(|c| c[i + per] - c[i]).map(|d| d * d).sum::<f64>().sqrt();
    (0..rows.saturating_sub(per)).step_by(per).map(far).filter(|d| d.is_finite()).fold(0.0, f64::max)
}

impl Setting<'_> {
    /// What force and friction do to the displacement `step` of an iteration at `q` and time `t`.
    fn changes(&self, lens: Lens, q: &[f64], step: &[f64], t: f64) -> (Vec<f64>, Vec<f64>) {
        let h = self.get("h");
        let speed: Vec<f64> = step.iter().map(|s| s / h).collect();
        let (gain, loss) = match self.twin() {
            _ if lens != Lens::Spring => (self.get("eta"), 1.0 - self.get("beta")),
            Some(twin) => (h * h / twin.m, twin.c * h / twin.m),
            None => (h * h, 0.0),
        };
        let push = self.force_of(q, &speed, t).iter().map(|f| gain * f).collect();
        (push, step.iter().map(|s| -loss * s).collect())
    }
}
