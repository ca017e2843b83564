//! Marks of a linear axis.

use super::number::{digits, exponent_of, number, power};
use super::{MOST, Tick, Ticks};

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

/// Marks at multiples of a round step.
pub(super) fn linear(low: f64, high: f64, target: usize) -> Ticks {
    let span = high - low;
    let magnitude = low.abs().max(high.abs());
    if !(span > magnitude * 1e-12 && span >= f64::MIN_POSITIVE * 1e8) {
        let label = number(low, digits(low), exponent_of(magnitude, digits(low)));
        return Ticks { major: vec![Tick { at: low, label }], minor: Vec::new() };
    }
    let step = best_step(low, high, target);
    let major = multiples(low, high, step.size());
    let power_of_ten = exponent_of(major.iter().fold(0.0, |m: f64, v| m.max(v.abs())), step.decimals());
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
            let score = 0.25 * simplicity + 0.2 * (1.0 - 12.0 * lost * lost) + 0.5 * density;
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
