//! Marks of a symmetric logarithmic axis.

use super::linear::linear;
use super::log::log;
use super::number::{PLAIN, number, power, ten_to};
use super::{MOST, Tick, Ticks};
use crate::figure::{Rich, Scale};

/// Below this multiple of the linear stretch an axis is as good as linear.
const NEARLY_LINEAR: f64 = 5.0;
/// Closest labels, relative to the distance of evenly spread ones.
const APART: f64 = 0.6;

/// 0 and powers of ten on both sides of the linear stretch ±`stretch`.
pub(super) fn symlog(low: f64, high: f64, stretch: f64, target: usize) -> Ticks {
    let size = low.abs().max(high.abs());
    if size < NEARLY_LINEAR * stretch {
        return linear(low, high, target);
    }
    if low > stretch {
        return log(low, high, target);
    }
    if high < -stretch {
        return mirrored(log(-high, -low, target));
    }
    let axis = Decades::new(low, high, stretch);
    let apart = APART * axis.length() / target as f64;
    let fits = |found: &Pattern| {
        let marks = axis.marks(*found, apart);
        marks.len() <= target + 1 && axis.closest(&marks) >= 0.8 * apart
    };
    let Some(found) = PATTERNS.into_iter().chain(STRIDES.map(|s| (ONE, s))).find(fits) else {
        return linear(low, high, target);
    };
    let major = axis.marks(found, apart);
    if major.len() < 2 {
        return linear(low, high, target);
    }
    let minor = axis.minor(found.1, &major);
    let plain = found.0 != ONE && PLAIN.contains(&size) && PLAIN.contains(&stretch);
    Ticks { major: major.into_iter().map(|at| Tick { at, label: signed(at, plain) }).collect(), minor }
}

/// Multiples of each power of ten that are labelled, and the distance of the powers.
type Pattern = (&'static [f64], i32);
const ONE: &[f64] = &[1.0];
/// Used where the decades are too few.
const PATTERNS: [Pattern; 2] = [(&[1.0, 2.0, 5.0], 1), (&[1.0, 3.0], 1)];
const STRIDES: [i32; 13] = [1, 2, 3, 5, 10, 20, 30, 50, 100, 150, 200, 300, 600];

/// An axis by its decades.
struct Decades {
    low: f64,
    high: f64,
    stretch: f64,
    scale: Scale,
    /// Powers of ten around the linear stretch and at the far end.
    exponents: [i32; 2],
}

impl Decades {
    fn new(low: f64, high: f64, stretch: f64) -> Self {
        let size = low.abs().max(high.abs());
        let exponents = [stretch, size].map(|v| (v.log10() + 1e-9).floor() as i32);
        Decades { low, high, stretch, scale: Scale::SymLog(stretch), exponents }
    }

    fn place(&self, value: f64) -> f64 {
        self.scale.forward(value).unwrap_or_default()
    }

    /// Length of the axis in the coordinate of its scale.
    fn length(&self) -> f64 {
        self.place(self.high) - self.place(self.low)
    }

    /// 0 and the multiples of every `stride`th power of ten, from the largest down to the linear
    /// stretch or to where they would crowd the 0.
    fn marks(&self, (multiples, stride): Pattern, apart: f64) -> Vec<f64> {
        let zero = self.low <= 0.0 && self.high >= 0.0;
        let clear = |v: &f64| *v >= self.stretch * (1.0 - 1e-9) && (!zero || self.place(*v) >= apart);
        let powers = (self.exponents[0]..=self.exponents[1]).filter(|e| (self.exponents[1] - e) % stride == 0);
        let up: Vec<f64> = powers.flat_map(|e| multiples.iter().map(move |k| k * power(e))).filter(clear).collect();
        self.both_sides(&up, true)
    }

    /// Distance of the two closest marks.
    fn closest(&self, marks: &[f64]) -> f64 {
        marks.windows(2).map(|w| self.place(w[1]) - self.place(w[0])).fold(f64::INFINITY, f64::min)
    }

    /// Multiples 2 to 9 of the powers of ten where each is labelled, else powers of ten.
    fn minor(&self, stride: i32, major: &[f64]) -> Vec<f64> {
        let multiples = if stride == 1 { 1..10 } else { 1..2 };
        let powers = (self.exponents[0]..=self.exponents[1]).step_by((stride / 10).max(1) as usize);
        let up = powers.flat_map(|e| multiples.clone().map(move |k| f64::from(k) * power(e)));
        let up: Vec<f64> = up.filter(|v| *v >= self.stretch * (1.0 - 1e-9)).take(MOST / 2).collect();
        let mut minor = self.both_sides(&up, false);
        minor.retain(|v| !major.iter().any(|m| (m - v).abs() <= 1e-9 * v.abs()));
        minor
    }

    /// The values and their negatives that lie on the axis, ascending.
    fn both_sides(&self, up: &[f64], zero: bool) -> Vec<f64> {
        let down = up.iter().rev().map(|v| -v);
        let all = down.chain(zero.then_some(0.0)).chain(up.iter().copied());
        let room = 1e-9 * self.length();
        let (low, high) = (self.place(self.low) - room, self.place(self.high) + room);
        all.filter(|v| (low..=high).contains(&self.place(*v))).collect()
    }
}

/// The marks of the negative half of an axis.
fn mirrored(ticks: Ticks) -> Ticks {
    let flip = |t: Tick| {
        let mut label = Rich::from("−");
        t.label.0.iter().for_each(|span| label.push(&span.text, span.style));
        Tick { at: -t.at, label }
    };
    Ticks {
        major: ticks.major.into_iter().rev().map(flip).collect(),
        minor: ticks.minor.into_iter().rev().map(|v| -v).collect(),
    }
}

/// 0, ±10ⁿ, or ±k × 10ⁿ; as plain decimals if `plain`.
fn signed(at: f64, plain: bool) -> Rich {
    let exponent = (at.abs().log10() + 1e-9).floor();
    match (at / 10f64.powf(exponent)).abs().round() as i32 {
        _ if at == 0.0 => Rich::from("0"),
        _ if plain => number(at, (-exponent).max(0.0) as i32, 0),
        1 => {
            let mut label = Rich::from(if at < 0.0 { "−" } else { "" });
            ten_to(exponent as i32).0.iter().for_each(|span| label.push(&span.text, span.style));
            label
        }
        _ => number(at, -exponent as i32, exponent as i32),
    }
}
