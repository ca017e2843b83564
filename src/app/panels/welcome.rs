//! The card for those who are here for the first time: three things to try, ticked off as they are done.

use egui::{Frame, Id, Label, RichText, Stroke, Ui};

use crate::app::theme::bold;
use crate::app::widgets::{Icon, icon_button, tick};
use crate::app::{Ask, Desk, Part};
use crate::figure::Ink;
use crate::scenes::Lens;
use crate::text::{Text, shell as words};

/// Shows the card.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let skin = desk.skin;
    let frame =
        Frame::new().fill(skin.card).corner_radius(8.0).stroke(Stroke::new(1.0, skin.accent)).inner_margin(10.0);
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(desk.say(words::WELCOME_TITLE)).font(bold(14.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, &skin, Icon::Close, 20.0, false, desk.say(words::WELCOME_DONE)).clicked() {
                    desk.asks.push(Ask::Part(Part::Welcome, false));
                }
            });
        });
        ui.columns_const(|uis: &mut [Ui; 3]| {
            for (i, (ui, (word, done))) in uis.iter_mut().zip(trials(desk)).enumerate() {
                trial(ui, desk, i, word, done);
            }
        });
    });
    ui.add_space(8.0);
}

/// What there is to try, and whether the bench shows that it was done.
fn trials(desk: &Desk<'_>) -> [(Text, bool); 3] {
    let session = desk.session;
    let chips = session.scene().chips(session.run(), session.view(desk.lang));
    let critical = chips.iter().any(|c| c.text.contains(desk.say(words::CRITICAL)));
    [
        (words::TRY_CRITICAL, critical),
        (words::TRY_SPRING, session.lens() == Lens::Spring),
        (words::TRY_PIN, !session.pins().is_empty()),
    ]
}

/// One thing to try; once done it stays ticked.
fn trial(ui: &mut Ui, desk: &Desk<'_>, i: usize, word: Text, done: bool) {
    let id = Id::unique(("tried", i));
    let ticked = done || ui.data(|d| d.get_temp::<bool>(id)).unwrap_or(false);
    ui.data_mut(|d| d.insert_temp(id, ticked));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        if ticked {
            tick(ui, desk.skin.ink(Ink::Controller));
        } else {
            ui.label(RichText::new((i + 1).to_string()).font(bold(13.5)).color(desk.skin.accent));
        }
        let colour = if ticked { desk.skin.quiet } else { desk.skin.text };
        ui.add(Label::new(RichText::new(desk.say(word)).color(colour)).wrap());
    });
}
