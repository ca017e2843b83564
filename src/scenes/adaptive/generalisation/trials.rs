//! Short runs beside the one that is shown, and the resting points they are held to: expected losses of
//! unseen rows, one for each data set.

use super::task::{self, ADAMW, DECAYED, FEATURES, PLACES, SGD_L2};
use crate::core::models::{Regressions, Source};
use crate::core::{At, State, System, advance, each};
use crate::scenes::Seen;
use crate::scenes::models::modal::log_spaced;
use crate::theory::adaptive::decayed_equilibrium;

/// The decays that are tried.
pub const DECAYS: [f64; 2] = [0.01, 10.0];
pub const TRIED: usize = 7;
/// Steps of a trial.
pub const STEPS: u64 = 400;
/// The memories that are compared.
pub const BETAS: [f64; 4] = [0.0, 0.5, 0.9, 0.98];

/// The decays that are tried.
pub fn decays() -> Vec<f64> {
    log_spaced(DECAYS[0], DECAYS[1], TRIED)
}

/// The weights of data set `p`.
fn weights(state: &State, p: usize) -> impl Iterator<Item = f64> {
    (0..state.dim()).map(move |j| state.coordinate(j).get(p).copied().unwrap_or(f64::NAN))
}

/// The expected losses of unseen rows in every data set at `state`; infinite if they are no numbers.
fn losses(source: &Source, state: &State) -> Vec<f64> {
    let loss = |p: usize| source.expected_loss(weights(state, p));
    (0..state.n()).map(loss).map(|u| if u.is_finite() { u } else { f64::INFINITY }).collect()
}

/// Measured expected losses, `[method][decay][set]`.
pub fn measured<'a>(seen: &Seen<'a>) -> &'a [f64] {
    seen.run.derived.measured(("measured over decays", TRIED, STEPS), || {
        let values = &seen.run.values;
        let source = task::source(values, values.index("signal"));
        let field = task::regressions(&source, values, seen.run.seed);
        let one = |i: usize, w: f64| {
            let stepper = task::stepper(i, values, w, values.get("beta"), None);
            let mut state = task::start(values);
            advance(&System { field: field.clone(), stepper }, &mut state, STEPS, &mut ());
            losses(&source, &state)
        };
        let tried = decays();
        each(DECAYED * TRIED, |k| one(k / TRIED, tried[k % TRIED])).concat()
    })
}

/// Where method `i` rests on data set `p` under decay `w`: by the closed form, AdamW's with the mean square of
/// its gradients at that very point.
pub fn resting(field: &Regressions, p: usize, i: usize, w: f64) -> Option<Vec<f64>> {
    const ROUNDS: usize = 6;
    let [stiffness, pull] = field.moments(p);
    if i != ADAMW {
        return decayed_equilibrium(&stiffness, &pull, |_| w);
    }
    let mut q = vec![0.0; FEATURES];
    for _ in 0..ROUNDS {
        let squares = field.squared_gradients(p, &q);
        q = decayed_equilibrium(&stiffness, &pull, |j| w * squares.get(j).map_or(f64::NAN, |s| s.sqrt()))?;
    }
    Some(q)
}

/// Predicted expected losses with the signal at `place`, `[method][decay][set]`; L2 rests at one point under
/// SGD and Adam.
pub fn predicted<'a>(seen: &Seen<'a>, place: usize) -> &'a [f64] {
    seen.run.derived.column(("predicted over decays", place, 0), || {
        let values = &seen.run.values;
        let source = task::source(values, place);
        let field = task::regressions(&source, values, seen.run.seed);
        let (sets, tried) = (values.index("sets"), decays());
        let one =
            |i: usize, w: f64, p: usize| resting(&field, p, i, w).map_or(f64::INFINITY, |q| source.expected_loss(q));
        let of = |i: usize| each(TRIED * sets, |k| one(i, tried[k / sets], k % sets));
        let l2 = of(SGD_L2);
        [l2.clone(), l2, of(ADAMW)].concat()
    })
}

/// What the sets of one method and decay say, of `[method][decay][set]`.
pub fn cell(all: &[f64], sets: usize, i: usize, k: usize) -> &[f64] {
    let from = (i * TRIED + k) * sets;
    all.get(from..from + sets).unwrap_or(&[])
}

/// Mean and its standard error; NaN of fewer than two.
pub fn mean(values: &[f64]) -> [f64; 2] {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    [mean, (square / n).sqrt()]
}

/// The decay of method `i` with the lowest mean loss over the first half of the sets, by its place.
pub fn best(all: &[f64], sets: usize, i: usize) -> usize {
    let judge = |k: &usize| mean(cell(all, sets, i, *k).get(..sets / 2).unwrap_or(&[]))[0];
    (0..TRIED).min_by(|a, b| judge(a).total_cmp(&judge(b))).unwrap_or(0)
}

/// The losses of method `i` at its best decay over the second half of the sets, which had no say in it.
pub fn at_best(all: &[f64], sets: usize, i: usize) -> &[f64] {
    cell(all, sets, i, best(all, sets, i)).get(sets / 2..).unwrap_or(&[])
}

/// Mean and standard error of the loss of method `a` minus that of `b`, set by set, each at its best decay.
pub fn gap(all: &[f64], sets: usize, a: usize, b: usize) -> [f64; 2] {
    let pairs = at_best(all, sets, a).iter().zip(at_best(all, sets, b));
    mean(&pairs.map(|(a, b)| a - b).collect::<Vec<_>>())
}

/// The gaps of AdamW to Adam + L2 with the signal in small features, in large ones, in all.
pub fn gaps(seen: &Seen<'_>) -> [[f64; 2]; PLACES] {
    let sets = seen.index("sets");
    std::array::from_fn(|place| gap(predicted(seen, place), sets, ADAMW, task::ADAM_L2))
}

/// SGD + L2 with each of the memories, once at the step of the scene and once at equal η/(1 − β): expected
/// losses of unseen rows and mean losses of those seen, `[step][memory][set]`, first all of the former.
pub fn memories<'a>(seen: &Seen<'a>) -> &'a [f64] {
    seen.run.derived.measured(("memories", BETAS.len(), STEPS), || {
        let values = &seen.run.values;
        let source = task::source(values, values.index("signal"));
        let field = task::regressions(&source, values, seen.run.seed);
        let (eta, own) = (values.get("eta_sgd"), values.get("beta"));
        let (mut unseen, mut known) = (Vec::new(), Vec::new());
        for equal in [false, true] {
            for beta in BETAS {
                let eta = if equal { eta * (1.0 - beta) / (1.0 - own) } else { eta };
                let stepper = task::stepper(SGD_L2, values, values.get("decay"), beta, Some(eta));
                let (system, mut state) = (System { field: field.clone(), stepper }, task::start(values));
                advance(&system, &mut state, STEPS, &mut ());
                unseen.extend(losses(&source, &state));
                let mut own = vec![f64::NAN; state.n()];
                system.field.potential(At { t: 0.0, n: state.n(), q: &state.q, v: &state.v }, &mut own);
                known.extend(own.into_iter().map(|u| if u.is_finite() { u } else { f64::INFINITY }));
            }
        }
        [unseen, known].concat()
    })
}

/// Mean and standard error of unseen and of seen losses of memory `k`, at the step of the scene or at equal rate.
pub fn memory(seen: &Seen<'_>, equal: bool, k: usize) -> [[f64; 2]; 2] {
    let (all, sets) = (memories(seen), seen.index("sets"));
    let (half, from) = (all.len() / 2, (usize::from(equal) * BETAS.len() + k) * sets);
    [0, half].map(|start| mean(all.get(start + from..start + from + sets).unwrap_or(&[])))
}
