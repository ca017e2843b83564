//! Session files come back to the last bit, keep what they do not know, and say where a fault is.

use impetus::files::keep::{Clock, Kept};
use impetus::scenes::SCENES;
use impetus::session::{Command, Session};
use impetus::text::Lang;

use super::{chance, same};

fn session() -> Session {
    Session::open(SCENES[0]).unwrap()
}

#[test]
fn chance_sessions_come_back_to_the_last_bit() {
    let (mut events, mut pins, mut options, mut brushes) = (0, 0, 0, 0);
    for seed in 0..500 {
        let kept =
            Kept { note: if seed % 3 == 0 { "a \"b\"\n'''é\t\\".into() } else { String::new() }, ..chance(seed) };
        let text = kept.to_toml();
        let found = Kept::from_toml(&text).unwrap_or_else(|e| panic!("{seed}: {e}\n{text}"));
        assert_eq!(found.notices, [], "{seed}");
        assert!(same(&found.kept, &kept), "{seed}: {text}\n{found:?}\n{kept:?}");
        assert_eq!(found.kept.to_toml(), text, "{seed}: other bytes");
        events += kept.document.plan.events.len();
        pins += kept.document.pins.len();
        options += usize::from(kept.document.look.options != impetus::scenes::Options::default());
        brushes += usize::from(kept.document.look.brush.is_some());
    }
    assert!(events > 100 && pins > 100 && options > 10 && brushes > 20, "{events} {pins} {options} {brushes}");
}

#[test]
fn a_million_values_keep_their_bits() {
    use rand::RngExt as _;
    let spec = SCENES[0].params().iter().find(|s| s.id == "x1").unwrap();
    let (mut dice, [low, high]) = (super::dice(7), spec.bounds());
    let mut tried = 0;
    while tried < 1_000_000 {
        let value = f64::from_bits(dice.random());
        if !(low..=high).contains(&value) {
            continue;
        }
        tried += 1;
        assert_eq!(spec.read(&spec.text(value)).unwrap().to_bits(), value.to_bits(), "{value:e}");
    }
}

#[test]
fn a_session_given_back_runs_to_the_same_bits() {
    for seed in [3, 14, 15, 92, 65] {
        let mut before = super::chance_session(seed);
        let mut after = Kept::from_toml(&Kept::of(&before).to_toml()).unwrap().kept.open().unwrap();
        before.advance(u64::MAX);
        after.advance(u64::MAX);
        assert_eq!(after.playback().now, before.playback().now);
        assert_eq!(after.is_from_now(), before.is_from_now());
        let bits = |s: &Session| {
            let runs = std::iter::once(s.run()).chain(s.pins().iter().map(|p| &p.run));
            let columns = runs.flat_map(|r| &r.lanes).flat_map(|l| l.trace.probes().iter().map(move |p| l.column(*p)));
            columns.flat_map(|c| c.iter().map(|x| x.to_bits())).collect::<Vec<_>>()
        };
        assert!(bits(&before) == bits(&after), "{seed}");
    }
}

#[test]
fn opening_is_one_step_that_can_be_taken_back() {
    let mut session = session();
    session.apply(Command::Set { id: "eta".into(), value: 0.11 }).unwrap();
    session.apply(Command::Pin).unwrap();
    let before = session.document().clone();
    let clock = Clock { now: 4, speed: 2.5, looped: true, from_now: true };
    let kept = Kept { clock, ..chance(8) };
    kept.enter(&mut session).unwrap();
    assert_eq!(session.document(), &kept.document);
    assert_eq!(Kept::of(&session).clock, Clock { now: 4.min(kept.document.plan.steps), ..clock });
    session.apply(Command::Undo).unwrap();
    assert_eq!(session.document(), &before);
    session.apply(Command::Redo).unwrap();
    assert_eq!(session.document(), &kept.document);
}

#[test]
fn what_is_unknown_is_kept_and_told() {
    let text = Kept { note: "mine".into(), ..chance(3) }.to_toml();
    let text = text.replacen("schema = 1", "schema = 2\nweather = { sun = [1.5, \"x\"], at = 07:32:00 }", 1);
    let text = text.replacen("[look]", "[look]\nshine = true", 1).replacen("[clock]", "[clock]\n\"a b\" = -1", 1);
    let text = text.replacen("slot = { usual = 1 }", "slot = { usual = 1 }, frame = 3", 1);
    let text = format!("{text}\n[future]\nfar = 9\n");
    let found = Kept::from_toml(&text).unwrap();
    let said: Vec<String> = found.notices.iter().map(|n| n.say(Lang::En)).collect();
    assert!(said[0].contains("schema 2, newer than the 1"), "{said:?}");
    assert!(said[1].contains("clock, future, look, weather"), "{said:?}");
    let again = found.kept.to_toml();
    let tree: toml::Table = again.parse().unwrap();
    let lines = ["weather = ", "shine = true", "\"a b\" = -1", "frame = 3", "future = "];
    assert!(lines.iter().all(|l| again.contains(l)), "{again}");
    assert_eq!(tree["weather"]["sun"][0].as_float(), Some(1.5));
    assert_eq!(tree["future"]["far"].as_integer(), Some(9));
    assert!(same(&Kept::from_toml(&again).unwrap().kept, &found.kept));
}

#[test]
fn a_few_lines_by_hand_are_a_session() {
    let text = "schema = 1\nscene = \"one-machine\"\nsteps = 7\nvalues = { eta = 0.25, beta = \"0,5\" }\n";
    let found = Kept::from_toml(text).unwrap();
    let plan = &found.kept.document.plan;
    assert_eq!((plan.steps, plan.seed, plan.values.get("eta"), plan.values.get("beta")), (7, 1, 0.25, 0.5));
    assert_eq!(found.notices.len(), 1, "the values it is silent about");
    assert_eq!(Kept::from_toml("schema = 1\nscene = \"one-machine\"").unwrap().notices, []);
}

/// A fault in a real file: what is put in place of what, where it is, and what is said of it.
#[test]
fn every_fault_is_one_sentence_with_its_place() {
    let table = [
        ("schema = 1", "schema = 0", "Line 2, column 10: “schema” takes a whole number from 1"),
        ("schema = 1", "", "Line 1, column 1: “schema” is missing; it takes a whole number."),
        ("schema = 1", "schema = = 1", "Line 2, column 10: This is no TOML"),
        ("\"one-machine\"", "\"moon\"", "Line 4, column 9: There is no scene “moon” here; there are: one-machine"),
        ("\"one-machine\"", "7", "Line 4, column 9: “scene” takes text in quotes."),
        ("seed = 1", "seed = -1", "Line 5, column 8: “seed” takes a whole number from 0 to 18446744073709551615."),
        ("seed = 1", "seed = \"1e3\"", "“seed” takes a whole number"),
        ("steps = 20", "steps = 100001", "Line 6, column 9: “steps” takes a whole number from 1 to 100000."),
        ("steps = 20", "source = \"x^2\"\nsteps = 20", "Line 6, column 10: "),
        ("now = 3", "now = 21", "“now” takes a whole number from 0 to 20."),
        ("speed = 1.0", "speed = nan", "“speed” takes a number."),
        ("looped = false", "looped = 0", "“looped” takes true or false."),
        ("[clock]", "[[clock]]", "“clock” takes a section or a table"),
        (
            "eta = 0.4",
            "eta = 1000.0",
            "Line 16, column 7: learning rate (eta) = 1000 is outside its range 1e−5 to 100.",
        ),
        ("eta = 0.4", "eta = 0x10", "“eta” takes a number, or a word in quotes."),
        ("eta = 0.4", "ets = 0.4", "There is no parameter “ets”; there are: problem, eta,"),
        ("problem = \"d2l\"", "problem = \"d3l\"", "problem (problem) cannot be “d3l”; it can be: one, two, d2l."),
        ("lens = \"optimizer\"", "lens = \"magnet\"", "“lens” cannot be “magnet”; it can be: optimizer, spring"),
        ("mode = 1", "mode = 3", "“mode” takes a whole number from 1 to 2."),
        ("mode = 1", "mode = 1\nbrush = [4, 2]", "“brush” takes first and last iteration"),
        ("mode = 1", "mode = 1\nbrush = [4, 2, 1]", "“brush” has more than 2 entries"),
        (
            "mode = 1",
            "mode = 1\noptions = { ordinate = \"cubic\" }",
            "“ordinate” cannot be “cubic”; it can be: linear, log.",
        ),
        ("slot = { usual = 0 }", "slot = { usual = 99 }", "“usual” takes a whole number from 0 to 11."),
        ("slot = { usual = 0 }", "slot = {}", "“slot” takes { usual = N } or"),
        ("[look]", "[[events]]\nat = 1\nid = \"x1\"\nvalue = 1\n[look]", "x1 cannot change in mid-run"),
        ("[look]", "[[events]]\nat = 1\nid = \"x\"\nvalue = 1\n[look]", "There is no parameter “x”"),
        ("[look]", "[[events]]\nid = \"eta\"\nvalue = 1\n[look]", "“at” is missing; it takes a whole number."),
        ("now = 3", "now = 3\n[[pins]]\nvalues = { eta = 0 }", "learning rate (eta) = 0 is outside"),
    ];
    let mut session = session();
    session.apply(Command::Seek(3)).unwrap();
    let real = Kept::of(&session).to_toml();
    for (from, to, wanted) in table {
        assert!(real.contains(from), "{from}\n{real}");
        let error = Kept::from_toml(&real.replacen(from, to, 1)).expect_err(to);
        assert!(error.say(Lang::En).contains(wanted), "{to}: {error}");
        let zh = error.say(Lang::Zh);
        assert!(zh.starts_with('第') && zh.lines().count() == 1 && !zh.contains("{}"), "{zh}");
    }
    let many = format!("{}pins = [{}]\n", "schema = 1\nscene = \"one-machine\"\n", "{},".repeat(9));
    assert!(Kept::from_toml(&many).unwrap_err().to_string().contains("“pins” has more than 8 entries"));
    let long = format!("schema = 1\nscene = \"one-machine\"\nnote = \"{}\"\n", "n".repeat(70_000));
    assert!(Kept::from_toml(&long).unwrap_err().to_string().contains("65536 bytes"));
    let deep = format!("schema = 1\nx = {}{}\n", "[".repeat(50_000), "]".repeat(50_000));
    assert!(Kept::from_toml(&deep).unwrap_err().to_string().contains("no TOML"));
    assert!(Kept::from_toml(&"#".repeat(1 << 21)).unwrap_err().to_string().contains("1048576 bytes"));
}
