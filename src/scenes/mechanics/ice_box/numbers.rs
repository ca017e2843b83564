//! Numbers beside the glide.

use super::{coast, glided, is_let_go, plateau, step_of};
use crate::core::Probe;
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::signal::ema_e_fold;

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (values, pushed) = (&seen.run.values, seen.get("pushed") as u64);
    let (push, gone) = (plateau(values), is_let_go(seen));
    let last = step_of(seen, 1, pushed).filter(|_| gone);
    let stop = |i: usize| seen.end(i, 0) - seen.at(i, Probe::Position(0), pushed);
    let far = t(
        "Way after letting go until rest, in units of the last step of the push.",
        "松手后到静止的路程，以推动的最后一步为单位。",
    );
    let now = t("Way after letting go so far: closed form against the run.", "松手后至今的路程：闭式解对照运行。");
    let uses = ["beta", "eta", "force", "pushed"];
    vec![
        number(seen, t("coasting way / last step", "滑行路程 / 末步"), far)
            .predicted(push.beta / (1.0 - push.beta))
            .measured(coast::measured(push.beta))
            .by("$γ/(1 − γ)$", &["beta"], "geometric series")
            .done(),
        number(seen, t("coasted so far, on ice", "已滑行（冰面）"), now)
            .predicted(gone.then(|| glided(values, seen.run.done()) - push.distance(pushed)))
            .measured(gone.then(|| stop(1)))
            .by("$v_N γ (1 − γ^k)/(1 − γ)$", &uses, "geometric series")
            .done(),
        number(seen, t("coasted so far, rough floor", "已滑行（粗糙地面）"), now)
            .predicted(gone.then_some(0.0))
            .measured(gone.then(|| stop(0)))
            .done(),
        number(
            seen,
            t("e-fold of the speed", "速度降为 1/e 的步数"),
            t(
                "Steps until the speed has fallen to 1/e: closed form, and from the loss of one step of the run.",
                "速度降到 1/e 所需步数：闭式解，及由运行中一步的损失推得。",
            ),
        )
        .predicted(ema_e_fold(push.beta))
        .measured(last.and_then(|last| Some(-1.0 / libm::log(step_of(seen, 1, pushed + 1)? / last))))
        .by("$−1/ln γ$", &["beta"], "geometric series")
        .done(),
        number(
            seen,
            t("friction $1 − γ$", "摩擦 $1 − γ$"),
            t("Share of the speed lost in one step without a push.", "没有推力时一步损失的速度比例。"),
        )
        .predicted(1.0 - push.beta)
        .measured(last.and_then(|last| Some(1.0 - step_of(seen, 1, pushed + 1)? / last)))
        .done(),
    ]
}
