//! What can go wrong while a figure is saved or read back.

use std::path::PathBuf;

/// A failed export; each message is one sentence that says what happened and what would help.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The page cannot hold the figure.
    #[error("the page does not fit: {0}")]
    Page(String),
    /// The figure has nothing to draw.
    #[error("figure “{0}” has no panels, so there is nothing to save")]
    Empty(String),
    /// The file name does not say which format is meant.
    #[error("cannot tell the format of “{}”; end its name in .svg, .pdf, .png or .csv", .0.display())]
    Format(PathBuf),
    /// A file could not be written.
    #[error("cannot write “{}” ({source}); {help}", .path.display())]
    Write {
        /// The file meant.
        path: PathBuf,
        /// What the reader can do about it.
        help: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// The drawing could not be turned into this format.
    #[error("the drawing could not be turned into {format}: {reason}")]
    Encode {
        /// The format meant.
        format: &'static str,
        /// What the library said.
        reason: String,
    },
    /// A file carries no provenance.
    #[error("this file carries no Impetus provenance; it was not saved by Impetus or another program removed it")]
    NoProvenance,
    /// A file carries provenance that cannot be read.
    #[error("the provenance in this file cannot be read: {0}")]
    BadProvenance(String),
}
