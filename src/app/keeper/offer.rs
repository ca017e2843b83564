//! The bar that offers work which a window left behind.

use std::time::Duration;

use egui::{Frame, Margin, Panel, RichText, Ui};

use crate::app::open::short;
use crate::app::widgets::primary;
use crate::app::{Ask, Desk};
use crate::files::keep::Leftover;
use crate::text::{Lang, fill, keep as words};

/// Shows the offer across the top of what is left of the window, so that it covers nothing.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, leftover: &Leftover) {
    let scene = desk.say(leftover.kept.document.plan.scene.meta().title);
    let name = leftover.file.as_deref().map_or_else(|| format!("“{scene}”"), |file| format!("“{}”", short(file)));
    let text = fill(desk.say(words::RECOVERED), &[&name, &ago(leftover.age.unwrap_or_default(), desk.lang)]);
    let frame = Frame::new().fill(desk.skin.card).inner_margin(Margin::symmetric(12, 8));
    Panel::top("recovered").frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(text).color(desk.skin.text));
            ui.add_space(8.0);
            if primary(ui, &desk.skin, desk.say(words::RESTORE)).clicked() {
                desk.asks.push(Ask::Restore);
            }
            if ui.button(desk.say(words::DISCARD)).clicked() {
                desk.asks.push(Ask::Discard);
            }
            if ui.button(desk.say(words::LATER)).clicked() {
                desk.asks.push(Ask::Later);
            }
        });
    });
}

/// How long ago, in one unit.
fn ago(age: Duration, lang: Lang) -> String {
    let minutes = age.as_secs() / 60;
    let (text, count) = match minutes {
        0 => (words::AGO_SECONDS, 0),
        1..90 => (words::AGO_MINUTES, minutes),
        90..2880 => (words::AGO_HOURS, minutes / 60),
        _ => (words::AGO_DAYS, minutes / 1440),
    };
    fill(text.get(lang), &[&count.to_string()])
}
