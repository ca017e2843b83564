//! The comparison itself: tuning on starts of its own, then one race from many others.

use std::sync::Arc;

use super::methods::{self, COUNT, DESCENT, INKS, NAMES};
use super::{EQUAL_RATE, NOISY, ROSENBROCK, sample};
use crate::core::fields::{Minibatch, Quadratic, Rosenbrock};
use crate::core::{At, Field, Noise, Observe, Outcome, Probe, State, Stepper, System, advance};
use crate::param::Values;
use crate::scenes::exhibit::lanes;
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{Lane, Seen};

/// First and last step size that is tried.
pub const STEPS: [f64; 2] = [1e-4, 1.0];
/// Starts on which step sizes are judged.
const JUDGES: usize = 8;
/// Streams of random numbers: the starts of tuning and of the race, and the noise of gradients in each.
const TUNING: u32 = 1;
const RACE: u32 = 2;
const GRADIENTS: u32 = 8;

/// The landscape, its gradients as a method sees them in one part of the comparison.
fn field(values: &Values, seed: u64, part: u32) -> Arc<dyn Field> {
    let ground = values.index("ground");
    if ground == ROSENBROCK {
        return Arc::new(Rosenbrock);
    }
    let turn = values.get("angle").to_radians();
    let bowl = Arc::new(Quadratic::rotated([1.0, values.get("kappa")], turn));
    match ground {
        NOISY => Arc::new(Minibatch::new(bowl, values.get("noise"), seed, GRADIENTS + part)),
        _ => bowl,
    }
}

/// `n` random starts of one part of the comparison.
fn starts(values: &Values, seed: u64, part: u32, n: usize) -> State {
    let (centre, spread) = match values.index("ground") {
        ROSENBROCK => ([-1.0, 1.0], 0.4),
        _ => ([0.0, 0.0], 2.0),
    };
    let mut state = State::at(&centre, &[], n, seed, part);
    Noise::new(seed, part).add(&mut state.q, n, spread, 0, 0);
    state
}

/// The step sizes that every method tries.
pub fn tried(values: &Values) -> Vec<f64> {
    log_spaced(STEPS[0], STEPS[1], values.index("tries").max(2))
}

/// The losses of all particles, without the noise of gradients.
fn losses(field: &dyn Field, state: &State) -> Vec<f64> {
    let mut out = vec![f64::NAN; state.n()];
    field.potential(At { t: state.t, n: state.n(), q: &state.q, v: &state.v }, &mut out);
    // What is no number is worse than any.
    out.iter().map(|u| if u.is_finite() { *u } else { f64::INFINITY }).collect()
}

/// Median loss of every method at every step size, method by method; infinite where any start diverges.
pub fn tune(values: &Values, seed: u64) -> Vec<f64> {
    let (field, from) = (field(values, seed, TUNING), starts(values, seed, TUNING, JUDGES));
    let (beta, budget) = (values.get("beta"), values.index("budget") as u64);
    let judge = |i: usize, eta: f64| {
        let system = System { field: field.clone(), stepper: methods::stepper(i, eta, beta) };
        let mut state = from.clone();
        match advance(&system, &mut state, budget, &mut ()) {
            Outcome::Running => sample::median(&losses(&*field, &state)).unwrap_or(f64::INFINITY),
            Outcome::Diverged { .. } => f64::INFINITY,
        }
    };
    let steps = tried(values);
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

/// The lane of method `i` from the first of the starts.
pub fn lane(values: &Values, seed: u64, i: usize, eta: f64) -> Lane {
    let first = starts(values, seed, RACE, 1);
    let method = Method(methods::stepper(i, eta, values.get("beta")));
    lanes::lane(NAMES[i], INKS[i], field(values, seed, RACE), method, [&first.q, &[]])
}

/// A method behind a pointer.
struct Method(Arc<dyn Stepper>);

impl Stepper for Method {
    fn dt(&self) -> f64 {
        self.0.dt()
    }

    fn slots(&self) -> usize {
        self.0.slots()
    }

    fn wants_force(&self) -> bool {
        self.0.wants_force()
    }

    fn program(&self) -> Option<crate::core::Program> {
        self.0.program()
    }

    fn step(&self, field: &dyn Field, state: &mut State) {
        self.0.step(field, state);
    }
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

/// Losses of all particles after every step.
struct Losses(Vec<f64>);

impl Observe for Losses {
    fn observe(&mut self, field: &dyn Field, state: &State) {
        self.0.extend(losses(field, state));
    }
}

/// What the race recorded: `[method][gradient][start]`, and at the end least and most gradients evaluated.
fn race<'a>(seen: &Seen<'a>) -> &'a [f64] {
    seen.run.derived.column(("race", COUNT, 0), || {
        let (values, seed) = (&seen.run.values, seen.run.seed);
        let (n, budget, beta) = (values.index("starts").max(1), values.index("budget"), values.get("beta"));
        let (field, from) = (field(values, seed, RACE), starts(values, seed, RACE, n));
        let (mut out, mut spent) = (Vec::new(), [f64::INFINITY, 0.0]);
        for (i, eta) in used(seen).into_iter().enumerate() {
            let system = System { field: field.clone(), stepper: methods::stepper(i, eta, beta) };
            let (mut state, mut tap) = (from.clone(), Losses(losses(&*field, &from)));
            let outcome = advance(&system, &mut state, budget as u64, &mut tap);
            if outcome == Outcome::Running {
                let evaluations = state.stats.evaluations as f64;
                spent = [spent[0].min(evaluations), spent[1].max(evaluations)];
            }
            // A run that diverged stopped there.
            tap.0.resize((budget + 1) * n, f64::INFINITY);
            out.extend(tap.0);
        }
        out.extend(spent);
        out
    })
}

/// Losses of method `i` after `k` gradients, start by start.
pub fn losses_at<'a>(seen: &Seen<'a>, i: usize, k: usize) -> &'a [f64] {
    let (n, budget) = (seen.index("starts").max(1), seen.index("budget"));
    let at = (i * (budget + 1) + k) * n;
    race(seen).get(at..at + n).unwrap_or(&[])
}

/// Final losses of all methods, start by start.
pub fn finals<'a>(seen: &Seen<'a>) -> [&'a [f64]; COUNT] {
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

/// The loss of the first start after `n` gradients, as the lanes have it.
pub fn first(seen: &Seen<'_>, i: usize) -> f64 {
    seen.at(i, Probe::Potential, seen.get("budget") as u64)
}
