//! What the app does when a session is to be kept or given back.

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use super::panel::Panel;
use super::{Home, asked_to_paste, home};
use crate::app::open::short;
use crate::app::panels::toast::Toast;
use crate::app::{App, Ask};
use crate::files::keep::{ENDING, Found, Kept, Opened};
use crate::files::{Restored, restore};
use crate::scenes::SceneError;
use crate::session::{Command, Document, Look, Plan};
use crate::text::{fill, keep as words};

impl App {
    /// Keeps unsaved work in files of this folder, and offers what is left over there; nowhere unless
    /// this is called.
    pub fn keep_in(&mut self, folder: Option<PathBuf>) {
        let fault = folder.and_then(|folder| self.keeper.keep_in(&folder).err());
        if let Some(e) = fault {
            self.toasts.warn(fill(words::NO_RECOVERY.get(self.lang), &[&e.say(self.lang)]));
        }
    }

    /// The name of the session's file, with a dot if something is not saved in it.
    pub fn title(&self) -> String {
        self.keeper.title(self.lang)
    }

    /// Carries out what concerns files and the clipboard; gives back what does not.
    pub(in crate::app) fn keep(&mut self, ctx: &Context, ask: Ask) -> Option<Ask> {
        match ask {
            Ask::New => self.start_anew(),
            Ask::Save => match self.keeper.home.file.clone() {
                Some(file) => self.keeper.save(ctx, &self.session, file),
                None => self.keeper.panel = Some(self.file_panel(true)),
            },
            Ask::SaveAs => self.keeper.panel = Some(self.file_panel(true)),
            Ask::SaveTo(file) => self.keeper.save(ctx, &self.session, file),
            Ask::OpenDialog => self.keeper.panel = Some(self.file_panel(false)),
            Ask::OpenRecent(path) | Ask::Open(path) => self.opener.open(ctx, path, self.lang),
            Ask::OpenText(text) => match Kept::from_share(&text) {
                Ok(kept) => self.enter(&Found { kept, notices: Vec::new() }, None),
                Err(e) => self.toasts.warn(e.say(self.lang)),
            },
            Ask::Copy => {
                let line = self.keeper.kept(&self.session).to_share();
                self.say(fill(words::COPIED.get(self.lang), &[&line.len().to_string()]));
                ctx.copy_text(line);
            }
            Ask::Paste => {
                ctx.data_mut(|d| d.insert_temp(asked_to_paste(), true));
                ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
            }
            Ask::Restore => self.restore_leftover(),
            Ask::Discard => self.keeper.leftovers.drain(..1).for_each(crate::files::keep::Leftover::discard),
            Ask::Later => self.keeper.leftovers.clear(),
            other => return Some(other),
        }
        None
    }

    /// A session from its defaults, on the bench as it is arranged.
    fn start_anew(&mut self) {
        let plan = Plan::new(self.session.plan().scene.clone());
        let layout = self.session.look().layout.clone();
        let look = Look { lens: self.session.lens(), layout, ..Look::default() };
        let kept = Kept::new(Document { look, ..Document::new(plan) });
        if self.put_in_force(&kept, Home::default()) {
            self.keeper.home.saved = Some(self.session.document().clone());
            self.say(words::STARTED.get(self.lang).to_owned());
        }
    }

    fn file_panel(&self, saves: bool) -> Panel {
        let file = self.keeper.home.file.as_deref();
        let folder = file.and_then(Path::parent).map(Path::to_owned).or_else(|| std::env::current_dir().ok());
        let name = match file {
            _ if !saves => String::new(),
            Some(file) => short(file),
            None => format!("{}.{ENDING}", self.session.scene().meta().id),
        };
        Panel::new(saves, folder.unwrap_or_default(), name, &self.prefs.recent)
    }

    /// Puts what was read from a file in force, or says why not.
    pub(in crate::app) fn take_opened(&mut self) {
        if let Some((path, found)) = self.opener.opened() {
            match found {
                Ok(Opened::Session(found)) => self.enter(&found, Some(path)),
                Ok(Opened::Figure(saved)) => match restore(&saved) {
                    Ok(restored) => {
                        self.say(fill(words::OPENED.get(self.lang), &[&short(&path)]));
                        self.take(restored);
                    }
                    Err(e) => self.toasts.warn(e.say(self.lang)),
                },
                Ok(Opened::Data(data)) => self.receive(*data),
                Err(why) => self.toasts.warn(why),
            }
        }
        match self.keeper.saved() {
            None => {}
            Some(Ok(path)) => {
                self.say(fill(words::SAVED.get(self.lang), &[&short(&path)]));
                self.remember_recent(&path);
            }
            Some(Err(e)) => self.toasts.warn(e.say(self.lang)),
        }
    }

    /// Says what a reader should not overlook.
    pub fn warn(&mut self, text: String) {
        self.toasts.warn(text);
    }

    /// Shows a session that was found.
    pub fn take_session(&mut self, found: Found, file: Option<PathBuf>) {
        self.enter(&found, file);
    }

    fn enter(&mut self, found: &Found, file: Option<PathBuf>) {
        let name = file.as_deref().map_or_else(|| words::SHARE_TEXT.get(self.lang).to_owned(), short);
        if !self.put_in_force(&found.kept, home(found, file)) {
            return;
        }
        self.keeper.home.saved = self.keeper.home.file.is_some().then(|| self.session.document().clone());
        self.say(fill(words::OPENED.get(self.lang), &[&name]));
        for notice in &found.notices {
            self.toasts.warn(notice.say(self.lang));
        }
        if let Some(file) = self.keeper.home.file.clone() {
            self.remember_recent(&file);
        }
    }

    fn restore_leftover(&mut self) {
        if self.keeper.leftovers.is_empty() {
            return;
        }
        let left = self.keeper.leftovers.remove(0);
        let found = Found { kept: left.kept.clone(), notices: Vec::new() };
        self.put_in_force(&found.kept, home(&found, left.file.clone()));
        self.keeper.restored.push(left);
    }

    /// Goes on with long runs where they were left, here or in another window.
    pub(in crate::app) fn go_on_training(&mut self, ctx: &Context) {
        for (plan, run) in self.keeper.trained(ctx, &self.session) {
            let done = run.done();
            if self.session.take_over(&plan, run) {
                self.say(fill(words::GONE_ON.get(self.lang), &[&done.to_string()]));
            }
        }
    }

    /// Shows a restored run and its figure, with what a reader should know of them. Once the run is
    /// computed, its numbers are held to those in the file.
    pub fn take(&mut self, restored: Restored) {
        self.heed(&restored);
        if self.put_in_force(&Kept::of(&restored.session), Home::default()) {
            // The figure brings it back at any time.
            self.keeper.home.saved = Some(self.session.document().clone());
        }
    }

    /// Goes over to another session as one change that can be taken back; whether it could.
    fn put_in_force(&mut self, kept: &Kept, home: Home) -> bool {
        let before = self.session.document().clone();
        match kept.enter(&mut self.session) {
            Ok(()) => {
                self.keeper.moved(before, &self.session, home);
                true
            }
            Err(e) => {
                self.toasts.warn(e.say(self.lang));
                false
            }
        }
    }

    /// Applies a command; undo and redo of an opening change the file as well.
    pub(in crate::app) fn command(&mut self, command: Command) -> Result<(), SceneError> {
        let travel = match command {
            Command::Undo => Some(true),
            Command::Redo => Some(false),
            _ => None,
        };
        self.session.apply(command)?;
        if let Some(back) = travel {
            self.keeper.travelled(back, &self.session);
        }
        Ok(())
    }

    fn remember_recent(&mut self, path: &Path) {
        self.prefs.opened(path);
        if let Some(path) = &self.prefs_path {
            // A list that cannot be kept is made anew; nothing else is lost.
            let _ = self.prefs.store(path);
        }
    }

    /// Says something that went well.
    pub(in crate::app) fn say(&mut self, text: String) {
        self.toasts.extend([Toast { text, warning: false }]);
    }
}
