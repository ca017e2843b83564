//! A composition as the bytes of a finished file.

use crate::export::{ExportError, Format};
use crate::files::{Artwork, Composition};
use crate::scenes::SceneError;
use crate::session::Session;
use crate::text::Lang;

/// Why a figure could not be made.
#[derive(Debug)]
pub enum Fault {
    /// The run could not be made.
    Run(SceneError),
    /// The figure could not be drawn or written.
    File(ExportError),
}

impl From<SceneError> for Fault {
    fn from(e: SceneError) -> Self {
        Fault::Run(e)
    }
}

impl From<ExportError> for Fault {
    fn from(e: ExportError) -> Self {
        Fault::File(e)
    }
}

impl Fault {
    /// The sentence in `lang`.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Fault::Run(e) => e.say(lang),
            Fault::File(e) => e.say(lang),
        }
    }
}

/// The file of a session's figure in `format`.
///
/// # Errors
/// [`ExportError::Empty`] when a view does not exist, and what the exporter refuses.
pub fn bytes(session: &Session, figure: &Composition, format: Format) -> Result<Vec<u8>, ExportError> {
    Artwork::new(session, figure)?.bytes(format)
}

/// The drawing all other artwork is made from.
///
/// # Errors
/// As [`bytes`].
pub fn drawing(session: &Session, figure: &Composition) -> Result<String, ExportError> {
    let text = String::from_utf8(bytes(session, figure, Format::Svg)?);
    text.map_err(|e| ExportError::Encode { format: "SVG", reason: e.to_string() })
}
