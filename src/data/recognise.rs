//! What some bytes are.

use super::fault::Fault;
use super::gzip::unpacked;
use super::idx::{self, Idx, Pixels};
use super::{Note, Reading, Table, airfoil, csv};
use crate::text::{Lang, Text, data as words, fill};

/// Data that was read, and what is to be said of it.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// The name of the file.
    pub name: String,
    /// What it holds.
    pub what: What,
    /// What a reader should know of it.
    pub notes: Vec<Note>,
}

/// What data is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The published airfoil table (`data::Brought::Airfoil`), its columns by their usual names.
    Airfoil(Table),
    /// A table for regression, the last column its target.
    Table(Table),
    /// The log of a training run.
    Log(Table),
    /// Images without labels.
    Pixels(Pixels),
    /// Labels without images.
    Labels(Vec<u8>),
}

impl What {
    /// What it is, as the beginning of a sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let of =
            |text: Text, parts: &[String]| fill(text.get(lang), &parts.iter().map(String::as_str).collect::<Vec<_>>());
        let counted = |n: usize, one: Text, many: Text| of(if n == 1 { one } else { many }, &[n.to_string()]);
        let sized = |text: Text, table: &Table| {
            let columns = counted(table.columns.len(), words::COLUMN, words::COLUMNS);
            of(text, &[counted(table.rows(), words::ROW, words::ROWS), columns])
        };
        match self {
            What::Airfoil(table) => sized(words::AIRFOIL, table),
            What::Table(table) => sized(words::TABLE, table),
            What::Log(table) => sized(words::LOG, table),
            What::Pixels(pixels) => {
                of(words::PIXELS, &[pixels.count, pixels.height, pixels.width].map(|n| n.to_string()))
            }
            What::Labels(labels) => of(words::LABELS, &[labels.len().to_string()]),
        }
    }
}

/// Reads what the bytes of a file of this name hold, packed by gzip or not: IDX, or else a table.
///
/// # Errors
/// One sentence with its place.
pub fn recognise(name: &str, bytes: &[u8]) -> Result<Recognised, Fault> {
    let bytes = unpacked(bytes)?;
    let called = name.to_ascii_lowercase();
    if idx::is_idx(&bytes) || called.contains("ubyte") || called.contains(".idx") {
        let what = match idx::read(&bytes)? {
            Idx::Pixels(pixels) => What::Pixels(pixels),
            Idx::Labels(labels) => What::Labels(labels),
        };
        return Ok(Recognised { name: name.to_owned(), what, notes: Vec::new() });
    }
    let Reading { table, notes } = csv::read(name, &bytes)?;
    let what = if is_airfoil(&table) {
        What::Airfoil(Table { names: airfoil::COLUMNS.map(str::to_owned).to_vec(), ..table })
    } else if is_log(&table) {
        What::Log(table)
    } else {
        What::Table(table)
    };
    Ok(Recognised { name: name.to_owned(), what, notes })
}

/// Whether it has the size of the published airfoil table and the sums of its first and its last column.
fn is_airfoil(table: &Table) -> bool {
    let sum = |column: &Vec<f64>| column.iter().sum::<f64>();
    match table.columns.as_slice() {
        [first, _, _, _, _, last] => {
            table.rows() == airfoil::ROWS && sum(first) == 4_338_230.0 && (sum(last) - 187_628.422).abs() <= 1e-6
        }
        _ => false,
    }
}

/// Names of the clocks of training.
const CLOCKS: [&str; 11] =
    ["step", "steps", "global_step", "epoch", "epochs", "iter", "iteration", "iterations", "batch", "update", "time"];

/// Parts of the names of what is logged.
const LOGGED: [&str; 11] =
    ["loss", "acc", "err", "grad", "norm", "lr", "perplexity", "score", "rate", "weight", "param"];

/// Whether it is the log of a training run: something that falls (`loss`), or a clock with what is usually
/// logged, or a single column.
fn is_log(table: &Table) -> bool {
    let names: Vec<String> = table.names.iter().map(|name| name.to_lowercase()).collect();
    let has_clock = names.iter().any(|name| CLOCKS.contains(&name.as_str()));
    let is_logged = |name: &String| LOGGED.iter().any(|part| name.contains(part));
    let has_loss = names.iter().any(|name| name.contains("loss"));
    names.len() == 1 || has_loss || (has_clock && (names.len() == 2 || names.iter().any(is_logged)))
}
