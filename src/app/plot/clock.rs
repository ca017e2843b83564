//! Presses into a plot: scrubbing, choosing a stretch of the clock, picking a place.

use egui::{PointerButton, Rect, Response, Shape, Ui, pos2};
use egui_plot::PlotTransform;

use super::pen::Pen;
use super::{Look, Touch, data_at};
use crate::figure::Panel;

/// What a press means: with Shift over a clock it chooses a stretch, a click into free space picks if
/// the panel says so, and over a clock it otherwise moves the present.
pub fn press(
    ui: &Ui,
    panel: &Panel<'_>,
    look: &Look<'_>,
    response: &Response,
    transform: &PlotTransform,
) -> Option<Touch> {
    let pointer = response.interact_pointer_pos().or(response.hover_pos());
    let found = pointer.map(|p| data_at(panel, transform, p));
    if let (Some(id), true) = (panel.pick, response.clicked()) {
        return found.map(|at| Touch::Handle(id.to_owned(), at));
    }
    let unit = panel.clock?;
    let moment = found.map(|at| at[0] / unit).filter(|n| n.is_finite());
    let (shift, command) = ui.input(|i| (i.modifiers.shift, i.modifiers.command));
    let start = look.id.with("brush");
    if response.drag_started_by(PointerButton::Primary) && shift {
        let from = ui.input(|i| i.pointer.press_origin()).map(|p| data_at(panel, transform, p)[0] / unit);
        ui.data_mut(|d| from.map(|n| d.insert_temp(start, n)));
    }
    if let Some(from) = ui.data(|d| d.get_temp::<f64>(start)) {
        let stretch = moment.map(|to| [from.min(to), from.max(to)]);
        if response.dragged() {
            return stretch.map(Touch::Draft);
        }
        ui.data_mut(|d| d.remove_temp::<f64>(start));
        return stretch.map(|s| Touch::Brush(Some(s)));
    }
    if shift {
        return response.clicked().then_some(Touch::Brush(None));
    }
    let pressed = response.clicked() || response.dragged_by(PointerButton::Primary) && !command;
    moment.filter(|_| pressed).map(Touch::Now)
}

impl Pen<'_, '_> {
    /// The tint of the stretch set off, or of the one being chosen.
    pub(super) fn brushed(&self, look: &Look<'_>, out: &mut Vec<Shape>) {
        let Some((unit, [a, b])) = self.panel.clock.zip(look.link.draft.or(look.brush)) else { return };
        let frame = self.frame();
        let [left, right] = [a, b].map(|n| self.across(n * unit));
        let tint = Rect::from_min_max(pos2(left, frame.top()), pos2(right, frame.bottom())).intersect(frame);
        if tint.is_positive() {
            out.push(Shape::rect_filled(tint, 0.0, look.skin.accent.gamma_multiply(0.12)));
            for x in [left, right].into_iter().filter(|x| frame.x_range().contains(*x)) {
                let edge = egui::Stroke::new(1.0, look.skin.accent.gamma_multiply(0.5));
                out.push(Shape::line_segment([pos2(x, frame.top()), pos2(x, frame.bottom())], edge));
            }
        }
    }
}
