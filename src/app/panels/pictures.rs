//! The four machines, drawn.

use std::f32::consts::TAU;

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, lerp, pos2, vec2};

use crate::app::plot::arrow;
use crate::app::theme::{Skin, italic, plain};
use crate::figure::Ink;
use crate::scenes::{Machine, State};

/// A lane now, in shares of a common size.
pub struct Pose {
    /// Position.
    pub q: f32,
    /// The minimum of the loss, the set point.
    pub target: f32,
    /// Displacement over the last iteration.
    pub step: f32,
    /// What the force adds to the displacement.
    pub push: f32,
    /// What friction takes from it.
    pub drag: f32,
    /// That size, in data units.
    pub size: f64,
}

/// Largest share the ball's profile shows on both sides of its minimum.
const SLOPE: f32 = 1.25;
/// Turn of the arm per share.
const TURN: f32 = 0.65;

/// Pixels per share of the ball's picture.
fn ball_scale(stage: Rect) -> f32 {
    (stage.width() * 0.46).min(150.0) / SLOPE
}

/// Where the block's picture has its zero, and its pixels per share.
fn block_scale(stage: Rect) -> (f32, f32) {
    (stage.left() + 0.60 * stage.width(), 0.20 * stage.width())
}

/// Hub and length of the arm.
fn arm_frame(stage: Rect) -> (Pos2, f32) {
    let length = (0.34 * stage.width()).min(0.95 * stage.height());
    (pos2(stage.center().x - 0.75 * length, stage.center().y + 0.10 * stage.height()), length)
}

/// A point on the profile of the loss around `target`, whose shares run from −SLOPE to SLOPE.
fn on_profile(stage: Rect, q: f32, target: f32) -> Pos2 {
    let rise = ((q - target) / SLOPE).powi(2) * (stage.height() - 22.0);
    pos2(stage.center().x + q * ball_scale(stage), stage.bottom() - 14.0 - rise)
}

/// What of a picture can be dragged: the ball, the block, the target of the arm.
pub fn grip(machine: Machine, stage: Rect, pose: &Pose) -> Option<Pos2> {
    match machine {
        Machine::Ball => Some(ball_centre(stage, pose)),
        Machine::Block => {
            let (zero, scale) = block_scale(stage);
            Some(pos2(zero + pose.q.clamp(-1.45, 1.45) * scale, stage.center().y + 4.0))
        }
        Machine::Arm => {
            let (hub, length) = arm_frame(stage);
            let angle = pose.target.clamp(-1.6, 1.6) * TURN;
            Some(hub + 1.08 * length * vec2(angle.cos(), -angle.sin()))
        }
        Machine::Cloud => None,
    }
}

/// The share a point of a picture stands for.
pub fn share_at(machine: Machine, stage: Rect, at: Pos2) -> f32 {
    match machine {
        Machine::Ball | Machine::Cloud => (at.x - stage.center().x) / ball_scale(stage),
        Machine::Block => {
            let (zero, scale) = block_scale(stage);
            (at.x - zero) / scale
        }
        Machine::Arm => {
            let way = at - arm_frame(stage).0;
            (-way.y).atan2(way.x) / TURN
        }
    }
}

/// Arrows of displacement, push and friction from a point; `scale` pixels per share.
fn arrows(painter: &Painter, skin: &Skin, from: Pos2, pose: &Pose, scale: f32) {
    let mut out = Vec::new();
    let rows =
        [(pose.step, skin.text, 0.0), (pose.push, skin.ink(Ink::Amber), 6.0), (pose.drag, skin.ink(Ink::Danger), 12.0)];
    for (length, colour, down) in rows {
        let tail = from + vec2(0.0, down);
        arrow(tail, tail + vec2(length * scale, 0.0), Stroke::new(1.6, colour), 5.0, &mut out);
    }
    painter.extend(out);
}

/// The ball on the profile of the loss.
pub fn ball(painter: &Painter, skin: &Skin, stage: Rect, pose: &Pose) {
    let (target, scale) = (pose.target.clamp(-SLOPE, SLOPE), ball_scale(stage));
    let profile = (-40..=40).map(|i| on_profile(stage, target + SLOPE * i as f32 / 40.0, target));
    painter.add(Shape::line(profile.collect(), Stroke::new(1.6, skin.quiet)));
    let centre = ball_centre(stage, pose);
    painter.circle(centre, 9.0, skin.ink(Ink::Optimizer), Stroke::new(1.5, skin.card));
    // Rolls without slipping: a mark turns with the way travelled.
    let angle = pose.q * scale / 9.0;
    painter.circle_filled(centre + 5.0 * vec2(angle.cos(), angle.sin()), 1.8, skin.card);
    arrows(painter, skin, centre, pose, scale);
}

/// The ball's centre: on the profile, not beyond what of it is drawn.
fn ball_centre(stage: Rect, pose: &Pose) -> Pos2 {
    let target = pose.target.clamp(-SLOPE, SLOPE);
    on_profile(stage, pose.q.clamp(target - SLOPE, target + SLOPE), target) - vec2(0.0, 9.0)
}

/// What the arrows are, in the free space over the middle of the profile.
pub fn legend(painter: &Painter, skin: &Skin, stage: Rect, pose: &Pose, names: [&str; 3]) {
    let middle = stage.center().x + pose.target.clamp(-SLOPE, SLOPE) * ball_scale(stage);
    key(painter, skin, pos2(middle - 34.0, stage.top() + 5.0), names);
}

/// What the arrows are, line by line from the middle of the first one's left edge.
pub fn key(painter: &Painter, skin: &Skin, from: Pos2, names: [&str; 3]) {
    let inks = [skin.text, skin.ink(Ink::Amber), skin.ink(Ink::Danger)];
    let mut shapes = Vec::new();
    for (i, (name, ink)) in names.into_iter().zip(inks).enumerate() {
        let tail = from + vec2(0.0, 13.0 * i as f32);
        arrow(tail, tail + vec2(16.0, 0.0), Stroke::new(1.6, ink), 5.0, &mut shapes);
        painter.text(tail + vec2(22.0, 0.0), Align2::LEFT_CENTER, name, plain(10.5), skin.quiet);
    }
    painter.extend(shapes);
}

/// Block, spring and dashpot.
pub fn block(painter: &Painter, skin: &Skin, stage: Rect, pose: &Pose) {
    let wall = stage.left() + 0.06 * stage.width();
    let (zero, scale) = block_scale(stage);
    let rest = zero + pose.target.clamp(-1.45, 1.45) * scale;
    let side = (0.48 * stage.height()).min(50.0);
    let x = zero + pose.q.clamp(-1.45, 1.45) * scale;
    let y = stage.center().y + 4.0;
    let body = Rect::from_center_size(pos2(x, y), vec2(side, side));
    let ink = skin.ink(Ink::Spring);
    painter.line_segment([pos2(wall, y - side * 0.75), pos2(wall, y + side * 0.75)], Stroke::new(3.0, skin.quiet));
    painter.extend(Shape::dashed_line(
        &[pos2(rest, y - side * 0.8), pos2(rest, y + side * 0.8)],
        Stroke::new(1.0, skin.line),
        3.0,
        3.0,
    ));
    spring(painter, pos2(wall, y - side * 0.26), body.left(), Stroke::new(1.8, ink));
    dashpot(painter, pos2(wall, y + side * 0.28), body.left(), Stroke::new(1.5, skin.quiet));
    painter.rect_filled(body, 5.0, ink);
    painter.text(body.center(), Align2::CENTER_CENTER, "m", italic(15.0), skin.on_accent);
    let middle = 0.5 * (wall + body.left());
    painter.text(pos2(middle, y - side * 0.26 - 9.0), Align2::CENTER_BOTTOM, "k", italic(12.0), skin.quiet);
    painter.text(pos2(middle, y + side * 0.28 + 8.0), Align2::CENTER_TOP, "c", italic(12.0), skin.quiet);
    arrows(painter, skin, pos2(x, body.top() - 16.0), pose, scale);
}

fn spring(painter: &Painter, from: Pos2, to: f32, stroke: Stroke) {
    const TURNS: usize = 7;
    let (a, b) = (from.x + 8.0, to - 8.0);
    let mut points = vec![from, pos2(a, from.y)];
    for i in 0..2 * TURNS {
        let x = lerp(a..=b, (i as f32 + 0.5) / (2 * TURNS) as f32);
        points.push(pos2(x, from.y + if i % 2 == 0 { -6.0 } else { 6.0 }));
    }
    points.extend([pos2(b, from.y), pos2(to, from.y)]);
    painter.add(Shape::line(points, stroke));
}

fn dashpot(painter: &Painter, from: Pos2, to: f32, stroke: Stroke) {
    let cup = lerp(from.x..=to, 0.42);
    let piston = lerp(from.x..=to, 0.58);
    let line = |a: Pos2, b: Pos2| {
        painter.line_segment([a, b], stroke);
    };
    line(from, pos2(cup, from.y));
    let length = 26.0_f32.min(0.5 * (to - from.x).abs());
    line(pos2(cup, from.y - 7.0), pos2(cup, from.y + 7.0));
    line(pos2(cup, from.y - 7.0), pos2(cup + length, from.y - 7.0));
    line(pos2(cup, from.y + 7.0), pos2(cup + length, from.y + 7.0));
    line(pos2(piston, from.y - 5.0), pos2(piston, from.y + 5.0));
    line(pos2(piston, from.y), pos2(to, from.y));
}

/// The one-link arm and its set point.
pub fn arm(painter: &Painter, skin: &Skin, stage: Rect, pose: &Pose, set_point: &str) {
    let (hub, length) = arm_frame(stage);
    let [angle, told] = [pose.q, pose.target].map(|share| share.clamp(-1.6, 1.6) * TURN);
    let along = |a: f32, l: f32| hub + l * vec2(a.cos(), -a.sin());
    let ink = skin.ink(Ink::Controller);
    painter.extend(Shape::dashed_line(&[hub, along(told, length * 1.12)], Stroke::new(1.2, skin.quiet), 4.0, 4.0));
    painter.circle(along(told, length * 1.08), 4.0, skin.card, Stroke::new(1.5, skin.quiet));
    painter.text(along(told, length * 1.08) + vec2(8.0, 0.0), Align2::LEFT_CENTER, set_point, plain(11.5), skin.quiet);
    let arc: Vec<Pos2> = (0..=24).map(|i| along(told + (angle - told) * i as f32 / 24.0, 0.55 * length)).collect();
    painter.add(Shape::line(arc, Stroke::new(1.2, ink.gamma_multiply(0.7))));
    painter.line_segment([hub, along(angle, length)], Stroke::new(8.0, ink));
    painter.circle_filled(along(angle, length), 4.0, ink);
    painter.circle(hub, 9.0, skin.card, Stroke::new(3.0, ink));
    let torque = (pose.push + pose.drag).clamp(-1.2, 1.2);
    turning_arrow(painter, hub, 18.0, torque, Stroke::new(1.6, skin.ink(Ink::Amber)));
}

/// A bent arrow for a torque, counter-clockwise when positive.
fn turning_arrow(painter: &Painter, hub: Pos2, radius: f32, torque: f32, stroke: Stroke) {
    let sweep = torque * 0.4 * TAU;
    if sweep.abs() < 0.05 {
        return;
    }
    let at = |a: f32| hub + radius * vec2(a.cos(), -a.sin());
    let from = 0.5 * TAU;
    let arc: Vec<Pos2> = (0..=20).map(|i| at(from + sweep * i as f32 / 20.0)).collect();
    let mut head = Vec::new();
    arrow(arc[18], arc[20], stroke, 5.0, &mut head);
    painter.add(Shape::line(arc, stroke));
    painter.extend(head);
}

/// What [`cloud`] draws of a state: how far up it goes, then across and up of some of its particles.
/// Position goes across, up another coordinate if there is one, or else the displacement.
pub fn sample(state: &State, mode: usize) -> Vec<f64> {
    const MOST: usize = 1500;
    let other = (0..state.dim()).find(|i| *i != mode);
    let up: &[f64] = other.map_or_else(|| state.velocity(mode), |i| state.coordinate(i));
    let widest = up.iter().filter(|x| x.is_finite()).fold(0.0, |m: f64, x| m.max(x.abs()));
    let every = state.n().div_ceil(MOST);
    let some = |column: &[f64]| column.iter().step_by(every).copied().collect::<Vec<_>>();
    [vec![widest], some(state.coordinate(mode)), some(up)].concat()
}

/// The cloud of particles, as a [`sample`] of it.
pub fn cloud(painter: &Painter, skin: &Skin, stage: Rect, pose: &Pose, sample: &[f64]) {
    let [widest, both @ ..] = sample else { return };
    let tall = if *widest > 0.0 { widest.max(0.3 * pose.size) } else { 1.0 };
    let colour: Color32 = skin.ink(Ink::Sampler).gamma_multiply(0.65);
    let (c, half) = (stage.center(), stage.size() * 0.46);
    painter.line_segment([pos2(stage.left(), c.y), pos2(stage.right(), c.y)], Stroke::new(1.0, skin.line));
    painter.line_segment([pos2(c.x, stage.top()), pos2(c.x, stage.bottom())], Stroke::new(1.0, skin.line));
    let (across, up) = both.split_at(both.len() / 2);
    for (q, u) in across.iter().zip(up) {
        let (x, y) = ((q / (1.3 * pose.size)) as f32, (u / (1.15 * tall)) as f32);
        if x.abs() <= 1.1 && y.abs() <= 1.1 {
            painter.circle_filled(c + vec2(x * half.x, -y * half.y), 1.6, colour);
        }
    }
}
