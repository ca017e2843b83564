//! Points of a plot that are moved, by pointer and by keyboard.

use egui::{Color32, EventFilter, Id, Key, Modifiers, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2};
use egui_plot::PlotTransform;

use super::{Look, Touch, at, data_at};
use crate::app::label::job;
use crate::app::theme::plain;
use crate::figure::{Handle, Panel};
use crate::param::show_number;

/// How near to a handle the pointer takes it, in pixels.
const REACH: f32 = 14.0;
/// Steps of a key across the range shown, and how many of them Shift makes one.
const STEPS: f64 = 200.0;
const LEAP: f64 = 10.0;

/// The handle near the pointer, by last frame's transform.
pub fn under_pointer(ui: &Ui, panel: &Panel<'_>, look: &Look<'_>) -> Option<usize> {
    let transform = ui.data(|d| d.get_temp::<PlotTransform>(look.id.with("transform")))?;
    let pointer = ui.input(|i| i.pointer.interact_pos())?;
    let distance = |i: &usize| at(panel, &transform, panel.handles[*i].at).distance(pointer);
    let held = held(ui, panel, look);
    held.or_else(|| {
        (0..panel.handles.len()).filter(|i| distance(i) <= REACH).min_by(|a, b| distance(a).total_cmp(&distance(b)))
    })
}

/// The handle that is being dragged.
pub fn held(ui: &Ui, panel: &Panel<'_>, look: &Look<'_>) -> Option<usize> {
    (0..panel.handles.len()).find(|i| ui.ctx().is_being_dragged(id(look, *i)))
}

fn id(look: &Look<'_>, i: usize) -> Id {
    look.id.with(("handle", i))
}

/// Draws the handles, and says which was moved where.
pub fn show(ui: &mut Ui, panel: &Panel<'_>, look: &Look<'_>, transform: &PlotTransform) -> Option<Touch> {
    let mut touched = None;
    for (i, handle) in panel.handles.iter().enumerate() {
        let centre = at(panel, transform, handle.at);
        // What was panned out of sight is not there to be taken; what is held stays in the hand.
        let seen = transform.frame().expand(REACH).contains(centre);
        if !seen && !ui.ctx().is_being_dragged(id(look, i)) {
            continue;
        }
        let rect = Rect::from_center_size(centre, Vec2::splat(2.0 * REACH));
        let response = ui.interact(rect, id(look, i), Sense::click_and_drag());
        let value = format!("({}, {})", show_number(handle.at[0]), show_number(handle.at[1]));
        response.widget_info(|| WidgetInfo {
            current_text_value: Some(value.clone()),
            ..WidgetInfo::labeled(Role::Slider, true, &handle.name)
        });
        let warm = response.hovered() || response.dragged() || response.has_focus();
        draw(ui, handle, look, [centre, transform.frame().right_bottom()], warm.then_some(value));
        let moved = if response.dragged() {
            response.interact_pointer_pos().map(|pointer| data_at(panel, transform, pointer))
        } else {
            keyed(ui, panel, handle, &response, transform)
        };
        touched = moved.map(|at| Touch::Handle(handle.id.clone(), at)).or(touched);
    }
    touched
}

/// Where the arrow keys move a handle that has the focus: by parts of the range shown.
fn keyed(
    ui: &Ui,
    panel: &Panel<'_>,
    handle: &Handle,
    response: &egui::Response,
    transform: &PlotTransform,
) -> Option<[f64; 2]> {
    if response.clicked() {
        response.request_focus();
        // Arrow keys are held back from the next frame on.
        ui.ctx().request_repaint();
    }
    if !response.has_focus() {
        return None;
    }
    let arrows = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, arrows));
    let mut presses = [0.0, 0.0];
    let keys =
        [(Key::ArrowLeft, 0, -1.0), (Key::ArrowRight, 0, 1.0), (Key::ArrowDown, 1, -1.0), (Key::ArrowUp, 1, 1.0)];
    for (key, axis, way) in keys {
        for (modifiers, reach) in [(Modifiers::SHIFT, LEAP), (Modifiers::NONE, 1.0)] {
            presses[axis] += way * reach * ui.input_mut(|i| i.count_and_consume_key(modifiers, key)) as f64;
        }
    }
    let bounds = transform.bounds();
    let step = [bounds.width() / STEPS, bounds.height() / STEPS];
    let moved = |axis: usize, scale: crate::figure::Scale| {
        let from = scale.forward(handle.at[axis])?;
        Some(if presses[axis] == 0.0 { handle.at[axis] } else { scale.back(from + presses[axis] * step[axis]) })
    };
    (presses != [0.0, 0.0]).then_some([moved(0, panel.x.scale)?, moved(1, panel.y.scale)?])
}

fn draw(ui: &Ui, handle: &Handle, look: &Look<'_>, [centre, edge]: [Pos2; 2], value: Option<String>) {
    let (colour, painter) = (look.skin.ink(handle.ink), ui.painter());
    let warm = value.is_some();
    if warm {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
        painter.circle_filled(centre, 11.0, colour.gamma_multiply(0.25));
    }
    painter.circle(centre, 6.0, colour, Stroke::new(2.0, look.skin.card));
    let name = painter.layout_job(job(&handle.label, 13.0, look.skin.text));
    let value = value.map(|v| painter.layout_no_wrap(v, plain(11.5), look.skin.quiet));
    let wide = value.as_ref().map_or(0.0, |v| v.size().x).max(name.size().x);
    let left = if centre.x + 14.0 + wide > edge.x { centre.x - 11.0 - wide } else { centre.x + 11.0 };
    let below = name.size().y;
    painter.galley(pos2(left, centre.y - below / 2.0), name, Color32::PLACEHOLDER);
    if let Some(value) = value {
        let corner = pos2(left, centre.y + below / 2.0);
        painter.rect_filled(
            Rect::from_min_size(corner, value.size()).expand(2.0),
            3.0,
            look.skin.card.gamma_multiply(0.85),
        );
        painter.galley(corner, value, look.skin.quiet);
    }
}
