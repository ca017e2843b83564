//! The phase line: one equation of first order, its rate over its state.

use super::axes;
use super::phase::is_stable;
use super::setting::Setting;
use crate::figure::{
    Axis, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Rule, Text, Weight, fit_ranges, rich,
};
use crate::scenes::{Run, View};
use crate::text::t;

/// Points of the curve.
const N: usize = 400;

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View, title: Rich) -> Figure<'a> {
    let range = axes::extent(at, run, 0);
    let name = axes::name(at, 0);
    let word = format!("{} {name}", t("rate of", "变化率").get(view.lang));
    let rate = Axis::new(rich(&word), "a.u./s");
    let mut panel = Panel::new("phase", axes::axis(at, 0).range(range[0], range[1]), rate);
    let x: Vec<f64> = (0..=N).map(|i| range[0] + (range[1] - range[0]) * i as f64 / N as f64).collect();
    let y = at.rates(&[&x], 0.0);
    panel.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    let (ink, dash, weight) = (Ink::Muted, Dash::Solid, Weight::Normal);
    panel.layers.push(Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None }));
    for lane in axes::lanes(run) {
        let q = axes::column(at, run, lane, 0);
        let rates = lane.derived.column(("rates", 0, 0), || at.rates(&[q], 0.0));
        panel.layers.extend(axes::path(lane, q, rates, view));
    }
    let [low, high] = fit_ranges(&panel)[1];
    panel.y = panel.y.range(low, high);
    for point in at.points().iter() {
        let Some(x) = point.at.first().copied().filter(|x| (range[0]..=range[1]).contains(x)) else { continue };
        let marker = if is_stable(point.nature) { Marker::Diamond } else { Marker::Ring };
        let (ink, size) = (Ink::Text, 1.3);
        panel.layers.push(Layer::Points(Points {
            x: vec![x].into(),
            y: vec![0.0].into(),
            name: None,
            ink,
            marker,
            size,
        }));
        let text = Rich::from(point.nature.name().get(view.lang));
        panel.layers.push(Layer::Text(Text { at: [x, 0.07 * (high - low)], text, ink }));
    }
    let caption = t(
        "The rate of the state over the state: it rises where the curve is above zero. Filled: stable points.",
        "状态的变化率随状态的曲线：曲线在零以上处状态增大。实心：稳定点。",
    );
    Figure { id: "phase", title, columns: 1, caption: caption.get(view.lang).into(), panels: vec![panel] }
}
