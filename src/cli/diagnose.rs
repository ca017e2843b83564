//! `impetus diagnose`: the log of somebody's run, held to what momentum does.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::{Usage, print};
use crate::data::{What, recognise};
use crate::diagnose::{Diagnosis, Estimate, Kind, Known, Wanted, diagnose, record};
use crate::export::read_file;
use crate::scenes::models::words;
use crate::text::{Lang, fill, t};

/// Arguments of `diagnose`.
#[derive(Debug, clap::Args)]
pub struct DiagnoseArguments {
    /// Log with a row per step: loss, or a weight or gradient
    #[arg(value_name = "LOG.csv")]
    file: PathBuf,
    /// Learning rate of the run, if known
    #[arg(long, value_name = "ETA")]
    lr: Option<f64>,
    /// Momentum of the run, if known
    #[arg(long, value_name = "BETA")]
    momentum: Option<f64>,
    /// Column to read; found by itself if left out
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// Column of step numbers; found by its name if left out
    #[arg(long, value_name = "NAME")]
    step_column: Option<String>,
    /// Training steps from row to row
    #[arg(long, value_name = "K")]
    every: Option<u32>,
    /// What the column holds; told by its name if left out
    #[arg(long, value_enum)]
    kind: Option<Holds>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Holds {
    /// A weight, a gradient, or anything linear in the state of the run
    Weight,
    /// A loss
    Loss,
}

/// Reads a log and prints what it says; that nothing can be told is an answer, too.
pub fn diagnosis(arguments: &DiagnoseArguments, lang: Lang) -> anyhow::Result<()> {
    let known = Known {
        rate: within("--lr", arguments.lr, |x| x > 0.0, lang)?,
        momentum: within("--momentum", arguments.momentum, |x| (0.0..1.0).contains(&x), lang)?,
    };
    let bytes = read_file(&arguments.file).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
    let name = arguments.file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let fault = |said: String| anyhow::anyhow!("{}: {said}", arguments.file.display());
    let read = recognise(&name, &bytes).map_err(|e| fault(e.say(lang)))?;
    let (What::Log(table) | What::Table(table) | What::Airfoil(table)) = &read.what else {
        let no_log = t("{} are no log of a training run", "{}不是训练日志");
        return Err(fault(fill(no_log.get(lang), &[&read.what.say(lang)])));
    };
    let wanted = Wanted {
        column: arguments.column.as_deref(),
        steps: arguments.step_column.as_deref(),
        every: arguments.every,
        kind: arguments.kind.map(|holds| match holds {
            Holds::Weight => Kind::Weight,
            Holds::Loss => Kind::Loss,
        }),
    };
    let log = record(table, &wanted).map_err(|e| fault(e.say(lang)))?;
    let found = diagnose(&log, &known);
    let mut report = found.report(lang, words::regime);
    report.extend(read.notes.iter().map(|note| note.say(lang)));
    print(if arguments.json { as_json(&found, &report) } else { report.join("\n") + "\n" })
}

/// A number of the command line that has to make sense.
fn within(name: &str, value: Option<f64>, makes: fn(f64) -> bool, lang: Lang) -> Result<Option<f64>, Usage> {
    let text = match name {
        "--lr" => t("--lr must be a positive number", "--lr 必须是正数"),
        _ => t("--momentum must lie from 0 to below 1", "--momentum 必须在 0（含）到 1（不含）之间"),
    };
    match value {
        Some(x) if !(x.is_finite() && makes(x)) => Err(Usage(text.get(lang).into())),
        _ => Ok(value),
    }
}

/// All numbers for machines; what is not known is left out.
fn as_json(found: &Diagnosis, report: &[String]) -> String {
    let numbers = |e: Estimate| json!({ "value": e.value, "low": e.low, "high": e.high });
    let mut out = Map::new();
    let mut put = |key: &str, value: Option<Value>| out.extend(value.map(|value| (key.to_owned(), value)));
    put("finding", Some(json!(found.finding.key())));
    put("column", Some(json!(found.record.name)));
    put("rows", Some(json!(found.record.values.len())));
    put("every", Some(json!(found.record.every)));
    put("evidence", Some(json!(found.evidence)));
    put("needed", Some(json!(found.needed)));
    put("residuals_white", Some(json!(found.white)));
    put("pole", found.pole.map(numbers));
    put("beta", found.modes[0].as_ref().map(|mode| numbers(mode.beta)));
    put("beta_is_told", Some(json!(found.tells_momentum())));
    put("q", found.q().map(numbers));
    put("q_second", found.modes[1].as_ref().map(|mode| numbers(mode.q)));
    put("lambda", found.curvature().map(numbers));
    put(
        "regimes",
        found.modes[0]
            .as_ref()
            .map(|mode| mode.regimes.iter().map(|(r, p)| (r.key().to_owned(), json!(p))).collect::<Map<_, _>>().into()),
    );
    put("critical_beta", found.advice.map(|a| numbers(a.beta)));
    put("critical_lr_factor", found.advice.map(|a| numbers(a.factor)));
    put("stable_range_used", found.advice.map(|a| json!(a.margin)));
    put("report", Some(json!(report)));
    format!("{:#}\n", Value::Object(out))
}
