//! What a parameter is: symbol, formula, range, and when a change of it acts.

use egui::{RichText, Ui};

use crate::app::Desk;
use crate::app::label::job;
use crate::app::theme::bold;
use crate::figure::rich;
use crate::param::{Kind, Spec, show_number};
use crate::text::{fill, shell as words};

/// The card of a parameter.
pub fn card(ui: &mut Ui, desk: &Desk<'_>, spec: &Spec) {
    ui.set_max_width(340.0);
    let skin = desk.skin;
    ui.horizontal(|ui| {
        if !spec.symbol.is_empty() {
            ui.label(job(&rich(spec.symbol), 17.0, skin.text));
        }
        ui.label(RichText::new(desk.say(spec.name)).font(bold(13.5)));
        ui.label(RichText::new(spec.id).small().color(skin.quiet));
    });
    ui.label(desk.say(spec.help));
    let [low, high] = spec.bounds().map(show_number);
    let range = match spec.kind {
        Kind::Choice(list) => list.iter().map(|c| desk.say(c.name)).collect::<Vec<_>>().join(" · "),
        _ => format!("{} {}", fill(desk.say(words::FROM_TO), &[&low, &high]), spec.unit),
    };
    ui.label(RichText::new(range).small().color(skin.quiet));
    let acts = if spec.live { words::LIVE } else { words::RESTARTS };
    ui.label(RichText::new(desk.say(acts)).small().color(skin.quiet));
}

/// The same in one line below the parameter, if everything is to be explained.
pub fn line(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    if desk.shows(crate::app::Part::Explain) {
        ui.add(egui::Label::new(RichText::new(text).small().color(desk.skin.quiet)).wrap());
    }
}
