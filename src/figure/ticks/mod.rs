//! Where an axis carries its numbers: one rule per scale, and how the numbers are printed.

mod linear;
mod log;
mod number;
mod symlog;

pub(super) use number::value_label;

use super::{Axis, Rich, Scale};

/// One labelled position of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Position in data units.
    pub at: f64,
    /// Its number as printed.
    pub label: Rich,
}

/// The marks of one axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ticks {
    /// Labelled marks, ascending.
    pub major: Vec<Tick>,
    /// Unlabelled marks between them, ascending.
    pub minor: Vec<f64>,
}

/// Half of what f64 holds, so that a span never overflows.
const HUGE: f64 = 8e307;
/// No axis carries more marks of one kind than this.
const MOST: usize = 200;

/// The marks of `axis` over `range`: those chosen by hand that lie in it, or about `target` by rule.
pub fn axis_ticks(axis: &Axis, range: [f64; 2], target: usize) -> Ticks {
    if axis.marks.is_empty() {
        return ticks(range, axis.scale, target);
    }
    let ends = range.map(|v| axis.scale.forward(v));
    let [Some(a), Some(b)] = ends else { return Ticks::default() };
    let room = 1e-9 * (b - a).abs();
    let inside = |t: &&Tick| axis.scale.forward(t.at).is_some_and(|v| v >= a.min(b) - room && v <= a.max(b) + room);
    let mut major: Vec<Tick> = axis.marks.iter().filter(inside).take(MOST).cloned().collect();
    major.sort_by(|one, two| one.at.total_cmp(&two.at));
    major.dedup_by(|one, two| one.at == two.at);
    Ticks { major, minor: Vec::new() }
}

/// Ticks for `range` with about `target` labels.
///
/// Linear axes take the step 1, 2, 2.5 or 5 × 10ⁿ that scores best for simplicity, coverage of the
/// range and closeness to `target` (after Talbot, Lin & Hanrahan 2010, An extension of Wilkinson's
/// algorithm, with all labels inside the range). Logarithmic axes take decades; below two decades
/// 1, 2, 5 × 10ⁿ, and below a third of one the linear rule. Symmetric logarithmic axes take 0 and
/// the decades on both sides of the linear stretch that stand clear of it.
///
/// Every input has an answer: a reversed range is turned, an equal one gives one mark, a
/// non-finite one (or a logarithmic one without positive values) none.
///
/// ```
/// use impetus::figure::{Scale, ticks};
/// let labels = |range, scale| ticks(range, scale, 5).major.iter().map(|t| t.label.plain()).collect::<Vec<_>>();
/// assert_eq!(labels([-1.0, 1.0], Scale::Linear), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
/// assert_eq!(labels([0.01, 10.0], Scale::Log), ["10−2", "10−1", "100", "101"]);
/// ```
pub fn ticks(range: [f64; 2], scale: Scale, target: usize) -> Ticks {
    if !(range[0].is_finite() && range[1].is_finite()) {
        return Ticks::default();
    }
    let target = target.clamp(2, 50);
    let low = range[0].min(range[1]).clamp(-HUGE, HUGE);
    let high = range[0].max(range[1]).clamp(-HUGE, HUGE);
    match scale {
        Scale::Linear => linear::linear(low, high, target),
        Scale::SymLog(stretch) => symlog::symlog(low, high, super::stretch(stretch), target),
        Scale::Log if high < f64::MIN_POSITIVE => Ticks::default(),
        Scale::Log => log::log(if low > 0.0 { low } else { high * 1e-3 }.max(f64::MIN_POSITIVE), high, target),
    }
}
