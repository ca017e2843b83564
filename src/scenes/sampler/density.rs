//! Histograms against the exact density: of the cloud at one moment, and of the path of one particle.

use super::draw::{line, position, reach, said};
use super::gauges::{cloud, distance, path};
use super::setting::Setting;
use crate::figure::{Axis, Dash, Figure, Ink, Layer, Panel, Text, Weight, rich};
use crate::param::show_number;
use crate::scenes::models::histogram::{bars, counted, of_lane};
use crate::scenes::{Run, View};
use crate::text::{fill, t};
use crate::theory::agreement::{band_half_width, kolmogorov_p, kolmogorov_smirnov};

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let mut panels: Vec<Panel<'a>> = (0..at.dim()).map(|i| moment(at, run, i, view)).collect();
    if at.dim() == 1 {
        panels.push(one_particle(at, run, view));
    }
    let space = if view.lang == crate::text::Lang::En { " " } else { "" };
    Figure {
        id: "density",
        title: said(t("Cloud and exact density", "粒子云与精确密度"), view),
        columns: 2,
        caption: caption(at, run, view).join(space),
        panels,
    }
}

fn caption(at: &Setting<'_>, run: &Run, view: View) -> Vec<String> {
    let drawn = t(
        "Normalised histogram of the cloud at iteration {} with 95 % intervals, against the exact density e^(−U/T)/Z by quadrature.",
        "第 {} 步粒子云的归一化直方图（附 95 % 区间）与精确密度 e^(−U/T)/Z（求积得到）。",
    );
    let mut out = vec![fill(drawn.get(view.lang), &[&view.now.to_string()])];
    for i in 0..at.dim() {
        let Some([d, n]) = distance(at, run, i, view.now) else { continue };
        let said = t(
            "Along {}: Kolmogorov–Smirnov distance {} ± {} (95 % band), p = {} for {} independent particles.",
            "沿 {}：Kolmogorov–Smirnov 距离 {} ± {}（95 % 带），p = {}（{} 个独立粒子）。",
        );
        let [d, half, p, n] = [d, band_half_width(n), kolmogorov_p(d, n), n].map(show_number);
        out.push(fill(said.get(view.lang), &[["x", "y"][i.min(1)], &d, &half, &p, &n]));
    }
    if let (1, Some((d, n, effective))) = (at.dim(), path_distance(at, run)) {
        let said = t(
            "Right: the path of one particle, {} settled iterations worth {} independent ones; distance {}, p = {} for what it is worth ({} if correlation were forgotten). A well it never visited it knows nothing of.",
            "右图：单个粒子的轨迹，{} 个平稳步只相当于 {} 个独立样本；距离 {}，按有效样本数 p = {}（若忽略相关性则为 {}）。从未到过的势阱，它一无所知。",
        );
        let p = [n, effective, d, kolmogorov_p(d, effective), kolmogorov_p(d, n)].map(show_number);
        let p: Vec<&str> = p.iter().map(String::as_str).collect();
        out.push(fill(said.get(view.lang), &p));
    }
    out
}

/// The cloud along one coordinate.
fn moment<'a>(at: &Setting<'_>, run: &'a Run, i: usize, view: View) -> Panel<'a> {
    let mut panel = blank(at, run, ["cloud-x", "cloud-y"][i.min(1)], i, view);
    if let Some(lane) = cloud(run) {
        of_lane(lane, i, view, &mut panel);
    }
    beside_law(at, run, i, &mut panel, view);
    panel
}

/// The path of one particle, time taking the place of the cloud.
fn one_particle<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Panel<'a> {
    let mut panel = blank(at, run, "path", 0, view);
    let sample = path(run, 0, run.done()).map_or_else(Vec::new, |(path, _)| path.to_vec());
    if sample.is_empty() {
        let [low, high] = reach(at, run, 0);
        let say = said(t("no settled path yet", "尚无平稳轨迹"), view);
        panel.layers.push(Layer::Text(Text { at: [0.5 * (low + high), 0.5], text: say, ink: Ink::Muted }));
        panel.y = panel.y.range(0.0, 1.0);
        return panel;
    }
    bars(&counted(&sample), view.lang, &mut panel);
    beside_law(at, run, 0, &mut panel, view);
    // Its bars have no honest interval of independent draws.
    panel.layers.retain(|l| !matches!(l, Layer::ErrorBars(_)));
    for layer in &mut panel.layers {
        if let Layer::Histogram(bars) = layer {
            bars.name = Some(said(t("path of one particle", "单个粒子的轨迹"), view));
        }
    }
    panel
}

fn blank<'a>(at: &Setting<'_>, run: &Run, id: &'static str, i: usize, view: View) -> Panel<'a> {
    let density = Axis::new(said(t("probability density", "概率密度"), view), "1/a.u.");
    let [low, high] = reach(at, run, i);
    Panel::new(id, position(i, view).range(low, high), density)
}

/// Draws the exact density of a coordinate over a histogram and chooses ranges that suit both.
fn beside_law(at: &Setting<'_>, run: &Run, i: usize, panel: &mut Panel<'_>, view: View) {
    let [low, high] = reach(at, run, i);
    let exact = at.exact();
    let Some(law) = exact.as_ref().and_then(|e| e.lines.get(i)) else { return };
    let name = Some(rich(t("exact, $e^{−U/T}/Z$", "精确，$e^{−U/T}/Z$").get(view.lang)));
    let style = (Ink::Text, Dash::Solid, Weight::Normal);
    panel.layers.push(line(law.nodes().to_vec(), law.values().to_vec(), name, style));
    panel.layers.extend(scheme(at, [low, high], view));
    // A cloud at one point has ranges of its own, in which the density need not lie.
    panel.x = panel.x.clone().range(low, high);
    let top = law.values().iter().copied().fold(0.0, f64::max);
    let bars = panel.layers.iter().filter_map(|l| if let Layer::Histogram(h) = l { Some(&h.height) } else { None });
    let highest = bars.flat_map(|h| h.iter()).copied().fold(0.0, f64::max);
    panel.y = panel.y.clone().range(0.0, (1.45 * top).max((1.1 * highest).min(3.0 * top)));
}

/// What the scheme itself samples on the harmonic well, where that is another Gaussian.
fn scheme<'a>(at: &Setting<'_>, [low, high]: [f64; 2], view: View) -> Option<Layer<'a>> {
    let k = at.get("stiffness");
    let harmonic = at.landscape() == super::landscape::Landscape::Harmonic;
    let readings = at.method().readings(at, k, at.noise_temperature()).filter(|_| harmonic)?;
    let variance = readings.position / k;
    if (readings.position / at.temperature() - 1.0).abs() < 1e-3 {
        return None;
    }
    let x: Vec<f64> = (0..=300).map(|i| low + (high - low) * f64::from(i) / 300.0).collect();
    let unit = 1.0 / (std::f64::consts::TAU * variance).sqrt();
    let y: Vec<f64> = x.iter().map(|x| unit * (-0.5 * x * x / variance).exp()).collect();
    let name = Some(said(t("closed form of the scheme", "格式的闭式解"), view));
    Some(line(x, y, name, (Ink::Amber, Dash::Dashed, Weight::Normal)))
}

/// Distance of one particle's path from the exact law, its length and what it is worth.
fn path_distance(at: &Setting<'_>, run: &Run) -> Option<(f64, f64, f64)> {
    let exact = at.exact()?;
    let law = exact.lines.first()?;
    let (path, estimate) = path(run, 0, run.done())?;
    let d = kolmogorov_smirnov(path, |x| law.below(x));
    d.is_finite().then_some((d, path.len() as f64, estimate.effective))
}
