//! Preferences survive the program; what cannot be read is set aside and lost nowhere.

use std::path::PathBuf;

use impetus::files::Preferences;
use impetus::session::{Layout, Side, Slot};
use impetus::text::Lang;

fn full() -> Preferences {
    let layout = Layout::default().added(0, Side::Right, Slot::View("map".into())).maximised(Some(2));
    Preferences {
        lang: Some(Lang::Zh),
        theme: Some("projector".into()),
        scale: 1.25,
        still: true,
        welcomed: true,
        recent: vec!["study/a \"quoted\" b.impetus".into(), "C:\\study\\二.impetus".into()],
        layouts: vec![("two by two".into(), Layout::default()), ("讲课".into(), layout)],
        worlds: vec![("well".into(), "x^4 - a*x^2\na = 1 in [0, 2]".into())],
    }
}

#[test]
fn they_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("impetus").join("preferences.toml");
    assert_eq!(Preferences::load(&path), Preferences::default());
    for wanted in [full(), Preferences::default(), Preferences { lang: Some(Lang::En), ..full() }] {
        wanted.store(&path).unwrap();
        assert_eq!(Preferences::load(&path), wanted);
        assert_eq!(Preferences::from_toml(&wanted.to_toml()), (wanted, true));
    }
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing was set aside");
}

#[test]
fn what_cannot_be_read_is_set_aside() {
    let usual = Preferences::default();
    let table: [(&[u8], Preferences, bool); 9] = [
        (b"", usual.clone(), true),
        (b"scale = 2\nfuture = 1\n", Preferences { scale: 2.0, ..usual.clone() }, true),
        (b"scale = \"2\"\nstill = true", Preferences { still: true, ..usual.clone() }, false),
        (b"scale = 1e9\nstill = true", Preferences { scale: 4.0, still: true, ..usual.clone() }, true),
        (b"scale = nan\ntheme = \"\"", usual.clone(), true),
        (b"still = 3\nwelcomed = true", Preferences { welcomed: true, ..usual.clone() }, false),
        (b"lang = \"fr\"", usual.clone(), false),
        (b"= [", usual.clone(), false),
        (b"\xff\xfe", usual.clone(), false),
    ];
    for (bytes, wanted, whole) in table {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("preferences.toml");
        std::fs::write(&path, bytes).unwrap();
        let said = String::from_utf8_lossy(bytes);
        for _ in 0..2 {
            assert_eq!(Preferences::load(&path), wanted, "{said}");
        }
        Preferences::load(&path).store(&path).unwrap();
        let aside = folder.path().join("preferences.toml.corrupt");
        assert_eq!(std::fs::read(&aside).ok().as_deref(), (!whole).then_some(bytes), "{said}");
    }
}

#[test]
fn lists_stay_short_and_names_single() {
    let mut preferences = Preferences::default();
    for k in 0..40 {
        preferences.opened(&PathBuf::from(format!("{}.impetus", k % 20)));
        preferences.keep_layout("mine", Layout::of(&["phase", "map"]));
        preferences.keep_world("mine", &format!("x^{k}"));
    }
    let newest: Vec<PathBuf> = (8..20).rev().map(|k| PathBuf::from(format!("{k}.impetus"))).collect();
    assert_eq!(preferences.recent, newest);
    assert_eq!(preferences.layouts, [("mine".to_owned(), Layout::of(&["phase", "map"]))]);
    assert_eq!(preferences.worlds, [("mine".to_owned(), "x^39".to_owned())]);
    let twice =
        Preferences { worlds: vec![("a".into(), "x".into()), (" a ".into(), "y".into())], ..Preferences::default() };
    assert_eq!(twice.sound().worlds, [("a".to_owned(), "x".to_owned())]);
}
