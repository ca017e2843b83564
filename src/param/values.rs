//! One number per declared parameter.

use super::{ParamError, Spec};

/// The values of a list of parameters; always within what their specs allow.
#[derive(Clone, Debug)]
pub struct Values {
    specs: &'static [&'static Spec],
    numbers: Vec<f64>,
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.specs == other.specs && self.numbers == other.numbers
    }
}

impl Values {
    /// The defaults of `specs`.
    pub fn defaults(specs: &'static [&'static Spec]) -> Self {
        Values { specs, numbers: specs.iter().map(|s| s.default).collect() }
    }

    /// The declarations.
    pub fn specs(&self) -> &'static [&'static Spec] {
        self.specs
    }

    /// The declaration with this identifier.
    pub fn spec(&self, id: &str) -> Result<&'static Spec, ParamError> {
        self.place(id).map(|i| self.specs[i])
    }

    /// The value of a declared parameter; NaN for an identifier that is not declared.
    pub fn get(&self, id: &str) -> f64 {
        self.place(id).map_or(f64::NAN, |i| self.numbers[i])
    }

    /// The index of a choice or a count.
    pub fn index(&self, id: &str) -> usize {
        self.get(id) as usize
    }

    /// Sets a value, or says why not and keeps the old one.
    pub fn set(&mut self, id: &str, value: f64) -> Result<(), ParamError> {
        let i = self.place(id)?;
        self.numbers[i] = self.specs[i].check(value)?;
        Ok(())
    }

    /// All parameters as (identifier, text) pairs that read back to the same values.
    pub fn texts(&self) -> Vec<(String, String)> {
        self.specs.iter().zip(&self.numbers).map(|(s, v)| (s.id.to_owned(), s.text(*v))).collect()
    }

    fn place(&self, id: &str) -> Result<usize, ParamError> {
        self.specs.iter().position(|s| s.id == id).ok_or_else(|| ParamError::Unknown {
            given: super::clip(id),
            valid: self.specs.iter().map(|s| s.id).collect::<Vec<_>>().join(", "),
        })
    }
}
