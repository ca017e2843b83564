//! Work outlives a kill: what is on disk is always whole, and at most a moment old.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use impetus::files::keep::{Kept, Leftover, Recovery};
use impetus::scenes::SCENES;
use impetus::session::{Command, Session};

/// The variable that turns one of the helpers below into a process to be killed.
const FOLDER: &str = "IMPETUS_TEST_FOLDER";

/// A session that says which one it is.
fn numbered(seed: u64) -> Kept {
    let mut session = Session::open(SCENES[0]).unwrap();
    session.apply(Command::Seed(seed)).unwrap();
    Kept { note: "n".repeat(20_000), ..Kept::of(&session) }
}

fn child(helper: &str, folder: &Path) -> Child {
    let mut process = Process::new(std::env::current_exe().unwrap());
    let (_, here) = module_path!().split_once("::").unwrap();
    let helper = format!("{here}::{helper}");
    process.args(["--exact", &helper, "--nocapture", "--test-threads=1"]).env(FOLDER, folder);
    process.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Not a test of its own: writes over one file again and again until it is killed.
#[test]
fn helper_stores() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let file = PathBuf::from(folder).join("mine.impetus");
    println!("ready");
    for k in 1.. {
        numbered(k).store(&file).unwrap();
    }
}

/// Not a test of its own: changes a session over and over, and says how far it is.
#[test]
fn helper_works() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let recovery = Recovery::start(Path::new(&folder)).unwrap();
    for k in 1..100_000 {
        recovery.keep(numbered(k), Some("study/mine.impetus".into()));
        println!("{k}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn two_hundred_kills_tear_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.impetus");
    numbered(0).store(&file).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for k in 0..200_u64 {
        let mut child = child("helper_stores", folder.path());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while !lines.next().is_some_and(|l| l.unwrap().contains("ready")) {}
        std::thread::sleep(Duration::from_micros(k * 1_370 % 30_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let kept = Kept::from_toml(&std::fs::read_to_string(&file).unwrap()).unwrap().kept;
        let seed = kept.document.plan.seed;
        assert!(kept == numbered(seed), "kill {k}");
        seen.insert(seed);
    }
    assert!(seen.len() > 3, "the killed processes wrote: {seen:?}");
}

#[test]
fn a_kill_loses_a_moment_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = child("helper_works", folder.path());
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (begun, mut last) = (Instant::now(), 0_u64);
    while begun.elapsed() < Duration::from_secs(4) {
        let line = lines.next().unwrap().unwrap();
        last = line.rsplit(' ').next().unwrap().parse().unwrap_or(last);
    }
    assert!(Leftover::all(folder.path()).is_empty(), "offered while its window lives");
    child.kill().unwrap();
    child.wait().unwrap();
    let left = Leftover::all(folder.path());
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].file.as_deref(), Some(Path::new("study/mine.impetus")));
    let found = left[0].kept.document.plan.seed;
    // Twenty milliseconds a change at least.
    let lost = Duration::from_millis(20) * u32::try_from(last.saturating_sub(found)).unwrap();
    assert!(found > 0 && lost <= Duration::from_secs(2), "{found} of {last}");
    assert!(left[0].kept == numbered(found));
    assert!(Leftover::all(folder.path()).is_empty(), "offered to two windows");
    left.into_iter().for_each(Leftover::discard);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_window_that_is_closed_keeps_what_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Recovery::start(folder.path()).unwrap(), Recovery::start(folder.path()).unwrap());
    for k in 1..50 {
        one.keep(numbered(k), None);
        two.keep(numbered(k), None);
    }
    one.keep(numbered(77), None);
    two.clear();
    drop((one, two));
    let left = Leftover::all(folder.path());
    assert_eq!(left.iter().map(|l| l.kept.document.plan.seed).collect::<Vec<_>>(), [77]);
    drop(left);
    assert_eq!(Leftover::all(folder.path()).len(), 1, "ignored work stays");
    assert!(Recovery::start(&folder.path().join("77.impetus/x")).is_ok());
}

#[test]
fn of_many_the_newest_ten_stay() {
    let folder = tempfile::tempdir().unwrap();
    for k in 0..14 {
        let file = folder.path().join(format!("{k:02}.impetus"));
        numbered(k).store(&file).unwrap();
        let past = std::time::SystemTime::now() - Duration::from_secs(1000 - 10 * k);
        std::fs::File::options().write(true).open(&file).unwrap().set_modified(past).unwrap();
    }
    std::fs::write(folder.path().join("torn.impetus"), "schema = 1\nscene").unwrap();
    let left = Leftover::all(folder.path());
    let seeds: Vec<u64> = left.iter().map(|l| l.kept.document.plan.seed).collect();
    assert_eq!(seeds, (4..14).rev().collect::<Vec<_>>());
    assert!(folder.path().join("torn.impetus").exists(), "what cannot be read is left alone");
    assert!(!folder.path().join("00.impetus").exists());
}
