//! The methods, the weight whose gradient is rare, and short runs that measure one gap.

use std::sync::Arc;

use super::{RANDOM, RARE, SLOPE};
use crate::core::fields::{Arrival, Quadratic, Rare, Slope};
use crate::core::methods::{self, AdaGrad, Adam, Convention, SparseAdam, SparseMomentum, heavy_ball};
use crate::core::{Field, Probe, State, Stepper, System, advance};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::exhibit::lanes::driven;
use crate::scenes::{Lane, Seen};
use crate::text::{Text, t};
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::sparse::{Idle, stale_drift};

/// The lanes by their places: three kinds of momentum, three methods that adapt.
pub const DENSE: usize = 0;
pub const WAITING: usize = 1;
pub const ADAM: usize = 3;
pub const LAZY_ADAM: usize = 4;
pub const MOMENTA: std::ops::Range<usize> = 0..3;
pub const ADAPTIVE: std::ops::Range<usize> = 3..6;
/// What the momenta do between gradients, as theory calls it.
pub const IDLE: [Idle; 3] = [Idle::Coasts, Idle::Waits, Idle::Fades];
pub const NAMES: [Text; 6] = [
    t("dense", "稠密"),
    t("lazy, waiting", "惰性，等待"),
    t("lazy, fading", "惰性，淡出"),
    t("Adam", "Adam"),
    t("lazy Adam", "惰性 Adam"),
    t("AdaGrad", "AdaGrad"),
];
pub const INKS: [Ink; 6] = [Ink::Optimizer, Ink::Spring, Ink::Controller, Ink::Sampler, Ink::Amber, Ink::Text];
const EPS: f64 = 1e-8;

/// Momentum number `i`.
pub fn momentum(i: usize, eta: f64, beta: f64) -> Arc<dyn Stepper> {
    match i {
        DENSE => Arc::new(heavy_ball(eta, beta, Convention::Displacement)),
        WAITING => Arc::new(SparseMomentum { eta, beta, idle: methods::Idle::Kept }),
        _ => Arc::new(SparseMomentum { eta, beta, idle: methods::Idle::Fading }),
    }
}

/// The method of lane `i`.
pub fn stepper(i: usize, values: &Values) -> Arc<dyn Stepper> {
    let [eta, beta, lr, beta2] = ["eta", "beta", "alpha", "beta2"].map(|id| values.get(id));
    match i {
        ADAM => Arc::new(Adam::new(lr, beta, beta2, EPS)),
        LAZY_ADAM => Arc::new(SparseAdam { lr, beta1: beta, beta2, eps: EPS }),
        5 => Arc::new(AdaGrad::new(lr, 0.0, 0.0, EPS)),
        _ => momentum(i, eta, beta),
    }
}

/// When the gradient of the rare weight comes.
pub fn arrival(values: &Values, seed: u64) -> Arrival {
    let gap = values.index("gap").max(1);
    match values.index("when") {
        RANDOM => Arrival::AtRandom { probability: 1.0 / gap as f64, seed, stream: 0 },
        _ => Arrival::Every(gap as u64),
    }
}

pub fn lanes(values: &Values, seed: u64) -> Vec<Lane> {
    let ground: Arc<dyn Field> = match values.index("ground") {
        SLOPE => Arc::new(Slope { force: vec![1.0; 2] }),
        _ => Arc::new(Quadratic::diagonal(&[1.0; 2])),
    };
    let field = Arc::new(Rare { field: ground, arrivals: vec![Arrival::Always, arrival(values, seed)] });
    let start = [values.get("x0"); 2];
    let lane = |i: usize| {
        let system = System { field: field.clone(), stepper: stepper(i, values) };
        driven(NAMES[i], INKS[i], system, [&start, &[]])
    };
    (0..NAMES.len()).map(lane).collect()
}

/// The steps at which the gradient of the rare weight came.
pub fn gradients(seen: &Seen<'_>) -> Vec<u64> {
    let arrival = arrival(&seen.run.values, seen.run.seed);
    (0..seen.run.done()).filter(|n| arrival.comes(*n, 0, 1)).collect()
}

/// Way of the rare weight under dense momentum from its last gradient before iteration `now`, predicted and
/// measured; `None` before the first.
pub fn drifted(seen: &Seen<'_>, now: u64) -> Option<[f64; 2]> {
    let now = now.min(seen.run.done());
    let last = gradients(seen).into_iter().rev().find(|n| *n < now)?;
    let after = last + 1;
    let speed = seen.at(DENSE, Probe::Velocity(1), after);
    let way = seen.at(DENSE, RARE, now) - seen.at(DENSE, RARE, after);
    Some([speed * stale_drift(Idle::Coasts, seen.get("beta"), now - after + 1), way])
}

/// One weight whose gradient comes every so many steps.
fn alone(ground: Arc<dyn Field>, gap: u64, stepper: Arc<dyn Stepper>) -> System {
    System { field: Arc::new(Rare { field: ground, arrivals: vec![Arrival::Every(gap)] }), stepper }
}

/// Gradients after which momentum β has forgotten its start but for 3 in 10⁴.
pub fn patience(beta: f64) -> u64 {
    (8.0 / (1.0 - beta)).ceil().clamp(1.0, 1e4) as u64
}

/// Ways of one weight on a slope of gradient 1: after the first gradient until the next, and from one gradient
/// to the next after `gradients` of them.
fn ways(stepper: Arc<dyn Stepper>, gap: u64, gradients: u64) -> Option<[f64; 2]> {
    let system = alone(Arc::new(Slope { force: vec![1.0] }), gap, stepper);
    let mut state = State::at(&[0.0], &[], 1, 0, 0);
    let mut after = |steps: u64| {
        advance(&system, &mut state, steps, &mut ());
        state.q.first().copied()
    };
    let [step, first] = [after(1)?, after(gap - 1)?];
    let [from, to] = [after(gap * gradients)?, after(gap)?];
    Some([first - step, to - from])
}

/// The same of momentum number `i`, in pushes.
pub fn way(i: usize, beta: f64, gap: u64, gradients: u64) -> Option<[f64; 2]> {
    ways(momentum(i, 1.0, beta), gap.max(1), gradients)
}

/// Way per gradient of momentum number `i` in the long run, at the present gap and momentum.
pub fn way_here(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let (beta, gap) = (seen.get("beta"), seen.index("gap") as u64);
    let key = ("way at this gap", i, beta.to_bits() ^ gap);
    seen.run.derived.number(key, || way(i, beta, gap, 2 * patience(beta)).map(|[_, way]| way))
}

/// The same of dense or lazy Adam, in units of the rate, after so many gradients.
pub fn adam_way(i: usize, betas: [f64; 2], gap: u64, gradients: u64) -> Option<[f64; 2]> {
    let [beta1, beta2] = betas;
    let method: Arc<dyn Stepper> = match i {
        LAZY_ADAM => Arc::new(SparseAdam { lr: 1.0, beta1, beta2, eps: 0.0 }),
        _ => Arc::new(Adam::new(1.0, beta1, beta2, 0.0)),
    };
    ways(method, gap.max(1), gradients)
}

/// Modulus per gradient of momentum number `i` in a bowl with ηλ = q: that of the map from one gradient to the
/// next, whose columns are the difference of two runs.
pub fn modulus(i: usize, q: f64, beta: f64, gap: u64) -> Option<f64> {
    let system = alone(Arc::new(Quadratic::diagonal(&[1.0])), gap.max(1), momentum(i, q, beta));
    let from = |x: f64, v: f64| {
        let mut state = State::at(&[x], &[v], 1, 0, 0);
        advance(&system, &mut state, gap.max(1), &mut ());
        Some([*state.q.first()?, *state.v.first()?])
    };
    // Never from x = 0, where a gradient of 0 would count as none.
    let ([a, c], moved) = (from(1.0, 0.0)?, from(1.0, 1.0)?);
    let [b, d] = [moved[0] - a, moved[1] - c];
    let (trace, det) = (a + d, a * d - b * c);
    Some(spectral_radius(1.0 + det - trace, det))
}
