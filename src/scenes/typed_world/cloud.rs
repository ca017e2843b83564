//! The sampler's cloud over a line against the exact density e^(−f/T), by quadrature.

use super::axes;
use super::setting::Setting;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Line, Panel, Rich, Weight, rich};
use crate::scenes::models::histogram::of_lane;
use crate::scenes::{Lens, Run, View};
use crate::text::{fill, t};

/// Nodes of the quadrature.
const N: usize = 4001;
/// The exponent below which nothing counts.
const NOTHING: f64 = 45.0;
/// How often the range is doubled to hold all of the density.
const DOUBLED: usize = 12;

/// The density e^(−f/T)/Z on evenly spaced nodes.
pub struct Density {
    /// Nodes.
    pub x: Vec<f64>,
    /// Its values.
    pub p: Vec<f64>,
}

impl Density {
    /// The density of a loss over a line at a temperature above 0; `None` if it has no finite integral
    /// as far as can be seen.
    pub fn new(at: &Setting<'_>) -> Option<Density> {
        let temperature = at.get("temperature");
        if !(temperature > 0.0) {
            return None;
        }
        let mut ends = *at.reach().first()?;
        for _ in 0..DOUBLED {
            let (x, depth) = depths(at, ends, temperature)?;
            let outside = |k: Option<&f64>| k.is_none_or(|d| !(*d < NOTHING));
            if outside(depth.first()) && outside(depth.last()) {
                let inside = || x.iter().zip(&depth).filter(|(_, d)| **d < NOTHING).map(|(x, _)| *x);
                let step = (ends[1] - ends[0]) / (N - 1) as f64;
                let low = inside().fold(f64::INFINITY, f64::min) - step;
                let high = inside().fold(f64::NEG_INFINITY, f64::max) + step;
                return Density::over(at, [low, high], temperature);
            }
            let (centre, half) = (0.5 * (ends[0] + ends[1]), ends[1] - ends[0]);
            ends = [centre - half, centre + half];
        }
        None
    }

    /// By the trapezoidal rule over a range that holds all of it.
    fn over(at: &Setting<'_>, ends: [f64; 2], temperature: f64) -> Option<Density> {
        let (x, depth) = depths(at, ends, temperature)?;
        let mut p: Vec<f64> = depth.iter().map(|d| if d.is_nan() { 0.0 } else { (-d).exp() }).collect();
        let whole = p.iter().sum::<f64>() * (ends[1] - ends[0]) / (N - 1) as f64;
        p.iter_mut().for_each(|p| *p /= whole);
        (whole > 0.0 && whole.is_finite()).then_some(Density { x, p })
    }

    /// Mean and standard deviation.
    pub fn moments(&self) -> [f64; 2] {
        let whole: f64 = self.p.iter().sum();
        let mean = self.x.iter().zip(&self.p).map(|(x, p)| x * p).sum::<f64>() / whole;
        let square = self.x.iter().zip(&self.p).map(|(x, p)| (x - mean) * (x - mean) * p).sum::<f64>() / whole;
        [mean, square.sqrt()]
    }
}

/// Nodes and the loss over its lowest node there, in units of T.
fn depths(at: &Setting<'_>, [low, high]: [f64; 2], temperature: f64) -> Option<(Vec<f64>, Vec<f64>)> {
    let x: Vec<f64> = (0..N).map(|i| low + (high - low) * i as f64 / (N - 1) as f64).collect();
    let f = at.losses(&[&x]);
    let lowest = f.iter().copied().filter(|f| !f.is_nan()).fold(f64::INFINITY, f64::min);
    lowest.is_finite().then(|| (x, f.iter().map(|f| (f - lowest) / temperature).collect()))
}

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let density = Axis::new(rich(t("probability density", "概率密度").get(view.lang)), "1/a.u.");
    let mut panel = Panel::new("histogram", axes::axis(at, 0), density);
    if let Some(lane) = run.lane(Lens::Sampler) {
        of_lane(lane, 0, view, &mut panel);
    }
    let both =
        run.derived.column(("density", 0, 0), || Density::new(at).map_or_else(Vec::new, |d| [d.x, d.p].concat()));
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
