//! `impetus preflight`: saved files held to what publishers ask.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::page::number;
use super::{Failed, Usage, print};
use crate::export::{ExportError, Format, read_file};
use crate::preflight::{Report, Verdict, Wanted, inspect};
use crate::text::{Lang, t};

/// Arguments of `preflight`.
#[derive(Debug, clap::Args)]
pub struct PreflightArguments {
    /// Figures, saved by Impetus or by any other program
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Width they should have in millimetres; any by default
    #[arg(long, value_name = "MM")]
    width: Option<String>,
    /// A fault is an error
    #[arg(long)]
    strict: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Inspects every file and prints what was found.
pub fn preflight(arguments: &PreflightArguments, lang: Lang) -> anyhow::Result<()> {
    let width = arguments.width.as_deref();
    let width_mm = width.map(|text| number("--width", text, [20.0, 2000.0], "mm", lang)).transpose()?;
    let formats = arguments.files.iter().map(|p| Format::from_path(p));
    let formats: Vec<Format> = formats.collect::<Result<_, _>>().map_err(|e: ExportError| Usage(e.say(lang)))?;
    let wanted = Wanted { width_mm, ..Wanted::default() };
    let (mut reports, mut faults) = (Vec::new(), Vec::new());
    for (path, format) in arguments.files.iter().zip(formats) {
        match read_file(path) {
            Ok(bytes) => reports.push((path.as_path(), inspect(&bytes, format, &wanted, lang))),
            Err(e) => faults.push(e.say(lang)),
        }
    }
    print(if arguments.json { as_json(&reports) } else { as_text(&reports, lang) })?;
    if arguments.strict {
        let all = reports.iter().flat_map(|(path, report)| report.faults().map(move |f| (path, f)));
        faults.extend(all.map(|(path, f)| format!("{}: {}", path.display(), f.detail)));
    }
    if faults.is_empty() { Ok(()) } else { Err(Failed(faults).into()) }
}

fn as_text(reports: &[(&Path, Report)], lang: Lang) -> String {
    let mut out = String::new();
    for (path, report) in reports {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", path.display());
        for finding in &report.findings {
            let verdict = match finding.verdict {
                Verdict::Pass => t("pass ", "通过"),
                Verdict::Note => t("note ", "提示"),
                Verdict::Fault => t("FAULT", "问题"),
            };
            let _ = writeln!(out, "  {} {}: {}", verdict.get(lang), finding.check.name(lang), finding.detail);
        }
    }
    out
}

fn as_json(reports: &[(&Path, Report)]) -> String {
    let one = |(path, report): &(&Path, Report)| {
        let mut value = report.to_json();
        if let Value::Object(entries) = &mut value {
            entries.insert("file".into(), json!(path.display().to_string()));
        }
        value
    };
    format!("{:#}\n", Value::Array(reports.iter().map(one).collect()))
}
