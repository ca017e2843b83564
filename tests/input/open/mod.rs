//! Files opened again: what was saved comes back to the last byte, and what nobody saved is one sentence.

mod carriers;

use std::path::Path;
use std::process::Command as Process;

use impetus::export::{Format, Page, Provenance, Sizes, read_file};
use impetus::figure::Medium;
use impetus::files::{self, Artwork, Batch, Composition, Restored, figure_command, figure_ids, restore};
use impetus::scenes::{Lens, SCENES};
use impetus::session::{Command, Session};
use impetus::text::Lang;

fn set(id: &str, text: &str) -> Command {
    Command::SetText { id: id.into(), text: text.into() }
}

/// A session after these commands, computed, and shown at `now`.
fn session(commands: Vec<Command>, now: u64) -> Session {
    let mut session = Session::open(SCENES[0]).unwrap();
    for command in commands {
        session.advance(u64::MAX);
        session.apply(command).unwrap();
    }
    session.advance(u64::MAX);
    session.apply(Command::Seek(now)).unwrap();
    session
}

/// Runs of every kind: untouched, from a preset, with changes in mid-run, with derived values, tiny numbers.
fn sessions() -> Vec<Session> {
    let live = vec![
        Command::Preset(5),
        Command::Seek(9),
        Command::FromNow(true),
        set("kd", "0.7"),
        Command::Seek(31),
        set("beta", "0.31"),
        set("temperature", "0.25"),
        Command::Lens(Lens::Sampler),
    ];
    let derived =
        vec![set("problem", "two"), set("eta", "0.02"), Command::Mode(1), set("zeta", "0.3"), Command::Seed(u64::MAX)];
    let tiny = vec![set("x1", "1e-70"), set("x2", "-3.3e-9"), Command::Steps(7), Command::Lens(Lens::Spring)];
    vec![
        session(vec![], 20),
        session(live, 40),
        session(derived, 3),
        session(tiny, 0),
        session(vec![Command::Preset(3), Command::Lens(Lens::Controller)], 11),
    ]
}

fn open(bytes: &[u8]) -> Restored {
    let mut restored = restore(&Provenance::from_file(bytes).unwrap()).unwrap();
    restored.compare();
    restored
}

#[test]
fn every_format_restores_the_run_and_prints_the_same_bytes() {
    for (i, session) in sessions().iter().enumerate() {
        let lang = Lang::ALL[i % 2];
        for view in figure_ids(session, lang) {
            let page = Page { letters: i % 2 == 0, height_mm: (i == 2).then_some(150.0), ..Page::new(140.0) };
            let composition = Composition { page, dpi: 60.0, ..Composition::of(view, lang) };
            let artwork = Artwork::new(session, &composition).unwrap();
            for format in Format::ALL {
                let bytes = artwork.bytes(format).unwrap();
                let back = open(&bytes);
                assert_eq!(back.notices, [], "{i} {view} {format:?}");
                assert_eq!(back.composition, composition);
                assert!(back.session.plan() == session.plan(), "{i} {view} {format:?}");
                assert_eq!(back.session.view(lang), session.view(lang));
                let again = Artwork::new(&back.session, &back.composition).unwrap().bytes(format).unwrap();
                assert!(again == bytes, "{i} {view} {format:?}: other bytes");
            }
        }
    }
}

#[test]
fn grids_and_tables_come_back() {
    let folder = tempfile::tempdir().unwrap();
    for (i, session) in sessions().iter().enumerate() {
        let page = Page { font_pt: 8.5, line_pt: 0.7, transparent: true, medium: Medium::Dark, ..Page::new(183.0) };
        let views = ["atlas", "series", "energy"].map(String::from).to_vec();
        let composition = Composition { views, columns: 3, page, ..Composition::of("series", Lang::Zh) };
        let bytes = Artwork::new(session, &composition).unwrap().bytes(Format::Svg).unwrap();
        let back = open(&bytes);
        assert_eq!((back.notices.len(), &back.composition), (0, &composition), "{i}");
        let (one, two) = (folder.path().join("1.csv"), folder.path().join("2.csv"));
        files::save_run(session, &one, Lang::Zh).unwrap();
        let back = open(&read_file(&one).unwrap());
        assert!(back.composition.is_table() && back.notices.is_empty());
        files::save_run(&back.session, &two, back.composition.lang).unwrap();
        assert!(read_file(&one).unwrap() == read_file(&two).unwrap(), "{i}: another table");
    }
}

fn impetus(folder: &Path, arguments: &str) -> std::process::Output {
    let words = arguments.split_whitespace().map(|w| w.trim_matches('"'));
    let mut process = Process::new(env!("CARGO_BIN_EXE_impetus"));
    for display in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        process.env_remove(display);
    }
    process.current_dir(folder).args(words).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_command_of_a_figure_makes_the_same_bytes() {
    for (i, session) in sessions().iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let views = if i == 0 { vec!["overview"] } else { vec!["series", "phase"] };
        let medium = if i == 4 { Medium::Light } else { Medium::Print };
        let composition = Composition {
            views: views.into_iter().map(String::from).collect(),
            columns: 1 + i % 2,
            page: Page { medium, line_pt: 1.25, height_mm: (i == 1).then_some(99.5), ..Page::new(120.0) },
            dpi: 72.0,
            formats: Format::ALL.to_vec(),
            ..Composition::of("series", Lang::ALL[i % 2])
        };
        let command = figure_command(session, &composition);
        let done = impetus(folder.path(), command.strip_prefix("impetus ").unwrap());
        assert!(done.status.success(), "{command}\n{}", said(&done.stderr));
        let artwork = Artwork::new(session, &composition).unwrap();
        for format in Format::ALL {
            let name = format!("one-machine-{}.{}", composition.name(), format.extension());
            let made = std::fs::read(folder.path().join(&name)).unwrap();
            assert!(made == artwork.bytes(format).unwrap(), "{i} {name}: other bytes\n{command}");
            let print = impetus(folder.path(), &format!("open --print {name}"));
            let one = Composition { formats: vec![format], ..composition.clone() };
            assert_eq!(said(&print.stdout).trim_end(), figure_command(session, &one));
            assert_eq!(said(&print.stderr), "");
        }
    }
}

#[test]
fn without_a_display_open_says_so_and_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    impetus(folder.path(), "run one-machine --set eta=0.3 --view atlas --out a.pdf");
    let done = impetus(folder.path(), "open a.pdf");
    let lines = said(&done.stderr);
    assert_eq!((done.status.success(), lines.lines().count()), (false, 2), "{lines}");
    assert!(lines.lines().nth(1).unwrap().starts_with("impetus run one-machine --set eta=0.3 "), "{lines}");
    for (file, sentence) in [("none.svg", "cannot read"), (".", "it is a folder"), ("b.svg", "carries no Impetus")] {
        std::fs::write(folder.path().join("b.svg"), "<svg/>").unwrap();
        let done = impetus(folder.path(), &format!("--lang en open {file}"));
        let lines = said(&done.stderr);
        assert!(!done.status.success() && lines.lines().count() == 1 && lines.contains(sentence), "{lines}");
    }
}

/// A saved figure as text, with one thing changed in it.
fn edited(from: &str, to: &str) -> Vec<u8> {
    let session = session(vec![set("beta", "0.75")], 5);
    let bytes = Artwork::new(&session, &Composition::of("loss", Lang::En)).unwrap().bytes(Format::Csv).unwrap();
    let text = said(&bytes);
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn an_edited_file_says_so_and_follows_the_edit() {
    let table = [
        (r#"["beta","0.75"]"#, r#"["beta","0.25"]"#, "edited|differ from those"),
        (r#""seed":1"#, r#""seed":2"#, "edited|differ from those"),
        (r#"["beta","0.75"],"#, "", "edited|value of beta|differ from those"),
        (r#""lens":"optimizer""#, r#""lens":"magnet""#, "edited|lens “magnet”"),
        (r#""mode":1"#, r#""mode":7"#, "edited|mode 7"),
        (r#""at":5"#, r#""at":500"#, "edited|moment 500"),
        (r#""views":["loss"]"#, r#""views":["sky"]"#, "edited|view “sky”"),
        (r#""width":183.0"#, r#""width":1e300"#, "edited|sizes"),
        (r#""columns":2"#, r#""columns":0"#, "edited|sizes"),
        (r#""dpi":300.0"#, r#""dpi":-1"#, "edited|sizes"),
        (r#""medium":"print""#, r#""medium":"stone""#, "edited|sizes"),
        (r#""version":"0.1.0""#, r#""version":"9.0.0""#, "edited|Impetus 9.0.0"),
        (r#""check":"#, r#""checked":"#, "edited"),
    ];
    for (from, to, wanted) in table {
        let restored = open(&edited(from, to));
        let notices: Vec<String> = restored.notices.iter().map(|n| n.say(Lang::En)).collect();
        let wanted: Vec<&str> = wanted.split('|').collect();
        assert_eq!(notices.len(), wanted.len(), "{to}: {notices:?}");
        assert!(notices.iter().zip(&wanted).all(|(n, w)| n.contains(w)), "{to}: {notices:?}");
        for notice in &restored.notices {
            assert!(!notice.say(Lang::Zh).contains("{}") && notice.say(Lang::Zh) != notice.say(Lang::En));
        }
    }
    assert_eq!(open(&edited(r#"["beta","0.75"]"#, r#"["beta","0.25"]"#)).session.read("beta"), 0.25);
    assert_eq!(open(&edited("\n", "\n")).notices, []);
}

#[test]
fn a_run_that_cannot_be_is_one_sentence() {
    let table = [
        (r#""scene":"one-machine""#, r#""scene":"moon""#, "“moon”"),
        (r#"["beta","#, r#"["betta","#, "“betta”"),
        (r#"["beta","0.75"]"#, r#"["beta","7.5"]"#, "outside its range"),
        (r#"["beta","0.75"]"#, r#"["beta","NaN"]"#, "not a finite number"),
        (r#""steps":20"#, r#""steps":0"#, "1 to 100000"),
        (r#""steps":20"#, r#""steps":18446744073709551615"#, "1 to 100000"),
        (r#""events":[]"#, r#""events":[[3,"problem","one"]]"#, "problem cannot change in mid-run"),
        (r#""events":[]"#, r#""events":[[3,"eta","x"]]"#, "not a finite number"),
    ];
    for (from, to, wanted) in table {
        let saved = Provenance::from_file(&edited(from, to)).unwrap();
        let error = restore(&saved).err().unwrap_or_else(|| panic!("{to} was opened"));
        assert!(error.say(Lang::En).contains(wanted), "{}", error.say(Lang::En));
        assert!(error.say(Lang::Zh) != error.say(Lang::En) && !error.say(Lang::Zh).contains('\n'));
    }
    let many = (0..10_001).map(|n| (n, "eta".to_owned(), "0.1".to_owned())).collect();
    let saved = Provenance { events: many, ..Provenance::from_file(&edited("\n", "\n")).unwrap() };
    assert!(restore(&saved).err().unwrap().say(Lang::En).contains("10001 changes"));
    let newer = Provenance { version: "0.10.0".into(), scene: "moon".into(), ..Provenance::default() };
    assert!(restore(&newer).err().unwrap().say(Lang::En).contains("newer than this Impetus"));
}
