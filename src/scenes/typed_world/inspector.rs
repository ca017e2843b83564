//! One update of the lens's machine as a vector sum: of the heavy ball and of the sampler a displacement,
//! of what is continuous the forces.

use super::setting::Setting;
use super::{axes, map};
use crate::core::Probe;
use crate::figure::{Axis, Figure, Ink, Layer, Panel, Text as Words, Weight, rich};
use crate::scenes::models::inspector::Update;
use crate::scenes::models::landscape::Window;
use crate::scenes::models::writing::{Writing, term};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Text, fill, t};

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let title = rich(t("Step inspector", "单步剖析").get(view.lang));
    let found = update(at, run, view).filter(|(_, update)| update.sum().iter().all(|v| v.is_finite()));
    let (panel, caption) = match found {
        None => nothing(view),
        Some((n, update)) => {
            let here = Setting { values: run.values_at(n), ..*at };
            let behind = |[x, y]: [[f64; 2]; 2]| -> Vec<Layer<'a>> {
                let level = here.is_loss() && !view.lens.is_physical();
                level.then(|| map::lines(&here, Window { x, y })).into_iter().collect()
            };
            let panel = update.panel("update", labels(at, view), behind);
            let said = caption(at, view.lens).get(view.lang);
            (panel, fill(said, &[&n.to_string(), &(n + 1).to_string(), &update.equation()]))
        }
    };
    Figure { id: "step-inspector", title, columns: 1, caption, panels: vec![panel] }
}

/// The update of the lens's lane at the present iteration, or the last one made.
fn update(at: &Setting<'_>, run: &Run, view: View) -> Option<(u64, Update)> {
    let lane = run.lane(view.lens).filter(|l| axes::present(l))?;
    let n = view.now.min(lane.done().saturating_sub(1));
    let here = Setting { values: run.values_at(n), ..*at };
    let update = match view.lens {
        Lens::Optimizer | Lens::Sampler => displacement(&here, lane, n),
        _ if at.is_loss() => pulls(&here, lane, n)?,
        _ => push(&here, lane, n, view),
    };
    Some((n, update))
}

fn caption(at: &Setting<'_>, lens: Lens) -> Text {
    match lens {
        Lens::Optimizer => {
            t("The update from iteration {} to {} as a vector sum: {}.", "第 {} 步到第 {} 步的更新，写成向量和：{}。")
        }
        Lens::Sampler => t(
            "The update of the first particle from iteration {} to {} as a vector sum, the noise σξ recovered from the trace: {}.",
            "第一个粒子从第 {} 步到第 {} 步的更新，写成向量和，噪声 σξ 由轨迹反推：{}。",
        ),
        _ if at.is_loss() => t(
            "The forces on the spring's mass at iteration {} (of the step to {}): {}.",
            "弹簧质量块在第 {} 步所受的力（到第 {} 步）：{}。",
        ),
        _ => t(
            "The force on the unit mass at iteration {} (of the step to {}), what it is at rest and what the velocity adds: {}.",
            "单位质量在第 {} 步所受的力（到第 {} 步），分为静止时的力与速度引起的部分：{}。",
        ),
    }
}

/// What is shown where the machine does not exist.
fn nothing<'a>(view: View) -> (Panel<'a>, String) {
    let say = t("there is no update to show for these values", "这些值下没有可展示的更新").get(view.lang);
    let axis = |en, zh| Axis::new(rich(t(en, zh).get(view.lang)), "").range(0.0, 1.0);
    let mut panel = Panel::new("update", axis("step", "步"), axis("terms", "各项"));
    panel.layers.push(Layer::Text(Words { at: [0.5, 0.5], text: say.into(), ink: Ink::Muted }));
    (panel, format!("{say}."))
}

/// The axes: of a plane, or of rows along one axis.
fn labels(at: &Setting<'_>, view: View) -> [Axis; 2] {
    let plane = at.world().kind().dim() == 2;
    let along = |i: usize| {
        let name = axes::name(at, i);
        let force = fill(t("force along {}", "沿 {} 的力").get(view.lang), &[&name]);
        if view.lens.is_physical() { Axis::new(rich(&force), "a.u.") } else { axes::axis(at, i) }
    };
    let other = if plane { along(1) } else { Axis::new(rich(t("terms", "各项").get(view.lang)), "") };
    [along(0), other]
}

fn read(at: &Setting<'_>, lane: &LaneRun, probe: fn(usize) -> Probe, n: u64) -> Vec<f64> {
    (0..at.world().kind().dim()).map(|i| lane.at(probe(i), n).unwrap_or(f64::NAN)).collect()
}

/// The update n → n + 1 of a lane that counts iterations, in the units of a displacement.
fn displacement(at: &Setting<'_>, lane: &LaneRun, n: u64) -> Update {
    let sampler = lane.lane.lens == Lens::Sampler;
    let convention = if sampler || !at.is_loss() { 0 } else { at.get("convention") as usize };
    let writing = Writing::new(at.get("eta"), at.get("beta"), convention);
    let writing = if at.is_loss() { writing } else { writing.under_a_force() };
    let (q, v) = (read(at, lane, Probe::Position, n), read(at, lane, Probe::Velocity, n));
    let h = at.get("h");
    let speeds: Vec<f64> = v.iter().map(|v| v / h).collect();
    let push = at.force_of(&q, &speeds, lane.at(Probe::Time, n).unwrap_or(0.0) * h);
    let next = read(at, lane, Probe::Velocity, n + 1);
    let noisy = sampler && at.get("temperature") > 0.0;
    writing.update(&q, &v, &push, noisy.then_some(&next[..]))
}

/// The forces on the mass of a spring.
fn pulls(at: &Setting<'_>, lane: &LaneRun, n: u64) -> Option<Update> {
    let twin = at.twin()?;
    let (q, v) = (read(at, lane, Probe::Position, n), read(at, lane, Probe::Velocity, n));
    let damp = v.iter().map(|v| -twin.c * v).collect();
    let terms = vec![
        term("$−∇f$", at.force_of(&q, &v, 0.0), Ink::Amber, Weight::Normal),
        term("$−c v$", damp, Ink::Muted, Weight::Thin),
    ];
    Some(Update { from: vec![0.0; q.len()], terms, symbol: "$m a$".into() })
}

/// The typed force, at rest and by the velocity if it reads one.
fn push(at: &Setting<'_>, lane: &LaneRun, n: u64, view: View) -> Update {
    let (q, v) = (read(at, lane, Probe::Position, n), read(at, lane, Probe::Velocity, n));
    let time = lane.at(Probe::Time, n).unwrap_or(0.0);
    let (whole, rest) = (at.force_of(&q, &v, time), at.force_of(&q, &vec![0.0; q.len()], time));
    let by_speed: Vec<f64> = whole.iter().zip(&rest).map(|(all, rest)| all - rest).collect();
    let mut terms = vec![term(t("at rest", "静止部分").get(view.lang), rest, Ink::Amber, Weight::Normal)];
    if at.world().reads_velocity() {
        terms.push(term(t("by velocity", "速度部分").get(view.lang), by_speed, Ink::Muted, Weight::Thin));
    }
    Update { from: vec![0.0; q.len()], terms, symbol: "$F$".into() }
}
