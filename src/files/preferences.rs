//! What the window remembers of its reader from one run of the program to the next.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::export::{ExportError, atomic_write, make_folder};
use crate::session::Layout;
use crate::text::Lang;

/// A preferences file is never this long, in bytes; a longer one is not read.
const LONGEST: u64 = 1 << 20;

/// The longest name of a layout or of a typed world, in characters.
const LONGEST_NAME: usize = 80;

/// The longest text of a typed world, in bytes.
const LONGEST_WORLD: usize = 4096;

/// What the window remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// Language of the window; `None` follows the system.
    pub lang: Option<Lang>,
    /// Identifier of the theme; `None` is the usual one.
    pub theme: Option<String>,
    /// Size of everything in the window, 1 as designed.
    pub scale: f32,
    /// Whether nothing moves that need not.
    pub still: bool,
    /// Whether the reader was welcomed.
    pub welcomed: bool,
    /// Sessions opened and saved last, the newest first.
    pub recent: Vec<PathBuf>,
    /// Arrangements of the bench under their names.
    pub layouts: Vec<(String, Layout)>,
    /// Typed worlds under their names, each with its text.
    pub worlds: Vec<(String, String)>,
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences {
            lang: None,
            theme: None,
            scale: 1.0,
            still: false,
            welcomed: false,
            recent: Vec::new(),
            layouts: Vec::new(),
            worlds: Vec::new(),
        }
    }
}

/// A named layout as the file holds it.
#[derive(Serialize, Deserialize)]
struct NamedLayout {
    name: String,
    #[serde(flatten)]
    layout: Layout,
}

/// A typed world as the file holds it.
#[derive(Serialize, Deserialize)]
struct NamedWorld {
    name: String,
    source: String,
}

/// The file: plain entries first, tables after them.
#[derive(Serialize)]
struct Sheet<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<Lang>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'a str>,
    scale: f32,
    still: bool,
    welcomed: bool,
    recent: Vec<&'a str>,
    layouts: Vec<NamedLayout>,
    worlds: Vec<NamedWorld>,
}

impl Preferences {
    /// Smallest and largest size of everything in the window.
    pub const SCALES: [f32; 2] = [0.5, 4.0];
    /// Most files remembered.
    pub const MOST_RECENT: usize = 12;
    /// Most layouts and most worlds remembered.
    pub const MOST_NAMED: usize = 200;

    /// Reads preferences; whatever is missing or out of range is as usual. A file of which a part
    /// cannot be read is kept beside it, its name ending in `.corrupt`.
    pub fn load(path: &Path) -> Preferences {
        let text = match read(path) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Preferences::default(),
            Err(_) => None,
        };
        let (found, whole) = text.map_or((Preferences::default(), false), |t| Preferences::from_toml(&t));
        if !whole {
            set_aside(path);
        }
        found
    }

    /// Reads [`Preferences::to_toml`] back as far as it can be read, and whether all of it could.
    pub fn from_toml(text: &str) -> (Preferences, bool) {
        let Ok(mut table) = text.parse::<toml::Table>() else { return (Preferences::default(), false) };
        let (usual, mut whole) = (Preferences::default(), true);
        let named: Vec<NamedLayout> = list(&mut table, "layouts", &mut whole);
        let worlds: Vec<NamedWorld> = list(&mut table, "worlds", &mut whole);
        let found = Preferences {
            lang: entry(&mut table, "lang", &mut whole),
            theme: entry(&mut table, "theme", &mut whole),
            scale: entry(&mut table, "scale", &mut whole).unwrap_or(usual.scale),
            still: entry(&mut table, "still", &mut whole).unwrap_or(usual.still),
            welcomed: entry(&mut table, "welcomed", &mut whole).unwrap_or(usual.welcomed),
            recent: list(&mut table, "recent", &mut whole),
            layouts: named.into_iter().map(|n| (n.name, n.layout)).collect(),
            worlds: worlds.into_iter().map(|w| (w.name, w.source)).collect(),
        };
        (found.sound(), whole)
    }

    /// The preferences as TOML a person can read.
    pub fn to_toml(&self) -> String {
        let sheet = Sheet {
            lang: self.lang,
            theme: self.theme.as_deref(),
            scale: self.scale,
            still: self.still,
            welcomed: self.welcomed,
            // A path that is no text cannot be written as text.
            recent: self.recent.iter().filter_map(|p| p.to_str()).collect(),
            layouts: self.layouts.iter().cloned().map(|(name, layout)| NamedLayout { name, layout }).collect(),
            worlds: self.worlds.iter().cloned().map(|(name, source)| NamedWorld { name, source }).collect(),
        };
        toml::to_string(&sheet).unwrap_or_default()
    }

    /// Writes preferences, whole or not at all, making the folder if need be.
    ///
    /// # Errors
    /// What [`make_folder`] and [`atomic_write`] refuse.
    pub fn store(&self, path: &Path) -> Result<(), ExportError> {
        path.parent().map_or(Ok(()), make_folder)?;
        atomic_write(path, self.clone().sound().to_toml().as_bytes())
    }

    /// Where they are kept on this system, if it has such a place.
    pub fn usual_path() -> Option<PathBuf> {
        dirs::config_dir().map(|folder| folder.join("impetus").join("preferences.toml"))
    }

    /// Puts a file first among those opened last.
    pub fn opened(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(Self::MOST_RECENT);
    }

    /// Keeps a layout under a name, in the place of one of that name.
    pub fn keep_layout(&mut self, name: &str, layout: Layout) {
        put(&mut self.layouts, name, layout);
    }

    /// Keeps the text of a world under a name, in the place of one of that name.
    pub fn keep_world(&mut self, name: &str, source: &str) {
        put(&mut self.worlds, name, source.to_owned());
    }

    /// With every value in the range the window can use, every name once.
    #[must_use]
    pub fn sound(mut self) -> Preferences {
        let [low, high] = Self::SCALES;
        self.scale = if self.scale.is_finite() { self.scale.clamp(low, high) } else { 1.0 };
        self.theme = self.theme.filter(|t| !t.is_empty() && t.chars().count() <= LONGEST_NAME);
        let mut recent: Vec<PathBuf> = Vec::new();
        for path in self.recent {
            if !path.as_os_str().is_empty() && !recent.contains(&path) {
                recent.push(path);
            }
        }
        recent.truncate(Self::MOST_RECENT);
        self.recent = recent;
        self.layouts = named(self.layouts).into_iter().map(|(name, layout)| (name, layout.sound())).collect();
        self.worlds.retain(|(_, source)| source.len() <= LONGEST_WORLD);
        self.worlds = named(self.worlds);
        self
    }
}

/// The text of a file; `None` if it is too long or no text.
pub(super) fn read(path: &Path) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|b| b.len() as u64 <= LONGEST).and_then(|b| String::from_utf8(b).ok()))
}

/// One entry; `whole` is over when it is of a wrong kind.
fn entry<T: DeserializeOwned>(table: &mut toml::Table, key: &str, whole: &mut bool) -> Option<T> {
    let read = table.remove(key)?.try_into().ok();
    *whole &= read.is_some();
    read
}

/// The entries of a list that can be read.
fn list<T: DeserializeOwned>(table: &mut toml::Table, key: &str, whole: &mut bool) -> Vec<T> {
    let all: Vec<toml::Value> = entry(table, key, whole).unwrap_or_default();
    let count = all.len();
    let read: Vec<T> = all.into_iter().filter_map(|v| v.try_into().ok()).collect();
    *whole &= read.len() == count;
    read
}

fn put<T>(entries: &mut Vec<(String, T)>, name: &str, value: T) {
    match entries.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => *old = value,
        None => entries.push((name.to_owned(), value)),
    }
}

/// The entries with a name of some length, each name once.
fn named<T>(entries: Vec<(String, T)>) -> Vec<(String, T)> {
    let mut out: Vec<(String, T)> = Vec::new();
    for (name, value) in entries {
        let name: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        if !name.is_empty() && out.len() < Preferences::MOST_NAMED && out.iter().all(|(known, _)| *known != name) {
            out.push((name, value));
        }
    }
    out
}

/// Copies a file that cannot be read to the first free `….corrupt`, so that storing over it loses nothing.
pub(super) fn set_aside(path: &Path) {
    let Some(name) = path.file_name().map(|n| n.to_string_lossy().into_owned()) else { return };
    let bytes = fs::read(path).ok();
    for k in 1..100 {
        let number = if k == 1 { String::new() } else { format!("-{k}") };
        let aside = path.with_file_name(format!("{name}.corrupt{number}"));
        match fs::read(&aside) {
            // The same damage is kept once.
            Ok(known) if bytes.as_ref() == Some(&known) => return,
            Ok(_) => {}
            Err(_) => {
                // One that cannot even be copied is moved; what fails then, fails for both.
                if fs::copy(path, &aside).is_err() {
                    let _ = fs::rename(path, &aside);
                }
                return;
            }
        }
    }
}
