//! Gain and phase from the position of the minimum to the iterate, measured over predicted.

use std::f64::consts::PI;
use std::sync::Arc;

use super::lock_in::{self, Measured};
use super::modal::{LinearMode, band, frequency, log_spaced, nothing};
use crate::core::Stepper;
use crate::figure::{
    Axis, Callout, Column, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Rule, Tick, Weight, rich,
};
use crate::param::show_number;
use crate::text::{Lang, Text, fill, t};
use crate::theory::closed_loop::{anchor_response, resonance, tracking_response};
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::matrix::Complex;

const TITLE: Text = t("Frequency response", "频率响应");
/// Frequencies at which the core is driven.
const DRIVEN: usize = 12;
/// What is left of a transient when measuring begins.
const LEFT: f64 = 1e-6;
/// The weakest gain drawn (dB).
const FLOOR: f64 = -60.0;

/// What a frequency response is drawn from.
pub struct Bode<'a> {
    /// The mode.
    pub mode: &'a LinearMode,
    /// Its curvature.
    pub curvature: f64,
    /// The method, counting iterations; `None` draws no measured points.
    pub stepper: Option<Arc<dyn Stepper>>,
    /// The name of the twin's mapping.
    pub mapping: Text,
    /// Seconds per step, if frequencies are shown in radians per second.
    pub seconds: Option<f64>,
    /// Language.
    pub lang: Lang,
}

/// One curve: frequency in units of the axis, gain in dB, phase in degrees.
struct Curve {
    omega: Vec<f64>,
    gain: Vec<f64>,
    phase: Vec<f64>,
}

impl Curve {
    fn new(points: impl Iterator<Item = (f64, Complex<f64>)>, scale: f64) -> Curve {
        let mut out = Curve { omega: Vec::new(), gain: Vec::new(), phase: Vec::new() };
        for (omega, g) in points {
            out.omega.push(omega * scale);
            out.gain.push(decibels(g.norm()));
            // The phase falls from 0 to −180°; a rounding error must not turn −180° into 180°.
            let degrees = g.arg().to_degrees();
            out.phase.push(if degrees > 1.0 { degrees - 360.0 } else { degrees });
        }
        out
    }
}

fn decibels(gain: f64) -> f64 {
    20.0 * gain.log10()
}

/// The figure: gain above phase. A mode that does not converge has no steady answer, and says so.
pub fn figure<'a>(bode: &Bode<'_>) -> Figure<'a> {
    let (lang, mode) = (bode.lang, bode.mode);
    let (axis, scale) = frequency(bode.seconds, lang);
    let gain_axis = Axis::new(Rich::from(t("gain", "增益").get(lang)), "dB");
    if !mode.is_stable() {
        let why = t("{} does not converge: no steady answer", "{} 不收敛：没有稳态响应");
        let why = fill(why.get(lang), &[&mode.name]);
        let (x, y) = (axis.range(1e-2 * scale, PI * scale), gain_axis.range(-45.0, 25.0));
        return nothing("bode", TITLE, &why, x, y, lang);
    }
    let low = 10f64.powf((mode.corner() / 4.0).log10().floor().max(-9.0));
    let omegas = band(mode, low);
    let exact = |omega: f64| (omega, tracking_response(mode.q, mode.beta, omega));
    let map = Curve::new(omegas.iter().map(|omega| exact(*omega)), scale);
    let twin = mode
        .spring
        .filter(|s| s.c >= 0.0)
        .map(|spring| Curve::new(omegas.iter().map(|omega| (*omega, anchor_response(&spring, omega / mode.h))), scale));
    let measured = measure(bode, low);
    let points = measured.as_ref().map(|m| Curve::new(m.points.iter().copied(), scale));
    let curves = Curves { map, twin, points };
    let x = axis.range(low * scale, PI * scale);
    let mut gain = Panel::new("gain", x.clone(), gain_axis);
    let ends = curves.extent();
    gain.y = gain.y.range(ends[0], ends[1]);
    gain.layers.push(Layer::Rule(Rule::Y(0.0, Ink::Faint, Dash::Solid)));
    gain.layers.extend(curves.layers(|c| &c.gain, lang));
    let top = peak(mode);
    gain.layers.extend(top.map(|top| summit(top, scale)));
    let mut phase = Panel::new("phase", x, Axis::new(Rich::from(t("phase", "相位").get(lang)), "°"));
    phase.y = phase.y.range(-190.0, 10.0);
    phase.y.marks = [-180, -135, -90, -45, 0].map(degrees).into();
    phase.layers = curves.layers(|c| &c.phase, lang);
    phase.legend = false;
    let caption = caption(bode, measured.as_ref(), top, scale);
    let title = Rich::from(TITLE.get(lang));
    Figure { id: "bode", title, columns: 1, caption, panels: vec![gain, phase] }
}

fn degrees(at: i32) -> Tick {
    Tick { at: f64::from(at), label: rich(&format!("${at}$")) }
}

/// Drives the core, after as many steps as its transient needs.
fn measure(bode: &Bode<'_>, low: f64) -> Option<Measured> {
    let stepper = bode.stepper.clone()?;
    let rho = spectral_radius(bode.mode.q, bode.mode.beta);
    let settle = (LEFT.ln() / rho.ln()).ceil().clamp(0.0, 1e12) as u64 + 8;
    let wanted = log_spaced(1.5 * low, 0.9 * PI, DRIVEN);
    Some(lock_in::measure(stepper, bode.curvature, &wanted, settle))
}

/// The curves of one figure.
struct Curves {
    map: Curve,
    twin: Option<Curve>,
    points: Option<Curve>,
}

impl Curves {
    /// The gains shown: all of the map, as far down as the floor.
    fn extent(&self) -> [f64; 2] {
        let all = self.map.gain.iter().chain(self.twin.iter().flat_map(|c| &c.gain));
        let (low, high) = all.fold((0.0, 0.0), |(a, b): (f64, f64), g| (a.min(*g), b.max(*g)));
        [low.max(FLOOR) - 3.0, high.min(80.0) + 4.0]
    }

    fn layers<'a>(&self, of: fn(&Curve) -> &Vec<f64>, lang: Lang) -> Vec<Layer<'a>> {
        let line = |c: &Curve, name: Text, ink, dash| {
            let (x, y): (Column<'a>, Column<'a>) = (c.omega.clone().into(), of(c).clone().into());
            let (name, weight) = (Some(Rich::from(name.get(lang))), Weight::Normal);
            Layer::Line(Line { x, y, name, ink, dash, weight, marker: None })
        };
        let twin = self.twin.as_ref().map(|c| line(c, t("spring", "弹簧"), Ink::Spring, Dash::Dashed));
        let map = line(&self.map, t("exact map", "精确映射"), Ink::Optimizer, Dash::Solid);
        let points = self.points.as_ref().filter(|c| !c.omega.is_empty()).map(|c| {
            let (x, y): (Column<'a>, Column<'a>) = (c.omega.clone().into(), of(c).clone().into());
            let name = Some(Rich::from(t("measured", "测量").get(lang)));
            Layer::Points(Points { x, y, name, ink: Ink::Optimizer, marker: Marker::Disc, size: 1.1 })
        });
        twin.into_iter().chain([map]).chain(points).collect()
    }
}

/// The frequency (rad/step) of the largest gain and that gain, if the map amplifies at all.
fn peak(mode: &LinearMode) -> Option<(f64, f64)> {
    // Without an interior maximum the gain is largest at one end of the band.
    let end = || (PI, tracking_response(mode.q, mode.beta, PI).norm());
    let top = resonance(mode.q, mode.beta, 1.0).unwrap_or_else(end);
    (top.1 > 1.0 + 1e-9).then_some(top)
}

fn summit<'a>((omega, gain): (f64, f64), scale: f64) -> Layer<'a> {
    let text = format!("×{} ({:.1} dB)", show_number(gain), decibels(gain));
    let at = [omega * scale, decibels(gain)];
    Layer::Callout(Callout { at, text: Rich::from(text.as_str()), ink: Ink::Text })
}

fn caption(bode: &Bode<'_>, measured: Option<&Measured>, top: Option<(f64, f64)>, scale: f64) -> String {
    let lang = bode.lang;
    let lines = t(
        "Gain and phase from the position of the minimum to the iterate on {}: the exact map (solid){}.",
        "{} 上从极小点位置到迭代点的增益与相位：精确映射（实线）{}。",
    );
    let twin = t(" and the continuous spring, {} (dashed)", "与连续弹簧（{}，虚线）");
    let twin = bode.mode.spring.map_or(String::new(), |_| fill(twin.get(lang), &[bode.mapping.get(lang)]));
    let mut parts = vec![fill(lines.get(lang), &[&bode.mode.name, &twin])];
    parts.extend(measured.map(|m| driven(m, lang)));
    if let Some((omega, gain)) = top {
        let text = t("The gain is largest, ×{}, at {} {}.", "增益最大为 ×{}，在 {} {} 处。");
        let unit = frequency(bode.seconds, lang).0.unit;
        parts.push(fill(text.get(lang), &[&show_number(gain), &show_number(omega * scale), unit]));
    }
    parts.join(t(" ", "").get(lang))
}

/// What was measured, and what was not.
fn driven(m: &Measured, lang: Lang) -> String {
    let missing = m.wanted - m.points.len();
    let numbers = [m.points.len(), m.settle as usize, missing, lock_in::MOST as usize].map(|n| n.to_string());
    let [points, settle, missing_text, most] = numbers.each_ref().map(String::as_str);
    if m.points.is_empty() {
        let text = t(
            "Nothing is measured: the transient or one turn outlasts {} steps.",
            "没有测量点：暂态或一整圈超过 {} 步。",
        );
        return fill(text.get(lang), &[most]);
    }
    let text = t(
        "Discs: the stepping core itself, driven by a swinging minimum at {} frequencies, projected on sine and cosine over whole turns after {} steps of transient.",
        "圆点：以 {} 个频率摆动的极小点驱动步进核心本身，在 {} 步暂态之后按整圈投影到正弦与余弦。",
    );
    let left =
        t(" At {} lower frequencies a turn would outlast {} steps.", "另有 {} 个更低频率的一圈超过 {} 步，未测。");
    let left = if missing > 0 { fill(left.get(lang), &[missing_text, most]) } else { String::new() };
    fill(text.get(lang), &[points, settle]) + &left
}
