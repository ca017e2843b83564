//! The bar at the top: what is open, through which lens, in which language and light.

use egui::{Frame, Margin, Panel, RichText, Ui};

use crate::app::theme::{Theme, bold};
use crate::app::widgets::segmented;
use crate::app::{Ask, Desk};
use crate::session::Command;
use crate::text::{Lang, ui as words};

/// Shows the bar.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(16, 8));
    Panel::top("top").frame(frame).exact_size(48.0).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.label(RichText::new("Impetus").font(bold(16.0)));
            ui.add_space(8.0);
            let title = desk.session.scene().meta().title;
            ui.label(RichText::new(desk.say(title)).color(desk.skin.quiet));
            if !desk.title.is_empty() {
                ui.label(RichText::new(format!("· {}", desk.title)).color(desk.skin.quiet));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| right(ui, desk));
        });
    });
}

/// The buttons of theme and language, from right to left.
pub fn look(ui: &mut Ui, desk: &mut Desk<'_>) {
    let theme = if desk.theme == Theme::Dark { words::THEME_LIGHT } else { words::THEME_DARK };
    if ui.button(desk.say(theme)).on_hover_text(desk.say(words::THEME)).clicked() {
        desk.asks.push(Ask::Theme(desk.theme.other()));
    }
    let other = if desk.lang == Lang::En { Lang::Zh } else { Lang::En };
    if ui.button(other.own_name()).on_hover_text(desk.say(words::LANGUAGE)).clicked() {
        desk.asks.push(Ask::Lang(other));
    }
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>) {
    look(ui, desk);
    if ui.button(desk.say(words::VERIFY)).on_hover_text(desk.say(words::VERIFY_TITLE)).clicked() {
        desk.asks.push(Ask::Verify(true));
    }
    let [undo, redo] = desk.session.can_undo_redo();
    if ui.add_enabled(redo, egui::Button::new(desk.say(words::REDO))).clicked() {
        desk.push(Command::Redo);
    }
    if ui.add_enabled(undo, egui::Button::new(desk.say(words::UNDO))).clicked() {
        desk.push(Command::Undo);
    }
    ui.add_space(8.0);
    let lenses = desk.session.scene().lenses().to_vec();
    let items: Vec<(String, String)> =
        lenses.iter().enumerate().map(|(i, l)| ((i + 1).to_string(), desk.say(l.title()).to_owned())).collect();
    let chosen = lenses.iter().position(|l| *l == desk.session.lens()).unwrap_or(0);
    let picked = segmented(ui, &desk.skin, &items, chosen);
    if let Some(i) = picked {
        desk.push(Command::Lens(lenses[i]));
    }
}
