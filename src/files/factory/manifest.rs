//! What was made, as `manifest.json`: sorted by name, without dates.

use serde::{Deserialize, Serialize};

use super::job::Done;
use crate::preflight::{Report, Verdict};
use crate::text::Lang;

/// Everything in the folder.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub impetus: String,
    /// One per figure, language and width.
    pub figures: Vec<Record>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Name of its files without their endings.
    pub id: String,
    /// Scene.
    pub scene: String,
    /// View.
    pub view: String,
    /// Language of the figure.
    pub lang: Lang,
    /// Title in both languages.
    pub title: Pair,
    /// Draft caption in both languages.
    pub caption: Pair,
    /// Width in millimetres.
    pub width_mm: f64,
    /// Height in millimetres.
    pub height_mm: f64,
    /// The command that makes the same files.
    pub command: String,
    /// Fingerprint of its numbers, as in its provenance.
    pub data: String,
    /// SHA-256 of the drawing every format is made from.
    pub source: String,
    /// Its files.
    pub files: Vec<FileRecord>,
}

/// The same words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Pair {
    /// The words in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Name in the folder.
    pub name: String,
    /// Size in bytes.
    pub bytes: usize,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The gravest verdict of preflight: pass, note or fault.
    pub preflight: String,
    /// What is behind it; checks that hold are left out.
    pub findings: Vec<Found>,
}

/// A finding of preflight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What was looked at.
    pub check: String,
    /// How it came out.
    pub verdict: String,
    /// The sentence that says so.
    pub detail: String,
}

impl Manifest {
    /// The manifest of what was made.
    pub fn of(done: &[Done]) -> Self {
        let mut figures: Vec<Record> = done.iter().map(|d| d.record.clone()).collect();
        figures.sort_by(|a, b| a.id.cmp(&b.id));
        Manifest { impetus: env!("CARGO_PKG_VERSION").into(), figures }
    }

    /// A manifest read back; an empty one if it cannot be read, so that everything is made again.
    pub fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// As it is written.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The figure of this name.
    pub fn figure(&self, id: &str) -> Option<&Record> {
        self.figures.iter().find(|f| f.id == id)
    }
}

impl Record {
    /// Every fault with the file it is in.
    pub fn faults(&self) -> impl Iterator<Item = (String, String)> {
        let of_file = |f: &FileRecord| {
            let name = f.name.clone();
            f.findings.clone().into_iter().filter(Found::is_fault).map(move |found| (name.clone(), found.detail))
        };
        self.files.iter().flat_map(of_file)
    }
}

impl Found {
    /// Whether it is a fault.
    pub fn is_fault(&self) -> bool {
        self.verdict == Verdict::Fault.tag()
    }
}

impl FileRecord {
    /// The record of a file with what preflight says of it.
    pub fn new(name: String, bytes: usize, sha256: String, report: &Report) -> Self {
        let worth_telling = report.findings.iter().filter(|f| f.verdict != Verdict::Pass);
        let found = |f: &crate::preflight::Finding| Found {
            check: f.check.tag().into(),
            verdict: f.verdict.tag().into(),
            detail: f.detail.clone(),
        };
        FileRecord {
            name,
            bytes,
            sha256,
            preflight: report.worst().tag().into(),
            findings: worth_telling.map(found).collect(),
        }
    }
}
