//! What is asked of the bodies, and what they answer.

use super::bodies::{Body, G, SECONDS};
use super::numbers::{residual, swing};
use super::swing::{expected, measured};
use crate::scenes::{Check, Claim, Finding, Predict, Probe, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::period_steps;
use crate::theory::rolling::{SOLID_BALL, flat_period, period};

fn answer(seen: &Seen<'_>) -> String {
    let (k, amplitude) = (seen.get("steep"), seen.get("x0").abs());
    let times = [period(k, amplitude, G, SOLID_BALL), period(k, amplitude, G, 0.0), flat_period(k, G)];
    seen.tell(
        t(
            "No. In a bowl of this steepness a ball that rolls needs {} s for a swing of this width, a block that slides {} s, heavy ball {} s: it has inertia, but no moment of inertia, and it does not feel the length of the curve. Only in shallow bowls block and heavy ball are one.",
            "不。在这样陡的碗中，以这一幅度摆动一次，滚动的球需 {} 秒，滑动的块需 {} 秒，重球法需 {} 秒：它有惯性，却没有转动惯量，也感觉不到曲线的长度。只有在浅碗中，块与重球法才一致。",
        ),
        &times,
    )
}

/// The first time lane `i` is at the bottom of the bowl, in rows of iterations; infinite if never.
fn arrival(seen: &Seen<'_>, i: usize) -> f64 {
    let Some(lane) = seen.lane(i) else { return f64::INFINITY };
    let x = lane.column(Probe::Position(0));
    let start = x.first().copied().unwrap_or(0.0);
    let row = x.iter().position(|x| x * start <= 0.0);
    row.map_or(f64::INFINITY, |row| row as f64 / lane.lane.substeps as f64)
}

/// The period of heavy ball without friction by the poles of its map.
fn stepped_period(k: f64) -> f64 {
    period_steps(SECONDS * SECONDS * G * k, 1.0).map_or(f64::NAN, |steps| steps * SECONDS)
}

pub static STORY: Story = Story {
    predict: Predict::Choose {
        question: t("Which of them passes x = 0 first?", "谁最先经过 x = 0？"),
        choices: &[
            t("rolling ball", "滚动的球"),
            t("sliding block", "滑动的块"),
            t("massless bead", "无质量小珠"),
            t("heavy ball", "重球法"),
        ],
        right: |seen| (0..4).fold(0, |best, i| if arrival(seen, i) < arrival(seen, best) { i } else { best }),
    },
    answer,
    claims: &[
        Claim::new("003", t("Momentum is like a ball rolling down a surface.", "动量法就像球滚下曲面。"), rolls),
        Claim::new("000", t("The optimizer has inertia.", "优化器具有惯性。"), has_inertia),
    ],
    reading: &[
        "Goldstein (1980), Classical Mechanics, 2nd ed., Addison-Wesley",
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Qian (1999), On the momentum term in gradient descent learning algorithms, Neural Networks 12, 145",
    ],
    checks: &[
        Check::new(
            t("period of the ball", "球的周期"),
            |s| expected(Body::Ball, s.get("steep"), 1.5),
            |s| swing(s, Body::Ball).unwrap_or(f64::NAN),
            1e-6,
        ),
        Check::new(
            t("period of the block", "块的周期"),
            |s| expected(Body::Block, s.get("steep"), 1.5),
            |s| swing(s, Body::Block).unwrap_or(f64::NAN),
            1e-6,
        ),
        Check::new(
            t("period of heavy ball", "重球法的周期"),
            |s| stepped_period(s.get("steep")),
            |s| swing(s, Body::HeavyBall).unwrap_or(f64::NAN),
            1e-6,
        ),
        Check::new(
            t("ball / block", "球 / 块"),
            |_| libm::sqrt(1.0 + SOLID_BALL),
            |s| swing(s, Body::Ball).zip(swing(s, Body::Block)).map_or(f64::NAN, |(a, b)| a / b),
            1e-6,
        ),
        Check::new(
            t("the ledger of the ball closes", "球的账目平衡"),
            |_| 0.0,
            |s| residual(s, Body::Ball).unwrap_or(f64::NAN),
            1e-4,
        ),
        Check::new(
            t("energy without friction", "无摩擦时的能量"),
            |_| 0.0,
            |s| residual(s, Body::Ball).unwrap_or(f64::NAN),
            1e-6,
        )
        .of(1),
    ],
};

fn rolls(seen: &Seen<'_>) -> Finding {
    let values = &seen.run.values;
    let times = [Body::Ball, Body::Block, Body::HeavyBall].map(|body| measured(body, values, 1.5).unwrap_or(f64::NAN));
    let because = t(
        "Measured periods in a bowl at an amplitude of 1.5 m: ball {} s, block {} s, heavy ball {} s. Inertia it shares with them; turning and the length of the curve it does not know.",
        "碗中振幅 1.5 m 时测得的周期：球 {} 秒，块 {} 秒，重球法 {} 秒。惯性是共有的；转动与曲线的长度它并不知道。",
    );
    Finding::conditional(times[2] > 0.0, seen.tell(because, &times))
}

fn has_inertia(seen: &Seen<'_>) -> Finding {
    let [bead, ball] = [2, 3].map(|i| {
        let x = seen.lane(i).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
        let start = x.first().copied().unwrap_or(0.0);
        x.iter().map(|x| -x * start.signum()).fold(0.0, f64::max)
    });
    let because = t(
        "It passes the bottom by {} m and comes back; the bead without mass passes it by {} m.",
        "它越过谷底 {} m 再返回；无质量的小珠越过 {} m。",
    );
    Finding::plain(ball > bead, seen.tell(because, &[ball, bead]))
}
