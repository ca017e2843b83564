//! Every state over time, one panel each.

use super::axes::{self, column, extent, lanes, path};
use super::handles;
use super::setting::Setting;
use crate::core::Probe;
use crate::figure::{Band, Dash, Figure, Ink, Layer, Rule, rich};
use crate::formula::Nature;
use crate::scenes::models::clock::{clock, mark_changes, panel};
use crate::scenes::{LaneRun, Lens, Run, View};
use crate::text::{Lang, t};

/// Identifiers of the panels, one per state.
pub const PANELS: [&str; 4] = ["state1", "state2", "state3", "state4"];

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let unit = clock(run, view).1;
    let mut panels = Vec::new();
    for (state, id) in PANELS.into_iter().enumerate().take(axes::drawn(at)) {
        let mut panel = panel(id, run, view, axes::axis(at, state));
        let [low, high] = extent(at, run, state);
        panel.y = panel.y.range(low, high);
        panel.below = state > 0;
        panel.legend = state == 0;
        for x in rests(at, state) {
            panel.layers.push(Layer::Rule(Rule::Y(x, Ink::Faint, Dash::Solid)));
        }
        for lane in lanes(run) {
            let x = lane.times(unit);
            panel.layers.extend(band(lane, state, x));
            panel.layers.extend(path(lane, x, column(at, run, lane, state), view));
        }
        panel.handles = handles::on_series(at, run, state, view);
        mark_changes(&mut panel, run, view, state == 0);
        panels.push(panel);
    }
    let text = t(
        "Every state over time. Thin rules: where it can stay at rest.",
        "各状态随时间的变化。细横线：可以静止的位置。",
    );
    let space = if view.lang == Lang::En { " " } else { "" };
    Figure {
        id: "series",
        title: rich(t("Time series", "时间序列").get(view.lang)),
        columns: 1,
        caption: [text.get(view.lang), axes::legend(at).get(view.lang)].join(space),
        panels,
    }
}

/// Where a coordinate can stay: at points that draw near, not at saddles.
fn rests(at: &Setting<'_>, state: usize) -> Vec<f64> {
    let stable = [Nature::Minimum, Nature::StableNode, Nature::StableFocus, Nature::Centre];
    let points = at.points();
    points.iter().filter(|p| stable.contains(&p.nature)).filter_map(|p| p.at.get(state).copied()).collect()
}

/// One standard deviation of the cloud about its mean, if it has one.
fn band<'a>(lane: &'a LaneRun, state: usize, x: &'a [f64]) -> Option<Layer<'a>> {
    let (mean, spread) = (Probe::MeanPosition(state), Probe::SpreadPosition(state));
    let wide = lane.lane.lens == Lens::Sampler && lane.column(spread).iter().any(|s| *s > 0.0);
    let edge = |name, sign: f64| {
        lane.derived.grown((name, state, 0), |out| {
            let new = [mean, spread].map(|probe| lane.column(probe).get(out.len()..).unwrap_or(&[]));
            out.extend(new[0].iter().zip(new[1]).map(|(m, s)| m + sign * s));
        })
    };
    let ink = lane.lane.ink;
    wide.then(|| {
        let (low, high) = (edge("cloud low", -1.0).into(), edge("cloud high", 1.0).into());
        Layer::Band(Band { x: x.into(), low, high, name: None, ink, hatch: None })
    })
}
