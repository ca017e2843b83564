//! The borders between tiles and rows, to be dragged.

use egui::{CursorIcon, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use super::views::{GAP, arrange, spans};
use crate::app::Desk;
use crate::session::Layout;
use crate::text::shell as words;

/// A border: after which row, or after which tile of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Border {
    Row(usize),
    Tile(usize, usize),
}

/// A border being dragged, and by which share of the whole; `None` when it was let go.
type Held = Option<(Border, f64)>;

fn held_id() -> Id {
    Id::unique("held border")
}

fn moved(layout: Layout, (border, by): (Border, f64)) -> Layout {
    match border {
        Border::Row(r) => layout.heightened(r, by),
        Border::Tile(r, c) => layout.widened(r, c, by),
    }
}

/// The arrangement as it would be if the border being dragged were let go here.
pub fn preview(ui: &Ui, layout: &Layout) -> Option<Layout> {
    let held = ui.data(|d| d.get_temp::<Held>(held_id())).flatten()?;
    Some(moved(layout.clone(), held))
}

/// Puts a handle on every border; a drag arranges the bench when it ends.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, layout: &Layout, all: Rect) {
    let rows = spans(layout.rows.iter().map(|r| r.share), all.top(), all.height());
    for (r, (top, height)) in rows.iter().copied().enumerate() {
        let columns = spans(layout.rows[r].tiles.iter().map(|t| t.share), all.left(), all.width());
        for (c, (left, width)) in columns.iter().copied().enumerate().take(columns.len().saturating_sub(1)) {
            let rect = Rect::from_min_max(pos2(left + width, top), pos2(left + width + GAP, top + height));
            handle(ui, desk, Border::Tile(r, c), rect, all);
        }
        if r + 1 < rows.len() {
            let rect = Rect::from_min_max(pos2(all.left(), top + height), pos2(all.right(), top + height + GAP));
            handle(ui, desk, Border::Row(r), rect, all);
        }
    }
}

fn handle(ui: &mut Ui, desk: &mut Desk<'_>, border: Border, rect: Rect, all: Rect) {
    let tile = matches!(border, Border::Tile(..));
    let id = match border {
        Border::Row(r) => Id::unique(("row border", r)),
        Border::Tile(r, c) => Id::unique(("tile border", r, c)),
    };
    let response = ui.interact(rect, id, Sense::drag());
    let (word, cursor) = if tile {
        (words::BORDER_COLUMNS, CursorIcon::ResizeHorizontal)
    } else {
        (words::BORDER_ROWS, CursorIcon::ResizeVertical)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, desk.say(word)));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(cursor);
        let line = if tile {
            rect.shrink2(egui::vec2(GAP / 2.0 - 1.0, 24.0))
        } else {
            rect.shrink2(egui::vec2(24.0, GAP / 2.0 - 1.0))
        };
        ui.painter().rect_filled(line, 1.0, desk.skin.accent);
    }
    if response.dragged() {
        let travelled = response.total_drag_delta().unwrap_or_default();
        let by = if tile { travelled.x / all.width() } else { travelled.y / all.height() };
        ui.data_mut(|d| d.insert_temp::<Held>(held_id(), Some((border, f64::from(by)))));
    }
    if response.drag_stopped()
        && let Some(held) = ui.data_mut(|d| d.remove_temp::<Held>(held_id())).flatten()
    {
        arrange(desk, |layout| moved(layout, held));
    }
}
