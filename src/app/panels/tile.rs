//! The inside of a tile: one view of the run, with the moment shown marked in it.

use egui::{Id, Ui, vec2};

use crate::app::plot::{self, Look, Touch};
use crate::app::{Desk, survey};
use crate::scenes::models::sweep;
use crate::session::Command;

/// Draws a view into the space left; `place` tells tiles of the same view apart.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, place: usize, view: &str) {
    let session = desk.session;
    let Some(figure) = session.figure(view, desk.lang) else { return };
    let marks = session.scene().marks(view, session.run(), session.view(desk.lang), session.playback().now as f64);
    let total: f64 = figure.panels.iter().map(|p| p.share).sum();
    let (height, all) = (ui.available_height(), ui.available_rect_before_wrap());
    let last = figure.panels.len().saturating_sub(1);
    for (k, panel) in figure.panels.iter().enumerate() {
        let space = vec2(ui.available_width(), height * (panel.share / total) as f32 - 2.0);
        let space = if k == last { ui.available_size() } else { space };
        let look = Look {
            skin: &desk.skin.clone(),
            id: Id::unique(("plot", place, figure.id, panel.id)),
            x_axis: k == last,
            now: marks.get(k).map_or(&[], Vec::as_slice),
        };
        let touch = ui.allocate_ui(space, |ui| plot::show(ui, panel, &look)).inner;
        answer(desk, touch);
    }
    if view == sweep::VIEW {
        survey::overlay(ui, desk, all);
    }
}

fn answer(desk: &mut Desk<'_>, touch: Option<Touch>) {
    match touch {
        Some(Touch::Handle(handle, at)) => desk.push(Command::Drag { handle, at }),
        Some(Touch::Now(n)) => desk.push(Command::Seek(n.round().max(0.0) as u64)),
        None => {}
    }
}
