//! The z-plane: poles of the exact one-step map and of its twins, the ζ/ω grid, the root locus.

use std::f64::consts::PI;

use super::locus::Locus;
use super::modal::LinearMode;
use crate::figure::{Axis, Callout, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Text, Weight, rich};
use crate::param::show_number;
use crate::text::{Lang, fill, t};
use crate::theory::matrix::Complex;

/// What a click into the plane picks: the nearest point of the locus.
pub const PICK: &str = "locus";

/// Damping ratios of the grid; the labelled ones are [`NAMED_ZETA`].
const ZETA: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];
const NAMED_ZETA: [f64; 3] = [0.1, 0.3, 0.7];
/// Natural frequencies of the grid in units of π rad/step; the labelled ones are [`NAMED_OMEGA`].
const OMEGA: [f64; 5] = [0.1, 0.2, 0.4, 0.6, 0.8];
const NAMED_OMEGA: [f64; 3] = [0.2, 0.4, 0.6];
/// How far from the origin a pole may lie and still be drawn.
const FAR: f64 = 3.0;

/// A locus in the plane.
pub struct Walk {
    /// The points walked.
    pub locus: Locus,
    /// The mode whose poles walk, from 0.
    pub mode: usize,
    /// The parameter's present value; NaN where its machine does not exist.
    pub value: f64,
}

impl Walk {
    /// `η = 0.4`, or the symbol alone.
    fn now(&self) -> Rich {
        let mut now = self.locus.symbol.clone();
        if self.value.is_finite() {
            now.push_plain(&format!(" = {}", show_number(self.value)));
        }
        now
    }

    /// Whether a machine exists for any value.
    fn exists(&self) -> bool {
        self.locus.stops.iter().any(|s| s.poles.is_some())
    }
}

/// The plane with the poles of every mode and the locus of one of them.
pub fn figure<'a>(modes: &[LinearMode], walk: Option<&Walk>, lang: Lang) -> Figure<'a> {
    let frame = frame(modes);
    let part = |name: &str, range: [f64; 2]| Axis::new(rich(&format!("{name} $z$")), "").range(range[0], range[1]);
    let mut panel = Panel::new("plane", part("Re", frame[0]), part("Im", frame[1]));
    panel.equal = true;
    panel.layers = grid();
    if let Some(walk) = walk.filter(|w| w.exists()) {
        let mut name = Rich::from(t("locus, ", "根轨迹，").get(lang));
        name.0.extend(walk.now().0);
        panel.layers.extend(walk.locus.layers(name, Ink::Optimizer, frame));
        panel.pick = Some(PICK);
    }
    panel.layers.extend(marks(modes, frame, lang));
    panel.layers.extend(names(modes, frame));
    Figure {
        id: "zplane",
        title: rich(t("Poles and root locus", "极点与根轨迹").get(lang)),
        columns: 1,
        caption: caption(modes, walk, frame, lang),
        panels: vec![panel],
    }
}

/// The unit circle with a margin, and what lies a little outside.
fn frame(modes: &[LinearMode]) -> [[f64; 2]; 2] {
    let mut frame: [[f64; 2]; 2] = [[-1.2, 1.2]; 2];
    for z in modes.iter().flat_map(all_poles).filter(|z| z.norm() <= FAR) {
        frame[0] = [frame[0][0].min(z.re - 0.12), frame[0][1].max(z.re + 0.12)];
        frame[1] = [frame[1][0].min(-z.im.abs() - 0.12), frame[1][1].max(z.im.abs() + 0.12)];
    }
    frame
}

fn all_poles(mode: &LinearMode) -> impl Iterator<Item = Complex<f64>> {
    let others = [mode.spring_poles(), mode.joint_poles()].into_iter().flatten();
    mode.poles().into_iter().chain(others.flatten())
}

/// Unit circle, axes, and the lines of equal damping and of equal natural frequency,
/// z = e^{(−ζ ± i√(1−ζ²)) ω}.
fn grid<'a>() -> Vec<Layer<'a>> {
    let at = |zeta: f64, omega: f64| Complex::from_polar((-zeta * omega).exp(), omega * (1.0 - zeta * zeta).sqrt());
    let share = |k: usize| k as f64 / 60.0;
    let both = |half: Vec<Complex<f64>>, ink, dash| {
        let other = half.iter().rev().map(Complex::conj);
        line(half.iter().copied().chain(other).collect(), ink, dash, Weight::Thin)
    };
    let mut layers: Vec<Layer<'a>> = Vec::new();
    for zeta in ZETA {
        let end = PI / (1.0 - zeta * zeta).sqrt();
        // From the far end of the upper half through 1 to the far end of the lower one.
        let half = (0..=60).rev().map(|k| at(zeta, end * share(k))).collect();
        layers.push(both(half, Ink::Faint, Dash::Dotted));
    }
    for omega in OMEGA.map(|share| share * PI) {
        let half = (0..=60).map(|k| at((0.5 * PI * share(k)).sin(), omega)).collect();
        layers.push(both(half, Ink::Faint, Dash::Dotted));
    }
    for ends in [[Complex::new(-FAR - 1.0, 0.0), Complex::new(FAR + 1.0, 0.0)], [Complex::new(0.0, -1.0), Complex::I]] {
        layers.push(line(ends.to_vec(), Ink::Faint, Dash::Solid, Weight::Thin));
    }
    let circle = (0..=180).map(|k| Complex::from_polar(1.0, PI * f64::from(k) / 90.0)).collect();
    layers.push(line(circle, Ink::Text, Dash::Solid, Weight::Thin));
    let note =
        |z: Complex<f64>, text: String| Layer::Text(Text { at: [z.re, z.im], text: rich(&text), ink: Ink::Muted });
    // In the lower half, where the names of the poles are not.
    let zeta = NAMED_ZETA.map(|zeta| note(at(zeta, 0.62 * PI).conj(), format!("$ζ$ = {zeta}")));
    let omega = NAMED_OMEGA.map(|share| note(at(0.0, share * PI).conj() * 1.07, format!("{share}π")));
    layers.extend(zeta.into_iter().chain(omega));
    layers
}

fn line<'a>(points: Vec<Complex<f64>>, ink: Ink, dash: Dash, weight: Weight) -> Layer<'a> {
    let (x, y): (Vec<f64>, Vec<f64>) = points.into_iter().map(|z| (z.re, z.im)).unzip();
    Layer::Line(Line { x: x.into(), y: y.into(), name: None, ink, dash, weight, marker: None })
}

/// The poles of every machine, the smallest marks on top, and the zero of the map.
fn marks<'a>(modes: &[LinearMode], frame: [[f64; 2]; 2], lang: Lang) -> Vec<Layer<'a>> {
    let inside = |z: &Complex<f64>| within(*z, frame);
    let points = |poles: Vec<Complex<f64>>, name: &str, ink, marker, size| {
        let (x, y): (Vec<f64>, Vec<f64>) = poles.into_iter().filter(inside).map(|z| (z.re, z.im)).unzip();
        let name = (!x.is_empty()).then(|| rich(name));
        Layer::Points(Points { x: x.into(), y: y.into(), name, ink, marker, size })
    };
    let of = |poles: fn(&LinearMode) -> Option<[Complex<f64>; 2]>| modes.iter().filter_map(poles).flatten().collect();
    let map = t("map", "映射").get(lang);
    let spring = t("spring", "弹簧").get(lang);
    let joint = t("PD joint", "PD 关节").get(lang);
    let zero = t("zero", "零点").get(lang);
    vec![
        points(vec![Complex::from(0.0)], zero, Ink::Text, Marker::Ring, 0.9),
        points(of(LinearMode::joint_poles), joint, Ink::Controller, Marker::Ring, 2.4),
        points(of(LinearMode::spring_poles), spring, Ink::Spring, Marker::Cross, 2.0),
        points(of(|m| Some(m.poles())), map, Ink::Optimizer, Marker::Disc, 1.1),
    ]
}

fn within(z: Complex<f64>, [x, y]: [[f64; 2]; 2]) -> bool {
    z.re >= x[0] && z.re <= x[1] && z.im >= y[0] && z.im <= y[1]
}

/// The symbol of a mode at its upper or leading pole, and at the other one if that lies apart.
fn names<'a>(modes: &[LinearMode], frame: [[f64; 2]; 2]) -> Vec<Layer<'a>> {
    let callout = |z: Complex<f64>, text: Rich| Layer::Callout(Callout { at: [z.re, z.im], text, ink: Ink::Text });
    let mut layers = Vec::new();
    for mode in modes {
        let [first, second] = mode.poles();
        let text = mode.symbol.clone();
        let apart = first.im == 0.0 && (first - second).norm() > 0.15;
        layers.extend(within(first, frame).then(|| callout(first, text)));
        layers.extend((apart && within(second, frame)).then(|| callout(second, mode.symbol.clone())));
    }
    layers
}

fn caption(modes: &[LinearMode], walk: Option<&Walk>, frame: [[f64; 2]; 2], lang: Lang) -> String {
    let mut parts = vec![
        t(
            "Poles of the exact one-step map of every mode (discs), of the continuous spring as its samples show them, z = e^{sh} (crosses), and of the sampled PD joint (circles), with the unit circle and the lines of equal damping ratio ζ and of equal natural frequency (in rad/step). The small ring is the zero between the minimum's position and the iterate.",
            "每个模态精确一步映射的极点（圆点）、连续弹簧按采样所见的极点 z = e^{sh}（叉号）与采样 PD 关节的极点（圆圈），以及单位圆、等阻尼比 ζ 线与等固有频率线（rad/步）。小圆环为极小点位置到迭代点的零点。",
        )
        .get(lang)
        .to_owned(),
    ];
    parts.extend(walk.map(|walk| walked(modes, walk, lang)));
    let beyond: Vec<Complex<f64>> = modes.iter().flat_map(all_poles).filter(|z| !within(*z, frame)).collect();
    if let Some(z) = beyond.iter().max_by(|a, b| a.norm().total_cmp(&b.norm())) {
        let text = t(
            "Poles outside the part shown: {}, the farthest at |z| = {}.",
            "所示范围之外的极点：{} 个，最远处 |z| = {}。",
        );
        parts.push(fill(text.get(lang), &[&beyond.len().to_string(), &show_number(z.norm())]));
    }
    parts.join(t(" ", "").get(lang))
}

/// What the locus shows, or why there is none.
fn walked(modes: &[LinearMode], walk: &Walk, lang: Lang) -> String {
    let mode = modes.get(walk.mode).map_or_else(String::new, |m| m.name.clone());
    let text = if walk.exists() {
        t(
            "Lines with arrows: the locus of {} as {} grows over its range, now {}.",
            "带箭头的线：{} 的极点在 {} 于其范围内增大时的轨迹，当前 {}。",
        )
    } else {
        t(
            "There is no locus of {} over {}: no such machine belongs to these η and β.",
            "{} 没有关于 {} 的根轨迹：当前的 η、β 没有对应的机器。",
        )
    };
    fill(text.get(lang), &[&mode, &walk.locus.symbol.plain(), &walk.now().plain()])
}
