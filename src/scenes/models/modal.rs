//! One eigenmode as a linear system: what the views of poles and responses start from.

use std::f64::consts::PI;

use crate::figure::{Axis, Figure, Ink, Layer, Panel, Rich, Text as Note, rich};
use crate::text::{Lang, Text, t};
use crate::theory::matrix::Complex;
use crate::theory::oscillator::{Exponents, Oscillator};
use crate::theory::regime::is_stable;
use crate::theory::{closed_loop, heavy_ball};

/// A mode of a one-step map and the machines that count as the same.
pub struct LinearMode {
    /// Symbol, e.g. `$λ_1$`.
    pub symbol: Rich,
    /// The same in plain characters, e.g. λ₁.
    pub name: String,
    /// Step × curvature: 1 + determinant − trace of the one-step map.
    pub q: f64,
    /// Momentum: the determinant of the one-step map.
    pub beta: f64,
    /// Its continuous twin.
    pub spring: Option<Oscillator>,
    /// q and β of the sampled joint that is its twin.
    pub joint: Option<(f64, f64)>,
    /// Seconds per iteration.
    pub h: f64,
}

impl LinearMode {
    /// Poles of the exact one-step map.
    pub fn poles(&self) -> [Complex<f64>; 2] {
        heavy_ball::poles(self.q, self.beta)
    }

    /// Poles of the continuous twin as its samples show them, z = e^{sh}.
    pub fn spring_poles(&self) -> Option<[Complex<f64>; 2]> {
        let sampled = |re: f64, im: f64| Complex::from_polar((re * self.h).exp(), im * self.h);
        let poles = match self.spring?.exponents() {
            Exponents::Real { slow, fast } => [sampled(slow, 0.0), sampled(fast, 0.0)],
            Exponents::Pair { re, im } => [sampled(re, im), sampled(re, -im)],
        };
        poles.iter().all(|z| z.is_finite()).then_some(poles)
    }

    /// Poles of the sampled joint.
    pub fn joint_poles(&self) -> Option<[Complex<f64>; 2]> {
        self.joint.map(|(q, beta)| heavy_ball::poles(q, beta)).filter(|poles| poles.iter().all(|z| z.is_finite()))
    }

    /// Whether the one-step map converges.
    pub fn is_stable(&self) -> bool {
        is_stable(self.q, self.beta)
    }

    /// The frequency (rad/step) at which its slowest pole turns or decays.
    pub fn corner(&self) -> f64 {
        let rate = |z: &Complex<f64>| if z.norm() > 0.0 { z.ln().norm() } else { f64::INFINITY };
        self.poles().iter().map(rate).fold(PI, f64::min)
    }
}

/// The axis of frequencies, logarithmic, and how many of its units are a radian per step: radians per
/// step, or radians per second where a step lasts `seconds`.
pub fn frequency(seconds: Option<f64>, lang: Lang) -> (Axis, f64) {
    let label = rich(t("frequency $ω$", "角频率 $ω$").get(lang));
    match seconds {
        Some(h) => (Axis::new(label, "rad/s").log(), 1.0 / h),
        None => (Axis::new(label, t("rad/step", "rad/步").get(lang)).log(), 1.0),
    }
}

/// Frequencies (rad/step) from `low` to half the sampling rate for the lines of a mode: evenly spaced
/// on a logarithmic axis, and close together where its poles ring.
pub fn band(mode: &LinearMode, low: f64) -> Vec<f64> {
    const POINTS: usize = 240;
    let mut all = log_spaced(low, PI, POINTS);
    if let Some(phi) = heavy_ball::phase(mode.q, mode.beta) {
        let width = heavy_ball::spectral_radius(mode.q, mode.beta).ln().abs();
        // Steps that grow like a sinh cover the peak and its flanks.
        all.extend((-30..=30).map(|k| phi + width * (0.15 * f64::from(k)).sinh()));
        all.extend(closed_loop::resonance(mode.q, mode.beta, 1.0).map(|(omega, _)| omega));
        all.retain(|omega| (low..=PI).contains(omega));
        all.sort_by(f64::total_cmp);
        all.dedup();
    }
    all
}

/// `count` values from `low` to `high`, evenly spaced in their logarithms.
pub fn log_spaced(low: f64, high: f64, count: usize) -> Vec<f64> {
    let last = count.max(2) - 1;
    let at = |i: usize| match i {
        0 => low,
        i if i == last => high,
        i => low * (high / low).powf(i as f64 / last as f64),
    };
    (0..=last).map(at).collect()
}

/// A figure of one empty panel, over axes with ranges, that says why there is nothing to show.
pub fn nothing<'a>(id: &'static str, title: Text, why: &str, x: Axis, y: Axis, lang: Lang) -> Figure<'a> {
    let middle = |axis: &Axis| {
        let [low, high] = axis.range.unwrap_or([0.0, 1.0]).map(|v| axis.scale.forward(v).unwrap_or(0.0));
        axis.scale.back(0.5 * (low + high))
    };
    let at = [middle(&x), middle(&y)];
    let mut panel = Panel::new("nothing", x, y);
    panel.layers.push(Layer::Text(Note { at, text: Rich::from(why), ink: Ink::Muted }));
    let caption = format!("{why}{}", t(".", "。").get(lang));
    Figure { id, title: Rich::from(title.get(lang)), columns: 1, caption, panels: vec![panel] }
}
