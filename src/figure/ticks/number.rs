//! Numbers as an axis prints them.

use crate::figure::{Rich, Style};

/// Plain decimals are printed between these magnitudes, powers of ten outside.
pub(super) const PLAIN: std::ops::Range<f64> = 1e-3..1e6;
/// Where steps finer than 1 are printed, plain decimals go on to here: 1000000.2, not 1.0000002×10⁶.
const FINE: f64 = 1e9;

/// 10ⁿ without the rounding of a power near the ends of f64.
pub(super) fn power(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(0.0)
}

/// 0 when values of this magnitude and this many decimals are printed plainly, else their power of ten.
pub(super) fn exponent_of(magnitude: f64, decimals: i32) -> i32 {
    let plain = PLAIN.contains(&magnitude) || decimals > 0 && (1.0..FINE).contains(&magnitude);
    if magnitude == 0.0 || plain { 0 } else { magnitude.log10().floor() as i32 }
}

/// Decimals of the shortest text that reads back as `value`.
pub(super) fn digits(value: f64) -> i32 {
    format!("{value:e}").split_once('e').map_or(0, |(mantissa, exponent)| {
        mantissa.split_once('.').map_or(0, |(_, part)| part.len() as i32) - exponent.parse().unwrap_or(0)
    })
}

/// `value` with `decimals` decimals, as `m×10ⁿ` unless the power is 0.
pub(super) fn number(value: f64, decimals: i32, power_of_ten: i32) -> Rich {
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

/// A single value with the digits it has; empty when it is not finite.
pub(in crate::figure) fn value_label(value: f64) -> Rich {
    if !value.is_finite() {
        return Rich::default();
    }
    let decimals = digits(value);
    number(value, decimals, exponent_of(value.abs(), decimals))
}

pub(super) fn ten_to(exponent: i32) -> Rich {
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
