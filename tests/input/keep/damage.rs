//! A damaged session file is opened whole or refused, and is never written over.

use impetus::files::keep::{Kept, Opened};
use impetus::text::Lang;
use rand::RngExt as _;

/// A file of some size: notes, events, pins, an arrangement.
fn real() -> Vec<u8> {
    let fullest = (0..60).map(super::chance).max_by_key(|k| k.to_toml().len()).unwrap();
    Kept { note: "Lecture 3, \"ringing\".\n第二行。\n".repeat(200), ..fullest }.to_toml().into_bytes()
}

fn open(bytes: &[u8]) {
    match Opened::of(bytes) {
        Ok(Opened::Session(found)) => {
            let again = Kept::from_toml(&found.kept.to_toml()).expect("what was opened can be saved and opened");
            assert!(super::same(&again.kept, &found.kept), "{}", String::from_utf8_lossy(bytes));
        }
        Ok(_) => panic!("a session was taken for something else"),
        Err(e) => assert!(Lang::ALL.iter().all(|l| e.say(*l).lines().count() == 1), "{}", e.say(Lang::En)),
    }
}

#[test]
fn cut_off_anywhere() {
    let bytes = real();
    assert!(bytes.len() > 8_000, "{}", bytes.len());
    for end in 0..bytes.len() {
        open(&bytes[..end]);
    }
}

#[test]
fn bits_flipped() {
    let bytes = real();
    let mut dice = super::dice(5);
    for _ in 0..1000 {
        let mut other = bytes.clone();
        let at = dice.random_range(0..other.len());
        other[at] ^= 1 << dice.random_range(0..8);
        open(&other);
    }
}

#[test]
fn opening_leaves_the_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.impetus");
    let bytes = real();
    for end in [0, 10, 200, bytes.len() / 2, bytes.len()] {
        std::fs::write(&path, &bytes[..end]).unwrap();
        let _ = Opened::read(&path);
        assert_eq!(std::fs::read(&path).unwrap(), &bytes[..end]);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
