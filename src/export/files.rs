//! Writing a file whole or not at all, and reading one back within bounds.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::ExportError;

/// No file larger than this is read, in bytes.
pub const LARGEST: usize = 256 << 20;

/// Writes `bytes` to a temporary file beside `path`, syncs it and renames it over `path`.
///
/// A reader sees the old file or the new one, never a part; after a failure the old file is as it
/// was and the temporary one is gone.
///
/// # Errors
/// [`ExportError::Write`] with the path and the system's reason.
pub fn atomic_write(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let fail = |source: io::Error| ExportError::Write { path: path.to_owned(), source };
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

/// Makes sure a folder exists, with those above it.
///
/// # Errors
/// [`ExportError::Folder`] with the path and the system's reason.
pub fn make_folder(path: &Path) -> Result<(), ExportError> {
    fs::create_dir_all(path).map_err(|source| ExportError::Folder { path: path.to_owned(), source })
}

/// The bytes of a file of at most [`LARGEST`] bytes.
///
/// # Errors
/// [`ExportError::Read`] with the path and the system's reason, [`ExportError::TooLarge`].
pub fn read_file(path: &Path) -> Result<Vec<u8>, ExportError> {
    let fail = |source: io::Error| ExportError::Read { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    let mut bytes = Vec::new();
    // One byte more than is allowed tells a file that is too large, also one without a length.
    File::open(path).and_then(|f| f.take(LARGEST as u64 + 1).read_to_end(&mut bytes)).map_err(fail)?;
    if bytes.len() > LARGEST { Err(ExportError::TooLarge(path.to_owned())) } else { Ok(bytes) }
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
