//! Holding an answer to what was wanted.

use nalgebra::Complex;
use serde_json::Value;

use super::answer::Answer;
use super::inputs::shortened;

/// How far a number may be off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// `|got - want| <= abs + rel |want|`.
    Number {
        /// Relative part (1).
        rel: f64,
        /// Absolute part, in the unit of the number.
        abs: f64,
    },
    /// `|got - want| <= rel (1 + max(|x|, |y|))`, `x` and `y` the first two numbers of the wanted row.
    Row {
        /// Relative part (1).
        rel: f64,
    },
}

/// The worst agreement found in one key of `expected`.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Where in a list or object, such as `[2][1]`; empty for a single value.
    pub place: String,
    /// Number of values compared.
    pub values: usize,
    /// What was wanted there.
    pub wanted: String,
    /// What was computed there.
    pub got: String,
    /// `|got - want|` if both are numbers.
    pub difference: Option<f64>,
    /// Whether every value agrees.
    pub pass: bool,
    /// Difference over allowed difference, infinite for a mismatch that is no distance.
    strain: f64,
}

/// Holds `got` to `wanted` and reports the worst value.
pub fn compare(got: &Answer, wanted: &Value, tolerance: Tolerance) -> Finding {
    let mut worst = Worst { finding: None, values: 0, bound: Bound::new(tolerance, wanted) };
    worst.walk(got, wanted, "");
    let values = worst.values;
    let nothing = || Finding {
        place: String::new(),
        values: 0,
        wanted: shown(wanted),
        got: show(got),
        difference: None,
        pass: true,
        strain: 0.0,
    };
    Finding { values, ..worst.finding.unwrap_or_else(nothing) }
}

/// What is allowed for a wanted number.
struct Bound {
    rel: f64,
    abs: f64,
}

impl Bound {
    fn new(tolerance: Tolerance, wanted: &Value) -> Self {
        match tolerance {
            Tolerance::Number { rel, abs } => Bound { rel, abs },
            Tolerance::Row { rel } => {
                let entry = |i: usize| wanted.get(i).and_then(Value::as_f64).unwrap_or(0.0).abs();
                Bound { rel: 0.0, abs: rel * (1.0 + entry(0).max(entry(1))) }
            }
        }
    }
}

struct Worst {
    finding: Option<Finding>,
    values: usize,
    bound: Bound,
}

impl Worst {
    fn walk(&mut self, got: &Answer, wanted: &Value, place: &str) {
        match (got, wanted) {
            (Answer::List(got), Value::Array(wanted)) if got.len() == wanted.len() => {
                for (i, (got, wanted)) in got.iter().zip(wanted).enumerate() {
                    self.walk(got, wanted, &format!("{place}[{i}]"));
                }
            }
            (Answer::Poles(got), Value::Array(wanted)) if got.len() == wanted.len() => self.poles(got, wanted, place),
            (Answer::Parts(got), Value::Object(wanted)) if !wanted.is_empty() => {
                for (key, wanted) in wanted {
                    let part = got.iter().find(|(name, _)| name == key).map_or(&Answer::Nothing, |(_, part)| part);
                    self.walk(part, wanted, &format!("{place}.{key}"));
                }
            }
            (Answer::Real(got), Value::Number(wanted)) => {
                self.number(*got, wanted.as_f64().unwrap_or(f64::NAN), place);
            }
            _ => self.exact(got, wanted, place),
        }
    }

    /// Every wanted pole takes the nearest of those left.
    fn poles(&mut self, got: &[Complex<f64>], wanted: &[Value], place: &str) {
        let mut left = got.to_vec();
        for (i, wanted) in wanted.iter().enumerate() {
            let z = complex(wanted);
            let nearest = (0..left.len()).min_by(|a, b| (left[*a] - z).norm().total_cmp(&(left[*b] - z).norm()));
            let Some(nearest) = nearest.map(|at| left.swap_remove(at)) else { continue };
            self.number(nearest.re, z.re, &format!("{place}[{i}].re"));
            self.number(nearest.im, z.im, &format!("{place}[{i}].im"));
        }
    }

    fn number(&mut self, got: f64, wanted: f64, place: &str) {
        let (difference, allowed) = ((got - wanted).abs(), self.bound.abs + self.bound.rel * wanted.abs());
        // Written so that a NaN fails.
        let pass = difference <= allowed;
        let strain = if difference == 0.0 { 0.0 } else { difference / allowed };
        self.note(place, format!("{wanted:?}"), format!("{got:?}"), Some(difference), pass, strain);
    }

    fn exact(&mut self, got: &Answer, wanted: &Value, place: &str) {
        let pass = match (got, wanted) {
            (Answer::Nothing, Value::Null) => true,
            (Answer::Flag(got), Value::Bool(wanted)) => got == wanted,
            (Answer::Word(got), Value::String(wanted)) => got == wanted,
            (Answer::Whole(got), Value::Number(wanted)) => wanted.as_f64() == Some(*got as f64),
            (Answer::Real(got), Value::String(wanted)) => match wanted.as_str() {
                "inf" => *got == f64::INFINITY,
                "-inf" => *got == f64::NEG_INFINITY,
                _ => false,
            },
            _ => false,
        };
        let strain = if pass { 0.0 } else { f64::INFINITY };
        self.note(place, shown(wanted), show(got), None, pass, strain);
    }

    fn note(&mut self, place: &str, wanted: String, got: String, difference: Option<f64>, pass: bool, strain: f64) {
        self.values += 1;
        let worse = |old: &Finding| (old.pass && !pass) || (old.pass == pass && !(strain <= old.strain));
        if self.finding.as_ref().is_none_or(worse) {
            self.finding = Some(Finding { place: place.to_owned(), values: 1, wanted, got, difference, pass, strain });
        }
    }
}

/// `[re, im]`, or a real number alone.
fn complex(value: &Value) -> Complex<f64> {
    let part = |i: usize| value.get(i).and_then(Value::as_f64).unwrap_or(f64::NAN);
    value.as_f64().map_or_else(|| Complex::new(part(0), part(1)), Complex::from)
}

fn shown(value: &Value) -> String {
    shortened(&value.to_string(), 80)
}

/// An answer as text.
fn show(answer: &Answer) -> String {
    match answer {
        Answer::Nothing => "nothing".into(),
        Answer::Flag(x) => x.to_string(),
        Answer::Real(x) => format!("{x:?}"),
        Answer::Whole(x) => x.to_string(),
        Answer::Word(x) => format!("\"{}\"", shortened(x, 80)),
        Answer::List(list) => format!("a list of {}", list.len()),
        Answer::Poles(list) => format!("{} poles", list.len()),
        Answer::Parts(parts) => format!("an object of {}", parts.len()),
    }
}
