//! Session files of every schema there was: each is opened for ever, and runs to the bits it ran to.
//!
//! A new schema adds a folder; files in a folder are never changed. The sums change only with the
//! arithmetic of the core itself.

use std::path::{Path, PathBuf};

use impetus::export::sha256;
use impetus::files::keep::{Kept, Opened};
use impetus::scenes::Probe;
use impetus::session::Session;

/// File, and the SHA-256 of every position and velocity of its run and of those pinned beside it.
const RUNS: [(&str, &str); 4] = [
    ("v1/as-it-starts.impetus", "fc673b47fb9e94f6b3380364694389df9b31295c0e563d2142ed8e825cf36ffe"),
    ("v1/ringing.impetus", "2ed393eae40087c3fb651bada9389ff65e06cb18fca271f202882208e99597c9"),
    ("v1/changed-and-pinned.impetus", "feb9d617dd457bd163d031782ba56e5ae7454168145dd730eec949588fa7f4a6"),
    ("v1/by-hand.impetus", "e5919f9b67fd56307592752f24cf2dc511433b5442c172d515bbcefe315661df"),
];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sessions").join(name)
}

fn bits(session: &Session) -> String {
    let runs = std::iter::once(session.run()).chain(session.pins().iter().map(|p| &p.run));
    let moves = |p: &&Probe| matches!(p, Probe::Position(_) | Probe::Velocity(_));
    let lanes = runs.flat_map(|r| &r.lanes);
    let columns = lanes.flat_map(|l| l.trace.probes().iter().filter(moves).map(move |p| l.column(*p)));
    let bytes: Vec<u8> = columns.flat_map(|c| c.iter().flat_map(|x| x.to_bits().to_le_bytes())).collect();
    sha256(&bytes)
}

#[test]
fn every_file_opens_and_runs_to_the_same_bits() {
    let mut wrong = Vec::new();
    for (name, wanted) in RUNS {
        let Ok(Opened::Session(found)) = Opened::read(&path(name)) else { panic!("{name} does not open") };
        let mut session = found.kept.open().unwrap();
        session.advance(u64::MAX);
        assert!(session.is_computed() && session.run().is_complete(), "{name}");
        let again = Kept::from_toml(&found.kept.to_toml()).unwrap().kept;
        assert!(super::same(&again, &found.kept), "{name}");
        if bits(&session) != wanted {
            wrong.push(format!("(\"{name}\", \"{}\"),", bits(&session)));
        }
    }
    assert!(wrong.is_empty(), "other bits:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_is_in_the_table() {
    let listed: Vec<PathBuf> = RUNS.iter().map(|(name, _)| path(name)).collect();
    let mut count = 0;
    for folder in std::fs::read_dir(path("")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            assert!(listed.contains(&file.unwrap().path()));
            count += 1;
        }
    }
    assert_eq!(count, listed.len());
}
