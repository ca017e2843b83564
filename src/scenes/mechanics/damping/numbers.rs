//! Numbers beside the four balls.

use super::{LANES, betas, settled, share};
use crate::core::Probe;
use crate::scenes::exhibit::number::number;
use crate::scenes::exhibit::regimes;
use crate::scenes::models::words;
use crate::scenes::{Chip, Readout, Seen};
use crate::text::{Text, t};
use crate::theory::heavy_ball::exact_steps;
use crate::theory::mapping::pole_match;

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    const NOTE: Text = t(
        "Steps until the lane stays within ε of its start: counted on the exact response, and on the run once it has been quiet for a tenth of its length.",
        "轨道此后不再超出初值 ε 倍所需的步数：由精确响应计数，并在轨迹安静了其长度的十分之一后由轨迹计数。",
    );
    const LABELS: [Text; 4] = [
        t("steps, small friction", "步数，小摩擦"),
        t("steps, critical", "步数，临界"),
        t("steps, large friction", "步数，大摩擦"),
        t("steps, your β", "步数，自选 β"),
    ];
    let (q, steady) = (seen.get("q"), seen.run.is_steady());
    let lanes = seen.run.lanes.iter().zip(LABELS).zip(betas(&seen.run.values));
    let rows = lanes.filter(|_| steady).map(|((lane, label), beta)| {
        let exact = exact_steps(q, beta, share(seen)).map(|n| n as f64);
        let by = "$|x_s| ≤ ε |x_0|$ for all $s ≥ n$";
        let row = number(seen, label, NOTE).predicted(exact).measured(settled(seen, lane));
        row.by(by, &["q", "share"], "linear recurrences").done()
    });
    rows.chain([own_zeta(seen)]).collect()
}

/// The damping ratio of the reader's lane.
fn own_zeta(seen: &Seen<'_>) -> Readout {
    let note = t(
        "Damping ratio of the spring with the poles of your lane: by theory, and by the recurrence fitted to the run.",
        "与自选轨道极点相同的弹簧的阻尼比：理论值，以及由轨迹拟合递推得到的值。",
    );
    let fit = || {
        let x = seen.lane(3)?.column(Probe::Position(0));
        crate::scenes::models::measure::Recurrence::fit(x)?.damping_ratio()
    };
    let exact = pole_match(seen.get("q"), seen.get("beta"), 1.0).ok().map(|twin| twin.zeta);
    let measured = seen.run.derived.number(("own zeta", 0, 0), fit).filter(|_| seen.run.is_steady());
    let by = "$ζ = −½ ln β / √(¼ ln^2 β + φ^2)$";
    number(seen, t("$ζ$ of your β", "自选 β 的 $ζ$"), note)
        .predicted(exact)
        .measured(measured)
        .by(by, &["q", "beta"], "pole matching")
        .done()
}

pub(super) fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let all = LANES.into_iter().zip(betas(&seen.run.values));
    all.map(|((name, _), beta)| regimes::chip(seen, seen.say(name), seen.get("q"), beta)).collect()
}

/// Which lanes no spring can follow, and why.
pub(super) fn notes(seen: &Seen<'_>) -> Vec<String> {
    let all = LANES.into_iter().zip(betas(&seen.run.values));
    let missing = all.filter_map(|((name, _), beta)| {
        let why = pole_match(seen.get("q"), beta, 1.0).err()?;
        let between = seen.say(t(": ", "："));
        Some(format!("{}{between}{}", seen.say(name), seen.say(words::no_twin(why))))
    });
    missing.collect()
}
