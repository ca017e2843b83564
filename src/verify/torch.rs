//! `torch_optimizers.json`: a deep-learning library's optimizers, turned into cases.
//!
//! Kind: the optimizer. Inputs: `hyper`, `function`, `start` and the numbers of the rows. Wanted: `[x, y, f]`
//! after each of these steps, under the file's own tolerance.

use serde::Deserialize;
use serde_json::{Value, json};

use super::book::{Book, Case};
use super::compare::Tolerance;

/// The file, as far as it is used.
#[derive(Deserialize)]
#[serde(expecting = "an object with `made_with`, `rules`, `columns` and `cases`")]
pub struct File {
    #[serde(default)]
    made_with: String,
    cases: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object with `optimizer`, `hyper`, `function`, `start`, `rel_tolerance` and `rows`")]
struct Run {
    optimizer: String,
    hyper: Value,
    function: String,
    start: Value,
    rel_tolerance: f64,
    rows: Vec<Vec<f64>>,
}

/// The key of the row after `step` steps.
pub fn row_key(step: u64) -> String {
    format!("after {step}")
}

/// The cases of the file.
pub fn book(name: &str, file: &File) -> Book {
    Book {
        name: name.into(),
        section: "torch".into(),
        title: "Fifty steps of a deep-learning library's optimizers".into(),
        cases: file.cases.iter().enumerate().map(|(i, run)| case(i, run, &file.made_with)).collect(),
    }
}

fn case(index: usize, run: &Run, source: &str) -> Case {
    let id = format!("torch.{}.{}.{}", run.optimizer, run.function, index + 1);
    let mut case = Case::new(id, &run.optimizer, source);
    let steps: Vec<f64> = run.rows.iter().filter_map(|row| row.first().copied()).collect();
    case.inputs = json!({ "hyper": run.hyper, "function": run.function, "start": run.start, "rows": steps });
    case.tolerance = Tolerance::Row { rel: run.rel_tolerance };
    for row in &run.rows {
        if let Some((step, state)) = row.split_first() {
            case.expected.insert(row_key(*step as u64), json!(state));
        }
    }
    if case.expected.is_empty() {
        case.fault = Some("it has no rows".into());
    }
    case
}
