//! HMC on energy shells: proposals as leapfrog paths over level lines, their energy error, acceptance.

use std::sync::Arc;

use super::draw::{extent, line, position, reach, said, widened};
use super::landscape::potential;
use super::setting::Setting;
use crate::core::fields::Quadratic;
use crate::core::methods::{Hmc, leapfrog};
use crate::core::{Field, Noise, Observe, Probe, State, System, Trace, advance};
use crate::figure::{
    Axis, Contours, Dash, Figure, Ink, Layer, Marker, Panel, Points, Rule, Text as Label, Weight, rich,
};
use crate::scenes::models::kept::Kept;
use crate::scenes::{Lens, Run, View};
use crate::text::{fill, t};
use crate::theory::sampler::hmc_gaussian;

/// Proposals that are drawn.
const DRAWN: usize = 6;
/// Particles and proposals of a measured point.
const N: [usize; 2] = [400, 3];
/// Steps hω at which it is measured.
const STEPS: [f64; 10] = [0.1, 0.2, 0.35, 0.55, 0.8, 1.1, 1.4, 1.6, 1.8, 1.93];
/// The number of the draw that makes the start; no method makes so many in a step.
const START: u32 = 201;

/// One leapfrog path from its start to the state it proposes.
struct Proposal {
    x: Vec<f64>,
    v: Vec<f64>,
    accepted: bool,
}

/// What HMC measures at one step hω.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Step times frequency.
    pub step: f64,
    /// Share of proposals accepted.
    pub acceptance: f64,
    /// Root mean square of the energy error over T.
    pub error: f64,
}

/// The figure.
pub fn figure<'a>(at: &Setting<'_>, run: &'a Run, view: View) -> Figure<'a> {
    let leaps = at.get("leaps") as u32;
    let measured = if run.is_complete() { measured(leaps, run.seed) } else { Vec::new() };
    let text = t(
        "Left: proposals of HMC with the present step and {} leapfrog steps from the start of the run, over level lines of U + ½v²; dashed ones were refused and the old position counts again. Right, on a harmonic well: acceptance and energy error against hω, closed form and measured; at hω = 2 leapfrog breaks, which is the wall ηλ = 4 of heavy ball at β = 1.",
        "左：HMC 以当前步长与 {} 步蛙跳从运行起点作出的提议，叠在 U + ½v² 的等值线上；虚线者被拒绝，旧位置再计一次。右（谐振势）：接受率与能量误差随 hω 的变化，闭式解与测量值；hω = 2 处蛙跳失稳，即 β = 1 时重球法的边界 ηλ = 4。",
    );
    let mut errors = energy_error(leaps, &measured, view);
    errors.below = true;
    let paths = if at.dim() == 1 { vec![paths(at, run, view)] } else { Vec::new() };
    Figure {
        id: "shells",
        title: said(t("HMC on energy shells", "能量壳上的 HMC"), view),
        columns: 2,
        caption: fill(text.get(view.lang), &[&leaps.to_string()]),
        panels: paths.into_iter().chain([acceptance(leaps, &measured, view), errors]).collect(),
    }
}

/// Proposals of one particle, each leapt again from the state it left behind: backwards where it was
/// accepted, because leapfrog runs back on its own path; forwards with the velocity turned where not.
fn proposals(at: &Setting<'_>, seed: u64) -> Vec<Proposal> {
    let (h, leaps) = (at.get("h"), at.get("leaps") as u32);
    let temperature = if at.temperature() > 0.0 { at.temperature() } else { 1.0 };
    let field = at.landscape().field(at);
    let chain = System::new(field.clone(), Hmc::new(1.0, h, leaps, temperature));
    let mut state = State::at(&at.start(), &[], 1, seed, Lens::Sampler as u32);
    let mut out = Vec::new();
    for _ in 0..DRAWN {
        let before = state.stats.accepted;
        advance(&chain, &mut state, 1, &mut ());
        let accepted = state.stats.accepted > before;
        out.push(leap(field.clone(), &state, h, leaps, accepted));
    }
    out
}

fn leap(field: Arc<dyn Field>, end: &State, h: f64, leaps: u32, accepted: bool) -> Proposal {
    let probes = [Probe::Position(0), Probe::Velocity(0)];
    let mut state = State::at(&end.q, &[-end.v.first().copied().unwrap_or(0.0)], 1, 0, 0);
    let mut trace = Trace::new(&probes, leaps as usize + 1);
    trace.observe(&*field, &state);
    advance(&System::new(field, leapfrog(1.0, h)), &mut state, u64::from(leaps), &mut trace);
    let sign = if accepted { -1.0 } else { 1.0 };
    let x = trace.column(probes[0]).to_vec();
    let v = trace.column(probes[1]).iter().map(|v| sign * v).collect();
    Proposal { x, v, accepted }
}

fn paths<'a>(at: &Setting<'_>, run: &Run, view: View) -> Panel<'a> {
    let all = proposals(at, run.seed);
    let x = reach(at, run, 0);
    let far = 6.0 * (at.temperature() + 1.0).sqrt();
    let speeds = all.iter().flat_map(|p| p.v.iter().copied()).filter(|v| v.abs() < far);
    let y = widened(extent(speeds), 0.1);
    let y = [y[0].min(-0.5), y[1].max(0.5)];
    let velocity = Axis::new(said(t("velocity $v$", "速度 $v$"), view), "a.u./s").range(y[0], y[1]);
    let mut panel = Panel::new("paths", position(0, view).range(x[0], x[1]), velocity);
    panel.layers.push(shells(at, x, y, &all));
    for proposal in all {
        let (ink, dash) = if proposal.accepted { (Ink::Sampler, Dash::Solid) } else { (Ink::Danger, Dash::Dashed) };
        let ends: Vec<[f64; 2]> =
            [proposal.x.first().zip(proposal.v.first()), proposal.x.last().zip(proposal.v.last())]
                .into_iter()
                .flatten()
                .map(|(x, v)| [*x, *v])
                .collect();
        panel.layers.push(line(proposal.x, proposal.v, None, (ink, dash, Weight::Normal)));
        panel.layers.push(Layer::Points(Points {
            x: ends.iter().map(|e| e[0]).collect::<Vec<_>>().into(),
            y: ends.iter().map(|e| e[1]).collect::<Vec<_>>().into(),
            name: None,
            ink,
            marker: Marker::Disc,
            size: 0.9,
        }));
    }
    panel
}

/// Level lines of the energy through the starts of the proposals.
fn shells<'a>(at: &Setting<'_>, x: [f64; 2], y: [f64; 2], all: &[Proposal]) -> Layer<'a> {
    const SIDE: usize = 101;
    let along = |[low, high]: [f64; 2], i: usize| low + (high - low) * i as f64 / (SIDE - 1) as f64;
    let field = at.landscape().field(at);
    let nodes: Vec<f64> = (0..SIDE).map(|i| along(x, i)).collect();
    let u = potential(&*field, &[&nodes]);
    let values: Vec<f64> = (0..SIDE * SIDE).map(|i| u[i % SIDE] + 0.5 * along(y, i / SIDE).powi(2)).collect();
    let start = |p: &Proposal| {
        let (x, v) = if p.accepted { (p.x.last()?, p.v.last()?) } else { (p.x.first()?, p.v.first()?) };
        let height = *potential(&*field, &[&[*x]]).first()? + 0.5 * v * v;
        height.is_finite().then_some(height)
    };
    let mut levels: Vec<f64> = all.iter().filter_map(start).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    Layer::Contours(Contours {
        x,
        y,
        nx: SIDE,
        values: values.into(),
        levels,
        labels: false,
        name: None,
        ink: Ink::Muted,
        dash: Dash::Dotted,
        weight: Weight::Thin,
    })
}

/// Acceptance and energy error on a bowl with ω = 1 and T = 1, from the exact law, at every step.
pub fn measured(leaps: u32, seed: u64) -> Vec<Measured> {
    static KEPT: Kept<Vec<Measured>> = Kept::new();
    KEPT.get(&[f64::from(leaps), f64::from_bits(seed)], || {
        STEPS.iter().map(|step| proposals_at(*step, leaps, seed)).collect()
    })
}

fn proposals_at(step: f64, leaps: u32, seed: u64) -> Measured {
    let [n, count] = N;
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), Hmc::new(1.0, step, leaps, 1.0));
    let mut state = State::at(&[0.0], &[], n, seed, Lens::Sampler as u32);
    Noise::new(seed, Lens::Sampler as u32).add(&mut state.q, n, 1.0, 0, START);
    let mut square = 0.0;
    for _ in 0..count {
        advance(&system, &mut state, 1, &mut ());
        // Slots 3 and 4 hold the energies of start and end.
        if let [.., start, end] = &state.slots[..] {
            square += start.iter().zip(end).take(n).map(|(a, b)| (b - a) * (b - a)).sum::<f64>();
        }
    }
    let stats = state.stats;
    Measured {
        step,
        acceptance: stats.accepted as f64 / stats.proposed.max(1) as f64,
        error: (square / (n * count) as f64).sqrt(),
    }
}

/// Steps hω at which a closed form is drawn, denser towards the wall.
fn grid() -> impl Iterator<Item = f64> {
    (1..400).map(|i| 2.0 * (std::f64::consts::FRAC_PI_2 * f64::from(i) / 400.0).sin())
}

fn exact<'a>(leaps: u32, of: impl Fn(crate::theory::sampler::HmcGaussian) -> f64, view: View) -> Layer<'a> {
    let points = grid().filter_map(|w| Some((w, of(hmc_gaussian(1.0, 1.0, w, u64::from(leaps))?))));
    let (x, y): (Vec<f64>, Vec<f64>) = points.unzip();
    line(x, y, Some(said(t("closed form", "闭式解"), view)), (Ink::Text, Dash::Solid, Weight::Normal))
}

fn points<'a>(measured: &[Measured], of: impl Fn(&Measured) -> f64, view: View) -> Layer<'a> {
    Layer::Points(Points {
        x: measured.iter().map(|m| m.step).collect::<Vec<_>>().into(),
        y: measured.iter().map(of).collect::<Vec<_>>().into(),
        name: Some(said(t("measured", "测量"), view)),
        ink: Ink::Sampler,
        marker: Marker::Disc,
        size: 1.4,
    })
}

fn acceptance<'a>(leaps: u32, measured: &[Measured], view: View) -> Panel<'a> {
    let step = Axis::new(rich(t("step $hω$", "步长 $hω$").get(view.lang)), "").range(0.0, 2.2);
    let mut panel =
        Panel::new("acceptance", step, Axis::new(said(t("acceptance", "接受率"), view), "").range(0.0, 1.05));
    panel.layers.push(Layer::Rule(Rule::X(2.0, Ink::Danger, Dash::Dashed)));
    panel.layers.push(exact(leaps, |e| e.acceptance, view));
    if measured.is_empty() {
        let say = said(t("measured when the run is complete", "运行完成后测量"), view);
        panel.layers.push(Layer::Text(Label { at: [1.0, 0.2], text: say, ink: Ink::Muted }));
    } else {
        panel.layers.push(points(measured, |m| m.acceptance, view));
    }
    panel
}

fn energy_error<'a>(leaps: u32, measured: &[Measured], view: View) -> Panel<'a> {
    let step = Axis::new(rich(t("step $hω$", "步长 $hω$").get(view.lang)), "").log().range(0.05, 2.2);
    let label = rich(t("rms $ΔH / T$", "$ΔH / T$ 均方根").get(view.lang));
    let mut panel = Panel::new("energy-error", step, Axis::new(label, "").log().range(1e-5, 100.0));
    panel.legend = false;
    panel.layers.push(Layer::Rule(Rule::X(2.0, Ink::Danger, Dash::Dashed)));
    let slope: Vec<f64> = [0.05f64, 2.0].iter().map(|w| w * w).collect();
    panel.layers.push(line(vec![0.05, 2.0], slope, None, (Ink::Muted, Dash::Dotted, Weight::Thin)));
    panel.layers.push(exact(leaps, |e| e.rms_energy_error(), view));
    if !measured.is_empty() {
        panel.layers.push(points(measured, |m| m.error, view));
    }
    panel
}
