//! The strip of machines: one moving picture per lane at the present moment. The continuous ones move
//! between iterations; a ball at its start and the target of an arm can be dragged.

use egui::{Align2, Frame, Rect, Sense, Stroke, Ui, vec2};

use super::grounds;
use super::pictures::{self, Pose};
use crate::app::Desk;
use crate::app::theme::plain;
use crate::scenes::{LaneRun, Lens, Machine, Probe, Run, Stage, State, spec_of};
use crate::session::Command;
use crate::text::{Text, fill, machines, ui as words};

/// Height of the strip.
const HEIGHT: f32 = 138.0;
/// How near the pointer must come to take hold of something.
const REACH: f32 = 14.0;

/// Less than this is too narrow for a machine, in points.
const NARROW: f32 = 96.0;

/// A machine of the strip.
struct Stand<'a> {
    /// The place of its lane in the run, which tells machines apart.
    index: usize,
    lane: &'a LaneRun,
    ground: Ground<'a>,
}

/// Where a machine moves.
enum Ground<'a> {
    /// In the bowl of the mode looked at.
    Bowl,
    /// On a stage of the scene's own; nowhere for these values or any more.
    Own(Option<Stage<'a>>),
}

/// Shows the strip, if the scene has machines to show.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut stands = stands(desk);
    let room = (ui.available_width() / NARROW).max(1.0) as usize;
    stands.truncate(room);
    if stands.is_empty() {
        return;
    }
    let frame =
        Frame::new().fill(desk.skin.card).corner_radius(8.0).stroke(Stroke::new(1.0, desk.skin.line)).inner_margin(6.0);
    frame.show(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        let wide = rect.width() / stands.len() as f32;
        for (k, stand) in stands.iter().enumerate() {
            let place = Rect::from_min_size(rect.min + vec2(wide * k as f32, 0.0), vec2(wide, rect.height()));
            picture(ui, desk, stand, place);
        }
    });
    ui.add_space(8.0);
}

/// The machines there are: on stages of the scene's own, or, if one run is looked at in several costumes,
/// one of each in the bowl of the mode.
fn stands<'a>(desk: &Desk<'a>) -> Vec<Stand<'a>> {
    let (session, scene) = (desk.session, desk.session.scene());
    let lanes = || session.run().lanes.iter().enumerate();
    let stage = |lane: &LaneRun, at: f64| scene.stage(session.run(), lane, at);
    let staged: Vec<Stand<'a>> = lanes()
        .map(|(index, lane)| Stand { index, lane, ground: Ground::Own(stage(lane, moment(desk, lane.lane.machine))) })
        // A lane that has left its ground was on it once; some have none.
        .filter(|s| matches!(s.ground, Ground::Own(Some(_))) || stage(s.lane, 0.0).is_some())
        .collect();
    if !staged.is_empty() {
        return staged;
    }
    // Equations of a reader's own have no machine. The scale of the pictures is that of the optimizer.
    let costumes = scene.source().is_none() && scene.lenses().len() > 1;
    if !costumes || session.run().lane(Lens::Optimizer).is_none() {
        return Vec::new();
    }
    lanes().map(|(index, lane)| Stand { index, lane, ground: Ground::Bowl }).collect()
}

fn caption(machine: Machine) -> Text {
    match machine {
        Machine::Ball => words::MACHINE_BALL,
        Machine::Block => words::MACHINE_BLOCK,
        Machine::Arm => words::MACHINE_ARM,
        Machine::Cloud => words::MACHINE_CLOUD,
    }
}

/// One machine under its name.
fn picture(ui: &mut Ui, desk: &mut Desk<'_>, stand: &Stand<'_>, place: Rect) {
    let (session, lane) = (desk.session, stand.lane);
    let (mode, now) = (session.mode(), session.playback().now);
    let here = lane.lane.present.get(mode) == Some(&true);
    let name = match stand.ground {
        Ground::Own(_) => lane.lane.name,
        Ground::Bowl => caption(lane.lane.machine),
    };
    let mut text = desk.say(name).to_owned();
    if !here {
        text = format!("{text}: {}", desk.say(words::NO_TWIN));
    } else if let Some(n) = lane.diverged_at().filter(|n| *n <= now) {
        text = format!("{text}: {}", fill(desk.say(words::STOPPED), &[&n.to_string()]));
    }
    let response = ui.interact(place, ui.scope_id().with(("machine", stand.index)), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
    let foot = egui::pos2(place.center().x, place.bottom() - 2.0);
    let under = Rect::from_min_max(place.left_bottom() - vec2(0.0, 22.0), place.right_bottom());
    let painter = ui.painter().with_clip_rect(under.shrink2(vec2(2.0, 0.0)));
    painter.text(foot, Align2::CENTER_BOTTOM, &text, plain(12.0), desk.skin.quiet);
    let stage = Rect::from_min_max(place.min + vec2(10.0, 6.0), place.max - vec2(10.0, 20.0));
    match &stand.ground {
        Ground::Own(Some(ground)) => grounds::show(ui, desk, (stand.index, lane), stage, ground),
        Ground::Bowl if here => in_a_bowl(ui, desk, (stand.index, lane), stage),
        _ => {}
    }
}

/// The machine of a lane in the bowl of the mode looked at.
fn in_a_bowl(ui: &mut Ui, desk: &mut Desk<'_>, (index, lane): (usize, &LaneRun), stage: Rect) {
    let (session, mode) = (desk.session, desk.session.mode());
    let kept = ui.scope_id().with(("scale", index));
    let size = ui.data(|d| d.get_temp::<f64>(kept));
    let Some(pose) = pose(session.run(), lane, mode, moment(desk, lane.lane.machine), size) else { return };
    draw(ui, desk, lane, stage, &pose);
    let dragged = drag(ui, desk, (index, lane), stage, &pose);
    // What is dragged decides the scale, so that the scale rests as long as it moves.
    if dragged {
        ui.data_mut(|d| d.insert_temp(kept, pose.size));
    } else {
        ui.data_mut(|d| d.remove_temp::<f64>(kept));
    }
}

/// The moment shown: machines that live in time move on between two iterations, unless motion is
/// unwelcome.
fn moment(desk: &Desk<'_>, machine: Machine) -> f64 {
    let play = desk.session.playback();
    let flows = matches!(machine, Machine::Block | Machine::Arm) && play.playing && desk.motion;
    let ahead = if flows { play.fraction().clamp(0.0, 1.0) } else { 0.0 };
    (play.now as f64 + ahead).min(desk.session.run().done() as f64)
}

fn draw(ui: &Ui, desk: &Desk<'_>, lane: &LaneRun, stage: Rect, pose: &Pose) {
    let painter = ui.painter().with_clip_rect(stage.expand(4.0));
    match lane.lane.machine {
        Machine::Ball => {
            pictures::ball(&painter, &desk.skin, stage, pose);
            let names = [machines::VELOCITY, machines::FORCE, machines::FRICTION].map(|w| desk.say(w));
            pictures::legend(&painter, &desk.skin, stage, pose, names);
        }
        Machine::Block => pictures::block(&painter, &desk.skin, stage, pose),
        Machine::Arm => pictures::arm(&painter, &desk.skin, stage, pose, desk.say(words::SET_POINT)),
        Machine::Cloud => {
            let (now, mode) = (desk.session.playback().now, desk.session.mode());
            let read = move |state: &State| pictures::sample(state, mode);
            if let Some(sample) = lane.glance(now, ("picture", mode, 0), 0, read) {
                pictures::cloud(&painter, &desk.skin, stage, pose, &sample);
            }
        }
    }
}

/// Lets a ball or a block at its start, and the target of an arm, be dragged; whether one is.
fn drag(ui: &Ui, desk: &mut Desk<'_>, (index, lane): (usize, &LaneRun), stage: Rect, pose: &Pose) -> bool {
    let (mode, at_start) = (desk.session.mode(), desk.session.playback().now == 0);
    let number = (mode + 1).to_string();
    let (parameter, handle, name) = match lane.lane.machine {
        Machine::Ball | Machine::Block if at_start => {
            let name = fill(desk.say(machines::DRAG_START), &[desk.say(lane.lane.name), &number]);
            (format!("x{number}"), "start:series", name)
        }
        Machine::Arm => (format!("r{number}"), "target:series", fill(desk.say(machines::DRAG_TARGET), &[&number])),
        _ => return false,
    };
    let grip = pictures::grip(lane.lane.machine, stage, pose);
    let Some(grip) = grip.filter(|_| spec_of(desk.session.scene(), &parameter).is_ok()) else { return false };
    let rect = Rect::from_center_size(grip, egui::Vec2::splat(2.0 * REACH));
    let response = ui.interact(rect, ui.scope_id().with(("grip", index)), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, &name));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
        ui.painter().circle_stroke(grip, REACH, Stroke::new(1.5, desk.skin.accent));
    }
    let dragged = response.dragged();
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| dragged) {
        let to = f64::from(pictures::share_at(lane.lane.machine, stage, pointer)) * pose.size;
        desk.push(Command::Drag { handle: handle.into(), at: [0.0, to] });
    }
    dragged
}

/// Where a lane is at a moment, what moves it and where it is told to go, in shares of `size` or of the
/// start's distance from the minimum.
fn pose(run: &Run, lane: &LaneRun, mode: usize, at: f64, size: Option<f64>) -> Option<Pose> {
    let probe = Probe::Position(mode);
    let q = lane.between(probe, at)?;
    let step = q - lane.between(probe, (at - 1.0).max(0.0))?;
    let optimizer = run.lane(Lens::Optimizer)?;
    let start = optimizer.column(probe).first().copied().unwrap_or(1.0);
    let (curvature, target) = bowl(optimizer, mode, at as u64);
    let far = [start.abs(), target.abs(), (start - target).abs()].into_iter().fold(0.0, f64::max);
    let size = size.unwrap_or(if far > 0.0 { far } else { 1.0 });
    let share = |x: f64| if x.is_finite() { (x / size).clamp(-1.6, 1.6) as f32 } else { 0.0 };
    let values = run.values_at(at as u64);
    let push = -values.get("eta") * curvature * (q - target);
    let drag = (values.get("beta") - 1.0) * step;
    Some(Pose { q: share(q), target: share(target), step: share(step), push: share(push), drag: share(drag), size })
}

/// Curvature and minimum along a mode, from the field the lane moves in.
fn bowl(lane: &LaneRun, mode: usize, at: u64) -> (f64, f64) {
    let stiffness = lane.system_at(at).field.stiffness();
    let part = |k: crate::scenes::Linear<'_>| {
        let dim = k.centre.len();
        Some((*k.matrix.get(mode * dim + mode)?, *k.centre.get(mode)?))
    };
    stiffness.and_then(part).unwrap_or((0.0, 0.0))
}
