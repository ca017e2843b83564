//! What is measured on runs of Nesterov's method and heavy ball.

use std::sync::Arc;

use super::FINE;
use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball, nesterov, nesterov_look_ahead};
use crate::core::{Outcome, Probe, State, Stepper, System, advance};
use crate::figure::Ink;
use crate::scenes::Seen;
use crate::scenes::exhibit::lanes::{aside, lane};
use crate::scenes::models::measure::{Recurrence, single_rate};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;

/// Values of ηλ at which both methods are run, the largest, and the iterations of each run.
const RUNS: usize = 24;
const RANGE: [f64; 2] = [0.01, 4.4];
const STEPS: u64 = 80;
/// Iterations after which a run is asked whether it has shrunk, and halvings of an interval.
const LONG: u64 = 400;
const HALVINGS: usize = 24;

/// Product of the poles of the recurrence that a trace follows.
pub fn product(x: &[f64]) -> Option<f64> {
    Recurrence::fit(x).filter(|fit| fit.explains(x)).map(|fit| -fit.b)
}

/// Values of ηλ, and for both methods the modulus per step and the product of the poles measured there.
pub fn over_curvature(seen: &Seen<'_>) -> ([Vec<f64>; 2], [Vec<f64>; 2]) {
    let of = |method: usize| {
        let both = seen.run.derived.column(("over curvature", method, 0), || runs(seen, method));
        let (modulus, product) = both.split_at(both.len() / 2);
        (modulus.to_vec(), product.to_vec())
    };
    let ((modulus, product), (ball, keeps)) = (of(0), of(1));
    ([modulus, ball], [product, keeps])
}

/// The values of ηλ of [`over_curvature`].
pub fn places() -> Vec<f64> {
    log_spaced(RANGE[0], RANGE[1], RUNS)
}

/// Moduli and then products of one method, each mode of one bowl with as many curvatures.
fn runs(seen: &Seen<'_>, method: usize) -> Vec<f64> {
    let (places, beta) = (places(), seen.get("beta"));
    let (field, start) = (Arc::new(Quadratic::diagonal(&places)), vec![1.0; places.len()]);
    let name = t("modes", "模态");
    let lane = match method {
        0 => lane(name, Ink::Optimizer, field, nesterov_look_ahead(1.0, beta), [&start, &[]]),
        _ => lane(name, Ink::Spring, field, heavy_ball(1.0, beta, Convention::Displacement), [&start, &[]]),
    };
    let run = aside(vec![lane], &seen.run.values, STEPS);
    let Some(lane) = run.lanes.first() else { return Vec::new() };
    let columns = || (0..places.len()).map(|i| lane.column(Probe::Position(i)));
    let rate = |x: &[f64]| single_rate(x).or_else(|| Recurrence::fit(x).map(|fit| fit.rate())).unwrap_or(f64::NAN);
    let kept = |x: &[f64]| product(x).unwrap_or(f64::NAN);
    columns().map(rate).chain(columns().map(kept)).collect()
}

/// The largest ηλ at which Nesterov's method and heavy ball still shrink, by bisection of runs.
pub fn walls(seen: &Seen<'_>) -> [f64; 2] {
    let beta = seen.get("beta");
    seen.run.derived.pair(("walls", 0, 0), || {
        let ball = |q: f64| shrinks(heavy_ball(q, beta, Convention::Displacement));
        [wall(|q| shrinks(nesterov_look_ahead(q, beta))), wall(ball)]
    })
}

fn wall(shrinks: impl Fn(f64) -> bool) -> f64 {
    let [mut low, mut high] = [1.0, RANGE[1]];
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        let side = if shrinks(middle) { &mut low } else { &mut high };
        *side = middle;
    }
    0.5 * (low + high)
}

/// Whether a run in a bowl of curvature 1 is smaller at its end than at half way.
fn shrinks(stepper: impl Stepper + 'static) -> bool {
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), stepper);
    let mut state = State::at(&[1.0], &[], 1, 0, 0);
    let size = |state: &State| state.q.iter().chain(&state.v).fold(0.0, |m: f64, x| m.max(x.abs()));
    if advance(&system, &mut state, LONG / 2, &mut ()) != Outcome::Running {
        return false;
    }
    let before = size(&state);
    advance(&system, &mut state, LONG / 2, &mut ()) == Outcome::Running && size(&state) <= before
}

/// The largest distance along x₂ between Nesterov's iterates and lane `i`, which has `FINE` rows per iteration.
pub fn off(seen: &Seen<'_>, i: usize) -> Option<f64> {
    let [iterates, solution] = [seen.lane(0)?, seen.lane(i)?].map(|lane| lane.column(Probe::Position(1)));
    let far = iterates.iter().zip(solution.iter().step_by(FINE as usize)).map(|(a, b)| (a - b).abs());
    Some(far.fold(0.0, f64::max))
}

/// The largest difference between the point that libraries store and θ + βv, over a run beside the lane.
pub fn stored_point(seen: &Seen<'_>) -> f64 {
    let [eta, beta, x, y] = ["eta", "beta", "x0", "y0"].map(|id| seen.get(id));
    let Some(theta) = seen.lane(0) else { return f64::NAN };
    let field = theta.lane.system.field.clone();
    let steps = seen.run.done();
    let other = lane(t("stored", "存储"), Ink::Optimizer, field, nesterov(eta, beta), [&[x, y], &[]]);
    let run = aside(vec![other], &seen.run.values, steps);
    let Some(phi) = run.lanes.first() else { return f64::NAN };
    let along = |i: usize| {
        let [q, v] = [Probe::Position(i), Probe::Velocity(i)].map(|probe| theta.column(probe));
        let stored = phi.column(Probe::Position(i));
        q.iter().zip(v).zip(stored).map(|((q, v), stored)| (q + beta * v - stored).abs()).fold(0.0, f64::max)
    };
    along(0).max(along(1))
}
