//! Position against velocity: the cloud on the level lines of the energy, the optimizer's spiral, the flow.

use super::draw::{extent, hand, line, position, reach, said, speeds};
use super::gauges::cloud;
use super::landscape::potential;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::{Axis, Contours, Dash, Figure, Ink, Layer, Panel, Weight};
use crate::scenes::models::density::{self, Cloud, Side};
use crate::scenes::models::landscape::Window;
use crate::scenes::{Lens, Run, View};
use crate::text::t;

/// Nodes along each side of the grid of level lines.
const N: usize = 81;

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let x = reach(at, run, 0);
    let y = height(at, run);
    let velocity = Axis::new(said(t("velocity $v$", "速度 $v$"), view), "a.u./s");
    let mut panel = Panel::new("phase", position(0, view).range(x[0], x[1]), velocity.range(-y, y));
    panel.layers.push(levels(at, run, x, y));
    density::lay(particles(at, run, Window { x, y: [-y, y] }, view), &mut panel.layers);
    for lens in [Lens::Spring, Lens::Optimizer] {
        let Some(lane) = run.lane(lens) else { continue };
        let (ink, dash) = hand(lens);
        let style = (ink, dash, Weight::Normal);
        let path = lane.column(Probe::Position(0));
        panel.layers.push(line(path, speeds(at, run, lane, 0), Some(said(lane.lane.name, view)), style));
    }
    let dots = t(
        "Position against velocity at one iteration: particles of the cloud over level lines of the energy U + ½v². The flow stays on its line, the optimizer spirals down, the cloud spreads over them as e^(−E/T).",
        "某一步的位置与速度：粒子云叠在能量 U + ½v² 的等值线上。哈密顿流停留在自己的等值线上，优化器盘旋下降，粒子云按 e^(−E/T) 分布。",
    );
    let colours = t(
        "Position against velocity at one iteration: the cloud as a density, blank where there is no particle, under level lines of the energy U + ½v². The flow stays on its line, the optimizer spirals down, the cloud spreads over them as e^(−E/T).",
        "某一步的位置与速度：颜色为粒子云密度（空白处没有粒子），其上为能量 U + ½v² 的等值线。哈密顿流停留在自己的等值线上，优化器盘旋下降，粒子云按 e^(−E/T) 分布。",
    );
    let text = if cloud(run).is_some_and(|l| l.lane.start.n() > density::MOST) { colours } else { dots };
    Figure {
        id: "phase",
        title: said(t("Phase portrait of cloud, optimizer and flow", "粒子云、优化器与哈密顿流的相图"), view),
        columns: 1,
        caption: text.get(view.lang).into(),
        panels: vec![panel],
    }
}

/// Half the height of the plane: four thermal speeds, and what the flow reaches.
fn height(at: &Setting<'_>, run: &Run) -> f64 {
    let thermal = 4.0 * at.temperature().max(at.noise_temperature()).sqrt();
    let drop = run.lane(Lens::Spring).map_or([0.0; 2], |lane| extent(speeds(at, run, lane, 0).iter().copied()));
    let orbit = drop[1].abs().max(drop[0].abs());
    let orbit = if orbit.is_finite() { orbit.min(20.0 * (1.0 + thermal)) } else { 0.0 };
    (1.1 * orbit).max(thermal).max(0.1)
}

fn levels<'a>(at: &Setting<'_>, run: &'a Run, x: [f64; 2], y: f64) -> Layer<'a> {
    let along = |[low, high]: [f64; 2], i: usize| low + (high - low) * i as f64 / (N - 1) as f64;
    let values = run.derived.column(("shells", N, 0), || {
        let nodes: Vec<f64> = (0..N).map(|i| along(x, i)).collect();
        let u = potential(&*at.landscape().field(at), &[&nodes]);
        (0..N * N).map(|i| u[i % N] + 0.5 * along([-y, y], i / N).powi(2)).collect()
    });
    let low = values.iter().copied().filter(|v| v.is_finite()).fold(f64::INFINITY, f64::min);
    let unit = if at.temperature() > 0.0 { at.temperature() } else { 0.25 * (0.5 * y * y) };
    Layer::Contours(Contours {
        x,
        y: [-y, y],
        nx: N,
        values: values.into(),
        levels: [0.25, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0].iter().map(|k| low + k * unit).collect(),
        labels: false,
        name: None,
        ink: Ink::Faint,
        dash: Dash::Solid,
        weight: Weight::Thin,
    })
}

/// The cloud at the present iteration, by its positions and velocities along the line.
fn particles<'a>(at: &Setting<'_>, run: &Run, window: Window, view: View) -> Option<Cloud<'a>> {
    let (sides, unit) = ([Side::Position(0), Side::Velocity(0)], at.method().speed(run.seconds));
    let cloud = density::cloud(cloud(run)?, "phase cloud", sides, unit, window, view)?;
    Some(cloud.named(said(t("cloud", "粒子云"), view)))
}
