//! Positions over time: one particle of the cloud in the band of all, the optimizer, Hamiltonian flow.

use super::draw::{band, hand, line, position, reach, said};
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::{Dash, Figure, Ink, Layer, Rule, Weight};
use crate::scenes::models::clock::{clock, mark_changes, panel};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::t;

/// Identifiers of the panels, one per coordinate.
pub const PANELS: [&str; 2] = ["x", "y"];

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let unit = clock(run, view).1;
    let mut panels = Vec::new();
    for (i, id) in PANELS.into_iter().enumerate().take(at.dim()) {
        let mut panel = panel(id, run, view, position(i, view));
        let [low, high] = reach(at, run, i);
        panel.y = panel.y.range(low, high);
        panel.below = i > 0;
        panel.legend = i == 0;
        let wells = at.landscape().barrier(at).map_or_else(Vec::new, |b| b.wells.to_vec());
        panel.layers.extend(wells.into_iter().map(|x| Layer::Rule(Rule::Y(x, Ink::Faint, Dash::Solid))));
        for lens in [Lens::Sampler, Lens::Spring, Lens::Optimizer] {
            let Some(lane) = run.lane(lens) else { continue };
            let x = lane.times(unit);
            if lens == Lens::Sampler {
                panel.layers.extend(cloud(lane, i, x, view));
            }
            let (ink, dash) = hand(lens);
            let name = if lens == Lens::Sampler { t("one particle", "一个粒子") } else { lane.lane.name };
            let weight = if lens == Lens::Optimizer { Weight::Bold } else { Weight::Normal };
            panel.layers.push(line(x, lane.column(Probe::Position(i)), Some(said(name, view)), (ink, dash, weight)));
        }
        panel.handles.extend(super::handles::on_series(run, i, view));
        mark_changes(&mut panel, run, view, i == 0);
        panels.push(panel);
    }
    let text = t(
        "Positions over time. Purple: one particle of the sampler, within one standard deviation of the cloud about its mean; blue: the same method without noise from the same start; dashed: the same start without friction and noise.",
        "位置随时间的变化。紫色：采样器的一个粒子及粒子云均值 ± 一个标准差；蓝色：同一方法、同一起点、无噪声；虚线：同一起点、无摩擦亦无噪声。",
    );
    Figure {
        id: "series",
        title: said(t("Optimizer, flow and sampler over time", "优化器、哈密顿流与采样器随时间的变化"), view),
        columns: 1,
        caption: text.get(view.lang).into(),
        panels,
    }
}

/// One standard deviation of the cloud about its mean, once it has one.
fn cloud<'a>(lane: &'a LaneRun, i: usize, x: &'a [f64], view: View) -> Option<Layer<'a>> {
    let (mean, spread) = (lane.column(Probe::MeanPosition(i)), lane.column(Probe::SpreadPosition(i)));
    let edge = |name, sign: f64| {
        lane.derived.column((name, i, 0), || mean.iter().zip(spread).map(|(m, s)| m + sign * s).collect())
    };
    let wide = lane.lane.start.n() > 1 && spread.iter().any(|s| *s > 0.0);
    let name = Some(said(t("cloud, mean ± 1 sd", "粒子云，均值 ± 1 标准差"), view));
    wide.then(|| band(x, edge("cloud low", -1.0), edge("cloud high", 1.0), name, Ink::Sampler))
}
