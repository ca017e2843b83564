//! Gradients that do not arrive at every step, as those of the row of an embedding whose word is not read.
//!
//! The step is read from the lane's clock, so this belongs to methods that count iterations (dt = 1) and
//! ask for the force once per step.

use std::sync::Arc;

use super::super::{At, Field, philox};
use super::Batches;

/// When the gradient of a coordinate arrives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrival {
    /// At every step.
    Always,
    /// At step 0 and every so many steps from there.
    Every(u64),
    /// With this probability at every step, drawn for every particle on its own.
    AtRandom {
        /// Probability p per step.
        probability: f64,
        /// Seed.
        seed: u64,
        /// Stream.
        stream: u32,
    },
}

impl Arrival {
    /// Whether it arrives for a particle's coordinate at a step: a function of these numbers alone.
    pub fn comes(&self, step: u64, particle: usize, coordinate: usize) -> bool {
        match *self {
            Arrival::Always => true,
            Arrival::Every(gap) => step.is_multiple_of(gap.max(1)),
            Arrival::AtRandom { probability, seed, stream } => {
                let key = [seed as u32, (seed >> 32) as u32 ^ stream.wrapping_mul(0x9E37_79B9)];
                let place = [step as u32, (step >> 32) as u32, particle as u32, 0x5241_5245 ^ coordinate as u32];
                f64::from(philox(place, key)[0]) < probability * 4_294_967_296.0
            }
        }
    }
}

/// A landscape of whose force some coordinates are told now and then only; in between they get exactly 0.
#[derive(Clone)]
pub struct Rare {
    /// The landscape.
    pub field: Arc<dyn Field>,
    /// When the force along each coordinate arrives; always for those missing.
    pub arrivals: Vec<Arrival>,
}

impl Field for Rare {
    fn dim(&self) -> usize {
        self.field.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.field.force(at, out);
        let step = Batches::step(at.t);
        for (i, (row, arrival)) in out.chunks_mut(at.n).zip(&self.arrivals).enumerate() {
            for (particle, f) in row.iter_mut().enumerate() {
                if !arrival.comes(step, particle, i) {
                    *f = 0.0;
                }
            }
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.field.potential(at, out)
    }

    fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
        self.field.hessian(q, out)
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        self.field.near_stationary()
    }

    fn cost(&self) -> u64 {
        self.field.cost() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::Slope;
    use super::*;

    #[test]
    fn a_force_comes_at_its_steps_and_is_nothing_in_between() {
        let field = Rare {
            field: Arc::new(Slope { force: vec![2.0, -3.0] }),
            arrivals: vec![Arrival::Always, Arrival::Every(4)],
        };
        for (t, rare) in [(0.0, -3.0), (1.0, 0.0), (3.0, 0.0), (4.0, -3.0), (f64::NAN, -3.0)] {
            let mut out = [f64::NAN; 4];
            field.force(At { t, n: 2, q: &[0.0; 4], v: &[0.0; 4] }, &mut out);
            assert_eq!(out, [2.0, 2.0, rare, rare], "{t}");
        }
    }

    /// Share of 4·10⁴ draws within four standard errors, and other draws for other seeds and particles.
    #[test]
    fn chance_has_its_probability() {
        for probability in [0.0, 0.05, 0.5, 1.0] {
            let arrival = |seed| Arrival::AtRandom { probability, seed, stream: 1 };
            let draws = |seed| (0..200).flat_map(move |n| (0..200).map(move |k| arrival(seed).comes(n, k, 1)));
            let share = draws(3).filter(|come| *come).count() as f64 / 4e4;
            let error = (probability * (1.0 - probability) / 4e4).sqrt();
            assert!((share - probability).abs() <= 4.0 * error, "{probability}: {share}");
            assert_eq!(draws(3).eq(draws(4)), error == 0.0);
        }
    }
}
