//! From a typed world to a file and back.

use impetus::export::{Format, Provenance};
use impetus::files::{self, Artwork, Composition, keep::Kept};
use impetus::scenes::EXAMPLES;
use impetus::session::{Command, Plan, Session};
use impetus::text::Lang;

fn session() -> Session {
    let mut session = Session::resume(Plan::example(&EXAMPLES[0]).unwrap()).unwrap();
    session
        .apply(Command::Open(
            session.plan().rewritten(super::scene("f(x) = a*x^4 - x^2 # 'two' wells\na = 0.3 in [0.1, 1]")),
        ))
        .unwrap();
    session.apply(Command::Set { id: "a".into(), value: 0.4 }).unwrap();
    session.advance(session.plan().steps);
    session
}

#[test]
fn a_figure_brings_its_world_back() {
    let session = session();
    let composition = Composition::of("phase", Lang::En);
    let artwork = Artwork::new(&session, &composition).unwrap();
    for format in [Format::Svg, Format::Csv] {
        let bytes = artwork.bytes(format).unwrap();
        let saved = Provenance::from_file(&bytes).unwrap();
        assert_eq!(saved.source.as_deref(), session.scene().source());
        let mut restored = files::restore(&saved).unwrap();
        restored.compare();
        assert_eq!(restored.notices, vec![], "{format:?}");
        assert_eq!(restored.session.plan(), session.plan(), "{format:?}");
    }
}

#[test]
fn a_damaged_text_is_said() {
    let saved = Provenance { scene: "typed-world".into(), source: Some("f(x) = x +".into()), ..Provenance::default() };
    let Err(why) = files::restore(&saved) else { panic!("restored a fault") };
    assert!(why.say(Lang::En).contains("Line 1, column"), "{}", why.say(Lang::En));
    let strange = Provenance { scene: "one-machine".into(), source: Some("x".into()), ..Provenance::default() };
    assert!(files::restore(&strange).is_err());
}

#[test]
fn a_session_file_brings_its_world_back() {
    let session = session();
    let kept = Kept::of(&session);
    for read in [Kept::from_toml(&kept.to_toml()).unwrap().kept, Kept::from_share(&kept.to_share()).unwrap()] {
        assert_eq!(read.document.plan, *session.plan());
    }
}

#[test]
fn the_command_says_the_text() {
    let command = files::command(&session());
    assert!(command.contains("--world 'f(x) = a*x^4 - x^2 # '\\''two'\\'' wells\na = 0.3 in [0.1, 1]'"), "{command}");
    assert!(command.contains("--set a=0.4"), "{command}");
}
