//! The question that lies over the bench: nothing of the run is seen until something was predicted, or the
//! reader wants it so.

use egui::{Button, CentralPanel, Frame, Label, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::{card, sketch};
use crate::app::Desk;
use crate::app::label::job;
use crate::app::reader::{Deed, Guess, order};
use crate::app::theme::{bold, plain};
use crate::app::widgets::{Icon, primary, small_icon};
use crate::figure::{Ink, rich};
use crate::scenes::{Predict, Story};
use crate::text::{Text, chapter as words};

/// Width of the page.
const WIDTH: f32 = 680.0;

/// Shows the question of a story in the place of the bench.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, story: &'static Story) {
    let ground = Frame::new().fill(desk.skin.ground).inner_margin(16.0);
    CentralPanel::default().frame(ground).show(ui, |ui| {
        ScrollArea::vertical().id_salt("question").auto_shrink([false, false]).show(ui, |ui| {
            let width = ui.available_width();
            let margin = (0.5 * (width - WIDTH)).max(0.0);
            ui.horizontal_top(|ui| {
                ui.add_space(margin);
                ui.vertical(|ui| {
                    ui.set_width(width.min(WIDTH));
                    page(ui, desk, story);
                });
            });
        });
    });
}

fn page(ui: &mut Ui, desk: &mut Desk<'_>, story: &'static Story) {
    let (meta, skin) = (desk.session.scene().meta(), desk.skin);
    ui.add_space(18.0);
    ui.label(RichText::new(desk.say(meta.title)).font(plain(12.5)).color(skin.quiet));
    ui.add(Label::new(RichText::new(desk.say(meta.question)).font(plain(15.0)).color(skin.quiet)).wrap());
    ui.add_space(16.0);
    let guess = desk.reader.guess(desk.session);
    let (Predict::Choose { question, .. } | Predict::Sketch { question, .. }) = story.predict;
    ui.add(Label::new(job(&rich(desk.say(question)), 17.0, skin.text)).wrap());
    ui.add_space(10.0);
    match story.predict {
        Predict::Choose { choices, .. } => answers(ui, desk, choices, guess),
        Predict::Sketch { place, .. } => sketch::show(ui, desk, place, guess),
    }
    if let Some(guess) = guess {
        ui.add_space(6.0);
        let said = card::sentence(desk, story, guess);
        ui.add(Label::new(RichText::new(rich(&said).plain()).font(bold(15.0))).wrap());
        ui.add_space(4.0);
        card::told(ui, desk, 14.5);
    } else if !desk.session.run().is_complete() {
        card::computing(ui, desk);
    }
    ui.add_space(14.0);
    ways_on(ui, desk, guess.is_some());
}

/// The answers on offer; once one was chosen, which one it was and which one is right.
fn answers(ui: &mut Ui, desk: &mut Desk<'_>, choices: &[Text], guess: Option<&Guess>) {
    let ready = desk.session.run().is_complete() && guess.is_none();
    let found = match guess {
        Some(Guess::Chosen { chosen, right }) => Some([*chosen, *right]),
        _ => None,
    };
    for (i, choice) in choices.iter().enumerate() {
        let marks = found.map(|pair| pair.map(|k| k == i));
        if line(ui, desk, desk.say(*choice), ready, marks) {
            desk.asks.push(Deed::Choose(i).into());
        }
    }
}

/// One answer; `marks` says whether it was chosen and whether it is right. Whether it was clicked.
fn line(ui: &mut Ui, desk: &Desk<'_>, text: &str, ready: bool, marks: Option<[bool; 2]>) -> bool {
    let skin = desk.skin;
    let galley = {
        let mut set = job(&rich(text), 14.5, skin.text);
        set.wrap.max_width = ui.available_width() - 180.0;
        ui.painter().layout_job(set)
    };
    let size = vec2(ui.available_width(), galley.size().y + 18.0);
    let sense = if ready { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let [chosen, right] = marks.unwrap_or_default();
    let warm = ready && (response.hovered() || response.has_focus());
    let edge = match (right, chosen, warm) {
        (true, ..) => Stroke::new(1.6, skin.ink(Ink::Controller)),
        (_, true, _) => Stroke::new(1.6, skin.ink(Ink::Danger)),
        (.., true) => Stroke::new(1.0, skin.accent),
        _ => Stroke::new(1.0, skin.line),
    };
    let fill = if warm { skin.well } else { skin.card };
    ui.painter().rect(rect, 6.0, fill, edge, egui::StrokeKind::Inside);
    let at = egui::pos2(rect.left() + 40.0, rect.center().y - 0.5 * galley.size().y);
    let faint = if ready || chosen || right { skin.text } else { skin.quiet };
    ui.painter().galley_with_override_text_color(at, galley, faint);
    let sign = egui::Rect::from_center_size(egui::pos2(rect.left() + 21.0, rect.center().y), vec2(12.0, 12.0));
    match (right, chosen) {
        (true, _) => small_icon(ui, Icon::Tick, sign, skin.ink(Ink::Controller)),
        (_, true) => small_icon(ui, Icon::Close, sign, skin.ink(Ink::Danger)),
        _ => {
            ui.painter().circle_stroke(
                sign.center(),
                5.0,
                Stroke::new(1.3, if warm { skin.accent } else { skin.quiet }),
            );
        }
    }
    let said: Vec<&str> = [(chosen, words::CHOSEN), (right, words::SAYS_RUN)]
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, word)| desk.say(word))
        .collect();
    let said = said.join(" · ");
    let end = rect.right_center() - vec2(12.0, 0.0);
    ui.painter().text(end, egui::Align2::RIGHT_CENTER, &said, plain(12.0), skin.quiet);
    let name = rich(text).plain();
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ready, chosen, &name));
    ready && response.clicked()
}

/// The buttons at the foot: what comes next.
fn ways_on(ui: &mut Ui, desk: &mut Desk<'_>, guessed: bool) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        if !guessed {
            card::button(ui, desk, [words::SKIP, words::SKIP_HELP], Deed::Skip);
            card::button(ui, desk, [words::SHOW_BENCH, words::SHOW_BENCH_HELP], Deed::Bench);
            return;
        }
        if primary(ui, &desk.skin, desk.say(words::SHOW_BENCH)).clicked() {
            desk.asks.push(Deed::Bench.into());
        }
        if ui.add(Button::new(desk.say(words::AGAIN)).min_size(vec2(0.0, 30.0))).clicked() {
            desk.asks.push(Deed::Again.into());
        }
        let [_, next] = order::neighbours(desk.session.scene().meta().id);
        if let Some(next) = next {
            let button = Button::new(RichText::new(desk.say(words::NEXT)).font(bold(13.5))).min_size(vec2(0.0, 30.0));
            if ui.add(button).on_hover_text(desk.say(next.meta().title)).clicked() {
                desk.asks.push(Deed::Visit(next.meta().id).into());
            }
        }
    });
}
