//! Machines on ground of a reader's own: a ball on a curve seen from the side, or over level lines seen
//! from above.

use egui::{CursorIcon, Id, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::pictures;
use crate::app::Desk;
use crate::app::plot::arrow;
use crate::app::theme::{Skin, plain};
use crate::figure::Ink;
use crate::scenes::{LaneRun, Machine, Stage, State};
use crate::session::Command;
use crate::text::{fill, machines as words};

/// Radius of a ball.
const BALL: f32 = 7.0;
/// How near the pointer must come to take hold of it.
const REACH: f32 = 14.0;
/// Most particles drawn.
const MOST: usize = 1500;

/// From data to the picture.
struct Frame<'s> {
    stage: &'s Stage<'s>,
    /// What is shown; it rests while something is dragged, which may decide it.
    window: [[f64; 2]; 2],
    rect: Rect,
}

impl Frame<'_> {
    fn place(&self, [x, y]: [f64; 2]) -> Pos2 {
        let share = |v: f64, [low, high]: [f64; 2]| ((v - low) / (high - low)).clamp(-2.0, 3.0) as f32;
        let [across, up] = self.window;
        let (sx, sy) = (share(x, across), share(y, up));
        pos2(self.rect.left() + sx * self.rect.width(), self.rect.bottom() - sy * self.rect.height())
    }

    fn data(&self, at: Pos2) -> [f64; 2] {
        let back = |share: f32, [low, high]: [f64; 2]| low + f64::from(share) * (high - low);
        let [across, up] = self.window;
        let (sx, sy) =
            ((at.x - self.rect.left()) / self.rect.width(), (self.rect.bottom() - at.y) / self.rect.height());
        [back(sx, across), back(sy, up)]
    }

    /// A displacement on the picture.
    fn way(&self, [x, y]: [f64; 2]) -> Vec2 {
        let [across, up] = self.window.map(|[low, high]| high - low);
        vec2((x / across) as f32 * self.rect.width(), -(y / up) as f32 * self.rect.height())
    }

    /// The middle of a ball: on the ground, not in it.
    fn ball(&self, at: [f64; 2]) -> Pos2 {
        self.place(at) - vec2(0.0, if self.stage.curve { BALL } else { 0.0 })
    }
}

/// Draws the machine of the lane at this place of the run; at its start it can be dragged.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, (index, lane): (usize, &LaneRun), place: Rect, stage: &Stage<'_>) {
    let grip = ui.scope_id().with(("grip", index));
    let held = ui.ctx().is_being_dragged(grip).then(|| ui.data(|d| d.get_temp(grip))).flatten();
    let window = held.unwrap_or(stage.window);
    ui.data_mut(|d| d.insert_temp(grip, window));
    let frame = Frame { stage, window, rect: place.shrink2(vec2(0.06 * place.width(), 4.0)) };
    let painter = ui.painter().with_clip_rect(place.expand(4.0));
    let skin = desk.skin;
    lines(&painter, &skin, &frame);
    if lane.lane.machine == Machine::Cloud {
        cloud(&painter, &skin, &frame, lane, desk.session.playback().now);
        return;
    }
    let centre = frame.ball(stage.at);
    if !(centre.x.is_finite() && centre.y.is_finite()) {
        return;
    }
    painter.circle(centre, BALL, skin.ink(lane.lane.ink), Stroke::new(1.5, skin.card));
    let mut shapes = Vec::new();
    for (way, ink) in stage.arrows.into_iter().zip([skin.text, skin.ink(Ink::Amber), skin.ink(Ink::Danger)]) {
        let way = frame.way(way);
        if way.length() > 1.0 {
            arrow(centre, centre + way, Stroke::new(1.6, ink), 5.0, &mut shapes);
        }
    }
    painter.extend(shapes);
    // Once is enough for all.
    if desk.session.run().lanes.iter().position(|lane| lane.lane.machine == Machine::Ball) == Some(index) {
        let names = [words::VELOCITY, words::FORCE, words::FRICTION].map(|word| desk.say(word));
        key(&painter, &skin, place, centre, &frame, names);
    }
    drag(ui, desk, lane, &frame, grip, centre);
}

/// What the arrows are: over a curve where it leaves most room, over level lines in the corner farthest
/// from the ball.
fn key(painter: &Painter, skin: &Skin, place: Rect, ball: Pos2, frame: &Frame<'_>, names: [&str; 3]) {
    let wide = names.map(|name| painter.layout_no_wrap(name.to_owned(), plain(10.5), skin.quiet).size().x);
    let size = vec2(28.0 + wide.into_iter().fold(0.0, f32::max), 42.0);
    let curve = frame.stage.curve;
    let [x, y] = frame.stage.lines;
    let mut taken: Vec<Pos2> = vec![ball];
    taken.extend(x.iter().zip(y).map(|(x, y)| frame.place([*x, *y])).filter(|_| curve));
    let shares: &[[f32; 2]] = if curve {
        &[[0.5, 0.0], [0.0, 0.0], [1.0, 0.0], [0.25, 0.0], [0.75, 0.0]]
    } else {
        &[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]
    };
    let corner = |[x, y]: [f32; 2]| place.min + vec2(x, y) * (place.size() - size);
    let free = |corner: &Pos2| {
        let rect = Rect::from_min_size(*corner, size);
        taken
            .iter()
            .map(|p| if curve { rect.distance_to_pos(*p) } else { rect.center().distance(*p) })
            .fold(1e6, f32::min)
    };
    let corners = shares.iter().map(|share| corner(*share));
    let Some(corner) = corners.rev().max_by(|a, b| free(a).total_cmp(&free(b))) else { return };
    if !curve {
        painter.rect_filled(Rect::from_min_size(corner, size), 3.0, skin.card.gamma_multiply(0.85));
    }
    pictures::key(painter, skin, corner + vec2(4.0, 8.0), names);
}

/// The curve, or the level lines.
fn lines(painter: &Painter, skin: &Skin, frame: &Frame<'_>) {
    let [x, y] = frame.stage.lines;
    let stroke =
        if frame.stage.curve { Stroke::new(1.6, skin.quiet) } else { Stroke::new(1.0, skin.quiet.gamma_multiply(0.6)) };
    let points: Vec<Option<Pos2>> =
        x.iter().zip(y).map(|(x, y)| (x.is_finite() && y.is_finite()).then(|| frame.place([*x, *y]))).collect();
    for piece in points.split(Option::is_none).filter(|piece| piece.len() > 1) {
        painter.add(Shape::line(piece.iter().flatten().copied().collect(), stroke));
    }
    if !frame.stage.curve {
        painter.rect_stroke(frame.rect, 0.0, Stroke::new(1.0, skin.line), egui::StrokeKind::Inside);
    }
}

/// The particles on the ground; of a large cloud a few of them.
fn cloud(painter: &Painter, skin: &Skin, frame: &Frame<'_>, lane: &LaneRun, now: u64) {
    let read = |state: &State| {
        let up = state.coordinate(usize::from(state.dim() > 1));
        let all = state.coordinate(0).iter().zip(up).step_by(state.n().div_ceil(MOST).max(1));
        all.flat_map(|(x, y)| [*x, *y]).collect()
    };
    let Some(places) = lane.glance(now, ("ground", 0, 0), 0, read) else { return };
    let colour = skin.ink(Ink::Sampler).gamma_multiply(0.65);
    for place in places.as_chunks::<2>().0 {
        let at = frame.place(frame.stage.on_ground(*place));
        if frame.rect.expand(3.0).contains(at) {
            painter.circle_filled(at, 1.8, colour);
        }
    }
}

/// Lets a machine be dragged at its start.
fn drag(ui: &Ui, desk: &mut Desk<'_>, lane: &LaneRun, frame: &Frame<'_>, grip: Id, centre: Pos2) {
    let Some(handle) = frame.stage.handle else { return };
    let rect = Rect::from_center_size(centre, Vec2::splat(2.0 * REACH));
    let response = ui.interact(rect, grip, Sense::click_and_drag());
    let name = fill(desk.say(words::DRAG_BALL), &[desk.say(lane.lane.name)]);
    response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &name));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
        ui.painter().circle_stroke(centre, REACH, Stroke::new(1.5, desk.skin.accent));
    }
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
        desk.push(Command::Drag { handle: handle.into(), at: frame.data(pointer) });
    }
}
