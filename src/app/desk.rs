//! What panels read, and what they may ask for.

use std::path::PathBuf;

use super::plot;
use super::reader::{self, Reader};
use super::stance::{Part, Stance};
use super::survey::Surveyor;
use super::theme::{Skin, Theme};
use crate::files::Preferences;
use crate::scenes::models::sweep::Sweep;
use crate::session::{Command, Session};
use crate::text::Lang;

/// What a panel may ask of the app beside session commands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// A session command.
    Do(Command),
    /// What a reader of the chapter does.
    Read(reader::Deed),
    /// Another language.
    Lang(Lang),
    /// Another theme.
    Theme(Theme),
    /// Opens the figure studio, with this view if one is named.
    Studio(Option<&'static str>),
    /// Back to the bench.
    Bench,
    /// Opens the run a file shows.
    Open(std::path::PathBuf),
    /// Measures the map of a sweep, or stops.
    Survey(Option<Box<Sweep>>),
    /// Opens or closes the verify window.
    Verify(bool),
    /// Another size of everything.
    Scale(f32),
    /// Whether things glide to their places.
    Motion(bool),
    /// Shows a part of the window or puts it away.
    Part(Part, bool),
    /// Makes this the tile that keys act on.
    Tile(usize),
    /// Numbers instead of the picture in the tile at this place, or back.
    Table(usize),
    /// Leads to the field of this parameter.
    Field(&'static str),
    /// Keeps the present layout under a name.
    KeepLayout(String),
    /// Forgets the layout of this name.
    ForgetLayout(String),
    /// Keeps the text of a world under a name.
    KeepWorld(String, String),
    /// Forgets the world of this name.
    ForgetWorld(String),
    /// Copies text.
    CopyText(String),
    /// A session from its defaults.
    New,
    /// Saves the session in its file, or asks for one.
    Save,
    /// Asks for a file to save in.
    SaveAs,
    /// Saves the session in this file.
    SaveTo(PathBuf),
    /// Asks for a file to open.
    OpenDialog,
    /// Opens a recent file.
    OpenRecent(PathBuf),
    /// Opens what a share text describes.
    OpenText(String),
    /// Copies the session as share text.
    Copy,
    /// Opens the share text in the clipboard.
    Paste,
    /// Puts recovered work in force.
    Restore,
    /// Lets go of recovered work.
    Discard,
    /// Leaves recovered work for the next time.
    Later,
}

/// What panels read and where they leave their wishes.
pub(super) struct Desk<'a> {
    pub session: &'a Session,
    pub lang: Lang,
    pub skin: Skin,
    pub theme: Theme,
    /// Whether things glide to their places instead of jumping.
    pub motion: bool,
    pub prefs: &'a Preferences,
    pub stance: Stance,
    /// The size of the window, in points.
    pub size: egui::Vec2,
    pub survey: &'a Surveyor,
    pub reader: &'a Reader,
    pub sheets: &'a plot::Sheets,
    pub link: plot::Link,
    /// The name of the session's file, with a dot if something is not saved in it.
    pub title: String,
    pub asks: Vec<Ask>,
}

impl Desk<'_> {
    /// Whether a part of the window is on display.
    pub fn shows(&self, part: Part) -> bool {
        self.stance.shows(part, self.size)
    }

    /// The tile that keys act on.
    pub fn tile(&self) -> usize {
        let layout = &self.session.look().layout;
        layout.maximised.unwrap_or(self.stance.tile).min(layout.len().saturating_sub(1))
    }

    pub fn say(&self, text: crate::text::Text) -> &'static str {
        text.get(self.lang)
    }

    pub fn push(&mut self, command: Command) {
        self.asks.push(Ask::Do(command));
    }
}
