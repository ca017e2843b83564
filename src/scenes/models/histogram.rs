//! The histogram of a cloud of independent particles.

use crate::figure::{ErrorBars, Histogram, Ink, Layer, Panel, Rich, Text, Weight};
use crate::text::{Lang, t};

/// The histogram of finite numbers with 95 % intervals, normalised to one; of a single point a word.
pub fn bars(cloud: &[f64], lang: Lang, panel: &mut Panel<'_>) {
    let (low, high) = cloud.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), q| (a.min(*q), b.max(*q)));
    if !(high > low) {
        let say = t("the cloud is a single point", "粒子云是一个点").get(lang);
        let centre = if low.is_finite() { low } else { 0.0 };
        panel.x = panel.x.clone().range(centre - 1.0, centre + 1.0);
        panel.y = panel.y.clone().range(0.0, 1.0);
        let at = [centre, 0.5];
        panel.layers.push(Layer::Text(Text { at, text: Rich::from(say), ink: Ink::Muted }));
        return;
    }
    let bins = ((cloud.len() as f64).sqrt() as usize).clamp(8, 60);
    let width = (high - low) / bins as f64;
    let mut height = vec![0.0; bins];
    for q in cloud {
        height[(((q - low) / width) as usize).min(bins - 1)] += 1.0 / (cloud.len() as f64 * width);
    }
    let edges: Vec<f64> = (0..=bins).map(|i| low + i as f64 * width).collect();
    let name = Some(Rich::from(t("cloud", "粒子云").get(lang)));
    panel.layers.push(Layer::Histogram(Histogram {
        edges: edges.clone().into(),
        height: height.clone().into(),
        name,
        ink: Ink::Sampler,
        hatch: None,
    }));
    panel.layers.push(intervals(&edges, &height, cloud.len() as f64, lang));
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
