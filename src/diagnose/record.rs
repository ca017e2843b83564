//! The column of a log that is read, evenly spaced in steps.

use crate::data::Table;
use crate::text::{Lang, Text, fill, t};

/// A sentence with its numbers, to be said in either language.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    text: Text,
    parts: Vec<String>,
}

impl Sentence {
    /// A wording with what fills its places; long parts are cut.
    pub fn new<const N: usize>(text: Text, parts: [String; N]) -> Sentence {
        let cut = |part: String| part.chars().filter(|c| !c.is_control()).take(120).collect();
        Sentence { text, parts: parts.map(cut).to_vec() }
    }

    /// In words.
    pub fn say(&self, lang: Lang) -> String {
        fill(self.text.get(lang), &self.parts.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A weight, a gradient, or anything else that is linear in the state of the run.
    Weight,
    /// A loss: quadratic in that state.
    Loss,
}

/// What is asked of a table; what is left out is found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The column, by name.
    pub column: Option<&'a str>,
    /// The column of step numbers, by name.
    pub steps: Option<&'a str>,
    /// Training steps from row to row.
    pub every: Option<u32>,
    /// What the column holds.
    pub kind: Option<Kind>,
}

/// One column of a log, evenly spaced.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Step number of the first row.
    pub first: f64,
    /// Training steps from row to row.
    pub every: u32,
    /// The values; NaN where one is missing.
    pub values: Vec<f64>,
    /// What a reader should know of how it was read.
    pub notes: Vec<Sentence>,
}

impl Record {
    /// The step number of every row.
    pub fn steps(&self) -> Vec<f64> {
        (0..self.values.len()).map(|i| self.first + f64::from(self.every) * i as f64).collect()
    }
}

/// Names of columns that count steps, and of losses, in lower case.
const STEPS: [&str; 9] = ["step", "steps", "iter", "iters", "iteration", "iterations", "global_step", "n", "index"];
const LOSSES: [&str; 5] = ["loss", "cost", "objective", "nll", "error"];
/// Values beyond this count as divergence.
const DIVERGED: f64 = 1e100;
/// The fewest values a mode can be told from.
pub const FEWEST: usize = 12;

/// Reads a column of a table.
///
/// # Errors
/// One sentence: there is no such column, or it is too short.
pub fn record(table: &Table, wanted: &Wanted<'_>) -> Result<Record, Sentence> {
    let steps = step_column(table, wanted)?;
    let place = value_column(table, wanted, steps)?;
    let name = table.names.get(place).cloned().unwrap_or_default();
    let column = table.columns.get(place).map_or(&[][..], Vec::as_slice);
    let mut notes = Vec::new();
    let (first, every, mut values) = match steps.and_then(|i| table.columns.get(i)) {
        Some(steps) => spaced(steps, column, &mut notes),
        None => (0.0, 1, column.to_vec()),
    };
    let every = wanted.every.unwrap_or(every).max(1);
    let lead = clean(&mut values, &mut notes);
    let kind = wanted.kind.unwrap_or_else(|| kind_of(&name));
    let there = values.iter().filter(|v| !v.is_nan()).count();
    if there < FEWEST {
        let text = t(
            "column “{}” holds {} values that can be used; a diagnosis needs {} at least",
            "列“{}”只有 {} 个可用的值；诊断至少需要 {} 个",
        );
        return Err(Sentence::new(text, [name, there.to_string(), FEWEST.to_string()]));
    }
    if there < values.len() {
        let text = t("{} of {} rows are missing and are left out of the fit.", "{} 行缺失（共 {} 行），不参与拟合。");
        notes.push(Sentence::new(text, [(values.len() - there).to_string(), values.len().to_string()]));
    }
    Ok(Record { name, kind, first: first + f64::from(every) * lead as f64, every, values, notes })
}

fn kind_of(name: &str) -> Kind {
    let name = name.to_lowercase();
    if LOSSES.iter().any(|word| name.contains(word)) { Kind::Loss } else { Kind::Weight }
}

/// The column called so.
fn named(table: &Table, name: &str) -> Result<usize, Sentence> {
    table.names.iter().position(|own| own.eq_ignore_ascii_case(name)).ok_or_else(|| {
        let text = t("there is no column “{}”; there are: {}", "没有列“{}”；可用的有：{}");
        Sentence::new(text, [name.chars().take(40).collect(), table.names.join(", ")])
    })
}

fn step_column(table: &Table, wanted: &Wanted<'_>) -> Result<Option<usize>, Sentence> {
    match wanted.steps {
        Some(name) => named(table, name).map(Some),
        None => Ok(table.names.iter().position(|own| STEPS.contains(&own.to_lowercase().as_str()))),
    }
}

/// The column asked for; else the first that is not a loss and changes, else the first that changes.
fn value_column(table: &Table, wanted: &Wanted<'_>, steps: Option<usize>) -> Result<usize, Sentence> {
    if let Some(name) = wanted.column {
        return named(table, name);
    }
    let others = || (0..table.columns.len()).filter(|i| Some(*i) != steps);
    let changes = |i: &usize| {
        let finite: Vec<f64> = table.columns[*i].iter().copied().filter(|v| v.is_finite()).collect();
        finite.windows(2).any(|w| w[0] != w[1])
    };
    let is = |kind: Kind| move |i: &usize| table.names.get(*i).is_some_and(|name| kind_of(name) == kind);
    let wishes = wanted.kind.map_or([Kind::Loss, Kind::Weight], |kind| [kind, kind]);
    let found = wishes.iter().find_map(|kind| others().filter(changes).find(is(*kind)));
    found.or_else(|| others().find(changes)).or_else(|| others().next()).ok_or_else(|| {
        Sentence::new(t("the log has no column of numbers beside its steps", "日志中除步数外没有数值列"), [])
    })
}

/// Values by their step numbers: sorted, without repetitions, with gaps where a row is missing.
fn spaced(steps: &[f64], column: &[f64], notes: &mut Vec<Sentence>) -> (f64, u32, Vec<f64>) {
    let mut rows: Vec<(f64, f64)> =
        steps.iter().copied().zip(column.iter().copied()).filter(|(s, _)| s.is_finite()).collect();
    if !rows.is_sorted_by(|a, b| a.0 <= b.0) {
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        notes.push(Sentence::new(
            t("The rows were not in the order of their steps and have been sorted.", "各行未按步数排列，已重新排序。"),
            [],
        ));
    }
    let before = rows.len();
    // Of equal steps the last row counts.
    rows.reverse();
    rows.dedup_by(|a, b| a.0 == b.0);
    rows.reverse();
    if rows.len() < before {
        let text = t("{} rows repeat a step; the last of each counts.", "{} 行步数重复；各取最后一行。");
        notes.push(Sentence::new(text, [(before - rows.len()).to_string()]));
    }
    let gaps: Vec<f64> = rows.windows(2).map(|w| w[1].0 - w[0].0).collect();
    let least = gaps.iter().copied().fold(f64::INFINITY, f64::min);
    let Some((first, _)) = rows.first().copied().filter(|_| least.is_finite() && least > 0.0) else {
        return (0.0, 1, rows.iter().map(|r| r.1).collect());
    };
    let (least, rows, first) = even(least, &gaps, rows, first, notes);
    let mut values = Vec::with_capacity(rows.len());
    for (step, value) in rows {
        let place = ((step - first) / least).round() as usize;
        values.resize(place.max(values.len()), f64::NAN);
        values.push(value);
    }
    (first, (least.round().clamp(1.0, 1e6)) as u32, values)
}

/// How many times as many places as rows are filled with gaps before the log counts as uneven.
const SPARSE: f64 = 3.0;

/// Rows on one spacing: all of them if every gap is a multiple of the least, else the longest even stretch.
fn even(
    least: f64,
    gaps: &[f64],
    rows: Vec<(f64, f64)>,
    first: f64,
    notes: &mut Vec<Sentence>,
) -> (f64, Vec<(f64, f64)>, f64) {
    let whole = |gap: &f64| ((gap / least) - (gap / least).round()).abs() < 1e-3;
    if gaps.iter().all(whole) && gaps.iter().sum::<f64>() / least <= SPARSE * rows.len() as f64 + 10.0 {
        return (least, rows, first);
    }
    let (mut best, mut begin) = ((0, 0), 0);
    for i in 1..=gaps.len() {
        let goes_on = i < gaps.len() && (gaps[i] - gaps[begin]).abs() <= 1e-3 * gaps[begin];
        if !goes_on {
            best = if i - begin > best.1 - best.0 { (begin, i) } else { best };
            begin = i;
        }
    }
    let stretch = rows[best.0..=best.1].to_vec();
    let text = t(
        "The steps are unevenly spaced; the longest even stretch, {} of {} rows, is used.",
        "步数间隔不均匀；采用最长的等间隔段，{} 行（共 {} 行）。",
    );
    notes.push(Sentence::new(text, [stretch.len().to_string(), rows.len().to_string()]));
    let from = stretch.first().map_or(first, |r| r.0);
    (gaps.get(best.0).copied().unwrap_or(least), stretch, from)
}

/// Cuts what is not finite off both ends and what diverges off the end; how many rows the front has lost.
fn clean(values: &mut Vec<f64>, notes: &mut Vec<Sentence>) -> usize {
    if let Some(at) = values.iter().position(|v| v.abs() > DIVERGED) {
        values.truncate(at);
        let text = t(
            "From row {} on the values are infinite or beyond 10¹⁰⁰; the log is read up to there.",
            "自第 {} 行起数值为无穷或超过 10¹⁰⁰；日志读到此处为止。",
        );
        notes.push(Sentence::new(text, [(at + 1).to_string()]));
    }
    let last = values.iter().rposition(|v| !v.is_nan()).map_or(0, |i| i + 1);
    values.truncate(last);
    let lead = values.iter().position(|v| !v.is_nan()).unwrap_or(0);
    values.drain(..lead);
    lead
}
