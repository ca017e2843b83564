//! What can be taken hold of in the scene's views, and what dragging it sets.

use super::series::{clock, pace};
use super::{params as p, problem, remarks, response};
use crate::figure::{Handle, Ink, Rich, rich};
use crate::param::{Spec, Values};
use crate::scenes::models::zplane;
use crate::scenes::{Run, SceneError, View};
use crate::text::{Text, fill, t};
use crate::theory::regime::critical_beta;

const START: Text = t("start of mode {}", "模态 {} 的起点");
const MOVING: Text = t("start and start step of mode {}", "模态 {} 的起点与初始步");
const START_POINT: Text = t("start point", "起点");
const TARGET: Text = t("set point of mode {}", "模态 {} 的设定点");
const TARGET_POINT: Text = t("minimum", "极小点");
const NO_HANDLE: SceneError = SceneError::Refused(t("There is no such handle.", "没有这个拖动点。"));

/// Handles are counted from 1 in words.
fn named(text: Text, view: View) -> String {
    fill(text.get(view.lang), &[&(view.mode + 1).to_string()])
}

fn handle(id: &str, at: [f64; 2], ink: Ink, label: Rich, name: String) -> Handle {
    Handle { id: id.into(), at, ink, label, name }
}

/// The symbol of the minimum, said only where it is not the origin.
fn star(target: f64) -> Rich {
    if target == 0.0 { Rich::default() } else { rich("$x^*$") }
}

/// Start and set point on the position axis of the series; the set point of a run in which it was
/// moved is that of its end, where it is in force.
pub fn on_series(run: &Run, view: View) -> Vec<Handle> {
    let Some(mode) = problem::mode(run.values_at(0), view.mode) else { return Vec::new() };
    let end = run.horizon as f64 * clock(run, view).1;
    let last = problem::mode(&run.values, view.mode).map_or(mode.target, |m| m.target);
    vec![
        handle("start:series", [0.0, mode.start], Ink::Optimizer, Rich::default(), named(START, view)),
        handle("target:series", [end, last], Ink::Faint, star(last), named(TARGET, view)),
    ]
}

/// The start in the phase portrait.
pub fn on_phase(run: &Run, view: View) -> Vec<Handle> {
    let Some(mode) = problem::mode(run.values_at(0), view.mode) else { return Vec::new() };
    let at = [mode.start, mode.step * pace(run, view).2];
    vec![handle("start", at, Ink::Optimizer, Rich::default(), named(MOVING, view))]
}

/// Start and minimum in the contour map.
pub fn on_map(run: &Run, view: View) -> Vec<Handle> {
    let ([x, y], [rx, ry]) = (pair(problem::start(run.values_at(0))), pair(problem::target(&run.values)));
    let start = START_POINT.get(view.lang).to_owned();
    let target = TARGET_POINT.get(view.lang).to_owned();
    vec![
        handle("start:map", [x, y], Ink::Optimizer, Rich::default(), start),
        handle("target:map", [rx, ry], Ink::Faint, star(rx.hypot(ry)), target),
    ]
}

/// Both coordinates of a two-mode problem.
pub fn pair(list: Vec<f64>) -> [f64; 2] {
    let part = |i: usize| list.get(i).copied().unwrap_or(0.0);
    [part(0), part(1)]
}

/// The value within what a parameter allows that is nearest to where the pointer is.
fn put(spec: &Spec, value: f64, values: &mut Values) -> Result<(), SceneError> {
    let [low, high] = spec.bounds();
    Ok(values.set(spec.id, value.clamp(low, high))?)
}

/// Sets what a handle stands for; a handle nobody knows is refused.
pub fn drag(id: &str, at: [f64; 2], values: &mut Values, view: View) -> Result<(), SceneError> {
    if id == zplane::PICK {
        return response::pick(at, values, view);
    }
    let mut next = values.clone();
    let pick = |pair: [&'static Spec; 2]| pair.get(view.mode).copied().ok_or(NO_HANDLE);
    let (starts, steps, targets): ([&Spec; 2], [&Spec; 2], [&Spec; 2]) =
        ([&p::START_1, &p::START_2], [&p::STEP_1, &p::STEP_2], [&p::TARGET_1, &p::TARGET_2]);
    let both = |specs: [&'static Spec; 2], next: &mut Values| {
        put(specs[0], at[0], next)?;
        put(specs[1], at[1], next)
    };
    match id {
        "start" => {
            let unit = if view.lens.is_physical() { values.get("h") } else { 1.0 };
            put(pick(starts)?, at[0], &mut next)?;
            put(pick(steps)?, at[1] * unit, &mut next)?;
        }
        "start:series" => put(pick(starts)?, at[1], &mut next)?,
        "target:series" => put(pick(targets)?, at[1], &mut next)?,
        "start:map" => both(starts, &mut next)?,
        "target:map" => both(targets, &mut next)?,
        _ => drag_mode(id, at, &mut next)?,
    }
    *values = next;
    Ok(())
}

/// How near in β to critical damping a dot of the atlas is caught by it: the border is thinner than a
/// hand is steady.
const SNAP: f64 = 0.012;

/// A dot of the atlas: β from its height, η from ηλ.
fn drag_mode(id: &str, at: [f64; 2], values: &mut Values) -> Result<(), SceneError> {
    let mode = remarks::dot_mode(id).and_then(|i| problem::mode(values, i)).ok_or(NO_HANDLE)?;
    put(&p::ETA, at[0] / mode.lambda, values)?;
    let border = critical_beta(values.get("eta") * mode.lambda);
    put(&p::BETA, if (at[1] - border).abs() <= SNAP { border } else { at[1] }, values)
}
