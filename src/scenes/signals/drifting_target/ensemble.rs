//! Ensembles of trackers, run aside: mean square errors with their standard errors.

use super::{ground, target};
use crate::core::methods::{Chase, Target};
use crate::core::{Field, Observe, Outcome, State, System, advance};
use crate::scenes::Seen;
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::regime::is_stable;

/// Particles of an ensemble, each with noise of its own.
const PARTICLES: usize = 96;
/// Iterations averaged over, at least.
const AVERAGED: f64 = 400.0;
/// What is left of the start when averaging begins, and the longest wait for it.
const LEFT: f64 = 0.03;
const LONGEST: f64 = 2000.0;

/// A mean with its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// The mean over particles and time.
    pub mean: f64,
    /// Its standard error over the particles, which are independent.
    pub error: f64,
}

/// Sums of squared errors of every particle, and of errors.
struct Errors {
    settle: u64,
    squares: Vec<f64>,
    sum: f64,
    count: f64,
}

impl Observe for Errors {
    fn observe(&mut self, _: &dyn Field, state: &State) {
        if state.step <= self.settle {
            return;
        }
        self.count += 1.0;
        for ((sum, x), c) in self.squares.iter_mut().zip(state.coordinate(0)).zip(state.coordinate(1)) {
            *sum += (x - c) * (x - c);
            self.sum += (x - c) / state.n() as f64;
        }
    }
}

/// One ensemble.
struct Bench {
    coefficients: [f64; 2],
    target: Target,
    noise: f64,
    particles: usize,
    seed: u64,
    left: f64,
}

impl Bench {
    /// What it does, once settled; `None` if it does not settle in time.
    fn run(self) -> Option<Errors> {
        let [eta, beta] = self.coefficients;
        let wait = (self.left.ln() / spectral_radius(eta, beta).ln()).ceil();
        if !is_stable(eta, beta) || !(wait <= LONGEST) {
            return None;
        }
        let settle = wait.max(1.0) as u64;
        let averaged = match self.target {
            // Whole swings.
            Target::Swing { omega, .. } => {
                let period = std::f64::consts::TAU / omega;
                (AVERAGED / period).ceil() * period
            }
            _ => AVERAGED,
        };
        let mut errors = Errors { settle, squares: vec![0.0; self.particles], sum: 0.0, count: 0.0 };
        let chase = Chase { eta, beta, target: self.target };
        let system = System::new(ground(self.noise, self.seed), chase);
        let mut state = State::at(&[0.0; 2], &[], self.particles, self.seed, 0);
        let outcome = advance(&system, &mut state, settle + averaged.round() as u64, &mut errors);
        (outcome == Outcome::Running && errors.count > 0.0).then_some(errors)
    }

    fn measured(self) -> Option<Measured> {
        let n = self.particles as f64;
        let errors = self.run()?;
        let mean = errors.squares.iter().sum::<f64>() / (n * errors.count);
        let spread = errors.squares.iter().map(|s| (s / errors.count - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
        Some(Measured { mean, error: (spread / n).sqrt() })
    }
}

/// The mean square error with this step and momentum behind a minimum that is this fast; noise and drift together.
pub fn total(seen: &Seen<'_>, coefficients: [f64; 2], rate: f64) -> Option<Measured> {
    kept(seen, "total error", coefficients, rate, || {
        let values = &seen.run.values;
        let target = target(values, rate);
        let (noise, seed) = (values.get("noise"), seen.run.seed ^ 1);
        let bench = Bench { coefficients, target, noise, particles: PARTICLES, seed, left: LEFT };
        bench.measured().into_iter().collect()
    })
    .map(|[m]| m)
}

/// The mean square errors without drift and without noise.
pub fn parts(seen: &Seen<'_>, coefficients: [f64; 2]) -> Option<[Measured; 2]> {
    let rate = seen.get("rate");
    kept(seen, "parts of the error", coefficients, rate, || {
        let values = &seen.run.values;
        let target = target(values, rate);
        let (noise, seed) = (values.get("noise"), seen.run.seed ^ 2);
        // Without noise all particles behind a target that is given are one.
        let particles = if matches!(target, Target::Walk(_)) { PARTICLES } else { 1 };
        let still = Bench { coefficients, target: Target::Ramp(0.0), noise, particles: PARTICLES, seed, left: LEFT };
        let quiet = Bench { coefficients, target, noise: 0.0, particles, seed: seed ^ 4, left: LEFT * LEFT };
        still.measured().zip(quiet.measured()).map_or_else(Vec::new, |(a, b)| vec![a, b])
    })
}

/// Means with their errors, kept with the run.
fn kept<const N: usize>(
    seen: &Seen<'_>,
    name: &'static str,
    [eta, beta]: [f64; 2],
    rate: f64,
    make: impl Fn() -> Vec<Measured>,
) -> Option<[Measured; N]> {
    let key = (name, N, eta.to_bits() ^ beta.to_bits().rotate_left(11) ^ rate.to_bits().rotate_left(23));
    let flat = || make().into_iter().flat_map(|m| [m.mean, m.error]).collect();
    let column = seen.run.derived.once(key, flat);
    let all: Vec<Measured> = column.chunks_exact(2).map(|pair| Measured { mean: pair[0], error: pair[1] }).collect();
    all.try_into().ok()
}

/// The steady error x − c without noise behind a ramp of this rate.
pub fn lag(coefficients: [f64; 2], rate: f64) -> Option<f64> {
    let target = Target::Ramp(rate);
    let bench = Bench { coefficients, target, noise: 0.0, particles: 1, seed: 0, left: 1e-9 };
    let errors = bench.run()?;
    Some(errors.sum / errors.count)
}

/// How far the running mean with memory β lags behind the present rate's ramp after it has seen the present value:
/// descent with η = 1 − β, less the step the minimum makes afterwards.
pub fn average_lag(seen: &Seen<'_>) -> Option<f64> {
    let rate = seen.get("rate");
    lag([1.0 - seen.get("beta"), 0.0], rate).map(|lag| -lag - rate)
}
