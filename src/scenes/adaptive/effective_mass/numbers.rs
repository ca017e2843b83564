//! Numbers and notes: the mass the steps show beside the one the method claims.

use super::mass;
use crate::core::Probe;
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;
use crate::theory::adaptive::effective_oscillator;

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let losses = [
        t("loss of descent", "梯度下降的损失"),
        t("loss of momentum", "动量法的损失"),
        t("loss of Adam", "Adam 的损失"),
    ];
    let loss = t("Potential at the moment shown.", "所示时刻的势能。");
    let rows = losses.into_iter().enumerate();
    let mut out: Vec<Readout> = rows
        .map(|(i, label)| number(seen, label, loss).measured(seen.at(i, Probe::Potential, seen.view.now)).done())
        .collect();
    let labels = [t("mass along $x_1$", "沿 $x_1$ 的质量"), t("mass along $x_2$", "沿 $x_2$ 的质量")];
    for (i, label) in labels.into_iter().enumerate() {
        let note = t(
            "Effective mass of Adam at the moment shown, for steps of unit length in time: the formula with the recorded second moment against momentum over displacement of the run.",
            "所示时刻 Adam 的有效质量（单位时间步）：以记录的二阶矩代入公式，对照运行中动量与位移之比。",
        );
        let by = "$m_i$ = √$v_i/(α(1 − β))$";
        let row = number(seen, label, note).predicted(predicted_mass(seen, i)).measured(mass::of_motion(
            seen,
            i,
            seen.view.now,
        ));
        out.push(row.by(by, &["alpha", "beta"], "Kingma & Ba 2015; derived").done());
    }
    let ratios = [t("√$v_1$ / $|H_{11}|$", "√$v_1$ / $|H_{11}|$"), t("√$v_2$ / $|H_{22}|$", "√$v_2$ / $|H_{22}|$")];
    for (i, label) in ratios.into_iter().enumerate() {
        let note = t(
            "Root of Adam's second moment over the curvature at the same point. Were it a measure of curvature, this would not depend on where the iterate is.",
            "Adam 二阶矩的平方根与同一点曲率之比。若它度量的是曲率，此比值就不应随位置改变。",
        );
        out.push(number(seen, label, note).measured(mass::ratio_at(seen, i, seen.view.now)).done());
    }
    out
}

/// The mass of a coordinate at the moment shown, by the closed form.
pub(super) fn predicted_mass(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let now = seen.view.now;
    let c = mass::coefficients(seen, now);
    let root = mass::at(mass::roots(seen, i), now)?;
    Some(effective_oscillator(c.rate, c.beta, root, 0.0, 1.0).m)
}

pub(super) fn notes(seen: &Seen<'_>) -> Vec<String> {
    let mut out = vec![seen.tell(
        t(
            "Mass and friction of Adam both grow with √v; their ratio (1 − β) = {} per step is the same along every coordinate.",
            "Adam 的质量与摩擦都随 √v 增大；两者之比 (1 − β) = {}（每步）对各坐标都相同。",
        ),
        &[1.0 - seen.get("beta")],
    )];
    let bursts = t(
        "Near a minimum without noise the second moment fades and Adam's steps stay as long as α: a run can grow quiet and then burst. That is the method, not the program.",
        "在无噪声的极小点附近，二阶矩逐渐消失，而 Adam 的步长仍为 α：运行可能先平静、后突然跳出。这是方法本身的性质，不是程序的问题。",
    );
    out.push(seen.say(bursts).to_owned());
    out
}
