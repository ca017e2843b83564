//! The bar at the top: what is open, through which lens, and the ways to everything else.

use egui::{Button, Frame, Margin, Panel, RichText, Ui};

use super::layouts;
use crate::app::acts::{self, Act, Group, spell};
use crate::app::theme::{Theme, bold};
use crate::app::widgets::{Icon, helped_button, icon_button, icon_menu, segmented};
use crate::app::{Ask, Desk, Part};
use crate::session::Command;
use crate::text::{Lang, shell as words, ui};

/// Shows the bar.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(12, 8));
    Panel::top("top").frame(frame).exact_size(48.0).show(ui, |ui| {
        let width = ui.available_width();
        ui.horizontal_centered(|ui| {
            icon_menu(ui, &desk.skin.clone(), Icon::Menu, 28.0, desk.say(words::MENU), |ui| menu(ui, desk));
            ui.label(RichText::new("Impetus").font(bold(16.0)));
            if width > 1100.0 {
                ui.add_space(8.0);
                let title = desk.session.scene().meta().title;
                ui.add(egui::Label::new(RichText::new(desk.say(title)).color(desk.skin.quiet)).truncate());
                if !desk.title.is_empty() {
                    ui.label(RichText::new(format!("· {}", desk.title)).color(desk.skin.quiet));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| right(ui, desk, width));
        });
    });
}

/// The buttons of theme and language, from right to left.
pub fn look(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.menu_button(desk.say(words::THEME), |ui| {
        for theme in Theme::ALL {
            if ui.selectable_label(theme == desk.theme, desk.say(theme.title())).clicked() {
                desk.asks.push(Ask::Theme(theme));
                ui.close();
            }
        }
    });
    let other = acts::other(desk.lang);
    let short = if other == Lang::Zh { "中文" } else { "EN" };
    let button = ui.button(short).on_hover_text(desk.say(ui::LANGUAGE));
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, other.own_name()));
    if button.clicked() {
        desk.asks.push(Ask::Lang(other));
    }
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, width: f32) {
    ui.spacing_mut().item_spacing.x = 6.0;
    look(ui, desk);
    if width > 1000.0 && ui.button(desk.say(ui::VERIFY)).on_hover_text(desk.say(ui::VERIFY_TITLE)).clicked() {
        desk.asks.push(Ask::Verify(true));
    }
    layouts::menu(ui, desk);
    let hint = format!("{} (Ctrl+P, F1)", desk.say(words::PALETTE));
    let search = [desk.say(words::PALETTE), &hint];
    if helped_button(ui, &desk.skin, Icon::Search, 28.0, false, search).clicked() {
        desk.asks.push(Ask::Part(Part::Palette, true));
    }
    let [undo, redo] = desk.session.can_undo_redo();
    for (icon, word, command, ready) in
        [(Icon::Redo, ui::REDO, Command::Redo, redo), (Icon::Undo, ui::UNDO, Command::Undo, undo)]
    {
        let button = ui.add_enabled_ui(ready, |ui| icon_button(ui, &desk.skin, icon, 28.0, false, desk.say(word)));
        if button.inner.clicked() {
            desk.push(command);
        }
    }
    ui.add_space(4.0);
    lenses(ui, desk, width > 980.0);
}

fn lenses(ui: &mut Ui, desk: &mut Desk<'_>, keys: bool) {
    let lenses = desk.session.scene().lenses().to_vec();
    if lenses.len() < 2 {
        return;
    }
    let key = |i: usize| if keys { (i + 1).to_string() } else { String::new() };
    let items: Vec<(String, String)> =
        lenses.iter().enumerate().map(|(i, l)| (key(i), desk.say(l.title()).to_owned())).collect();
    let chosen = lenses.iter().position(|l| *l == desk.session.lens()).unwrap_or(0);
    if let Some(lens) = segmented(ui, &desk.skin, &items, chosen).and_then(|i| lenses.get(i)) {
        desk.push(Command::Lens(*lens));
    }
}

/// The menu of everything that is not a value: a submenu per subject.
fn menu(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.set_min_width(180.0);
    let all = acts::all(desk);
    let groups = [Group::Files, Group::Window, Group::Run, Group::Clock, Group::Compare, Group::Tiles, Group::Start];
    for group in groups {
        let title = desk.say(group.title());
        ui.menu_button(title, |ui| {
            egui::ScrollArea::vertical().max_height(460.0).show(ui, |ui| {
                for act in all.iter().filter(|a| a.group == group) {
                    item(ui, desk, act);
                }
            });
        });
    }
}

/// One act, its keys beside it.
fn item(ui: &mut Ui, desk: &mut Desk<'_>, act: &Act) {
    let keys = act.keys.first().map_or_else(String::new, spell);
    let keys = RichText::new(keys).small().color(desk.skin.quiet);
    let button = Button::selectable(act.on, act.name.as_str()).shortcut_text(keys);
    if ui.add_enabled(act.ready, button).clicked() {
        desk.asks.extend(act.asks.iter().cloned());
        ui.close();
    }
}
