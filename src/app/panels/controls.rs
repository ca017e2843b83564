//! Controls of parameters: a slider, a typed field and a name each; a menu where there is a list.

use egui::{Align, Id, Label, RichText, Slider, TextEdit, TextFormat, Ui, vec2};

use super::help;
use crate::app::Desk;
use crate::app::label::job;
use crate::app::theme::plain;
use crate::figure::rich;
use crate::param::{Choice, Kind, Spec, Spread, show_number};
use crate::session::Command;

/// Width of a typed field.
const FIELD: f32 = 78.0;

/// Height of a menu, on the middle of which its name stands.
const MENU: f32 = 26.0;

/// What a menu takes beside its words, and between it and its name.
const ARROW: f32 = 46.0;

/// Where a wish to type into a parameter's field waits for the field to be shown.
pub fn wanted_field() -> Id {
    Id::unique("wanted field")
}

/// Shows one control per parameter.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, specs: &[&'static Spec]) {
    ui.spacing_mut().item_spacing.y = 1.0;
    for spec in specs {
        match spec.kind {
            Kind::Choice(list) => choice(ui, desk, spec, list),
            _ => number(ui, desk, spec),
        }
        help::line(ui, desk, desk.say(spec.help));
        ui.add_space(2.0);
    }
}

/// The name, and the menu beside it; below it where one line is too short for both.
fn choice(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec, list: &[Choice]) {
    let now = desk.session.read(spec.id) as usize;
    let selected = list.get(now).map_or("", |c| desk.say(c.name));
    let wide = |text: &str| ui.painter().layout_no_wrap(text.to_owned(), plain(13.5), desk.skin.quiet).size().x;
    let (layout, height) = if wide(desk.say(spec.name)) + wide(selected) + ARROW <= ui.available_width() {
        (egui::Layout::left_to_right(Align::Center), MENU)
    } else {
        (egui::Layout::top_down(Align::Min), 0.0)
    };
    ui.allocate_ui_with_layout(vec2(ui.available_width(), height), layout, |ui| {
        let name = Label::new(RichText::new(desk.say(spec.name)).font(plain(13.0)).color(desk.skin.quiet));
        let label = ui.add(name).on_hover_ui(|ui| help::card(ui, desk, spec));
        let width = (ui.available_width() - 2.0).max(60.0);
        let combo = egui::ComboBox::from_id_salt(spec.id).width(width).selected_text(selected).truncate();
        let shown = combo.show_ui(ui, |ui| {
            for (i, item) in list.iter().enumerate() {
                if ui.selectable_label(i == now, desk.say(item.name)).clicked() {
                    desk.push(Command::Set { id: spec.id.into(), value: i as f64 });
                }
            }
        });
        let response = shown.response.labelled_by(label.id);
        if wanted(ui, spec) {
            response.request_focus();
            response.scroll_to_me(Some(Align::Center));
        }
    });
}

/// Whether somebody asked for this parameter's field; answered once.
fn wanted(ui: &Ui, spec: &Spec) -> bool {
    let here = ui.data(|d| d.get_temp::<&'static str>(wanted_field())) == Some(spec.id);
    if here {
        ui.data_mut(|d| d.remove_temp::<&'static str>(wanted_field()));
    }
    here
}

/// Symbol, name and unit over a slider; the typed value beside both.
fn number(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec) {
    let value = desk.session.read(spec.id);
    ui.horizontal(|ui| {
        let width = (ui.available_width() - FIELD - 10.0).max(80.0);
        let label = ui
            .vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                let label = name(ui, desk, spec);
                ui.scope(|ui| slider(ui, desk, spec, value, label));
                label
            })
            .inner;
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| field(ui, desk, spec, value, label));
    });
}

fn name(ui: &mut Ui, desk: &Desk<'_>, spec: &'static Spec) -> Id {
    let skin = desk.skin;
    let quiet = |size| TextFormat::simple(plain(size), skin.quiet);
    let mut text = job(&rich(spec.symbol), 14.5, skin.text);
    let gap = if spec.symbol.is_empty() { "" } else { "  " };
    text.append(&format!("{gap}{}", desk.say(spec.name)), 0.0, quiet(13.0));
    ui.spacing_mut().interact_size.y = 17.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let label = ui.add(Label::new(text).truncate()).on_hover_ui(|ui| help::card(ui, desk, spec));
        ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(spec.unit).font(plain(10.5)).color(skin.quiet)).truncate());
        });
        label.id
    })
    .inner
}

/// The typed value: committed on Enter or when left, refused with a sentence.
fn field(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec, value: f64, label: Id) {
    let id = Id::unique(("field", spec.id));
    let shown = show_number(value);
    let editing = ui.memory(|m| m.has_focus(id));
    let mut text = if editing { ui.data(|d| d.get_temp::<String>(id)).unwrap_or(shown) } else { shown };
    let edit = TextEdit::singleline(&mut text).id(id).char_limit(40).font(plain(13.5)).margin(vec2(8.0, 3.0));
    let response = ui.add_sized(vec2(FIELD, 23.0), edit.align(egui::Align2::RIGHT_CENTER)).labelled_by(label);
    if wanted(ui, spec) {
        response.request_focus();
        response.scroll_to_me(Some(Align::Center));
        select_all(ui, id, text.chars().count());
    }
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

/// Selects the text of a field, so that typing replaces it.
fn select_all(ui: &Ui, id: Id, length: usize) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let ends = [0, length.max(24)].map(egui::text::CCursor::new);
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(ends[0], ends[1])));
    state.store(ui.ctx(), id);
}

fn slider(ui: &mut Ui, desk: &mut Desk<'_>, spec: &'static Spec, value: f64, label: Id) {
    let [min, max] = spec.bounds();
    let mut moved = if value.is_finite() { value.clamp(min, max) } else { min };
    let before = moved;
    ui.spacing_mut().slider_width = ui.available_width() - 4.0;
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
