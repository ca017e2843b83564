//! `impetus run`: one scene, or one per value of a parameter; its files or its read-outs.

use std::path::{Path, PathBuf};

use super::data::{DataArguments, scene_of};
use super::page::PageArguments;
use super::world::WorldArguments;
use super::{Failed, Usage, print, readouts};
use crate::export::{ExportError, Format, atomic_write};
use crate::files::keep::{Clock, Kept, Opened, is_shared};
use crate::files::{self, Artwork, Batch, Composition, OVERVIEW, PlanError};
use crate::param::Values;
use crate::scenes::{Lens, Scene, SceneError};
use crate::session::{Command, Document, Plan, Session};
use crate::text::{Lang, fill, t};

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
pub struct RunArguments {
    /// Scene identifier (`impetus list` names them), session file, share text, or a file with data
    scene: String,
    #[command(flatten)]
    world: WorldArguments,
    #[command(flatten)]
    data: DataArguments,
    /// Sets a parameter, derived ones included; repeatable
    #[arg(long = "set", value_name = "ID=VALUE")]
    set: Vec<String>,
    /// Iterations
    #[arg(long)]
    steps: Option<u64>,
    /// Changes a parameter in mid-run, after iteration N; repeatable
    #[arg(long = "event", value_name = "N:ID=VALUE")]
    event: Vec<String>,
    /// The iteration figures and read-outs show as now; that of the session, else the last
    #[arg(long)]
    at: Option<u64>,
    /// Seed of all noise
    #[arg(long)]
    seed: Option<u64>,
    /// Lens: optimizer, spring, controller or sampler
    #[arg(long)]
    lens: Option<String>,
    /// Eigenmode looked at, from 1
    #[arg(long)]
    mode: Option<usize>,
    /// View to save, all by default; `impetus show SCENE` lists them; repeatable
    #[arg(long)]
    view: Vec<String>,
    /// Columns of the grid when several views are saved; 2 by default
    #[arg(long)]
    columns: Option<String>,
    /// A run per value, V1,V2,… or FIRST:LAST:COUNT; file names get the value
    #[arg(long, value_name = "ID=VALUES")]
    each: Option<String>,
    /// File to save, its ending says how; .csv without --view holds the whole run; repeatable
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// Read-outs as JSON
    #[arg(long)]
    json: bool,
    /// A fault that preflight finds in a saved file is an error
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    page: PageArguments,
}

/// Runs a scene and saves or prints what was asked for.
pub fn run(arguments: &RunArguments, lang: Lang) -> anyhow::Result<()> {
    let base = open(arguments, lang)?;
    let order = Order::read(arguments, lang)?;
    let mut faults = Vec::new();
    if let Some(each) = &arguments.each {
        let batch = Batch::parse(&base, each).map_err(|e| Usage(e.say(lang)))?;
        let mut all = Vec::new();
        for item in batch.sessions() {
            let (label, session) = item.map_err(|e| Usage(e.say(lang)))?;
            all.push((label, one(session, &order, Some(label), &mut faults)?));
        }
        report(arguments, &all)?;
    } else {
        report(arguments, &[("", one(base, &order, None, &mut faults)?)])?;
    }
    if faults.is_empty() { Ok(()) } else { Err(Failed(faults).into()) }
}

/// What is wanted of every run.
struct Order<'a> {
    outs: Vec<(&'a Path, Format)>,
    composition: Composition,
    /// Whether a table holds the numbers of the figure instead of the whole run.
    of_figure: bool,
    readouts: Option<Readouts>,
    strict: bool,
}

#[derive(Clone, Copy)]
enum Readouts {
    Text,
    Json,
}

/// What one run has to say, if anything.
enum Said {
    Nothing,
    Text(String),
    Json(serde_json::Value),
}

impl<'a> Order<'a> {
    /// Reads every name before the first file is written.
    fn read(arguments: &'a RunArguments, lang: Lang) -> anyhow::Result<Self> {
        let usage = |e: ExportError| Usage(e.say(lang));
        let format = |p: &'a PathBuf| Ok((p.as_path(), Format::from_path(p).map_err(usage)?));
        let range = [1.0, Composition::MOST_VIEWS as f64];
        let columns = match &arguments.columns {
            Some(text) => super::page::number("--columns", text, range, "", lang)? as usize,
            None => Composition::COLUMNS,
        };
        if arguments.view.len() > Composition::MOST_VIEWS {
            let text = t("a figure has at most {} views", "一幅图最多 {} 个视图");
            return Err(Usage(fill(text.get(lang), &[&Composition::MOST_VIEWS.to_string()])).into());
        }
        let views = if arguments.view.is_empty() { vec![OVERVIEW.to_owned()] } else { arguments.view.clone() };
        Ok(Order {
            outs: arguments.out.iter().map(format).collect::<Result<_, Usage>>()?,
            composition: Composition {
                views,
                columns,
                page: arguments.page.page(lang)?,
                dpi: arguments.page.dpi(lang)?,
                ..Composition::of(OVERVIEW, lang)
            },
            of_figure: !arguments.view.is_empty(),
            readouts: match (arguments.json, arguments.out.is_empty()) {
                (true, _) => Some(Readouts::Json),
                (false, true) => Some(Readouts::Text),
                (false, false) => None,
            },
            strict: arguments.strict,
        })
    }
}

/// Computes a run and saves its files; what preflight finds goes into `faults`.
fn one(mut session: Session, order: &Order<'_>, label: Option<&str>, faults: &mut Vec<String>) -> anyhow::Result<Said> {
    session.advance(session.plan().steps);
    let lang = order.composition.lang;
    let fail = |e: ExportError| anyhow::anyhow!(e.say(lang));
    has_views(&session, &order.composition)?;
    let wants_figure = |format: &Format| *format != Format::Csv || order.of_figure;
    let artwork = match order.outs.iter().any(|(_, f)| wants_figure(f)) {
        true => Some(Artwork::new(&session, &order.composition).map_err(fail)?),
        false => None,
    };
    for (path, format) in &order.outs {
        let path = named(path, label);
        let Some(artwork) = artwork.as_ref().filter(|_| wants_figure(format)) else {
            files::save_run(&session, &path, lang).map_err(fail)?;
            continue;
        };
        let bytes = artwork.bytes(*format).map_err(fail)?;
        atomic_write(&path, &bytes).map_err(fail)?;
        if order.strict {
            let report = artwork.inspect(&bytes, *format);
            faults.extend(report.faults().map(|f| format!("{}: {}", path.display(), f.detail)));
        }
    }
    Ok(match order.readouts {
        Some(Readouts::Text) => Said::Text(readouts::text(&session, lang)),
        Some(Readouts::Json) => Said::Json(readouts::json(&session, lang)),
        None => Said::Nothing,
    })
}

/// `figure.svg` as `figure-eta=0.1.svg`.
fn named(path: &Path, label: Option<&str>) -> PathBuf {
    let Some(label) = label else { return path.to_owned() };
    let part = |p: Option<&std::ffi::OsStr>| p.map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!("{}-{label}.{}", part(path.file_stem()), part(path.extension())))
}

fn report(arguments: &RunArguments, all: &[(&str, Said)]) -> anyhow::Result<()> {
    let mut values = Vec::new();
    let mut out = String::new();
    for (label, said) in all {
        match said {
            Said::Nothing => {}
            Said::Text(text) if label.is_empty() => out.push_str(text),
            Said::Text(text) => out.push_str(&format!("== {label}\n{text}\n")),
            Said::Json(value) => values.push(value),
        }
    }
    if arguments.json {
        out = match (values.as_slice(), &arguments.each) {
            ([one], None) => format!("{one:#}\n"),
            (many, _) => format!("{:#}\n", serde_json::json!(many)),
        };
    }
    print(out)
}

fn has_views(session: &Session, composition: &Composition) -> Result<(), Usage> {
    let (ids, lang) = (files::figure_ids(session, composition.lang), composition.lang);
    match composition.views.iter().find(|v| !ids.contains(&v.as_str())) {
        None => Ok(()),
        Some(strange) => {
            let text = t("there is no view “{}”; there are: {}", "没有视图“{}”；可用的有：{}");
            Err(Usage(fill(text.get(lang), &[strange, &ids.join(", ")])))
        }
    }
}

/// The session the arguments describe, not yet computed.
fn open(arguments: &RunArguments, lang: Lang) -> anyhow::Result<Session> {
    let refuse = |e: SceneError| Usage(e.say(lang));
    let wrong = |e: PlanError| Usage(e.say(lang));
    let mut kept = start(&arguments.scene, &arguments.world, lang)?;
    arguments.data.lend(&mut kept.document.plan, lang)?;
    let Kept { document: Document { plan, look, .. }, clock, .. } = &mut kept;
    let pairs = arguments.set.iter().map(|p| split(p, lang)).collect::<Result<Vec<_>, _>>()?;
    let mode = arguments.mode.unwrap_or(look.mode + 1);
    files::amend(plan, pairs, mode.saturating_sub(1)).map_err(wrong)?;
    plan.seed = arguments.seed.unwrap_or(plan.seed);
    plan.steps = arguments.steps.unwrap_or(plan.steps);
    Plan::allows(plan.steps).map_err(refuse)?;
    for text in &arguments.event {
        let (at, id, value) = split_event(text, lang)?;
        files::event(plan, at, id, value).map_err(wrong)?;
    }
    if let Some(name) = &arguments.lens {
        look.lens = lens(name, plan.scene.lenses(), lang)?;
    }
    let end = plan.steps;
    if let Some(late) = arguments.at.filter(|at| *at > end).or(plan.events.iter().map(|e| e.at).find(|at| *at > end)) {
        let text = t("iteration {} is after the end of the run at {}", "第 {} 步在运行结束（第 {} 步）之后");
        return Err(Usage(fill(text.get(lang), &[&late.to_string(), &end.to_string()])).into());
    }
    clock.now = arguments.at.unwrap_or(clock.now);
    let mut session = kept.open().map_err(refuse)?;
    has_mode(session.scene(), &session.run().values, mode, lang)?;
    session.apply(Command::Mode(mode - 1)).map_err(refuse)?;
    Ok(session)
}

/// Refuses an eigenmode, counted from 1, that there is not.
pub(super) fn has_mode(scene: &dyn Scene, values: &Values, mode: usize, lang: Lang) -> Result<(), Usage> {
    let modes = scene.modes(values).len();
    if (1..=modes).contains(&mode) {
        return Ok(());
    }
    let text = t("there is no mode {}; this problem has 1 to {}", "没有模态 {}；此问题有 1 至 {}");
    Err(Usage(fill(text.get(lang), &[&mode.to_string(), &modes.to_string()])))
}

/// What the arguments start from: a scene shown at its end, or a session that is kept.
pub(super) fn start(name: &str, world: &WorldArguments, lang: Lang) -> anyhow::Result<Kept> {
    let listed = crate::scenes::find(name).is_some() || !(is_shared(name) || Path::new(name).is_file());
    let at_its_end =
        |plan: Plan| Kept { clock: Clock { now: u64::MAX, ..Clock::default() }, ..Kept::new(Document::new(plan)) };
    if listed || world.is_given() {
        return Ok(at_its_end(Plan::new(world.scene(name, lang)?)));
    }
    let opened = if is_shared(name) { Opened::shared(name) } else { Opened::read(Path::new(name)) };
    match opened.map_err(|e| Usage(e.say(lang)))? {
        Opened::Session(found) => {
            found.notices.iter().for_each(|notice| eprintln!("impetus: {}", notice.say(lang)));
            Ok(found.kept)
        }
        Opened::Figure(saved) => Ok(Kept::of(&files::restore(&saved).map_err(|e| Usage(e.say(lang)))?.session)),
        Opened::Data(data) => Ok(at_its_end(scene_of(*data, Path::new(name), lang)?)),
    }
}

pub(super) fn split(pair: &str, lang: Lang) -> Result<(&str, &str), Usage> {
    let text = t("--set takes ID=VALUE, not “{}”", "--set 的格式是 ID=VALUE，而不是“{}”");
    pair.split_once('=').map(|(id, value)| (id.trim(), value)).ok_or_else(|| Usage(fill(text.get(lang), &[pair])))
}

fn split_event(event: &str, lang: Lang) -> Result<(u64, &str, &str), Usage> {
    let parts = event.split_once(':').and_then(|(at, pair)| Some((at.trim().parse().ok()?, pair.split_once('=')?)));
    let text = t("--event takes N:ID=VALUE, not “{}”", "--event 的格式是 N:ID=VALUE，而不是“{}”");
    let (at, (id, value)) = parts.ok_or_else(|| Usage(fill(text.get(lang), &[event])))?;
    Ok((at, id.trim(), value))
}

pub(super) fn lens(name: &str, lenses: &[Lens], lang: Lang) -> Result<Lens, Usage> {
    let valid: Vec<&str> = lenses.iter().map(|l| l.id()).collect();
    let text = t("there is no lens “{}”; there are: {}", "没有视角“{}”；可用的有：{}");
    Lens::from_id(name)
        .filter(|l| lenses.contains(l))
        .ok_or_else(|| Usage(fill(text.get(lang), &[name, &valid.join(", ")])))
}
