//! Tiles: dragged, widened, closed, added, enlarged, by mouse and by keys, and all of it undone.

use egui::accesskit::Role;
use egui::{Key, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use impetus::session::Command;

use super::{CTRL, CTRL_SHIFT, NONE, Window, drag, open, order, press};

const USUAL: &str = "0 1 / 2 3";

fn title(window: &Window, name: &str) -> Pos2 {
    window.get_by_role_and_label(Role::Button, name).rect().center()
}

fn undo(window: &mut Window) {
    press(window, CTRL, Key::Z);
}

/// A tile dragged to the middle of another changes places with it, at an edge it goes beside it; one
/// undo takes the whole drag back.
#[test]
fn a_title_is_dragged() {
    let table = [(vec2(0.0, 150.0), "1 0 / 2 3"), (vec2(260.0, 150.0), "1 0 / 2 3"), (vec2(-60.0, 150.0), USUAL)];
    for (i, (offset, want)) in table.into_iter().enumerate() {
        let mut window = open();
        let (from, onto) = (title(&window, "Time series"), title(&window, "Phase portrait"));
        let to = if i == 0 { onto + offset + vec2(120.0, 0.0) } else { onto + offset };
        drag(&mut window, from, to);
        assert_eq!(order(&window), want, "{offset:?}");
        if want != USUAL {
            undo(&mut window);
            assert_eq!(order(&window), USUAL);
        }
    }
    let mut window = open();
    let (from, onto) = (title(&window, "Time series"), title(&window, "Regime atlas"));
    drag(&mut window, from, onto + vec2(140.0, 8.0));
    assert_eq!(order(&window), "1 / 0 / 2 3", "at the upper edge of the atlas it is a row above");
}

/// A border follows the pointer, and the drag is one step back.
#[test]
fn borders_are_dragged() {
    let mut window = open();
    let shares = |window: &Window| {
        let layout = &window.state().session().look().layout;
        (layout.rows[0].share, layout.rows[0].tiles[0].share)
    };
    let before = shares(&window);
    let from = window.get_by_label("Border between rows").rect().center();
    drag(&mut window, from, from + vec2(0.0, 60.0));
    let rows = shares(&window);
    assert!(rows.0 > before.0 + 0.05 && rows.1 == before.1, "{rows:?}");
    let from = window.query_all_by_label("Border between columns").next().unwrap().rect().center();
    drag(&mut window, from, from - vec2(80.0, 0.0));
    assert!(shares(&window).1 < before.1 - 0.08 && shares(&window).0 == rows.0, "{:?}", shares(&window));
    undo(&mut window);
    assert_eq!(shares(&window), rows, "one undo for one drag, however fast they follow each other");
    undo(&mut window);
    assert_eq!(shares(&window), before);
}

#[test]
fn keys_do_all_of_it() {
    let mut window = open();
    let steps = [
        (CTRL, Key::PageDown, USUAL),
        (CTRL, Key::W, "0 / 2 3"),
        (CTRL, Key::Z, USUAL),
        (CTRL_SHIFT, Key::PageDown, "0 2 / 1 3"),
        (CTRL, Key::Z, USUAL),
    ];
    for (modifiers, key, want) in steps {
        press(&mut window, modifiers, key);
        assert_eq!(order(&window), want, "{modifiers:?} {key:?}");
    }
    press(&mut window, CTRL, Key::T);
    assert_eq!(window.state().session().look().layout.len(), 5);
    undo(&mut window);
    press(&mut window, CTRL, Key::Enter);
    assert!(window.state().session().look().layout.maximised.is_some());
    press(&mut window, NONE, Key::Escape);
    assert_eq!(window.state().session().look().layout.maximised, None);
    let width = |window: &Window| window.state().session().look().layout.rows[1].tiles[0].share;
    let before = width(&window);
    press(&mut window, CTRL_SHIFT, Key::ArrowRight);
    assert!((width(&window) - before - 0.04).abs() < 1e-9, "{} {before}", width(&window));
}

/// Buttons of the first tile: close, enlarge and back, numbers, add.
#[test]
fn buttons_do_all_of_it() {
    let click = |window: &mut Window, name: &str| {
        window.query_all_by_label(name).next().unwrap_or_else(|| panic!("{name}")).click();
        window.run_steps(4);
    };
    let mut window = open();
    click(&mut window, "Close tile");
    assert_eq!(order(&window), "1 / 2 3");
    click(&mut window, "Enlarge");
    assert_eq!(window.state().session().look().layout.maximised, Some(0));
    click(&mut window, "Back to the grid");
    click(&mut window, "Add a tile");
    click(&mut window, "Energy ledger");
    assert_eq!(order(&window), "1 energy / 2 3");
    click(&mut window, "Numbers instead of the picture");
    undo(&mut window);
    undo(&mut window);
    undo(&mut window);
    undo(&mut window);
    assert_eq!(order(&window), USUAL);
    assert!(!window.state().session().can_undo_redo()[0], "numbers instead of a picture are no change of the run");
}

/// With the last tile, nothing is left to close; a view these values do not give says so.
#[test]
fn the_last_tile_stays() {
    let mut window = open();
    for _ in 0..6 {
        press(&mut window, CTRL, Key::W);
    }
    assert_eq!(window.state().session().look().layout.len(), 1);
    window.state_mut().session_mut().apply(Command::Undo).unwrap();
    window.run_steps(2);
    assert_eq!(window.state().session().look().layout.len(), 2);
}
