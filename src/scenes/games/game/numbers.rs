//! Numbers, regimes and notes of the five ways to play.

use super::{DIRAC, play, story};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Chip, LaneRun, Readout, Seen, Tone};
use crate::text::{fill, t};

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let labels = [
        t("$ρ$ simultaneous", "$ρ$ 同时更新"),
        t("$ρ$ alternating", "$ρ$ 交替更新"),
        t("$ρ$ alternating, $β′$", "$ρ$ 交替更新，$β′$"),
        t("$ρ$ extragradient", "$ρ$ 外梯度"),
        t("$ρ$ optimistic", "$ρ$ 乐观梯度"),
    ];
    let formulas = [
        ("$z^2 − (1 + β − q)z + β = 0$", &["eta", "beta"][..]),
        ("$(z^2 − (1 + β − q_r)z + β)^2 + q_i^2 z^3 = 0$", &["eta", "beta"]),
        ("$(z^2 − (1 + β′ − q_r)z + β′)^2 + q_i^2 z^3 = 0$", &["eta", "negative"]),
        ("$ρ = |1 − q + q^2|$", &["eta"]),
        ("$z^2 − (1 − 2q)z − q = 0$", &["eta"]),
    ];
    let note = t(
        "Factor by which the distance from the solution grows per step: the closed form with q = η(μ + ia) against the slope of ln r over the last three quarters of the run. Of the Dirac-GAN the closed form holds near the solution.",
        "到解的距离每步的倍数：以 q = η(μ + ia) 代入的闭式解，对照运行后四分之三中 ln r 的斜率。对 Dirac-GAN，闭式解只在解附近成立。",
    );
    let row = |(i, (label, (formula, uses)))| {
        let wanted = play::predicted(seen, i);
        let got = seen.lane(i).and_then(play::measured);
        number(seen, label, note).predicted(wanted).measured(got).by(formula, uses, "Gidel et al. 2019; derived").done()
    };
    labels.into_iter().zip(formulas).enumerate().map(row).collect()
}

pub(super) fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    let chip = |(i, lane): (usize, &LaneRun)| {
        let rho = play::predicted(seen, i);
        let (what, tone) = match play::fate(rho) {
            play::Fate::Settles => (t("spirals in", "螺旋收敛"), Tone::Calm),
            play::Fate::Orbits => (t("orbits", "闭合环绕"), Tone::Warning),
            play::Fate::Flees => (t("spirals out", "螺旋发散"), Tone::Danger),
        };
        let text = fill(seen.say(t("{}: {} · map", "{}：{} · 映射")), &[seen.say(lane.lane.name), seen.say(what)]);
        Chip { text, tone, note: seen.tell(t("Modulus per step {}.", "每步模长 {}。"), &[rho]) }
    };
    seen.run.lanes.iter().enumerate().map(chip).collect()
}

pub(super) fn notes(seen: &Seen<'_>) -> Vec<String> {
    let gan = t(
        "Closed forms are those of the game linearised at its solution, where a = ½ and μ = 0; far from it the coupling fades and the chase slows down.",
        "闭式解属于在解处线性化的博弈（a = ½、μ = 0）；远离解时耦合减弱，追逐变慢。",
    );
    let linear = t(
        "A game of two numbers with one solution. Nothing here says how a network with many parameters behaves.",
        "这是两个数、一个解的博弈；多参数网络如何表现，这里无从断言。",
    );
    vec![story::pull(seen), seen.say(if seen.index("game") == DIRAC { gan } else { linear }).to_owned()]
}
