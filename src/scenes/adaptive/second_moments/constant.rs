//! The methods under one gradient that does not change, but for its size at one time: closed forms and runs.

use std::sync::Arc;

use super::methods::{self, ADADELTA, ADAGRAD, ADAM, COUNT, Coefficients, HYBRID, INKS, NAMES, RMSPROP};
use crate::core::fields::{Push, Rescaled, Slope};
use crate::core::{Field, Probe, State, System, Trace, advance};
use crate::figure::{Dash, Ink, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{DASHES, MARKERS, axis, decades, line, panel, points, series, upright};
use crate::text::t;
use crate::theory::second_moment::{adadelta_step, adam_step, rmsprop_momentum_step};

/// Steps of such a run at most.
const MOST: u64 = 1000;
/// Marks along a line, and steps after one gradient.
const MARKS: usize = 16;
const AGES: u64 = 40;
/// The least weight that is drawn.
const LIGHTEST: f64 = 1e-4;

/// Steps of the runs.
pub fn horizon(seen: &Seen<'_>) -> u64 {
    seen.run.horizon.clamp(2, MOST)
}

/// Lengths of the steps of method `i` under a gradient of 1 that becomes `factor` after `until` steps.
fn steps(i: usize, c: Coefficients, until: u64, factor: f64, steps: u64) -> Vec<f64> {
    let slope: Arc<dyn Field> = Arc::new(Slope { force: vec![1.0] });
    let field = Arc::new(Rescaled { field: slope, factor, from: until as f64 });
    let system = System { field, stepper: methods::made(i, c) };
    let mut trace = Trace::new(&[Probe::Position(0)], 0);
    advance(&system, &mut State::at(&[0.0], &[], 1, 0, 0), steps, &mut trace);
    let q = trace.column(Probe::Position(0));
    let before = std::iter::once(&0.0).chain(q);
    q.iter().zip(before).map(|(now, before)| now - before).collect()
}

/// The steps of all methods, one after another.
fn all<'a>(seen: &Seen<'a>) -> &'a [f64] {
    let n = horizon(seen);
    seen.run.derived.column(("steps under a constant gradient", COUNT, n), || {
        let c = Coefficients::of(&seen.run.values);
        let (until, factor) = (seen.index("when") as u64, seen.get("factor"));
        let one = |i: usize| {
            let mut made = steps(i, c, until, factor, n);
            made.resize(n as usize, f64::NAN);
            made
        };
        (0..COUNT).flat_map(one).collect()
    })
}

/// Length of step `t` (from 1) of method `i` as it was run.
pub fn measured(seen: &Seen<'_>, i: usize, t: u64) -> Option<f64> {
    let n = horizon(seen) as usize;
    all(seen).chunks(n).nth(i)?.get(usize::try_from(t).ok()?.checked_sub(1)?).copied()
}

/// Length of step `t` (from 1) of method `i` by the closed form; `None` for AdaDelta after the change.
pub fn by_formula(seen: &Seen<'_>, i: usize, t: u64) -> Option<f64> {
    let Coefficients { alpha, memory, beta, eps } = Coefficients::of(&seen.run.values);
    let (until, factor) = (seen.index("when") as u64, seen.get("factor"));
    match i {
        ADAGRAD | RMSPROP => Some(alpha * methods::memory(i, memory).step(t, until, factor)),
        ADADELTA => (t <= until || factor == 1.0).then(|| adadelta_step(memory, eps, t)),
        HYBRID => Some(alpha * rmsprop_momentum_step(memory, beta, t, until, factor)),
        ADAM => Some(alpha * adam_step(beta, memory, t, until, factor)),
        _ => None,
    }
}

/// Steps at which a line has marks: by ratios from the start, and from the change.
fn marked(n: u64, until: u64) -> Vec<u64> {
    let spread = |from: u64, to: u64| {
        let length = to.saturating_sub(from).max(1) as f64;
        (0..MARKS / 2).map(move |k| from + length.powf((k as f64 + 0.5) / (MARKS / 2) as f64).round() as u64)
    };
    let mut out: Vec<u64> =
        spread(0, until.min(n)).chain(spread(until.min(n), n)).filter(|t| (1..=n).contains(t)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Steps through which a line is drawn: all at the start and around the change, and some of the others.
fn drawn(n: u64, until: u64) -> impl Iterator<Item = u64> {
    const NEAR: u64 = 30;
    let stride = (n / 80).max(1);
    (1..=n).filter(move |t| *t <= NEAR || t.abs_diff(until) <= NEAR || t.is_multiple_of(stride))
}

/// Steps under the constant gradient.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (n, until) = (horizon(seen), seen.index("when") as u64);
    let x = axis(seen, t("step $t$", "第 $t$ 步"), "").range(0.0, n as f64);
    let formulas: Vec<[Vec<f64>; 2]> = (0..COUNT)
        .map(|i| {
            let known = drawn(n, until).filter_map(|t| Some((t as f64, by_formula(seen, i, t)?)));
            let (x, y) = known.unzip();
            [x, y]
        })
        .collect();
    let shown = formulas.iter().flat_map(|[_, y]| y).chain(all(seen)).copied().filter(|y| *y < 1e6);
    let label = t("length of the step", "步长");
    let mut panel = panel("constant", x, decades(axis(seen, label, ""), 1e-9, shown.chain([0.01])));
    for (i, [x, y]) in formulas.into_iter().enumerate() {
        panel.layers.push(series(x, y, Some(seen.say(NAMES[i])), INKS[i], i));
        let at: Vec<u64> = marked(n, until);
        let y = at.iter().map(|t| measured(seen, i, *t).unwrap_or(f64::NAN)).collect::<Vec<_>>();
        let x = at.iter().map(|t| *t as f64).collect::<Vec<_>>();
        panel.layers.push(points(x, y, None, INKS[i], MARKERS[i % MARKERS.len()]));
    }
    if until < n {
        panel.layers.push(upright(until as f64, Ink::Muted, Dash::Dotted));
    }
    vec![panel]
}

/// What AdaGrad, RMSProp and Adam keep in their first array after one gradient of 1, age by age; Adam's as it
/// divides by it.
pub fn kept(i: usize, c: Coefficients) -> Vec<f64> {
    let field = Arc::new(Push { force: 1.0, until: 1.0 });
    let system = System { field, stepper: methods::made(i, c) };
    let mut trace = Trace::new(&[Probe::Remembered(0, 0)], 0);
    advance(&system, &mut State::at(&[0.0], &[], 1, 0, 0), AGES + 1, &mut trace);
    let raw = trace.column(Probe::Remembered(0, 0)).iter().enumerate();
    let corrected = |n: usize| if i == ADAM { 1.0 - c.memory.powf(n as f64 + 1.0) } else { 1.0 };
    raw.map(|(n, w)| w / corrected(n)).collect()
}

/// What becomes of one gradient.
pub fn memory<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let c = Coefficients::of(&seen.run.values);
    let x = axis(seen, t("steps since the gradient", "距该梯度的步数"), "").range(-0.5, AGES as f64 + 0.5);
    let y = axis(seen, t("weight of its square", "其平方的权重"), "").log().range(LIGHTEST, 4.0);
    let mut panel = panel("memory", x, y);
    let ages: Vec<f64> = (0..=AGES).map(|n| n as f64).collect();
    for (k, i) in [ADAGRAD, RMSPROP, ADAM].into_iter().enumerate() {
        let weights = (0..=AGES).map(|n| methods::memory(i, c.memory).weight(n, n + 1)).collect::<Vec<_>>();
        panel.layers.push(line(ages.clone(), weights, Some(seen.say(NAMES[i])), INKS[i], DASHES[k]));
        let found = kept(i, c);
        let every: Vec<usize> = (0..found.len()).step_by(3).collect();
        let (x, y) = every.iter().map(|n| (*n as f64, found[*n])).unzip::<f64, f64, Vec<f64>, Vec<f64>>();
        panel.layers.push(points(x, y, None, INKS[i], MARKERS[k]));
    }
    panel.layers.push(upright(1.0 / (1.0 - c.memory), Ink::Muted, Dash::Dotted));
    vec![panel]
}
