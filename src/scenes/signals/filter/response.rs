//! Frequency responses: the buffer alone, and the loop it closes around a bowl.

use std::sync::Arc;

use super::{BAND, band};
use crate::core::fields::{Signal, Tone, Wave};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Field, Observe, State, System, advance};
use crate::figure::{Axis, Dash, Handle, Ink, Marker, Panel, rich};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, level, line, panel, points, spanning, upright};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
use crate::theory::matrix::Complex;
use crate::theory::signal::{ema_cutoff, ema_gain_db, ema_group_delay, ema_phase, sum_gain, sum_unit_gain};

/// Frequencies at which the core is driven.
pub(super) const DRIVEN: usize = 12;
/// What is left of a transient when measuring begins.
const LEFT: f64 = 1e-12;
/// Iterations over which an answer is fitted.
const FITTED: u64 = 64;
/// Share by which two frequencies differ whose phases give a delay.
const APART: f64 = 0.01;

/// The measured answer of the buffer at one frequency.
pub struct Point {
    /// Frequency (rad/step).
    pub omega: f64,
    /// Gain (1).
    pub gain: f64,
    /// Phase (rad).
    pub phase: f64,
    /// Group delay (steps).
    pub delay: f64,
}

/// Normal equations of `v_n = a cos ω(n − 1) + b sin ω(n − 1)` for every coordinate: the buffer after
/// step n has taken in the gradient of iteration n − 1.
struct Fit {
    settle: u64,
    omegas: Vec<f64>,
    sums: Vec<[f64; 5]>,
}

impl Observe for Fit {
    fn observe(&mut self, _: &dyn Field, state: &State) {
        if state.step <= self.settle {
            return;
        }
        let n = (state.step - 1) as f64;
        for ((sums, omega), v) in self.sums.iter_mut().zip(&self.omegas).zip(&state.v) {
            let (c, s) = (libm::cos(omega * n), libm::sin(omega * n));
            for (sum, term) in sums.iter_mut().zip([c * c, c * s, s * s, c * v, s * v]) {
                *sum += term;
            }
        }
    }
}

impl Fit {
    /// The complex gain of every coordinate.
    fn gains(&self) -> Vec<Complex<f64>> {
        let solve = |[cc, cs, ss, cv, sv]: &[f64; 5]| {
            let det = cc * ss - cs * cs;
            Complex::new((cv * ss - sv * cs) / det, -(sv * cc - cv * cs) / det)
        };
        self.sums.iter().map(solve).collect()
    }
}

/// The buffer of the core, as a moving average or as a `sum`, driven by a cosine at each of `omegas`.
pub fn driven(beta: f64, omegas: &[f64], sum: bool) -> Vec<Point> {
    let both = omegas.iter().flat_map(|omega| [omega * (1.0 - APART), *omega, omega * (1.0 + APART)]);
    let omegas: Vec<f64> = both.collect();
    let tones: Vec<Tone> =
        omegas.iter().map(|omega| Tone { wave: Wave::Cosine(*omega), amplitude: 1.0, noise: 0.0 }).collect();
    let convention = if sum { Convention::Accumulating } else { Convention::MovingAverage };
    let system = System::new(Arc::new(Signal::new(&tones, 0.0, 0)), heavy_ball(1.0, beta, convention));
    let settle = if beta > 0.0 { (LEFT.ln() / beta.ln()).ceil() as u64 } else { 0 };
    let mut fit = Fit { settle, sums: vec![[0.0; 5]; omegas.len()], omegas };
    let mut state = State::at(&vec![0.0; tones.len()], &[], 1, 0, 0);
    advance(&system, &mut state, settle + FITTED, &mut fit);
    let gains = fit.gains();
    let triples = fit.omegas.chunks_exact(3).zip(gains.chunks_exact(3));
    let point = |(omega, gain): (&[f64], &[Complex<f64>])| {
        // The quotient turns by the phase between the two, which is never a whole turn.
        let turn = (gain[2] / gain[0]).arg();
        Point { omega: omega[1], gain: gain[1].norm(), phase: gain[1].arg(), delay: -turn / (omega[2] - omega[0]) }
    };
    triples.map(point).collect()
}

/// The measured delay (steps) of a wave of ten thousand steps.
pub fn slow_delay(beta: f64) -> Option<f64> {
    driven(beta, &[std::f64::consts::TAU * 1e-4], false).first().map(|point| point.delay)
}

/// Measured points of the average, kept with the run: frequency, gain, phase, delay in turn.
fn measured<'a>(seen: &Seen<'a>, sum: bool) -> [Vec<f64>; 4] {
    let beta = seen.get("beta");
    let kept: &'a [f64] = seen.run.derived.column(("driven", usize::from(sum), beta.to_bits()), || {
        let wanted = log_spaced(1.5 * BAND[0], 0.95 * BAND[1], DRIVEN);
        driven(beta, &wanted, sum).iter().flat_map(|p| [p.omega, p.gain, p.phase, p.delay]).collect()
    });
    [0, 1, 2, 3].map(|k| kept.iter().skip(k).step_by(4).copied().collect())
}

/// An axis of frequencies.
pub fn frequencies(seen: &Seen<'_>) -> Axis {
    axis(seen, t("frequency $ω$", "频率 $ω$"), seen.say(t("rad/step", "rad/步"))).log().range(BAND[0], BAND[1])
}

pub(super) fn decibels(gain: f64) -> f64 {
    20.0 * gain.log10()
}

pub fn bode<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (mut phase, mut delay) = (phase(seen), delay(seen));
    (phase.below, delay.below) = (true, true);
    vec![magnitude(seen), phase, delay]
}

fn magnitude<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let (beta, omegas) = (seen.get("beta"), band());
    let mut out = panel("magnitude", frequencies(seen), axis(seen, t("gain", "增益"), "dB"));
    let average: Vec<f64> = omegas.iter().map(|w| ema_gain_db(beta, *w)).collect();
    let sum: Vec<f64> = omegas.iter().map(|w| decibels(sum_gain(beta, *w))).collect();
    out.y = spanning(out.y, average.iter().chain(&sum).copied().chain([-6.0, 6.0]));
    out.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    out.layers.push(line(omegas.clone(), sum, Some(seen.say(t("sum", "求和"))), Ink::Controller, Dash::Dashed));
    out.layers.push(line(omegas, average, Some(seen.say(t("average", "平均"))), Ink::Optimizer, Dash::Solid));
    for (sum, ink, marker) in [(true, Ink::Controller, Marker::Ring), (false, Ink::Optimizer, Marker::Disc)] {
        let [omega, gain, ..] = measured(seen, sum);
        let name = seen.say(if sum {
            t("sum, driven", "求和，驱动测量")
        } else {
            t("average, driven", "平均，驱动测量")
        });
        out.layers.push(points(omega, gain.into_iter().map(decibels).collect::<Vec<_>>(), Some(name), ink, marker));
    }
    if let Some(omega) = ema_cutoff(beta).filter(|w| *w > BAND[0]) {
        out.layers.push(upright(omega, Ink::Muted, Dash::Dotted));
        let text = format!("−3 dB: {}", show_number(omega));
        out.layers.push(callout([omega, ema_gain_db(beta, omega)], &text, Ink::Optimizer));
    }
    let omega = seen.get("omega");
    out.handles.push(Handle {
        id: "omega,-".into(),
        at: [omega.clamp(BAND[0], BAND[1]), ema_gain_db(beta, omega)],
        ink: Ink::Text,
        label: rich("$ω$"),
        name: seen.say(t("frequency of the wave", "波的频率")).to_owned(),
    });
    out
}

fn phase<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let (beta, omegas) = (seen.get("beta"), band());
    let exact: Vec<f64> = omegas.iter().map(|w| ema_phase(beta, *w).to_degrees()).collect();
    let [omega, _, turned, _] = measured(seen, false);
    let turned: Vec<f64> = turned.into_iter().map(f64::to_degrees).collect();
    let mut out = panel("phase", frequencies(seen), axis(seen, t("phase", "相位"), "°"));
    out.y = spanning(out.y, exact.iter().copied().chain([-10.0, 2.0]));
    out.layers.push(line(omegas, exact, None, Ink::Optimizer, Dash::Solid));
    out.layers.push(points(omega, turned, None, Ink::Optimizer, Marker::Disc));
    out
}

fn delay<'a>(seen: &Seen<'a>) -> Panel<'a> {
    let (beta, omegas) = (seen.get("beta"), band());
    let exact: Vec<f64> = omegas.iter().map(|w| ema_group_delay(beta, *w)).collect();
    let [omega, _, _, late] = measured(seen, false);
    let mut out = panel("delay", frequencies(seen), axis(seen, t("group delay", "群延迟"), seen.say(t("steps", "步"))));
    out.y = spanning(out.y, exact.iter().copied().chain([-0.5, 0.5]));
    out.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    out.layers.push(line(omegas, exact, None, Ink::Optimizer, Dash::Solid));
    out.layers.push(points(omega, late, None, Ink::Optimizer, Marker::Disc));
    out
}

pub fn caption(seen: &Seen<'_>) -> String {
    let beta = seen.get("beta");
    let lines = t(
        "The buffer's transfer function (lines) and the core driven by single cosines (marks): the average is the low-pass (1 − β)/(1 − βz⁻¹); the sum has the same shape {} dB higher and amplifies everything slower than {} rad/step. Phase and delay are the same for both. The mark can be dragged.",
        "缓冲的传递函数（线）与以单一余弦驱动核心的测量（标记）：平均是低通 (1 − β)/(1 − βz⁻¹)；求和形状相同，但高 {} dB，放大一切慢于 {} rad/step 的信号。两者的相位与延迟相同。标记可拖动。",
    );
    seen.tell(lines, &[decibels(1.0 / (1.0 - beta)), sum_unit_gain(beta)])
}
