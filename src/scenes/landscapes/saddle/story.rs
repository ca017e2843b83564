//! What is asked of the saddle, and what it answers.

use super::{factor, falling, left, measured_growth, pages};
use crate::core::Probe;
use crate::scenes::{Check, Claim, Finding, Predict, Seen, Story};
use crate::text::t;
use crate::theory::heavy_ball::{growth, leaving_steps};

/// When lane `i` leaves by the closed form.
fn known(seen: &Seen<'_>, i: usize) -> f64 {
    let [q, beta] = falling(&seen.run.values, i, seen.get("beta"));
    leaving_steps(q, beta, factor(&seen.run.values)).map_or(f64::NAN, |n| n as f64)
}

/// When lane `i` leaves in the run.
fn found(seen: &Seen<'_>, i: usize) -> f64 {
    seen.lane(i).and_then(left).map_or(f64::NAN, |n| n as f64)
}

/// The exact growth per step of lane `i`.
fn rate(seen: &Seen<'_>, i: usize) -> f64 {
    let [q, beta] = falling(&seen.run.values, i, seen.get("beta"));
    growth(q, beta)
}

fn answer(seen: &Seen<'_>) -> String {
    seen.tell(
        t(
            "The offset grows by e^{} per step under descent and by e^{} with momentum. From δ = {} descent takes {} iterations to leave, momentum {}, Nesterov {}. Ten times closer to the ridge costs ln 10 over the rate: {} more iterations for descent, {} for momentum.",
            "偏离量每步增长 e^{}（梯度下降）与 e^{}（动量法）。从 δ = {} 出发，梯度下降需 {} 步离开，动量法需 {} 步，Nesterov 需 {} 步。离山脊再近十倍，多花 ln 10 除以增长率：梯度下降 {} 步，动量法 {} 步。",
        ),
        &[
            rate(seen, 0),
            rate(seen, 1),
            seen.get("offset"),
            known(seen, 0),
            known(seen, 1),
            known(seen, 2),
            std::f64::consts::LN_10 / rate(seen, 0),
            std::f64::consts::LN_10 / rate(seen, 1),
        ],
    )
}

pub static STORY: Story = Story {
    predict: Predict::Sketch {
        question: t(
            "How many iterations does momentum take to leave the saddle, over β? The dashed line is descent.",
            "动量法离开鞍点需要多少步？画出它随 β 的变化。虚线是梯度下降。",
        ),
        place: ["times", "times"],
        truth: pages::truth,
    },
    answer,
    claims: &[
        Claim::new("003", t("Momentum helps to get away from saddle points.", "动量有助于离开鞍点。"), helps),
        Claim::new(
            "003",
            t("Gradient descent oscillates near saddle points.", "梯度下降会在鞍点附近振荡。"),
            oscillates,
        ),
    ],
    reading: &[
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, USSR Comp. Math. 4(5)",
        "Sutskever, Martens, Dahl & Hinton (2013), On the importance of initialization and momentum in deep learning, ICML",
    ],
    checks: &[
        Check::new(t("descent leaves", "梯度下降离开"), |s| known(s, 0), |s| found(s, 0), 0.0),
        Check::new(t("momentum leaves", "动量法离开"), |s| known(s, 1), |s| found(s, 1), 0.0),
        Check::new(t("Nesterov leaves", "Nesterov 离开"), |s| known(s, 2), |s| found(s, 2), 0.0),
        Check::new(t("momentum leaves a shallow saddle", "动量法离开平缓的鞍"), |s| known(s, 1), |s| found(s, 1), 0.0)
            .of(1),
        Check::new(
            t("growth per step, momentum", "每步增长，动量法"),
            |s| rate(s, 1),
            |s| s.lane(1).and_then(measured_growth).unwrap_or(f64::NAN),
            1e-12,
        ),
        Check::new(
            t("growth per step, Nesterov", "每步增长，Nesterov"),
            |s| rate(s, 2),
            |s| s.lane(2).and_then(measured_growth).unwrap_or(f64::NAN),
            1e-12,
        ),
    ],
};

fn helps(seen: &Seen<'_>) -> Finding {
    let [descent, momentum] = [0, 1].map(|i| known(seen, i));
    let because = t(
        "It leaves after {} iterations instead of {}: its growth per step is ln z₊ = {} instead of {}. It still takes an offset to begin with; exactly on the ridge neither ever leaves.",
        "它在 {} 步后离开，而非 {} 步：每步增长 ln z₊ = {}，而非 {}。但起初必须有偏离；恰在山脊上，两者都永远离不开。",
    );
    Finding::conditional(momentum < descent, seen.tell(because, &[momentum, descent, rate(seen, 1), rate(seen, 0)]))
}

fn oscillates(seen: &Seen<'_>) -> Finding {
    let flips = |i: usize| {
        let x = seen.lane(i).map_or(&[][..], |lane| lane.column(Probe::Position(0)));
        let low = 1e-9 * x.first().map_or(0.0, |x| x.abs());
        x.windows(2).filter(|w| w[0] * w[1] < 0.0 && w[1].abs() > low).count() as f64
    };
    let out = seen.lane(0).map_or(&[][..], |lane| lane.column(Probe::Position(1)));
    let steady = out.windows(2).all(|w| w[1] * w[0] > 0.0);
    let because = t(
        "Along the way out descent moves off without a change of sign; along the way in it crosses {} times, momentum {} times. What it does near a saddle is to linger, for {} iterations.",
        "沿出口方向，梯度下降始终不变号；沿入口方向，它穿越 {} 次，动量法穿越 {} 次。它在鞍点附近是滞留，长达 {} 步。",
    );
    Finding::plain(!steady || flips(0) > flips(1), seen.tell(because, &[flips(0), flips(1), known(seen, 0)]))
}
