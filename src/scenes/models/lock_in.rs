//! A lock-in amplifier: the stepping core driven by a minimum that swings at many frequencies at once.
//!
//! Every frequency is a particle of its own. A whole number of turns fits into a whole number of
//! steps, so that the projection on sine and cosine has no leakage. Nothing here knows a formula of
//! `theory`.

use std::f64::consts::TAU;
use std::sync::Arc;

use crate::core::{At, Field, Observe, State, Stepper, System, advance};
use crate::theory::matrix::Complex;

/// Steps a measurement may take, transient included.
pub const MOST: u64 = 16_384;
/// Steps over which a fast swing is averaged at least.
const LEAST: f64 = 48.0;

/// A swing of `turns` turns in `steps` steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Swing {
    turns: u64,
    steps: u64,
}

impl Swing {
    /// The swing closest to `omega` (rad/step) that closes.
    fn near(omega: f64) -> Swing {
        let turns = (LEAST * omega / TAU).round().max(1.0);
        Swing { turns: turns as u64, steps: (TAU * turns / omega).round().clamp(2.0, 1e15) as u64 }
    }

    fn omega(self) -> f64 {
        TAU * self.turns as f64 / self.steps as f64
    }

    /// `e^{iωn}` for every step of one window.
    fn table(self) -> Vec<Complex<f64>> {
        let angle = |n: u64| TAU * ((n * self.turns) % self.steps) as f64 / self.steps as f64;
        (0..self.steps).map(|n| Complex::from_polar(1.0, angle(n))).collect()
    }
}

/// Half a square of the distance from a minimum at cos ωn, one frequency per particle.
struct Swinging {
    curvature: f64,
    tables: Arc<[Vec<Complex<f64>>]>,
}

/// The phase of a swing at a step.
fn phase(table: &[Complex<f64>], step: u64) -> Complex<f64> {
    let n = step.checked_rem(table.len() as u64).unwrap_or(0);
    table.get(n as usize).copied().unwrap_or_default()
}

impl Field for Swinging {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        for ((f, q), table) in out.iter_mut().zip(at.q).zip(&*self.tables) {
            *f = -self.curvature * (q - phase(table, at.t as u64).re);
        }
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }
}

/// Sums x e^{−iωn} over one window per particle, after the transient.
struct Projection {
    settle: u64,
    tables: Arc<[Vec<Complex<f64>>]>,
    sums: Vec<Complex<f64>>,
}

impl Observe for Projection {
    fn observe(&mut self, _: &dyn Field, state: &State) {
        let Some(since) = state.step.checked_sub(self.settle + 1) else { return };
        for ((sum, table), q) in self.sums.iter_mut().zip(&*self.tables).zip(&state.q) {
            if since < table.len() as u64 {
                *sum += phase(table, state.step).conj() * q;
            }
        }
    }
}

/// What was measured.
pub struct Measured {
    /// Frequency (rad/step) and complex gain.
    pub points: Vec<(f64, Complex<f64>)>,
    /// Steps waited for the transient to die out.
    pub settle: u64,
    /// How many frequencies were wanted.
    pub wanted: usize,
}

/// The complex gain from the minimum's position to the iterate of `stepper` on a mode of this
/// curvature, near each of `frequencies` (rad/step), after `settle` steps. A frequency whose turn
/// would outlast [`MOST`] steps in all is left out.
///
/// The stepper must count iterations (a step of length 1).
pub fn measure(stepper: Arc<dyn Stepper>, curvature: f64, frequencies: &[f64], settle: u64) -> Measured {
    let mut swings: Vec<Swing> = frequencies.iter().map(|omega| Swing::near(*omega)).collect();
    swings.dedup();
    let wanted = swings.len();
    swings.retain(|s| s.steps.saturating_add(settle) <= MOST);
    let Some(longest) = swings.iter().map(|s| s.steps).max() else {
        return Measured { points: Vec::new(), settle, wanted };
    };
    let tables: Arc<[Vec<Complex<f64>>]> = swings.iter().map(|s| s.table()).collect();
    let sums = vec![Complex::default(); swings.len()];
    let mut projection = Projection { settle, tables: tables.clone(), sums };
    let system = System { field: Arc::new(Swinging { curvature, tables }), stepper };
    let mut state = State::at(&[0.0], &[], swings.len(), 0, 0);
    advance(&system, &mut state, settle + longest, &mut projection);
    let gain = |(swing, sum): (&Swing, Complex<f64>)| (swing.omega(), sum * (2.0 / swing.steps as f64));
    Measured { points: swings.iter().zip(projection.sums).map(gain).collect(), settle, wanted }
}
