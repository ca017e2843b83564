//! `impetus open`: the run and the view a saved file shows.

use std::path::PathBuf;

use super::{Tongues, print, window};
use crate::export::{Format, Provenance, read_file};
use crate::files::{figure_command, restore};

/// Arguments of `open`.
#[derive(Debug, clap::Args)]
pub struct OpenArguments {
    /// A file saved by Impetus, of any format
    file: PathBuf,
    /// Prints the command that makes it again instead of opening the window
    #[arg(long)]
    print: bool,
}

/// Restores the run and opens the window with it, or prints the command that makes the file again.
pub fn open(arguments: &OpenArguments, tongues: Tongues, light: bool) -> anyhow::Result<()> {
    let lang = tongues.1;
    let bytes = read_file(&arguments.file).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
    let saved = Provenance::from_file(&bytes).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
    let mut restored = restore(&saved).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
    restored.compare();
    for notice in &restored.notices {
        eprintln!("impetus: {}", notice.say(lang));
    }
    if let (false, Ok(format)) = (restored.composition.is_table(), Format::from_path(&arguments.file)) {
        restored.composition.formats = vec![format];
    }
    let command = figure_command(&restored.session, &restored.composition);
    if arguments.print {
        return print(format!("{command}\n"));
    }
    window(Some(restored), tongues, light).map_err(|e| anyhow::anyhow!("{e}\n{command}"))
}
