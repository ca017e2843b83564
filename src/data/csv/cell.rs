//! One field of a table as a number.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// A finite number.
    Number(f64),
    /// Infinity, or a number beyond what 64 bits hold.
    Infinite,
    /// Nothing, or a mark that says so.
    Missing,
    /// Anything else.
    Word,
}

/// What stands for a missing value, whatever the case of its letters.
const MISSING: [&str; 9] = ["", "na", "n/a", "nan", "null", "none", "nil", "?", "-"];

impl Cell {
    /// What `field` holds; `comma` says that the comma is the decimal mark.
    pub fn of(field: &str, comma: bool) -> Cell {
        let field = field.trim();
        if MISSING.iter().any(|mark| field.eq_ignore_ascii_case(mark)) {
            return Cell::Missing;
        }
        let spelled = if comma { decimal_comma(field) } else { plain(field) };
        match spelled.and_then(|s| s.parse::<f64>().ok()) {
            Some(x) if x.is_finite() => Cell::Number(x),
            Some(x) if x.is_nan() => Cell::Missing,
            Some(_) => Cell::Infinite,
            None => Cell::Word,
        }
    }
}

/// The field as Rust spells numbers: the typographic minus is one too.
fn plain(field: &str) -> Option<std::borrow::Cow<'_, str>> {
    let minus = field.strip_prefix('−').map(|rest| format!("-{rest}").into());
    Some(minus.unwrap_or(field.into()))
}

/// The same of a field with a decimal comma; one with a decimal point is no number then.
fn decimal_comma(field: &str) -> Option<std::borrow::Cow<'_, str>> {
    match (field.contains(','), field.contains('.')) {
        (_, true) => None,
        (true, false) => Some(plain(field)?.replacen(',', ".", 1).into()),
        (false, false) => plain(field),
    }
}
