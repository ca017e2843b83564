//! Numbers beside the rolling bodies.

use super::bodies::{Body, Ledger};
use super::swing::{SWINGING, expected, measured};
use crate::scenes::exhibit::number::number;
use crate::scenes::{Readout, Seen};
use crate::text::t;

/// How far the sum of the ledger strays from its start, as a share of the largest potential.
pub(super) fn residual(seen: &Seen<'_>, body: Body) -> Option<f64> {
    let lane = seen.run.lanes.iter().find(|lane| lane.lane.name == body.name())?;
    let ledger = Ledger::of(body, seen, lane);
    let (sum, first) = (ledger.sum(), *ledger.sum().first()?);
    let most = ledger.potential.iter().fold(0.0, |most: f64, e| most.max(e.abs()));
    let off = sum.iter().map(|e| (e - first).abs()).fold(0.0, f64::max);
    (most > 0.0).then_some(off / most)
}

/// The period a run of its own takes at the amplitude of the start.
pub(super) fn swing(seen: &Seen<'_>, body: Body) -> Option<f64> {
    let amplitude = seen.get("x0").abs();
    let key = ("swing", body as usize, 0);
    seen.run.derived.number(key, || measured(body, &seen.run.values, amplitude).filter(|_| amplitude > 0.0))
}

pub(super) fn numbers(seen: &Seen<'_>) -> Vec<Readout> {
    let (k, amplitude) = (seen.get("steep"), seen.get("x0").abs());
    let mut out = Vec::new();
    if seen.index("shape") == 0 {
        let labels = [
            t("period, ball", "周期（球）"),
            t("period, block", "周期（块）"),
            t("period, heavy ball", "周期（重球法）"),
        ];
        let note =
            t("Without friction: integral of the energy against a run of its own.", "无摩擦：能量积分对照单独的运行。");
        for (body, label) in SWINGING.into_iter().zip(labels) {
            let by = if body == Body::HeavyBall { "$2π/√(g k)$" } else { "$4 √((1 + κ)/(g k)) E(−k²A²)$" };
            out.push(
                number(seen, label, note)
                    .unit("s")
                    .predicted((amplitude > 0.0).then(|| expected(body, k, amplitude)))
                    .measured(swing(seen, body))
                    .by(by, &["steep", "x0"], "Goldstein 1980")
                    .done(),
            );
        }
        let ratio = swing(seen, Body::Ball).zip(swing(seen, Body::Block)).map(|(ball, block)| ball / block);
        let note = t(
            "The same path, its time stretched by the turning: √(1 + 2/5).",
            "同样的路径，转动使时间变长：√(1 + 2/5)。",
        );
        out.push(
            number(seen, t("ball / block", "球 / 块"), note)
                .predicted((1.0 + Body::Ball.inertia()).sqrt())
                .measured(ratio)
                .done(),
        );
    }
    let note = t(
        "Largest drift of the ledger's sum: the error of the step, and of adding up the heat.",
        "总账的最大漂移：步进与热量求和的误差。",
    );
    out.push(
        number(seen, t("drift of the sum, ball", "总和漂移（球）"), note).measured(residual(seen, Body::Ball)).done(),
    );
    let note = t(
        "The optimizer pays on its own flat account: ½ẋ² + g f and heat c ẋ²; its step is of first order.",
        "优化器用自己的平坦账目：½ẋ² + g f 与热 c ẋ²；其步进为一阶精度。",
    );
    out.push(
        number(seen, t("drift of the sum, heavy ball", "总和漂移（重球法）"), note)
            .measured(residual(seen, Body::HeavyBall))
            .done(),
    );
    out
}
