//! `impetus verify`: the program held to golden numbers, bundled or a reader's own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Failed, Usage, print};
use crate::verify::{
    Book, CaseResult, Check, LARGEST, SCENES_SECTION, SceneJob, Summary, Verdict, VerifyError, Way, bundled, run_cases,
    run_scenes, scene_jobs,
};

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArguments {
    /// Files of golden cases; the bundled ones if none is given
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
    /// Only this section: 0 to 13, torch, training or scenes; repeatable
    #[arg(long, value_name = "NN")]
    section: Vec<String>,
    /// Only this kind of case; repeatable
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,
    /// Only cases that do not pass
    #[arg(long)]
    failures: bool,
    /// Every comparison of every case
    #[arg(long, conflicts_with = "failures")]
    all: bool,
}

/// Runs the cases asked for and prints what became of them.
pub fn verify(arguments: &VerifyArguments) -> anyhow::Result<()> {
    let (books, unreadable) = books(&arguments.files);
    let wanted = jobs(&books, arguments);
    let scenes = scenes(arguments);
    if wanted.is_empty() && scenes.is_empty() && unreadable.is_empty() {
        return Err(Usage(nothing(&books)).into());
    }
    let mut results = run_cases(&wanted);
    results.extend(run_scenes(&scenes));
    print(if arguments.json { as_json(&results, &unreadable) } else { as_text(&results, arguments) })?;
    let total = Summary::total(&results);
    if total.failed + total.malformed + unreadable.len() == 0 {
        return Ok(());
    }
    let mut said = unreadable;
    if total.failed + total.malformed > 0 {
        said.push(format!("{} cases failed and {} are malformed", total.failed, total.malformed));
    }
    Err(Failed(said).into())
}

/// The books asked for, and a sentence for every file that is none.
fn books(files: &[PathBuf]) -> (Vec<Book>, Vec<String>) {
    if files.is_empty() {
        return (bundled(), Vec::new());
    }
    let (mut books, mut unreadable) = (Vec::new(), Vec::new());
    for path in files {
        match read(path).and_then(|text| Ok(Book::parse(&path.display().to_string(), &text)?)) {
            Ok(book) => books.push(book),
            Err(fault) => unreadable.push(fault.to_string()),
        }
    }
    (books, unreadable)
}

fn read(path: &Path) -> anyhow::Result<String> {
    use std::io::Read;
    let name = path.display();
    let refuse = |e: std::io::Error| anyhow::anyhow!("cannot read “{name}”: {e}");
    let file = std::fs::File::open(path).map_err(refuse)?;
    let mut bytes = Vec::new();
    // One byte more than is allowed tells a file that is too large, also one without a length.
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(refuse)?;
    if bytes.len() > LARGEST {
        return Err(VerifyError::TooLarge { name: name.to_string(), bytes: bytes.len() }.into());
    }
    String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("“{name}” is no text in UTF-8"))
}

fn jobs<'a>(books: &'a [Book], arguments: &VerifyArguments) -> Vec<(&'a Book, usize)> {
    let same = |wanted: &String, section: &str| wanted == section || format!("{wanted:0>2}") == section;
    let of_section = |book: &&Book| {
        arguments.section.is_empty() || arguments.section.iter().any(|wanted| same(wanted, &book.section))
    };
    let of_kind = |kind: &String| arguments.kind.is_empty() || arguments.kind.contains(kind);
    let cases = |book: &'a Book| (0..book.cases.len()).map(move |i| (book, i));
    books.iter().filter(of_section).flat_map(cases).filter(|(book, i)| of_kind(&book.cases[*i].kind)).collect()
}

/// The runs of scenes asked for; a reader's own files leave them out.
fn scenes(arguments: &VerifyArguments) -> Vec<SceneJob> {
    let asked = arguments.section.is_empty() || arguments.section.iter().any(|s| s == SCENES_SECTION);
    let of_kind = |job: &SceneJob| arguments.kind.is_empty() || arguments.kind.iter().any(|kind| kind == job.scene());
    let all = if asked && arguments.files.is_empty() { scene_jobs() } else { Vec::new() };
    all.into_iter().filter(of_kind).collect()
}

fn nothing(books: &[Book]) -> String {
    let mut sections: Vec<&str> = books.iter().map(|book| book.section.as_str()).collect();
    sections.push(SCENES_SECTION);
    sections.dedup();
    format!("there is no case to verify; there are the sections: {}", sections.join(", "))
}

fn as_text(results: &[CaseResult], arguments: &VerifyArguments) -> String {
    let mut out = String::new();
    for result in results.iter().filter(|r| !arguments.failures || r.verdict != Verdict::Pass) {
        case_lines(&mut out, result, arguments.all);
    }
    let _ = writeln!(
        out,
        "\n{:<9}{:>7}{:>8}{:>8}{:>13}{:>11}{:>13}{:>12}",
        "section", "cases", "passed", "failed", "not covered", "malformed", "closed form", "simulation"
    );
    for s in Summary::per_section(results) {
        let _ = writeln!(
            out,
            "{:<9}{:>7}{:>8}{:>8}{:>13}{:>11}{:>13}{:>12}",
            s.section, s.cases, s.passed, s.failed, s.not_covered, s.malformed, s.closed_form, s.simulated
        );
    }
    let total = Summary::total(results);
    let _ = write!(out, "\n{} of {} cases passed", total.passed, total.cases);
    if total.not_covered > 0 {
        let _ = write!(out, "; {} NOT COVERED", total.not_covered);
    }
    let _ = writeln!(out);
    out
}

/// One line for a case, and a line for every comparison that failed, or for every one.
fn case_lines(out: &mut String, result: &CaseResult, all: bool) {
    let ways: Vec<&str> =
        [Way::ClosedForm, Way::Simulation].into_iter().filter(|w| result.went(*w)).map(Way::key).collect();
    let values: usize = result.checks.iter().map(|check| check.values).sum();
    let worst = result.checks.iter().filter_map(|check| check.difference).fold(0.0, f64::max);
    let _ = write!(out, "{:<12}{:<9}{:<52}", result.verdict.key(), result.section, result.id);
    let _ = match result.verdict.reason() {
        Some(reason) => writeln!(out, " {reason}"),
        None => writeln!(out, " {:<26}{values:>5} values, differences to {worst:.1e}", ways.join(" + ")),
    };
    for check in result.checks.iter().filter(|check| all || !check.pass) {
        let verdict = if check.pass { "pass" } else { "FAIL" };
        let (way, place) = (check.way.key(), format!("{}{}", check.key, check.place));
        let difference = check.difference.map_or_else(String::new, |d| format!(" difference {d:.2e}"));
        let (wanted, got) = (&check.wanted, &check.got);
        let _ = writeln!(out, "    {verdict} {way:<12} {place:<34} wanted {wanted:<24} got {got:<24}{difference}");
    }
}

fn as_json(results: &[CaseResult], unreadable: &[String]) -> String {
    let value = json!({
        "cases": results.iter().map(case_json).collect::<Vec<_>>(),
        "summary": Summary::per_section(results).iter().map(summary_json).collect::<Vec<_>>(),
        "total": summary_json(&Summary::total(results)),
        "unreadable": unreadable,
    });
    format!("{value:#}\n")
}

fn case_json(result: &CaseResult) -> Value {
    json!({
        "section": result.section, "id": result.id, "kind": result.kind, "source": result.source,
        "verdict": result.verdict.key(), "reason": result.verdict.reason(),
        "checks": result.checks.iter().map(check_json).collect::<Vec<_>>(),
    })
}

fn check_json(check: &Check) -> Value {
    json!({
        "way": check.way.key(), "key": check.key, "place": check.place, "values": check.values,
        "wanted": check.wanted, "got": check.got, "difference": check.difference, "pass": check.pass,
    })
}

fn summary_json(s: &Summary) -> Value {
    json!({
        "section": s.section, "cases": s.cases, "passed": s.passed, "failed": s.failed, "not_covered": s.not_covered,
        "malformed": s.malformed, "closed_form": s.closed_form, "simulation": s.simulated,
    })
}
