//! Answer of the iterates to a unit step of the minimum, `x_n = 1 - e_n` with `e_n` the response from rest.

use std::f64::consts::{PI, TAU};

use super::poles::{discriminant, phase, spectral_radius};
use super::response::response;
use super::steps::exact_steps;
use crate::theory::numeric::count_while;
use crate::theory::regime::is_stable;

/// Turns of the ringing examined for the highest iterate.
const MAX_TURNS: u32 = 10_000;

/// What a control engineer reads off a step response, exact to the iterate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepMetrics {
    /// How far the iterates pass the new minimum, as a share of the step (1).
    pub overshoot: f64,
    /// The iterate that passes it furthest; `None` if none does.
    pub peak: Option<u64>,
    /// The first iterates that have gone 10 % and 90 % of the way.
    pub rise: [u64; 2],
    /// The first iterate from which all stay within 2 % of the new minimum.
    pub settling: u64,
}

/// Metrics of the step response of a mode, from rest; `q`, `beta` (1).
///
/// `None` for a mode that does not converge, or one so weakly damped that ten thousand turns do not
/// decide which iterate is the highest. Source: the closed form of the map; derived.
///
/// ```
/// let step = impetus::theory::heavy_ball::step_metrics(0.08, 0.5).unwrap();
/// assert_eq!((step.rise, step.settling), ([2, 12], 19));
/// ```
pub fn step_metrics(q: f64, beta: f64) -> Option<StepMetrics> {
    let settling = exact_steps(q, beta, 0.02)?;
    let rise = [first_below(q, beta, 0.9)?, first_below(q, beta, 0.1)?];
    let peak = lowest(q, beta)?;
    let overshoot = -error(q, beta, peak);
    let passes = overshoot > 0.0;
    Some(StepMetrics { overshoot: overshoot.max(0.0), peak: passes.then_some(peak), rise, settling })
}

/// What is left of the step after `n` iterations.
fn error(q: f64, beta: f64, n: u64) -> f64 {
    response(q, beta, 1.0, 0.0, n)
}

/// First `n` with `e_n <= limit`, for `0 < limit < 1`.
fn first_below(q: f64, beta: f64, limit: f64) -> Option<u64> {
    let above = |n: u64| error(q, beta, n) > limit;
    let Some(phi) = phase(q, beta) else {
        // With real poles the even iterates fall below the limit once and for all, and so do the odd ones.
        let even = count_while(|k| above(2 * k))?;
        let odd = count_while(|k| above(2 * k + 1))?;
        return Some((2 * even).min(2 * odd + 1));
    };
    // The first fall takes less than half a turn; strides are short against it.
    let stride = ((0.25 / phi) as u64).max(1);
    let turn = (TAU / phi).ceil() as u64 + 2;
    let reached = (0..=turn / stride + 1).find(|k| !above(k * stride))?;
    let from = reached.saturating_sub(1) * stride;
    (from..=reached * stride).nth(count_while(|k| above(from + k))? as usize)
}

/// The `n >= 1` with the smallest `e_n`; of a stable mode.
fn lowest(q: f64, beta: f64) -> Option<u64> {
    if !is_stable(q, beta) {
        return None;
    }
    if discriminant(q, beta) < 0.0 {
        return lowest_of_ringing(q, beta);
    }
    // Only odd iterates of a negative pole lie beyond; they fall to one lowest point, if at all, and then decay.
    let rising = count_while(|k| error(q, beta, 2 * k + 3) < error(q, beta, 2 * k + 1))?;
    Some(2 * rising + 1)
}

/// `e_n = R rho^n cos(n phi - psi)`: the neighbours of every trough, until the envelope is above the best.
fn lowest_of_ringing(q: f64, beta: f64) -> Option<u64> {
    let (phi, rho) = (phase(q, beta)?, spectral_radius(q, beta));
    let tilt = (1.0 - beta - q) / (-discriminant(q, beta)).sqrt();
    let (size, psi) = (1.0f64.hypot(tilt), tilt.atan());
    let lag = (-rho.ln()).atan2(phi);
    let trough = |turn: u32| (PI + psi - lag + TAU * f64::from(turn)) / phi;
    let (mut best, mut at) = (f64::INFINITY, 1);
    for turn in 0..MAX_TURNS {
        let t = trough(turn).max(1.0);
        if size * rho.powf((t - 1.0).max(0.0)) <= -best {
            return Some(at);
        }
        for n in [t.floor() as u64, t.ceil() as u64] {
            let e = error(q, beta, n.max(1));
            if e < best {
                (best, at) = (e, n.max(1));
            }
        }
    }
    None
}
