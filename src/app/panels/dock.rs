//! Moving a tile by its title: onto another it changes places, at an edge it goes beside it.

use egui::{CursorIcon, Id, Order, Pos2, Rect, Stroke, StrokeKind, Ui, vec2};

use super::views::arrange;
use crate::app::{Ask, Desk};
use crate::session::{Layout, Side};

/// The share of a tile's width and height that counts as its edge.
const EDGE: f32 = 0.28;

/// Where a tile would go.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Goal {
    /// In the place of this tile, which takes its own.
    Swap(usize),
    /// Beside this tile.
    Beside(usize, Side),
}

fn moving_id() -> Id {
    Id::unique("moving tile")
}

/// The title of a tile is being dragged.
pub fn begin(ui: &Ui, tile: usize) {
    ui.data_mut(|d| d.insert_temp(moving_id(), tile));
}

/// Shows where the tile being dragged would go, and puts it there when it is let go.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, places: &[(usize, Rect)]) {
    let Some(tile) = ui.data(|d| d.get_temp::<usize>(moving_id())) else { return };
    let pointer = ui.input(|i| i.pointer.interact_pos());
    let goal =
        pointer.and_then(|p| goal(places, tile, p)).filter(|g| after(&desk.session.look().layout, tile, *g).is_some());
    if let Some(goal) = goal {
        preview(ui, desk, places, goal);
    }
    ui.ctx().set_cursor_icon(if goal.is_some() { CursorIcon::Grabbing } else { CursorIcon::NotAllowed });
    if ui.input(|i| i.pointer.any_released() || i.key_pressed(egui::Key::Escape)) {
        ui.data_mut(|d| d.remove_temp::<usize>(moving_id()));
        let released = ui.input(|i| i.pointer.any_released());
        if let Some(layout) = goal.filter(|_| released).and_then(|g| after(&desk.session.look().layout, tile, g)) {
            arrange(desk, |_| layout);
            if let Some(Goal::Swap(other)) = goal {
                desk.asks.push(Ask::Tile(other));
            }
        }
    }
}

/// The goal under the pointer.
fn goal(places: &[(usize, Rect)], tile: usize, p: Pos2) -> Option<Goal> {
    let (other, rect) = places.iter().find(|(i, rect)| *i != tile && rect.contains(p))?;
    let share = (p - rect.min) / rect.size();
    let edges =
        [(share.x, Side::Left), (1.0 - share.x, Side::Right), (share.y, Side::Above), (1.0 - share.y, Side::Below)];
    let nearest = edges.into_iter().filter(|(d, _)| *d < EDGE).min_by(|a, b| a.0.total_cmp(&b.0));
    Some(nearest.map_or(Goal::Swap(*other), |(_, side)| Goal::Beside(*other, side)))
}

/// The arrangement with the tile at its goal; `None` if that changes nothing.
fn after(layout: &Layout, tile: usize, goal: Goal) -> Option<Layout> {
    let moved = match goal {
        Goal::Swap(other) => layout.clone().swapped(tile, other),
        Goal::Beside(other, side) => layout.clone().moved(tile, other, side),
    };
    (moved != *layout).then_some(moved)
}

fn preview(ui: &Ui, desk: &Desk<'_>, places: &[(usize, Rect)], goal: Goal) {
    let (Goal::Swap(other) | Goal::Beside(other, _)) = goal;
    let Some((_, rect)) = places.iter().find(|(i, _)| *i == other) else { return };
    let (half, whole) = (0.5 * rect.size(), rect.size());
    let area = match goal {
        Goal::Swap(_) => *rect,
        Goal::Beside(_, Side::Left) => Rect::from_min_size(rect.min, vec2(half.x, whole.y)),
        Goal::Beside(_, Side::Right) => Rect::from_min_size(rect.min + vec2(half.x, 0.0), vec2(half.x, whole.y)),
        Goal::Beside(_, Side::Above) => Rect::from_min_size(rect.min, vec2(whole.x, half.y)),
        Goal::Beside(_, Side::Below) => Rect::from_min_size(rect.min + vec2(0.0, half.y), vec2(whole.x, half.y)),
    };
    let painter = ui.ctx().layer_painter(egui::LayerId::new(Order::Foreground, moving_id()));
    let accent = desk.skin.accent;
    painter.rect(area, 8.0, accent.gamma_multiply(0.22), Stroke::new(2.0, accent), StrokeKind::Inside);
}
