//! Runs kept to compare others with, all from one start.

use super::{Document, Plan};
use crate::figure::{Rich, rich};
use crate::param::{Values, show_number};
use crate::scenes::{Run, SceneError};
use crate::text::{Lang, Text, fill, t};

/// What is said of a pin with the values of the present run.
const SAME: Text = t("same as the present run", "与当前运行相同");

/// A run that is kept.
pub struct Pin {
    /// What defines it.
    pub plan: Plan,
    /// The run.
    pub run: Run,
}

impl Pin {
    /// The run of a plan, before its first iteration.
    fn new(plan: Plan) -> Result<Self, SceneError> {
        Ok(Pin { run: plan.start()?, plan })
    }
}

/// Refuses one pin too many.
pub(super) fn allows(pins: usize) -> Result<(), SceneError> {
    if pins < Document::MOST_PINS {
        return Ok(());
    }
    Err(SceneError::Refused(t(
        "Eight runs are pinned already; let go of one first.",
        "已固定八个运行；请先取消其中一个。",
    )))
}

/// A pinned plan from the start of another: what makes a run start again (start, problem, seed,
/// length) is that of `plan`, what acts while it runs stays the pin's.
pub(super) fn rebased(pin: &Plan, plan: &Plan) -> Plan {
    let mut values = plan.values.clone();
    for spec in plan.values.specs().iter().filter(|s| s.live) {
        // Allowed in the pin, so allowed here.
        let _ = values.set(spec.id, pin.values.get(spec.id));
    }
    let events = pin.events.iter().filter(|e| e.at <= plan.steps).cloned().collect();
    Plan { values, events, ..plan.clone() }
}

/// Brings `pins` in line with `plans`; runs whose plan is the same are kept as they are. If a plan is
/// refused, nothing changes.
pub(super) fn follow(pins: &mut Vec<Pin>, plans: &[Plan]) -> Result<(), SceneError> {
    let known = |plan: &Plan| pins.iter().any(|p| p.plan == *plan);
    let fresh: Vec<Pin> = plans.iter().filter(|p| !known(p)).cloned().map(Pin::new).collect::<Result<_, _>>()?;
    let mut all = std::mem::take(pins);
    all.extend(fresh);
    for plan in plans {
        if let Some(i) = all.iter().position(|p| p.plan == *plan) {
            pins.push(all.swap_remove(i));
        }
    }
    Ok(())
}

/// What tells every pin from the others and from the present values: `η = 0.1, β = 0.9`; of one that
/// differs in nothing, that it is the same.
pub(super) fn labels(pins: &[Pin], present: &Values, lang: Lang) -> Vec<Rich> {
    let differs = |id: &str| pins.iter().any(|p| p.plan.values.get(id) != present.get(id));
    let telling: Vec<_> = present.specs().iter().filter(|s| differs(s.id)).collect();
    let label = |pin: &Pin| {
        let part = |s: &&&crate::param::Spec| {
            let value = pin.plan.values.get(s.id);
            let shown =
                if matches!(s.kind, crate::param::Kind::Choice(_)) { s.text(value) } else { show_number(value) };
            fill("{} = {}", &[s.symbol, &shown])
        };
        telling.iter().map(part).collect::<Vec<_>>().join(", ")
    };
    let same = |text: String| if text.is_empty() { SAME.get(lang).to_owned() } else { text };
    pins.iter().map(|p| rich(&same(label(p)))).collect()
}
