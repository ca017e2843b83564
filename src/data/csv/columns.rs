//! The columns of a table while it is read.

use super::super::fault::{Fault, Place, Problem, clip};
use super::super::note::Note;
use super::MOST_CELLS;
use super::cell::Cell;
use super::dialect::Dialect;
use super::records::line;
use crate::text::data as words;

/// Names, columns of numbers, and what is to be said of them.
type Finished = (Vec<String>, Vec<Vec<f64>>, Vec<Note>);

/// A column and what was met in it.
#[derive(Default)]
struct Column {
    name: Option<String>,
    values: Vec<f64>,
    missing: usize,
    infinite: usize,
    words: usize,
    /// Where the first word begins, and the word.
    word: Option<(usize, String)>,
}

/// All columns.
pub(super) struct Columns(Vec<Column>);

impl Columns {
    /// `width` columns, with names if the text gives some.
    pub fn new(width: usize, names: Option<Vec<&str>>) -> Self {
        let mut columns: Vec<Column> = (0..width).map(|_| Column::default()).collect();
        for (column, name) in columns.iter_mut().zip(names.unwrap_or_default()) {
            column.name = Some(clip(name)).filter(|name| !name.is_empty());
        }
        Columns(columns)
    }

    /// Adds the line at byte `at`, or says what is wrong with it.
    pub fn push(&mut self, fields: &[&str], dialect: Dialect, at: usize) -> Result<(), Problem> {
        let width = self.0.len();
        if fields.len() != width {
            return Err(Problem::new(words::RAGGED, [fields.len().to_string(), width.to_string()]));
        }
        if self.0.first().is_some_and(|first| (first.values.len() + 1) * width > MOST_CELLS) {
            return Err(Problem::new(words::TOO_MANY_CELLS, [MOST_CELLS.to_string()]));
        }
        for (column, field) in self.0.iter_mut().zip(fields) {
            column.push(field, dialect.comma, at);
        }
        Ok(())
    }

    /// The columns that hold numbers.
    pub fn finish(self, text: &str) -> Result<Finished, Fault> {
        let (mut names, mut kept, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        let width = self.0.len();
        if self.0.iter().all(|column| column.values.is_empty()) {
            return Err(Problem::new(words::NO_ROWS, []).at(Place::Whole));
        }
        for (place, column) in self.0.into_iter().enumerate() {
            let numbers = column.values.len() - column.missing - column.infinite - column.words;
            let named = column.name.is_some();
            let name = column.name.unwrap_or_else(|| format!("c{}", place + 1));
            match (numbers, &column.word) {
                (0, None) if named => notes.push(Note::Empty(name)),
                // A mark at the end of every line makes a column that nobody meant.
                (0, None) => {}
                (_, Some(_)) if column.words > numbers => notes.push(Note::Words(name)),
                (_, Some((at, word))) => {
                    let problem = Problem::new(words::NOT_A_NUMBER, [word.clone()]);
                    return Err(problem.at(Place::Cell(line(text, *at), place + 1)));
                }
                _ => {
                    notes.extend((column.missing > 0).then(|| Note::Missing(name.clone(), column.missing)));
                    notes.extend((column.infinite > 0).then(|| Note::Infinite(name.clone(), column.infinite)));
                    names.push(unused(name, &names));
                    kept.push(column.values);
                }
            }
        }
        match kept.is_empty() {
            true => Err(Problem::new(words::NO_NUMBERS, [width.to_string()]).at(Place::Whole)),
            false => Ok((names, kept, notes)),
        }
    }
}

impl Column {
    fn push(&mut self, field: &str, comma: bool, at: usize) {
        let value = match Cell::of(field, comma) {
            Cell::Number(x) => x,
            Cell::Infinite => {
                self.infinite += 1;
                f64::NAN
            }
            Cell::Missing => {
                self.missing += 1;
                f64::NAN
            }
            Cell::Word => {
                self.words += 1;
                self.word.get_or_insert_with(|| (at, clip(field)));
                f64::NAN
            }
        };
        self.values.push(value);
    }
}

/// The name, with a number behind it if another column has it already.
fn unused(name: String, names: &[String]) -> String {
    let taken = |name: &str| names.iter().any(|own| own.eq_ignore_ascii_case(name));
    if !taken(&name) {
        return name;
    }
    (2..).map(|n| format!("{name}_{n}")).find(|new| !taken(new)).unwrap_or(name)
}
