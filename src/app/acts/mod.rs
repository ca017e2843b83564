//! Everything the window can be asked to do, in one list.
//!
//! The command palette searches this list, the menus show parts of it, the keyboard obeys it and the
//! shortcut sheet prints it, so that none of them can disagree with another. `chapter`, `clock`, `run`,
//! `bench` and `window` contribute the acts of their subjects, `chords` reads and spells the keys, `seek`
//! finds an act from what was typed.

mod bench;
mod chapter;
mod chords;
mod clock;
mod run;
mod seek;
mod window;

pub use chapter::{NEXT, PREVIOUS};
pub use chords::{obey, spell};
pub use clock::{SPEEDS, events};
pub use seek::search;
pub use window::other;

use egui::KeyboardShortcut;

use super::{Ask, Desk};
use crate::session::Command;
use crate::text::{Text, shell as words};

/// What an act is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Play, step, jump.
    Clock,
    /// Lenses, modes, reset, undo.
    Run,
    /// Pinned runs.
    Compare,
    /// Tiles and their arrangement.
    Tiles,
    /// What tiles show.
    Views,
    /// Named arrangements.
    Layouts,
    /// Scenes and where they start from.
    Start,
    /// Parameters.
    Parameters,
    /// Theme, language, size, panels.
    Window,
    /// Figures and files.
    Files,
}

impl Group {
    /// All of them, in the order of the shortcut sheet.
    pub const ALL: [Group; 10] = [
        Group::Clock,
        Group::Run,
        Group::Compare,
        Group::Tiles,
        Group::Window,
        Group::Files,
        Group::Views,
        Group::Layouts,
        Group::Start,
        Group::Parameters,
    ];

    /// Its name.
    pub const fn title(self) -> Text {
        match self {
            Group::Clock => words::GROUP_CLOCK,
            Group::Run => words::GROUP_RUN,
            Group::Compare => words::GROUP_COMPARE,
            Group::Tiles => words::GROUP_TILES,
            Group::Views => words::GROUP_VIEWS,
            Group::Layouts => words::GROUP_LAYOUTS,
            Group::Start => words::GROUP_START,
            Group::Parameters => words::GROUP_PARAMETERS,
            Group::Window => words::GROUP_WINDOW,
            Group::Files => words::GROUP_FILES,
        }
    }
}

/// One thing the window can be asked to do.
#[derive(Clone, Debug)]
pub struct Act {
    /// What it is about.
    pub group: Group,
    /// Its name.
    pub name: String,
    /// A word in a quieter tone: a present value, a file.
    pub note: String,
    /// What it is also found by.
    pub alias: &'static str,
    /// Its keys; the first is the one that is shown.
    pub keys: &'static [KeyboardShortcut],
    /// What it asks for.
    pub asks: Vec<Ask>,
    /// Whether it can be done now.
    pub ready: bool,
    /// Whether it is in force now, for acts that choose or switch.
    pub on: bool,
}

impl Act {
    fn new(group: Group, name: impl Into<String>, ask: impl Into<Ask>) -> Self {
        let (name, asks) = (name.into(), vec![ask.into()]);
        Act { group, name, note: String::new(), alias: "", keys: &[], asks, ready: true, on: false }
    }

    fn keys(mut self, keys: &'static [KeyboardShortcut]) -> Self {
        self.keys = keys;
        self
    }

    fn ready(mut self, ready: bool) -> Self {
        self.ready = ready;
        self
    }

    fn on(mut self, on: bool) -> Self {
        self.on = on;
        self
    }

    fn alias(mut self, alias: &'static str) -> Self {
        self.alias = alias;
        self
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    fn then(mut self, ask: impl Into<Ask>) -> Self {
        self.asks.push(ask.into());
        self
    }
}

impl From<Command> for Ask {
    fn from(command: Command) -> Self {
        Ask::Do(command)
    }
}

/// Everything that can be asked for now, by subject.
pub fn all(desk: &Desk<'_>) -> Vec<Act> {
    [clock::acts(desk), run::acts(desk), chapter::acts(desk), bench::acts(desk), window::acts(desk)].concat()
}
