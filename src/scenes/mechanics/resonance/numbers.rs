//! Numbers beside the resonance: gain and lag of iterates, spring and worst case.

use std::f64::consts::TAU;

use super::{gain, lag, omega, spring, swing, worst};
use crate::scenes::exhibit::number::number;
use crate::scenes::models::words;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::closed_loop::anchor_response;
use crate::theory::mapping::pole_match;
use crate::theory::matrix::Complex;
use crate::theory::regime::is_stable;

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let exact = is_stable(q, beta).then(|| gain(q, beta, omega(&seen.run.values)));
    let measured = seen.lane(0).and_then(|lane| swing(seen, lane));
    let note = t(
        "Swing of the iterate over the swing of the momentary minimum: exact map, and a sine fitted to the last quarter of the run once nothing else is left there.",
        "迭代点的摆幅与瞬时极小点的摆幅之比：精确映射，以及在轨迹末四分之一只剩正弦时拟合的值。",
    );
    let by = "$G = ηλ z/(z^2 − (1 + β − ηλ) z + β)$, $z = e^{iω}$";
    let here = [
        number(seen, t("gain at this period", "当前周期的增益"), note)
            .predicted(exact.map(Complex::norm))
            .measured(measured.map(Complex::norm))
            .by(by, &["q", "beta", "period"], "transfer function of the loop")
            .done(),
        number(seen, t("lag at this period", "当前周期的滞后"), note)
            .unit("°")
            .predicted(exact.map(lag))
            .measured(measured.map(lag))
            .by("$−arg G$", &["q", "beta", "period"], "transfer function of the loop")
            .done(),
    ];
    here.into_iter().chain([of_the_spring(seen)]).chain(of_the_peak(seen)).collect()
}

/// The gain of the spring beside the optimizer.
fn of_the_spring(seen: &Seen<'_>) -> Readout {
    let twin = spring(seen.get("q"), seen.get("beta"));
    let exact = twin.map(|spring| anchor_response(&spring, omega(&seen.run.values)).norm());
    let block = seen.lane(1).and_then(|lane| swing(seen, lane)).map(Complex::norm);
    let note = t(
        "The same of the spring with the poles of the map, driven by the same push.",
        "与映射极点相同的弹簧在同一驱动下的增益。",
    );
    let row = number(seen, t("gain of the spring", "弹簧的增益"), note).predicted(exact).measured(block);
    row.by("$k/|k − mω^2 + icω|$", &["q", "beta", "period"], "driven oscillator").done()
}

/// The largest gain and its period.
fn of_the_peak(seen: &Seen<'_>) -> [Readout; 2] {
    let peak = worst(seen.get("q"), seen.get("beta"));
    let note = t("Largest gain over all periods, by theory.", "所有周期中的最大增益（理论）。");
    let size = number(seen, t("largest gain", "最大增益"), note).predicted(peak.map(|p| p.1));
    let note = t("The period at which the gain is largest, by theory.", "增益最大处的周期（理论）。");
    let period = number(seen, t("resonant period", "共振周期"), note).predicted(peak.map(|p| TAU / p.0));
    [
        size.by("$ηλ/((1 − β) sin φ)$", &["q", "beta"], "derived").done(),
        period.by("$cos ω = (1 + β)(1 + β − ηλ)/(4β)$", &["q", "beta"], "derived").done(),
    ]
}

pub(super) fn notes(seen: &Seen<'_>) -> Vec<String> {
    let [q, beta] = ["q", "beta"].map(|id| seen.get(id));
    let twin = pole_match(q, beta, 1.0).err().map(|why| seen.say(words::no_twin(why)).to_owned());
    let unstable = t(
        "The map diverges at this ηλ: there is no steady answer to a periodic gradient.",
        "映射在此 ηλ 下发散：对周期梯度没有稳态响应。",
    );
    let steady = (!is_stable(q, beta)).then(|| seen.say(unstable).to_owned());
    twin.into_iter().chain(steady).collect()
}
