//! Share text: one line there and back, short, and harmless whatever is done to it.

use impetus::files::keep::Kept;
use impetus::scenes::{Lens, SCENES};
use impetus::session::{Command, Session};
use impetus::text::Lang;
use rand::RngExt as _;

use super::{chance, same};

#[test]
fn a_line_says_what_differs() {
    let mut session = Session::open(SCENES[0]).unwrap();
    assert_eq!(Kept::of(&session).to_share(), "impetus:one-machine");
    let set = |id: &str, text: &str| Command::SetText { id: id.into(), text: text.into() };
    for command in [set("eta", "0.1"), set("beta", "0.9"), Command::Steps(60), Command::Lens(Lens::Spring)] {
        session.apply(command).unwrap();
    }
    session.apply(Command::Seek(12)).unwrap();
    let line = "impetus:one-machine?eta=0.1&beta=0.9&steps=60&at=12&lens=spring";
    assert_eq!(Kept::of(&session).to_share(), line);
    for command in [Command::Pin, Command::FromNow(true), set("beta", "0.5"), Command::Mode(1)] {
        session.apply(command).unwrap();
    }
    session.advance(60);
    let line = format!("{}&mode=2&pin=&from-now=on", line.replace("&at", "&event=12:beta=0.5&at"));
    assert_eq!(Kept::of(&session).to_share(), line);
    assert!(same(&Kept::from_share(&format!("  {line}\r\n")).unwrap(), &Kept::of(&session)));
}

#[test]
fn chance_sessions_come_back_from_one_line() {
    let mut longest = 0;
    for seed in 0..500 {
        let kept = chance(seed);
        let line = kept.to_share();
        assert!(line.bytes().all(|b| b.is_ascii_graphic()), "{line}");
        let back = Kept::from_share(&line).unwrap_or_else(|e| panic!("{seed}: {e}\n{line}"));
        assert!(same(&back, &kept), "{seed}: {line}");
        assert_eq!(back.to_share(), line);
        longest = longest.max(line.len());
    }
    assert!(longest < 4000, "{longest}");
}

#[test]
fn faults_name_the_character() {
    let table = [
        ("", "Character 1: This is no share text"),
        ("https://a.b", "Character 1: This is no share text"),
        ("impetus:", "Character 9: There is no scene “” here"),
        ("impetus:moon?eta=1", "Character 9: There is no scene “moon” here"),
        ("impetus:one-machine?eta", "Character 21: This is no share text"),
        ("impetus:one-machine?eta=1&ets=2", "Character 27: There is no parameter “ets”"),
        ("impetus:one-machine?eta=1e9", "Character 25: learning rate (eta) = 1e9 is outside"),
        ("impetus:one-machine?eta=%4", "Character 25: A % is followed by"),
        ("impetus:one-machine?eta=%FF", "Character 25: A % is followed by"),
        ("impetus:one-machine?seed=-1", "Character 26: “seed” takes a whole number"),
        ("impetus:one-machine?steps=0", "Character 27: “steps” takes a whole number from 1"),
        ("impetus:one-machine?at=21", "Character 24: “at” takes a whole number from 0 to 20"),
        ("impetus:one-machine?event=3", "Character 27: “event” takes N:ID=VALUE"),
        ("impetus:one-machine?event=3:x1=2", "x1 cannot change in mid-run"),
        ("impetus:one-machine?lens=sun", "“lens” cannot be “sun”"),
        ("impetus:one-machine?mode=9", "“mode” takes a whole number from 1 to 2"),
        ("impetus:one-machine?brush=9:3", "“brush” takes first and last"),
        ("impetus:one-machine?tiles=1", "“tiles” takes rows"),
        ("impetus:one-machine?tiles=1:0*inf", "“tiles” takes a number"),
        ("impetus:one-machine?loop=yes", "“loop” cannot be “yes”; it can be: on, off"),
        ("impetus:one-machine?ordinate=log&quantity=x", "“quantity” cannot be “x”"),
        ("impetus:one-machine?pin=eta=0.1;at=3", "“pin” cannot be “at”"),
        ("impetus:one-machine?pin=&pin=&pin=&pin=&pin=&pin=&pin=&pin=&pin=", "“pin” has more than 8"),
        ("impetus:one-machine?source=x", "Character 9: Only a typed world is made from text"),
    ];
    for (line, wanted) in table {
        let error = Kept::from_share(line).expect_err(line);
        assert!(error.say(Lang::En).contains(wanted), "{line}: {error}");
        assert!(error.say(Lang::Zh) != error.say(Lang::En) && !error.say(Lang::Zh).contains("{}"));
    }
}

/// Bytes of a real line changed, doubled, cut and mixed: read whole, or refused in one line.
#[test]
fn hostile_lines_are_read_or_refused() {
    let lines: Vec<String> = (0..50).map(|seed| chance(seed).to_share()).collect();
    let marks: Vec<char> = "%?&;=:,/*. -0123456789eé二\u{202e}\0\n".chars().collect();
    let (mut dice, mut read) = (super::dice(11), 0);
    for k in 0..20_000 {
        let mut line: Vec<char> = lines[k % lines.len()].chars().collect();
        for _ in 0..dice.random_range(1..6) {
            let at = dice.random_range(0..line.len());
            let mark = marks[dice.random_range(0..marks.len())];
            match dice.random_range(0..5) {
                0 => line[at] = mark,
                1 => line.insert(at, mark),
                2 => line.truncate(at.max(1)),
                3 => line.extend_from_within(at..(at + 30).min(line.len())),
                _ => drop(line.remove(at)),
            }
            if line.is_empty() {
                line.push('i');
            }
        }
        let line: String = line.into_iter().collect();
        match Kept::from_share(&line) {
            Ok(kept) => {
                read += 1;
                assert!(same(&Kept::from_share(&kept.to_share()).unwrap(), &kept), "{line}");
            }
            Err(e) => assert_eq!(e.say(Lang::En).lines().count(), 1, "{line}"),
        }
    }
    assert!((200..19_000).contains(&read), "{read}");
}
