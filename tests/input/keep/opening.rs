//! Files are known by what is in them, whatever they are called.

use std::path::Path;
use std::process::{Command as Process, Output};

use impetus::export::Page;
use impetus::files::keep::{Kept, Opened};
use impetus::scenes::SCENES;
use impetus::session::Session;
use impetus::text::Lang;

fn kind(bytes: &[u8]) -> &'static str {
    match Opened::of(bytes) {
        Ok(Opened::Session(_)) => "session",
        Ok(Opened::Figure(_)) => "figure",
        Ok(Opened::Data(_)) => "data",
        Err(impetus::files::keep::OpenError::Session(_)) => "faulty session",
        Err(_) => "neither",
    }
}

#[test]
fn the_bytes_tell() {
    let mut kept = Kept::of(&Session::open(SCENES[0]).unwrap());
    kept.note = "# impetus-provenance: {\"scene\": \"one-machine\"}".into();
    let (toml, share) = (kept.to_toml(), kept.to_share());
    let folder = tempfile::tempdir().unwrap();
    let figure = folder.path().join("figure.impetus.svg");
    let session = Session::open(SCENES[0]).unwrap();
    impetus::files::save(&session, "phase", &figure, &Page::default(), 72.0, Lang::En).unwrap();
    let table: [(&[u8], &str); 11] = [
        (toml.as_bytes(), "session"),
        (share.as_bytes(), "session"),
        (b"\n impetus:one-machine?eta=0.1\n", "session"),
        (b"impetus:moon", "faulty session"),
        (b"# mine\n\nschema = 1\nscene = \"one-machine\"", "session"),
        (b"scene = \"one-machine\"\nschema = 7.5", "faulty session"),
        (&std::fs::read(&figure).unwrap(), "figure"),
        (b"", "neither"),
        (b"<svg/>", "neither"),
        (b"a,b\n1,2\n", "neither"),
        (b"\x89PNG\r\n\x1a\n", "neither"),
    ];
    for (bytes, wanted) in table {
        assert_eq!(kind(bytes), wanted, "{}", String::from_utf8_lossy(bytes));
    }
}

fn impetus(folder: &Path, arguments: &[&str]) -> Output {
    let mut process = Process::new(env!("CARGO_BIN_EXE_impetus"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        process.env_remove(display);
    }
    process.current_dir(folder).args(["--lang", "en"]).args(arguments).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Every way to name a session gives the same run: its file, a copy under another name, its share text.
#[test]
fn the_command_line_takes_sessions_and_share_text() {
    let folder = tempfile::tempdir().unwrap();
    let kept = super::chance(24);
    let share = kept.to_share();
    kept.store(&folder.path().join("mine.impetus")).unwrap();
    kept.store(&folder.path().join("notes.txt")).unwrap();
    let mut session = kept.open().unwrap();
    session.advance(u64::MAX);
    let wanted = said(&impetus(folder.path(), &["run", &share, "--json"]).stdout);
    assert!(wanted.contains(&format!("\"seed\": {}", kept.document.plan.seed)), "{wanted}");
    for name in ["mine.impetus", "notes.txt"] {
        let done = impetus(folder.path(), &["run", name, "--json"]);
        assert_eq!(said(&done.stderr), "");
        assert_eq!(said(&done.stdout), wanted, "{name}");
    }
    for given in [share.as_str(), "mine.impetus"] {
        let print = said(&impetus(folder.path(), &["open", "--print", given]).stdout);
        assert_eq!(print.trim_end(), format!("impetus run '{share}'"));
    }
    let more = impetus(folder.path(), &["run", "impetus:one-machine?beta=0.25", "--set", "eta=0.125", "--json"]);
    assert!(said(&more.stdout).contains("\"0.125\"") && said(&more.stdout).contains("\"0.25\""));
    for (arguments, code, wanted) in [
        (["run", "impetus:one-machine?eta=x"], 2, "Character 25: "),
        (["open", "impetus:one-machine?eta=x"], 1, "Character 25: "),
        (["open", "none.impetus"], 1, "cannot read"),
        (["run", "moon"], 2, "there is no scene “moon”"),
    ] {
        let done = impetus(folder.path(), &arguments);
        let lines = said(&done.stderr);
        assert!(done.status.code() == Some(code) && lines.contains(wanted) && lines.lines().count() == 1, "{lines}");
    }
}
