//! Every figure of every scene: files, captions, an index page and a manifest.
//!
//! A *job* is one figure in one language at one width. `job` makes its files, or leaves them if they
//! are as the manifest says; `queue` does so on all processors; `captions` and `index` put what was
//! made into words. The order of everything is that of the scenes, whoever finishes first.

mod captions;
mod index;
mod job;
mod manifest;
mod queue;

use std::path::PathBuf;
use std::sync::OnceLock;

use super::figure_ids;
use crate::export::{ExportError, Format, Page, atomic_write, make_folder, read_file};
use crate::scenes::{SCENES, Scene, SceneError};
use crate::session::{Command, Session};
use crate::text::{Lang, fill, t};
use job::Job;
use manifest::Manifest;

/// The file that says what was made.
const MANIFEST: &str = "manifest.json";

/// What is to be made.
#[derive(Clone, Debug)]
pub struct Order {
    /// Folder to fill; it is made if it does not exist.
    pub folder: PathBuf,
    /// Scenes, or figures as scene-view; all if empty.
    pub only: Vec<String>,
    /// Languages of the figures; file names carry theirs when there are several.
    pub langs: Vec<Lang>,
    /// Formats of every figure.
    pub formats: Vec<Format>,
    /// Pages; file names carry the width when there are several.
    pub pages: Vec<Page>,
    /// Resolution of PNG in dots per inch.
    pub dpi: f64,
    /// Makes files again that are as they should be.
    pub force: bool,
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Files of figures written.
    pub written: usize,
    /// Files of figures that were as they should be.
    pub unchanged: usize,
    /// What preflight holds against them: file and sentence.
    pub faults: Vec<(String, String)>,
}

/// Why not all figures could be made.
#[derive(Debug)]
pub enum FactoryError {
    /// Nothing has this name.
    NoFigure(String),
    /// A scene cannot be run.
    Scene(SceneError),
    /// A figure cannot be printed or saved.
    Export(ExportError),
}

impl From<SceneError> for FactoryError {
    fn from(e: SceneError) -> Self {
        FactoryError::Scene(e)
    }
}

impl From<ExportError> for FactoryError {
    fn from(e: ExportError) -> Self {
        FactoryError::Export(e)
    }
}

impl FactoryError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let text = t(
            "there is no scene or figure “{}”; figures are named SCENE-VIEW, and `impetus list` names the scenes",
            "没有场景或图形“{}”；图形名为 场景-视图，`impetus list` 列出全部场景",
        );
        match self {
            FactoryError::NoFigure(name) => fill(text.get(lang), &[name]),
            FactoryError::Scene(e) => e.say(lang),
            FactoryError::Export(e) => e.say(lang),
        }
    }
}

/// Makes the figures. `progress` is told how many are done, of how many, and which one was last.
///
/// # Errors
/// The first thing that goes wrong; files made before stay.
pub fn make(order: &Order, progress: impl FnMut(usize, usize, &str)) -> Result<Made, FactoryError> {
    let stages = SCENES.iter().map(|s| Stage::new(*s)).collect::<Result<Vec<_>, _>>()?;
    let jobs = jobs(order, &stages)?;
    make_folder(&order.folder)?;
    let before = read_file(&order.folder.join(MANIFEST)).map(|b| Manifest::read(&b)).unwrap_or_default();
    let done = queue::in_parallel(&jobs, |job| job.run(order, &before), |job| job.name.as_str(), progress)?;
    let mut made = Made::default();
    for one in &done {
        made.written += one.written;
        made.unchanged += one.record.files.len() - one.written;
        made.faults.extend(one.record.faults());
    }
    let save = |name: &str, text: String| save(order, name, text.as_bytes());
    for lang in Lang::ALL {
        save(&format!("captions.{}.md", lang.tag()), captions::markdown(&done, lang, order))?;
        save(&format!("captions.{}.tex", lang.tag()), captions::latex(&done, lang, order))?;
    }
    save("index.html", index::html(&done, order))?;
    save(MANIFEST, Manifest::of(&done).to_json())?;
    Ok(made)
}

/// Writes a file unless it holds these bytes already; whether it was written.
fn save(order: &Order, name: &str, bytes: &[u8]) -> Result<bool, ExportError> {
    let path = order.folder.join(name);
    if !order.force && read_file(&path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    atomic_write(&path, bytes).map(|()| true)
}

/// A scene with the run its figures show, computed when the first of them is made.
struct Stage {
    scene: &'static dyn Scene,
    /// Its figures, by language.
    ids: [Vec<&'static str>; 2],
    run: OnceLock<Result<Session, SceneError>>,
}

impl Stage {
    fn new(scene: &'static dyn Scene) -> Result<Self, SceneError> {
        let session = Session::open(scene)?;
        Ok(Stage { scene, ids: Lang::ALL.map(|lang| figure_ids(&session, lang)), run: OnceLock::new() })
    }

    /// The whole run, shown at its end.
    fn session(&self) -> Result<&Session, SceneError> {
        let compute = || {
            let mut session = Session::open(self.scene)?;
            session.advance(session.plan().steps);
            session.apply(Command::Seek(u64::MAX))?;
            Ok(session)
        };
        self.run.get_or_init(compute).as_ref().map_err(Clone::clone)
    }
}

/// The jobs of an order; every name in it must be that of something.
fn jobs<'a>(order: &Order, stages: &'a [Stage]) -> Result<Vec<Job<'a>>, FactoryError> {
    let (mut jobs, mut met) = (Vec::new(), vec![false; order.only.len()]);
    for stage in stages {
        let scene = stage.scene.meta().id;
        for id in stage.ids.iter().flatten() {
            let known = jobs.iter().any(|j: &Job<'_>| j.stage.scene.meta().id == scene && j.view == *id);
            let full = format!("{scene}-{id}");
            let mut wanted = order.only.is_empty();
            for (name, met) in order.only.iter().zip(&mut met) {
                let hit = *name == full || name == scene;
                *met |= hit;
                wanted |= hit;
            }
            if wanted && !known {
                jobs.extend(variants(order, stage, id, &full));
            }
        }
    }
    match order.only.iter().zip(&met).find(|(_, met)| !**met) {
        Some((name, _)) => Err(FactoryError::NoFigure(name.clone())),
        None => Ok(jobs),
    }
}

/// One figure in every language it exists in, at every width.
fn variants<'a>(order: &Order, stage: &'a Stage, view: &'static str, full: &str) -> Vec<Job<'a>> {
    let mut out = Vec::new();
    for (lang, ids) in Lang::ALL.into_iter().zip(&stage.ids) {
        if !order.langs.contains(&lang) || !ids.contains(&view) {
            continue;
        }
        for page in &order.pages {
            let mut name = full.to_owned();
            if order.pages.len() > 1 {
                name.push_str(&format!("-{}mm", page.width_mm));
            }
            if order.langs.len() > 1 {
                name.push_str(&format!("-{}", lang.tag()));
            }
            out.push(Job { stage, view, lang, page: page.clone(), name });
        }
    }
    out
}
