//! What a reader should know of data that was read.

use crate::text::{Lang, Text, data as words, fill};

use super::Table;

/// A table that was read, and what is to be said of it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The table.
    pub table: Table,
    /// What a reader should know of it.
    pub notes: Vec<Note>,
}

/// One thing a reader should know; columns go by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// So many values of a column are missing.
    Missing(String, usize),
    /// So many values of a column are infinite, and count as missing.
    Infinite(String, usize),
    /// A column holds words and is left out.
    Words(String),
    /// A column holds nothing and is left out.
    Empty(String),
    /// The comma is the decimal mark.
    DecimalComma,
}

impl Note {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let say = |text: Text, parts: &[&str]| fill(text.get(lang), parts);
        match self {
            Note::Missing(column, 1) => say(words::ONE_MISSING, &[column]),
            Note::Missing(column, count) => say(words::MISSING, &[&count.to_string(), column]),
            Note::Infinite(column, count) => say(words::INFINITE, &[column, &count.to_string()]),
            Note::Words(column) => say(words::WORDS, &[column]),
            Note::Empty(column) => say(words::EMPTY, &[column]),
            Note::DecimalComma => say(words::DECIMAL_COMMA, &[]),
        }
    }
}
