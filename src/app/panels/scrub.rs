//! The bar of time: how far the run is computed, what happened when, the stretch under inspection, now.

use egui::accesskit::{Action, ActionData};
use egui::{
    CursorIcon, Id, Key, Modifiers, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

use crate::app::Desk;
use crate::scenes::Moment;
use crate::session::Command;
use crate::text::{Text, fill, shell as words, ui};

/// Height of the bar.
const HEIGHT: f32 = 24.0;

/// How near to a mark the pointer reads it, in points.
const REACH: f32 = 6.0;

/// Iterations laid out along a line.
#[derive(Clone, Copy)]
struct Scale {
    x: Rangef,
    last: u64,
}

impl Scale {
    fn at(&self, n: u64) -> f32 {
        self.x.min + self.x.span() * (n as f64 / self.last.max(1) as f64) as f32
    }

    fn iteration(&self, x: f32) -> u64 {
        let share = ((x - self.x.min) / self.x.span()).clamp(0.0, 1.0);
        (f64::from(share) * self.last as f64).round() as u64
    }
}

/// Shows the bar across the width there is.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click_and_drag());
    let scale = Scale { x: rect.x_range().shrink(9.0), last: desk.session.run().horizon };
    let moments = desk.session.scene().moments(desk.session.run(), desk.session.view(desk.lang));
    trough(ui, desk, rect, scale);
    marks(ui, desk, rect, scale, &moments);
    seek(ui, desk, &response, scale);
    stretch(ui, desk, rect, scale);
    thumb(ui, desk, &response, pos2(scale.at(desk.session.playback().now), rect.center().y));
    said(ui, desk, &response, scale, &moments);
}

/// The line: what is to come, what is computed, what has passed.
fn trough(ui: &Ui, desk: &Desk<'_>, rect: Rect, scale: Scale) {
    let (run, skin) = (desk.session.run(), desk.skin);
    let line = |from: u64, to: u64, colour| {
        let x = Rangef::new(scale.at(from), scale.at(to));
        ui.painter().rect_filled(Rect::from_x_y_ranges(x, Rangef::point(rect.center().y).expand(2.0)), 2.0, colour);
    };
    line(0, run.horizon, skin.well);
    line(0, run.done().min(run.horizon), skin.line);
    line(0, desk.session.playback().now, skin.accent);
}

/// A small mark for everything that happened.
fn marks(ui: &Ui, desk: &Desk<'_>, rect: Rect, scale: Scale, moments: &[Moment]) {
    for moment in moments {
        let top = pos2(scale.at(moment.at), rect.top() + 1.0);
        let colour = if moment.at <= desk.session.playback().now { desk.skin.accent } else { desk.skin.quiet };
        let points = vec![top, top + vec2(3.5, 3.5), top + vec2(0.0, 7.0), top + vec2(-3.5, 3.5)];
        ui.painter().add(Shape::convex_polygon(points, colour, Stroke::NONE));
    }
}

/// A click or a drag moves now; with Shift, a drag sets a stretch off.
fn seek(ui: &Ui, desk: &mut Desk<'_>, response: &Response, scale: Scale) {
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let n = scale.iteration(pointer.x);
    let anchor = Id::unique("stretch anchor");
    if response.drag_started() && ui.input(|i| i.modifiers.shift) {
        let from = ui.input(|i| i.pointer.press_origin()).map_or(n, |p| scale.iteration(p.x));
        ui.data_mut(|d| d.insert_temp::<u64>(anchor, from));
    }
    match ui.data(|d| d.get_temp::<u64>(anchor)) {
        Some(from) => {
            desk.push(Command::Brush(Some([from, n])));
            if response.drag_stopped() {
                ui.data_mut(|d| d.remove_temp::<u64>(anchor));
            }
        }
        None if n != desk.session.playback().now => desk.push(Command::Seek(n)),
        None => {}
    }
}

/// The stretch under inspection, its ends to be dragged.
fn stretch(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, scale: Scale) {
    let Some([first, last]) = desk.session.look().brush else { return };
    let y = rect.y_range().shrink(4.0);
    let band = Rect::from_x_y_ranges(scale.at(first)..=scale.at(last), y);
    ui.painter().rect_filled(band, 3.0, desk.skin.accent.gamma_multiply(0.22));
    let ends = [("first", first, words::STRETCH_FIRST), ("last", last, words::STRETCH_LAST)];
    for (i, (salt, at, name)) in ends.into_iter().enumerate() {
        if let Some(n) =
            end(ui, desk, salt, Rect::from_x_y_ranges(Rangef::point(scale.at(at)).expand(5.0), y), at, name, scale)
        {
            let other = if i == 0 { last } else { first };
            desk.push(Command::Brush(Some([n, other])));
        }
    }
}

/// One end of the stretch; where it was moved to.
fn end(ui: &mut Ui, desk: &Desk<'_>, salt: &str, rect: Rect, at: u64, name: Text, scale: Scale) -> Option<u64> {
    let response = ui.interact(rect, Id::unique(("stretch", salt)), Sense::drag());
    let warm = response.hovered() || response.dragged() || response.has_focus();
    let colour = if warm { desk.skin.text } else { desk.skin.accent };
    ui.painter().rect_filled(rect.shrink2(vec2(3.5, 0.0)), 1.0, colour);
    if warm {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
    }
    describe(ui, &response, at, scale.last, desk.say(name));
    let pointer = response.interact_pointer_pos().filter(|_| response.dragged());
    let dragged = pointer.map(|p| scale.iteration(p.x));
    dragged.or_else(|| nudged(ui, &response, at, scale.last)).filter(|n| *n != at)
}

/// Where arrow keys or a screen reader move something that stands at `at`.
fn nudged(ui: &Ui, response: &Response, at: u64, last: u64) -> Option<u64> {
    let asked = ui.input(|i| {
        let values = i.accesskit_action_requests(response.id, Action::SetValue);
        let number = |data: &Option<ActionData>| match data {
            Some(ActionData::NumericValue(x)) => Some(x.round().max(0.0) as u64),
            _ => None,
        };
        values.filter_map(|r| number(&r.data)).last()
    });
    if let Some(n) = asked {
        return Some(n.min(last));
    }
    if !response.has_focus() {
        return None;
    }
    let times = |key| ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key)) as i64;
    let by = times(Key::ArrowRight) - times(Key::ArrowLeft);
    (by != 0).then(|| at.saturating_add_signed(by).min(last))
}

/// Tells a screen reader what a handle is and how far it goes.
fn describe(ui: &Ui, response: &Response, at: u64, last: u64, name: &str) {
    response.widget_info(|| WidgetInfo::slider(true, at as f64, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Slider);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(last as f64);
        node.set_numeric_value_step(1.0);
        node.add_action(Action::SetValue);
    });
    if response.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
    }
}

fn thumb(ui: &Ui, desk: &mut Desk<'_>, response: &Response, at: Pos2) {
    let play = desk.session.playback();
    let last = desk.session.run().horizon;
    let warm = response.hovered() || response.dragged() || response.has_focus();
    ui.painter().circle(at, if warm { 7.5 } else { 6.5 }, desk.skin.accent, Stroke::new(2.0, desk.skin.panel));
    describe(ui, response, play.now, last, desk.say(ui::SCRUB));
    if let Some(n) = nudged(ui, response, play.now, last) {
        desk.push(Command::Seek(n));
    }
}

/// What happened at the mark under the pointer, or which iteration lies there.
fn said(ui: &Ui, desk: &Desk<'_>, response: &Response, scale: Scale, moments: &[Moment]) {
    let Some(pointer) = response.hover_pos() else { return };
    let away = |m: &&Moment| (scale.at(m.at) - pointer.x).abs();
    let near: Vec<&Moment> = moments.iter().filter(|m| away(m) <= REACH).collect();
    let events: Vec<String> =
        near.iter().map(|m| fill(desk.say(words::EVENT_AT), &[&m.what, &m.at.to_string()])).collect();
    let text = if events.is_empty() { format!("n = {}", scale.iteration(pointer.x)) } else { events.join("\n") };
    let _ = ui;
    response.clone().on_hover_text_at_pointer(text);
}
