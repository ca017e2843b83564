//! The right side: parameters of the lens, the dictionary, regimes, read-outs, notes.

use egui::{Frame, Grid, Margin, Panel, RichText, ScrollArea, Slider, TextEdit, Ui, vec2};

use crate::app::Desk;
use crate::app::label::job;
use crate::app::theme::{bold, plain};
use crate::app::widgets::{chip, heading, segmented};
use crate::figure::{Ink, rich};
use crate::param::{Kind, Spec, Spread, show_number};
use crate::scenes::Readout;
use crate::session::Command;
use crate::text::{fill, ui as words};

/// Shows the side.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(14, 6));
    Panel::right("side").frame(frame).default_size(292.0).size_range(250.0..=420.0).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            modes(ui, desk);
            regimes(ui, desk);
            ui.scope(|ui| parameters(ui, desk));
            notes(ui, desk);
            readouts(ui, desk);
            dictionary(ui, desk);
            ui.add_space(10.0);
            ui.label(RichText::new(desk.say(words::SHORTCUTS)).small().color(desk.skin.quiet));
        });
    });
}

fn modes(ui: &mut Ui, desk: &mut Desk<'_>) {
    let modes = desk.session.scene().modes(&desk.session.run().values);
    if modes.len() < 2 {
        return;
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(desk.say(words::MODE)).font(bold(12.0)).color(desk.skin.quiet));
        let items: Vec<(String, String)> = modes.iter().map(|m| (String::new(), subscripted(&m.plain()))).collect();
        if let Some(i) = segmented(ui, &desk.skin, &items, desk.session.mode()) {
            desk.push(Command::Mode(i));
        }
    });
}

/// λ1 as λ₁, for places that take plain characters only.
fn subscripted(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0x2080 + d)).unwrap_or(c)).collect()
}

fn parameters(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let lens = desk.say(desk.session.lens().title());
    let title = format!("{} · {}", desk.say(words::PARAMETERS), fill(desk.say(words::LENS_OF), &[lens]));
    heading(ui, &desk.skin, &title);
    for spec in desk.session.scene().controls(desk.session.lens(), &desk.session.run().values) {
        match spec.kind {
            Kind::Choice(list) => choice(ui, desk, spec, list),
            _ => number(ui, desk, spec),
        }
    }
}

fn choice(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec, list: &[crate::param::Choice]) {
    let label = ui.label(RichText::new(desk.say(spec.name)).color(desk.skin.quiet)).on_hover_text(desk.say(spec.help));
    let now = desk.session.read(spec.id) as usize;
    let selected = list.get(now).map_or("", |c| desk.say(c.name));
    let combo = egui::ComboBox::from_id_salt(spec.id).width(ui.available_width()).selected_text(selected).truncate();
    let shown = combo.show_ui(ui, |ui| {
        for (i, item) in list.iter().enumerate() {
            if ui.selectable_label(i == now, desk.say(item.name)).clicked() {
                desk.push(Command::Set { id: spec.id.into(), value: i as f64 });
            }
        }
    });
    shown.response.labelled_by(label.id);
    ui.add_space(2.0);
}

/// Symbol and name, a typed value with its unit, and a slider below.
fn number(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec) {
    let value = desk.session.read(spec.id);
    let field_width = 74.0;
    let label = ui.horizontal(|ui| {
        let name = desk.say(spec.name);
        let mut label = job(&rich(spec.symbol), 15.0, desk.skin.text);
        let gap = if spec.symbol.is_empty() { "" } else { "  " };
        label.append(&format!("{gap}{name}"), 0.0, egui::TextFormat::simple(plain(13.0), desk.skin.quiet));
        let label = ui.label(label).on_hover_text(desk.say(spec.help));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_sized(
                vec2(60.0, 20.0),
                egui::Label::new(RichText::new(spec.unit).small().color(desk.skin.quiet)).truncate(),
            );
            field(ui, desk, spec, value, field_width, label.id);
        });
        label
    });
    ui.scope(|ui| slider(ui, desk, spec, value, label.inner.id));
    ui.add_space(3.0);
}

/// The typed value: committed on Enter or when left, refused with a sentence.
fn field(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec, value: f64, width: f32, label: egui::Id) {
    let id = ui.scope_id().with(("field", spec.id));
    let shown = show_number(value);
    let editing = ui.memory(|m| m.has_focus(id));
    let mut text = if editing { ui.data(|d| d.get_temp::<String>(id)).unwrap_or(shown) } else { shown };
    let edit = TextEdit::singleline(&mut text).id(id).char_limit(40).font(plain(13.5)).margin(vec2(8.0, 3.0));
    let response = ui.add_sized(vec2(width, 22.0), edit.align(egui::Align2::RIGHT_CENTER)).labelled_by(label);
    if response.gained_focus() {
        // A whole number of digits to edit, not the rounded ones.
        text = if value.is_finite() { spec.text(value) } else { String::new() };
    }
    if response.lost_focus() {
        let typed = ui.data(|d| d.get_temp::<String>(id)).unwrap_or(text.clone());
        let cancelled = ui.input(|i| i.key_pressed(egui::Key::Escape));
        if !cancelled && typed != spec.text(value) && !(typed.is_empty() && value.is_nan()) {
            desk.push(Command::SetText { id: spec.id.into(), text: typed });
        }
    }
    ui.data_mut(|d| d.insert_temp(id, text));
}

fn slider(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec, value: f64, label: egui::Id) {
    let [min, max] = spec.bounds();
    let mut moved = if value.is_finite() { value.clamp(min, max) } else { min };
    let before = moved;
    ui.spacing_mut().slider_width = ui.available_width() - 6.0;
    ui.spacing_mut().interact_size.y = 13.0;
    let mut slider = Slider::new(&mut moved, min..=max).show_value(false).smart_aim(true);
    match spec.kind {
        Kind::Real { spread: Spread::Log, .. } => slider = slider.logarithmic(true).smallest_positive(1e-4),
        Kind::Count { .. } => slider = slider.integer().logarithmic(true),
        _ => {}
    }
    let response = ui.add_enabled(value.is_finite(), slider).labelled_by(label);
    if response.changed() && moved != before {
        desk.push(Command::Set { id: spec.id.into(), value: moved });
    }
}

fn dictionary(ui: &mut Ui, desk: &mut Desk<'_>) {
    let view = desk.session.view(desk.lang);
    let (title, entries) = desk.session.scene().dictionary(&desk.session.run().values, view);
    heading(ui, &desk.skin, &title);
    let skin = desk.skin;
    for entry in entries {
        ui.horizontal(|ui| {
            let mut label = job(&rich(entry.spec.symbol), 13.5, skin.text);
            label.append(entry.spec.name.get(desk.lang), 8.0, egui::TextFormat::simple(plain(12.5), skin.quiet));
            ui.label(label).on_hover_text(desk.say(entry.spec.help));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                unit(ui, &skin, entry.spec.unit);
                ui.label(show_number(entry.value));
            });
        });
    }
}

fn unit(ui: &mut Ui, skin: &crate::app::theme::Skin, unit: &str) {
    let text = RichText::new(unit).small().color(skin.quiet);
    let label = egui::Label::new(text).truncate();
    ui.add_sized(vec2(56.0, 16.0), label);
}

fn regimes(ui: &mut Ui, desk: &mut Desk<'_>) {
    heading(ui, &desk.skin, desk.say(words::REGIMES));
    let chips = desk.session.scene().chips(desk.session.run(), desk.session.view(desk.lang));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 5.0);
        for c in &chips {
            chip(ui, &desk.skin, c);
        }
    });
}

fn readouts(ui: &mut Ui, desk: &mut Desk<'_>) {
    heading(ui, &desk.skin, desk.say(words::READOUTS));
    let rows = desk.session.scene().readouts(desk.session.run(), desk.session.view(desk.lang));
    let skin = desk.skin;
    let show = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), show_number);
    Grid::new("readouts").num_columns(4).spacing(vec2(8.0, 4.0)).min_col_width(0.0).show(ui, |ui| {
        ui.label("");
        for word in [words::PREDICTED, words::MEASURED] {
            right(ui, RichText::new(desk.say(word)).small().color(skin.quiet));
        }
        ui.label("");
        ui.end_row();
        for row in &rows {
            evidence(ui, desk, row);
            right(ui, RichText::new(show(row.predicted)));
            right(ui, RichText::new(show(row.measured)).color(skin.quiet));
            ui.label(RichText::new(row.unit).small().color(skin.quiet));
            ui.end_row();
        }
    });
}

/// The name of a read-out; a click opens what it rests on.
fn evidence(ui: &mut Ui, desk: &Desk<'_>, row: &Readout) {
    let skin = desk.skin;
    let name = egui::Label::new(job(&row.label, 13.0, skin.text)).sense(egui::Sense::click());
    let response = ui.add(name).on_hover_text(desk.say(words::EVIDENCE_HELP));
    egui::Popup::menu(&response)
        .layout(egui::Layout::top_down(egui::Align::LEFT))
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.set_max_width(380.0);
            let title = |ui: &mut Ui, text| ui.label(RichText::new(desk.say(text)).font(bold(12.0)).color(skin.quiet));
            ui.label(&row.note);
            title(ui, words::FORMULA);
            ui.label(job(&row.formula, 15.0, skin.text));
            for (symbol, value) in &row.uses {
                let mut line = job(symbol, 13.5, skin.text);
                line.append(
                    &format!("  =  {}", show_number(*value)),
                    0.0,
                    egui::TextFormat::simple(plain(13.5), skin.text),
                );
                ui.label(line);
            }
            title(ui, words::SOURCE);
            ui.label(job(&row.source, 13.0, skin.text));
            for (word, value) in [(words::PREDICTED, row.predicted), (words::MEASURED, row.measured)] {
                if let Some(value) = value {
                    ui.label(format!("{}  {value}", desk.say(word)));
                }
            }
            title(ui, words::REPRODUCE);
            let command = crate::files::command(desk.session);
            ui.label(RichText::new(&command).small());
            if ui.button(desk.say(words::COPY)).clicked() {
                ui.ctx().copy_text(command);
            }
        });
}

fn right(ui: &mut Ui, text: RichText) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.label(text);
    });
}

fn notes(ui: &mut Ui, desk: &mut Desk<'_>) {
    let notes = desk.session.scene().notes(desk.session.run(), desk.session.view(desk.lang));
    if notes.is_empty() {
        return;
    }
    heading(ui, &desk.skin, desk.say(words::NOTES));
    for note in notes {
        let response = Frame::new()
            .fill(desk.skin.well)
            .inner_margin(Margin { left: 12, right: 8, top: 6, bottom: 6 })
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.label(note);
            });
        let r = response.response.rect;
        let bar = egui::Rect::from_min_size(r.min, vec2(3.0, r.height()));
        ui.painter().rect_filled(bar, 0.0, desk.skin.ink(Ink::Amber));
    }
}
