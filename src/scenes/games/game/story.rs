//! What is asked of a game, and what it answers.

use super::play::{self, Fate, fate};
use super::{ALTERNATING, EXTRAGRADIENT, NEGATED, OPTIMISTIC, SIMULTANEOUS};
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{Text, t};
use crate::theory::games::{
    alternating_is_stable, alternating_radius, ellipse_is_stable, extragradient_radius, simultaneous_radius,
};
use crate::theory::matrix::Complex;

/// The factor per step that lane `i` shows; NaN if it is too short.
fn rho(seen: &Seen<'_>, i: usize) -> f64 {
    seen.lane(i).and_then(play::measured).unwrap_or(f64::NAN)
}

fn answer(seen: &Seen<'_>) -> String {
    let all = [SIMULTANEOUS, ALTERNATING, NEGATED, EXTRAGRADIENT, OPTIMISTIC].map(|i| play::predicted(seen, i));
    seen.tell(
        t(
            "Per step the distance from the solution is multiplied by {} when both move at once with momentum β, by {} when they move in turn, by {} in turn with negative momentum, by {} with extragradient and by {} with optimism. What pushes is old by the time it acts: momentum adds to that delay, a look ahead takes it away.",
            "每步之后，到解的距离乘以：带动量 β 同时更新 {}，交替更新 {}，交替且动量为负 {}，外梯度 {}，乐观梯度 {}。推力起作用时已经过时：动量加大这一滞后，前瞻则把它抵消。",
        ),
        &all,
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "The players move in turn, both with momentum β. What becomes of their chase?",
            "双方交替更新，都带动量 β。他们的追逐会怎样？",
        ),
        choices: &[
            t("it spirals into the solution", "螺旋收敛到解"),
            t("it circles for ever at the same distance", "以不变的距离永远环绕"),
            t("it spirals away", "螺旋远离"),
        ],
        right: |seen| match fate(play::predicted(seen, ALTERNATING)) {
            Fate::Settles => 0,
            Fate::Orbits => 1,
            Fate::Flees => 2,
        },
    },
    answer,
    claims: &[Claim::new("004", t("Momentum makes a GAN chase for ever.", "动量使 GAN 陷入无休止的追逐。"), chases)],
    reading: &[
        "Gidel et al. (2019), Negative momentum for improved game dynamics, AISTATS, arXiv:1807.04740",
        "Mescheder, Geiger & Nowozin (2018), Which training methods for GANs do actually converge?, ICML",
    ],
    checks: &[
        printed(t("simultaneous, β = 0.9", "同时更新，β = 0.9"), |_| 1.198, |s| rho(s, SIMULTANEOUS), 5e-4, 2),
        printed(t("simultaneous, β = 0.5", "同时更新，β = 0.5"), |_| 1.0457, |s| rho(s, SIMULTANEOUS), 5e-5, 0),
        printed(t("simultaneous, β = 0", "同时更新，β = 0"), |_| 1.0050, |s| rho(s, SIMULTANEOUS), 5e-5, 1),
        printed(t("simultaneous, β = −0.3", "同时更新，β = −0.3"), |_| 1.0016, |s| rho(s, SIMULTANEOUS), 5e-5, 3),
        printed(t("alternating, β = 0", "交替更新，β = 0"), |_| 1.0, |s| rho(s, ALTERNATING), 5e-5, 1),
        printed(t("alternating, β = −0.3", "交替更新，β = −0.3"), |_| 0.9986, |s| rho(s, NEGATED), 5e-5, 1),
        printed(t("extragradient", "外梯度"), |_| 0.9950, |s| rho(s, EXTRAGRADIENT), 5e-5, 1),
        printed(
            t("extragradient, closed form", "外梯度，闭式解"),
            |s| extragradient_radius(s.get("eta") * s.get("a")),
            |s| rho(s, EXTRAGRADIENT),
            1e-6,
            1,
        ),
        printed(
            t("simultaneous, closed form", "同时更新，闭式解"),
            |s| simultaneous_radius(s.get("eta") * s.get("a"), s.get("beta")),
            |s| rho(s, SIMULTANEOUS),
            1e-6,
            1,
        ),
        printed(
            t("alternating, closed form", "交替更新，闭式解"),
            |s| alternating_radius(s.get("eta") * s.get("a"), s.get("beta"), s.get("beta")),
            |s| rho(s, ALTERNATING),
            1e-5,
            3,
        ),
    ],
};

const fn printed(
    what: Text,
    wanted: fn(&Seen<'_>) -> f64,
    got: fn(&Seen<'_>) -> f64,
    within: f64,
    preset: usize,
) -> Check {
    Check::new(what, wanted, got, within).of(preset)
}

/// The coupling of this game and a momentum that is not 0.
fn present(seen: &Seen<'_>) -> [f64; 2] {
    let beta = seen.get("beta").abs();
    [seen.get("eta") * play::curvature(&seen.run.values).im, if beta > 0.0 { beta } else { 0.5 }]
}

fn chases(seen: &Seen<'_>) -> Finding {
    let [q, beta] = present(seen);
    let at_once = [0.0, beta].map(|beta| simultaneous_radius(q, beta));
    let in_turn = [0.0, beta, -0.3].map(|beta| alternating_radius(q, beta, beta));
    let because = t(
        "On f = a xy with ηa = {}, playing at once drifts outwards with any momentum: {} per step at β = 0, {} at β = {}. In turn, the endless orbit belongs to β = 0 (modulus {}); β = {} flees with {}, β = −0.3 has {} and converges as long as ηa < 2(1 + β) = {}.",
        "在 f = a xy、ηa = {} 时，同时更新无论动量多少都向外漂移：β = 0 时每步 {}，而 {} 属于 β = {}。交替更新时，无休止的环绕属于 β = 0（模长 {}）；β = {} 以 {} 远离；β = −0.3 的模长为 {}，只要 ηa < 2(1 + β) = {} 就收敛。",
    );
    let numbers = [q, at_once[0], at_once[1], beta, in_turn[0], beta, in_turn[1], in_turn[2], 1.4];
    // An endless chase keeps its distance: it would need modulus 1 with momentum.
    let endless = fate(in_turn[1]) == Fate::Orbits && !alternating_is_stable(q, -0.3);
    Finding::plain(endless, seen.tell(because, &numbers))
}

/// What a pull towards the solution has to be for simultaneous play to converge, without and with momentum.
pub fn pull(seen: &Seen<'_>) -> String {
    let [turning, beta] = present(seen);
    // The left end of the ellipse at this height.
    let least = |beta: f64| (1.0 + beta) * (1.0 - (1.0 - (turning / (1.0 - beta)).powi(2)).max(0.0).sqrt());
    let inside = [0.0, beta].map(|beta| ellipse_is_stable(Complex::new(least(beta) * 1.001 + 1e-12, turning), beta));
    let needs = t(
        "Simultaneous play at ηa = {} needs a pull beyond ημ = {} without momentum and beyond {} with β = {}: momentum squeezes the stable ellipse across to the half width 1 − β = {} and stretches it along the pull to 2(1 + β) = {}.",
        "同时更新在 ηa = {} 下，无动量需要 ημ > {} 的正则，带动量则需 > {}（β = {}）：动量把稳定椭圆沿旋转方向压到半宽 1 − β = {}，沿正则方向拉长到 2(1 + β) = {}。",
    );
    let none = t(
        "At ηa = {} no pull makes simultaneous play with β = {} converge: the stable ellipse reaches 1 − β = {} across only.",
        "ηa = {} 时，无论正则多强，β = {} 的同时更新都不收敛：稳定椭圆沿旋转方向只到 1 − β = {}。",
    );
    match inside {
        [true, true] => seen.tell(needs, &[turning, least(0.0), least(beta), beta, 1.0 - beta, 2.0 * (1.0 + beta)]),
        _ => seen.tell(none, &[turning, beta, 1.0 - beta]),
    }
}
