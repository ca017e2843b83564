//! Long runs on disk, so that a training is gone on with after a kill and not begun again.
//!
//! One file per plan, named by the hash of its text, replaced whole as the run goes on. A file is a line that
//! says what it is, the SHA-256 of the rest, and the rest: the plan's text and the
//! [`Snapshot`] in the format of `postcard`. What is read is believed only as far as
//! [`Run::revived`](crate::scenes::Run::revived) goes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Kept;
use super::clerk::Clerk;
use super::recovery::{age, files_in};
use crate::export::{ExportError, atomic_write, make_folder, read_file};
use crate::scenes::{Run, Snapshot};
use crate::session::{Document, Plan};

/// The ending of these files.
const ENDING: &str = "run";

/// The first line.
const HEAD: &[u8] = b"Impetus run, form 1\n";

/// The least time between two writes.
const REST: Duration = Duration::from_secs(4);

/// From what age on a file that was never finished is removed.
const OLD: Duration = Duration::from_secs(60 * 60);

/// Most files that are kept, and most bytes of all of them.
const MOST: usize = 24;
const MOST_BYTES: u64 = 256 << 20;

/// The keeper of long runs in a folder.
pub struct RunShelf {
    folder: PathBuf,
    clerk: Clerk<Vec<(Plan, Snapshot)>>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    plan: String,
    snapshot: Snapshot,
}

impl RunShelf {
    /// Keeps runs in `folder`, which is made if need be.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn start(folder: &Path) -> Result<RunShelf, ExportError> {
        make_folder(folder)?;
        let place = folder.to_owned();
        let write_all = move |runs: Vec<(Plan, Snapshot)>| {
            runs.into_iter().try_for_each(|(plan, snapshot)| write(&place, &plan, snapshot))
        };
        let clerk = Clerk::start(REST, write_all);
        Ok(RunShelf { folder: folder.to_owned(), clerk })
    }

    /// Writes this soon, in place of what was not written yet of the same plan.
    pub fn keep(&self, plan: Plan, snapshot: Snapshot) {
        self.clerk.amend(|waiting| {
            let mut runs = waiting.unwrap_or_default();
            runs.retain(|(other, _)| *other != plan);
            runs.push((plan, snapshot));
            runs
        });
    }

    /// What went wrong since the last call.
    pub fn fault(&self) -> Option<ExportError> {
        self.clerk.fault()
    }

    /// The run of this plan as far as it was made before, if it was: read and checked on another thread, which
    /// calls `wake` when it is done.
    pub fn find(&self, plan: &Plan, wake: impl FnOnce() + Send + 'static) -> Option<Receiver<Option<Run>>> {
        let (path, plan) = (file(&self.folder, &text(plan)), plan.clone());
        path.exists().then(|| {
            let (tell, found) = channel();
            std::thread::spawn(move || {
                // Nobody waits when the window is gone.
                let _ = tell.send(read(&path, &plan));
                wake();
            });
            found
        })
    }
}

/// All that makes a run, as text.
fn text(plan: &Plan) -> String {
    Kept::new(Document::new(plan.clone())).to_toml()
}

fn file(folder: &Path, text: &str) -> PathBuf {
    let name: String = Sha256::digest(text).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    folder.join(name).with_extension(ENDING)
}

fn write(folder: &Path, plan: &Plan, snapshot: Snapshot) -> Result<(), ExportError> {
    let plan = text(plan);
    let path = file(folder, &plan);
    // Numbers and text have no way to fail; what did would leave the file before.
    let Ok(body) = postcard::to_allocvec(&Written { plan, snapshot }) else { return Ok(()) };
    let bytes = [HEAD, &Sha256::digest(&body)[..], &body].concat();
    atomic_write(&path, &bytes)?;
    tidy(folder, &path);
    Ok(())
}

/// `None` if it is damaged, of another plan, or of another program.
fn read(path: &Path, plan: &Plan) -> Option<Run> {
    let bytes = read_file(path).ok()?;
    let (sum, body) = bytes.strip_prefix(HEAD)?.split_at_checked(32)?;
    if Sha256::digest(body)[..] != *sum {
        return None;
    }
    let written: Written = postcard::from_bytes(body).ok()?;
    (written.plan == text(plan)).then(|| plan.revive(written.snapshot))?
}

/// Removes the oldest files but `newest` while there are too many, and what a kill left half written.
fn tidy(folder: &Path, newest: &Path) {
    // What cannot be removed here and below is removed next time.
    let is_old = |path: &PathBuf| age(path).is_some_and(|age| age > OLD);
    files_in(folder, "part").iter().filter(|path| is_old(path)).for_each(|path| drop(fs::remove_file(path)));
    let dated = |path: PathBuf| age(&path).map(|age| (age, path));
    let mut runs: Vec<_> = files_in(folder, ENDING).into_iter().filter(|p| p != newest).filter_map(dated).collect();
    runs.sort();
    let mut bytes = 0;
    for (k, (_, path)) in runs.into_iter().enumerate() {
        bytes += fs::metadata(&path).map_or(0, |m| m.len());
        if k + 1 >= MOST || bytes > MOST_BYTES {
            let _ = fs::remove_file(path);
        }
    }
}
