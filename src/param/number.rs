//! Numbers as people type and read them.

/// Reads a number as a person types it: surrounding blanks, a true minus (−), a comma as the
/// decimal mark when there is no point, and a leading plus are understood. `None` for anything
/// that is not one finite number.
///
/// ```
/// use impetus::param::parse_number;
/// assert_eq!(parse_number(" −0,5 "), Some(-0.5));
/// assert_eq!(parse_number("1e-3"), Some(0.001));
/// assert_eq!(parse_number("nan"), None);
/// ```
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.len() > 64 || !text.chars().all(|c| c.is_ascii_digit() || "+-−.,eE".contains(c)) {
        return None;
    }
    let mut plain = text.replace('−', "-");
    if !plain.contains('.') && plain.matches(',').count() == 1 {
        plain = plain.replace(',', ".");
    }
    plain.parse().ok().filter(|x: &f64| x.is_finite())
}

/// A number for a read-out: four significant digits, a true minus, and a power of ten outside
/// 10⁻³ … 10⁶; trailing zeros are dropped.
///
/// ```
/// use impetus::param::show_number;
/// assert_eq!(show_number(-0.06284321), "−0.06284");
/// assert_eq!(show_number(2.5e-7), "2.5e−7");
/// ```
pub fn show_number(x: f64) -> String {
    if x.is_nan() {
        return "–".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "∞".into() } else { "−∞".into() };
    }
    if x == 0.0 {
        return "0".into();
    }
    let scientific = format!("{x:.3e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let text = if (-3..6).contains(&exponent) {
        trim(&format!("{:.*}", (3 - exponent).max(0) as usize, x))
    } else {
        format!("{}e{exponent}", trim(mantissa))
    };
    text.replace('-', "−")
}

fn trim(digits: &str) -> String {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.').to_owned() } else { digits.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{parse_number, show_number};

    #[test]
    fn numbers_are_read_or_refused() {
        let table = [
            ("1", Some(1.0)),
            ("+2.5", Some(2.5)),
            ("1,5", Some(1.5)),
            ("1,500.0", None),
            ("−3e2", Some(-300.0)),
            ("", None),
            ("nan", None),
            ("inf", None),
            ("1e999", None),
            ("0x10", None),
            ("1 2", None),
            ("--1", None),
        ];
        for (text, want) in table {
            assert_eq!(parse_number(text), want, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_shown_short() {
        let table = [
            (0.4, "0.4"),
            (-0.0628432, "−0.06284"),
            (123456.0, "123456"),
            (1.0, "1"),
            (0.001, "0.001"),
            (1e-9, "1e−9"),
            (-1673.365109, "−1673"),
            (12345678.0, "1.235e7"),
            (f64::INFINITY, "∞"),
            (f64::NAN, "–"),
        ];
        for (x, want) in table {
            assert_eq!(show_number(x), want);
        }
    }
}
