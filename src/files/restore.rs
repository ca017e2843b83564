//! From the provenance of a file back to the run and the figure it shows.
//!
//! What defines the run must be right to the last value, or nothing is opened. How it is looked at
//! and printed gives way: what does not exist here is replaced, and a notice says so.

use super::keep::{self, scene};
use super::{Artwork, Composition, OVERVIEW, PlanError, amend, event, plan, run_provenance};
use crate::export::{Pinned, Provenance};
use crate::scenes::{Lens, Opt, SCENES, SceneError};
use crate::session::{Command, Document, Layout, Plan, Session};
use crate::text::{Lang, Text, fill, t};

/// What a file shows, ready to be looked at and printed.
pub struct Restored {
    /// The run with values, events, seed and steps, and lens, mode and now as saved. It is computed
    /// as far as a new session is; [`Restored::compare`] computes the rest.
    pub session: Session,
    /// The figure that was printed.
    pub composition: Composition,
    /// What a reader should know, the most important first.
    pub notices: Vec<Notice>,
    /// Fingerprint of the numbers in the file.
    pub data: String,
}

/// One thing a reader should know about a restored file.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    text: Text,
    parts: Vec<String>,
}

impl Notice {
    pub(super) fn new(text: Text, parts: &[&str]) -> Self {
        Notice { text, parts: parts.iter().map(|p| clip(p)).collect() }
    }

    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let parts: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        fill(self.text.get(lang), &parts)
    }
}

/// Why a file cannot be opened.
#[derive(Clone, Debug, PartialEq)]
pub struct RestoreError {
    why: Box<Why>,
    /// The version that saved the file, if it is newer than this one.
    newer: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Why {
    Scene(String),
    World(keep::Why),
    Plan(PlanError),
}

impl<E: Into<PlanError>> From<E> for Why {
    fn from(e: E) -> Self {
        Why::Plan(e.into())
    }
}

impl RestoreError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        let mut out = match &*self.why {
            Why::Scene(given) => {
                let valid: Vec<&str> = SCENES.iter().map(|s| s.meta().id).collect();
                let text = t(
                    "The file shows the scene “{}”, which does not exist here; there are: {}.",
                    "文件中的场景“{}”在此不存在；可用的有：{}。",
                );
                fill(text.get(lang), &[given, &valid.join(", ")])
            }
            Why::World(e) => e.say(lang),
            Why::Plan(e) => {
                let text = t("The run in this file cannot be made: {}", "无法重做此文件中的运行：{}");
                fill(text.get(lang), &[&e.say(lang)])
            }
        };
        if let Some(version) = &self.newer {
            out.push_str(t(" ", "").get(lang));
            out.push_str(&newer(version).say(lang));
        }
        out
    }
}

impl std::fmt::Display for RestoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for RestoreError {}

/// The run and the figure of a saved file.
///
/// # Errors
/// One sentence when there is no such scene, or it refuses a value or a change in mid-run.
pub fn restore(saved: &Provenance) -> Result<Restored, RestoreError> {
    let mut notices = Vec::new();
    if saved.edited {
        notices.push(Notice::new(
            t(
                "The file was edited after it was saved; what is shown follows the edited values.",
                "此文件保存后被改动过；显示的内容以改动后的值为准。",
            ),
            &[],
        ));
    }
    let version = is_newer(&saved.version).then(|| clip(&saved.version));
    notices.extend(version.as_deref().map(newer));
    let refuse = |why: Why| RestoreError { why: Box::new(why), newer: version.clone() };
    let plan = read_plan(saved, &mut notices).map_err(refuse)?;
    let pins = saved.pins.iter().take(Document::MOST_PINS).map(|pin| pinned(pin, &plan));
    let pins = pins.collect::<Result<Vec<_>, _>>().map_err(|e| refuse(e.into()))?;
    let document = Document { pins, ..Document::new(plan) };
    let mut session = Session::load(document).map_err(|e| refuse(e.into()))?;
    let known = notices.len();
    look(&mut session, saved, &mut notices).map_err(|e| refuse(e.into()))?;
    let composition = composition(&session, saved, &mut notices);
    if let Some(command) = &saved.sweep {
        notices.push(Notice {
            text: t(
                "The map in this file was measured by a command; the window measures its own over the same parameters. The command: {}",
                "此文件中的图由命令测得；窗口将在同样的参数上重新测量。命令：{}",
            ),
            parts: vec![command.chars().filter(|c| !c.is_control()).take(2000).collect()],
        });
    }
    // Where the look had to give way, other numbers are no surprise.
    let data = if notices.len() == known { saved.data.clone() } else { String::new() };
    Ok(Restored { session, composition, notices, data })
}

impl Restored {
    /// What the file says of its numbers, to be checked once the run is computed.
    pub fn claim(&self) -> Claim {
        let session = &self.session;
        let (document, now) = shown(session);
        Claim { composition: self.composition.clone(), document, now, data: self.data.clone() }
    }

    /// Computes what is missing of the run and adds a notice if its numbers are not those in the file.
    pub fn compare(&mut self) {
        self.session.advance(self.session.plan().steps);
        self.notices.extend(self.claim().check(&self.session));
    }
}

/// What a file says its numbers are, of which run and from where.
pub struct Claim {
    composition: Composition,
    document: Document,
    now: u64,
    data: String,
}

/// What figures show of a session: all but how the bench is arranged.
fn shown(session: &Session) -> (Document, u64) {
    let mut document = session.document().clone();
    document.look.layout = Layout::default();
    (document, session.playback().now)
}

impl Claim {
    /// Whether a view is part of the figure.
    pub fn shows(&self, view: &str) -> bool {
        self.composition.views.iter().any(|v| v == view)
    }

    /// A notice if a computed session, still looked at as the file shows it, has other numbers.
    pub fn check(&self, session: &Session) -> Option<Notice> {
        let (document, now) = shown(session);
        if self.data.is_empty() || now != self.now || document != self.document {
            return None;
        }
        let data = if self.composition.is_table() {
            run_provenance(session, self.composition.lang).data
        } else {
            Artwork::new(session, &self.composition).map(|a| a.provenance.data).unwrap_or_default()
        };
        let differ = t("The numbers computed now differ from those in the file.", "现在算出的数值与文件中的不同。");
        (data != self.data).then(|| Notice::new(differ, &[]))
    }
}

pub(super) fn newer(version: &str) -> Notice {
    Notice::new(
        t(
            "The file was saved by Impetus {}, which is newer than this Impetus {}.",
            "此文件由 Impetus {} 保存，比当前的 Impetus {} 新。",
        ),
        &[version, env!("CARGO_PKG_VERSION")],
    )
}

/// Whether a version is later than this one; what is no version is not.
pub(super) fn is_newer(version: &str) -> bool {
    let parts = |v: &str| v.split(['.', '-', '+']).take(3).map_while(|p| p.parse::<u64>().ok()).collect::<Vec<_>>();
    parts(version) > parts(env!("CARGO_PKG_VERSION"))
}

/// What defines the run.
fn read_plan(saved: &Provenance, notices: &mut Vec<Notice>) -> Result<Plan, Why> {
    let scene = scene(&saved.scene, saved.source.as_deref()).map_err(|e| match e {
        keep::Why::NoScene(name) => Why::Scene(name),
        other => Why::World(other),
    })?;
    let mut plan = plan(scene, saved.values.iter().map(|(id, text)| (id.as_str(), text.as_str())), 0)?;
    let missing: Vec<&str> =
        plan.values.specs().iter().map(|s| s.id).filter(|id| saved.values.iter().all(|(v, _)| v != id)).collect();
    if !missing.is_empty() {
        notices.push(Notice::new(
            t("The file does not say the value of {}; the usual one is taken.", "文件中没有 {} 的值，取默认值。"),
            &[&missing.join(", ")],
        ));
    }
    for (at, id, text) in &saved.events {
        event(&mut plan, *at, id, text)?;
    }
    (plan.seed, plan.steps) = (saved.seed, saved.steps);
    Plan::allows(plan.steps)?;
    Ok(plan)
}

/// A run the figure is compared with.
fn pinned(saved: &Pinned, plan: &Plan) -> Result<Plan, PlanError> {
    let mut pin = Plan { events: Vec::new(), ..plan.clone() };
    amend(&mut pin, saved.values.iter().map(|(id, text)| (id.as_str(), text.as_str())), 0)?;
    for (at, id, text) in &saved.events {
        event(&mut pin, *at, id, text)?;
    }
    Ok(pin)
}

/// Lens, mode, options, brush and now.
fn look(session: &mut Session, saved: &Provenance, notices: &mut Vec<Notice>) -> Result<(), SceneError> {
    let lens = Lens::from_id(&saved.lens).unwrap_or_else(|| {
        let lens = Lens::default();
        notices.push(Notice::new(
            t("There is no lens “{}”; {} is shown.", "没有视角“{}”，改为 {}。"),
            &[&saved.lens, lens.id()],
        ));
        lens
    });
    session.apply(Command::Lens(lens))?;
    let modes = session.scene().modes(&session.run().values).len();
    if !(1..=modes).contains(&saved.mode) {
        notices.push(Notice::new(
            t("There is no mode {}; this problem has 1 to {}.", "没有模态 {}；此问题有 1 至 {}。"),
            &[&saved.mode.to_string(), &modes.to_string()],
        ));
    }
    session.apply(Command::Mode(saved.mode.saturating_sub(1)))?;
    if saved.at > saved.steps {
        notices.push(Notice::new(
            t("The moment {} is after the end of the run; {} is shown.", "时刻 {} 在运行结束之后，改为 {}。"),
            &[&saved.at.to_string(), &saved.steps.to_string()],
        ));
    }
    choose(session, saved, notices)?;
    session.apply(Command::Brush(saved.brush))?;
    session.apply(Command::Seek(saved.at))
}

/// What was chosen for views.
fn choose(session: &mut Session, saved: &Provenance, notices: &mut Vec<Notice>) -> Result<(), SceneError> {
    for (name, choice) in &saved.options {
        let opt = Opt::ALL.into_iter().find(|o| o.id() == name);
        let choices = opt.map(|o| session.scene().choices(o, &session.run().values)).unwrap_or_default();
        match (opt, choices.iter().position(|c| c.id == choice)) {
            (Some(opt), Some(place)) => session.apply(Command::Choose(opt, place))?,
            _ => notices.push(Notice::new(
                t("There is no choice “{}” of “{}”; the usual one is shown.", "没有选项“{}”（{}），改为默认选项。"),
                &[choice, name],
            )),
        }
    }
    Ok(())
}

/// Views and page.
fn composition(session: &Session, saved: &Provenance, notices: &mut Vec<Notice>) -> Composition {
    let usual = Composition::of(OVERVIEW, saved.lang);
    if saved.views.is_empty() {
        return Composition { formats: Vec::new(), table: true, ..usual };
    }
    // The values at the end decide, for that is when figures are made.
    let end = session.plan().values_at(session.plan().steps);
    let valid = session.scene().views(&end, session.view(saved.lang));
    let strange = saved.views.iter().find(|v| *v != OVERVIEW && valid.iter().all(|info| info.id != v.as_str()));
    let mut views = saved.views.clone();
    if let Some(strange) = strange {
        notices.push(Notice::new(
            t("There is no view “{}” of this run; all are shown.", "此运行没有视图“{}”，改为显示全部视图。"),
            &[strange],
        ));
        views.clone_from(&usual.views);
    }
    let columns = saved.columns.clamp(1, Composition::MOST_VIEWS);
    let [low, high] = Composition::DPI_RANGE;
    let dpi = if (low..=high).contains(&saved.page.dpi) { saved.page.dpi } else { usual.dpi };
    let page = saved.page.page().unwrap_or_else(|| usual.page.clone());
    let odd = views.len() > Composition::MOST_VIEWS || columns != saved.columns || dpi != saved.page.dpi;
    if odd || saved.page.page().is_none() {
        notices.push(Notice::new(
            t(
                "The sizes in the file are none a page can have; the nearest usual ones are taken.",
                "文件中的版面尺寸不可用，改用相近的常用尺寸。",
            ),
            &[],
        ));
    }
    views.truncate(Composition::MOST_VIEWS);
    Composition { views, columns, dpi, page, ..usual }
}

/// Enough of a foreign text to recognise it in a sentence.
pub(super) fn clip(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
