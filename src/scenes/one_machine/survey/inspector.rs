//! One update of the lens's machine as a vector sum.
//!
//! The optimizer's and the sampler's terms are those of its storage convention, in the units of a
//! displacement; the spring and the joint show the forces of the chosen mode.

use super::super::{problem, twin};
use crate::core::Probe;
use crate::figure::{Axis, Figure, Ink, Layer, Text as Words, Weight, rich};
use crate::param::Values;
use crate::scenes::models::inspector::Update;
use crate::scenes::models::landscape::{Landscape, Window};
use crate::scenes::models::writing::{Writing, term};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Text, fill, t};

/// The figure.
pub fn figure<'a>(run: &'a Run, view: View) -> Option<Figure<'a>> {
    let lane = run.lane(view.lens)?;
    let n = view.now.min(lane.done().saturating_sub(1));
    let update = match view.lens {
        Lens::Optimizer | Lens::Sampler => Some(displacement(run, lane, n)),
        Lens::Spring | Lens::Controller => forces(run, lane, view, n),
    };
    let Some(update) = update.filter(|u| u.sum().iter().all(|v| v.is_finite())) else {
        return Some(nothing(view));
    };
    let panel = update.panel("update", axes(run, view), |[x, y]| vec![contours(run.values_at(n), Window { x, y })]);
    let caption = fill(caption(view.lens).get(view.lang), &[&n.to_string(), &(n + 1).to_string(), &update.equation()]);
    Some(Figure { panels: vec![panel], caption, ..frame(view) })
}

/// Level lines of the loss behind the arrows.
fn contours<'a>(values: &Values, window: Window) -> Layer<'a> {
    let modes = problem::modes(values);
    let parts = |at: [f64; 2]| modes.iter().zip(at).map(|(m, q)| (m.lambda, q - m.target)).collect::<Vec<_>>();
    let value = |at: [f64; 2]| parts(at).iter().map(|(l, x)| 0.5 * l * x * x).sum::<f64>();
    let pair = |v: Vec<f64>| [v.first().copied().unwrap_or(0.0), v.get(1).copied().unwrap_or(0.0)];
    let gradient = |at: [f64; 2]| pair(parts(at).iter().map(|(l, x)| l * x).collect());
    let [xx, yy] = pair(modes.iter().map(|m| m.lambda).collect());
    let landscape = Landscape { value: &value, gradient: &gradient, hessian: &|_| [xx, 0.0, yy] };
    let corners = window.x.iter().flat_map(|x| window.y.iter().map(|y| value([*x, *y])));
    landscape.contours(window, 0.0, corners.fold(0.0, f64::max))
}

fn frame<'a>(view: View) -> Figure<'a> {
    let title = rich(super::INSPECTOR_TITLE.get(view.lang));
    Figure { id: super::INSPECTOR, title, columns: 1, caption: String::new(), panels: Vec::new() }
}

fn caption(lens: Lens) -> Text {
    match lens {
        Lens::Optimizer => {
            t("The update from iteration {} to {} as a vector sum: {}.", "第 {} 步到第 {} 步的更新，写成向量和：{}。")
        }
        Lens::Sampler => t(
            "The update of the first particle from iteration {} to {} as a vector sum, the noise σξ, σ² = 2(1 − β)ηT, recovered from the trace: {}.",
            "第一个粒子从第 {} 步到第 {} 步的更新，写成向量和，噪声 σξ（σ² = 2(1 − β)ηT）由轨迹反推：{}。",
        ),
        Lens::Spring => t(
            "The forces on the spring's mass at iteration {} (of the step to {}): {}.",
            "弹簧质量块在第 {} 步所受的力（到第 {} 步）：{}。",
        ),
        Lens::Controller => t(
            "The torques of the sampled joint, held from iteration {} to {}: {}.",
            "采样关节从第 {} 步到第 {} 步保持的力矩：{}。",
        ),
    }
}

/// What is shown where the machine does not exist.
fn nothing<'a>(view: View) -> Figure<'a> {
    let say = t("there is no update to show for these values", "这些值下没有可展示的更新").get(view.lang);
    let axis = |en, zh| Axis::new(rich(t(en, zh).get(view.lang)), "").range(0.0, 1.0);
    let mut panel = crate::figure::Panel::new("update", axis("step", "步"), axis("terms", "各项"));
    panel.layers.push(Layer::Text(Words { at: [0.5, 0.5], text: say.into(), ink: Ink::Muted }));
    Figure { caption: format!("{say}."), panels: vec![panel], ..frame(view) }
}

fn axes(run: &Run, view: View) -> [Axis; 2] {
    let terms = || Axis::new(rich(t("terms", "各项").get(view.lang)), "");
    let one = problem::curvatures(&run.values).len() == 1;
    let plane = |i: usize| Axis::new(rich(&format!("$x_{i}$")), "a.u.");
    match view.lens {
        Lens::Spring => [Axis::new(rich(t("force $F$", "力 $F$").get(view.lang)), "N"), terms()],
        Lens::Controller => [Axis::new(rich(t("torque $u$", "力矩 $u$").get(view.lang)), "N·m"), terms()],
        Lens::Optimizer | Lens::Sampler if one => [plane(1), terms()],
        Lens::Optimizer | Lens::Sampler => [plane(1), plane(2)],
    }
}

/// The update n → n + 1 in the units of a displacement.
fn displacement(run: &Run, lane: &LaneRun, n: u64) -> Update {
    let values = run.values_at(n);
    let sampler = lane.lane.lens == Lens::Sampler;
    let convention = if sampler { 0 } else { values.index("convention") };
    let writing = Writing::new(values.get("eta"), values.get("beta"), convention);
    let modes = problem::modes(values);
    let read = |probe: fn(usize) -> Probe, at: u64| -> Vec<f64> {
        (0..modes.len()).map(|i| lane.at(probe(i), at).unwrap_or(f64::NAN)).collect()
    };
    let (q, v, next) = (read(Probe::Position, n), read(Probe::Velocity, n), read(Probe::Velocity, n + 1));
    let force: Vec<f64> = q.iter().zip(&modes).map(|(q, m)| -(m.lambda * (q - m.target))).collect();
    let noisy = sampler && values.get("temperature") > 0.0;
    writing.update(&q, &v, &force, noisy.then_some(&next[..]))
}

/// The forces on the chosen mode at iteration n.
fn forces(run: &Run, lane: &LaneRun, view: View, n: u64) -> Option<Update> {
    let values = run.values_at(n);
    lane.lane.present.get(view.mode).filter(|there| **there)?;
    let (q, v) = (lane.at(Probe::Position(view.mode), n)?, lane.at(Probe::Velocity(view.mode), n)?);
    let away = q - problem::mode(values, view.mode)?.target;
    let behind = if away == q { "q" } else { "(q − x^*)" };
    let pair = |symbols: [&str; 2], pull: f64, damp: f64| {
        let pull = term(&format!("$−{} {behind}$", symbols[0]), vec![pull], Ink::Amber, Weight::Normal);
        vec![pull, term(symbols[1], vec![damp], Ink::Muted, Weight::Thin)]
    };
    if view.lens == Lens::Spring {
        let s = twin::spring(values, view.mode)?;
        let terms = pair(["k", "$−c v$"], -s.k * away, -s.c * v);
        return Some(Update { from: vec![0.0], terms, symbol: "$m a$".into() });
    }
    let [_, kp, kd] = twin::joint(values, view.mode)?;
    let mut terms = pair(["k_p", "$−k_d v$"], -kp * away, -kd * v);
    let (torque, limit) = (-kp * away - kd * v, values.get("torque_limit"));
    if torque.abs() > limit {
        let cut = vec![limit.copysign(torque) - torque];
        terms.push(term(t("limit", "限幅").get(view.lang), cut, Ink::Danger, Weight::Thin));
    }
    Some(Update { from: vec![0.0], terms, symbol: "$J a$".into() })
}
