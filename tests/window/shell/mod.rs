//! The window around the plots, driven through its accessibility tree: tiles, clock, comparison,
//! palette, shortcuts, themes, layouts, first steps.

mod commands;
mod hints;
mod labels;
mod looks;
mod motion;
mod tiles;
mod time;
mod welcome;

use egui::{Key, Modifiers, Vec2};
use impetus::app::{App, Theme};
use impetus::scenes::SCENES;
use impetus::session::{Command, Session, Slot};
use impetus::text::Lang;

use super::harness::{SIZE, Window, window_on};

fn open_with(size: Vec2, lang: Lang, theme: Theme, prepare: impl FnOnce(&mut App)) -> Window {
    window_on(size, Session::open(SCENES[0]).unwrap(), (lang, theme), prepare)
}

fn open() -> Window {
    open_with(SIZE, Lang::En, Theme::Dark, |_| {})
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn apply(window: &mut Window, command: Command) {
    window.state_mut().session_mut().apply(command).unwrap();
    window.run_steps(3);
}

/// The arrangement in a word: `0 1 / 2 3`.
fn order(window: &Window) -> String {
    let layout = &window.state().session().look().layout;
    let name = |slot: &Slot| match slot {
        Slot::Usual(i) => i.to_string(),
        Slot::View(id) => id.clone(),
    };
    let row = |r: &impetus::session::Row| r.tiles.iter().map(|t| name(&t.slot)).collect::<Vec<_>>().join(" ");
    layout.rows.iter().map(row).collect::<Vec<_>>().join(" / ")
}

/// A drag of the pointer in three moves.
fn drag(window: &mut Window, from: egui::Pos2, to: egui::Pos2) {
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(1);
    for share in [0.5, 1.0] {
        window.hover_at(from + share * (to - from));
        window.run_steps(2);
    }
    window.drop_at(to);
    window.run_steps(3);
}
