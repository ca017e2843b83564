//! Small widgets the panels share.

use egui::{Id, Response, RichText, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::theme::{Skin, bold, plain};
use crate::scenes::Chip;

pub use super::icons::{Icon, helped_button, icon_button, icon_menu, small_icon, tick};

/// A section heading of a side panel.
pub fn heading(ui: &mut Ui, skin: &Skin, text: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(text).font(bold(12.0)).color(skin.quiet));
    ui.add_space(2.0);
}

/// A section that folds away under its heading; `id` is the same in every language.
pub fn section(ui: &mut Ui, skin: &Skin, id: &str, title: &str, contents: impl FnOnce(&mut Ui)) {
    let memory = Id::unique(("section", id));
    let mut open = ui.data(|d| d.get_temp::<bool>(memory)).unwrap_or(true);
    ui.add_space(5.0);
    let galley = ui.painter().layout(title.to_owned(), bold(12.0), skin.quiet, ui.available_width() - 16.0);
    let size = vec2(ui.available_width(), galley.size().y + 3.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let warm = response.hovered() || response.has_focus();
    let colour = if warm { skin.text } else { skin.quiet };
    ui.painter().galley_with_override_text_color(rect.min, galley, colour);
    let folded = [(2.0, -3.5), (2.0, 3.5), (-2.5, 0.0)];
    arrow(ui, rect.right_center() - vec2(7.0, 0.0), if open { UNFOLDED } else { folded }, colour.gamma_multiply(0.8));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, title));
    if response.clicked() {
        open = !open;
        ui.data_mut(|d| d.insert_temp(memory, open));
    }
    if open {
        ui.add_space(1.0);
        contents(ui);
    }
}

/// An arrow that points down.
const UNFOLDED: [(f32, f32); 3] = [(-3.5, -2.0), (3.5, -2.0), (0.0, 2.5)];

/// The arrow before something that folds.
pub fn fold_arrow(ui: &Ui, at: egui::Pos2, open: bool, colour: egui::Color32) {
    let folded = [(-2.0, -3.5), (-2.0, 3.5), (2.5, 0.0)];
    arrow(ui, at, if open { UNFOLDED } else { folded }, colour);
}

fn arrow(ui: &Ui, at: egui::Pos2, corners: [(f32, f32); 3], colour: egui::Color32) {
    let corners = corners.map(|(x, y)| at + vec2(x, y)).to_vec();
    ui.painter().add(egui::Shape::convex_polygon(corners, colour, Stroke::NONE));
}

/// A regime chip: a coloured pill with a word, its reasons on hover.
pub fn chip(ui: &mut Ui, skin: &Skin, chip: &Chip) -> Response {
    let [ground, text] = skin.chip(chip.tone);
    let row = ui.max_rect().width() - 16.0;
    let galley = ui.painter().layout(chip.text.clone(), plain(12.0), text, row.max(60.0));
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 5.0), Sense::hover());
    ui.painter().rect_filled(rect, (rect.height() / 2.0).min(11.0), ground);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &chip.text));
    response.on_hover_text(&chip.note)
}

/// Height of a row of words of which one is chosen.
pub const SEGMENTED: f32 = 30.0;

/// A row of words of which one is chosen, each with its key before it.
pub fn segmented(ui: &mut Ui, skin: &Skin, items: &[(String, String)], chosen: usize) -> Option<usize> {
    const HEIGHT: f32 = SEGMENTED - 6.0;
    let lay = |text: &str, size: f32, on: bool| {
        ui.painter().layout_no_wrap(text.to_owned(), plain(size), if on { skin.text } else { skin.quiet })
    };
    let words: Vec<_> = items
        .iter()
        .enumerate()
        .map(|(i, (key, word))| (lay(key, 11.5, false), lay(word, 13.5, i == chosen)))
        .collect();
    let gap = |key: &egui::Galley| if key.size().x > 0.0 { key.size().x + 6.0 } else { 0.0 };
    let width: f32 = words.iter().map(|(key, word)| gap(key) + word.size().x + 22.0).sum();
    let (all, response) = ui.allocate_exact_size(vec2(width + 4.0, SEGMENTED), Sense::hover());
    ui.painter().rect_filled(all, 8.0, skin.well);
    let (mut left, mut picked) = (all.left() + 3.0, None);
    for (i, (key, word)) in words.into_iter().enumerate() {
        let (on, inset) = (i == chosen, gap(&key));
        let rect =
            egui::Rect::from_min_size(egui::pos2(left, all.top() + 3.0), vec2(inset + word.size().x + 20.0, HEIGHT));
        let button = ui.interact(rect, response.id.with(i), Sense::click());
        if on {
            ui.painter().rect_filled(rect, 6.0, skin.panel);
        } else if button.hovered() || button.has_focus() {
            ui.painter().rect_filled(rect, 6.0, skin.line);
        }
        let place = |x: f32, g: &egui::Galley| egui::pos2(rect.left() + x, rect.center().y - g.size().y / 2.0);
        let (at_key, at_word) = (place(10.0, &key), place(10.0 + inset, &word));
        ui.painter().galley(at_key, key, skin.quiet);
        ui.painter().galley(at_word, word, skin.text);
        button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &items[i].1));
        if button.clicked() {
            picked = Some(i);
        }
        left = rect.right() + 2.0;
    }
    picked
}

/// What a screen reader is told of a widget, under a name.
pub fn named(info: WidgetInfo, name: &str) -> WidgetInfo {
    WidgetInfo { label: Some(name.to_owned()), ..info }
}

/// A row as tall as [`segmented`], with everything in the middle of it.
pub fn row<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), 30.0);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), contents).inner
}

/// A button in the accent colour, for the one thing a bar is for.
pub fn primary(ui: &mut Ui, skin: &Skin, text: &str) -> Response {
    let text = RichText::new(text).font(bold(13.5)).color(skin.on_accent);
    ui.add(egui::Button::new(text).fill(skin.accent).min_size(vec2(0.0, 30.0)))
}
