//! The clock: play, step, scrub, speed, length, seed.

use egui::{DragValue, Frame, Margin, Panel, RichText, Slider, Ui};

use crate::app::theme::plain;
use crate::app::widgets::{Icon, icon_button, primary};
use crate::app::{Ask, Desk};
use crate::param::show_number;
use crate::session::{Command, MOST_STEPS};
use crate::text::{fill, ui as words};

/// Speeds on offer.
const SPEEDS: [f64; 9] = [0.01, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 20.0, 100.0];

/// Shows the bar.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin::symmetric(16, 8));
    Panel::bottom("transport").frame(frame).exact_size(52.0).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.scope(|ui| buttons(ui, desk));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if primary(ui, &desk.skin, desk.say(words::FIGURE))
                    .on_hover_text(desk.say(words::FIGURE_HELP))
                    .clicked()
                {
                    desk.asks.push(Ask::Studio(None));
                }
                settings(ui, desk);
                scrub(ui, desk);
            });
        });
    });
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let play = desk.session.playback();
    let (icon, word) = if play.playing { (Icon::Pause, words::PAUSE) } else { (Icon::Play, words::PLAY) };
    let row = [
        (Icon::First, words::FIRST, Command::Seek(0), 28.0, false),
        (Icon::Back, words::BACK, Command::Step(-1), 28.0, false),
        (icon, word, Command::Play(!play.playing), 34.0, true),
        (Icon::Forward, words::FORWARD, Command::Step(1), 28.0, false),
        (Icon::Loop, words::LOOP, Command::Loop(!play.looped), 28.0, play.looped),
    ];
    for (icon, word, command, size, on) in row {
        if icon_button(ui, &desk.skin, icon, size, on, desk.say(word)).clicked() {
            desk.push(command);
        }
    }
    ui.add_space(8.0);
}

fn scrub(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (run, play) = (desk.session.run(), desk.session.playback());
    let text = format!("n = {} / {}   t = {} s", play.now, run.horizon, show_number(play.now as f64 * run.seconds));
    ui.add_space(6.0);
    if !run.is_complete() {
        let parts = [run.done().to_string(), run.horizon.to_string()];
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        ui.label(RichText::new(fill(desk.say(words::COMPUTING), &parts)).small().color(desk.skin.quiet));
    }
    ui.label(RichText::new(text).font(plain(13.5)));
    let mut now = play.now;
    ui.spacing_mut().slider_width = (ui.available_width() - 16.0).max(40.0);
    let slider = ui.add(Slider::new(&mut now, 0..=run.horizon).show_value(false));
    slider.widget_info(|| egui::WidgetInfo::slider(true, now as f64, words::SCRUB.get(desk.lang)));
    if now != play.now {
        desk.push(Command::Seek(now));
    }
}

fn settings(ui: &mut Ui, desk: &mut Desk<'_>) {
    if ui.button(desk.say(words::RESET)).on_hover_text(desk.say(words::RESET_HELP)).clicked() {
        desk.push(Command::Reset);
    }
    let mut seed = desk.session.plan().seed;
    number(ui, desk, words::SEED, words::SEED_HELP, &mut seed, 0..=u64::from(u32::MAX), Command::Seed);
    let mut steps = desk.session.plan().steps;
    number(ui, desk, words::LENGTH, words::LENGTH_HELP, &mut steps, 1..=MOST_STEPS, Command::Steps);
    speed(ui, desk);
    let mut from_now = desk.session.is_from_now();
    let help = desk.say(words::FROM_NOW_HELP);
    if ui.checkbox(&mut from_now, desk.say(words::FROM_NOW)).on_hover_text(help).changed() {
        desk.push(Command::FromNow(from_now));
    }
}

fn number(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    name: crate::text::Text,
    help: crate::text::Text,
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

fn speed(ui: &mut Ui, desk: &mut Desk<'_>) {
    let now = desk.session.playback().speed;
    let combo = egui::ComboBox::from_id_salt("speed").width(52.0).selected_text(format!("×{now}"));
    let shown = combo.show_ui(ui, |ui| {
        for s in SPEEDS {
            if ui.selectable_label(s == now, format!("×{s}")).clicked() {
                desk.push(Command::Speed(s));
            }
        }
    });
    shown.response.on_hover_text(desk.say(words::SPEED));
}
