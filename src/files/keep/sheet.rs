//! The entries of a TOML text, each with its place, taken one by one; what nobody takes is left over.

use toml::de::{DeTable, DeValue};

use super::fault::{KeepError, Place, Why, clip};
use crate::text::{Text, keep as words};

/// A table whose entries are taken by name.
pub(super) struct Sheet<'t> {
    text: &'t str,
    start: usize,
    entries: Vec<Entry<'t>>,
}

/// One entry: its name, its value and where that begins.
pub(super) struct Entry<'t> {
    text: &'t str,
    start: usize,
    name: String,
    value: DeValue<'t>,
}

impl<'t> Sheet<'t> {
    /// The entries of a whole text.
    pub(super) fn parse(text: &'t str) -> Result<Self, KeepError> {
        let found = DeTable::parse(text).map_err(|e| {
            let start = e.span().map_or(0, |s| s.start);
            Why::NotToml.at(place(text, start))
        })?;
        Ok(Sheet::new(text, 0, found.into_inner()))
    }

    fn new(text: &'t str, start: usize, table: DeTable<'t>) -> Self {
        let entries = table.into_iter().map(|(key, value)| Entry {
            text,
            start: value.span().start,
            name: key.into_inner().into_owned(),
            value: value.into_inner(),
        });
        Sheet { text, start, entries: entries.collect() }
    }

    /// Takes an entry.
    pub(super) fn take(&mut self, name: &str) -> Option<Entry<'t>> {
        let i = self.entries.iter().position(|e| e.name == name)?;
        Some(self.entries.remove(i))
    }

    /// Takes an entry that must be there.
    pub(super) fn must(&mut self, name: &str, wanted: Text) -> Result<Entry<'t>, KeepError> {
        let start = place(self.text, self.start);
        self.take(name).ok_or_else(|| Why::Missing(name.to_owned(), wanted).at(start))
    }

    /// Takes a table; an empty one if it is not there.
    pub(super) fn table(&mut self, name: &str) -> Result<Sheet<'t>, KeepError> {
        match self.take(name) {
            Some(entry) => entry.table(),
            None => Ok(Sheet { text: self.text, start: self.start, entries: Vec::new() }),
        }
    }

    /// Takes a list of at most so many entries; an empty one if it is not there.
    pub(super) fn list(&mut self, name: &str, most: usize) -> Result<Vec<Entry<'t>>, KeepError> {
        self.take(name).map_or(Ok(Vec::new()), |entry| entry.list(most))
    }

    /// Takes all that is left.
    pub(super) fn take_all(&mut self) -> Vec<Entry<'t>> {
        std::mem::take(&mut self.entries)
    }

    /// What nobody took.
    pub(super) fn rest(self) -> toml::Table {
        self.entries.into_iter().map(|e| (e.name, plain(e.value))).collect()
    }
}

impl<'t> Entry<'t> {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// A fault at its value.
    pub(super) fn fault(&self, why: impl Into<Why>) -> KeepError {
        why.into().at(place(self.text, self.start))
    }

    fn wants(&self, wanted: Text) -> KeepError {
        self.fault(Why::Kind(clip(&self.name), wanted))
    }

    /// Its text.
    pub(super) fn text(&self) -> Result<&str, KeepError> {
        self.value.as_str().ok_or_else(|| self.wants(words::A_TEXT))
    }

    /// Its text or number as it is spelled.
    pub(super) fn spelled(&self) -> Result<&str, KeepError> {
        match &self.value {
            DeValue::String(text) => Ok(text),
            DeValue::Integer(n) if n.radix() == 10 => Ok(n.as_str()),
            DeValue::Float(x) => Ok(x.as_str()),
            _ => Err(self.wants(words::A_VALUE)),
        }
    }

    /// A whole number, also one in quotes: TOML has none above 2⁶³ − 1.
    pub(super) fn whole(&self, [low, high]: [u64; 2]) -> Result<u64, KeepError> {
        let text = self.spelled().map_err(|_| self.wants(words::A_COUNT))?;
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = if digits { text.parse().ok() } else { None };
        match number {
            Some(n) if (low..=high).contains(&n) => Ok(n),
            _ => Err(self.fault(Why::Range(clip(&self.name), [low, high]))),
        }
    }

    /// A finite number.
    pub(super) fn number(&self) -> Result<f64, KeepError> {
        let number = match &self.value {
            DeValue::Integer(_) | DeValue::Float(_) => self.spelled()?.parse().ok(),
            _ => None,
        };
        number.filter(|x: &f64| x.is_finite()).ok_or_else(|| self.wants(words::A_NUMBER))
    }

    /// True or false.
    pub(super) fn flag(&self) -> Result<bool, KeepError> {
        self.value.as_bool().ok_or_else(|| self.wants(words::A_FLAG))
    }

    /// Its entries, named as it is.
    pub(super) fn list(self, most: usize) -> Result<Vec<Entry<'t>>, KeepError> {
        let (text, name) = (self.text, self.name.clone());
        if let DeValue::Array(list) = &self.value
            && list.len() > most
        {
            return Err(self.fault(Why::TooMany(clip(&name), most)));
        }
        let DeValue::Array(list) = self.value else { return Err(self.wants(words::A_LIST)) };
        let entry = |v: toml::Spanned<DeValue<'t>>| Entry {
            text,
            start: v.span().start,
            name: name.clone(),
            value: v.into_inner(),
        };
        Ok(list.into_iter().map(entry).collect())
    }

    /// Its table.
    pub(super) fn table(self) -> Result<Sheet<'t>, KeepError> {
        match self.value {
            DeValue::Table(table) => Ok(Sheet::new(self.text, self.start, table)),
            _ => Err(self.wants(words::A_TABLE)),
        }
    }
}

/// Line and column of a byte.
fn place(text: &str, byte: usize) -> Place {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place::Line(line, column)
}

/// A value without its place.
fn plain(value: DeValue<'_>) -> toml::Value {
    use toml::Value;
    match value {
        DeValue::String(text) => Value::String(text.into_owned()),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
            .map_or_else(|_| Value::String(n.as_str().to_owned()), Value::Integer),
        DeValue::Float(x) => x.as_str().parse().map_or_else(|_| Value::String(x.as_str().to_owned()), Value::Float),
        DeValue::Boolean(on) => Value::Boolean(on),
        DeValue::Datetime(time) => Value::Datetime(time),
        DeValue::Array(list) => Value::Array(list.into_iter().map(|v| plain(v.into_inner())).collect()),
        DeValue::Table(table) => {
            let entry = |(key, value): (toml::Spanned<std::borrow::Cow<'_, str>>, toml::Spanned<DeValue<'_>>)| {
                (key.into_inner().into_owned(), plain(value.into_inner()))
            };
            Value::Table(table.into_iter().map(entry).collect())
        }
    }
}
