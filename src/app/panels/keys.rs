//! Keyboard commands.

use egui::{Context, Key, Modifiers, Popup};

use crate::app::acts;
use crate::app::{Ask, Desk, Part};

/// Reads the keys that were pressed. What lies on top of the bench has its own.
pub fn read(ctx: &Context, desk: &mut Desk<'_>, studio: bool) {
    if [Part::Palette, Part::Sheet, Part::Layouts].into_iter().any(|part| desk.shows(part)) {
        return;
    }
    acts::obey(ctx, desk, studio);
    // An open menu takes Escape first.
    let free = studio && !ctx.text_edit_focused() && !Popup::is_any_open(ctx);
    if free && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        desk.asks.push(Ask::Bench);
    }
}
