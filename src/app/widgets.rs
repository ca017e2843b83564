//! Small widgets the panels share.

use egui::{Color32, Response, RichText, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2};

use super::theme::{Skin, bold, plain};
use crate::scenes::Chip;

/// A section heading of a side panel.
pub fn heading(ui: &mut Ui, skin: &Skin, text: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(text).font(bold(12.0)).color(skin.quiet));
    ui.add_space(2.0);
}

/// A regime chip: a coloured pill with a word, its reasons on hover.
pub fn chip(ui: &mut Ui, skin: &Skin, chip: &Chip) -> Response {
    let [ground, text] = skin.chip(chip.tone);
    let galley = ui.painter().layout_no_wrap(chip.text.clone(), plain(12.5), text);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(18.0, 7.0), Sense::hover());
    ui.painter().rect_filled(rect, rect.height() / 2.0, ground);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, text);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &chip.text));
    response.on_hover_text(&chip.note)
}

/// The shapes of the transport's buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// To the start.
    First,
    /// One back.
    Back,
    /// Run.
    Play,
    /// Stop.
    Pause,
    /// One on.
    Forward,
    /// Over and over.
    Loop,
    /// Bigger.
    Expand,
    /// Smaller.
    Shrink,
    /// A sheet with a curve on it.
    Figure,
}

/// A flat button with a drawn icon, named for people who cannot see it.
pub fn icon_button(ui: &mut Ui, skin: &Skin, icon: Icon, size: f32, on: bool, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), Sense::click());
    let colour = if on || response.hovered() { skin.accent } else { skin.text };
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 6.0, skin.well);
    }
    draw_icon(ui, icon, rect.shrink(size * 0.28), colour);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));
    response.on_hover_text(name)
}

fn draw_icon(ui: &Ui, icon: Icon, r: egui::Rect, colour: Color32) {
    let painter = ui.painter();
    let at = |x: f32, y: f32| egui::pos2(egui::lerp(r.x_range(), x), egui::lerp(r.y_range(), y));
    let fill = |points: &[(f32, f32)]| {
        let points = points.iter().map(|(x, y)| at(*x, *y)).collect();
        painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
    };
    let stroke = Stroke::new(1.6, colour);
    match icon {
        Icon::Play => fill(&[(0.1, 0.0), (1.0, 0.5), (0.1, 1.0)]),
        Icon::Pause => {
            fill(&[(0.12, 0.0), (0.38, 0.0), (0.38, 1.0), (0.12, 1.0)]);
            fill(&[(0.62, 0.0), (0.88, 0.0), (0.88, 1.0), (0.62, 1.0)]);
        }
        Icon::Forward => {
            fill(&[(0.0, 0.05), (0.68, 0.5), (0.0, 0.95)]);
            fill(&[(0.76, 0.05), (0.96, 0.05), (0.96, 0.95), (0.76, 0.95)]);
        }
        Icon::Back => {
            fill(&[(1.0, 0.05), (1.0, 0.95), (0.32, 0.5)]);
            fill(&[(0.04, 0.05), (0.24, 0.05), (0.24, 0.95), (0.04, 0.95)]);
        }
        Icon::First => {
            fill(&[(1.0, 0.05), (1.0, 0.95), (0.55, 0.5)]);
            fill(&[(0.56, 0.05), (0.56, 0.95), (0.12, 0.5)]);
            painter.line_segment([at(0.06, 0.05), at(0.06, 0.95)], stroke);
        }
        Icon::Loop => {
            let c = r.center();
            let radius = r.width() * 0.44;
            let arc: Vec<_> = (0..=20)
                .map(|i| {
                    let a = -1.0 + i as f32 / 20.0 * 5.2;
                    c + radius * vec2(a.cos(), a.sin())
                })
                .collect();
            let tip = arc[0];
            painter.add(egui::Shape::line(arc, stroke));
            painter.line_segment([tip, tip + vec2(-4.5, -0.5)], stroke);
            painter.line_segment([tip, tip + vec2(0.8, -4.5)], stroke);
        }
        Icon::Figure => {
            painter.rect_stroke(r, 1.5, stroke, egui::StrokeKind::Middle);
            let curve = [(0.18, 0.78), (0.42, 0.38), (0.6, 0.6), (0.84, 0.24)].map(|(x, y)| at(x, y)).to_vec();
            painter.add(egui::Shape::line(curve, Stroke::new(1.2, colour)));
        }
        Icon::Expand | Icon::Shrink => {
            let [a, b] = if icon == Icon::Expand { [0.0, 1.0] } else { [0.32, 0.68] };
            let d = if icon == Icon::Expand { 0.38 } else { -0.38 };
            for (x, y, sx, sy) in [(a, a, d, d), (b, a, -d, d), (a, b, d, -d), (b, b, -d, -d)] {
                painter.line_segment([at(x, y), at(x + sx, y)], stroke);
                painter.line_segment([at(x, y), at(x, y + sy)], stroke);
            }
        }
    }
}

/// A row of words of which one is chosen, each with its key before it.
pub fn segmented(ui: &mut Ui, skin: &Skin, items: &[(String, String)], chosen: usize) -> Option<usize> {
    const HEIGHT: f32 = 24.0;
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
    let (all, response) = ui.allocate_exact_size(vec2(width + 4.0, HEIGHT + 6.0), Sense::hover());
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
