//! One ball, and clouds of particles.

use std::sync::Arc;

use super::measure::{Meter, Spent, Variant};
use super::spec::{Size, uniform};
use crate::core::fields::{DoubleWell, Quadratic, Rosenbrock};
use crate::core::methods::{Convention, baoab, heavy_ball, sghmc};
use crate::core::{At, Observe, Probe, Splitting, State, System, Trace, advance};

/// Heavy ball on 0.1 x² + 2 y² with η = 0.4, from (−5, −2).
fn ball(beta: f64) -> (System, State) {
    let system = System::new(Arc::new(Quadratic::d2l()), heavy_ball(0.4, beta, Convention::Displacement));
    (system, State::at(&[-5.0, -2.0], &[], 1, 1, 0))
}

fn one_ball(meter: &mut Meter<'_>, steps: u64, beta: f64) {
    let (system, start) = ball(beta);
    let variant = Variant { who: "", units: steps as f64, key: steps.to_string() };
    meter.repeat(variant, || {
        let mut state = start.clone();
        let (spent, _) = Spent::on(|| advance(&system, &mut state, steps, &mut ()));
        (spent, vec![("x1", state.q[0]), ("x2", state.q[1])])
    });
}

/// W1: β = 0.5; the ball comes to rest.
pub(super) fn w1(meter: &mut Meter<'_>, size: Size) {
    one_ball(meter, size.w1(), 0.5);
}

/// W1U: β = 1; it never does.
pub(super) fn w1_undamped(meter: &mut Meter<'_>, size: Size) {
    one_ball(meter, size.w1(), 1.0);
}

/// W1R: W1U with positions, velocities and the loss kept of every step, in memory that is used again.
pub(super) fn w1_recorded(meter: &mut Meter<'_>, size: Size) {
    let (system, start) = ball(1.0);
    let steps = size.w1_recorded();
    let probes = [Probe::Position(0), Probe::Position(1), Probe::Velocity(0), Probe::Velocity(1), Probe::Potential];
    let mut trace = Trace::new(&probes, steps as usize + 1);
    let variant = Variant { who: "reused", units: steps as f64, key: steps.to_string() };
    meter.repeat(variant, || {
        let mut state = start.clone();
        let (spent, _) = Spent::on(|| {
            trace.truncate(0);
            trace.observe(&*system.field, &state);
            advance(&system, &mut state, steps, &mut trace)
        });
        (spent, vec![("x1", state.q[0]), ("fsum", trace.column(Probe::Potential).iter().sum())])
    });
}

/// Heavy ball on Rosenbrock's function, η = 10⁻⁴, β = 0.9.
fn rosenbrock(meter: &mut Meter<'_>, (n, steps): (usize, u64)) {
    let system = System::new(Arc::new(Rosenbrock), heavy_ball(1e-4, 0.9, Convention::Displacement));
    let mut start = State::at(&[0.0, 0.0], &[], n, 1, 0);
    for i in 0..n {
        start.q[i] = -2.0 + 4.0 * uniform(201, i);
        start.q[n + i] = -1.0 + 4.0 * uniform(202, i);
    }
    let (mut state, mut f) = (start.clone(), vec![0.0; n]);
    let variant = Variant { who: "", units: n as f64 * steps as f64, key: format!("{n},{steps}") };
    meter.repeat(variant, || {
        state.clone_from(&start);
        let (spent, _) = Spent::on(|| advance(&system, &mut state, steps, &mut ()));
        system.field.potential(At { t: 0.0, n, q: &state.q, v: &state.v }, &mut f);
        (spent, vec![("mx", mean(state.coordinate(0))), ("my", mean(state.coordinate(1))), ("mf", mean(&f))])
    });
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// W2: 10⁵ particles.
pub(super) fn w2(meter: &mut Meter<'_>, size: Size) {
    rosenbrock(meter, size.cloud());
}

/// W2S: 10³ particles.
pub(super) fn w2_small(meter: &mut Meter<'_>, size: Size) {
    rosenbrock(meter, size.w2_small());
}

/// W2L: 10⁶ particles.
pub(super) fn w2_large(meter: &mut Meter<'_>, size: Size) {
    rosenbrock(meter, size.w2_large());
}

/// A sampler on (x² − 1)² at temperature ½, started at ±1 in turn; then a histogram of 64 bins on
/// [−3, 3]. `heat` makes ⟨v²⟩ of the velocities.
fn sampler(meter: &mut Meter<'_>, size: Size, method: Splitting, heat: f64) {
    let (n, steps) = size.cloud();
    let system = System::new(Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 }), method);
    let mut start = State::at(&[1.0], &[], n, 12_345, 0);
    for x in start.q.iter_mut().skip(1).step_by(2) {
        *x = -1.0;
    }
    let (mut state, mut bins) = (start.clone(), [0u32; 64]);
    let variant = Variant { who: "", units: n as f64 * steps as f64, key: format!("{n},{steps}") };
    meter.repeat(variant, || {
        state.clone_from(&start);
        let (spent, _) = Spent::on(|| {
            advance(&system, &mut state, steps, &mut ());
            bins.fill(0);
            for x in &state.q {
                // A number below the first bin becomes one above the last.
                if let Some(bin) = bins.get_mut(((x + 3.0) * (64.0 / 6.0)).floor() as i64 as usize) {
                    *bin += 1;
                }
            }
        });
        let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>() / n as f64;
        (spent, vec![("x2", square(&state.q)), ("v2", heat * square(&state.v)), ("mean", mean(&state.q))])
    });
}

/// W3B: BAOAB, m = 1, γ = 1, h = 0.05.
pub(super) fn w3_baoab(meter: &mut Meter<'_>, size: Size) {
    sampler(meter, size, baoab(1.0, 1.0, 0.05, 0.5), 1.0);
}

/// W3S: SGHMC with η = h², α = γh; v is the displacement per step, h times the velocity.
pub(super) fn w3_sghmc(meter: &mut Meter<'_>, size: Size) {
    sampler(meter, size, sghmc(0.0025, 0.05, 0.5), 400.0);
}
