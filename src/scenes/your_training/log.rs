//! The log that is diagnosed, and its diagnosis, kept as long as it is looked at.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use crate::core::{Noise, Probe};
use crate::data::{Table, shelf};
use crate::diagnose::{Diagnosis, Kind, Known, Record, Wanted, diagnose, record};
use crate::scenes::Seen;
use crate::text::t;

/// Stream of the errors of recorded values; the run itself draws from others.
const ERRORS: u32 = 7;
/// Diagnoses that are kept.
const KEPT: usize = 12;

/// Diagnoses by what they were made from: every view of a moment asks for the same one.
static MADE: Mutex<Vec<(u64, Arc<Diagnosis>)>> = Mutex::new(Vec::new());

/// The diagnosis of the log, or why there is none.
pub fn diagnosis(seen: &Seen<'_>) -> Result<Arc<Diagnosis>, String> {
    let log = read(seen)?;
    let told = seen.index("known");
    let known = Known {
        rate: (told == 1 || told == 3).then(|| seen.get("eta")),
        momentum: (told >= 2).then(|| seen.get("beta")),
    };
    let key = key(&log, &known);
    let find = |made: &[(u64, Arc<Diagnosis>)]| made.iter().find(|(own, _)| *own == key).map(|(_, d)| d.clone());
    if let Some(found) = find(&MADE.lock().unwrap_or_else(PoisonError::into_inner)) {
        return Ok(found);
    }
    let found = Arc::new(diagnose(&log, &known));
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.push((key, found.clone()));
    let over = made.len().saturating_sub(KEPT);
    made.drain(..over);
    Ok(found)
}

fn key(log: &Record, known: &Known) -> u64 {
    let mut hasher = DefaultHasher::new();
    log.values.iter().for_each(|v| v.to_bits().hash(&mut hasher));
    (log.every, log.kind == Kind::Loss, log.first.to_bits(), &log.name).hash(&mut hasher);
    [known.rate, known.momentum].map(|x| x.map(f64::to_bits)).hash(&mut hasher);
    hasher.finish()
}

fn read(seen: &Seen<'_>) -> Result<Record, String> {
    let every = Some(seen.get("every") as u32).filter(|every| *every > 0);
    let said = |table: &Table, wanted: &Wanted<'_>| record(table, wanted).map_err(|fault| fault.say(seen.lang()));
    if seen.index("log") == 0 {
        return said(&made(seen), &Wanted::default());
    }
    let Some(table) = shelf().log else {
        let text = t(
            "There is no log yet: drop a CSV file with a row per step on the window.",
            "还没有日志：请将每步一行的 CSV 文件拖入窗口。",
        );
        return Err(seen.say(text).to_owned());
    };
    let column = (seen.get("column") as usize).checked_sub(1);
    let name = column.and_then(|i| table.names.get(i)).map(String::as_str);
    if column.is_some() && name.is_none() {
        let text = t("Your log has {} columns only.", "你的日志只有 {} 列。");
        return Err(seen.tell(text, &[table.names.len() as f64]));
    }
    let kind = [None, Some(Kind::Weight), Some(Kind::Loss)].get(seen.index("holds")).copied().flatten();
    said(&table, &Wanted { column: name, steps: None, every, kind })
}

/// The log of the run as far as it is computed, with an error in every row.
fn made(seen: &Seen<'_>) -> Table {
    let loss = seen.index("kind") == 1;
    let (probe, name, size) =
        if loss { (Probe::Potential, "loss", 0.5 * seen.get("lambda")) } else { (Probe::Position(0), "x", 1.0) };
    let mut values = seen.lane(0).map_or_else(Vec::new, |lane| lane.column(probe).to_vec());
    let rows = values.len();
    if rows > 0 {
        Noise::new(seen.run.seed, ERRORS).add(&mut values, rows, seen.get("error") * size, 0, 0);
    }
    Table { name: name.into(), names: vec![name.into()], columns: vec![values] }
}
