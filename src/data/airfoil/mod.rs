//! The airfoil table: its published moments, a stand-in with the same moments, and reading the table itself.
//!
//! 1,503 measurements of the noise of wing sections, five features and a level in decibel (Brooks, Pope and
//! Marcolini 1989; UCI Machine Learning Repository, DOI 10.24432/C5VW2C). The table does not come with the
//! program, its moments do.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `moments` | the moments, and those of any table |
//! | `stand_in` | rows that have them |

mod moments;
mod stand_in;

pub use moments::{Moments, PARAMETERS, published};
pub use stand_in::stand_in;

use super::Table;
use crate::text::{Lang, fill, t};

/// Rows of the published table.
pub const ROWS: usize = 1503;

/// Rows that are trained on: the first ones.
pub const USED: usize = 1500;

/// Features, and the target.
pub(super) const COLUMNS: [&str; 6] = ["frequency", "angle", "chord", "velocity", "thickness", "level"];

/// How far a moment of the published table may be off: rounding only.
const WITHIN: f64 = 1e-9;

/// Who made the table and under which licence it is used.
pub const ATTRIBUTION: &str = "Airfoil Self-Noise, T. Brooks, D. Pope, M. Marcolini (NASA, 1989), UCI Machine Learning Repository, doi.org/10.24432/C5VW2C, CC BY 4.0; columns standardised by the app.";

/// Why a text is not the published table.
#[derive(Clone, Debug, PartialEq)]
pub enum AirfoilFault {
    /// A line does not hold six numbers; lines count from 1.
    Line(usize),
    /// There are so many rows.
    Rows(usize),
    /// Its moments differ by this much from those published.
    Moments(f64),
}

impl AirfoilFault {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            AirfoilFault::Line(line) => {
                let text = t(
                    "This is not the airfoil table: line {} does not hold six numbers separated by tabs.",
                    "这不是翼型数据表：第 {} 行不是以制表符分隔的六个数。",
                );
                fill(text.get(lang), &[&line.to_string()])
            }
            AirfoilFault::Rows(rows) => {
                let text = t(
                    "This is not the airfoil table: it has {} rows, the published one has {}.",
                    "这不是翼型数据表：它有 {} 行，公开发布的表有 {} 行。",
                );
                fill(text.get(lang), &[&rows.to_string(), &ROWS.to_string()])
            }
            AirfoilFault::Moments(off) => {
                let text = t(
                    "This is not the airfoil table as published: one of its moments is off by {}.",
                    "这不是公开发布的翼型数据表：其中一个矩相差 {}。",
                );
                fill(text.get(lang), &[&format!("{off:.2e}")])
            }
        }
    }
}

impl std::fmt::Display for AirfoilFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for AirfoilFault {}

/// Reads the published table: 1,503 lines of six numbers separated by tabs, without a head, as measured.
///
/// # Errors
/// The text is not that table.
pub fn read(text: &str) -> Result<Table, AirfoilFault> {
    let mut columns = vec![Vec::with_capacity(ROWS); COLUMNS.len()];
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = |field: &str| field.trim().parse::<f64>().ok().filter(|x| x.is_finite());
        let row: Option<Vec<f64>> = line.split('\t').map(number).collect();
        let row = row.filter(|row| row.len() == COLUMNS.len()).ok_or(AirfoilFault::Line(i + 1))?;
        columns.iter_mut().zip(row).for_each(|(column, x)| column.push(x));
    }
    let names = COLUMNS.map(str::to_owned).to_vec();
    let table = Table { name: "airfoil_self_noise.dat".into(), names, columns };
    if table.rows() != ROWS {
        return Err(AirfoilFault::Rows(table.rows()));
    }
    let off = Moments::of(&prepared(&table)).distance(published());
    if off <= WITHIN { Ok(table) } else { Err(AirfoilFault::Moments(off)) }
}

/// The rows that are trained on: every column centred and divided by its population standard deviation over
/// all rows, then the first [`USED`] of them.
pub fn prepared(table: &Table) -> Table {
    table.standardised().first(USED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_the_table_is_refused_in_a_sentence() {
        let line = "800\t0\t0.3048\t71.3\t0.00266337\t126.201\n";
        let table = [
            ("", AirfoilFault::Rows(0)),
            (line, AirfoilFault::Rows(1)),
            ("a,b\n1,2\n", AirfoilFault::Line(1)),
            (&format!("{line}1\t2\t3\n"), AirfoilFault::Line(2)),
            (&format!("{line}1\t2\t3\t4\t5\tNaN\n"), AirfoilFault::Line(2)),
            (&line.repeat(1504), AirfoilFault::Rows(1504)),
        ];
        for (text, want) in table {
            assert_eq!(read(text), Err(want.clone()), "{want}");
            assert!(Lang::ALL.iter().all(|lang| want.say(*lang).len() > 20));
        }
        assert!(matches!(read(&line.repeat(1503)), Err(AirfoilFault::Moments(off)) if off > 0.1));
    }
}
