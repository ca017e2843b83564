//! Parameters, declared once.
//!
//! A [`Spec`] says everything a slider, the command line, a help text and a test need to know of a
//! parameter. [`Values`] holds one number per spec and refuses what a spec does not allow with a
//! [`ParamError`], which is one clear sentence in either language.

mod error;
mod intern;
mod number;
mod values;

pub use error::{ParamError, What};
pub use intern::{intern, intern_all, intern_word};
pub use number::{parse_number, show_number};
pub use values::Values;

use crate::text::Text;

/// The declaration of one parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Identifier on the command line and in files.
    pub id: &'static str,
    /// Symbol in label mark-up, e.g. `$\lambda_1$` written with Unicode letters.
    pub symbol: &'static str,
    /// Name in words.
    pub name: Text,
    /// Unit; empty for a pure number.
    pub unit: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// Value at the start.
    pub default: f64,
    /// Whether a running experiment takes a change at once; otherwise it starts again.
    pub live: bool,
    /// One sentence of help.
    pub help: Text,
}

/// The values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A real number in `min..=max`.
    Real {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// How a slider spreads them.
        spread: Spread,
    },
    /// A whole number in `min..=max`.
    Count {
        /// Smallest value.
        min: u32,
        /// Largest value.
        max: u32,
    },
    /// One of a list; the value is the index.
    Choice(&'static [Choice]),
}

/// One entry of a [`Kind::Choice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Identifier on the command line and in files.
    pub id: &'static str,
    /// Name in words.
    pub name: Text,
}

/// How a slider spreads a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// Evenly.
    Linear,
    /// By decades. A range from 0 keeps 0 at its lower end.
    Log,
}

impl Spec {
    /// Smallest and largest value.
    pub fn bounds(&self) -> [f64; 2] {
        match self.kind {
            Kind::Real { min, max, .. } => [min, max],
            Kind::Count { min, max } => [f64::from(min), f64::from(max)],
            Kind::Choice(list) => [0.0, list.len().saturating_sub(1) as f64],
        }
    }

    /// The value as the command line and files write it: a choice's identifier or a number that
    /// reads back to the same bits.
    pub fn text(&self, value: f64) -> String {
        match self.kind {
            Kind::Choice(list) => list.get(value as usize).map_or_else(|| value.to_string(), |c| c.id.to_owned()),
            // Hundreds of zeros would be longer than what is read.
            _ if value != 0.0 && !(1e-5..1e17).contains(&value.abs()) => format!("{value:e}"),
            _ => value.to_string(),
        }
    }

    /// Reads a value written by a person or by [`Spec::text`].
    pub fn read(&self, text: &str) -> Result<f64, ParamError> {
        if let Kind::Choice(list) = self.kind {
            let found = list.iter().position(|c| c.id.eq_ignore_ascii_case(text.trim()));
            let valid = || list.iter().map(|c| c.id).collect::<Vec<_>>().join(", ");
            return found.map(|i| i as f64).ok_or_else(|| ParamError::NotAChoice {
                what: self.what(),
                given: clip(text),
                valid: valid(),
            });
        }
        let value = parse_number(text).ok_or_else(|| self.not_a_number(clip(text)))?;
        self.check(value)
    }

    fn what(&self) -> What {
        What { id: self.id, name: self.name }
    }

    fn not_a_number(&self, given: String) -> ParamError {
        let [min, max] = self.bounds();
        ParamError::NotANumber { what: self.what(), given, min, max }
    }

    /// `value` itself if the spec allows it.
    pub fn check(&self, value: f64) -> Result<f64, ParamError> {
        if !value.is_finite() {
            return Err(self.not_a_number(value.to_string()));
        }
        if !matches!(self.kind, Kind::Real { .. }) && value.fract() != 0.0 {
            return Err(ParamError::NotWhole { what: self.what(), given: value });
        }
        let [min, max] = self.bounds();
        if value < min || value > max {
            return Err(ParamError::OutOfRange { what: self.what(), given: value, min, max });
        }
        Ok(value)
    }
}

/// Enough of a typed text to recognise it in a message.
fn clip(text: &str) -> String {
    const MOST: usize = 24;
    let mut out: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}
