//! What becomes of white noise: in the buffer by its spectrum, in the parameter by its variance.

use std::sync::Arc;

use super::response::frequencies;
use super::{BAND, NOISY};
use crate::core::fields::{Signal, Tone, Wave};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Field, Observe, State, System, advance};
use crate::figure::{Dash, Handle, Ink, Layer, Marker, Panel, rich};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, decades, level, line, panel, points};
use crate::scenes::models::welch::Periodogram;
use crate::text::{Text, t};
use crate::theory::fluctuation::{momentum_variance_ratio, position_variance};
use crate::theory::signal::{ema_gain, ema_noise_gain};

/// Samples per segment of a periodogram, at most.
const SEGMENT: usize = 256;
/// Decades shown below the highest value of a spectrum.
const DECADES: i32 = 7;
/// Momenta at which an ensemble is run.
const MOMENTA: [f64; 6] = [0.0, 0.3, 0.6, 0.8, 0.9, 0.95];
/// Particles of an ensemble, and iterations over which its variance is averaged.
const PARTICLES: usize = 64;
const AVERAGED: u64 = 300;
/// Longest wait for an ensemble to settle.
const MOST: f64 = 2000.0;

/// Iterations until the buffer has forgotten that it began at rest.
pub fn settled(beta: f64) -> usize {
    if beta > 0.0 { ((1e-3f64).ln() / beta.ln()).ceil() as usize } else { 1 }
}

/// The periodogram of lane `i`'s noisy buffer.
fn periodogram(seen: &Seen<'_>, i: usize) -> Option<Periodogram> {
    let settled = settled(seen.get("beta"));
    let tail = seen.lane(i)?.column(NOISY).get(settled..)?;
    let segment = (tail.len() / 4).max(1);
    let segment = if segment.is_power_of_two() { segment } else { segment.next_power_of_two() / 2 };
    Periodogram::welch(tail, segment.min(SEGMENT)).filter(|p| p.segments > 1)
}

/// The autocovariance of lane `i`'s buffer: half a squared amplitude of wave, and the noise that is left.
fn autocovariance(seen: &Seen<'_>, i: usize, lag: u64) -> f64 {
    let (beta, omega, noise) = (seen.get("beta"), seen.get("omega"), seen.get("noise"));
    let wave = |gain: f64| 0.5 * gain * gain * (omega * lag as f64).cos();
    if i == super::RAW {
        return wave(1.0) + if lag == 0 { noise * noise } else { 0.0 };
    }
    let factor = if i == super::SUM { 1.0 / (1.0 - beta) } else { 1.0 };
    wave(factor * ema_gain(beta, omega)) + (factor * noise).powi(2) * ema_noise_gain(beta) * beta.powf(lag as f64)
}

/// The three lanes' spectra: expectation of the periodogram as a line, its bins as marks.
pub fn spectrum<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let y = axis(seen, t("spectral density", "谱密度"), seen.say(t("step/rad", "步/rad")));
    let mut out = panel("spectrum", frequencies(seen), y);
    let mut highest = f64::MIN_POSITIVE;
    let mut all = Vec::new();
    let mut lowest = BAND[1];
    let marks = [(Marker::Cross, Dash::DashDot), (Marker::Disc, Dash::Solid), (Marker::Ring, Dash::Dashed)];
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let measured = periodogram(seen, i);
        let (marker, dash) = marks[i % marks.len()];
        let segment = measured.as_ref().map_or(SEGMENT, |p| p.segment);
        let expected = Periodogram::expected(|lag| autocovariance(seen, i, lag), segment);
        let omega = |k: usize| std::f64::consts::TAU * k as f64 / segment as f64;
        let bins: Vec<usize> = (1..segment / 2).collect();
        let x: Vec<f64> = bins.iter().map(|k| omega(*k)).collect();
        let of = |list: &[f64]| bins.iter().filter_map(|k| list.get(*k)).copied().collect::<Vec<f64>>();
        let line_y = of(&expected);
        highest = line_y.iter().fold(highest, |high, y| high.max(*y));
        all.extend(&line_y);
        if let Some(p) = measured {
            out.layers.push(bins_shown(&x, &of(&p.density), lane.lane.ink, marker));
        }
        out.layers.push(line(x, line_y, Some(seen.say(lane.lane.name)), lane.lane.ink, dash));
        lowest = lowest.min(omega(1));
    }
    out.x = out.x.range(0.8 * lowest, BAND[1]);
    out.y = decades(out.y, highest * 10f64.powi(-DECADES), all);
    vec![out]
}

/// Bins evenly spread over a logarithmic axis.
fn bins_shown<'a>(x: &[f64], y: &[f64], ink: Ink, marker: Marker) -> Layer<'a> {
    let mut last = 0.0;
    let apart = |(x, _): &(&f64, &f64)| {
        let far = **x >= last * 1.08;
        last = if far { **x } else { last };
        far
    };
    let (x, y): (Vec<f64>, Vec<f64>) = x.iter().zip(y).filter(apart).map(|(x, y)| (*x, *y)).unzip();
    points(x, y, None, ink, marker)
}

pub fn spectrum_caption(seen: &Seen<'_>) -> String {
    let text = t(
        "Spectral density of the run (marks, Welch’s periodogram) and its expectation by theory, leakage included (lines). The average leaves the slow wave and {} of the noise’s variance; the sum is the same curve times {}.",
        "运行的谱密度（标记，Welch 周期图）与理论期望（含泄漏，线）。平均保留慢波，噪声方差只剩 {} 倍；求和是同一曲线乘以 {}。",
    );
    let beta = seen.get("beta");
    seen.tell(text, &[ema_noise_gain(beta), (1.0 - beta).powi(-2)])
}

/// Sums of squares of all positions after the transient.
struct Squares {
    settle: u64,
    sum: f64,
    count: f64,
}

impl Observe for Squares {
    fn observe(&mut self, _: &dyn Field, state: &State) {
        if state.step > self.settle {
            self.sum += state.q.iter().map(|q| q * q).sum::<f64>();
            self.count += state.q.len() as f64;
        }
    }
}

/// The variance of an ensemble of parameters in a bowl of curvature 1 under gradient noise of variance 1.
fn variance(eta: f64, beta: f64, seed: u64) -> f64 {
    let tone = Tone { wave: Wave::Level, amplitude: 0.0, noise: 1.0 };
    let system =
        System::new(Arc::new(Signal::new(&[tone], 1.0, seed)), heavy_ball(eta, beta, Convention::Displacement));
    let slowest = crate::theory::heavy_ball::spectral_radius(eta, beta);
    let settle = (0.03f64.ln() / slowest.ln()).ceil().clamp(1.0, MOST) as u64;
    let mut squares = Squares { settle, sum: 0.0, count: 0.0 };
    let mut state = State::at(&[0.0], &[], PARTICLES, seed, 0);
    advance(&system, &mut state, settle + AVERAGED, &mut squares);
    squares.sum / squares.count
}

/// Variances of ensembles over those of descent: at every momentum at equal effective step, then at equal
/// printed step.
fn ensembles<'a>(seen: &Seen<'a>) -> &'a [f64] {
    let (eta, seed) = (seen.get("eta"), seen.run.seed);
    seen.run.derived.column(("ensembles", MOMENTA.len(), eta.to_bits() ^ seed.rotate_left(17)), || {
        let alone = variance(eta, 0.0, seed);
        let equal = MOMENTA.iter().map(|beta| variance(eta * (1.0 - beta), *beta, seed ^ 1) / alone);
        equal.chain(MOMENTA.iter().map(|beta| variance(eta, *beta, seed ^ 2) / alone)).collect()
    })
}

/// The measured share of descent's variance that is left with the present momentum at equal effective step.
pub fn left(seen: &Seen<'_>) -> Option<f64> {
    let (eta, beta, seed) = (seen.get("eta"), seen.get("beta"), seen.run.seed);
    let key = ("left", 0, eta.to_bits() ^ beta.to_bits().rotate_left(7) ^ seed.rotate_left(17));
    let [with, alone] =
        seen.run.derived.pair(key, || [variance(eta * (1.0 - beta), beta, seed ^ 1), variance(eta, 0.0, seed)]);
    Some(with / alone).filter(|ratio| ratio.is_finite())
}

/// Name, hand and function of β of a curve.
type Curve<'a> = (Text, Ink, Dash, &'a dyn Fn(f64) -> f64);

/// How much noise reaches the parameter, over the momentum: at equal effective and at equal printed step,
/// beside what is left of it in the buffer.
pub fn parameter<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let eta = seen.get("eta");
    let x = axis(seen, t("momentum $β$", "动量系数 $β$"), "").range(0.0, 1.0);
    let y = axis(seen, t("noise variance over descent’s", "噪声方差比（相对梯度下降）"), "");
    let mut out = panel("variance", x, y.log());
    let betas: Vec<f64> = (0..=196).map(|i| 0.005 * f64::from(i)).collect();
    let printed = |beta: f64| position_variance(eta, beta, 1.0, 1.0) / position_variance(eta, 0.0, 1.0, 1.0);
    let curves: [Curve<'_>; 3] = [
        (t("parameter, equal $η$", "参数，相同 $η$"), Ink::Controller, Dash::Dashed, &printed),
        (
            t("parameter, equal $η/(1 − β)$", "参数，相同 $η/(1 − β)$"),
            Ink::Optimizer,
            Dash::Solid,
            &|beta| momentum_variance_ratio(eta, beta, 1.0),
        ),
        (t("average in the buffer", "缓冲中的平均"), Ink::Muted, Dash::Dotted, &ema_noise_gain),
    ];
    for (name, ink, dash, of) in curves {
        let y: Vec<f64> = betas.iter().map(|beta| of(*beta)).collect();
        out.layers.push(line(betas.clone(), y, Some(seen.say(name)), ink, dash));
    }
    let (equal, same) = ensembles(seen).split_at(MOMENTA.len());
    out.layers.push(points(MOMENTA.to_vec(), same.to_vec(), None, Ink::Controller, Marker::Ring));
    out.layers.push(points(MOMENTA.to_vec(), equal.to_vec(), None, Ink::Optimizer, Marker::Disc));
    out.layers.push(level(1.0, Ink::Faint, Dash::Solid));
    out.y = out.y.range(0.008, 120.0);
    let beta = seen.get("beta");
    out.handles.push(Handle {
        id: "beta,-".into(),
        at: [beta, momentum_variance_ratio(eta, beta, 1.0)],
        ink: Ink::Text,
        label: rich("$β$"),
        name: seen.say(t("momentum", "动量系数")).to_owned(),
    });
    vec![out]
}

pub fn parameter_caption(seen: &Seen<'_>) -> String {
    let text = t(
        "Stationary variance of the parameter in a bowl of curvature 1 under gradient noise, relative to descent with η = {}: theory (lines) and ensembles run through the core (marks). At equal printed step momentum makes it noisier, at equal effective step it leaves {} of it, whatever the buffer loses.",
        "曲率为 1 的碗中，梯度噪声下参数的平稳方差（相对 η = {} 的梯度下降）：理论（线）与核心运行的系综（标记）。标称步长相同时动量使其更大；等效步长相同时仍保留 {} 倍，无论缓冲滤掉多少。",
    );
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    seen.tell(text, &[eta, momentum_variance_ratio(eta, beta, 1.0)])
}
