//! The strip of machines: one moving picture per lane at the present iteration.

use egui::{Align2, Frame, Rect, Sense, Stroke, Ui, vec2};

use super::pictures::{self, Pose};
use crate::app::Desk;
use crate::app::theme::plain;
use crate::scenes::{LaneRun, Lens, Machine, Probe, Run};
use crate::text::{Text, fill, ui as words};

/// Height of the strip.
const HEIGHT: f32 = 138.0;

/// Shows the strip.
pub fn show(ui: &mut Ui, desk: &Desk<'_>) {
    let frame =
        Frame::new().fill(desk.skin.card).corner_radius(8.0).stroke(Stroke::new(1.0, desk.skin.line)).inner_margin(6.0);
    frame.show(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
        let lanes = &desk.session.run().lanes;
        let wide = rect.width() / lanes.len().max(1) as f32;
        for (i, lane) in lanes.iter().enumerate() {
            let place = Rect::from_min_size(rect.min + vec2(wide * i as f32, 0.0), vec2(wide, rect.height()));
            picture(ui, desk, lane, place);
        }
    });
    ui.add_space(8.0);
}

fn caption(machine: Machine) -> Text {
    match machine {
        Machine::Ball => words::MACHINE_BALL,
        Machine::Block => words::MACHINE_BLOCK,
        Machine::Arm => words::MACHINE_ARM,
        Machine::Cloud => words::MACHINE_CLOUD,
    }
}

fn picture(ui: &mut Ui, desk: &Desk<'_>, lane: &LaneRun, place: Rect) {
    let session = desk.session;
    let (mode, now) = (session.mode(), session.playback().now);
    let here = lane.lane.present.get(mode) == Some(&true);
    let mut text = desk.say(caption(lane.lane.machine)).to_owned();
    if !here {
        text = format!("{text}: {}", desk.say(words::NO_TWIN));
    } else if let Some(n) = lane.diverged_at().filter(|n| *n <= now) {
        text = format!("{text}: {}", fill(desk.say(words::STOPPED), &[&n.to_string()]));
    }
    let response = ui.interact(place, ui.scope_id().with(("machine", lane.lane.lens)), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
    let foot = egui::pos2(place.center().x, place.bottom() - 2.0);
    ui.painter().text(foot, Align2::CENTER_BOTTOM, &text, plain(12.0), desk.skin.quiet);
    let stage = Rect::from_min_max(place.min + vec2(10.0, 6.0), place.max - vec2(10.0, 20.0));
    if !here {
        return;
    }
    let Some(pose) = pose(session.run(), lane, mode, now) else { return };
    let painter = ui.painter().with_clip_rect(stage.expand(4.0));
    let cloud = if lane.lane.machine == Machine::Cloud { lane.state_at(now) } else { lane.lane.start.clone() };
    match lane.lane.machine {
        Machine::Ball => pictures::ball(&painter, &desk.skin, stage, &pose),
        Machine::Block => pictures::block(&painter, &desk.skin, stage, &pose),
        Machine::Arm => pictures::arm(&painter, &desk.skin, stage, &pose, desk.say(words::SET_POINT)),
        Machine::Cloud => pictures::cloud(&painter, &desk.skin, stage, &pose, &cloud, mode),
    }
}

/// Position, displacement, force and friction of a lane now, in shares of its largest excursion.
fn pose(run: &Run, lane: &LaneRun, mode: usize, now: u64) -> Option<Pose> {
    let probe = Probe::Position(mode);
    let q = lane.at(probe, now)?;
    let step = q - lane.at(probe, now.saturating_sub(1))?;
    let start = run.lane(Lens::Optimizer).and_then(|l| l.column(probe).first().copied()).unwrap_or(1.0);
    let size = if start == 0.0 { 1.0 } else { start.abs() };
    let share = |x: f64| if x.is_finite() { (x / size).clamp(-1.6, 1.6) as f32 } else { 0.0 };
    let (q, step) = (share(q), share(step));
    let eta_lambda = run.values.get("eta") * run.lanes.first().map_or(0.0, |_| curvature(run, mode));
    let push = (-eta_lambda * f64::from(q)) as f32;
    let drag = ((run.values.get("beta") - 1.0) * f64::from(step)) as f32;
    Some(Pose { q, step, push: push.clamp(-1.6, 1.6), drag: drag.clamp(-1.6, 1.6), size })
}

/// The curvature along a mode, from the optimizer's own field.
fn curvature(run: &Run, mode: usize) -> f64 {
    let field = run.lane(Lens::Optimizer).map(|l| &l.lane.system.field);
    field.and_then(|f| f.stiffness().map(|k| k.matrix[mode * k.centre.len() + mode])).unwrap_or(0.0)
}
