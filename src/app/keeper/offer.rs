//! The bar that offers work which a window left behind.

use std::time::Duration;

use egui::{Align2, Area, Context, Frame, Id, RichText, Stroke, vec2};

use crate::app::open::short;
use crate::app::widgets::primary;
use crate::app::{Ask, Desk};
use crate::files::keep::Leftover;
use crate::text::{Lang, fill, keep as words};

/// Shows the offer.
pub fn show(ctx: &Context, desk: &mut Desk<'_>, leftover: &Leftover) {
    let scene = desk.say(leftover.kept.document.plan.scene.meta().title);
    let name = leftover.file.as_deref().map_or_else(|| format!("“{scene}”"), |file| format!("“{}”", short(file)));
    let text = fill(desk.say(words::RECOVERED), &[&name, &ago(leftover.age.unwrap_or_default(), desk.lang)]);
    Area::new(Id::unique("recovered")).anchor(Align2::CENTER_TOP, vec2(0.0, 56.0)).show(ctx, |ui| {
        let frame = Frame::new().fill(desk.skin.panel).corner_radius(8.0).inner_margin(10.0);
        frame.stroke(Stroke::new(1.0, desk.skin.accent)).show(ui, |ui| {
            ui.horizontal(|ui| {
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
