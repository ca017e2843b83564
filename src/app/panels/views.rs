//! The tiles: views of one run in rows. `header` is the bar of a tile, `dock` moves tiles about,
//! `borders` makes them wider and taller.

use egui::{Frame, Id, Rect, RichText, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use super::{borders, dock, header, tile};
use crate::app::bench::{filled, view_of};
use crate::app::{Ask, Desk};
use crate::session::{Command, Layout};
use crate::text::shell as words;

/// The free strip between tiles.
pub const GAP: f32 = 10.0;

/// Shows the tiles in the space left.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let all = ui.available_rect_before_wrap();
    let kept = desk.session.look().layout.clone();
    // While a border is dragged, the tiles follow it; the session hears of it at the end.
    let layout = filled(desk, borders::preview(ui, &kept).unwrap_or(kept));
    let places: Vec<(usize, Rect)> = match layout.maximised {
        Some(tile) => vec![(tile, all)],
        None => cells(&layout, all).into_iter().enumerate().collect(),
    };
    for (i, rect) in &places {
        ui.scope_builder(UiBuilder::new().max_rect(*rect).id_salt(("tile", *i)), |ui| frame(ui, desk, &layout, *i));
    }
    if layout.maximised.is_none() {
        borders::show(ui, desk, &layout, all);
        dock::show(ui, desk, &places);
    }
}

/// Arranges the bench.
pub fn arrange(desk: &mut Desk<'_>, change: impl FnOnce(Layout) -> Layout) {
    let layout = change(desk.session.look().layout.clone());
    desk.push(Command::Arrange(layout));
}

/// The place of every tile, in reading order.
fn cells(layout: &Layout, all: Rect) -> Vec<Rect> {
    let mut out = Vec::new();
    let rows = spans(layout.rows.iter().map(|r| r.share), all.top(), all.height());
    for (row, (top, height)) in layout.rows.iter().zip(rows) {
        for (left, width) in spans(row.tiles.iter().map(|t| t.share), all.left(), all.width()) {
            out.push(Rect::from_min_size(egui::pos2(left, top), vec2(width, height)));
        }
    }
    out
}

/// Start and length of every part of a length, by shares, with gaps between.
pub fn spans(shares: impl Iterator<Item = f64> + Clone, from: f32, length: f32) -> Vec<(f32, f32)> {
    let total: f64 = shares.clone().sum();
    let free = length - GAP * (shares.clone().count().saturating_sub(1)) as f32;
    let mut at = from;
    let place = |share: f64| {
        let part = (free * (share / total) as f32).max(1.0);
        let start = at;
        at += part + GAP;
        (start, part)
    };
    shares.map(place).collect()
}

fn frame(ui: &mut Ui, desk: &mut Desk<'_>, layout: &Layout, i: usize) {
    let rect = ui.max_rect();
    let ringed = desk.stance.ringed && desk.tile() == i && layout.len() > 1;
    let edge = if ringed { Stroke::new(1.6, desk.skin.accent) } else { Stroke::new(1.0, desk.skin.line) };
    ui.painter().rect(rect, 8.0, desk.skin.card, edge, StrokeKind::Inside);
    if i != desk.tile()
        && ui.input(|p| p.pointer.any_pressed() && p.pointer.interact_pos().is_some_and(|p| rect.contains(p)))
    {
        desk.asks.push(Ask::Tile(i));
    }
    let id = view_of(desk, layout.slot(i));
    let inner = Frame::new().inner_margin(egui::Margin { left: 8, right: 8, top: 5, bottom: 6 });
    inner.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        header::show(ui, desk, i, id);
        ui.push_id(Id::unique(("view", id)), |ui| inside(ui, desk, i, id));
    });
}

/// The view, or a sentence that says why there is nothing to see.
fn inside(ui: &mut Ui, desk: &mut Desk<'_>, i: usize, id: &'static str) {
    let start = ui.cursor().top();
    if !id.is_empty() {
        tile::show(ui, desk, i, id);
    }
    // A tile that drew nothing has a view that these values do not give.
    if ui.cursor().top() <= start + 1.0 {
        let word = if id.is_empty() { words::NO_VIEWS } else { words::NO_VIEW };
        let text = RichText::new(desk.say(word)).color(desk.skin.quiet);
        ui.centered_and_justified(|ui| ui.label(text));
    }
}
