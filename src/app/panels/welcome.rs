//! The card for those who are here for the first time: three things to try, ticked off as they are done.

use egui::{Frame, Id, Label, RichText, Stroke, Ui};

use crate::app::theme::bold;
use crate::app::widgets::{Icon, icon_button, tick};
use crate::app::{Ask, Desk, Part};
use crate::figure::Ink;
use crate::scenes::Lens;
use crate::text::{fill, shell as words};

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
            for (i, (ui, trial)) in uis.iter_mut().zip(trials(desk)).enumerate() {
                trial.show(ui, desk, i);
            }
        });
    });
    ui.add_space(8.0);
}

/// Something to try.
struct Trial {
    /// Tells it apart from the others, so that it stays ticked.
    id: &'static str,
    /// What to do.
    word: String,
    /// Whether the bench shows that it was done.
    done: bool,
}

/// What there is to try in this scene: a value changed by hand, another view of the same, a comparison.
fn trials(desk: &Desk<'_>) -> [Trial; 3] {
    let pinned = !desk.session.pins().is_empty();
    [change(desk), other_view(desk), Trial { id: "pin", word: desk.say(words::TRY_PIN).to_owned(), done: pinned }]
}

/// Critical damping where the atlas knows of it, else any value.
fn change(desk: &Desk<'_>) -> Trial {
    let session = desk.session;
    let (scene, values, view) = (session.scene(), &session.run().values, session.view(desk.lang));
    let has_atlas = scene.tiles(session.lens()).contains(&"atlas");
    if has_atlas && scene.actions(values, view).iter().any(|action| action.id == "critical") {
        let done = scene.chips(session.run(), view).iter().any(|c| c.text.contains(desk.say(words::CRITICAL)));
        return Trial { id: "critical", word: desk.say(words::TRY_CRITICAL).to_owned(), done };
    }
    let usual = scene.params().iter().all(|spec| values.get(spec.id) == spec.default);
    Trial { id: "change", word: desk.say(words::TRY_CHANGE).to_owned(), done: !usual }
}

/// The second lens, or the clock where there is only one.
fn other_view(desk: &Desk<'_>) -> Trial {
    let session = desk.session;
    match session.scene().lenses().get(1) {
        Some(lens) => {
            let word = if *lens == Lens::Spring {
                desk.say(words::TRY_SPRING).to_owned()
            } else {
                fill(desk.say(words::TRY_LENS), &[desk.say(lens.title())])
            };
            Trial { id: "lens", word, done: session.lens() == *lens }
        }
        None => Trial { id: "clock", word: desk.say(words::TRY_CLOCK).to_owned(), done: session.playback().playing },
    }
}

impl Trial {
    /// Shows it; once done it stays ticked.
    fn show(self, ui: &mut Ui, desk: &Desk<'_>, i: usize) {
        let id = Id::unique(("tried", self.id));
        let ticked = self.done || ui.data(|d| d.get_temp::<bool>(id)).unwrap_or(false);
        ui.data_mut(|d| d.insert_temp(id, ticked));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            if ticked {
                tick(ui, desk.skin.ink(Ink::Controller));
            } else {
                ui.label(RichText::new((i + 1).to_string()).font(bold(13.5)).color(desk.skin.accent));
            }
            let colour = if ticked { desk.skin.quiet } else { desk.skin.text };
            ui.add(Label::new(RichText::new(self.word).color(colour)).wrap());
        });
    }
}
