//! The shortcut sheet: every act that has keys, by subject.

use egui::{Align, Context, Frame, Id, Label, Modal, RichText, ScrollArea, Stroke, Ui, vec2};

use crate::app::acts::{self, Act, Group, spell};
use crate::app::theme::bold;
use crate::app::widgets::{Icon, icon_button};
use crate::app::{Ask, Desk, Part};
use crate::text::shell as words;

/// Width of the column of keys.
const KEYS: f32 = 124.0;

/// Shows the sheet if it is open.
pub fn show(ctx: &Context, desk: &mut Desk<'_>) {
    if !desk.shows(Part::Sheet) {
        return;
    }
    let (skin, room) = (desk.skin, ctx.content_rect().size());
    let keyed: Vec<Act> = acts::all(desk).into_iter().filter(|a| !a.keys.is_empty()).collect();
    let frame =
        Frame::new().fill(skin.panel).corner_radius(10.0).stroke(Stroke::new(1.0, skin.line)).inner_margin(18.0);
    let shown = Modal::new(Id::unique("sheet")).frame(frame).show(ctx, |ui| {
        ui.set_width((room.x - 80.0).min(980.0));
        let closed = ui
            .horizontal(|ui| {
                ui.label(RichText::new(desk.say(words::SHEET)).font(bold(16.0)));
                ui.label(RichText::new(desk.say(words::SHEET_HINT)).color(skin.quiet));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    icon_button(ui, &skin, Icon::Close, 22.0, false, desk.say(words::DISMISS)).clicked()
                })
                .inner
            })
            .inner;
        ui.add_space(6.0);
        let height = room.y - 150.0;
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| groups(ui, desk, &keyed));
        closed
    });
    let keys = [egui::Key::F2, egui::Key::Questionmark];
    let again = ctx.input_mut(|i| keys.into_iter().any(|key| i.consume_key(egui::Modifiers::NONE, key)));
    if shown.inner || again || shown.should_close() {
        desk.asks.push(Ask::Part(Part::Sheet, false));
    }
}

/// The groups in columns as even as their order allows.
fn groups(ui: &mut Ui, desk: &Desk<'_>, acts: &[Act]) {
    let columns = if ui.available_width() > 820.0 { 3 } else { 2 };
    let groups: Vec<(Group, Vec<&Act>)> = Group::ALL
        .into_iter()
        .map(|g| (g, acts.iter().filter(|a| a.group == g).collect::<Vec<_>>()))
        .filter(|(_, acts)| !acts.is_empty())
        .collect();
    let lines: usize = groups.iter().map(|(_, acts)| acts.len() + 2).sum();
    ui.columns(columns, |uis| {
        let mut before = 0;
        for (group, acts) in &groups {
            let column = (before * columns / lines.max(1)).min(columns - 1);
            before += acts.len() + 2;
            if let Some(ui) = uis.get_mut(column) {
                list(ui, desk, *group, acts);
            }
        }
    });
}

fn list(ui: &mut Ui, desk: &Desk<'_>, group: Group, acts: &[&Act]) {
    ui.add_space(6.0);
    ui.label(RichText::new(desk.say(group.title())).font(bold(12.5)).color(desk.skin.accent));
    ui.spacing_mut().item_spacing.y = 3.0;
    for act in acts {
        let mut keys: Vec<String> = act.keys.iter().map(spell).collect();
        keys.dedup();
        ui.horizontal(|ui| {
            let keys = Label::new(RichText::new(keys.join("  ")).font(bold(12.0))).truncate().halign(Align::LEFT);
            ui.add_sized(vec2(KEYS, 18.0), keys);
            ui.add(Label::new(RichText::new(&act.name).color(desk.skin.quiet)).truncate());
        });
    }
}
