//! Acts of the clock and of comparison.

use egui::{Key, KeyboardShortcut};

use super::chords::{key, shift};
use super::{Act, Group};
use crate::app::Desk;
use crate::session::{Command, Document};
use crate::text::{Text, fill, shell as words, ui};

type Keys = &'static [KeyboardShortcut];

const PLAY: Keys = &[key(Key::Space)];
const BACK: Keys = &[key(Key::ArrowLeft)];
const FORWARD: Keys = &[key(Key::ArrowRight)];
const TEN_BACK: Keys = &[key(Key::PageUp), shift(Key::ArrowLeft)];
const TEN_FORWARD: Keys = &[key(Key::PageDown), shift(Key::ArrowRight)];
const FIRST: Keys = &[key(Key::Home)];
const LAST: Keys = &[key(Key::End)];
const PREVIOUS: Keys = &[key(Key::OpenBracket)];
const NEXT: Keys = &[key(Key::CloseBracket)];
const LOOP: Keys = &[key(Key::L)];
const SLOWER: Keys = &[key(Key::Minus)];
const FASTER: Keys = &[key(Key::Plus), key(Key::Equals)];
const USUAL_SPEED: Keys = &[key(Key::Num0)];
const FROM: Keys = &[key(Key::I)];
const TO: Keys = &[key(Key::O)];
const WHOLE: Keys = &[key(Key::B), key(Key::Escape)];
const FROM_NOW: Keys = &[key(Key::F)];
const PIN: Keys = &[key(Key::P)];
const UNPIN_ALL: Keys = &[shift(Key::P)];

/// Speeds on offer.
pub const SPEEDS: [f64; 16] =
    [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];

/// Play, step, jump, loop, speed; pin, recall, let go.
pub fn acts(desk: &Desk<'_>) -> Vec<Act> {
    [moving(desk), stretch(desk), speeds(desk), moments(desk), pins(desk)].concat()
}

fn act(desk: &Desk<'_>, name: Text, command: Command, keys: Keys) -> Act {
    Act::new(Group::Clock, desk.say(name), command).keys(keys)
}

fn moving(desk: &Desk<'_>) -> Vec<Act> {
    let play = desk.session.playback();
    let [previous, next] = events(desk);
    let jump =
        |name, at: Option<u64>, keys| act(desk, name, Command::Seek(at.unwrap_or(play.now)), keys).ready(at.is_some());
    let play_word = if play.playing { ui::PAUSE } else { ui::PLAY };
    vec![
        act(desk, play_word, Command::Play(!play.playing), PLAY),
        act(desk, ui::BACK, Command::Step(-1), BACK),
        act(desk, ui::FORWARD, Command::Step(1), FORWARD),
        act(desk, words::TEN_BACK, Command::Step(-10), TEN_BACK),
        act(desk, words::TEN_FORWARD, Command::Step(10), TEN_FORWARD),
        act(desk, ui::FIRST, Command::Seek(0), FIRST),
        act(desk, words::LAST, Command::Seek(u64::MAX), LAST),
        jump(words::PREVIOUS_EVENT, previous, PREVIOUS),
        jump(words::NEXT_EVENT, next, NEXT),
    ]
}

/// The events before and after now.
pub fn events(desk: &Desk<'_>) -> [Option<u64>; 2] {
    let now = desk.session.playback().now;
    let all = desk.session.scene().moments(desk.session.run(), desk.session.view(desk.lang));
    let at = || all.iter().map(|m| m.at);
    [at().filter(|n| *n < now).max(), at().filter(|n| *n > now).min()]
}

fn stretch(desk: &Desk<'_>) -> Vec<Act> {
    let (play, brush) = (desk.session.playback(), desk.session.look().brush);
    let last = desk.session.run().horizon;
    let from = brush.filter(|b| b[1] > play.now).map_or(last, |b| b[1]);
    let to = brush.filter(|b| b[0] < play.now).map_or(0, |b| b[0]);
    let from_now = desk.session.is_from_now();
    vec![
        act(desk, ui::LOOP, Command::Loop(!play.looped), LOOP).on(play.looped),
        act(desk, words::STRETCH_FROM, Command::Brush(Some([play.now, from])), FROM).ready(play.now < last),
        act(desk, words::STRETCH_TO, Command::Brush(Some([to, play.now])), TO).ready(play.now > 0),
        act(desk, words::STRETCH_NONE, Command::Brush(None), WHOLE).ready(brush.is_some()),
        act(desk, words::FROM_NOW, Command::FromNow(!from_now), FROM_NOW).on(from_now),
    ]
}

fn speeds(desk: &Desk<'_>) -> Vec<Act> {
    let now = desk.session.playback().speed;
    let slower = SPEEDS.iter().rev().find(|s| **s < now).copied();
    let faster = SPEEDS.iter().find(|s| **s > now).copied();
    let change = |name, to: Option<f64>, keys| {
        act(desk, name, Command::Speed(to.unwrap_or(now)), keys).ready(to.is_some()).note(format!("×{now}"))
    };
    let each = SPEEDS.iter().map(|s| {
        let keys = if *s == 1.0 { USUAL_SPEED } else { &[] };
        let name = format!("{} ×{s}", desk.say(ui::SPEED));
        Act::new(Group::Clock, name, Command::Speed(*s)).keys(keys).on(*s == now)
    });
    [change(words::SLOWER, slower, SLOWER), change(words::FASTER, faster, FASTER)].into_iter().chain(each).collect()
}

fn moments(desk: &Desk<'_>) -> Vec<Act> {
    let all = desk.session.scene().moments(desk.session.run(), desk.session.view(desk.lang));
    let jump = |m: crate::scenes::Moment| {
        let name = fill(desk.say(words::GO_TO), &[&m.what]);
        Act::new(Group::Clock, name, Command::Seek(m.at)).note(format!("n = {}", m.at))
    };
    all.into_iter().map(jump).collect()
}

fn pins(desk: &Desk<'_>) -> Vec<Act> {
    let rivals = desk.session.rivals(desk.lang);
    let act = |name, command| Act::new(Group::Compare, name, command);
    let mut out = vec![
        act(desk.say(words::PIN).to_owned(), Command::Pin).keys(PIN).ready(rivals.len() < Document::MOST_PINS),
        act(desk.say(words::UNPIN_ALL).to_owned(), Command::UnpinAll).keys(UNPIN_ALL).ready(!rivals.is_empty()),
    ];
    for (i, rival) in rivals.iter().enumerate() {
        let label = rival.label.plain();
        out.push(act(fill(desk.say(words::RECALL), &[&label]), Command::Recall(i)));
        out.push(act(fill(desk.say(words::UNPIN), &[&label]), Command::Unpin(i)));
    }
    out
}
