//! Iterations against κ, measured by runs and fitted.

use super::{METHODS, arrival, machine, tuning};
use crate::core::Probe;
use crate::figure::{Handle, Ink, Marker, Panel, rich};
use crate::scenes::exhibit::draw::{DASHES, axis, decades, panel, points, thin};
use crate::scenes::exhibit::lanes::together;
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Run, Seen};
use crate::text::t;

/// Condition numbers of the runs, and the smallest one that is fitted.
const RANGE: [f64; 2] = [3.0, 3000.0];
const RUNS: usize = 10;
const FITTED: f64 = 30.0;
/// Points of a curve, and iterations between two looks at whether a run has arrived.
const POINTS: usize = 100;
const STRETCH: u64 = 256;
/// A run goes on until it is so much closer than wanted, so that it has arrived for good.
const BEYOND: f64 = 0.02;
const MARKERS: [Marker; 3] = [Marker::Square, Marker::Disc, Marker::Triangle];

/// Iterations of method `i` to the accuracy `eps` by its asymptotic rate alone.
pub fn by_rate(i: usize, kappa: f64, eps: f64) -> f64 {
    libm::log(eps) / libm::log(tuning(i, kappa).rate)
}

/// Iterations of method `i` to the accuracy of the scene, by runs over κ; NaN for one that does not arrive.
fn by_runs<'a>(seen: &Seen<'a>, i: usize) -> &'a [f64] {
    let eps = seen.get("eps");
    seen.run.derived.column(("iterations over kappa", i, eps.to_bits()), || {
        log_spaced(RANGE[0], RANGE[1], RUNS).into_iter().map(|kappa| measured(seen, i, kappa, eps)).collect()
    })
}

fn measured(seen: &Seen<'_>, i: usize, kappa: f64, eps: f64) -> f64 {
    // By far enough for every method; the run stops when it has arrived.
    let most = (20.0 * kappa * -libm::log(eps)) as u64;
    let mut lane = machine(i, kappa);
    lane.probes = vec![Probe::Position(0), Probe::Position(1)];
    let mut run = Run::brief(together(vec![lane], 1.0), &seen.run.values, 0, most, &mut Vec::new());
    let near = |run: &Run| {
        let last = |k: usize| run.lanes.first().and_then(|lane| lane.column(Probe::Position(k)).last().copied());
        last(0).zip(last(1)).is_some_and(|(x, y)| x.hypot(y) <= BEYOND * eps)
    };
    while !run.is_complete() && !near(&run) {
        run.compute(STRETCH);
    }
    run.lanes.first().and_then(|lane| arrival(lane, eps)).map_or(f64::NAN, |n| n as f64)
}

/// Slope of the straight line closest to the logarithms of points with κ ≥ 30, by least squares.
fn slope(kappa: &[f64], n: &[f64]) -> f64 {
    let logs = || {
        let known = kappa.iter().zip(n).filter(|(kappa, n)| **kappa >= FITTED && **n > 0.0);
        known.map(|(kappa, n)| (libm::log(*kappa), libm::log(*n)))
    };
    let count = logs().count() as f64;
    let [x, y] = logs().fold([0.0, 0.0], |[x, y], (a, b)| [x + a / count, y + b / count]);
    let [xy, xx] = logs().fold([0.0, 0.0], |[xy, xx], (a, b)| [xy + (a - x) * (b - y), xx + (a - x) * (a - x)]);
    xy / xx
}

/// Exponent of κ of method `i`: by its asymptotic rate alone, and by the runs.
pub fn slopes(seen: &Seen<'_>, i: usize) -> [f64; 2] {
    let kappa = log_spaced(RANGE[0], RANGE[1], RUNS);
    let known: Vec<f64> = kappa.iter().map(|kappa| by_rate(i, *kappa, seen.get("eps"))).collect();
    [slope(&kappa, &known), slope(&kappa, by_runs(seen, i))]
}

pub fn draw<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (eps, kappa) = (seen.get("eps"), seen.get("kappa"));
    let x = axis(seen, t("condition number $κ$", "条件数 $κ$"), "").log().range(1.4, 5000.0);
    let curve = log_spaced(1.5, 3000.0, POINTS);
    let known: Vec<Vec<f64>> =
        (0..METHODS.len()).map(|i| curve.iter().map(|kappa| by_rate(i, *kappa, eps)).collect()).collect();
    let all = known.iter().flatten().copied().filter(|n| *n >= 2.0);
    let mut panel = panel("scaling", x, decades(axis(seen, t("iterations to $ε$", "到 $ε$ 的迭代数"), ""), 1.0, all));
    for ((i, (name, ink)), known) in METHODS.into_iter().enumerate().zip(known) {
        panel.layers.push(thin(curve.clone(), known, ink, DASHES[i]));
        let places = log_spaced(RANGE[0], RANGE[1], RUNS);
        let name = seen.say(name);
        panel.layers.push(points(places, by_runs(seen, i), Some(name), ink, MARKERS[i % 3]));
    }
    panel.handles.push(Handle {
        id: "kappa,-".into(),
        at: [kappa, by_rate(1, kappa, eps).max(1.5)],
        ink: Ink::Text,
        label: rich("$κ$"),
        name: seen.say(t("condition number", "条件数")).to_owned(),
    });
    vec![panel]
}

pub fn caption(seen: &Seen<'_>) -> String {
    let [descent, ball, nesterov] = [0, 1, 2].map(|i| slopes(seen, i)[1]);
    let text = t(
        "Iterations to the accuracy ε, every method tuned to every κ: a run per mark, ln(1/ε) over the asymptotic rate as lines. Fitted to the marks from κ = 30 on, they grow as κ to the power of {} for descent, {} for heavy ball and {} for Nesterov.",
        "达到精度 ε 的迭代数，各方法按每个 κ 调优：每个标记为一次运行，线为 ln(1/ε) 除以渐近速率。对 κ ≥ 30 的标记拟合，迭代数随 κ 的幂增长：梯度下降 {}，重球 {}，Nesterov {}。",
    );
    seen.tell(text, &[descent, ball, nesterov])
}
