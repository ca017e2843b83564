//! Why data cannot be read, and where.

use crate::text::{Lang, Text, data as words, fill};

/// Why data cannot be read: one sentence that says where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    place: Place,
    problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    why: Text,
    parts: Vec<String>,
}

/// Where a fault is, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The data as a whole.
    Whole,
    /// A line of text.
    Line(usize),
    /// A line and a column of a table.
    Cell(usize, usize),
    /// A byte.
    Byte(usize),
}

impl Problem {
    /// The sentence `why`, its gaps filled with `parts`.
    pub fn new<const N: usize>(why: Text, parts: [String; N]) -> Self {
        Problem { why, parts: parts.iter().map(|part| clip(part)).collect() }
    }

    /// The fault at a place.
    pub fn at(self, place: Place) -> Fault {
        Fault { place, problem: self }
    }
}

impl Fault {
    /// Where it is.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let parts: Vec<&str> = self.problem.parts.iter().map(String::as_str).collect();
        let why = fill(self.problem.why.get(lang), &parts);
        let at = |text: Text, numbers: &[usize]| {
            let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
            let parts: Vec<&str> = numbers.iter().map(String::as_str).chain([why.as_str()]).collect();
            fill(text.get(lang), &parts)
        };
        match self.place {
            Place::Whole => why,
            Place::Line(line) => at(words::AT_LINE, &[line]),
            Place::Cell(line, column) => at(words::AT_CELL, &[line, column]),
            Place::Byte(byte) => at(words::AT_BYTE, &[byte]),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for Fault {}

/// Enough of a foreign text to recognise it in a sentence.
pub(super) fn clip(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
