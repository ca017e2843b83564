//! Tables of numbers from text, however their author wrote them.
//!
//! Comma, semicolon, tab, bar or blanks between columns; with a line of names or without; values in quotes;
//! a decimal comma where the columns are not parted by commas; lines of comment that begin with `#`; blank
//! lines; any line ends; a byte-order mark. A value that is missing (nothing, `NA`, `NaN`, `null`, `none`,
//! `?`, `-`) becomes NaN and is counted. A column in which words outnumber numbers is left out and named; a
//! word in any other column is a fault.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `decode` | bytes as text, or why they are none |
//! | `dialect` | what parts columns, and the decimal mark |
//! | `records` | the lines of a table as fields |
//! | `cell` | one field as a number |
//! | `columns` | the columns while they are read |

mod cell;
mod columns;
mod decode;
mod dialect;
mod records;

use super::fault::{Fault, Place, Problem};
use super::{Note, Reading, Table};
use crate::text::data as words;
use cell::Cell;
use columns::Columns;
use dialect::Dialect;

/// The most values that are read.
pub const MOST_CELLS: usize = 10_000_000;

/// The most columns that are read.
pub const MOST_COLUMNS: usize = 10_000;

/// Reads a table from the bytes of a text; `name` is what it is called from now on.
///
/// # Errors
/// One sentence with line and column.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading, Fault> {
    let text = decode::text(bytes)?;
    let dialect = Dialect::of(text);
    let mut columns = None;
    records::each(text, dialect.split, |at, fields| {
        let taken = match &mut columns {
            None => begin(text, at, fields, dialect).map(|fresh| columns = Some(fresh)),
            Some(columns) => Columns::push(columns, fields, dialect, at),
        };
        taken.map_err(|problem| problem.at(Place::Line(records::line(text, at))))
    })?;
    let nothing = || Problem::new(words::NO_ROWS, []).at(Place::Whole);
    let (names, columns, mut notes) = columns.ok_or_else(nothing)?.finish(text)?;
    notes.extend(dialect.comma.then_some(Note::DecimalComma));
    Ok(Reading { table: Table { name: name.to_owned(), names, columns }, notes })
}

/// The columns as the first line, at byte `at`, says them.
fn begin(text: &str, at: usize, fields: &[&str], dialect: Dialect) -> Result<Columns, Problem> {
    if fields.len() > MOST_COLUMNS {
        return Err(Problem::new(words::TOO_WIDE, [fields.len().to_string(), MOST_COLUMNS.to_string()]));
    }
    if is_header(fields, dialect) {
        return Ok(Columns::new(fields.len(), Some(fields.to_vec())));
    }
    let names = records::commented_names(text, at, dialect.split, fields.len());
    let mut columns = Columns::new(fields.len(), names);
    columns.push(fields, dialect, at)?;
    Ok(columns)
}

/// Whether a first line names the columns: it has a word and no number.
fn is_header(fields: &[&str], dialect: Dialect) -> bool {
    let mut cells = fields.iter().map(|field| Cell::of(field, dialect.comma));
    let word = cells.clone().any(|cell| cell == Cell::Word);
    word && cells.all(|cell| matches!(cell, Cell::Word | Cell::Missing))
}
