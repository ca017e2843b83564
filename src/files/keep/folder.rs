//! What a folder has to open.

use std::fs;
use std::path::{Path, PathBuf};

use super::ENDING;
use crate::export::Format;

/// Most entries of a folder that are listed.
const MOST: usize = 2000;

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Whether it is a file; folders come first.
    pub is_file: bool,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The folders in a folder and its files that may be opened, by name; hidden ones are left out. What
/// cannot be read is empty.
pub fn listing(folder: &Path) -> Vec<Item> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).take(MOST);
    let item = |entry: fs::DirEntry| {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let is_file = !path.is_dir();
        let wanted = !name.starts_with('.') && (!is_file || may_open(&path));
        wanted.then_some(Item { is_file, name, path })
    };
    let mut items: Vec<Item> = entries.filter_map(item).collect();
    items.sort();
    items
}

/// Endings of files with data.
const DATA: [&str; 7] = ["dat", "data", "gz", "idx", "log", "tsv", "txt"];

/// Whether the name of a file is one that sessions, figures and data have; the file itself decides.
fn may_open(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let Some((_, ending)) = name.rsplit_once('.') else { return name.ends_with("ubyte") };
    let known = ending == ENDING || ending == "toml" || ending.ends_with("ubyte") || DATA.contains(&ending);
    known || Format::ALL.iter().any(|f| f.extension() == ending)
}

/// The path that was typed, seen from `folder`, with the ending of sessions if it has none.
pub fn save_path(folder: &Path, typed: &str) -> Option<PathBuf> {
    let typed = typed.trim();
    let path = folder.join(typed);
    let named = !typed.is_empty() && !typed.contains('\0') && path.file_name().is_some();
    named.then(|| if path.extension().is_some() { path } else { path.with_extension(ENDING) })
}
