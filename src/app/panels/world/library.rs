//! Worlds to start from: examples and the reader's own.

use egui::{RichText, TextEdit, Ui};

use super::{Draft, apply};
use crate::app::widgets::{Icon, heading, icon_button, named};
use crate::app::{Ask, Desk};
use crate::scenes::EXAMPLES;
use crate::session::{Command, Plan};
use crate::text::{fill, world as words};

/// Longest name.
const LONGEST: usize = 60;

/// Shows the examples, the library and what can be done with the text.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, draft: &mut Draft) {
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.menu_button(desk.say(words::EXAMPLES), |ui| {
            for example in EXAMPLES {
                if ui.button(desk.say(example.title)).clicked() {
                    // The examples are correct; a test reads them all.
                    if let Ok(plan) = Plan::example(example) {
                        desk.push(Command::Open(plan));
                    }
                    ui.close();
                }
            }
        });
        if ui.button(desk.say(words::COPY)).clicked() {
            desk.asks.push(Ask::CopyText(draft.text.clone()));
        }
    });
    heading(ui, &desk.skin, desk.say(words::LIBRARY));
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut draft.name).char_limit(LONGEST).desired_width(150.0);
        let response = ui.add(edit.hint_text(desk.say(words::NAME)));
        let name = draft.name.clone();
        response.widget_info(|| named(egui::WidgetInfo::text_edit(true, &name, &name, ""), desk.say(words::NAME)));
        if ui.add_enabled(draft.fault.is_none(), egui::Button::new(desk.say(words::KEEP))).clicked() {
            desk.asks.push(Ask::KeepWorld(draft.name.trim().to_owned(), draft.text.clone()));
        }
    });
    for (name, source) in &desk.prefs.worlds.clone() {
        ui.horizontal(|ui| {
            let forget = fill(desk.say(words::FORGET), &[name]);
            if icon_button(ui, &desk.skin, Icon::Close, 18.0, false, &forget).clicked() {
                desk.asks.push(Ask::ForgetWorld(name.clone()));
            }
            let open = egui::Button::new(RichText::new(name)).frame_when_inactive(false).wrap();
            if ui.add(open).clicked() {
                name.clone_into(&mut draft.name);
                apply(desk, source);
            }
        });
    }
}
