//! The comparison itself: tuning on starts of its own, then one race from many others.

use std::sync::Arc;

use super::methods::{self, COUNT, DESCENT, INKS, NAMES};
use super::{EQUAL_RATE, NOISY, ROSENBROCK, sample};
use crate::core::fields::{Minibatch, Quadratic, Rosenbrock};
use crate::core::{At, Field, Noise, Observe, Outcome, Probe, State, System, advance};
use crate::param::Values;
use crate::scenes::exhibit::lanes;
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Lane, Seen};

/// First and last step size that is tried.
pub const STEPS: [f64; 2] = [1e-4, 1.0];
/// Starts on which step sizes are judged.
const JUDGES: usize = 8;
/// Streams of random numbers: the starts of tuning and of the race, and from which on the noise of their
/// gradients, a stream for every start.
const TUNING: u32 = 1;
const RACE: u32 = 2;
const GRADIENTS: u32 = 1000;

/// One start of one part of the comparison: the landscape with the noise its gradients have there, and the
/// state. Starts are run one by one, so that one that diverges stops no other.
struct Start {
    field: Arc<dyn Field>,
    state: State,
}

/// `n` random starts.
fn starts(values: &Values, seed: u64, part: u32, n: usize) -> Vec<Start> {
    let ground = values.index("ground");
    let (centre, spread) = if ground == ROSENBROCK { ([-1.0, 1.0], 0.4) } else { ([0.0, 0.0], 2.0) };
    let mut cloud = State::at(&centre, &[], n, seed, part);
    Noise::new(seed, part).add(&mut cloud.q, n, spread, 0, 0);
    let bowl = Arc::new(Quadratic::rotated([1.0, values.get("kappa")], values.get("angle").to_radians()));
    let field = |k: u32| -> Arc<dyn Field> {
        match ground {
            ROSENBROCK => Arc::new(Rosenbrock),
            NOISY => Arc::new(Minibatch::new(bowl.clone(), values.get("noise"), seed, part * GRADIENTS + k)),
            _ => bowl.clone(),
        }
    };
    let places = cloud.coordinate(0).iter().zip(cloud.coordinate(1));
    places.zip(0..).map(|((x, y), k)| Start { field: field(k), state: State::at(&[*x, *y], &[], 1, 0, 0) }).collect()
}

/// The step sizes that every method tries.
pub fn tried(values: &Values) -> Vec<f64> {
    log_spaced(STEPS[0], STEPS[1], values.index("tries").max(2))
}

/// The loss of a state, without the noise of gradients; infinite if it is no number.
fn loss(field: &dyn Field, state: &State) -> f64 {
    let mut out = [f64::NAN];
    field.potential(At { t: state.t, n: 1, q: &state.q, v: &state.v }, &mut out);
    if out[0].is_finite() { out[0] } else { f64::INFINITY }
}

/// Median loss of every method at every step size, method by method; a start that diverges counts as infinite.
pub fn tune(values: &Values, seed: u64) -> Vec<f64> {
    let (from, steps) = (starts(values, seed, TUNING, JUDGES), tried(values));
    let (beta, budget) = (values.get("beta"), values.index("budget") as u64);
    let judge = |i: usize, eta: f64| {
        let stepper = methods::stepper(i, eta, beta);
        let one = |start: &Start| {
            let system = System { field: start.field.clone(), stepper: stepper.clone() };
            let mut state = start.state.clone();
            match advance(&system, &mut state, budget, &mut ()) {
                Outcome::Running => loss(&*start.field, &state),
                Outcome::Diverged { .. } => f64::INFINITY,
            }
        };
        sample::median(&from.iter().map(one).collect::<Vec<_>>()).unwrap_or(f64::INFINITY)
    };
    (0..COUNT).flat_map(|i| steps.iter().map(move |eta| (i, *eta))).map(|(i, eta)| judge(i, eta)).collect()
}

/// The place of the best step size of method `i` among those tried.
fn best(values: &Values, tuning: &[f64], i: usize) -> usize {
    let tries = tried(values).len();
    let own = tuning.get(i * tries..(i + 1) * tries).unwrap_or(&[]);
    own.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(k, _)| k)
}

/// The step sizes that are used, by the rule of the comparison.
pub fn etas(values: &Values, tuning: &[f64]) -> [f64; COUNT] {
    let (steps, beta) = (tried(values), values.get("beta"));
    let tuned = |i: usize| steps.get(best(values, tuning, i)).copied().unwrap_or(STEPS[0]);
    let equal = values.index("rule") == EQUAL_RATE;
    std::array::from_fn(|i| {
        let matched = methods::at_rate(i, tuned(DESCENT), beta).filter(|_| equal);
        matched.unwrap_or_else(|| tuned(i))
    })
}

/// The lanes of all methods with these step sizes, from the first of the starts.
pub fn lanes(values: &Values, seed: u64, etas: [f64; COUNT]) -> Vec<Lane> {
    let Some(first) = starts(values, seed, RACE, 1).pop() else { return Vec::new() };
    let lane = |(i, eta): (usize, f64)| {
        let stepper = methods::stepper(i, eta, values.get("beta"));
        let system = System { field: first.field.clone(), stepper };
        lanes::driven(NAMES[i], INKS[i], system, [&first.state.q, &[]])
    };
    etas.into_iter().enumerate().map(lane).collect()
}

/// Median losses of tuning, method by method.
pub fn tuning<'a>(seen: &Seen<'a>) -> &'a [f64] {
    seen.run.derived.column(("tuning", COUNT, 0), || tune(&seen.run.values, seen.run.seed))
}

/// The step sizes of the run that is shown.
pub fn used(seen: &Seen<'_>) -> [f64; COUNT] {
    etas(&seen.run.values, tuning(seen))
}

/// Whether a method's best step size is the first or the last that was tried.
pub fn at_edge(seen: &Seen<'_>) -> [bool; COUNT] {
    let values = &seen.run.values;
    let last = tried(values).len() - 1;
    std::array::from_fn(|i| [0, last].contains(&best(values, tuning(seen), i)))
}

/// The loss after every step.
struct Losses(Vec<f64>);

impl Observe for Losses {
    fn observe(&mut self, field: &dyn Field, state: &State) {
        self.0.push(loss(field, state));
    }
}

/// What the race recorded: `[method][start][gradient]`, and at the end least and most gradients evaluated.
fn race<'a>(seen: &Seen<'a>) -> &'a [f64] {
    seen.run.derived.column(("race", COUNT, 0), || {
        let values = &seen.run.values;
        let (n, budget, beta) = (values.index("starts"), values.index("budget"), values.get("beta"));
        let from = starts(values, seen.run.seed, RACE, n);
        let (mut out, mut spent) = (Vec::new(), [f64::INFINITY, 0.0]);
        for (i, eta) in used(seen).into_iter().enumerate() {
            let stepper = methods::stepper(i, eta, beta);
            for start in &from {
                let system = System { field: start.field.clone(), stepper: stepper.clone() };
                let (mut state, mut tap) = (start.state.clone(), Losses(vec![loss(&*start.field, &start.state)]));
                if advance(&system, &mut state, budget as u64, &mut tap) == Outcome::Running {
                    let evaluations = state.stats.evaluations as f64;
                    spent = [spent[0].min(evaluations), spent[1].max(evaluations)];
                }
                // One that diverged stopped there.
                tap.0.resize(budget + 1, f64::INFINITY);
                out.extend(tap.0);
            }
        }
        out.extend(spent);
        out
    })
}

/// Losses of method `i` after `k` gradients, start by start.
pub fn losses_at(seen: &Seen<'_>, i: usize, k: usize) -> Vec<f64> {
    let (n, rows) = (seen.index("starts"), seen.index("budget") + 1);
    let own = race(seen).get(i * n * rows..(i + 1) * n * rows).unwrap_or(&[]);
    own.chunks(rows).filter_map(|losses| losses.get(k).copied()).collect()
}

/// Final losses of all methods, start by start.
pub fn finals(seen: &Seen<'_>) -> [Vec<f64>; COUNT] {
    std::array::from_fn(|i| losses_at(seen, i, seen.index("budget")))
}

/// Least and most gradient evaluations of the methods that did not diverge.
pub fn spent(seen: &Seen<'_>) -> [f64; 2] {
    match race(seen) {
        [.., least, most] => [*least, *most],
        _ => [f64::NAN; 2],
    }
}

/// How many starts every method ends lowest on; a tie counts for the first.
pub fn wins(seen: &Seen<'_>) -> [usize; COUNT] {
    let finals = finals(seen);
    let mut out = [0; COUNT];
    for k in 0..seen.index("starts") {
        let at = |i: usize| finals[i].get(k).copied().unwrap_or(f64::INFINITY);
        if let Some(i) = (0..COUNT).filter(|i| at(*i).is_finite()).min_by(|a, b| at(*a).total_cmp(&at(*b))) {
            out[i] += 1;
        }
    }
    out
}

/// The final loss of the first start, as the lane of method `i` has it.
pub fn first(seen: &Seen<'_>, i: usize) -> f64 {
    seen.at(i, Probe::Potential, seen.get("budget") as u64)
}
