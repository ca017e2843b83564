//! The newest state of a window in a file of its own, so that a kill loses a moment at most.
//!
//! Every window owns one session file in a folder for all of them and holds a lock beside it; the
//! system lets go of the lock when the process ends, however it ends. A file whose lock can be taken
//! is left over. Work that is saved elsewhere needs no such file, so it is removed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::Value;

use super::clerk::Clerk;
use super::{ENDING, Kept, LONGEST};
use crate::export::{ExportError, atomic_write, make_folder, read_file};

/// The least time between two writes.
const REST: Duration = Duration::from_millis(1500);

/// Most files left over that are kept.
const MOST: usize = 10;

/// From what age on a lock that locks nothing is removed.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// The entry that names the file a recovered state belongs to.
const BELONGS: &str = "belongs_to";

/// The writer of one window's recovery file.
pub struct Recovery {
    /// None when it is over: what was asked for last is then done.
    clerk: Option<Clerk<Wish>>,
    lock: Option<(PathBuf, File)>,
}

enum Wish {
    Keep(Box<Kept>, Option<PathBuf>),
    Clear,
}

impl Recovery {
    /// Takes a file of its own in `folder`.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn start(folder: &Path) -> Result<Recovery, ExportError> {
        make_folder(folder)?;
        let (path, lock) = own_file(folder)?;
        let lock = Some((path.with_extension("lock"), lock));
        let clerk = Clerk::start(REST, move |wish| carry_out(wish, &path));
        Ok(Recovery { clerk: Some(clerk), lock })
    }

    /// Where recovery files are kept on this system, if it has such a place.
    pub fn usual_folder() -> Option<PathBuf> {
        dirs::data_local_dir().map(|folder| folder.join("impetus").join("recovery"))
    }

    /// Writes this state soon, at the latest when the present rest of the writer is over; `file` is where
    /// it was opened or saved.
    pub fn keep(&self, kept: Kept, file: Option<PathBuf>) {
        self.ask(Wish::Keep(Box::new(kept), file));
    }

    /// Removes the file, for there is nothing to lose.
    pub fn clear(&self) {
        self.ask(Wish::Clear);
    }

    fn ask(&self, wish: Wish) {
        if let Some(clerk) = &self.clerk {
            clerk.ask(wish);
        }
    }

    /// What went wrong since the last call.
    pub fn fault(&self) -> Option<ExportError> {
        self.clerk.as_ref()?.fault()
    }
}

impl Drop for Recovery {
    /// Carries out the last wish, and lets go of the file.
    fn drop(&mut self) {
        self.clerk = None;
        if let Some((path, lock)) = self.lock.take() {
            drop(lock);
            let _ = fs::remove_file(path);
        }
    }
}

fn carry_out(wish: Wish, file: &Path) -> Result<(), ExportError> {
    match wish {
        Wish::Keep(mut kept, belongs) => {
            if let Some(belongs) = belongs.as_deref().and_then(Path::to_str) {
                kept.strange.insert(BELONGS.into(), Value::String(belongs.to_owned()));
            }
            atomic_write(file, kept.to_toml().as_bytes())
        }
        Wish::Clear => {
            // One that is not there is as good as removed.
            let _ = fs::remove_file(file);
            Ok(())
        }
    }
}

/// A name nobody else has, and its lock.
fn own_file(folder: &Path) -> Result<(PathBuf, File), ExportError> {
    let mut k = 0_u64;
    loop {
        let path = folder.join(format!("{}-{k}.{ENDING}", std::process::id()));
        let lock = path.with_extension("lock");
        match File::create_new(&lock) {
            Ok(file) if !path.exists() => {
                // Where the system has no locks, a second window offers this one's work; nothing is lost.
                let _ = file.try_lock();
                return Ok((path, file));
            }
            Err(source) if source.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(ExportError::Write { path: lock, source });
            }
            // Taken by another window, or left over by a process that had this number.
            Ok(_) | Err(_) => k += 1,
        }
    }
}

/// Work that a window left behind.
pub struct Leftover {
    /// The session.
    pub kept: Kept,
    /// Where it had been opened or saved.
    pub file: Option<PathBuf>,
    /// How long ago it was written, if the system knows.
    pub age: Option<Duration>,
    path: PathBuf,
    _lock: File,
}

impl Leftover {
    /// What windows left behind in `folder`, the newest first; no other window is offered it while it is
    /// held. Of very many the oldest are removed.
    pub fn all(folder: &Path) -> Vec<Leftover> {
        let mut all: Vec<Leftover> = files_in(folder, ENDING).iter().filter_map(|path| Leftover::claim(path)).collect();
        all.sort_by(|a, b| a.age.cmp(&b.age).then_with(|| b.path.cmp(&a.path)));
        all.drain(MOST.min(all.len())..).for_each(Leftover::discard);
        files_in(folder, "lock").iter().for_each(|lock| sweep(lock));
        all
    }

    /// Takes a file if nobody holds it.
    fn claim(path: &Path) -> Option<Leftover> {
        let lock_path = path.with_extension("lock");
        let lock = File::open(&lock_path).or_else(|_| File::create_new(&lock_path)).ok()?;
        lock.try_lock().ok()?;
        let bytes = read_file(path).ok().filter(|b| b.len() <= LONGEST)?;
        let mut kept = Kept::from_toml(std::str::from_utf8(&bytes).ok()?).ok()?.kept;
        let file = kept.strange.remove(BELONGS).and_then(|v| v.as_str().map(PathBuf::from));
        Some(Leftover { kept, file, age: age(path), path: path.to_owned(), _lock: lock })
    }

    /// Removes it for good.
    pub fn discard(self) {
        // What cannot be removed is offered again; nothing is lost.
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_file(self.path.with_extension("lock"));
    }
}

/// Removes an old lock that locks nothing; a young one may be on its way to its file.
fn sweep(lock: &Path) {
    let old = age(lock).is_some_and(|age| age > OLD);
    if old && !lock.with_extension(ENDING).exists() && File::open(lock).is_ok_and(|f| f.try_lock().is_ok()) {
        // One that stays does no harm.
        let _ = fs::remove_file(lock);
    }
}

pub(super) fn age(path: &Path) -> Option<Duration> {
    fs::metadata(path).and_then(|m| m.modified()).ok()?.elapsed().ok()
}

pub(super) fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|e| e.path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
    files.sort();
    files
}
