//! Mirrored pairs of weights under four kinds of decay: what decay alone does, by closed form and measured.

use std::sync::Arc;

use super::{BETAS, EPS, SIZES};
use crate::core::fields::Flipping;
use crate::core::methods::{Adam, Momentum};
use crate::core::{Probe, State, Stepper, System};
use crate::figure::Ink;
use crate::param::Values;
use crate::scenes::exhibit::lanes::{driven, together};
use crate::scenes::models::measure::growth;
use crate::scenes::{Lane, LaneRun, Run, Seen, Setup};
use crate::text::{Text, t};
use crate::theory::adaptive::{adam_l2_rate, averaged_shrink, l2_poles, sgdw_poles};

/// The lanes by their places.
pub const SGD_L2: usize = 0;
pub const SGDW: usize = 1;
pub const ADAM_L2: usize = 2;
pub const ADAMW: usize = 3;

/// Steps and decay of all methods.
#[derive(Clone, Copy)]
pub struct Rates {
    pub eta: f64,
    pub beta: f64,
    pub decay: f64,
}

impl Rates {
    pub fn of(values: &Values) -> Rates {
        let [eta, beta, decay] = ["eta", "beta", "decay"].map(|id| values.get(id));
        Rates { eta, beta, decay }
    }
}

/// The four methods, each on weights with gradients of these sizes and curvatures; two copies start at
/// `middle ± half`.
pub fn lanes(rates: &Rates, sizes: &[f64], curvature: &[f64], [middle, half]: [f64; 2]) -> Setup {
    let Rates { eta, beta, decay } = *rates;
    let field = Flipping { curvature: curvature.to_vec(), centre: 1.0, size: sizes.to_vec() };
    let field = Arc::new(field);
    let one = |name: Text, ink: Ink, stepper: Arc<dyn Stepper>| {
        let dim = sizes.len();
        let system = System { field: field.clone(), stepper };
        let lane = driven(name, ink, system, [&vec![middle; dim], &[]]).noisy(2, 0, 0);
        let mut start = State::clone(&lane.start);
        for pair in start.q.chunks_mut(2) {
            pair.copy_from_slice(&[middle + half, middle - half]);
        }
        let probes = (0..dim).flat_map(|i| [Probe::MeanPosition(i), Probe::SpreadPosition(i)]);
        Lane { start: Arc::new(start), probes: [Probe::Step, Probe::Time].into_iter().chain(probes).collect(), ..lane }
    };
    let [b1, b2] = BETAS;
    let lanes = vec![
        one(t("SGD + L2", "SGD + L2"), Ink::Spring, Arc::new(Momentum::sgd_l2(eta, beta, decay))),
        one(t("SGDW", "SGDW"), Ink::Amber, Arc::new(Momentum::sgdw(eta, beta, decay))),
        one(t("Adam + L2", "Adam + L2"), Ink::Optimizer, Arc::new(Adam::adam_l2(eta, b1, b2, EPS, decay))),
        one(t("AdamW", "AdamW"), Ink::Controller, Arc::new(Adam::adamw(eta, b1, b2, EPS, decay))),
    ];
    together(lanes, 1.0)
}

/// The four lanes after `steps` steps, recorded.
pub fn tried(rates: &Rates, run: &Run, sizes: &[f64], curvature: &[f64], from: [f64; 2], steps: u64) -> Run {
    let setup = lanes(rates, sizes, curvature, from);
    let mut short = Run::brief(setup, &run.values, run.seed, steps, &mut Vec::new());
    short.compute(steps);
    short
}

/// Share that decay takes per step from weight `k` of a lane; `None` if too little is recorded.
pub fn shrink(lane: &LaneRun, k: usize) -> Option<f64> {
    // What is left in the end are the copies' different second moments, no longer the weight.
    const LEAST: f64 = 1e-3;
    let column = lane.column(Probe::SpreadPosition(k));
    let start = column.first()?;
    let rows = column.iter().position(|w| *w < LEAST * start).unwrap_or(column.len());
    growth(&column[..rows]).map(|factor| 1.0 - factor)
}

/// Share that decay takes per step of lane `i`, from a weight of size `w` with gradients of rms `s`.
pub fn by_formula(i: usize, rates: &Rates, s: f64, w: f64) -> f64 {
    let Rates { eta, beta, decay } = *rates;
    let slow =
        |poles: [crate::theory::matrix::Complex<f64>; 2]| 1.0 - poles.iter().map(|z| z.norm()).fold(0.0, f64::max);
    match i {
        SGD_L2 => slow(l2_poles(eta, 0.0, beta, decay)),
        SGDW => slow(sgdw_poles(eta, 0.0, beta, decay)),
        ADAM_L2 => averaged_shrink(adam_l2_rate(eta, decay, s, w, EPS), BETAS[0]),
        ADAMW => eta * decay,
        _ => f64::NAN,
    }
}

/// What is left of weight `k` of lane `i` in the middle of what is measured.
fn left(seen: &Seen<'_>, i: usize, k: usize) -> Option<f64> {
    let lane = seen.lane(i)?;
    lane.at(Probe::SpreadPosition(k), lane.done() * 5 / 8)
}

/// Share per step of weight `k` of lane `i` by the closed form, at the size it has in the middle.
pub fn predicted(seen: &Seen<'_>, i: usize, k: usize) -> Option<f64> {
    let s = seen.get(SIZES.get(k)?);
    Some(by_formula(i, &Rates::of(&seen.run.values), s, left(seen, i, k)?))
}

/// Share per step of weight `k` of lane `i` in the run.
pub fn measured(seen: &Seen<'_>, i: usize, k: usize) -> Option<f64> {
    seen.lane(i).and_then(|lane| shrink(lane, k))
}
