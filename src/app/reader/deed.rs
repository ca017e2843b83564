//! What a reader may ask for, and how the app does it.

use egui::Context;

use super::{Guess, Reader, Sketch, order};
use crate::app::panels::chapter::sketch;
use crate::app::{App, Ask, Part};
use crate::figure::Axis;
use crate::files::{Outcome, Progress};
use crate::scenes::{SceneError, find};
use crate::session::{Command, Plan};
use crate::text::chapter as words;

/// What a reader of the chapter may ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Opens this scene as the chapter does: the question first.
    Visit(&'static str),
    /// Begins the chapter at the open scene.
    Begin,
    /// Lays the question over the bench.
    Question,
    /// Forgets the prediction and lays the question over the bench.
    Again,
    /// Shows the bench.
    Bench,
    /// Goes on without a prediction.
    Skip,
    /// Chooses the answer of this index.
    Choose(usize),
    /// Compares a sketch, drawn over these axes, with the run.
    Compare(Sketch, Box<[Axis; 2]>),
    /// Shows the answer.
    Answer,
    /// Forgets all progress.
    Forget,
}

impl From<Deed> for Ask {
    fn from(deed: Deed) -> Self {
        Ask::Read(deed)
    }
}

/// What a prediction amounts to.
pub fn outcome(guess: &Guess) -> Outcome {
    match guess {
        Guess::Chosen { chosen, right } if chosen == right => Outcome::Right,
        Guess::Chosen { .. } => Outcome::Wrong,
        Guess::Drawn { .. } => Outcome::Drawn,
    }
}

impl App {
    /// Takes over how far a reader is with the chapter; what they read is kept in `path` from now on, if
    /// there is one.
    pub fn resume_reading(&mut self, progress: Progress, path: Option<std::path::PathBuf>) {
        self.reader.resume(progress, path);
    }

    /// How far the reader is with the chapter.
    pub fn progress(&self) -> &Progress {
        self.reader.progress()
    }

    /// What was predicted of the run as it is.
    pub fn guess(&self) -> Option<&Guess> {
        self.reader.guess(&self.session)
    }

    /// Does what a reader asks for, and keeps how far they are.
    pub(in crate::app) fn read(&mut self, ctx: &Context, deed: Deed) -> Result<(), SceneError> {
        let before = self.reader.progress.clone();
        let done = self.obey(ctx, deed);
        if let Some(path) = self.reader.path.as_deref().filter(|_| self.reader.progress != before) {
            // Progress that cannot be kept is made again; nothing else is lost.
            let _ = self.reader.progress.store(path);
        }
        done
    }

    fn obey(&mut self, ctx: &Context, deed: Deed) -> Result<(), SceneError> {
        let id = self.session.scene().meta().id;
        match deed {
            Deed::Visit(id) => return self.visit(id),
            Deed::Begin => {
                self.visit(id)?;
                self.stance.set(Part::Chapter, true, ctx.content_rect().size());
                self.ask_anew(ctx, id);
            }
            Deed::Question => self.reader.veil = Some(id),
            Deed::Again => self.ask_anew(ctx, id),
            Deed::Bench => self.reader.veil = None,
            Deed::Skip => {
                self.reader.progress.predicted(id, Outcome::Skipped);
                self.reader.veil = None;
            }
            Deed::Choose(chosen) => self.reader.choose(&self.session, chosen),
            Deed::Compare(sketch, axes) => self.reader.compare(&self.session, sketch, &axes),
            Deed::Answer => {
                self.reader.progress.answered(id);
                self.reader.veil = None;
            }
            Deed::Forget => {
                self.reader.forget();
                self.say(words::FORGOTTEN.get(self.lang).to_owned());
            }
        }
        Ok(())
    }

    /// Lays the question over the bench as if it were asked for the first time.
    fn ask_anew(&mut self, ctx: &Context, id: &'static str) {
        ctx.data_mut(|d| d.remove_temp::<Sketch>(sketch::memory(id)));
        self.reader.guesses.remove(id);
        self.reader.veil = Some(id);
    }

    /// Opens a scene; its question lies over the bench until something was predicted, or nothing on purpose.
    fn visit(&mut self, id: &'static str) -> Result<(), SceneError> {
        let Some(scene) = find(id) else { return Ok(()) };
        self.session.apply(Command::Open(Plan::new(scene)))?;
        self.studio.leave();
        let open = scene.story().is_some() && self.reader.progress.of(id).prediction.is_none();
        self.reader.veil = open.then_some(id);
        Ok(())
    }
}

impl Reader {
    fn forget(&mut self) {
        self.progress = Progress::default();
        self.guesses.clear();
        (self.veil, self.told) = (None, None);
    }

    /// The first scene of the chapter with a story that is not done.
    pub fn unread(&self) -> Option<&'static str> {
        let with_story = order::scenes().into_iter().filter(|scene| scene.story().is_some());
        with_story.map(|scene| scene.meta().id).find(|id| !self.progress.of(id).is_done())
    }
}
