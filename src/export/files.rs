//! Writing a file whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::ExportError;

/// Writes `bytes` to a temporary file beside `path`, syncs it and renames it over `path`.
///
/// A reader sees the old file or the new one, never a part; after a failure the old file is as it
/// was and the temporary one is gone.
///
/// # Errors
/// [`ExportError::Write`] with the path, the system's reason and what would help.
pub fn atomic_write(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let fail = |source: io::Error| ExportError::Write { path: path.to_owned(), help: help(&source, path), source };
    if path.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    let temporary = temporary_beside(path).ok_or_else(|| fail(io::ErrorKind::InvalidFilename.into()))?;
    let written = write_synced(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    if let Err(source) = written {
        // The write already failed; a temporary file that cannot be removed either changes nothing.
        let _ = fs::remove_file(&temporary);
        return Err(fail(source));
    }
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A name in the same folder that no other save of this or another process uses.
fn temporary_beside(path: &Path) -> Option<PathBuf> {
    static SAVES: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name()?.to_string_lossy();
    let short: String = name.chars().take(40).collect();
    let save = SAVES.fetch_add(1, Ordering::Relaxed);
    Some(path.with_file_name(format!(".{short}.{}-{save}.part", std::process::id())))
}

fn help(error: &io::Error, path: &Path) -> &'static str {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound if path.parent().is_some_and(|p| p != Path::new("") && !p.exists()) => {
            "its folder does not exist: create it or choose another"
        }
        Kind::PermissionDenied | Kind::ReadOnlyFilesystem => "choose a folder you may write to",
        Kind::IsADirectory => "that is a folder: add a file name",
        Kind::StorageFull | Kind::QuotaExceeded => "free some space or choose another disk",
        Kind::InvalidFilename | Kind::InvalidInput => "choose a shorter or plainer file name",
        Kind::NotFound => "choose another folder",
        Kind::NotADirectory => "a part of the path is a file, not a folder: choose another path",
        _ => "choose another place and try again",
    }
}
