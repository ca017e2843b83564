//! The histogram of a cloud of independent particles.

use crate::core::State;
use crate::figure::{ErrorBars, Histogram, Ink, Layer, Panel, Rich, Text, Weight};
use crate::scenes::{LaneRun, View};
use crate::text::{Lang, t};

/// The least and the greatest of the finite numbers of a cloud, how many there are, and the counts in
/// equal bins between these two; no bins for a single point.
pub fn counted(cloud: &[f64]) -> Vec<f64> {
    let finite = || cloud.iter().copied().filter(|q| q.is_finite());
    let (low, high) = finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), q| (a.min(q), b.max(q)));
    let n = finite().count();
    let mut out = vec![low, high, n as f64];
    if high > low {
        let bins = ((n as f64).sqrt() as usize).clamp(8, 60);
        let width = (high - low) / bins as f64;
        let mut counts = vec![0_u32; bins];
        finite().for_each(|q| counts[(((q - low) / width) as usize).min(bins - 1)] += 1);
        out.extend(counts.into_iter().map(f64::from));
    }
    out
}

/// The histogram of a lane's cloud along a coordinate at the present iteration, with 95 % intervals,
/// normalised to one; of a single point a word. Nothing while it is being counted.
pub fn of_lane(lane: &LaneRun, coordinate: usize, view: View, panel: &mut Panel<'_>) {
    let read = move |state: &State| counted(state.coordinate(coordinate));
    if let Some(counted) = lane.glance(view.now, ("histogram", coordinate, 0), 0, read) {
        bars(&counted, view.lang, panel);
    }
}

/// Bars of what was [`counted`].
pub fn bars(counted: &[f64], lang: Lang, panel: &mut Panel<'_>) {
    let [low, high, n, counts @ ..] = counted else { return };
    let (low, high) = (*low, *high);
    if counts.is_empty() {
        let say = t("the cloud is a single point", "粒子云是一个点").get(lang);
        let centre = if low.is_finite() { low } else { 0.0 };
        panel.x = panel.x.clone().range(centre - 1.0, centre + 1.0);
        panel.y = panel.y.clone().range(0.0, 1.0);
        let at = [centre, 0.5];
        panel.layers.push(Layer::Text(Text { at, text: Rich::from(say), ink: Ink::Muted }));
        return;
    }
    let width = (high - low) / counts.len() as f64;
    let height: Vec<f64> = counts.iter().map(|count| count / (n * width)).collect();
    let edges: Vec<f64> = (0..=counts.len()).map(|i| low + i as f64 * width).collect();
    let name = Some(Rich::from(t("cloud", "粒子云").get(lang)));
    let intervals = intervals(&edges, &height, *n, lang);
    let (edges, height, ink) = (edges.into(), height.into(), Ink::Sampler);
    panel.layers.push(Layer::Histogram(Histogram { edges, height, name, ink, hatch: None }));
    panel.layers.push(intervals);
}

/// 95 % intervals of the heights h of a histogram of n independent particles: in a bin of width w
/// their number is binomial, so the standard error of h is √(h (1/w − h) / n).
fn intervals<'a>(edges: &[f64], height: &[f64], n: f64, lang: Lang) -> Layer<'a> {
    let seen = || edges.windows(2).zip(height).filter(|(_, h)| **h > 0.0);
    let error = |e: &[f64], h: f64| 1.96 * (h * (1.0 / (e[1] - e[0]) - h).max(0.0) / n).sqrt();
    let end = |sign: f64| seen().map(|(e, h)| (h + sign * error(e, *h)).max(0.0)).collect::<Vec<_>>();
    Layer::ErrorBars(ErrorBars {
        x: seen().map(|(e, _)| 0.5 * (e[0] + e[1])).collect::<Vec<_>>().into(),
        y: seen().map(|(_, h)| *h).collect::<Vec<_>>().into(),
        low: end(-1.0).into(),
        high: end(1.0).into(),
        along_x: false,
        marker: None,
        name: Some(Rich::from(t("95 % interval", "95 % 区间").get(lang))),
        ink: Ink::Muted,
        weight: Weight::Thin,
    })
}
