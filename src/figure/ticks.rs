//! Where an axis carries its numbers.

use super::{Rich, Scale, Style};

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
/// Plain decimals are printed between these magnitudes, powers of ten outside.
const PLAIN: std::ops::Range<f64> = 1e-3..1e5;

/// Ticks for `range` with about `target` labels.
///
/// Linear axes take the step 1, 2, 2.5 or 5 × 10ⁿ that scores best for simplicity, coverage of the
/// range and closeness to `target` (after Talbot, Lin & Hanrahan 2010, An extension of Wilkinson's
/// algorithm, with all labels inside the range). Logarithmic axes take decades; below two decades
/// 1, 2, 5 × 10ⁿ, and below a third of one the linear rule.
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
        Scale::Linear | Scale::SymLog(_) => linear(low, high, target),
        Scale::Log if high < f64::MIN_POSITIVE => Ticks::default(),
        Scale::Log => log(if low > 0.0 { low } else { high * 1e-3 }.max(f64::MIN_POSITIVE), high, target),
    }
}

/// A step of `mantissa × 10^exponent`.
#[derive(Clone, Copy)]
struct Step {
    mantissa: f64,
    exponent: i32,
}

impl Step {
    fn size(self) -> f64 {
        self.mantissa * power(self.exponent)
    }

    /// Decimals that print every multiple of the step exactly.
    fn decimals(self) -> i32 {
        i32::from(self.mantissa == 2.5) - self.exponent
    }

    /// How many minor intervals divide it.
    fn parts(self) -> f64 {
        if self.mantissa == 5.0 || self.mantissa == 2.5 { 5.0 } else { 2.0 }
    }
}

fn linear(low: f64, high: f64, target: usize) -> Ticks {
    let span = high - low;
    let magnitude = low.abs().max(high.abs());
    if !(span > magnitude * 1e-12 && span >= f64::MIN_POSITIVE * 1e8) {
        let label = number(low, digits(low), exponent_of(magnitude));
        return Ticks { major: vec![Tick { at: low, label }], minor: Vec::new() };
    }
    let step = best_step(low, high, target);
    let major = multiples(low, high, step.size());
    let power_of_ten = exponent_of(major.iter().fold(0.0, |m: f64, v| m.max(v.abs())));
    let major = major.into_iter().map(|at| Tick { at, label: number(at, step.decimals(), power_of_ten) }).collect();
    let minor = multiples(low, high, step.size() / step.parts());
    without(Ticks { major, minor })
}

/// The step whose multiples inside the range score best.
fn best_step(low: f64, high: f64, target: usize) -> Step {
    // Each mantissa with how simple it reads.
    const MANTISSAS: [(f64, f64); 4] = [(1.0, 1.0), (2.0, 0.9), (5.0, 0.9), (2.5, 0.3)];
    let top = (high - low).log10().ceil() as i32;
    let mut best = (f64::NEG_INFINITY, Step { mantissa: 1.0, exponent: top - 1 });
    for exponent in top - 3..=top {
        for (mantissa, simplicity) in MANTISSAS {
            let step = Step { mantissa, exponent };
            let size = step.size();
            let (first, last) = ((low / size - 1e-9).ceil(), (high / size + 1e-9).floor());
            let count = last - first + 1.0;
            if !(size > 0.0 && (2.0..=MOST as f64).contains(&count)) {
                continue;
            }
            let zero = f64::from(u8::from(first <= 0.0 && last >= 0.0));
            let simplicity = simplicity + 0.2 * zero;
            let lost = ((first * size - low) / (high - low)).hypot((high - last * size) / (high - low));
            let ratio = count / target as f64;
            let density = 2.0 - ratio.max(1.0 / ratio);
            let score = 0.25 * simplicity + 0.2 * (1.0 - 4.0 * lost * lost) + 0.5 * density;
            if score > best.0 {
                best = (score, step);
            }
        }
    }
    best.1
}

fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    let count = (last - first + 1.0).clamp(0.0, MOST as f64) as usize;
    (0..count).map(|i| (first + i as f64) * step + 0.0).collect()
}

/// Drops the minor marks that a major one covers.
fn without(mut ticks: Ticks) -> Ticks {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    let step = ticks.minor.windows(2).map(|w| w[1] - w[0]).fold(f64::INFINITY, f64::min) * 1e-3;
    let major = &ticks.major;
    ticks.minor.retain(|m| !major.iter().any(|t| near(t.at, *m) || (t.at - m).abs() < step));
    ticks
}

fn log(low: f64, high: f64, target: usize) -> Ticks {
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

/// 10ⁿ without the rounding of a power near the ends of f64.
fn power(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(0.0)
}

/// 0 when values of this magnitude are printed plainly, else their power of ten.
fn exponent_of(magnitude: f64) -> i32 {
    if magnitude == 0.0 || PLAIN.contains(&magnitude) { 0 } else { magnitude.log10().floor() as i32 }
}

/// Decimals of the shortest text that reads back as `value`.
fn digits(value: f64) -> i32 {
    format!("{value:e}").split_once('e').map_or(0, |(mantissa, exponent)| {
        mantissa.split_once('.').map_or(0, |(_, part)| part.len() as i32) - exponent.parse().unwrap_or(0)
    })
}

/// `value` with `decimals` decimals, as `m×10ⁿ` unless the power is 0.
fn number(value: f64, decimals: i32, power_of_ten: i32) -> Rich {
    let mut label = Rich::default();
    if power_of_ten == 0 || value == 0.0 {
        label.push_plain(&fixed(value, if power_of_ten == 0 { decimals } else { 0 }));
        return label;
    }
    let places = decimals.saturating_add(power_of_ten);
    label.push_plain(&fixed(value / power(power_of_ten), places));
    label.push_plain("×");
    for span in ten_to(power_of_ten).0 {
        label.push(&span.text, span.style);
    }
    label
}

fn ten_to(exponent: i32) -> Rich {
    let mut label = Rich::default();
    label.push("10", Style::Plain);
    label.push(&exponent.to_string().replace('-', "−"), Style::Sup(false));
    label
}

/// Fixed decimals with a true minus, never "−0".
fn fixed(value: f64, decimals: i32) -> String {
    let text = format!("{value:.*}", decimals.clamp(0, 17) as usize);
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|b| b == b'0' || b == b'.') => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}
