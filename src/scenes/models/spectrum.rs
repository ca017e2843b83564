//! Spectra of a run's own traces over the exact ones: the noise of the sampler, the ringing of the
//! optimizer.

use std::f64::consts::{PI, TAU};

use super::modal::{LinearMode, band, frequency, log_spaced, nothing};
use super::welch::{Periodogram, transform_real};
use crate::figure::{
    Axis, Band, Callout, Dash, Figure, Ink, Layer, Line, Marker, Panel, Points, Rich, Rule, Weight, rich,
};
use crate::param::show_number;
use crate::text::{Lang, Text, fill, t};
use crate::theory::fluctuation::{autocorrelation, position_spectrum, variance_gain};
use crate::theory::heavy_ball::{phase, response, ringing_transform, spectral_radius};

const TITLE: Text = t("Spectrum", "频谱");
/// Further points of a line that shows where a run was cut off.
const SIDE_LOBES: usize = 480;
/// Samples per segment of a periodogram, at least and at most.
const SEGMENT: [usize; 2] = [16, 2048];
/// Segments aimed at.
const AVERAGED: usize = 4;
/// Iterates of the optimizer transformed at most.
const LONGEST: usize = 8192;
/// Decades shown below the highest value.
const DECADES: f64 = 6.0;

/// What spectra are drawn from.
pub struct Spectrum<'a> {
    /// The mode.
    pub mode: &'a LinearMode,
    /// Positions of one noisy particle, from the minimum.
    pub noisy: &'a [f64],
    /// Variance of the displacement noise per step.
    pub noise: f64,
    /// Positions of the noiseless run, from the minimum.
    pub ringing: &'a [f64],
    /// Displacement per step with which both arrived at their start.
    pub step: f64,
    /// Whether one set of values holds for all of the run.
    pub steady: bool,
    /// Seconds per step, if frequencies are shown in radians per second.
    pub seconds: Option<f64>,
    /// Language.
    pub lang: Lang,
}

/// The figure: the noise above the ringing, or the ringing alone where there is no noise.
pub fn figure<'a>(s: &Spectrum<'_>) -> Figure<'a> {
    let lang = s.lang;
    let still = s.step == 0.0 && !s.ringing.first().is_some_and(|x| *x != 0.0);
    let why = if !s.steady {
        Some(t("parameters changed in mid-run: no one spectrum", "运行中途改变了参数：没有单一频谱"))
    } else if !s.mode.is_stable() {
        Some(t("{} does not converge: no steady spectrum", "{} 不收敛：没有平稳频谱"))
    } else if still && s.noise <= 0.0 {
        Some(t("the run rests at the minimum: nothing rings", "静止于极小点：没有振荡"))
    } else {
        None
    };
    if let Some(why) = why {
        let why = fill(why.get(lang), &[&s.mode.name]);
        let (x, scale) = frequency(s.seconds, lang);
        let x = x.range(1e-2 * scale, PI * scale);
        let y = Axis::new(Rich::from(t("spectral density", "谱密度").get(lang)), "").log().range(1e-3, 1e3);
        return nothing("spectrum", TITLE, &why, x, y, lang);
    }
    let (mut panels, mut parts) = (Vec::new(), Vec::new());
    if s.noise > 0.0 {
        let noise = Noise::new(s);
        panels.push(noise.panel(s));
        parts.push(noise.caption(lang));
    }
    if !still {
        panels.push(ringing(s));
        parts.push(ringing_caption(s));
    }
    let caption = parts.join(t(" ", "").get(lang));
    Figure { id: "spectrum", title: Rich::from(TITLE.get(lang)), columns: 1, caption, panels }
}

/// A panel over the frequencies both traces can resolve.
fn panel<'a>(id: &'static str, s: &Spectrum<'_>, y: Axis) -> (Panel<'a>, f64, f64) {
    let (x, scale) = frequency(s.seconds, s.lang);
    let low = lowest(s);
    (Panel::new(id, x.range(low * scale, PI * scale), y), scale, low)
}

/// The lowest frequency (rad/step) of interest: one turn per run, or well below the corner of the mode.
fn lowest(s: &Spectrum<'_>) -> f64 {
    let whole = TAU / s.ringing.len().max(s.noisy.len()).clamp(8, LONGEST) as f64;
    whole.min(0.5 * s.mode.corner()).max(1e-9)
}

/// A rule and its number where the map rings.
fn ring<'a>(mode: &LinearMode, scale: f64, height: impl Fn(f64) -> f64) -> Vec<Layer<'a>> {
    let Some(phi) = phase(mode.q, mode.beta) else { return Vec::new() };
    let text = rich(&format!("$ω_d$ = {}", show_number(phi * scale)));
    let at = [phi * scale, height(phi)];
    let rule = Layer::Rule(Rule::X(phi * scale, Ink::Muted, Dash::Dashed));
    let note = Layer::Callout(Callout { at, text, ink: Ink::Text });
    [rule].into_iter().chain(at[1].is_finite().then_some(note)).collect()
}

fn curve<'a>(x: Vec<f64>, y: Vec<f64>, name: Text, lang: Lang) -> Layer<'a> {
    let (name, ink, dash) = (Some(Rich::from(name.get(lang))), Ink::Text, Dash::Solid);
    Layer::Line(Line { x: x.into(), y: y.into(), name, ink, dash, weight: Weight::Normal, marker: None })
}

/// The decades below the highest value that are shown.
fn decades(values: &[f64]) -> [f64; 2] {
    let shown = || values.iter().filter(|v| v.is_finite() && **v > 0.0);
    let high = shown().fold(f64::MIN_POSITIVE, |m, v| m.max(*v));
    let low = shown().fold(high, |m, v| m.min(*v)).max(high * 10f64.powf(-DECADES));
    [low / 2.5, high * 4.0]
}

/// The fluctuations of one noisy particle: its trace minus the path it would take without noise.
struct Noise {
    periodogram: Option<Periodogram>,
    expected: Vec<f64>,
    skipped: usize,
}

impl Noise {
    fn new(s: &Spectrum<'_>) -> Self {
        let (q, beta) = (s.mode.q, s.mode.beta);
        let start = s.noisy.first().copied().unwrap_or(0.0);
        let path = |n: usize| response(q, beta, start, -s.step, n as u64);
        // From no fluctuation at all to within one per cent of the stationary variance.
        let skipped = (0.1f64.ln() / spectral_radius(q, beta).ln()).ceil().clamp(0.0, 1e12) as usize;
        let tail = s.noisy.iter().enumerate().skip(skipped);
        let fluctuation: Vec<f64> = tail.map(|(n, x)| x - path(n)).collect();
        let room = (fluctuation.len() / AVERAGED).max(1);
        let segment =
            (room.next_power_of_two() / if room.is_power_of_two() { 1 } else { 2 }).clamp(SEGMENT[0], SEGMENT[1]);
        let periodogram = Periodogram::welch(&fluctuation, segment).filter(|p| p.segments > 1);
        let variance = s.noise * variance_gain(q, beta);
        let expected = match &periodogram {
            Some(_) => Periodogram::expected(|lag| variance * autocorrelation(q, beta, lag), segment),
            None => Vec::new(),
        };
        Noise { periodogram, expected, skipped }
    }

    fn panel<'a>(&self, s: &Spectrum<'_>) -> Panel<'a> {
        let unit = match s.seconds {
            Some(_) => t("a.u.²·s/rad", "a.u.²·s/rad"),
            None => t("a.u.²·step/rad", "a.u.²·步/rad"),
        };
        let y = Axis::new(Rich::from(t("spectral density", "谱密度").get(s.lang)), unit.get(s.lang)).log();
        let (mut panel, scale, low) = panel("noise", s, y);
        let omegas = band(s.mode, low);
        let exact = |omega: f64| position_spectrum(s.mode.q, s.mode.beta, s.noise, omega) / scale;
        let density: Vec<f64> = omegas.iter().map(|omega| exact(*omega)).collect();
        let [bottom, top] = decades(&density);
        panel.y = panel.y.range(bottom, top);
        if let Some(p) = &self.periodogram {
            panel.layers.extend(self.points(p, scale, s.lang));
        }
        let x = omegas.iter().map(|omega| omega * scale).collect();
        panel.layers.push(curve(x, density, t("exact", "精确"), s.lang));
        panel.layers.extend(ring(s.mode, scale, exact));
        panel
    }

    /// The periodogram within one standard error about its expectation.
    fn points<'a>(&self, p: &Periodogram, scale: f64, lang: Lang) -> [Layer<'a>; 2] {
        // The first and last bin are one-sided ends, with a scatter of their own.
        let bins = 1..p.segment / 2;
        let x: Vec<f64> = bins.clone().map(|k| p.omega(k) * scale).collect();
        let of = |list: &[f64], factor: f64| -> Vec<f64> {
            bins.clone().filter_map(|k| list.get(k)).map(|v| v * factor / scale).collect()
        };
        let error = p.standard_error();
        let band = Band {
            x: x.clone().into(),
            low: of(&self.expected, 1.0 - error).into(),
            high: of(&self.expected, 1.0 + error).into(),
            name: Some(Rich::from(t("expected ± 1 s.e.", "期望 ± 1 标准误").get(lang))),
            ink: Ink::Sampler,
            hatch: None,
        };
        let (name, marker) = (Some(Rich::from(t("sampler", "采样器").get(lang))), Marker::Disc);
        let y = of(&p.density, 1.0);
        let points = Points { x: x.into(), y: y.into(), name, ink: Ink::Sampler, marker, size: 0.9 };
        [Layer::Band(band), Layer::Points(points)]
    }

    fn caption(&self, lang: Lang) -> String {
        let Some(p) = &self.periodogram else {
            let text = t(
                "Exact stationary spectrum of the sampler's position; the run is too short for a periodogram after {} steps of transient.",
                "采样器位置的精确平稳谱；扣除 {} 步暂态后，运行太短，无法作周期图。",
            );
            return fill(text.get(lang), &[&self.skipped.to_string()]);
        };
        let text = t(
            "Spectral density of one particle of the sampler about its noiseless path (discs): {} half-overlapping segments of {} samples under a Hann window, after {} steps of transient. Line: exact stationary spectrum, whose integral is the variance. Band: what such a periodogram is on average, leakage included, ± one standard error ({} %).",
            "采样器一个粒子相对其无噪声路径的谱密度（圆点）：{} 段、每段 {} 个样本、重叠一半、Hann 窗，此前舍去 {} 步暂态。线：精确平稳谱，其积分为方差。带：这种周期图（含泄漏）的期望 ± 一个标准误（{} %）。",
        );
        let error = show_number((1000.0 * p.standard_error()).round() / 10.0);
        let numbers = [p.segments, p.segment, self.skipped].map(|n| n.to_string());
        fill(text.get(lang), &[&numbers[0], &numbers[1], &numbers[2], &error])
    }
}

/// The iterates transformed.
fn transformed<'s>(s: &Spectrum<'s>) -> &'s [f64] {
    &s.ringing[..s.ringing.len().min(LONGEST)]
}

/// The amplitude spectrum of the noiseless run over the exact one of as many iterates.
fn ringing<'a>(s: &Spectrum<'_>) -> Panel<'a> {
    let (x, start) = (transformed(s), s.ringing.first().copied().unwrap_or(0.0));
    let y = Axis::new(rich(t("ringing $|X|$", "振荡 $|X|$").get(s.lang)), "a.u.").log();
    let (mut panel, scale, low) = panel("ringing", s, y);
    let (q, beta, length) = (s.mode.q, s.mode.beta, x.len() as u64);
    let exact = |omega: f64| ringing_transform(q, beta, start, -s.step, length, omega).norm();
    let mut omegas = band(s.mode, low);
    omegas.extend(log_spaced(low, PI, SIDE_LOBES));
    omegas.sort_by(f64::total_cmp);
    let amplitude: Vec<f64> = omegas.iter().map(|omega| exact(*omega)).collect();
    let [bottom, top] = decades(&amplitude);
    panel.y = panel.y.range(bottom, top);
    let axis = omegas.iter().map(|omega| omega * scale).collect();
    let ends = ring(s.mode, scale, exact);
    panel.layers.push(curve(axis, amplitude, t("exact", "精确"), s.lang));
    panel.layers.push(bins(x, scale, s.lang));
    panel.layers.extend(ends);
    panel
}

/// The transform of a trace at bins evenly spread over the logarithmic axis.
fn bins<'a>(x: &[f64], scale: f64, lang: Lang) -> Layer<'a> {
    const SHOWN: f64 = 40.0;
    let spectrum = transform_real(x, 64);
    let last = spectrum.len() / 2;
    let mut shown: Vec<usize> = Vec::new();
    for k in 1..=last {
        let apart = shown.last().is_none_or(|before| k as f64 >= *before as f64 * 10f64.powf(1.0 / SHOWN));
        if apart {
            shown.push(k);
        }
    }
    let omega = |k: &usize| PI * *k as f64 / last as f64 * scale;
    let height = |k: &usize| spectrum.get(*k).map_or(f64::NAN, |z| z.norm());
    let name = Some(Rich::from(t("optimizer", "优化器").get(lang)));
    let (x, y): (Vec<f64>, Vec<f64>) = shown.iter().map(|k| (omega(k), height(k))).unzip();
    Layer::Points(Points { x: x.into(), y: y.into(), name, ink: Ink::Optimizer, marker: Marker::Disc, size: 0.9 })
}

fn ringing_caption(s: &Spectrum<'_>) -> String {
    let text = t(
        "Amplitude spectrum of the first {} iterates of the optimizer (discs) over the exact one of as many (line). {}",
        "优化器前 {} 个迭代点的振幅谱（圆点）与相同点数的精确谱（线）。{}",
    );
    let rings = match phase(s.mode.q, s.mode.beta) {
        Some(_) => t("Dashed: the ringing frequency of the poles.", "虚线：极点的振荡频率。"),
        None => t("The poles are real: nothing rings.", "极点为实数：没有振荡。"),
    };
    fill(text.get(s.lang), &[&transformed(s).len().to_string(), rings.get(s.lang)])
}
