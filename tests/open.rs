//! Files opened again: what was saved comes back to the last byte, and what nobody saved is one sentence.

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

fn small() -> Provenance {
    Provenance {
        scene: "one-machine".into(),
        values: vec![("eta <&>\"".into(), "é −ζ ]]> \\ }{".into())],
        events: vec![(u64::MAX, "beta".into(), "0.9".into())],
        seed: u64::MAX,
        views: vec!["series".into()],
        page: Sizes { height: Some(0.1 + 0.2), ..Sizes::default() },
        ..Provenance::default()
    }
}

/// The smallest file of every carrier.
fn carriers(json: &str) -> Vec<Vec<u8>> {
    let xml = json.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&#62;").replace('"', "&#x22;");
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x04IHDR1234crcc".to_vec();
    let chunk = [b"impetus-provenance\0\0\0\0\0", json.as_bytes()].concat();
    png.extend(u32::try_from(chunk.len()).unwrap().to_be_bytes());
    png.extend([b"iTXt", &chunk[..], b"crcc\0\0\0\0IENDcrcc"].concat());
    let texts = [
        format!("<svg><title>impetus-provenance: no</title><metadata id=\"impetus-provenance\">{xml}</metadata></svg>"),
        format!("%PDF-1.7 <pdf:Keywords>{xml}</pdf:Keywords> %%EOF"),
        format!("# title: \"impetus-provenance\"\r\n# impetus-provenance: {json}\r\na,b\r\n1,2\r\n"),
        format!("% TeX\n% impetus-provenance: {json}\n\\begin{{tikzpicture}}"),
        format!("{{\"a\": [1], \"impetus-provenance\"\n :  {json}, \"b\": {{}}}}"),
    ];
    texts.into_iter().map(String::into_bytes).chain([png]).collect()
}

#[test]
fn a_truncated_file_is_whole_or_one_sentence() {
    let want = small();
    for (k, file) in carriers(&want.to_json()).iter().enumerate() {
        assert_eq!(Provenance::from_file(file).unwrap(), want, "carrier {k}");
        for end in 0..file.len() {
            match Provenance::from_file(&file[..end]) {
                Ok(found) => assert_eq!(found, want, "carrier {k} to {end}"),
                Err(e) => assert!(Lang::ALL.iter().all(|l| e.say(*l).lines().count() == 1), "{k} {end}"),
            }
        }
    }
}

#[test]
fn a_changed_byte_is_noticed() {
    let want = small();
    let file = carriers(&want.to_json()).remove(3);
    for at in 30..file.len() - 22 {
        for byte in [b'7', b'z', b'"', b'{', 0xff] {
            let mut other = file.clone();
            if std::mem::replace(&mut other[at], byte) != byte
                && let Ok(found) = Provenance::from_file(&other)
            {
                // Another spelling of the same number is no change.
                assert!(found.edited || found == want, "{at} {byte}");
            }
        }
    }
}

#[test]
fn hostile_carriers_are_one_sentence() {
    let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    let table = [
        ("{}".into(), "names no scene"),
        ("[]".into(), "wrong kind"),
        ("{\"scene\": 5}".into(), "wrong kind"),
        ("{\"scene\": \"a\", \"values\": {\"eta\": 1}}".into(), "wrong kind"),
        ("{\"scene\": \"a\", \"seed\": -1}".into(), "wrong kind"),
        ("{\"scene\": \"a\", \"seed\": 1.5}".into(), "wrong kind"),
        ("{\"scene\": \"a\", \"page\": {\"width\": null}}".into(), "wrong kind"),
        ("{\"scene\": \"a\", \"lang\": \"fr\"}".into(), "wrong kind"),
        ("{\"scene\": \"a\", \"page\": {\"width\": NaN}}".into(), "no JSON"),
        ("{\"scene\": \"a\", \"x\": 1e999}".into(), "no JSON"),
        (format!("{{\"scene\": \"a\", \"x\": {}}}", deep(100_000)), "no JSON"),
        (format!("{{\"scene\": \"{}\"", "a".repeat(10 << 20)), "cut off"),
    ];
    for (json, wanted) in table {
        for file in [format!("# impetus-provenance: {json}\n"), format!("{{\"impetus-provenance\": {json}}}")] {
            let error = Provenance::from_file(file.as_bytes()).unwrap_err().to_string();
            let short: String = file.chars().take(60).collect();
            // In a JSON file the value must be an object to be found to its end.
            let also = file.starts_with('{') && json == "[]" && error.contains("cannot be read");
            assert!(error.contains(wanted) || also, "{short}: {error}");
        }
    }
}

#[test]
fn noise_is_no_provenance_and_costs_one_scan() {
    let mut x = 1_u64;
    let mut noise = |n: usize| -> Vec<u8> {
        let step = |_| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (x >> 56) as u8
        };
        (0..n).map(step).collect()
    };
    for head in
        [&b""[..], b"%PDF-1.4\n<pdf:Keywords>physics, momentum</pdf:Keywords>", b"\x89PNG\r\n\x1a\n", b"{", b"# "]
    {
        for n in [0, 1, 7, 100, 50_000] {
            let file = [head, &noise(n)].concat();
            assert!(Provenance::from_file(&file).unwrap_err().to_string().contains("carries no"), "{head:?} {n}");
        }
    }
    let start = std::time::Instant::now();
    for piece in ["impetus-provenance", "\"impetus-provenance\" ", "id=\"impetus-provenance\" ", "a", "&", "impetus-"] {
        let file = piece.repeat((10 << 20) / piece.len());
        assert!(Provenance::from_file(file.as_bytes()).is_err());
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_batch_is_a_run_per_value() {
    let base = session(vec![Command::FromNow(true), Command::Seek(4), set("beta", "0.9")], 6);
    let batch = Batch::parse(&base, "eta=0.4, 0.1:0.5:5,0.4").unwrap();
    let all: Vec<_> = batch.sessions().map(Result::unwrap).collect();
    let labels: Vec<&str> = all.iter().map(|(label, _)| *label).collect();
    assert_eq!(labels, ["eta=0.4", "eta=0.1", "eta=0.2", "eta=0.3", "eta=0.5"]);
    for (label, session) in &all {
        assert_eq!(format!("eta={}", session.read("eta")), *label);
        assert_eq!((session.plan().events.len(), session.playback().now), (1, 6), "{label}");
    }
    let derived = Batch::parse(&base, "zeta=0.2,0.9").unwrap();
    for ((_, session), want) in derived.sessions().map(Result::unwrap).zip([0.2, 0.9]) {
        assert!((session.read("zeta") - want).abs() < 1e-9);
    }
    let words = Batch::parse(&base, "mapping=exact,CENTRAL").unwrap();
    assert_eq!(words.sessions().map(|s| s.unwrap().0).collect::<Vec<_>>(), ["mapping=exact", "mapping=central"]);
    for (text, wanted) in [
        ("eta", "not “eta”"),
        ("eta=", "ID=VALUE"),
        ("eta=1:2", "“1:2” is no range"),
        ("eta=1:2:1", "no range"),
        ("eta=1:2:2:2", "no range"),
        ("eta=1:2:5000", "at most 1000"),
        ("eta=0.1,x", "not a finite number"),
        ("eta=0.1:1e9:3", "outside its range"),
        ("moon=1", "no parameter “moon”"),
        ("k=5", "curvatures of the d2l bowl are fixed"),
    ] {
        let error = Batch::parse(&base, text).err().unwrap_or_else(|| panic!("{text} was taken"));
        assert!(error.say(Lang::En).contains(wanted), "{text}: {error}");
        assert_ne!(error.say(Lang::Zh), error.say(Lang::En));
    }
}

#[test]
fn run_saves_batches_grids_and_what_preflight_says() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &str| impetus(folder.path(), &format!("--lang en run one-machine {arguments}"));
    let done = run("--each eta=0.1:0.3:3 --view series --view atlas --columns 1 --font 8 --no-letters --out f.svg");
    assert!(done.status.success(), "{}", said(&done.stderr));
    for value in ["0.1", "0.2", "0.3"] {
        let text = std::fs::read(folder.path().join(format!("f-eta={value}.svg"))).unwrap();
        let saved = Provenance::from_file(&text).unwrap();
        assert!(saved.values.contains(&("eta".into(), value.into())));
        assert_eq!((saved.views.len(), saved.columns, saved.page.font, saved.page.letters), (2, 1, 8.0, false));
    }
    assert!(said(&run("--each eta=0.1,0.2").stdout).contains("== eta=0.2\n"));
    let json: serde_json::Value = serde_json::from_slice(&run("--each eta=0.1,0.2 --json").stdout).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
    for (arguments, wanted) in [
        ("--event 3:problem=one", "cannot change in mid-run"),
        ("--view moon --out a.svg", "no view “moon”"),
        ("--columns 0 --out a.svg", "--columns takes 1 to 24"),
        ("--font 3 --out a.svg", "--font takes 4 to 72 pt"),
        ("--height nan --out a.svg", "--height takes 15 to 2000 mm"),
        ("--width 89 --width 90 --out a.svg", "--width is given once"),
        ("--each eta=9e9 --out a.svg", "outside its range"),
        ("--out a.docx", ".svg, "),
    ] {
        let done = run(arguments);
        let lines = said(&done.stderr);
        assert_eq!((done.status.code(), lines.lines().count()), (Some(2), 1), "{arguments}: {lines}");
        assert!(lines.contains(wanted), "{arguments}: {lines}");
        assert!(!folder.path().join("a.svg").exists());
    }
    let done = impetus(folder.path(), "preflight f-eta=0.1.svg --json");
    let reports: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(reports[0]["file"], "f-eta=0.1.svg");
    let done = impetus(folder.path(), "--lang en preflight f-eta=0.1.svg none.pdf");
    assert!(said(&done.stderr).contains("cannot read “none.pdf”") && said(&done.stdout).contains("f-eta=0.1.svg"));
}
