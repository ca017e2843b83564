//! The clock and comparison: events, the stretch, speed, pins.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use impetus::session::{Command, Document};

use super::{CTRL, NONE, Window, apply, open, press};
use egui::Modifiers;

fn now(window: &Window) -> u64 {
    window.state().session().playback().now
}

fn brush(window: &Window) -> Option<[u64; 2]> {
    window.state().session().look().brush
}

/// `]` and `[` walk over the events of the run, and no further.
#[test]
fn events_are_jumped_to() {
    let mut window = open();
    apply(&mut window, Command::Set { id: "beta".into(), value: 0.8 });
    let session = window.state().session();
    let view = session.view(impetus::text::Lang::En);
    let mut events: Vec<u64> = session.scene().moments(session.run(), view).iter().map(|m| m.at).collect();
    events.dedup();
    assert!(!events.is_empty(), "a ringing run crosses the minimum");
    for at in &events {
        press(&mut window, NONE, Key::CloseBracket);
        assert_eq!(now(&window), *at);
    }
    press(&mut window, NONE, Key::CloseBracket);
    assert_eq!(Some(now(&window)), events.last().copied());
    for at in events.iter().rev().skip(1) {
        press(&mut window, NONE, Key::OpenBracket);
        assert_eq!(now(&window), *at);
    }
}

/// I and O set a stretch off, its ends move, looping stays within it, B lets go of it.
#[test]
fn a_stretch_is_set_moved_and_looped() {
    let mut window = open();
    apply(&mut window, Command::Seek(5));
    press(&mut window, NONE, Key::I);
    apply(&mut window, Command::Seek(12));
    press(&mut window, NONE, Key::O);
    assert_eq!(brush(&window), Some([5, 12]));
    window.get_by_role_and_label(Role::Slider, "End of the stretch").set_value_accesskit(9.0);
    window.run_steps(3);
    assert_eq!(brush(&window), Some([5, 9]));
    press(&mut window, NONE, Key::L);
    apply(&mut window, Command::Speed(20.0));
    press(&mut window, NONE, Key::Space);
    let mut seen = Vec::new();
    for _ in 0..60 {
        window.run_steps(1);
        seen.push(now(&window));
    }
    assert!(seen.contains(&5) && seen.iter().skip(6).all(|n| (5..=9).contains(n)), "{seen:?}");
    press(&mut window, NONE, Key::B);
    assert_eq!(brush(&window), None);
}

#[test]
fn speed_is_typed_and_stepped() {
    let mut window = open();
    let speed = |window: &Window| window.state().session().playback().speed;
    let table = [(Key::Plus, 2.0), (Key::Plus, 5.0), (Key::Minus, 2.0), (Key::Num0, 1.0), (Key::Minus, 0.5)];
    for (key, want) in table {
        press(&mut window, NONE, key);
        assert_eq!(speed(&window), want, "{key:?}");
    }
}

/// P keeps a run, its chip brings it back, its cross and Shift+P let go; nine are one too many.
#[test]
fn runs_are_pinned_recalled_and_let_go() {
    let mut window = open();
    press(&mut window, NONE, Key::P);
    apply(&mut window, Command::Set { id: "eta".into(), value: 0.2 });
    window.get_by_label("Back to η = 0.4").click();
    window.run_steps(3);
    assert_eq!(window.state().session().read("eta"), 0.4);
    press(&mut window, CTRL, Key::Z);
    assert_eq!(window.state().session().read("eta"), 0.2);
    window.get_by_label("Let go of η = 0.4").click();
    window.run_steps(3);
    assert!(window.state().session().pins().is_empty());
    for i in 0..Document::MOST_PINS + 1 {
        apply(&mut window, Command::Set { id: "eta".into(), value: 0.1 + 0.01 * i as f64 });
        press(&mut window, NONE, Key::P);
    }
    assert_eq!(window.state().session().pins().len(), Document::MOST_PINS);
    window.get_by_label("Eight runs are pinned; let go of one to pin another.");
    press(&mut window, Modifiers::SHIFT, Key::P);
    assert!(window.state().session().pins().is_empty());
}
