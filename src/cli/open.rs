//! `impetus open`: a session, the run and the view a saved figure shows, or data with the scene that uses it.

use std::path::{Path, PathBuf};

use super::data::scene_of;
use super::{Start, Tongues, print, window};
use crate::export::{Format, Provenance};
use crate::files::keep::{Found, Kept, Opened, is_shared};
use crate::files::{Notice, figure_command, restore};
use crate::session::Document;
use crate::text::Lang;

/// Arguments of `open`.
#[derive(Debug, clap::Args)]
pub struct OpenArguments {
    /// A session, a figure or a table saved by Impetus, share text, or a file with data
    file: PathBuf,
    /// Prints the command that makes it again instead of opening the window
    #[arg(long)]
    print: bool,
}

/// Opens the window with what a file holds, or prints the command that makes it again.
pub fn open(arguments: &OpenArguments, tongues: Tongues, light: bool, news: Option<String>) -> anyhow::Result<()> {
    let lang = tongues.1;
    let line = arguments.file.to_str().filter(|text| is_shared(text));
    let opened = line.map_or_else(|| Opened::read(&arguments.file), Opened::shared);
    let (command, start) = match opened.map_err(|e| anyhow::anyhow!(e.say(lang)))? {
        Opened::Session(found) => session(*found, line.is_none().then_some(&arguments.file), lang),
        Opened::Figure(saved) => figure(&saved, &arguments.file, lang)?,
        Opened::Data(data) => {
            let plan = scene_of(*data, &arguments.file, lang)?;
            let command = format!("impetus run {} --data {}", plan.scene.meta().id, quoted(&arguments.file));
            let found = Found { kept: Kept::new(Document::new(plan)), notices: Vec::new() };
            (command, Start::Session(Box::new(found), None))
        }
    };
    if arguments.print {
        return print(format!("{command}\n"));
    }
    window(start, tongues, light, news).map_err(|e| anyhow::anyhow!("{e}\n{command}"))
}

fn session(found: Found, file: Option<&PathBuf>, lang: Lang) -> (String, Start) {
    tell(&found.notices, lang);
    let command = format!("impetus run '{}'", found.kept.to_share());
    (command, Start::Session(Box::new(found), file.cloned()))
}

fn figure(saved: &Provenance, file: &Path, lang: Lang) -> anyhow::Result<(String, Start)> {
    let mut restored = restore(saved).map_err(|e| anyhow::anyhow!(e.say(lang)))?;
    restored.compare();
    tell(&restored.notices, lang);
    if let (false, Ok(format)) = (restored.composition.is_table(), Format::from_path(file)) {
        restored.composition.formats = vec![format];
    }
    let command = match &saved.sweep {
        Some(sweep) => format!("{sweep} --lang {} --out {}", restored.composition.lang.tag(), quoted(file)),
        None => figure_command(&restored.session, &restored.composition),
    };
    Ok((command, Start::Figure(Box::new(restored))))
}

/// The name of a file without its folders, as a word for a shell.
fn quoted(file: &Path) -> String {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    format!("'{}'", name.replace('\'', r"'\''"))
}

fn tell(notices: &[Notice], lang: Lang) {
    for notice in notices {
        eprintln!("impetus: {}", notice.say(lang));
    }
}
