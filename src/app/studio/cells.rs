//! The views of the figure as cells of its grid, rearranged by mouse and by keyboard.

use egui::{
    Color32, DragAndDrop, EventFilter, Id, Key, Modifiers, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::app::Desk;
use crate::app::theme::{bold, plain};
use crate::scenes::ViewInfo;
use crate::text::studio as words;

const GAP: f32 = 6.0;
const PAD: f32 = 8.0;

/// A wish for the list of views.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another place for the view at `from`.
    Move {
        /// Its place.
        from: usize,
        /// Its place afterwards.
        to: usize,
    },
    /// One less.
    Remove(usize),
    /// One more, at the end.
    Add(&'static str),
    /// All there are, in the order they are offered.
    All,
}

impl Change {
    /// The list after the change; the last view stays.
    pub fn apply(&self, views: &mut Vec<&'static str>, offered: &[ViewInfo]) {
        match *self {
            Change::Move { from, to } if from < views.len() => {
                let view = views.remove(from);
                views.insert(to.min(views.len()), view);
            }
            Change::Remove(i) if i < views.len() && views.len() > 1 => {
                views.remove(i);
            }
            Change::Add(view) if !views.contains(&view) => views.push(view),
            Change::All => *views = offered.iter().map(|v| v.id).collect(),
            _ => {}
        }
    }
}

/// What is dragged.
#[derive(Clone, Copy)]
struct Carried(usize);

/// One cell, ready to be drawn.
struct Cell {
    place: usize,
    id: Id,
    title: &'static str,
    rect: Rect,
}

/// Shows the grid and the buttons below it.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    views: &[&'static str],
    offered: &[ViewInfo],
    columns: usize,
    chosen: &mut usize,
) -> Option<Change> {
    *chosen = (*chosen).min(views.len().saturating_sub(1));
    let mut change = None;
    for cell in lay(ui, desk, views, offered, columns) {
        change = one(ui, desk, &cell, columns, views.len(), chosen).or(change);
    }
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        let last = views.len().saturating_sub(1);
        let at = *chosen;
        let acts = [
            (words::EARLIER, at > 0, Change::Move { from: at, to: at.saturating_sub(1) }),
            (words::LATER, at < last, Change::Move { from: at, to: at + 1 }),
            (words::REMOVE, last > 0, Change::Remove(at)),
        ];
        for (word, possible, act) in acts {
            if ui.add_enabled(possible, egui::Button::new(desk.say(word))).clicked() {
                change = Some(act);
            }
        }
    });
    ui.horizontal(|ui| {
        let rest: Vec<&ViewInfo> = offered.iter().filter(|v| !views.contains(&v.id)).collect();
        ui.add_enabled_ui(!rest.is_empty(), |ui| {
            ui.menu_button(desk.say(words::ADD), |ui| {
                for view in rest {
                    if ui.button(desk.say(view.title)).clicked() {
                        change = Some(Change::Add(view.id));
                        ui.close();
                    }
                }
            });
        });
        if ui.button(desk.say(words::ALL_VIEWS)).clicked() {
            change = Some(Change::All);
        }
    });
    if let Some(Change::Move { to, .. }) = change {
        *chosen = to.min(views.len().saturating_sub(1));
    }
    change
}

/// The cells in reading order, each row as tall as its longest title needs.
fn lay(ui: &mut Ui, desk: &Desk<'_>, views: &[&'static str], offered: &[ViewInfo], columns: usize) -> Vec<Cell> {
    let columns = columns.clamp(1, views.len().max(1));
    let width = (ui.available_width() - GAP * (columns - 1) as f32) / columns as f32;
    let title = |view: &str| offered.iter().find(|v| v.id == view).map_or("", |v| desk.say(v.title));
    let mut cells = Vec::new();
    for (row, line) in views.chunks(columns).enumerate() {
        let height = |view: &&'static str| words_of(ui, desk, title(view), width).size().y;
        let tall = line.iter().map(height).fold(0.0, f32::max) + 2.0 * PAD;
        let (strip, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall.max(34.0)), Sense::hover());
        for (k, view) in line.iter().enumerate() {
            let corner = pos2(strip.left() + k as f32 * (width + GAP), strip.top());
            let rect = Rect::from_min_size(corner, vec2(width, strip.height()));
            let id = Id::unique(("studio-cell", *view));
            cells.push(Cell { place: row * columns + k, id, title: title(view), rect });
        }
    }
    cells
}

fn words_of(ui: &Ui, desk: &Desk<'_>, title: &str, width: f32) -> std::sync::Arc<egui::Galley> {
    ui.painter().layout(title.to_owned(), plain(12.5), desk.skin.text, width - 2.0 * PAD - 16.0)
}

fn one(ui: &mut Ui, desk: &Desk<'_>, cell: &Cell, columns: usize, count: usize, chosen: &mut usize) -> Option<Change> {
    let response = ui.interact(cell.rect, cell.id, Sense::click_and_drag()).on_hover_text(desk.say(words::VIEWS_HELP));
    response.dnd_set_drag_payload(Carried(cell.place));
    response.widget_info(|| {
        let name = format!("{} {}", cell.place + 1, cell.title);
        WidgetInfo::selected(Role::Button, true, cell.place == *chosen, name)
    });
    if response.clicked() || response.drag_started() || response.gained_focus() {
        *chosen = cell.place;
    }
    let over = response.dnd_hover_payload::<Carried>().map(|c| c.0);
    paint(ui, desk, cell, cell.place == *chosen, response.has_focus(), over);
    if response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        ghost(ui, desk, cell);
    }
    if let Some(carried) = response.dnd_release_payload::<Carried>() {
        return Some(Change::Move { from: carried.0, to: cell.place });
    }
    if response.has_focus() && !DragAndDrop::has_any_payload(ui.ctx()) {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(cell.id, filter));
        return by_key(ui, cell.place, columns, count);
    }
    None
}

fn by_key(ui: &Ui, place: usize, columns: usize, count: usize) -> Option<Change> {
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    if pressed(Key::Delete) || pressed(Key::Backspace) {
        return Some(Change::Remove(place));
    }
    let steps = [
        (Key::ArrowLeft, place.checked_sub(1)),
        (Key::ArrowRight, Some(place + 1)),
        (Key::ArrowUp, place.checked_sub(columns)),
        (Key::ArrowDown, Some(place + columns)),
    ];
    let step = steps.into_iter().find(|(key, _)| pressed(*key))?;
    step.1.filter(|to| *to < count).map(|to| Change::Move { from: place, to })
}

fn paint(ui: &Ui, desk: &Desk<'_>, cell: &Cell, chosen: bool, focused: bool, over: Option<usize>) {
    let skin = &desk.skin;
    let target = over.is_some_and(|from| from != cell.place);
    let edge = if target || focused { Stroke::new(2.0, skin.accent) } else { Stroke::new(1.0, skin.line) };
    let edge = if chosen && !target && !focused { Stroke::new(1.0, skin.accent) } else { edge };
    ui.painter().rect(cell.rect, 6.0, skin.well, edge, StrokeKind::Inside);
    if target {
        // Where it would go: before this cell, or after it when it comes from above.
        let later = over.is_some_and(|from| from < cell.place);
        let x = if later { cell.rect.right() } else { cell.rect.left() };
        ui.painter().vline(x, cell.rect.y_range(), Stroke::new(3.0, skin.accent));
    }
    inside(ui.painter(), ui, desk, cell, skin.text);
}

fn inside(painter: &egui::Painter, ui: &Ui, desk: &Desk<'_>, cell: &Cell, colour: Color32) {
    let corner = cell.rect.min + vec2(PAD, PAD);
    painter.text(corner, egui::Align2::LEFT_TOP, cell.place + 1, bold(12.5), desk.skin.quiet);
    painter.galley(corner + vec2(16.0, 0.0), words_of(ui, desk, cell.title, cell.rect.width()), colour);
}

/// The cell under the pointer while it is dragged.
fn ghost(ui: &Ui, desk: &Desk<'_>, cell: &Cell) {
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    let layer = egui::LayerId::new(egui::Order::Tooltip, cell.id.with("ghost"));
    let painter = ui.ctx().layer_painter(layer);
    let rect = Rect::from_center_size(pointer + vec2(12.0, 12.0), cell.rect.size());
    painter.rect(
        rect,
        6.0,
        desk.skin.panel.gamma_multiply(0.92),
        Stroke::new(1.0, desk.skin.accent),
        StrokeKind::Inside,
    );
    let carried = Cell { rect, title: cell.title, ..*cell };
    inside(&painter, ui, desk, &carried, desk.skin.text);
}

#[cfg(test)]
mod tests {
    use super::Change;
    use crate::scenes::ViewInfo;
    use crate::text::t;

    #[test]
    fn changes() {
        let info = |id| ViewInfo::new(id, t("x", "x"));
        let offered = [info("a"), info("b"), info("c"), info("d")];
        let table: [(Change, &[&str]); 8] = [
            (Change::Move { from: 0, to: 2 }, &["b", "c", "a"]),
            (Change::Move { from: 2, to: 0 }, &["c", "a", "b"]),
            (Change::Move { from: 1, to: 9 }, &["a", "c", "b"]),
            (Change::Move { from: 7, to: 0 }, &["a", "b", "c"]),
            (Change::Remove(1), &["a", "c"]),
            (Change::Add("d"), &["a", "b", "c", "d"]),
            (Change::Add("a"), &["a", "b", "c"]),
            (Change::All, &["a", "b", "c", "d"]),
        ];
        for (change, want) in table {
            let mut views = vec!["a", "b", "c"];
            change.apply(&mut views, &offered);
            assert_eq!(views, want, "{change:?}");
        }
        let mut last = vec!["a"];
        Change::Remove(0).apply(&mut last, &offered);
        assert_eq!(last, ["a"], "a figure has one view at least");
    }
}
