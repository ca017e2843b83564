//! Keyboard commands.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::app::{Ask, Desk};
use crate::session::Command;

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Reads the keys that were pressed. Plain keys are left alone while text is edited.
pub fn read(ctx: &egui::Context, desk: &mut Desk<'_>, studio: bool) {
    let chord = |modifiers, key| ctx.input_mut(|i| i.consume_shortcut(&KeyboardShortcut::new(modifiers, key)));
    if chord(CTRL_SHIFT, Key::Z) || chord(Modifiers::COMMAND, Key::Y) {
        desk.push(Command::Redo);
    }
    if chord(Modifiers::COMMAND, Key::Z) {
        desk.push(Command::Undo);
    }
    if chord(Modifiers::COMMAND, Key::E) {
        desk.asks.push(Ask::Studio(None));
    }
    if ctx.text_edit_focused() {
        return;
    }
    if studio {
        // An open menu takes Escape first.
        if !egui::Popup::is_any_open(ctx) && chord(Modifiers::NONE, Key::Escape) {
            desk.asks.push(Ask::Bench);
        }
        return;
    }
    plain(ctx, desk);
}

fn plain(ctx: &egui::Context, desk: &mut Desk<'_>) {
    let play = desk.session.playback();
    let pressed = |key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let lenses = [Key::Num1, Key::Num2, Key::Num3, Key::Num4];
    for (key, lens) in lenses.into_iter().zip(desk.session.scene().lenses().to_vec()) {
        if pressed(key) {
            desk.push(Command::Lens(lens));
        }
    }
    // A focused slider or button keeps its own arrows and space.
    if ctx.memory(|m| m.focused().is_some()) {
        return;
    }
    if pressed(Key::Space) {
        desk.push(Command::Play(!play.playing));
    }
    for (key, by) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::PageUp, -10), (Key::PageDown, 10)] {
        // Presses that came within one frame all count.
        let times = ctx.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)) as i64;
        if times > 0 {
            desk.push(Command::Step(by * times));
        }
    }
    if pressed(Key::Home) {
        desk.push(Command::Seek(0));
    }
    if pressed(Key::End) {
        desk.push(Command::Seek(u64::MAX));
    }
    if pressed(Key::Escape) {
        if desk.session.look().brush.is_some() {
            desk.push(Command::Brush(None));
            return;
        }
        let layout = desk.session.look().layout.clone();
        desk.push(Command::Arrange(layout.maximised(None)));
    }
}
