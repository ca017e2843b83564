//! What can be done at a press: tunings by formula.

use super::problem::{curvatures, mode};
use crate::param::Values;
use crate::scenes::{Action, SceneError, View};
use crate::text::t;
use crate::theory::{regime, tuning};

const CRITICAL: Action = Action {
    id: "critical",
    title: t("critical for this mode", "对此模态取临界"),
    help: t(
        "Sets β = (1 − √(ηλ))² and keeps η: the poles of the chosen mode meet, and no other β lets it shrink faster. Exists for ηλ below 4.",
        "保持 η，令 β = (1 − √(ηλ))²：所选模态的两个极点重合，任何其他 β 都不会收缩得更快。要求 ηλ 小于 4。",
    ),
};

const BEST: Action = Action {
    id: "best",
    title: t("best for all modes", "对所有模态最优"),
    help: t(
        "Polyak’s tuning η = 4/(√λ₁ + √λ₂)², β = ((√κ − 1)/(√κ + 1))²: the slowest mode shrinks as fast as it can.",
        "Polyak 调参 η = 4/(√λ₁ + √λ₂)²，β = ((√κ − 1)/(√κ + 1))²：最慢的模态收缩得尽可能快。",
    ),
};

const NO_CRITICAL: SceneError = SceneError::Refused(t(
    "At ηλ ≥ 4 no momentum makes this mode converge; lower η first.",
    "ηλ ≥ 4 时任何动量都不能使该模态收敛；请先减小 η。",
));

/// What is on offer.
pub fn list(_: &Values, _: View) -> Vec<Action> {
    vec![CRITICAL, BEST]
}

/// Does it, or says why not.
pub fn act(id: &str, values: &mut Values, view: View) -> Result<(), SceneError> {
    let mut next = values.clone();
    if id == CRITICAL.id {
        let q = mode(values, view.mode).map_or(f64::NAN, |m| m.lambda) * values.get("eta");
        if !(q < 4.0) {
            return Err(NO_CRITICAL);
        }
        next.set("beta", regime::critical_beta(q))?;
    } else if id == BEST.id {
        let lambda = curvatures(values);
        let [low, high] = lambda.iter().fold([f64::INFINITY, 0.0], |r, l| [l.min(r[0]), l.max(r[1])]);
        let best = tuning::polyak(low, high);
        next.set("eta", best.eta)?;
        next.set("beta", best.beta)?;
    } else {
        return Err(SceneError::Refused(t("There is no such action.", "没有这个操作。")));
    }
    *values = next;
    Ok(())
}
