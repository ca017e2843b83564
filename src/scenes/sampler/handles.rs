//! What can be taken hold of: the start of every lane.

use crate::figure::{Handle, Ink, Rich};
use crate::param::Values;
use crate::scenes::{Run, SceneError, View};
use crate::text::{fill, t};

const NO_HANDLE: SceneError = SceneError::Refused(t("There is no such handle.", "没有这个拖动点。"));

/// The start parameters, by coordinate.
const STARTS: [&str; 2] = ["x1", "x2"];

fn handle(id: String, at: [f64; 2], name: String) -> Handle {
    Handle { id, at, ink: Ink::Optimizer, label: Rich::default(), name }
}

/// The start of a coordinate on its axis over time.
pub fn on_series(run: &Run, coordinate: usize, view: View) -> Option<Handle> {
    let x = run.values_at(0).get(STARTS.get(coordinate)?);
    let name = fill(t("start {}", "起点 {}").get(view.lang), &[&(coordinate + 1).to_string()]);
    Some(handle(format!("start:{coordinate}"), [0.0, x], name))
}

/// The start in the plane.
pub fn on_plane(run: &Run, view: View) -> Handle {
    let at = STARTS.map(|id| run.values_at(0).get(id));
    handle("start:plane".into(), at, t("start point", "起点").get(view.lang).to_owned())
}

/// Puts the start where the pointer is, or as near as its range allows.
pub fn drag(id: &str, to: [f64; 2], values: &mut Values, mode: usize) -> Result<(), SceneError> {
    let mut next = values.clone();
    let mut put = |i: usize, to: f64| {
        let spec = next.spec(STARTS.get(i).ok_or(NO_HANDLE)?)?;
        let [low, high] = spec.bounds();
        Ok::<(), SceneError>(next.set(spec.id, to.clamp(low, high))?)
    };
    match id {
        "start:plane" => {
            put(0, to[0])?;
            put(1, to[1])?;
        }
        "start:profile" => put(0, to[0])?,
        // The picture of the ball knows the mode looked at only.
        "start:series" => put(mode, to[1])?,
        _ => put(id.strip_prefix("start:").and_then(|i| i.parse().ok()).ok_or(NO_HANDLE)?, to[1])?,
    }
    *values = next;
    Ok(())
}
