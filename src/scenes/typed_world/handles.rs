//! What can be taken hold of: the start, in every view that shows it.

use super::setting::Setting;
use super::{Made, axes, remarks};
use crate::figure::{Handle, Ink, Rich};
use crate::param::{Spec, Values};
use crate::scenes::{Lens, Run, SceneError, View};
use crate::text::{fill, t};

const NO_HANDLE: SceneError = SceneError::Refused(t("There is no such handle.", "没有这个拖动点。"));

/// How the handle of a start over time begins; the state's number from 0 follows.
const SERIES: &str = "start:series:";

fn handle(id: String, at: [f64; 2], ink: Ink, name: String) -> Handle {
    Handle { id, at, ink, label: Rich::default(), name }
}

/// The colour of the start: that of the lane it belongs to.
fn ink(at: &Setting<'_>) -> Ink {
    if at.is_flow() { Lens::Spring.ink() } else { Lens::Optimizer.ink() }
}

/// The numbers of the states at the start, positions or unknowns first.
pub fn start(at: &Setting<'_>) -> Vec<f64> {
    at.start().into_iter().chain(at.speeds()).collect()
}

/// The start of a state on its axis over time.
pub fn on_series(at: &Setting<'_>, run: &Run, state: usize, view: View) -> Vec<Handle> {
    let at = Setting { values: run.values_at(0), ..*at };
    let Some(x) = start(&at).get(state).copied() else { return Vec::new() };
    let name =
        fill(t("start of {}", "{} 的起点").get(view.lang), &[&crate::figure::rich(&axes::name(&at, state)).plain()]);
    vec![handle(format!("{SERIES}{state}"), [0.0, x], ink(&at), name)]
}

/// The start in a plane of two states.
pub fn on_plane(at: &Setting<'_>, run: &Run, [x, y]: [usize; 2], view: View) -> Vec<Handle> {
    let at = Setting { values: run.values_at(0), ..*at };
    let all = start(&at);
    let (Some(px), Some(py)) = (all.get(x), all.get(y)) else { return Vec::new() };
    let name = t("start point", "起点").get(view.lang).to_owned();
    vec![handle(format!("start:plane:{x}:{y}"), [*px, *py], ink(&at), name)]
}

/// The start on the profile of a loss over a line.
pub fn on_profile(at: &Setting<'_>, run: &Run, view: View) -> Vec<Handle> {
    let at = Setting { values: run.values_at(0), ..*at };
    let start = at.start();
    let height = at.losses(&[&start]);
    match (start.first(), height.first()) {
        (Some(x), Some(y)) if y.is_finite() => {
            let name = t("start point", "起点").get(view.lang).to_owned();
            vec![handle("start:profile".into(), [*x, *y], ink(&at), name)]
        }
        _ => Vec::new(),
    }
}

/// Sets what a handle stands for; a handle nobody knows is refused.
pub fn drag(id: &str, to: [f64; 2], made: &Made, values: &mut Values) -> Result<(), SceneError> {
    let mut next = values.clone();
    if let Some(mode) = id.strip_prefix(remarks::DOT) {
        drag_mode(mode, to, made, &mut next)?;
    } else if id == "start:profile" {
        put(made, 0, to[0], &mut next)?;
    } else if let Some(state) = id.strip_prefix(SERIES) {
        put(made, state.parse().map_err(|_| NO_HANDLE)?, to[1], &mut next)?;
    } else {
        let mut parts = id.strip_prefix("start:plane:").ok_or(NO_HANDLE)?.split(':').map(str::parse);
        let (Some(Ok(x)), Some(Ok(y)), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NO_HANDLE);
        };
        put(made, x, to[0], &mut next)?;
        put(made, y, to[1], &mut next)?;
    }
    *values = next;
    Ok(())
}

fn nearest(spec: &Spec, value: f64) -> f64 {
    let [low, high] = spec.bounds();
    value.clamp(low, high)
}

/// Puts the start of a state where the pointer is, or as near as its range allows.
fn put(made: &Made, state: usize, to: f64, values: &mut Values) -> Result<(), SceneError> {
    let starts = &made.params.starts;
    let spec = starts.iter().chain(&made.params.speeds).nth(state).copied().ok_or(NO_HANDLE)?;
    let at = Setting { made, values };
    // The start of a loss is told as a displacement per iteration.
    let unit = if state >= starts.len() && at.is_loss() { at.get("h") } else { 1.0 };
    Ok(values.set(spec.id, nearest(spec, to * unit))?)
}

/// A dot of the atlas: β from its height, η from ηλ.
fn drag_mode(mode: &str, to: [f64; 2], made: &Made, values: &mut Values) -> Result<(), SceneError> {
    let at = Setting { made, values };
    let place: usize = mode.parse().map_err(|_| NO_HANDLE)?;
    let lambda = at.minimum(&at.start()).and_then(|p| p.curvatures.get(place).copied()).ok_or(NO_HANDLE)?;
    for (id, value) in [("eta", to[0] / lambda), ("beta", to[1])] {
        let spec = values.spec(id)?;
        values.set(id, nearest(spec, value))?;
    }
    Ok(())
}
