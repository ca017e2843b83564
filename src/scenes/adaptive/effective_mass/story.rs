//! What is asked of Adam's mass, and what it answers.

use super::{ADAM, ledger, mass, pages};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;

/// Iterations after which the turned and the straight valley are compared.
const STEPS: u64 = 60;

/// Losses of all lanes after [`STEPS`] in the valley along the axes and turned by 45°.
fn both(seen: &Seen<'_>) -> [Vec<f64>; 2] {
    [0.0, 45.0].map(|angle| {
        let key = ("losses along and across", angle as usize, STEPS);
        seen.run.derived.column(key, || pages::turned_losses(seen.run, angle, STEPS)).to_vec()
    })
}

/// Which lanes end with another loss in the turned valley.
fn noticed(seen: &Seen<'_>) -> [bool; 3] {
    let [along, turned] = both(seen);
    let differs = |a: f64, b: f64| (a - b).abs() > 1e-6 * a.abs().max(b.abs());
    [0, 1, 2].map(|i| along.get(i).zip(turned.get(i)).is_some_and(|(a, b)| differs(*a, *b)))
}

/// Smallest and largest ratio of √v̂ and |H| along a coordinate over the run.
fn spread(seen: &Seen<'_>, i: usize) -> [f64; 2] {
    let finite = mass::ratios(seen, i).iter().copied().filter(|x| x.is_finite() && *x > 0.0);
    finite.fold([f64::INFINITY, 0.0], |[low, high], x| [low.min(x), high.max(x)])
}

fn answer(seen: &Seen<'_>) -> String {
    let now = seen.run.done();
    let [one, two] = [0, 1].map(|i| mass::mass(seen, i, now));
    let [along, turned] = both(seen).map(|losses| losses.get(ADAM).copied().unwrap_or(f64::NAN));
    seen.tell(
        t(
            "A mass. At the end it is {} along x₁ and {} along x₂, the root of the mean square of past gradients over α(1 − β). It knows directions only as coordinates: after 60 steps Adam's loss is {} in a valley along the axes and {} in the same valley turned by 45°.",
            "是质量。结束时沿 x₁ 为 {}、沿 x₂ 为 {}，即过往梯度均方根除以 α(1 − β)。它只认得坐标方向：60 步后，山谷与坐标轴对齐时 Adam 的损失为 {}，同一山谷旋转 45° 后为 {}。",
        ),
        &[one, two, along, turned],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t(
            "The valley and the start are turned together by 45°. Which methods end with another loss?",
            "把山谷与起点一起旋转 45°。哪些方法最终的损失会改变？",
        ),
        choices: &[
            t("none", "都不会"),
            t("Adam only", "只有 Adam"),
            t("momentum and Adam", "动量法与 Adam"),
            t("all", "全部"),
        ],
        right: |seen| match noticed(seen) {
            [false, false, false] => 0,
            [false, false, true] => 1,
            [false, true, _] => 2,
            [true, ..] => 3,
        },
    },
    answer,
    claims: &[
        Claim::new("004", t("Adam's second moment approximates curvature.", "Adam 的二阶矩近似曲率。"), approximates),
        Claim::new(
            "004",
            t(
                "Under Adam the effective mass differs from direction to direction.",
                "在 Adam 之下，有效质量因方向而异。",
            ),
            differs,
        ),
    ],
    reading: &[
        "Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR, arXiv:1412.6980",
        "Cohen et al. (2022), Adaptive gradient methods at the edge of stability, arXiv:2207.14484",
    ],
    checks: &[
        Check::new(
            t("loss of Adam along the axes, 60 steps", "对齐时 Adam 的损失，60 步"),
            |_| 0.060_974_854_694_240_73,
            |s| s.at(ADAM, Probe::Potential, 60),
            1e-8,
        ),
        Check::new(
            t("loss of Adam turned by 45°, 60 steps", "旋转 45° 时 Adam 的损失，60 步"),
            |_| 1.351_227_284_586_638,
            |s| s.at(ADAM, Probe::Potential, 60),
            2e-7,
        )
        .of(1),
        Check::new(
            t("loss of momentum turned by 45°, 60 steps", "旋转 45° 时动量法的损失，60 步"),
            |_| 0.046_594_916_453_081_13,
            |s| s.at(1, Probe::Potential, 60),
            1e-8,
        )
        .of(1),
        Check::new(
            t("energy ledger: kinetic energy from its sources", "能量账：由各来源合计的动能"),
            |s| last(s, ledger::WORK) - last(s, ledger::FRICTION) + last(s, ledger::MASS),
            |s| last(s, ledger::KINETIC),
            1e-9,
        ),
        Check::new(
            t("mass along x₁ by formula and by motion", "沿 x₁ 的质量：公式与运动"),
            |s| super::numbers::predicted_mass(s, 0).unwrap_or(f64::NAN),
            |s| mass::of_motion(s, 0, s.view.now).unwrap_or(f64::NAN),
            1e-9,
        ),
    ],
};

/// The last row of an entry of the ledger.
fn last(seen: &Seen<'_>, entry: usize) -> f64 {
    ledger::entry(seen, entry).last().copied().unwrap_or(f64::NAN)
}

fn approximates(seen: &Seen<'_>) -> Finding {
    let [[low1, high1], [low2, high2]] = [0, 1].map(|i| spread(seen, i));
    // A stand-in for curvature would keep one ratio, within a factor of two, along both coordinates.
    let holds = high1.max(high2) <= 2.0 * low1.min(low2);
    let because = t(
        "√v̂ has the unit of a gradient, and its ratio to |H| is a length: how far from rest gradients were taken. In this run it goes from {} to {} along x₁ and from {} to {} along x₂ while the ratio of a measure of curvature would stay.",
        "√v̂ 的量纲是梯度，它与 |H| 之比是长度：取得这些梯度时离静止点有多远。本次运行中，沿 x₁ 该比值在 {} 与 {} 之间，沿 x₂ 在 {} 与 {} 之间；若度量的是曲率，比值应保持不变。",
    );
    Finding::plain(holds, seen.tell(because, &[low1, high1, low2, high2]))
}

fn differs(seen: &Seen<'_>) -> Finding {
    let now = seen.run.done();
    let [one, two] = [0, 1].map(|i| mass::mass(seen, i, now));
    let because = t(
        "At the end the mass is {} along x₁ and {} along x₂. Friction differs in the same proportion, so that their ratio is (1 − β) = {} along both.",
        "结束时质量沿 x₁ 为 {}，沿 x₂ 为 {}。摩擦以同样比例不同，因此两者之比在两个方向上都是 (1 − β) = {}。",
    );
    Finding::plain((one - two).abs() > 0.01 * one.max(two), seen.tell(because, &[one, two, 1.0 - seen.get("beta")]))
}
