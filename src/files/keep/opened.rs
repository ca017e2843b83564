//! What the bytes of a file are: a session, a share text, a figure that says where it came from, or data.

use std::path::Path;

use super::fault::{Place, Why};
use super::write::HEADER;
use super::{Found, KeepError, Kept, share};
use crate::data::{Fault, Recognised, recognise};
use crate::export::{ExportError, Format, Provenance, read_file};
use crate::text::Lang;

/// What was found in a file.
#[derive(Debug)]
pub enum Opened {
    /// A session.
    Session(Box<Found>),
    /// A figure or a table with its provenance.
    Figure(Box<Provenance>),
    /// A table, a log, images or labels.
    Data(Box<Recognised>),
}

/// Why a file cannot be opened.
#[derive(Debug)]
pub enum OpenError {
    /// It is a session with a fault.
    Session(KeepError),
    /// It cannot be read, or is neither a session nor a figure.
    File(ExportError),
    /// It is data with a fault.
    Data(Fault),
}

impl OpenError {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            OpenError::Session(e) => e.say(lang),
            OpenError::File(e) => e.say(lang),
            OpenError::Data(e) => e.say(lang),
        }
    }
}

impl From<KeepError> for OpenError {
    fn from(e: KeepError) -> Self {
        OpenError::Session(e)
    }
}

impl From<ExportError> for OpenError {
    fn from(e: ExportError) -> Self {
        OpenError::File(e)
    }
}

impl Opened {
    /// What a file holds: a session or a figure whatever its name, data unless its name says otherwise.
    ///
    /// # Errors
    /// One sentence.
    pub fn read(path: &Path) -> Result<Opened, OpenError> {
        let bytes = read_file(path)?;
        match Opened::of(&bytes) {
            Err(OpenError::File(ExportError::NoProvenance)) if may_hold_data(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let data = recognise(&super::super::restore::clip(&name), &bytes).map_err(OpenError::Data)?;
                Ok(Opened::Data(Box::new(data)))
            }
            found => found,
        }
    }

    /// What these bytes are, if they are a session or a figure.
    ///
    /// # Errors
    /// One sentence.
    pub fn of(bytes: &[u8]) -> Result<Opened, OpenError> {
        if bytes.trim_ascii_start().starts_with(share::SCHEME.as_bytes()) {
            return Opened::shared(text(bytes)?);
        }
        if bytes.starts_with(HEADER.as_bytes()) {
            return session(bytes);
        }
        match Provenance::from_file(bytes) {
            Err(ExportError::NoProvenance) if is_toml(bytes) => session(bytes),
            found => Ok(Opened::Figure(Box::new(found?))),
        }
    }

    /// What a share text describes.
    ///
    /// # Errors
    /// One sentence.
    pub fn shared(text: &str) -> Result<Opened, OpenError> {
        let kept = Kept::from_share(text)?;
        Ok(Opened::Session(Box::new(Found { kept, notices: Vec::new() })))
    }
}

/// Whether the name of a file leaves it open that data is in it.
pub(super) fn may_hold_data(path: &Path) -> bool {
    match path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => true,
        Some(super::ENDING | "toml") => false,
        _ => Format::from_path(path).is_err(),
    }
}

/// Whether a text is meant to be opened as share text.
pub fn is_shared(text: &str) -> bool {
    text.trim_start().starts_with(share::SCHEME)
}

fn session(bytes: &[u8]) -> Result<Opened, OpenError> {
    Ok(Opened::Session(Box::new(Kept::from_toml(text(bytes)?)?)))
}

fn text(bytes: &[u8]) -> Result<&str, KeepError> {
    std::str::from_utf8(bytes).map_err(|e| Why::NotText(e.valid_up_to() + 1).at(Place::Whole))
}

/// Whether the first line that is no comment sets something, as in a session written by hand.
fn is_toml(bytes: &[u8]) -> bool {
    let lines = bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let first = lines.into_iter().find(|line| !line.is_empty() && !line.starts_with(b"#"));
    let Some(name) = first.and_then(|line| line.split(|b| *b == b'=').next()) else { return false };
    let bare = |b: &u8| b.is_ascii_alphanumeric() || b"_-".contains(b);
    first.is_some_and(|line| line.len() > name.len()) && name.trim_ascii().iter().all(bare) && !name.is_empty()
}
