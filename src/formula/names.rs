//! The names the language brings along, and what a mistyped name may have meant.

use std::f64::consts::{E, PI, TAU};

use super::functions::{Builtin, FUNCTIONS};

/// The constants: name and value. A definition may take such a name.
pub const CONSTANTS: &[(&str, f64)] = &[("pi", PI), ("π", PI), ("tau", TAU), ("τ", TAU), ("e", E)];

/// Names of other languages, and what stands for them here.
const ELSEWHERE: &[(&str, &[&str])] = &[
    ("log", &["ln", "log10", "log2"]),
    ("arcsin", &["asin"]),
    ("arccos", &["acos"]),
    ("arctan", &["atan"]),
    ("arctan2", &["atan2"]),
    ("pow", &["^"]),
    ("power", &["^"]),
    ("heaviside", &["step"]),
    ("sgn", &["sign"]),
    ("fabs", &["abs"]),
    ("logistic", &["sigmoid"]),
    ("gaussian", &["gauss"]),
    ("fmod", &["mod"]),
    ("clip", &["clamp"]),
];

/// Most names offered for a mistyped one.
const OFFERED: usize = 3;

/// Whether no definition may take this name.
pub(super) fn reserved(name: &str) -> bool {
    name == "in" || Builtin::named(name).is_some()
}

/// The value of the constant of this name.
pub(super) fn constant(name: &str) -> Option<f64> {
    CONSTANTS.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// Names like `name` among the language's own and `defined`, the nearest first, at most three.
pub(super) fn near<'a>(name: &str, defined: impl Iterator<Item = &'a str>) -> Vec<String> {
    let lower = name.to_lowercase();
    if let Some((_, meant)) = ELSEWHERE.iter().find(|(other, _)| *other == lower) {
        return meant.iter().map(|m| (*m).to_owned()).collect();
    }
    let own = FUNCTIONS.iter().map(|(f, _)| *f).chain(CONSTANTS.iter().map(|(c, _)| *c));
    let reach = 1 + lower.chars().count() / 4;
    let mut found: Vec<(usize, &str)> = own.chain(defined).map(|other| (distance(&lower, other), other)).collect();
    found.retain(|(far, other)| *far <= reach && *far < lower.chars().count().max(other.chars().count()));
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(OFFERED).map(|(_, other)| other.to_owned()).collect()
}

/// Fewest characters to insert, remove, replace or swap with a neighbour to make `b`, whatever its
/// case, of the lower-case `a`. Names longer than 24 characters are far from everything.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(25).collect();
    let b: Vec<char> = b.chars().take(25).flat_map(char::to_lowercase).collect();
    if a.len() > 24 || b.len() > 24 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}
