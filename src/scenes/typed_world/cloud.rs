//! The sampler's cloud over a line against the exact density e^(−f/T), by quadrature.

use super::axes;
use super::setting::Setting;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Rich, Weight, rich};
use crate::scenes::models::histogram::of_lane;
use crate::scenes::{Lens, Run, View};
use crate::text::{fill, t};
use crate::theory::density::LineDensity;

/// The density e^(−f/T)/Z of a loss over a line at a temperature above 0; `None` if it has no finite
/// integral as far as can be seen.
pub fn density(at: &Setting<'_>) -> Option<LineDensity> {
    LineDensity::new(*at.reach().first()?, at.get("temperature"), |x| at.losses(&[x]))
}

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let ordinate = Axis::new(rich(t("probability density", "概率密度").get(view.lang)), "1/a.u.");
    let mut panel = Panel::new("histogram", axes::axis(at, 0), ordinate);
    if let Some(lane) = run.lane(Lens::Sampler) {
        of_lane(lane, 0, view, &mut panel);
    }
    let both = run
        .derived
        .column(("density", 0, 0), || density(at).map_or_else(Vec::new, |d| [d.nodes(), d.values()].concat()));
    let (x, p) = both.split_at(both.len() / 2);
    if !both.is_empty() {
        let name = Some(Rich::from(t("exact, e^(−f/T)/Z", "精确，e^(−f/T)/Z").get(view.lang)));
        let (ink, dash, weight) = (Ink::Text, Dash::Solid, Weight::Normal);
        panel.layers.push(Layer::Line(Line { x: x.into(), y: p.into(), name, ink, dash, weight, marker: None }));
        let top = p.iter().copied().fold(0.0, f64::max);
        // A cloud at one point has ranges of its own, in which the density need not lie.
        (panel.x.range, panel.y.range) = (None, None);
        panel.y = panel.y.range(0.0, 1.35 * top);
    }
    let text = t(
        "Histogram of the sampler’s cloud at iteration {} (normalised) against the density e^(−f/T)/Z that continuous Langevin motion leaves in place, by quadrature; a large step shifts the sampler from it.",
        "第 {} 步采样器粒子云的直方图（已归一化）与连续朗之万运动的平稳密度 e^(−f/T)/Z（求积得到）；步长大时采样器会偏离它。",
    );
    Figure {
        id: "histogram",
        title: rich(t("Cloud and exact density", "粒子云与精确密度").get(view.lang)),
        columns: 1,
        caption: fill(text.get(view.lang), &[&view.now.to_string()]),
        panels: vec![panel],
    }
}
