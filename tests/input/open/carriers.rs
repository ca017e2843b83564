//! Provenance in damaged and hostile files, and batches.

use super::*;

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
