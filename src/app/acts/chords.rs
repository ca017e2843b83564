//! Keys: reading those that were pressed, and spelling them.

use egui::{Context, Event, Key, KeyboardShortcut, ModifierNames, Modifiers, Popup};

use super::{Act, Group, all};
use crate::app::Desk;

/// A key by itself.
pub const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// A key with Ctrl (on a Mac, Command).
pub const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// A key with Alt.
pub const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

/// A key with Shift.
pub const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// A key with Ctrl and Shift.
pub const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// The name of a chord as it stands on the keyboard.
pub fn spell(chord: &KeyboardShortcut) -> String {
    let name = match chord.logical_key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::Equals | Key::Plus => "+",
        Key::Minus => "−",
        Key::Escape => "Esc",
        Key::PageUp => "PgUp",
        Key::PageDown => "PgDn",
        other => other.symbol_or_name(),
    };
    let modifiers = ModifierNames::NAMES.format(&chord.modifiers, cfg!(target_os = "macos"));
    if modifiers.is_empty() { name.to_owned() } else { format!("{modifiers}+{name}") }
}

/// Whether a focused slider, button or menu needs this key for itself.
fn belongs_to_focus(key: Key) -> bool {
    use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Enter, Escape, Home, PageDown, PageUp, Space};
    matches!(
        key,
        Space | ArrowLeft | ArrowRight | ArrowUp | ArrowDown | PageUp | PageDown | Home | End | Enter | Escape
    )
}

/// Does what the keys that were pressed ask for. Plain keys are left alone while text is edited, and in
/// the figure studio, where the bench they act on is out of sight.
pub fn obey(ctx: &Context, desk: &mut Desk<'_>, studio: bool) {
    let pressed = ctx.input(|i| i.events.iter().any(|e| matches!(e, Event::Key { pressed: true, .. })));
    if !pressed {
        return;
    }
    let acts = all(desk);
    let ready = acts.iter().filter(|a| a.ready);
    let mut chords: Vec<(&Act, &KeyboardShortcut)> = ready.flat_map(|a| a.keys.iter().map(move |k| (a, k))).collect();
    // A chord with more modifiers goes before the one it contains.
    chords.sort_by_key(|(_, chord)| std::cmp::Reverse(weight(chord.modifiers)));
    let (typing, focused) = (ctx.text_edit_focused(), ctx.memory(|m| m.focused().is_some()));
    let menu = Popup::is_any_open(ctx);
    for (act, chord) in chords {
        let plain = !chord.modifiers.command;
        let function = matches!(chord.logical_key, Key::F1 | Key::F2);
        let held = belongs_to_focus(chord.logical_key) && (menu || focused && !chord.modifiers.alt);
        if (plain && !function && (typing || studio || held)) || (studio && act.group == Group::Tiles) {
            continue;
        }
        // Presses that came within one frame all count.
        let times = ctx.input_mut(|i| i.count_and_consume_key(chord.modifiers, chord.logical_key));
        for _ in 0..times {
            desk.asks.extend(act.asks.iter().cloned());
        }
    }
}

fn weight(m: Modifiers) -> u8 {
    [m.command, m.shift, m.alt].map(u8::from).iter().sum()
}
