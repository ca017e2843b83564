//! `impetus run`: one scene, its files or its read-outs.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::json;

use super::{PageArguments, Usage, find, print};
use crate::export::{ExportError, Format};
use crate::files;
use crate::param::show_number;
use crate::scenes::{Lens, SceneError};
use crate::session::{Command, Event, Session};
use crate::text::{Lang, fill, t};

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
pub struct RunArguments {
    /// Scene identifier; `impetus list` names them
    scene: String,
    /// Sets a parameter, derived ones included; repeatable
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,
    /// Iterations
    #[arg(long)]
    steps: Option<u64>,
    /// Changes a parameter in mid-run, after iteration N; repeatable
    #[arg(long = "event", value_name = "N:ID=VALUE")]
    event: Vec<String>,
    /// The iteration figures and read-outs show as now; the last by default
    #[arg(long)]
    at: Option<u64>,
    /// Seed of all noise
    #[arg(long)]
    seed: Option<u64>,
    /// Lens: optimizer, spring, controller or sampler
    #[arg(long)]
    lens: Option<String>,
    /// Eigenmode looked at, from 1
    #[arg(long, default_value_t = 1)]
    mode: usize,
    /// View to save; `impetus show SCENE` lists them
    #[arg(long, default_value = files::OVERVIEW)]
    view: String,
    /// File to save: .svg, .pdf or .png hold the view, .csv the whole run; repeatable
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// Read-outs as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    page: PageArguments,
}

/// Runs a scene and saves or prints what was asked for.
pub fn run(arguments: &RunArguments, lang: Lang) -> anyhow::Result<()> {
    let mut session = open(arguments, lang)?;
    session.advance(session.plan().steps);
    session.apply(Command::Seek(arguments.at.unwrap_or(u64::MAX))).map_err(|e| Usage(e.say(lang)))?;
    let ids = files::figure_ids(&session, lang);
    if !ids.contains(&arguments.view.as_str()) {
        let text = t("there is no view “{}”; there are: {}", "没有视图“{}”；可用的有：{}");
        return Err(Usage(fill(text.get(lang), &[&arguments.view, &ids.join(", ")])).into());
    }
    let page = arguments.page.page()?;
    // All names are read before the first file is written.
    let usage = |e: ExportError| Usage(e.say(lang));
    let formats: Vec<Format> =
        arguments.out.iter().map(|p| Format::from_path(p)).collect::<Result<_, _>>().map_err(usage)?;
    for (path, format) in arguments.out.iter().zip(formats) {
        let saved = match format {
            Format::Csv => files::save_run(&session, path, lang),
            _ => files::save(&session, &arguments.view, path, &page, arguments.page.dpi, lang),
        };
        saved.map_err(|e| anyhow::anyhow!(e.say(lang)))?;
    }
    match (arguments.json, arguments.out.is_empty()) {
        (true, _) => print(as_json(&session, lang)),
        (false, true) => print(as_text(&session, lang)),
        (false, false) => Ok(()),
    }
}

fn open(arguments: &RunArguments, lang: Lang) -> anyhow::Result<Session> {
    let refuse = |e: SceneError| Usage(e.say(lang));
    let mut session = Session::open(find(&arguments.scene, lang)?).map_err(refuse)?;
    let mut pairs = arguments.set.iter().map(|p| split(p, lang)).collect::<Result<Vec<_>, _>>()?;
    // What defines the run first, then what is derived from it, each in the order given.
    pairs.sort_by_key(|(id, _)| !session.scene().params().iter().any(|s| s.id == *id));
    for (id, value) in pairs {
        let modes = session.scene().modes(&session.run().values).len();
        session.apply(Command::Mode(arguments.mode.saturating_sub(1).min(modes - 1))).map_err(refuse)?;
        session.apply(Command::SetText { id: id.into(), text: value.into() }).map_err(refuse)?;
    }
    if let Some(seed) = arguments.seed {
        session.apply(Command::Seed(seed)).map_err(refuse)?;
    }
    if let Some(steps) = arguments.steps {
        session.apply(Command::Steps(steps)).map_err(refuse)?;
    }
    let mut session = with_events(session, &arguments.event, lang)?;
    if let Some(name) = &arguments.lens {
        session.apply(Command::Lens(lens(name, lang)?)).map_err(refuse)?;
    }
    let modes = session.scene().modes(&session.run().values).len();
    if !(1..=modes).contains(&arguments.mode) {
        let text = t("there is no mode {}; this problem has 1 to {}", "没有模态 {}；此问题有 1 至 {}");
        return Err(Usage(fill(text.get(lang), &[&arguments.mode.to_string(), &modes.to_string()])).into());
    }
    session.apply(Command::Mode(arguments.mode - 1)).map_err(refuse)?;
    Ok(session)
}

fn split(pair: &str, lang: Lang) -> Result<(&str, &str), Usage> {
    let text = t("--set takes ID=VALUE, not “{}”", "--set 的格式是 ID=VALUE，而不是“{}”");
    pair.split_once('=').map(|(id, value)| (id.trim(), value)).ok_or_else(|| Usage(fill(text.get(lang), &[pair])))
}

fn lens(name: &str, lang: Lang) -> Result<Lens, Usage> {
    let valid: Vec<&str> = Lens::ALL.iter().map(|l| l.id()).collect();
    let text = t("there is no lens “{}”; there are: {}", "没有视角“{}”；可用的有：{}");
    Lens::from_id(name).ok_or_else(|| Usage(fill(text.get(lang), &[name, &valid.join(", ")])))
}

/// The same session with changes in mid-run.
fn with_events(session: Session, events: &[String], lang: Lang) -> anyhow::Result<Session> {
    if events.is_empty() {
        return Ok(session);
    }
    let mut plan = session.plan().clone();
    for event in events {
        let parts = event.split_once(':').and_then(|(at, pair)| Some((at.trim().parse().ok()?, pair)));
        let Some((at, pair)) = parts else {
            let text = t("--event takes N:ID=VALUE, not “{}”", "--event 的格式是 N:ID=VALUE，而不是“{}”");
            return Err(Usage(fill(text.get(lang), &[event])).into());
        };
        let (id, value) = split(pair, lang)?;
        let spec = plan.values.spec(id).map_err(|e| Usage(e.say(lang)))?;
        let value = spec.read(value).map_err(|e| Usage(e.say(lang)))?;
        plan.events.push(Event { at, id: spec.id, value });
    }
    plan.events.sort_by_key(|e| e.at);
    Session::resume(plan).map_err(|e| Usage(e.say(lang)).into())
}

fn as_text(session: &Session, lang: Lang) -> String {
    let (scene, run, view) = (session.scene(), session.run(), session.view(lang));
    let mut out = format!("{} · n = {} · seed {}\n", scene.meta().title.get(lang), run.done(), run.seed);
    for chip in scene.chips(run, view) {
        let _ = writeln!(out, "  {}\n      {}", chip.text, chip.note);
    }
    let number = |x: Option<f64>| x.map_or_else(|| "–".into(), show_number);
    let _ = writeln!(out);
    for row in scene.readouts(run, view) {
        let _ = writeln!(
            out,
            "  {:<24}{:>12}{:>12}  {}",
            row.label.plain(),
            number(row.predicted),
            number(row.measured),
            row.unit
        );
    }
    for note in scene.notes(run, view) {
        let _ = writeln!(out, "\n  {note}");
    }
    out
}

fn as_json(session: &Session, lang: Lang) -> String {
    let (scene, run, view) = (session.scene(), session.run(), session.view(lang));
    let rows: Vec<_> = scene
        .readouts(run, view)
        .into_iter()
        .map(|r| json!({ "label": r.label.plain(), "unit": r.unit, "predicted": r.predicted, "measured": r.measured }))
        .collect();
    let chips: Vec<_> = scene.chips(run, view).into_iter().map(|c| json!({ "text": c.text, "note": c.note })).collect();
    let value = json!({
        "provenance": files::provenance(session, "run", lang),
        "readouts": rows,
        "regimes": chips,
        "notes": scene.notes(run, view),
    });
    format!("{value:#}\n")
}
