//! Which part of the plane a plot shows: wheel, pinch and drag.

use egui::{Id, PointerButton, Rect, Response, Ui, Vec2, pos2, vec2};
use egui_plot::PlotTransform;

use super::axes::X_AXIS;
use super::{Look, Subject, Touch, handles, place};
use crate::figure::Scale;

/// A wheel that turns this far zooms by a factor e.
const WHEEL: f32 = 220.0;
/// What the axes take of a plot, about.
const AXES: Vec2 = vec2(62.0, X_AXIS);
/// How far the range may shrink and grow against the one shown at first.
const LIMITS: [f64; 2] = [1e-9, 1e3];

/// What the axes show, as lengths on them.
pub fn bounds(ui: &Ui, subject: &Subject<'_>, look: &Look<'_>) -> [[f64; 2]; 2] {
    let panel = subject.face;
    if let Some(last) = resting(ui, subject, look) {
        return last;
    }
    let usual = usual(subject);
    let own = |axis: usize| ui.data(|d| d.get_temp::<[f64; 2]>(memory(look, axis))).unwrap_or(usual[axis]);
    let linked = panel.clock.zip(look.link.window).map(|(unit, window)| window.map(|n| place(&panel.x, n * unit)));
    let x = match linked {
        Some([a, b]) if a < b && a < usual[0][1] && b > usual[0][0] => [a, b],
        _ if panel.clock.is_some() => usual[0],
        _ => own(0),
    };
    let y = own(1);
    if panel.equal { equal(subject, frame_size(ui, look), [x, y]) } else { [x, y] }
}

/// The inside of the plot as it was last, or about as large as it will be.
fn frame_size(ui: &Ui, look: &Look<'_>) -> Vec2 {
    let last = ui.data(|d| d.get_temp::<PlotTransform>(look.id.with("transform")));
    last.map_or(ui.available_size() - AXES, |t| t.frame().size()).max(Vec2::splat(1.0))
}

/// The ranges with the shorter one made longer about its middle, so that a unit is as long on both axes.
fn equal(subject: &Subject<'_>, size: Vec2, ranges: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let lengths = [f64::from(size.x), f64::from(size.y)];
    let unit = [0, 1].map(|k| (ranges[k][1] - ranges[k][0]) / lengths[k]);
    let unit = unit[0].max(unit[1]);
    let linear = [&subject.face.x, &subject.face.y].iter().all(|axis| axis.scale == Scale::Linear);
    if !(linear && unit.is_finite() && unit > 0.0) {
        return ranges;
    }
    [0, 1].map(|k| {
        let (middle, half) = (0.5 * (ranges[k][0] + ranges[k][1]), 0.5 * unit * lengths[k]);
        [middle - half, middle + half]
    })
}

/// Remembers where everything lies; asks for another frame if equal axes were made for another size.
pub fn settle(ui: &Ui, subject: &Subject<'_>, look: &Look<'_>, transform: &PlotTransform) {
    if subject.face.equal && (frame_size(ui, look) - transform.frame().size()).length() > 0.5 {
        ui.ctx().request_repaint();
    }
    ui.data_mut(|d| d.insert_temp(look.id.with("transform"), *transform));
}

/// What the axes showed, as long as a handle is held: what is dragged may decide the range.
fn resting(ui: &Ui, subject: &Subject<'_>, look: &Look<'_>) -> Option<[[f64; 2]; 2]> {
    handles::held(ui, subject.face, look)?;
    let last = ui.data(|d| d.get_temp::<PlotTransform>(look.id.with("transform")))?;
    Some([0, 1].map(|k| [last.bounds().min()[k], last.bounds().max()[k]]))
}

fn usual(subject: &Subject<'_>) -> [[f64; 2]; 2] {
    let axes = [&subject.face.x, &subject.face.y];
    [0, 1].map(|k| subject.ranges[k].map(|v| place(axes[k], v)))
}

/// Where a moved axis is remembered; stacked panels share that of x.
fn memory(look: &Look<'_>, axis: usize) -> Id {
    if axis == 0 { look.x_id.with("x") } else { look.id.with("y") }
}

/// Lets wheel, pinch and drag move the axes. `whole` is the plot with its axes.
pub fn steer(
    ui: &Ui,
    subject: &Subject<'_>,
    look: &Look<'_>,
    response: &Response,
    transform: &PlotTransform,
    whole: Rect,
    held: bool,
) -> Option<Touch> {
    if response.double_clicked() {
        ui.data_mut(|d| [0, 1].map(|axis| d.remove_temp::<[f64; 2]>(memory(look, axis))));
        return subject.face.clock.map(|_| Touch::Window(None));
    }
    let now = [[0, 0], [1, 1]].map(|[k, _]| [transform.bounds().min()[k], transform.bounds().max()[k]]);
    let mut next = now;
    zoom(ui, subject, response, transform, whole, &mut next);
    if !held {
        pan(ui, subject, response, transform, &mut next);
    }
    let full = usual(subject);
    let mut touch = None;
    for axis in [0, 1] {
        let share = (next[axis][1] - next[axis][0]) / (full[axis][1] - full[axis][0]);
        if next[axis] == now[axis] || !(share > LIMITS[0] && share < LIMITS[1]) {
            continue;
        }
        match subject.face.clock.filter(|_| axis == 0) {
            Some(unit) => {
                let window = next[0].map(|v| subject.face.x.scale.back(v) / unit);
                touch = window.iter().all(|n| n.is_finite()).then_some(Touch::Window(Some(window)));
            }
            None => {
                ui.data_mut(|d| d.insert_temp(memory(look, axis), next[axis]));
                ui.ctx().request_repaint();
            }
        }
    }
    touch
}

/// The wheel zooms about the pointer: a clock along x only, other plots both ways, and over the
/// numbers of an axis that axis alone.
fn zoom(
    ui: &Ui,
    subject: &Subject<'_>,
    response: &Response,
    transform: &PlotTransform,
    whole: Rect,
    next: &mut [[f64; 2]; 2],
) {
    let frame = *transform.frame();
    let beside = Rect::from_min_max(pos2(whole.left(), frame.top()), frame.left_bottom());
    let below = Rect::from_min_max(frame.left_bottom(), pos2(frame.right(), whole.bottom()));
    let inside = response.contains_pointer();
    let along = if inside {
        [true, subject.face.clock.is_none()]
    } else {
        let over = [ui.rect_contains_pointer(below), ui.rect_contains_pointer(beside)];
        if subject.face.equal { [over[0] || over[1]; 2] } else { over }
    };
    let Some(pointer) = ui.input(|i| i.pointer.hover_pos()).filter(|_| along[0] || along[1]) else { return };
    let (pinch, wheel) = ui.input(|i| (i.zoom_delta(), i.smooth_scroll_delta()));
    let factor = f64::from(pinch * (wheel.y / WHEEL).exp());
    let at = transform.value_from_position(pointer);
    for (axis, centre) in [at.x, at.y].into_iter().enumerate().filter(|(axis, _)| along[*axis]) {
        if factor != 1.0 && factor > 0.0 {
            next[axis] = next[axis].map(|end| centre + (end - centre) / factor);
        }
    }
    if along[0] && wheel.x != 0.0 {
        let by = transform.dvalue_dpos()[0] * f64::from(wheel.x);
        next[0] = next[0].map(|end| end - by);
    }
}

/// Dragging moves the plane; where dragging moves the clock, the right or middle button or Ctrl does.
fn pan(ui: &Ui, subject: &Subject<'_>, response: &Response, transform: &PlotTransform, next: &mut [[f64; 2]; 2]) {
    let clock = subject.face.clock.is_some();
    let plain = response.dragged_by(PointerButton::Primary) && subject.face.turn.is_none();
    let other = response.dragged_by(PointerButton::Secondary) || response.dragged_by(PointerButton::Middle);
    if !(other || plain && (!clock || ui.input(|i| i.modifiers.command))) {
        return;
    }
    let (by, rate) = (response.drag_delta(), transform.dvalue_dpos());
    next[0] = next[0].map(|end| end - rate[0] * f64::from(by.x));
    if !clock {
        next[1] = next[1].map(|end| end - rate[1] * f64::from(by.y));
    }
}
