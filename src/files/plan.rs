//! A plan from what was typed or saved as text.

use crate::param::Values;
use crate::scenes::{Scene, SceneError, SceneRef, spec_of};
use crate::session::{Event, Plan};
use crate::text::{Lang, Text, fill, t};

/// Most changes in mid-run that are read.
const MOST_EVENTS: usize = 10_000;

/// Why text is no plan.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanError {
    /// A value is refused.
    Scene(SceneError),
    /// A parameter that starts the run again was to change in mid-run.
    Fixed(&'static str),
    /// More changes in mid-run than are read.
    TooMany(usize),
}

impl<E: Into<SceneError>> From<E> for PlanError {
    fn from(e: E) -> Self {
        PlanError::Scene(e.into())
    }
}

impl PlanError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let say = |text: Text, part: &str| fill(text.get(lang), &[part]);
        match self {
            PlanError::Scene(e) => e.say(lang),
            PlanError::Fixed(id) => say(
                t(
                    "{} cannot change in mid-run; it can only be set for the whole run.",
                    "{} 不能在运行中途改变，只能为整个运行设定。",
                ),
                id,
            ),
            PlanError::TooMany(count) => say(
                t(
                    "There are {} changes in mid-run; at most 10000 are read.",
                    "运行中途的改变有 {} 处；最多读取 10000 处。",
                ),
                &count.to_string(),
            ),
        }
    }
}

/// The scene's plan with these parameters set from text, derived ones for eigenmode `mode` included.
///
/// What defines the run is set first, then what is derived from it, each in the order given.
///
/// # Errors
/// The first value that is refused.
pub fn plan<'a>(
    scene: impl Into<SceneRef>,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    mode: usize,
) -> Result<Plan, PlanError> {
    let mut plan = Plan::new(scene);
    amend(&mut plan, pairs, mode)?;
    Ok(plan)
}

/// Sets parameters of a plan from text, as [`plan`] does.
///
/// # Errors
/// The first value that is refused; those before it are set.
pub fn amend<'a>(
    plan: &mut Plan,
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    mode: usize,
) -> Result<(), PlanError> {
    let scene = plan.scene.clone();
    let mut derived = Vec::new();
    for (id, text) in pairs {
        let spec = spec_of(&*scene, id)?;
        let value = spec.read(text)?;
        match plan.values.spec(id) {
            Ok(_) => plan.values.set(id, value)?,
            Err(_) => derived.push((id, value)),
        }
    }
    for (id, value) in derived {
        write(&*scene, id, value, &mut plan.values, mode)?;
    }
    Ok(())
}

/// Sets any parameter as seen from eigenmode `mode`, or from the last one there is.
pub(super) fn write(
    scene: &dyn Scene,
    id: &str,
    value: f64,
    values: &mut Values,
    mode: usize,
) -> Result<(), SceneError> {
    let modes = scene.modes(values).len();
    scene.write(id, value, values, mode.min(modes.saturating_sub(1)))
}

/// The changes in mid-run as [`event`] reads them: iteration, parameter, value.
pub(super) fn event_texts(plan: &Plan) -> Vec<(u64, String, String)> {
    let text = |e: &Event| plan.values.spec(e.id).map_or_else(|_| e.value.to_string(), |spec| spec.text(e.value));
    plan.events.iter().map(|e| (e.at, e.id.to_owned(), text(e))).collect()
}

/// Adds a change of one parameter after iteration `at`, read from text.
///
/// # Errors
/// When the parameter does not exist, does not take the value, or cannot change in mid-run.
pub fn event(plan: &mut Plan, at: u64, id: &str, text: &str) -> Result<(), PlanError> {
    let spec = plan.values.spec(id)?;
    let value = spec.read(text)?;
    if !spec.live {
        return Err(PlanError::Fixed(spec.id));
    }
    if plan.events.len() >= MOST_EVENTS {
        return Err(PlanError::TooMany(plan.events.len() + 1));
    }
    let after = plan.events.partition_point(|e| e.at <= at);
    plan.events.insert(after, Event { at, id: spec.id, value });
    Ok(())
}
