//! The text of a typed world on the command line: typed, in a file, or by a name.

use std::path::PathBuf;

use super::{Usage, find};
use crate::export::read_file;
use crate::files::Preferences;
use crate::formula::{Fault, MAX_BYTES, World};
use crate::scenes::{EXAMPLES, SceneRef, TYPED_WORLD, made};
use crate::text::{Lang, fill, t};

/// Where the text of a typed world is.
#[derive(Debug, clap::Args)]
pub struct WorldArguments {
    /// Text of the typed world, or @NAME of an example or of one saved in the window
    #[arg(long, value_name = "TEXT", conflicts_with = "world_file")]
    world: Option<String>,
    /// File with the text of the typed world
    #[arg(long, value_name = "FILE")]
    world_file: Option<PathBuf>,
}

impl WorldArguments {
    /// Whether there is a text.
    pub fn is_given(&self) -> bool {
        self.world.is_some() || self.world_file.is_some()
    }

    /// The scene of this name, made from the text given.
    ///
    /// # Errors
    /// The fault of the text with its line and a caret, or why there is no such text or scene.
    pub fn scene(&self, id: &str, lang: Lang) -> anyhow::Result<SceneRef> {
        let Some(source) = self.source(lang)? else { return Ok(find(id, lang)?.into()) };
        if id != TYPED_WORLD {
            let text =
                t("--world and --world-file are for {}, not for {}", "--world 与 --world-file 只用于 {}，不用于 {}");
            let given: String = id.chars().take(40).collect();
            return Err(Usage(fill(text.get(lang), &[TYPED_WORLD, &given])).into());
        }
        World::parse(&source).map_err(|fault| said(&fault, &source, lang))?;
        made(id, Some(&source)).map_err(|e| Usage(e.say(lang)).into())
    }

    fn source(&self, lang: Lang) -> anyhow::Result<Option<String>> {
        if let Some(path) = &self.world_file {
            let bytes = read_file(path).map_err(|e| Usage(e.say(lang)))?;
            // Of a file that is too long enough is read to say so.
            let bytes = bytes.get(..MAX_BYTES + 1).unwrap_or(&bytes);
            return match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Some(text.to_owned())),
                Err(_) => match World::parse_bytes(bytes) {
                    Ok(world) => Ok(Some(world.source().to_owned())),
                    Err(fault) => Err(Usage(fault.say(lang)).into()),
                },
            };
        }
        match self.world.as_deref() {
            Some(text) => match text.strip_prefix('@') {
                Some(name) => named(name, lang).map(Some),
                None => Ok(Some(text.to_owned())),
            },
            None => Ok(None),
        }
    }
}

/// A fault as its sentence, and under it the line with a caret.
fn said(fault: &Fault, source: &str, lang: Lang) -> Usage {
    Usage(format!("{}\n{}", fault.say(lang), fault.caret(source)))
}

/// The text saved under a name, or that of an example.
fn named(name: &str, lang: Lang) -> anyhow::Result<String> {
    let library = Preferences::usual_path().map(|path| Preferences::load(&path).worlds).unwrap_or_default();
    let saved = library.iter().find(|(known, _)| known == name).map(|(_, source)| source.clone());
    let example = || EXAMPLES.iter().find(|e| e.id == name).map(|e| e.source.to_owned());
    saved.or_else(example).ok_or_else(|| {
        let names = library.iter().map(|(known, _)| known.as_str()).chain(EXAMPLES.iter().map(|e| e.id));
        let valid: Vec<String> = names.map(|n| format!("@{n}")).collect();
        let text = t("there is no world “{}”; there are: {}", "没有世界“{}”；可用的有：{}");
        Usage(fill(text.get(lang), &[&name.chars().take(40).collect::<String>(), &valid.join(", ")])).into()
    })
}
