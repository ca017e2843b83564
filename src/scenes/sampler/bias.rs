//! What every scheme makes of the harmonic well at the present step and friction: measured on ensembles
//! of its own, beside the closed form.

use super::draw::{extent, level, said, widened};
use super::method::{Method, Readings};
use super::setting::Setting;
use crate::core::fields::Quadratic;
use crate::core::{Noise, State, System, advance};
use crate::figure::{
    Axis, Dash, ErrorBars, Figure, Ink, Layer, Marker, Panel, Points, Text as Label, Tick, Weight, rich,
};
use crate::scenes::models::kept::Kept;
use crate::scenes::{Lens, Run, View};
use crate::text::t;
use std::sync::Arc;

/// Particles of each ensemble, independent of one another.
const N: usize = 256;
/// Iterations left out, and iterations that count; HMC makes fewer of its long ones.
const STEPS: [u64; 2] = [100, 500];
/// The number of the draw that makes the start; no method makes so many in a step.
const START: u32 = 201;

/// A mean over independent particles with its standard error, in units of T.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// k var x/T.
    pub position: [f64; 2],
    /// m var v/T; NaN without a velocity.
    pub kinetic: [f64; 2],
}

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let exact = exact(at);
    let measured = if run.is_complete() { measured(at, run.seed) } else { Vec::new() };
    let position = panel(
        "position",
        rich(t("position, $k$ var $x$ / $T$", "位置，$k$ var $x$ / $T$").get(view.lang)),
        exact.iter().map(|r| r.map_or(f64::NAN, |r| r.position)).collect(),
        measured.iter().map(|m| m.position).collect(),
        view,
    );
    let mut kinetic = panel(
        "kinetic",
        rich(t("velocity, $m$ var $v$ / $T$", "速度，$m$ var $v$ / $T$").get(view.lang)),
        exact.iter().map(|r| r.map_or(f64::NAN, |r| r.kinetic)).collect(),
        measured.iter().map(|m| m.kinetic).collect(),
        view,
    );
    kinetic.below = true;
    kinetic.legend = false;
    let text = t(
        "Stationary variances of every scheme on the harmonic well of stiffness k, at the present step, friction and noise, in units of the temperature that is wanted. Rings: closed form; bars: measured on 256 independent particles each, with 95 % intervals from their spread. A scheme without a mark has no stationary state here, or no velocity.",
        "各格式在劲度为 k 的谐振势上、按当前步长、摩擦与噪声的平稳方差，以所需温度为单位。圆圈：闭式解；误差棒：各用 256 个独立粒子测得，95 % 区间由粒子间差异求得。没有标记者在此无平稳态或没有速度。",
    );
    Figure {
        id: "bias",
        title: said(t("Bias of every scheme on the harmonic well", "各格式在谐振势上的偏差"), view),
        columns: 1,
        caption: text.get(view.lang).into(),
        panels: vec![position, kinetic],
    }
}

/// Closed forms of every method over T, with the noise there is.
pub fn exact(at: &Setting<'_>) -> Vec<Option<Readings>> {
    Method::ALL.iter().map(|m| m.readings(at, at.get("stiffness"), 1.0 + at.get("mismatch"))).collect()
}

/// Ensembles of every method; NaN where one has no stationary state.
pub fn measured(at: &Setting<'_>, seed: u64) -> Vec<Measured> {
    static KEPT: Kept<Vec<Measured>> = Kept::new();
    let ids = ["h", "gamma", "mismatch", "stiffness", "leaps"];
    let key: Vec<f64> = ids.iter().map(|id| at.get(id)).chain([f64::from_bits(seed)]).collect();
    KEPT.get(&key, || Method::ALL.iter().map(|m| ensemble(at, *m, seed)).collect())
}

/// The time averages of independent particles, started from the exact law at T = 1.
fn ensemble(at: &Setting<'_>, method: Method, seed: u64) -> Measured {
    let none = [f64::NAN; 2];
    let k = at.get("stiffness");
    let hot = 1.0 + at.get("mismatch");
    if method.readings(at, k, hot).is_none() {
        return Measured { position: none, kinetic: none };
    }
    let system = System { field: Arc::new(Quadratic::diagonal(&[k])), stepper: method.stepper(at, hot) };
    let unit = method.speed(at.get("h"));
    let mut state = State::at(&[0.0], &[0.0], N, seed, Lens::Sampler as u32);
    let noise = Noise::new(seed, Lens::Sampler as u32);
    noise.add(&mut state.q, N, (1.0 / k).sqrt(), 0, START);
    if method.has_inertia() {
        noise.add(&mut state.v, N, 1.0 / unit, 0, START + 1);
    }
    let share = if method == Method::Hmc { at.get("leaps").max(1.0) as u64 } else { 1 };
    let [left, kept] = STEPS.map(|s| (s / share).max(10));
    advance(&system, &mut state, left, &mut ());
    let (mut x2, mut v2) = (vec![0.0; N], vec![0.0; N]);
    for _ in 0..kept {
        advance(&system, &mut state, 1, &mut ());
        for p in 0..N {
            x2[p] += k * state.q[p] * state.q[p] / kept as f64;
            v2[p] += unit * unit * state.v[p] * state.v[p] / kept as f64;
        }
    }
    Measured { position: mean(&x2), kinetic: if method.has_inertia() { mean(&v2) } else { none } }
}

/// Mean and standard error of independent numbers.
fn mean(x: &[f64]) -> [f64; 2] {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    [mean, (variance / n).sqrt()]
}

fn panel<'a>(
    id: &'static str,
    label: crate::figure::Rich,
    exact: Vec<f64>,
    measured: Vec<[f64; 2]>,
    view: View,
) -> Panel<'a> {
    let place = |i: usize| (i + 1) as f64;
    let ends = [0.4, Method::ALL.len() as f64 + 0.6];
    let mut x = Axis::new(said(t("scheme", "格式"), view), "").range(ends[0], ends[1]);
    x.marks = Method::ALL.iter().enumerate().map(|(i, m)| Tick { at: place(i), label: said(m.name(), view) }).collect();
    let interval = |m: &[f64; 2]| [m[0] - 1.96 * m[1], m[0] + 1.96 * m[1]];
    let seen = exact.iter().copied().chain(measured.iter().flat_map(interval)).chain([1.0]);
    let [low, high] = widened(extent(seen.filter(|y| *y < 20.0)), 0.12);
    let mut panel = Panel::new(id, x, Axis::new(label, "").range(low, high));
    let wanted = said(t("exact at T", "温度 T 的精确值"), view);
    panel.layers.push(level(ends, 1.0, wanted, Ink::Muted, Dash::Solid));
    let known: Vec<usize> = (0..measured.len()).filter(|i| measured[*i][0].is_finite()).collect();
    let column = |pick: &dyn Fn(usize) -> f64| -> Vec<f64> { known.iter().map(|i| pick(*i)).collect() };
    if !known.is_empty() {
        panel.layers.push(Layer::ErrorBars(ErrorBars {
            x: column(&place).into(),
            y: column(&|i| measured[i][0]).into(),
            low: column(&|i| interval(&measured[i])[0]).into(),
            high: column(&|i| interval(&measured[i])[1]).into(),
            along_x: false,
            marker: Some(Marker::Disc),
            name: Some(said(t("measured, 95 %", "测量，95 %"), view)),
            ink: Ink::Sampler,
            weight: Weight::Normal,
        }));
    } else {
        let say = said(t("measured when the run is complete", "运行完成后测量"), view);
        panel.layers.push(Layer::Text(Label { at: [4.5, high - 0.08 * (high - low)], text: say, ink: Ink::Muted }));
    }
    let rings: Vec<usize> = (0..exact.len()).filter(|i| exact[*i].is_finite()).collect();
    panel.layers.push(Layer::Points(Points {
        x: rings.iter().map(|i| place(*i)).collect::<Vec<_>>().into(),
        y: rings.iter().map(|i| exact[*i]).collect::<Vec<_>>().into(),
        name: Some(said(t("closed form", "闭式解"), view)),
        ink: Ink::Text,
        marker: Marker::Ring,
        size: 1.8,
    }));
    panel
}
