//! What is turned: a surface, by drag and by arrow keys.

use egui::{CursorIcon, EventFilter, Key, Modifiers, Response, Ui};

use super::{Look, Touch};
use crate::figure::Panel;
use crate::scenes::turn::STEP;

/// Degrees per pixel of a drag.
const RATE: f64 = 0.45;
/// How many steps Shift makes of one.
const LEAP: f64 = 5.0;

/// Where the hand on a panel turns it: azimuth and elevation in degrees, or back to how it was at first.
pub fn steer(ui: &Ui, panel: &Panel<'_>, look: &Look<'_>, response: &Response) -> Option<Touch> {
    let now = panel.turn?;
    if response.hovered() {
        let grab = if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab };
        ui.ctx().set_cursor_icon(grab);
    }
    if response.double_clicked() {
        return Some(Touch::Turn(None));
    }
    if response.clicked() || response.drag_started() {
        response.request_focus();
        // Arrow keys are held back from the next frame on.
        ui.ctx().request_repaint();
    }
    let from = look.id.with("turned from");
    if response.drag_started() {
        ui.data_mut(|d| d.insert_temp(from, now));
    }
    let angles = match response.total_drag_delta().filter(|_| response.dragged()) {
        // Counted from the press, so that what is less than a step is not lost.
        Some(way) => {
            let [azimuth, elevation] = ui.data(|d| d.get_temp::<[f64; 2]>(from)).unwrap_or(now);
            [azimuth - RATE * f64::from(way.x), (elevation + RATE * f64::from(way.y)).clamp(0.0, 90.0)]
        }
        None => keyed(ui, response, now)?,
    };
    (angles != now).then_some(Touch::Turn(Some(angles)))
}

/// Where the arrow keys turn what has the focus.
fn keyed(ui: &Ui, response: &Response, [azimuth, elevation]: [f64; 2]) -> Option<[f64; 2]> {
    if !response.has_focus() {
        return None;
    }
    let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, arrows));
    let pressed = |key| {
        let times = |modifiers| ui.input_mut(|i| i.count_and_consume_key(modifiers, key)) as f64;
        LEAP * times(Modifiers::SHIFT) + times(Modifiers::NONE)
    };
    let right = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
    let up = pressed(Key::ArrowUp) - pressed(Key::ArrowDown);
    (right != 0.0 || up != 0.0).then(|| [azimuth - STEP * right, (elevation + STEP * up).clamp(0.0, 90.0)])
}
