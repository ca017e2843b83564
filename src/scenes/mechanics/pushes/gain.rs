//! How much of a series of pushes is left in the velocity, over how fast they alternate.

use std::f64::consts::PI;
use std::sync::Arc;

use super::super::steady::driven;
use crate::core::Probe;
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::{Dash, Ink, Marker, Panel, Tick, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, decades, level, line, panel, points};
use crate::text::t;
use crate::theory::signal::sum_gain;

/// Frequencies at which the core is pushed, from agreement to alternation.
const RUNS: usize = 13;
/// Points of the curve.
const FINE: usize = 240;

/// Frequencies and gains measured on the stepping core without any landscape.
fn measured<'a>(seen: &Seen<'a>) -> [&'a [f64]; 2] {
    let beta = seen.get("beta");
    let both = seen.run.derived.column(("gain of pushes", RUNS, 0), || {
        // A memory of 1/(1 − β) is gone to a millionth after fourteen of it.
        let steps = (4.0 * (16.0 / (1.0 - beta)).max(60.0)) as u64;
        let one = |i: usize| {
            let omega = PI * i as f64 / (RUNS - 1) as f64;
            let ball = Arc::new(heavy_ball(1.0, beta, Convention::Displacement));
            Some((omega, driven(ball, 0.0, omega, Probe::Velocity(0), steps)?.norm()))
        };
        let (omega, gain): (Vec<f64>, Vec<f64>) = (0..RUNS).filter_map(one).unzip();
        [omega, gain].concat()
    });
    both.split_at(both.len() / 2).into()
}

/// The measured gains of pushes that agree and that alternate.
pub fn ends(seen: &Seen<'_>) -> [Option<f64>; 2] {
    let [_, gain] = measured(seen);
    [gain.first().copied(), gain.last().copied()].map(|g| g.filter(|_| gain.len() == RUNS))
}

/// For both coordinates of the momentum lane: how fast its pushes alternate, by their correlation from step
/// to step, and the root mean square of its displacements over that of its pushes.
pub fn of_axes(seen: &Seen<'_>) -> [Option<[f64; 2]>; 2] {
    [0, 1].map(|i| {
        let lane = seen.lane(1).filter(|_| seen.run.is_steady())?;
        let x = lane.column(Probe::Position(i));
        let moved: Vec<f64> = x.windows(2).map(|w| w[1] - w[0]).take_while(|d| d.is_finite()).collect();
        // The push is what of a displacement was not kept from the one before.
        let kept = std::iter::once(0.0).chain(moved.iter().map(|d| seen.get("beta") * d));
        let push: Vec<f64> = moved.iter().zip(kept).map(|(d, kept)| d - kept).collect();
        let power = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
        let along: f64 = push.windows(2).map(|w| w[0] * w[1]).sum();
        let sides = 0.5 * (power(push.get(1..)?) + power(push.get(..push.len().checked_sub(1)?)?));
        let at = [libm::acos((along / sides).clamp(-1.0, 1.0)), libm::sqrt(power(&moved) / power(&push))];
        at.iter().all(|x| x.is_finite()).then_some(at)
    })
}

/// The gain over the frequency, with both coordinates of the run.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let beta = seen.get("beta");
    let grid: Vec<f64> = (0..=FINE).map(|i| PI * i as f64 / FINE as f64).collect();
    let curve: Vec<f64> = grid.iter().map(|omega| sum_gain(beta, *omega)).collect();
    let [omega, gain] = measured(seen);
    let mut x = axis(seen, t("frequency $ω$", "频率 $ω$"), seen.say(t("rad/step", "rad/步"))).range(-0.08, PI + 0.08);
    x.marks = [(0.0, "0"), (0.25 * PI, "π/4"), (0.5 * PI, "π/2"), (0.75 * PI, "3π/4"), (PI, "π")]
        .map(|(at, label)| Tick { at, label: rich(label) })
        .into();
    let axes = of_axes(seen);
    let all = curve.iter().chain(gain).copied().chain(axes.iter().flatten().map(|p| p[1]));
    let mut panel = panel("gain", x, decades(axis(seen, t("velocity per push", "速度与推动之比"), ""), 1e-3, all));
    panel.layers = vec![
        level(1.0, Ink::Faint, Dash::Solid),
        callout([0.0, sum_gain(beta, 0.0)], "$1/(1 − β)$", Ink::Text),
        callout([PI, sum_gain(beta, PI)], "$1/(1 + β)$", Ink::Text),
        line(grid, curve, Some("$1/|1 − βe^{−iω}|$"), Ink::Optimizer, Dash::Solid),
        points(omega, gain, Some(seen.say(t("measured", "测量"))), Ink::Optimizer, Marker::Disc),
    ];
    let names = [t("this run, $x_1$", "本次运行，$x_1$"), t("this run, $x_2$", "本次运行，$x_2$")];
    for ((at, name), (ink, marker)) in
        axes.into_iter().zip(names).zip([(Ink::Amber, Marker::Diamond), (Ink::Sampler, Marker::Square)])
    {
        let there = at.map(|[x, y]| points(vec![x], vec![y], Some(seen.say(name)), ink, marker));
        panel.layers.extend(there);
    }
    vec![panel]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let beta = seen.get("beta");
    seen.tell(
        t(
            "Size of the velocity under pushes cos ωn of size 1: theory (line) and the stepping core pushed without any landscape (discs). Pushes that agree add up to {}, pushes that alternate are cut to {}. The two coordinates of the run stand at the frequency of their own pushes; theirs die away, so that they lie near the curve and not on it.",
            "大小为 1 的推动 cos ωn 之下速度的大小：理论（线）与无地形推动的步进核心（圆点）。方向一致的推动累积到 {}，逐步反向的减小到 {}。本次运行的两个坐标按各自推动的频率标出；它们的推动逐渐消失，因此落在曲线附近而非线上。",
        ),
        &[sum_gain(beta, 0.0), sum_gain(beta, PI)],
    )
}
