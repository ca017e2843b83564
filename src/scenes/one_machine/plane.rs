//! The phase portrait of the chosen mode and the contour map of the loss.

use super::series::{pace, readable};
use super::{problem, twin};
use crate::core::Probe;
use crate::figure::Ink;
use crate::figure::{Arrows, Axis, Contours, Dash, Figure, Layer, Line, Marker, Panel, Points, Rich, Weight, rich};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::t;

/// Arrows along each axis of a vector field.
const FIELD: usize = 15;

/// Displacement of the chosen mode over the last iteration times `scale`, for every row from the first
/// whole one, and the positions there. The optimizer also has its start: at rest.
fn displacement(lane: &LaneRun, mode: usize, scale: f64) -> (&[f64], &[f64]) {
    let q = lane.column(Probe::Position(mode));
    let back = lane.lane.substeps as usize;
    let starts = lane.lane.lens == Lens::Optimizer;
    let tail = q.get(back..).unwrap_or(&[]);
    let steps = lane.derived.column(("displacement", mode, scale.to_bits()), || {
        let rest = starts.then_some(0.0).into_iter();
        rest.chain(tail.iter().zip(q).map(|(now, before)| (now - before) * scale)).collect()
    });
    (if starts { q } else { tail }, steps)
}

/// The phase portrait: position against displacement per step (or its rate, in seconds).
pub fn phase<'a>(run: &'a Run, view: View) -> Figure<'a> {
    let (label, unit, scale) = pace(run, view);
    let position = format!("{} $q_{}$", t("position", "位置").get(view.lang), view.mode + 1);
    let mut panel = Panel::new("phase", Axis::new(rich(&position), "a.u."), Axis::new(rich(&label), unit));
    let orbits: Vec<Layer<'a>> = run
        .lanes
        .iter()
        .rev()
        .filter(|l| l.lane.present.get(view.mode) == Some(&true))
        .map(|lane| orbit(lane, view, scale))
        .collect();
    let names = if view.lens.is_physical() { ["phase q of v", "phase v"] } else { ["phase q of Δq", "phase Δq"] };
    let ends = |k: usize| run.derived.pair((names[k], view.mode, scale.to_bits()), || frame(&orbits, run, view)[k]);
    let ranges = [ends(0), ends(1)];
    panel.x = panel.x.range(ranges[0][0], ranges[0][1]);
    panel.y = panel.y.range(ranges[1][0], ranges[1][1]);
    panel.layers.push(field(run, view, scale, ranges));
    panel.layers.extend(nullclines(run, view, scale, ranges));
    panel.layers.extend(orbits);
    Figure {
        id: "phase",
        title: rich(t("Phase portrait", "相图").get(view.lang)),
        columns: 1,
        caption: t(
            "Phase portrait of the chosen mode: position against displacement over the last iteration, with the vector field and the nullclines (dashed) of the lens chosen.",
            "所选模态的相图：位置对上一步位移，附所选视角的向量场与零倾线（虚线）。",
        )
        .get(view.lang)
        .into(),
        panels: vec![panel],
    }
}

fn orbit<'a>(lane: &'a LaneRun, view: View, scale: f64) -> Layer<'a> {
    let continuous = matches!(lane.lane.lens, Lens::Spring | Lens::Controller);
    let (x, y) = if view.lens.is_physical() && continuous {
        // These machines have a velocity of their own, from the start on.
        (lane.column(Probe::Position(view.mode)), lane.column(Probe::Velocity(view.mode)))
    } else {
        displacement(lane, view.mode, scale)
    };
    let (name, ink) = (Some(Rich::from(lane.lane.name.get(view.lang))), lane.lane.lens.ink());
    let dash = match lane.lane.lens {
        Lens::Spring => Dash::Solid,
        Lens::Controller => Dash::Dashed,
        _ => Dash::Dotted,
    };
    match lane.lane.lens {
        Lens::Optimizer => {
            Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker: Marker::Disc, size: 1.0 })
        }
        _ => {
            let weight = if lane.lane.lens == Lens::Spring { Weight::Normal } else { Weight::Thin };
            Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None })
        }
    }
}

/// Ranges of both axes: the deterministic orbits with a margin, or a readable part of a diverging one.
fn frame(orbits: &[Layer<'_>], run: &Run, view: View) -> [[f64; 2]; 2] {
    let start = problem::start(&run.values).get(view.mode).copied().unwrap_or(1.0);
    let size = if start == 0.0 { 1.0 } else { start.abs() };
    let mut out = [[-0.1 * size, 0.1 * size]; 2];
    for layer in orbits {
        let (x, y) = match layer {
            Layer::Line(l) => (&l.x, &l.y),
            Layer::Points(p) => (&p.x, &p.y),
            _ => continue,
        };
        for (range, column) in out.iter_mut().zip([x, y]) {
            let limit = readable(&[&column[..]], size).map_or(f64::INFINITY, |r| r[1]);
            for v in column.iter().filter(|v| v.abs() <= limit) {
                *range = [range[0].min(*v), range[1].max(*v)];
            }
        }
    }
    out.map(|[low, high]| {
        let margin = 0.12 * (high - low);
        [low - margin, high + margin]
    })
}

/// The rate of change of (q, Δ·scale) at a point, per iteration: of the discrete map through the
/// optimizer's and the sampler's lens, of the continuous twin through the others.
fn rate(run: &Run, view: View, scale: f64) -> Option<impl Fn(f64, f64) -> [f64; 2]> {
    let lambda = problem::curvatures(&run.values).get(view.mode).copied()?;
    let (eta, beta, h) = (run.values.get("eta"), run.values.get("beta"), run.values.get("h"));
    let (pull, damp, physical) = if view.lens.is_physical() {
        let s = twin::spring(&run.values, view.mode)?;
        (s.k / s.m * h, -s.c / s.m * h, true)
    } else {
        (eta * lambda, beta - 1.0, false)
    };
    Some(move |q: f64, y: f64| {
        let step = y / scale;
        let change = damp * step - if physical { pull * h } else { pull } * q;
        [if physical { step } else { step + change }, change * scale]
    })
}

fn field<'a>(run: &Run, view: View, scale: f64, [xr, yr]: [[f64; 2]; 2]) -> Layer<'a> {
    let (mut x, mut y, mut u, mut v) = (vec![], vec![], vec![], vec![]);
    let (w, h) = (xr[1] - xr[0], yr[1] - yr[0]);
    if let Some(rate) = rate(run, view, scale) {
        let cell = |i: usize| (i as f64 + 0.5) / FIELD as f64;
        let speed = |r: [f64; 2]| (r[0] / w).hypot(r[1] / h);
        let places = || (0..FIELD * FIELD).map(|i| [xr[0] + cell(i % FIELD) * w, yr[0] + cell(i / FIELD) * h]);
        let top = places().map(|[q, d]| speed(rate(q, d))).fold(1e-300, f64::max);
        for [q, d] in places() {
            let r = rate(q, d);
            // Lengths grow with the square root of the speed, so that slow regions keep a direction.
            let length = 0.85 / FIELD as f64 * (speed(r) / top).sqrt() / speed(r).max(1e-300);
            x.push(q - 0.5 * length * r[0]);
            y.push(d - 0.5 * length * r[1]);
            u.push(length * r[0]);
            v.push(length * r[1]);
        }
    }
    let (ink, weight) = (Ink::Faint, Weight::Thin);
    Layer::Arrows(Arrows { x: x.into(), y: y.into(), u: u.into(), v: v.into(), name: None, ink, weight })
}

/// Where q, and where the velocity, stands still: straight lines of a linear machine.
fn nullclines<'a>(run: &Run, view: View, scale: f64, [xr, yr]: [[f64; 2]; 2]) -> Vec<Layer<'a>> {
    let Some(rate) = rate(run, view, scale) else { return Vec::new() };
    let mut lines = Vec::new();
    for part in 0..2 {
        let (along_q, along_y) = (rate(1.0, 0.0)[part], rate(0.0, 1.0)[part]);
        // along_q · q + along_y · y = 0
        let (x, y) = if along_y.abs() * (yr[1] - yr[0]) > 1e-9 * along_q.abs() * (xr[1] - xr[0]) {
            (xr.to_vec(), xr.map(|q| -along_q / along_y * q).to_vec())
        } else {
            (vec![0.0, 0.0], yr.to_vec())
        };
        let (ink, dash, weight) = (Ink::Muted, Dash::Dashed, Weight::Thin);
        lines.push(Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None }));
    }
    lines
}

/// Level lines of the loss with every lane's path; only for two modes.
pub fn map<'a>(run: &'a Run, view: View) -> Option<Figure<'a>> {
    let lambda = problem::curvatures(&run.values);
    let [l1, l2] = lambda[..] else { return None };
    let start = problem::start(&run.values);
    let reach = |i: usize| 1.15 * if start[i] == 0.0 { 1.0 } else { start[i].abs() };
    let (rx, ry) = (reach(0), reach(1).max(0.35 * reach(0)));
    let axis = |i: usize, r: f64| Axis::new(rich(&format!("$x_{i}$")), "a.u.").range(-r, r);
    let mut panel = Panel::new("map", axis(1, rx), axis(2, ry));
    let loss = |x: f64, y: f64| 0.5 * (l1 * x * x + l2 * y * y);
    panel.layers.push(contours(loss, [-rx, rx], [-ry, ry], loss(start[0], start[1])));
    for lane in run.lanes.iter().rev().filter(|l| l.lane.present.iter().all(|p| *p)) {
        let (x, y) = (lane.column(Probe::Position(0)), lane.column(Probe::Position(1)));
        let (ink, name) = (lane.lane.lens.ink(), Some(Rich::from(lane.lane.name.get(view.lang))));
        let (dash, weight) = match lane.lane.lens {
            Lens::Optimizer | Lens::Spring => (Dash::Solid, Weight::Normal),
            Lens::Controller => (Dash::Dashed, Weight::Thin),
            Lens::Sampler => (Dash::Dotted, Weight::Thin),
        };
        if lane.lane.lens == Lens::Optimizer {
            let line = Line { x: x.into(), y: y.into(), name: None, ink, dash, weight: Weight::Thin, marker: None };
            panel.layers.push(Layer::Line(line));
            panel.layers.push(Layer::Points(Points {
                x: x.into(),
                y: y.into(),
                name,
                ink,
                marker: Marker::Disc,
                size: 1.0,
            }));
        } else {
            panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight, marker: None }));
        }
    }
    Some(Figure {
        id: "map",
        title: rich(t("Contour map", "等高线图").get(view.lang)),
        columns: 1,
        caption: t(
            "Level lines of the loss with the paths of all lanes from one start.",
            "损失等高线与各通道从同一起点出发的路径。",
        )
        .get(view.lang)
        .into(),
        panels: vec![panel],
    })
}

/// Level lines at 1, 2, 5 × 10ⁿ from a thousandth of the loss at the start up to its double.
pub fn contours<'a>(loss: impl Fn(f64, f64) -> f64, x: [f64; 2], y: [f64; 2], top: f64) -> Layer<'a> {
    const N: usize = 81;
    let at = |r: [f64; 2], i: usize| r[0] + (r[1] - r[0]) * i as f64 / (N - 1) as f64;
    let values: Vec<f64> = (0..N * N).map(|i| loss(at(x, i % N), at(y, i / N))).collect();
    let decade = if top > 0.0 && top.is_finite() { top.log10().floor() as i32 } else { 0 };
    let levels = (decade - 2..=decade + 1).flat_map(|e| [1.0, 2.0, 5.0].map(|m| m * 10f64.powi(e)));
    Layer::Contours(Contours {
        x,
        y,
        nx: N,
        values: values.into(),
        levels: levels.filter(|l| *l > 0.005 * top && *l < 2.0 * top).collect(),
        labels: true,
        name: None,
        ink: Ink::Faint,
        dash: Dash::Solid,
        weight: Weight::Thin,
    })
}
