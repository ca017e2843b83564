//! The runs kept to compare with: a chip each, in the colour their curves have in every view.

use egui::{Button, RichText, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::app::Desk;
use crate::app::label::job;
use crate::app::theme::bold;
use crate::app::widgets::{Icon, icon_button};
use crate::figure::{Ink, Rich};
use crate::session::{Command, Document};
use crate::text::{fill, shell as words};

/// Shows the strip if any run is pinned.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let labels: Vec<Rich> = desk.session.rivals(desk.lang).into_iter().map(|r| r.label).collect();
    if labels.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        ui.label(RichText::new(desk.say(words::COMPARED_WITH)).font(bold(12.0)).color(desk.skin.quiet));
        for (i, label) in labels.iter().enumerate() {
            chip(ui, desk, i, label);
        }
        if ui.add(Button::new(desk.say(words::CLEAR)).small()).on_hover_text(desk.say(words::UNPIN_ALL)).clicked() {
            desk.push(Command::UnpinAll);
        }
        if labels.len() >= Document::MOST_PINS {
            ui.label(RichText::new(desk.say(words::PIN_FULL)).small().color(desk.skin.quiet));
        }
    });
    ui.add_space(4.0);
}

/// A click puts the run's values in force, the cross lets go of it.
fn chip(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, label: &Rich) {
    let skin = desk.skin;
    let ink = skin.ink(Ink::Rival(i as u8));
    let name = label.plain();
    let galley = ui.painter().layout_job(job(label, 12.5, skin.text));
    let size = galley.size() + vec2(48.0, 7.0);
    // Chip and cross stay on one line.
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let (rect, response) = ui.allocate_exact_size(size - vec2(20.0, 0.0), Sense::click());
        let all = egui::Rect::from_min_size(rect.min, size);
        let fill_colour = if response.hovered() || response.has_focus() { skin.line } else { skin.well };
        ui.painter().rect(all, all.height() / 2.0, fill_colour, Stroke::new(1.2, ink), StrokeKind::Inside);
        ui.painter().circle_filled(rect.left_center() + vec2(12.0, 0.0), 4.5, ink);
        ui.painter().galley(rect.left_top() + vec2(22.0, 3.5), galley, skin.text);
        let recall = fill(desk.say(words::RECALL), &[&name]);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &recall));
        if response.on_hover_text(desk.say(words::RECALL_HELP)).clicked() {
            desk.push(Command::Recall(i));
        }
        let unpin = fill(desk.say(words::UNPIN), &[&name]);
        if icon_button(ui, &skin, Icon::Close, 18.0, false, &unpin).clicked() {
            desk.push(Command::Unpin(i));
        }
    });
}
