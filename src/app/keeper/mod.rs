//! Work without fear: which file a session belongs to, whether it is saved, and what is kept of it
//! when the window dies.
//!
//! `panel` is the small window that opens and saves, `offer` the bar that gives recovered work back,
//! `asks` what the app does when either is asked for, `training` keeps what long runs have made. Files are
//! written on other threads.

mod asks;
mod offer;
mod panel;
mod training;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, Ui, ViewportCommand};

use super::open::short;
use super::{Ask, Desk};
use crate::export::ExportError;
use crate::files::keep::{Found, Kept, Leftover, Recovery, RunShelf, is_shared};
use crate::scenes::Run;
use crate::session::{Document, Plan, Session};
use crate::text::{Lang, fill, keep as words};
use panel::Panel;
use training::Training;

/// Most openings that undo finds the way back from.
const MOST_STEPS_BACK: usize = 50;

/// Where a session lives.
#[derive(Clone, Default)]
struct Home {
    file: Option<PathBuf>,
    /// What its file holds, or what it began with; nothing when it was recovered.
    saved: Option<Document>,
    note: String,
    strange: toml::Table,
}

/// Two documents and their homes, before and after something was opened.
struct Move {
    before: (Document, Home),
    after: (Document, Home),
}

/// A save under way.
struct Saving {
    home: Home,
    done: Receiver<Result<(), ExportError>>,
}

/// Keeps the session of a window.
#[derive(Default)]
pub struct Keeper {
    home: Home,
    /// Whether the session the window began with is known.
    begun: bool,
    moves: Vec<Move>,
    saving: Option<Saving>,
    recovery: Option<Recovery>,
    /// The revision and the moment that were looked at last, and whether anything was unsaved then.
    seen: Option<(u64, u64)>,
    unsaved: bool,
    /// What was handed to the recovery writer last.
    handed: Option<Kept>,
    leftovers: Vec<Leftover>,
    /// Recovered work, until it is safe in another file.
    restored: Vec<Leftover>,
    panel: Option<Panel>,
    titled: Option<String>,
    training: Option<Training>,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        // A save that was asked for is waited for; the recovery writer then finishes its own.
        if let Some(Ok(())) = self.saving.take().and_then(|s| s.done.recv().ok())
            && let Some(recovery) = &self.recovery
        {
            recovery.clear();
        }
        self.recovery = None;
        self.restored.drain(..).for_each(Leftover::discard);
    }
}

impl Keeper {
    /// Keeps the session safe in files of `folder` from now on, and offers what is left over there.
    fn keep_in(&mut self, folder: &Path) -> Result<(), ExportError> {
        self.leftovers = Leftover::all(folder);
        self.recovery = Some(Recovery::start(folder)?);
        self.training = Some(Training::new(RunShelf::start(folder)?));
        Ok(())
    }

    /// Looks after long runs once a frame; gives those that were made before, as far as they were.
    pub(in crate::app) fn trained(&mut self, ctx: &Context, session: &Session) -> Vec<(Plan, Run)> {
        self.training.as_mut().map_or_else(Vec::new, |training| training.watch(ctx, session))
    }

    /// The name of the file, with a dot if something is not saved in it; empty for a session that was
    /// never saved and not changed.
    pub fn title(&self, lang: Lang) -> String {
        let name = match &self.home.file {
            Some(file) => short(file),
            None if self.unsaved => words::UNTITLED.get(lang).to_owned(),
            None => return String::new(),
        };
        if self.unsaved { format!("{name} •") } else { name }
    }

    /// The session as it would be saved.
    fn kept(&self, session: &Session) -> Kept {
        Kept { note: self.home.note.clone(), strange: self.home.strange.clone(), ..Kept::of(session) }
    }

    /// Looks at the session once a frame; gives what went wrong with keeping it.
    pub(in crate::app) fn watch(&mut self, ctx: &Context, session: &Session, lang: Lang) -> Vec<String> {
        if !std::mem::replace(&mut self.begun, true) && self.moves.is_empty() {
            self.home.saved = Some(session.document().clone());
        }
        let now = (session.revision(), session.playback().now);
        if self.seen != Some(now) {
            self.seen = Some(now);
            self.look(session);
        }
        self.name_window(ctx, lang);
        let fault = self.recovery.as_ref().and_then(Recovery::fault);
        let fault = fault.or_else(|| self.training.as_ref().and_then(Training::fault));
        fault.map(|e| fill(words::NO_RECOVERY.get(lang), &[&e.say(lang)])).into_iter().collect()
    }

    /// Hands changes to the recovery writer; a clock that runs is no change.
    fn look(&mut self, session: &Session) {
        self.unsaved = self.home.saved.as_ref() != Some(session.document());
        let Some(recovery) = &self.recovery else { return };
        if !self.unsaved {
            if self.handed.take().is_some() {
                recovery.clear();
            }
            return;
        }
        let play = session.playback();
        let known = self
            .handed
            .as_ref()
            .is_some_and(|kept| kept.document == *session.document() && (play.playing || kept.clock.now == play.now));
        if !known {
            let kept = self.kept(session);
            recovery.keep(kept.clone(), self.home.file.clone());
            self.handed = Some(kept);
        }
    }

    fn name_window(&mut self, ctx: &Context, lang: Lang) {
        let title = match &self.home.file {
            Some(_) => format!("{} – Impetus", self.title(lang)),
            None => "Impetus".to_owned(),
        };
        if self.titled.as_ref() != Some(&title) {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.titled = Some(title);
        }
    }

    /// Remembers that another session was opened, so that undo leads back to the file as well.
    fn moved(&mut self, before: Document, after: &Session, home: Home) {
        let old = std::mem::replace(&mut self.home, home.clone());
        self.moves.push(Move { before: (before, old), after: (after.document().clone(), home) });
        let excess = self.moves.len().saturating_sub(MOST_STEPS_BACK);
        self.moves.drain(..excess);
        self.seen = None;
    }

    /// After undo or redo: goes home with the document.
    fn travelled(&mut self, back: bool, session: &Session) {
        let [from, to] = if back { [1, 0] } else { [0, 1] };
        let found = self.moves.iter_mut().rev().find_map(|step| {
            let mut sides = [&mut step.before, &mut step.after];
            let here = sides[from].1.file == self.home.file && sides[to].0 == *session.document();
            here.then(|| {
                // What was saved since then is saved still.
                sides[from].1 = self.home.clone();
                sides[to].1.clone()
            })
        });
        if let Some(home) = found {
            self.home = home;
        }
        self.seen = None;
    }

    /// Starts to write the session to a file.
    fn save(&mut self, ctx: &Context, session: &Session, file: PathBuf) {
        let kept = self.kept(session);
        let home = Home { file: Some(file.clone()), saved: Some(kept.document.clone()), ..self.home.clone() };
        let (tell, done) = channel();
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            // Nobody waits when the window is gone.
            let _ = tell.send(kept.store(&file));
            ctx.request_repaint();
        });
        self.saving = Some(Saving { home, done });
    }

    /// The file that was saved since the last call, or why it was not.
    fn saved(&mut self) -> Option<Result<PathBuf, ExportError>> {
        let result = self.saving.as_ref()?.done.try_recv().ok()?;
        let Saving { home, .. } = self.saving.take()?;
        self.seen = None;
        Some(result.map(|()| {
            self.restored.drain(..).for_each(Leftover::discard);
            self.home = home;
            self.home.file.clone().unwrap_or_default()
        }))
    }

    /// Reads a share text that is pasted beside any field; whatever is pasted if somebody asked for it.
    pub fn pasted(ctx: &Context, desk: &mut Desk<'_>) {
        if ctx.text_edit_focused() {
            return;
        }
        let asked = ctx.data(|d| d.get_temp::<bool>(asked_to_paste())).unwrap_or(false);
        let pasted = ctx.input(|i| {
            i.events.iter().find_map(|e| match e {
                egui::Event::Paste(text) if asked || is_shared(text) => Some(text.clone()),
                _ => None,
            })
        });
        if pasted.is_some() {
            ctx.data_mut(|d| d.remove_temp::<bool>(asked_to_paste()));
        }
        desk.asks.extend(pasted.map(Ask::OpenText));
    }

    /// Shows the offer to restore what a window left behind, if there is one.
    pub fn offer(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        if let Some(leftover) = self.leftovers.first() {
            offer::show(ui, desk, leftover);
        }
    }

    /// Shows the panel that opens and saves, if it is open.
    pub fn show(&mut self, ctx: &Context, desk: &mut Desk<'_>) {
        if let Some(panel) = &mut self.panel
            && !panel.show(ctx, desk)
        {
            self.panel = None;
        }
    }
}

/// Where it is kept that the clipboard was asked for its share text.
fn asked_to_paste() -> egui::Id {
    egui::Id::unique("asked to paste")
}

/// A session that was found, at home in the file it comes from.
fn home(found: &Found, file: Option<PathBuf>) -> Home {
    // From another folder a relative path would lead elsewhere.
    let file = file.map(|path| std::path::absolute(&path).unwrap_or(path));
    Home { file, saved: None, note: found.kept.note.clone(), strange: found.kept.strange.clone() }
}
