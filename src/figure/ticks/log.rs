//! Marks of a logarithmic axis.

use super::linear::linear;
use super::number::{PLAIN, number, power, ten_to};
use super::{MOST, Tick, Ticks};

/// Decades, a few marks per decade, or the linear rule, as the range is long or short.
pub(super) fn log(low: f64, high: f64, target: usize) -> Ticks {
    let (from, to) = (low.log10(), high.log10());
    if to - from < 0.35 {
        return linear(low, high, target);
    }
    let (first, last) = ((from - 1e-9).ceil() as i32, (to + 1e-9).floor() as i32);
    if last <= first || (last - first == 1 && to - from < 1.6 && target > 3) {
        let few: [&'static [f64]; 2] = [&[1.0, 3.0], &[1.0, 2.0, 5.0]];
        let choices = few[usize::from(target > 3)..].iter();
        let found = choices.map(|marks| sub_decades(low, high, first - 1..=last + 1, marks));
        return found.into_iter().find(|t| t.major.len() > 1).unwrap_or_else(|| linear(low, high, target));
    }
    let least = (last - first + 1 + target as i32).div_euclid(target as i32 + 1);
    let stride = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200].into_iter().find(|s| *s >= least).unwrap_or(least);
    let shift = first.rem_euclid(stride);
    let start = if shift == 0 { first } else { first + stride - shift };
    let major = (start..=last).step_by(stride as usize).map(|e| Tick { at: power(e), label: ten_to(e) }).collect();
    let minor = if stride > 1 {
        (first..=last).step_by((stride / 10).max(1) as usize).map(power).collect()
    } else {
        (first - 1..=last).flat_map(|e| (2..10).map(move |k| f64::from(k) * power(e))).collect()
    };
    within(Ticks { major, minor }, low, high)
}

/// A few labels per decade for a range too short for decades alone.
fn sub_decades(low: f64, high: f64, decades: std::ops::RangeInclusive<i32>, marks: &'static [f64]) -> Ticks {
    let all = |m: &'static [f64]| decades.clone().flat_map(move |e| m.iter().map(move |k| (*k, e)));
    let plain = low >= PLAIN.start && high < PLAIN.end;
    let label = |k: f64, e: i32| match k {
        _ if plain => number(k * power(e), (-e).max(0), 0),
        1.0 => ten_to(e),
        _ => number(k * power(e), -e, e),
    };
    let major = all(marks).map(|(k, e)| Tick { at: k * power(e), label: label(k, e) }).collect();
    let minor = all(&[2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]).map(|(k, e)| k * power(e)).collect();
    within(Ticks { major, minor }, low, high)
}

fn within(mut ticks: Ticks, low: f64, high: f64) -> Ticks {
    let inside = |v: f64| v >= low * (1.0 - 1e-9) && v <= high * (1.0 + 1e-9);
    ticks.major.retain(|t| inside(t.at));
    ticks.minor.retain(|v| inside(*v));
    ticks.minor.truncate(MOST);
    ticks.minor.retain(|m| !ticks.major.iter().any(|t| (t.at - m).abs() <= 1e-9 * m));
    ticks
}
