//! `impetus run`: one scene, its files or its read-outs.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::json;

use super::{PageArguments, Usage, find, print};
use crate::export::Format;
use crate::files;
use crate::param::show_number;
use crate::scenes::{Lens, SceneError};
use crate::session::{Command, Session};
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
    session.apply(Command::Seek(u64::MAX)).map_err(|e| Usage(e.say(lang)))?;
    let ids = files::figure_ids(&session, lang);
    if !ids.contains(&arguments.view.as_str()) {
        let text = t("there is no view “{}”; there are: {}", "没有视图“{}”；可用的有：{}");
        return Err(Usage(fill(text.get(lang), &[&arguments.view, &ids.join(", ")])).into());
    }
    let page = arguments.page.page()?;
    for path in &arguments.out {
        match Format::from_path(path)? {
            Format::Csv => files::save_run(&session, path, lang)?,
            _ => files::save(&session, &arguments.view, path, &page, arguments.page.dpi, lang)?,
        }
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
    session.apply(Command::Mode(arguments.mode.saturating_sub(1))).map_err(refuse)?;
    for pair in &arguments.set {
        let Some((id, value)) = pair.split_once('=') else {
            let text = t("--set takes ID=VALUE, not “{}”", "--set 的格式是 ID=VALUE，而不是“{}”");
            return Err(Usage(fill(text.get(lang), &[pair])).into());
        };
        session.apply(Command::SetText { id: id.trim().into(), text: value.into() }).map_err(refuse)?;
    }
    if let Some(seed) = arguments.seed {
        session.apply(Command::Seed(seed)).map_err(refuse)?;
    }
    if let Some(steps) = arguments.steps {
        session.apply(Command::Steps(steps)).map_err(refuse)?;
    }
    if let Some(name) = &arguments.lens {
        let lens = Lens::from_id(name).ok_or_else(|| {
            let valid: Vec<&str> = Lens::ALL.iter().map(|l| l.id()).collect();
            Usage(fill(
                t("there is no lens “{}”; there are: {}", "没有视角“{}”；可用的有：{}").get(lang),
                &[name, &valid.join(", ")],
            ))
        })?;
        session.apply(Command::Lens(lens)).map_err(refuse)?;
    }
    session.apply(Command::Mode(arguments.mode.saturating_sub(1))).map_err(refuse)?;
    Ok(session)
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
