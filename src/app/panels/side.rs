//! The right side: regimes, parameters of the lens, read-outs, notes, the dictionary.

use egui::{Align, Frame, Label, Margin, Panel, RichText, ScrollArea, Ui, vec2};

use super::{controls, help};

use crate::app::Desk;
use crate::app::label::job;
use crate::app::theme::{bold, plain};
use crate::app::widgets::{SEGMENTED, chip, section, segmented};
use crate::figure::{Ink, rich};
use crate::param::{Kind, Spec, show_number};
use crate::scenes::Readout;
use crate::session::Command;
use crate::text::{fill, shell, ui as words};

/// Shows the side.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(14, 6));
    Panel::right("side").frame(frame).default_size(312.0).size_range(250.0..=460.0).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            modes(ui, desk);
            // Numbers of the run would answer the question that lies over it.
            let told = !desk.reader.is_asking(desk.session);
            if told {
                regimes(ui, desk);
            }
            ui.scope(|ui| parameters(ui, desk));
            if told {
                ui.scope(|ui| readouts(ui, desk));
            }
            ui.scope(|ui| starts(ui, desk));
            if told {
                notes(ui, desk);
                dictionary(ui, desk);
            }
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
    let row = vec2(ui.available_width(), SEGMENTED);
    ui.allocate_ui_with_layout(row, egui::Layout::left_to_right(Align::Center), |ui| {
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
    let (word, lens) = (desk.say(words::PARAMETERS), desk.say(desk.session.lens().title()));
    let single = desk.session.scene().lenses().len() < 2;
    let title = if single { word.to_owned() } else { format!("{word} · {}", fill(desk.say(words::LENS_OF), &[lens])) };
    let (specs, _) = sorted(desk);
    section(ui, &desk.skin.clone(), "parameters", &title, |ui| controls::show(ui, desk, &specs));
}

/// Where a run starts: below the read-outs, which answer to what acts at once.
fn starts(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (_, specs) = sorted(desk);
    if !specs.is_empty() {
        let title = desk.say(shell::START);
        section(ui, &desk.skin.clone(), "start", title, |ui| controls::show(ui, desk, &specs));
    }
}

/// The parameters of the lens: those that act at once with the lists, and the numbers a run starts from.
fn sorted(desk: &Desk<'_>) -> (Vec<&'static Spec>, Vec<&'static Spec>) {
    let specs = desk.session.scene().controls(desk.session.lens(), &desk.session.run().values);
    specs.into_iter().partition(|s| s.live || matches!(s.kind, Kind::Choice(_)))
}

fn dictionary(ui: &mut Ui, desk: &Desk<'_>) {
    let view = desk.session.view(desk.lang);
    let (title, entries) = desk.session.scene().dictionary(&desk.session.run().values, view);
    let skin = desk.skin;
    if entries.is_empty() {
        return;
    }
    section(ui, &skin, "dictionary", &title, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        for entry in entries {
            let value = show_number(entry.value);
            line(
                ui,
                &[(52.0, &RichText::new(entry.spec.unit).small().color(skin.quiet)), (70.0, &RichText::new(value))],
                |ui| {
                    let mut label = job(&rich(entry.spec.symbol), 13.5, skin.text);
                    label.append(
                        entry.spec.name.get(desk.lang),
                        8.0,
                        egui::TextFormat::simple(plain(12.5), skin.quiet),
                    );
                    ui.add(Label::new(label).wrap()).on_hover_ui(|ui| help::card(ui, desk, entry.spec));
                },
            );
        }
    });
}

/// A line of a table: a name that takes the room left, on as many lines as it needs, and cells from the
/// right, ranged right but the first, which holds a unit.
fn line(ui: &mut Ui, cells: &[(f32, &RichText)], name: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), 18.0);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (i, (width, text)) in cells.iter().enumerate() {
            let align = if i == 0 { Align::Min } else { Align::Max };
            let layout = egui::Layout::left_to_right(Align::Center).with_main_align(align).with_main_justify(true);
            ui.allocate_ui_with_layout(vec2(*width, 18.0), layout, |ui| {
                ui.add(Label::new((*text).clone()).truncate().halign(align));
            });
        }
        ui.with_layout(egui::Layout::left_to_right(Align::Min), name);
    });
}

fn regimes(ui: &mut Ui, desk: &mut Desk<'_>) {
    let view = desk.session.view(desk.lang);
    let chips = desk.session.scene().chips(desk.session.run(), view);
    if chips.is_empty() && desk.session.scene().actions(&desk.session.run().values, view).is_empty() {
        return;
    }
    section(ui, &desk.skin.clone(), "regimes", desk.say(words::REGIMES), |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 4.0);
            for c in &chips {
                chip(ui, &desk.skin, c);
            }
        });
        for c in &chips {
            help::line(ui, desk, &c.note);
        }
        actions(ui, desk);
    });
}

/// What the scene can do with its values at a press.
fn actions(ui: &mut Ui, desk: &mut Desk<'_>) {
    let list = desk.session.scene().actions(&desk.session.run().values, desk.session.view(desk.lang));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(5.0, 3.0);
        for action in list {
            let text = RichText::new(desk.say(action.title)).font(plain(12.0));
            if ui.add(egui::Button::new(text).small()).on_hover_text(desk.say(action.help)).clicked() {
                desk.push(Command::Act(action.id.to_owned()));
            }
        }
    });
}

/// Predicted beside measured, in columns of one width.
const NUMBER: f32 = 66.0;

fn readouts(ui: &mut Ui, desk: &Desk<'_>) {
    let rows = desk.session.scene().readouts(desk.session.run(), desk.session.view(desk.lang));
    let skin = desk.skin;
    if rows.is_empty() {
        return;
    }
    let show = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), show_number);
    section(ui, &skin, "readouts", desk.say(words::READOUTS), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let head = |word| RichText::new(desk.say(word)).small().color(skin.quiet);
        let (predicted, measured) = (head(words::PREDICTED), head(words::MEASURED));
        line(ui, &[(30.0, &RichText::new("")), (NUMBER, &measured), (NUMBER, &predicted)], |_| {});
        for row in &rows {
            let unit = RichText::new(row.unit).small().color(skin.quiet);
            let (predicted, measured) =
                (RichText::new(show(row.predicted)), RichText::new(show(row.measured)).color(skin.quiet));
            line(ui, &[(30.0, &unit), (NUMBER, &measured), (NUMBER, &predicted)], |ui| evidence(ui, desk, row));
            help::line(ui, desk, &row.note);
        }
    });
}

/// The name of a read-out; a click opens what it rests on.
fn evidence(ui: &mut Ui, desk: &Desk<'_>, row: &Readout) {
    let skin = desk.skin;
    let name = Label::new(job(&row.label, 13.0, skin.text)).sense(egui::Sense::click()).wrap();
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

fn notes(ui: &mut Ui, desk: &Desk<'_>) {
    let notes = desk.session.scene().notes(desk.session.run(), desk.session.view(desk.lang));
    if notes.is_empty() {
        return;
    }
    section(ui, &desk.skin, "notes", desk.say(words::NOTES), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        notes.iter().for_each(|note| remark(ui, desk, note));
    });
}

/// A sentence with a bar beside it.
fn remark(ui: &mut Ui, desk: &Desk<'_>, note: &str) {
    let frame = Frame::new().fill(desk.skin.well).inner_margin(Margin { left: 12, right: 8, top: 6, bottom: 6 });
    let response = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(note);
    });
    let r = response.response.rect;
    let bar = egui::Rect::from_min_size(r.min, vec2(3.0, r.height()));
    ui.painter().rect_filled(bar, 0.0, desk.skin.ink(Ink::Amber));
}
