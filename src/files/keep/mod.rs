//! Sessions as text: a file a person can read, and one line to share.
//!
//! [`Kept`] is all that is given back of a session. `write` spells it as TOML and `read` reads that
//! back, with line and column for every fault, through the `sheet` of entries; `share` does the same
//! for the one line. [`Recovery`] keeps the newest state in a file of its own until it is no longer
//! needed, [`RunShelf`] what long runs have made so far, both by a `clerk` on a thread of its own, and
//! `Opened` tells what the bytes of a file are.

mod clerk;
mod fault;
mod folder;
mod look;
mod opened;
mod percent;
mod read;
mod recovery;
mod runs;
mod share;
mod sheet;
mod write;

use std::path::Path;

pub use fault::KeepError;
pub use folder::{Item, listing, save_path};
pub use opened::{OpenError, Opened, is_shared};
pub use recovery::{Leftover, Recovery};
pub use runs::RunShelf;
pub(super) use write::{chosen, differing};

use super::Notice;
use crate::export::{ExportError, atomic_write};
use crate::scenes::{SceneError, SceneRef, find, made};
use crate::session::{Command, Document, Session};
pub(super) use fault::Why;

/// The ending of session files.
pub const ENDING: &str = "impetus";

/// The number of the present form of session files. It grows when an old program could no longer
/// read what a new one writes; a new entry alone is no reason.
const SCHEMA: u64 = 1;

/// The longest session that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// The longest note, in bytes.
const LONGEST_NOTE: usize = 1 << 16;

/// How a session is played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// The iteration that counts as now.
    pub now: u64,
    /// Speed factor.
    pub speed: f64,
    /// Whether it starts over at the end.
    pub looped: bool,
    /// Whether a change applies from now on.
    pub from_now: bool,
}

impl Default for Clock {
    fn default() -> Self {
        Clock { now: 0, speed: 1.0, looped: false, from_now: false }
    }
}

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The experiment, what it is compared with, how it is looked at.
    pub document: Document,
    /// How it is played.
    pub clock: Clock,
    /// Words of its author.
    pub note: String,
    /// Entries of its file that mean nothing here, to be written again as they are.
    pub strange: toml::Table,
}

/// A session that was read, with what a reader should know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The session.
    pub kept: Kept,
    /// The most important first.
    pub notices: Vec<Notice>,
}

impl Kept {
    /// A document at its start.
    pub fn new(document: Document) -> Self {
        Kept { document, clock: Clock::default(), note: String::new(), strange: toml::Table::new() }
    }

    /// All there is to give back of a session.
    pub fn of(session: &Session) -> Self {
        let play = session.playback();
        let clock = Clock { now: play.now, speed: play.speed, looped: play.looped, from_now: session.is_from_now() };
        Kept { clock, ..Kept::new(session.document().clone()) }
    }

    /// Reads [`Kept::to_toml`] back, of this and of every earlier schema.
    ///
    /// # Errors
    /// One sentence with line and column, and with what would be accepted there.
    pub fn from_toml(text: &str) -> Result<Found, KeepError> {
        read::read(text)
    }

    /// The session as TOML a person can read; equal sessions give equal bytes.
    pub fn to_toml(&self) -> String {
        write::write(self)
    }

    /// Reads [`Kept::to_share`] back.
    ///
    /// # Errors
    /// One sentence with the character, and with what would be accepted there.
    pub fn from_share(text: &str) -> Result<Kept, KeepError> {
        share::read(text)
    }

    /// The session as one line that can be pasted anywhere: what differs from the defaults. Note and
    /// strange entries stay behind.
    pub fn to_share(&self) -> String {
        share::write(self)
    }

    /// The session it describes, with nothing to take back.
    ///
    /// # Errors
    /// What the scene refuses.
    pub fn open(&self) -> Result<Session, SceneError> {
        let mut session = Session::load(self.document.clone())?;
        self.set_clock(&mut session)?;
        Ok(session)
    }

    /// Puts it in force in a session as one change that can be taken back.
    ///
    /// # Errors
    /// What the scene refuses; the session is then as it was.
    pub fn enter(&self, session: &mut Session) -> Result<(), SceneError> {
        session.adopt(self.document.clone())?;
        session.apply(Command::Play(false))?;
        self.set_clock(session)
    }

    fn set_clock(&self, session: &mut Session) -> Result<(), SceneError> {
        let Clock { now, speed, looped, from_now } = self.clock;
        [Command::Speed(speed), Command::Loop(looped), Command::FromNow(from_now), Command::Seek(now)]
            .into_iter()
            .try_for_each(|command| session.apply(command))
    }

    /// Writes the session, whole or not at all.
    ///
    /// # Errors
    /// What [`atomic_write`] refuses.
    pub fn store(&self, path: &Path) -> Result<(), ExportError> {
        atomic_write(path, self.to_toml().as_bytes())
    }
}

/// The scene of this name; one that was made from text is made again.
pub(super) fn scene(id: &str, source: Option<&str>) -> Result<SceneRef, Why> {
    match source {
        None => find(id).map(SceneRef::from).ok_or_else(|| Why::no_scene(id)),
        Some(_) => made(id, source).map_err(|e| Why::Plan(e.into())),
    }
}
