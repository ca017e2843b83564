//! Reading what a case gives: every accessor is total and names what is wrong.

use nalgebra::DMatrix;
use serde_json::Value;

/// Entries a list of numbers may have.
pub const MOST_NUMBERS: usize = 10_000;

/// Entries a state, and rows a matrix, may have.
pub const MOST_COORDINATES: usize = 16;

/// Steps one case may ask for, all its runs together.
pub const MOST_STEPS: u64 = 1_000_000;

/// Steps one case may ask to be recorded.
pub const MOST_ROWS: u64 = 100_000;

/// Why a case has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The case is at fault: a sentence that names the input.
    Malformed(String),
    /// The program cannot compute it, for this reason.
    NotCovered(String),
}

/// What a computation gives.
pub type Answered<T = super::answer::Answers> = Result<T, Fault>;

/// A fault of the case.
pub fn malformed<T>(sentence: String) -> Answered<T> {
    Err(Fault::Malformed(sentence))
}

/// The inputs of a case, or an object inside them.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    value: &'a Value,
}

impl<'a> Inputs<'a> {
    /// Inputs from the object of a case.
    pub fn new(value: &'a Value) -> Self {
        Inputs { value }
    }

    /// The raw entry; absent and null are the same.
    fn entry(&self, key: &str) -> Option<&'a Value> {
        self.value.get(key).filter(|v| !v.is_null())
    }

    fn wanted(&self, key: &str) -> Answered<&'a Value> {
        match self.entry(key) {
            Some(value) => Ok(value),
            None => malformed(format!("the input `{key}` is missing")),
        }
    }

    /// Whether there is such an input.
    pub fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// A finite number.
    pub fn num(&self, key: &str) -> Answered<f64> {
        as_number(key, self.wanted(key)?)
    }

    /// Several finite numbers.
    pub fn nums<const N: usize>(&self, keys: [&str; N]) -> Answered<[f64; N]> {
        let mut out = [0.0; N];
        for (to, key) in out.iter_mut().zip(keys) {
            *to = self.num(key)?;
        }
        Ok(out)
    }

    /// A finite number, or `default` if there is none.
    pub fn num_or(&self, key: &str, default: f64) -> Answered<f64> {
        self.entry(key).map_or(Ok(default), |v| as_number(key, v))
    }

    /// A whole number from 0 to `most`.
    pub fn count(&self, key: &str, most: u64) -> Answered<u64> {
        as_count(key, self.num(key)?, most)
    }

    /// A number of steps to make and record, at most [`MOST_ROWS`].
    pub fn steps(&self, key: &str) -> Answered<u64> {
        self.count(key, MOST_ROWS)
    }

    /// Numbers in a list, at most [`MOST_NUMBERS`].
    pub fn list(&self, key: &str) -> Answered<Vec<f64>> {
        as_numbers(key, self.wanted(key)?, MOST_NUMBERS)
    }

    /// Whole numbers in a list, none above `most`.
    pub fn counts(&self, key: &str, most: u64) -> Answered<Vec<u64>> {
        self.list(key)?.into_iter().map(|x| as_count(key, x, most)).collect()
    }

    /// The coordinates of a point: 1 to [`MOST_COORDINATES`] numbers.
    pub fn point(&self, key: &str) -> Answered<Vec<f64>> {
        let point = as_numbers(key, self.wanted(key)?, MOST_COORDINATES)?;
        if point.is_empty() { malformed(format!("`{key}` is an empty list")) } else { Ok(point) }
    }

    /// A point of exactly `N` coordinates.
    pub fn point_of<const N: usize>(&self, key: &str) -> Answered<[f64; N]> {
        let point = self.point(key)?;
        <[f64; N]>::try_from(point).or_else(|p| malformed(format!("`{key}` has {} entries, not {N}", p.len())))
    }

    /// A square matrix, a list of rows.
    pub fn matrix(&self, key: &str) -> Answered<DMatrix<f64>> {
        let rows = self.rows(key)?;
        let n = rows.len();
        if n == 0 || n > MOST_COORDINATES || rows.iter().any(|row| row.len() != n) {
            return malformed(format!("`{key}` is no square matrix of 1 to {MOST_COORDINATES} rows"));
        }
        Ok(DMatrix::from_row_iterator(n, n, rows.into_iter().flatten()))
    }

    /// Lists of numbers in a list.
    pub fn rows(&self, key: &str) -> Answered<Vec<Vec<f64>>> {
        match self.wanted(key)?.as_array() {
            Some(rows) if rows.len() <= MOST_NUMBERS => {
                rows.iter().map(|row| as_numbers(key, row, MOST_COORDINATES)).collect()
            }
            _ => malformed(format!("`{key}` is no list of at most {MOST_NUMBERS} lists of numbers")),
        }
    }

    /// A word.
    pub fn text(&self, key: &str) -> Answered<&'a str> {
        match self.wanted(key)?.as_str() {
            Some(word) => Ok(word),
            None => malformed(format!("`{key}` is no text")),
        }
    }

    /// One of a closed list of things, by its name.
    pub fn one_of<T: Copy>(&self, key: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Answered<T> {
        let word = self.text(key)?;
        let unknown = || {
            let names: Vec<&str> = all.iter().map(|t| name(*t)).collect();
            Fault::Malformed(format!("`{key}` is “{}”; it is one of: {}", shortened(word, 40), names.join(", ")))
        };
        all.iter().copied().find(|t| name(*t) == word).ok_or_else(unknown)
    }

    /// Yes or no.
    pub fn flag(&self, key: &str) -> Answered<bool> {
        match self.wanted(key)?.as_bool() {
            Some(flag) => Ok(flag),
            None => malformed(format!("`{key}` is neither true nor false")),
        }
    }

    /// Yes or no; no if it is not said.
    pub fn flag_or_no(&self, key: &str) -> Answered<bool> {
        if self.has(key) { self.flag(key) } else { Ok(false) }
    }

    /// An object inside.
    pub fn part(&self, key: &str) -> Answered<Inputs<'a>> {
        match self.wanted(key)? {
            value if value.is_object() => Ok(Inputs { value }),
            _ => malformed(format!("`{key}` is no object")),
        }
    }

    /// Objects in a list, at most [`MOST_COORDINATES`].
    pub fn parts(&self, key: &str) -> Answered<Vec<Inputs<'a>>> {
        match self.wanted(key)?.as_array() {
            Some(list) if list.len() <= MOST_COORDINATES && list.iter().all(Value::is_object) => {
                Ok(list.iter().map(|value| Inputs { value }).collect())
            }
            _ => malformed(format!("`{key}` is no list of at most {MOST_COORDINATES} objects")),
        }
    }
}

/// A number of steps that came out of a computation, `what` saying of which.
pub fn whole_steps(what: &str, steps: f64) -> Answered<u64> {
    as_count(what, steps.round(), MOST_STEPS)
}

/// Holds the steps of several runs to [`MOST_STEPS`] together.
pub fn within(what: &str, steps: &[u64]) -> Answered<()> {
    let total = steps.iter().fold(0u64, |sum, n| sum.saturating_add(*n));
    as_count(what, total as f64, MOST_STEPS).map(|_| ())
}

/// At most `most` characters of a text.
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn as_number(key: &str, value: &Value) -> Answered<f64> {
    match value.as_f64().filter(|x| x.is_finite()) {
        Some(x) => Ok(x),
        None => malformed(format!("`{key}` is {}, not a number", shortened(&value.to_string(), 40))),
    }
}

fn as_count(key: &str, x: f64, most: u64) -> Answered<u64> {
    if x >= 0.0 && x.fract() == 0.0 && x <= most as f64 {
        return Ok(x as u64);
    }
    malformed(format!("`{key}` is {x:?}; it has to be a whole number from 0 to {most}"))
}

fn as_numbers(key: &str, value: &Value, most: usize) -> Answered<Vec<f64>> {
    match value.as_array() {
        Some(list) if list.len() <= most => list.iter().map(|x| as_number(key, x)).collect(),
        Some(list) => malformed(format!("`{key}` has {} entries, more than {most}", list.len())),
        None => malformed(format!("`{key}` is no list of numbers")),
    }
}
