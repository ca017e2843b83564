//! What is asked of a steady current, and what it answers.

use super::drift;
use super::measured::{Rate, rate};
use super::setting::{Case, Setting};
use crate::core::methods::Books;
use crate::param::Values;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::{Text, t};

/// Standard errors within which what is counted has to lie.
const WITHIN: f64 = 4.0;
/// Below this a closed form counts as zero.
const ZERO: f64 = 1e-9;

const ENTROPY: Check = Check::new(
    t("entropy rate against theory (standard errors)", "熵产生率与理论之差（标准误）"),
    |_| 0.0,
    entropy_z,
    WITHIN,
);
const AREA: Check = Check::new(
    t("area rate against theory (standard errors)", "面积速率与理论之差（标准误）"),
    |_| 0.0,
    area_z,
    WITHIN,
);

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "Does this ensemble, in its stationary state, produce entropy?",
            "这个系综处于平稳态时会产生熵吗？",
        ),
        choices: &[
            t("no, detailed balance holds", "不会，细致平衡成立"),
            t("yes, a current flows for good", "会，有持续的概率流"),
        ],
        right: |seen| usize::from(broken(seen)),
    },
    answer,
    claims: &[Claim::new(
        "004",
        t(
            "The drift of (θ, v) has curl, so the force is not conservative and the steady state is out of equilibrium.",
            "(θ, v) 的漂移有旋度，故力非保守、稳态偏离平衡。",
        ),
        curl,
    )],
    reading: &[
        "Risken (1989), The Fokker–Planck Equation, 2nd ed., Springer",
        "Spinney & Ford (2012), Entropy production in full phase space for continuous stochastic dynamics, Phys. Rev. E 85",
        "Filliger & Reimann (2007), Brownian gyrator: a minimal heat engine on the nanoscale, Phys. Rev. Lett. 99",
        "Chaudhari & Soatto (2018), Stochastic gradient descent performs variational inference, ICLR",
    ],
    checks: &[
        ENTROPY,
        AREA,
        ENTROPY.of(1),
        AREA.of(1),
        ENTROPY.of(2),
        ENTROPY.of(3),
        ENTROPY.of(4),
        ENTROPY.of(5),
        ENTROPY.of(6),
        Check::new(t("a mass in one bath, entropy rate", "单一热浴中的质量块，熵产生率"), |_| 0.0, exact, 1e-12).of(1),
        Check::new(t("a mass in one bath, curl", "单一热浴中的质量块，旋度"), |_| -2.0, turning, 1e-12).of(1),
        Check::new(t("gyrator, continuous entropy rate", "布朗陀螺仪，连续极限的熵产生率"), gyrator, continuous, 1e-9)
            .of(2),
        Check::new(t("noise along the axes, entropy rate", "噪声沿主轴，熵产生率"), |_| 0.0, exact, 1e-9).of(4),
    ],
};

fn setting(seen: &Seen<'_>) -> Setting {
    Setting::of(&seen.run.values)
}

fn exact(seen: &Seen<'_>) -> f64 {
    setting(seen).entropy().unwrap_or(f64::NAN)
}

fn continuous(seen: &Seen<'_>) -> f64 {
    setting(seen).continuous_entropy().unwrap_or(f64::NAN)
}

fn turning(seen: &Seen<'_>) -> f64 {
    drift::curl(&setting(seen)).unwrap_or(f64::NAN)
}

/// Standard errors between what was counted and the scheme's closed form.
fn z(counted: Option<Rate>, exact: Option<f64>) -> f64 {
    counted.zip(exact).map_or(f64::NAN, |(counted, exact)| (counted.mean - exact) / counted.error)
}

fn entropy_z(seen: &Seen<'_>) -> f64 {
    z(rate(seen.run, Books::ENTROPY), setting(seen).entropy())
}

fn area_z(seen: &Seen<'_>) -> f64 {
    z(rate(seen.run, Books::AREA), setting(seen).loops().map(|l| l.swept))
}

/// Entropy production of a Brownian gyrator (1/s): `u² (T₁ − T₂)²/(c T₁ T₂ (k₁ + k₂))` of the bowl in the axes
/// of the baths (Filliger and Reimann 2007).
fn gyrator(seen: &Seen<'_>) -> f64 {
    let at = setting(seen);
    let (s, c) = (libm::sin(at.bowl - at.turn), libm::cos(at.bowl - at.turn));
    let off = (at.k[0] - at.k[1]) * s * c;
    let [hot, cold] = at.t;
    off * off * (hot - cold) * (hot - cold) / (at.c * hot * cold * (at.k[0] + at.k[1]))
}

/// Whether entropy is produced: as counted, before anything is counted by the closed form.
fn broken(seen: &Seen<'_>) -> bool {
    rate(seen.run, Books::ENTROPY).map_or(exact(seen).abs() > ZERO, |counted| counted.is_clear())
}

/// Zero instead of what rounding leaves of it.
fn clean(x: f64) -> f64 {
    if x.abs() < ZERO { 0.0 } else { x }
}

fn answer(seen: &Seen<'_>) -> String {
    let closed = clean(exact(seen));
    let lead = match setting(seen).entropy() {
        None => {
            return seen.say(t("With this step there is no stationary state.", "在这一步长下没有平稳态。")).to_owned();
        }
        Some(_) => t("By theory the ensemble produces {} of entropy per second", "按理论，系综每秒产生的熵为 {}"),
    };
    let mut out = seen.tell(lead, &[closed]);
    if let Some(counted) = rate(seen.run, Books::ENTROPY) {
        out += &seen.tell(t(", counted {} ± {}", "，计数结果 {} ± {}"), &[counted.mean, counted.error]);
    }
    out += seen.say(t(". ", "。"));
    let turns = drift::curl(&setting(seen)).unwrap_or(0.0);
    let more: Text = match (turns != 0.0, broken(seen)) {
        (true, false) => t(
            "The drift has a curl of {} all the same: it tells nothing of balance.",
            "漂移的旋度仍为 {}：旋度并不说明是否平衡。",
        ),
        (true, true) => t(
            "The drift has a curl of {}; it is the irreversible current that shows the broken balance.",
            "漂移的旋度为 {}；说明平衡被打破的是不可逆概率流。",
        ),
        (false, true) => {
            t("The drift has a curl of {}: noise alone breaks the balance.", "漂移的旋度为 {}：仅噪声就打破了平衡。")
        }
        (false, false) => t("The drift has a curl of {}, and nothing flows.", "漂移的旋度为 {}，没有流。"),
    };
    out + &seen.tell(more, &[turns])
}

/// The present values with another machine.
fn with(values: &Values, case: Case, index: f64) -> Option<Setting> {
    let mut values = values.clone();
    values.set("case", index).ok()?;
    let at = Setting::of(&values);
    (at.case == case).then_some(at)
}

fn curl(seen: &Seen<'_>) -> Finding {
    let number = |x: Option<f64>| clean(x.unwrap_or(f64::NAN));
    let mass = with(&seen.run.values, Case::Inertia, 0.0);
    let baths = with(&seen.run.values, Case::Baths, 2.0);
    let numbers = [
        number(mass.as_ref().and_then(drift::curl)),
        number(mass.as_ref().and_then(Setting::continuous_entropy)),
        number(baths.as_ref().and_then(drift::curl)),
        number(baths.as_ref().and_then(Setting::continuous_entropy)),
    ];
    let because = t(
        "A mass in one bath has a drift of curl {} and an entropy rate of {}: equilibrium, whatever the friction. Two temperatures have curl {} and an entropy rate of {}. What counts is the irreversible current, and the force stays conservative.",
        "单一热浴中的质量块，漂移旋度为 {}，熵产生率为 {}：无论摩擦多大都是平衡。两个温度时旋度为 {}，熵产生率为 {}。关键在不可逆概率流，而力始终是保守的。",
    );
    Finding::plain(!(numbers[0] != 0.0 && numbers[1] == 0.0), seen.tell(because, &numbers))
}
