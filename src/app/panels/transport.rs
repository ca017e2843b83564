//! The clock: the bar of time, and below it play, step, jump, speed, and what the run starts from.

use egui::{Align, Button, DragValue, Frame, Margin, Panel, RichText, Ui, WidgetInfo};

use super::scrub;
use crate::app::acts::{SPEEDS, events};
use crate::app::theme::plain;
use crate::app::widgets::{Icon, helped_button, icon_button, icon_menu, primary};
use crate::app::{Ask, Desk};
use crate::param::{parse_number, show_number};
use crate::session::{Command, Document, MOST_STEPS, Playback};
use crate::text::{Text, fill, shell as words, ui};

/// The width below which what is set rarely moves into a menu.
const NARROW: f32 = 1040.0;

/// Shows the clock.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin { left: 16, right: 16, top: 4, bottom: 6 });
    Panel::bottom("transport").frame(frame).exact_size(70.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        scrub::show(ui, desk);
        let narrow = ui.available_width() < NARROW;
        ui.horizontal(|ui| {
            ui.set_height(32.0);
            ui.scope(|ui| buttons(ui, desk));
            clock(ui, desk);
            ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
                figure(ui, desk);
                settings(ui, desk, narrow);
                speed(ui, desk);
                computing(ui, desk);
            });
        });
    });
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.spacing_mut().item_spacing.x = 1.0;
    let play = desk.session.playback();
    let [previous, next] = events(desk);
    let (icon, word) = if play.playing { (Icon::Pause, ui::PAUSE) } else { (Icon::Play, ui::PLAY) };
    let seek = |at: Option<u64>| at.map(Command::Seek);
    let row = [
        (Icon::First, ui::FIRST, Some(Command::Seek(0)), 28.0, false),
        (Icon::Previous, words::PREVIOUS_EVENT, seek(previous), 28.0, false),
        (Icon::Back, ui::BACK, Some(Command::Step(-1)), 28.0, false),
        (icon, word, Some(Command::Play(!play.playing)), 34.0, true),
        (Icon::Forward, ui::FORWARD, Some(Command::Step(1)), 28.0, false),
        (Icon::Next, words::NEXT_EVENT, seek(next), 28.0, false),
        (Icon::Loop, ui::LOOP, Some(Command::Loop(!play.looped)), 28.0, play.looped),
    ];
    for (icon, word, command, size, on) in row {
        let ready = command.is_some();
        let clicked =
            ui.add_enabled_ui(ready, |ui| icon_button(ui, &desk.skin, icon, size, on, desk.say(word)).clicked());
        if let Some(command) = command.filter(|_| clicked.inner) {
            desk.push(command);
        }
    }
    let room = desk.session.pins().len() < Document::MOST_PINS;
    let help = if room { words::PIN_HELP } else { words::PIN_FULL };
    let said = [words::PIN, help].map(|word| desk.say(word));
    let pin = ui.add_enabled_ui(room, |ui| helped_button(ui, &desk.skin, Icon::Pin, 28.0, false, said));
    if pin.inner.clicked() {
        desk.push(Command::Pin);
    }
    ui.add_space(8.0);
}

/// Iteration and simulated time of now, and the stretch that is set off.
fn clock(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (run, play, skin) = (desk.session.run(), desk.session.playback(), desk.skin);
    let now = format!("n = {}", play.now);
    ui.label(RichText::new(now).font(plain(14.0)));
    ui.label(RichText::new(format!("/ {}", run.horizon)).color(skin.quiet));
    ui.label(RichText::new(format!("t = {} s", show_number(play.now as f64 * run.seconds))).color(skin.quiet));
    let Some([first, last]) = desk.session.look().brush else { return };
    let text = format!("{} {first}–{last}  ×", desk.say(words::STRETCH));
    let button = ui.add(Button::new(RichText::new(text).color(skin.accent)).small());
    button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, desk.say(words::STRETCH_NONE)));
    if button.on_hover_text(desk.say(words::STRETCH_HELP)).clicked() {
        desk.push(Command::Brush(None));
    }
}

fn figure(ui: &mut Ui, desk: &mut Desk<'_>) {
    if primary(ui, &desk.skin, desk.say(ui::FIGURE)).on_hover_text(desk.say(ui::FIGURE_HELP)).clicked() {
        desk.asks.push(Ask::Studio(None));
    }
}

/// Reset, seed, length and when changes act; the last two in a menu where there is no room.
fn settings(ui: &mut Ui, desk: &mut Desk<'_>, narrow: bool) {
    if ui.button(desk.say(ui::RESET)).on_hover_text(desk.say(ui::RESET_HELP)).clicked() {
        desk.push(Command::Reset);
    }
    let mut seed = desk.session.plan().seed;
    number(ui, desk, ui::SEED, ui::SEED_HELP, &mut seed, 0..=u64::from(u32::MAX), Command::Seed);
    if narrow {
        let menu =
            egui::containers::menu::MenuConfig::new().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
        egui::containers::menu::MenuButton::new(desk.say(words::RUN_SETTINGS)).config(menu).ui(ui, |ui| rare(ui, desk));
    } else {
        rare(ui, desk);
    }
}

fn rare(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut steps = desk.session.plan().steps;
    number(ui, desk, ui::LENGTH, ui::LENGTH_HELP, &mut steps, 1..=MOST_STEPS, Command::Steps);
    let mut from_now = desk.session.is_from_now();
    let help = desk.say(ui::FROM_NOW_HELP);
    if ui.checkbox(&mut from_now, desk.say(ui::FROM_NOW)).on_hover_text(help).changed() {
        desk.push(Command::FromNow(from_now));
    }
}

fn number(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    name: Text,
    help: Text,
    value: &mut u64,
    range: std::ops::RangeInclusive<u64>,
    command: impl Fn(u64) -> Command,
) {
    // Right to left: the field comes before its name.
    let field = ui.add(DragValue::new(value).range(range).speed(0.2)).on_hover_text(desk.say(help));
    let label = ui.label(RichText::new(desk.say(name)).color(desk.skin.quiet));
    if field.labelled_by(label.id).changed() {
        desk.push(command(*value));
    }
}

/// The speed: dragged by decades, typed, or picked from a menu.
fn speed(ui: &mut Ui, desk: &mut Desk<'_>) {
    let now = desk.session.playback().speed;
    icon_menu(ui, &desk.skin.clone(), Icon::Down, 20.0, desk.say(words::SPEEDS), |ui| {
        for s in SPEEDS {
            if ui.selectable_label(s == now, format!("×{s}")).clicked() {
                desk.push(Command::Speed(s));
                ui.close();
            }
        }
    });
    // Decades, so that a drag is as long from 0.01 to 0.1 as from 100 to 1000.
    let mut decades = now.log10();
    let field = DragValue::new(&mut decades)
        .range(Playback::SPEEDS[0].log10()..=Playback::SPEEDS[1].log10())
        .speed(0.01)
        .custom_formatter(|x, _| format!("×{}", show_number(10_f64.powf(x))))
        .custom_parser(|text| parse_number(text.trim_start_matches(['×', 'x'])).filter(|s| *s > 0.0).map(f64::log10));
    let field = ui.add(field).on_hover_text(desk.say(words::SPEED_HELP));
    let label = ui.label(RichText::new(desk.say(ui::SPEED)).color(desk.skin.quiet));
    if field.labelled_by(label.id).changed() {
        let speed = 10_f64.powf(decades);
        desk.push(Command::Speed((speed * 1e4).round() / 1e4));
    }
}

/// How far a long run is computed, and the way to leave it at that.
fn computing(ui: &mut Ui, desk: &mut Desk<'_>) {
    let pins = desk.session.pins().iter().map(|p| &p.run);
    let Some(run) = std::iter::once(desk.session.run()).chain(pins).find(|r| !r.is_complete()) else { return };
    let parts = [run.done(), run.horizon].map(|n| n.to_string());
    let (done, all, shown) = (run.done(), run.horizon, run.done() as f32 / run.horizon.max(1) as f32);
    if ui.add(Button::new(desk.say(ui::CANCEL)).small()).on_hover_text(desk.say(words::STOP_COMPUTING)).clicked()
        && done < all
    {
        desk.push(Command::Steps(done.max(1)));
    }
    let held = desk.session.is_held();
    let (icon, word) = if held { (Icon::Play, words::GO_ON_COMPUTING) } else { (Icon::Pause, words::HOLD_COMPUTING) };
    if icon_button(ui, &desk.skin, icon, 22.0, held, desk.say(word)).clicked() {
        desk.push(Command::Hold(!held));
    }
    let text = fill(desk.say(ui::COMPUTING), &[&parts[0], &parts[1]]);
    let bar = egui::ProgressBar::new(shown).desired_width(70.0).desired_height(6.0);
    ui.add(bar).on_hover_text(&text);
    // The bar alone says it where the clock has grown.
    let words = RichText::new(text).small().color(desk.skin.quiet);
    let galley =
        egui::WidgetText::from(words).into_galley(ui, Some(egui::TextWrapMode::Extend), f32::INFINITY, plain(11.0));
    if galley.size().x <= ui.available_width() {
        ui.label(galley);
    }
}
