//! A figure of compared runs, with its choices, comes back from its own file to the last byte.

use impetus::export::{Format, Page, Provenance};
use impetus::files::{Artwork, Composition, figure_command, restore};
use impetus::scenes::{Opt, SCENES};
use impetus::session::{Command, Session};
use impetus::text::Lang;

fn compared() -> Session {
    let set = |id: &str, value: f64| Command::Set { id: id.into(), value };
    let mut session = Session::open(SCENES[0]).unwrap();
    let acts = [
        set("eta", 0.3),
        Command::Pin,
        Command::FromNow(true),
        Command::Seek(6),
        set("beta", 0.8),
        Command::Pin,
        set("beta", 0.2),
        Command::Choose(Opt::Ordinate, 1),
        Command::Brush(Some([4, 11])),
        Command::Seek(9),
    ];
    for command in acts {
        session.apply(command).unwrap();
        session.advance(100);
    }
    session
}

#[test]
fn compared_runs_come_back_from_the_figure() {
    let session = compared();
    assert_eq!(session.document().pins.len(), 2);
    for (view, format) in [("series", Format::Svg), ("phase", Format::Png), ("overview", Format::Csv)] {
        let composition = Composition { page: Page::new(140.0), dpi: 60.0, ..Composition::of(view, Lang::En) };
        let bytes = Artwork::new(&session, &composition).unwrap().bytes(format).unwrap();
        let saved = Provenance::from_file(&bytes).unwrap();
        assert_eq!((saved.pins.len(), saved.options.len(), saved.brush), (2, 1, Some([4, 11])));
        let mut back = restore(&saved).unwrap();
        back.compare();
        assert_eq!(back.notices, [], "{view}");
        let [mut a, mut b] = [&session, &back.session].map(|s| s.document().clone());
        (a.look.layout, b.look.layout) = (Default::default(), Default::default());
        assert_eq!(a, b);
        let again = Artwork::new(&back.session, &back.composition).unwrap().bytes(format).unwrap();
        assert!(again == bytes, "{view}: other bytes");
    }
}

#[test]
fn the_command_of_such_a_figure_makes_the_same_bytes() {
    let session = compared();
    let folder = tempfile::tempdir().unwrap();
    let composition = Composition { formats: vec![Format::Svg], ..Composition::of("series", Lang::En) };
    let command = figure_command(&session, &composition);
    let words = command.strip_prefix("impetus ").unwrap().split(' ').map(|w| w.trim_matches('\''));
    let done =
        std::process::Command::new(env!("CARGO_BIN_EXE_impetus")).current_dir(folder.path()).args(words).output();
    let done = done.unwrap();
    assert!(done.status.success(), "{command}\n{}", String::from_utf8_lossy(&done.stderr));
    let made = std::fs::read(folder.path().join("one-machine-series.svg")).unwrap();
    assert!(made == Artwork::new(&session, &composition).unwrap().bytes(Format::Svg).unwrap(), "{command}");
}

#[test]
fn damaged_pins_and_choices_give_way_or_are_one_sentence() {
    let bytes = Artwork::new(&compared(), &Composition::of("series", Lang::En)).unwrap().bytes(Format::Csv).unwrap();
    let saved = Provenance::from_file(&bytes).unwrap();
    let mut odd = saved.clone();
    odd.options = vec![("ordinate".into(), "cubic".into()), ("smell".into(), "x".into())];
    odd.brush = Some([90, 3]);
    let back = restore(&odd).unwrap();
    assert_eq!(back.notices.len(), 2, "{:?}", back.notices);
    assert_eq!(back.session.look().brush, Some([3, 20]));
    let mut bad = saved;
    bad.pins[0].values = vec![("beta".into(), "7".into())];
    assert!(restore(&bad).err().unwrap().say(Lang::En).contains("momentum (beta) = 7 is outside"));
}
