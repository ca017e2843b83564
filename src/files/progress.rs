//! How far a reader is with the chapter, from one run of the program to the next.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::preferences::{read, set_aside};
use crate::export::{ExportError, atomic_write, make_folder};

/// Most scenes remembered, and the longest identifier of one, in bytes.
const MOST: usize = 1000;
const LONGEST_ID: usize = 64;

/// The first line of the file.
const HEAD: &str =
    "# Which scenes of the chapter were read: what became of the prediction, whether the answer was seen.\n";

/// What became of a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The right answer was chosen.
    Right,
    /// Another one was chosen.
    Wrong,
    /// A curve was drawn and compared.
    Drawn,
    /// Nothing was predicted, on purpose.
    Skipped,
}

/// How far a reader is with a scene.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What became of the last prediction; `None` if none was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prediction: Option<Outcome>,
    /// Whether the answer was seen.
    #[serde(default)]
    pub answer: bool,
}

impl Reading {
    /// Whether a prediction was made or skipped and the answer seen.
    pub fn is_done(self) -> bool {
        self.prediction.is_some() && self.answer
    }
}

/// How far a reader is with every scene that was begun, by identifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress(BTreeMap<String, Reading>);

/// The file.
#[derive(Serialize)]
struct Sheet<'a> {
    scenes: &'a BTreeMap<String, Reading>,
}

impl Progress {
    /// Reads progress; what is missing was not begun. A file of which a part cannot be read is kept
    /// beside it, its name ending in `.corrupt`.
    pub fn load(path: &Path) -> Progress {
        let text = match read(path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Progress::default(),
            Err(_) => None,
        };
        let (found, whole) = text.map_or((Progress::default(), false), |text| Progress::from_toml(&text));
        if !whole {
            set_aside(path);
        }
        found
    }

    /// Reads [`Progress::to_toml`] back as far as it can be read, and whether all of it could.
    pub fn from_toml(text: &str) -> (Progress, bool) {
        let Ok(mut table) = text.parse::<toml::Table>() else { return (Progress::default(), false) };
        let scenes = match table.remove("scenes") {
            None => return (Progress::default(), true),
            Some(toml::Value::Table(scenes)) => scenes,
            Some(_) => return (Progress::default(), false),
        };
        let count = scenes.len();
        let sound = scenes.into_iter().filter(|(id, _)| id.len() <= LONGEST_ID).take(MOST);
        let read: BTreeMap<String, Reading> =
            sound.filter_map(|(id, reading)| Some((id, reading.try_into().ok()?))).collect();
        let whole = read.len() == count;
        (Progress(read), whole)
    }

    /// The progress as TOML a person can read.
    pub fn to_toml(&self) -> String {
        format!("{HEAD}\n{}", toml::to_string(&Sheet { scenes: &self.0 }).unwrap_or_default())
    }

    /// Writes progress, whole or not at all, making the folder if need be.
    ///
    /// # Errors
    /// What [`make_folder`] and [`atomic_write`] refuse.
    pub fn store(&self, path: &Path) -> Result<(), ExportError> {
        path.parent().map_or(Ok(()), make_folder)?;
        atomic_write(path, self.to_toml().as_bytes())
    }

    /// Where it is kept on this system, if it has such a place.
    pub fn usual_path() -> Option<PathBuf> {
        dirs::config_dir().map(|folder| folder.join("impetus").join("progress.toml"))
    }

    /// How far the reader is with a scene.
    pub fn of(&self, scene: &str) -> Reading {
        self.0.get(scene).copied().unwrap_or_default()
    }

    /// Whether nothing was begun.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes what became of a prediction. To skip takes nothing back.
    pub fn predicted(&mut self, scene: &str, outcome: Outcome) {
        let prediction = &mut self.entry(scene).prediction;
        if outcome != Outcome::Skipped || prediction.is_none() {
            *prediction = Some(outcome);
        }
    }

    /// Notes that the answer was seen; whoever asks for it has skipped the prediction.
    pub fn answered(&mut self, scene: &str) {
        self.predicted(scene, Outcome::Skipped);
        self.entry(scene).answer = true;
    }

    fn entry(&mut self, scene: &str) -> &mut Reading {
        self.0.entry(scene.to_owned()).or_default()
    }
}
