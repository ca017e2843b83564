//! The chapter: the list of its scenes above, what the open one asks and answers below, or the editor of a
//! typed world. `list` holds the groups and their scenes, `card` the story of the open scene, `claims` what
//! the sources say of it; `predict` is the question that may lie over the bench, `sketch` its paper.

mod card;
mod claims;
mod list;
pub mod predict;
pub mod sketch;

use egui::{Frame, Margin, Panel, ScrollArea, Ui};

use super::world;
use crate::app::Desk;

/// Shows the column.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let frame = Frame::new().fill(desk.skin.panel).inner_margin(Margin { left: 14, right: 6, top: 10, bottom: 0 });
    // A column with an editor is wider.
    let typed = desk.session.scene().source().is_some();
    let column = if typed {
        Panel::left("chapter of a world").default_size(290.0).size_range(220.0..=460.0)
    } else {
        // The tiles of a small window need every point; a larger one has some to spare.
        let usual = (190.0 + 0.5 * (desk.size.x - 1280.0)).clamp(190.0, 260.0);
        Panel::left("chapter").default_size(usual).size_range(170.0..=420.0)
    };
    column.frame(frame).show(ui, |ui| {
        let room = ui.available_height();
        let [least, most] = [0.3, 0.8].map(|share| share * room);
        let below = Panel::bottom("scene").frame(Frame::new()).resizable(true).default_size(0.53 * room);
        below.size_range(least..=most).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 8.0);
                if typed { world::show(ui, desk) } else { card::show(ui, desk) }
            });
        });
        list::show(ui, desk);
    });
}
