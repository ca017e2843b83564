//! A typed world as a field of the stepping core.

use std::sync::Arc;

use crate::core::{At, Field};
use crate::formula::{MAX_STATES, World};

/// What the field is to its stepper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// A force; one unit of the stepper's clock lasts so many seconds.
    Force {
        /// Seconds per unit.
        seconds: f64,
    },
    /// The rates of all states, positions and velocities alike.
    Flow,
}

/// A world at one setting of its sliders.
pub struct WorldField {
    world: Arc<World>,
    sliders: Vec<f64>,
    law: Law,
}

/// Instructions that take as long as a bowl.
const BOWL: u64 = 6;

impl WorldField {
    /// The field of a world; one that has no force moves by its rates.
    pub fn new(world: &Arc<World>, sliders: Vec<f64>, law: Law) -> Self {
        let law = if world.kind().has_force() { law } else { Law::Flow };
        WorldField { world: world.clone(), sliders, law }
    }
}

impl Field for WorldField {
    fn dim(&self) -> usize {
        match self.law {
            Law::Flow => self.world.states().len(),
            Law::Force { .. } => self.world.kind().dim(),
        }
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        match self.law {
            Law::Flow => {
                let (q, v) = at.q.split_at((self.world.kind().dim() * at.n).min(at.q.len()));
                self.world.rates(&self.world.columns(q, v, &at.t), &self.sliders, out);
            }
            Law::Force { seconds } => {
                let t = at.t * seconds;
                let mut scaled = [0.0; MAX_STATES];
                // Only a single particle has a force that reads its velocity.
                let v = match scaled.get_mut(..at.v.len()) {
                    Some(scaled) if self.world.reads_velocity() => {
                        scaled.iter_mut().zip(at.v).for_each(|(s, v)| *s = v / seconds);
                        &*scaled
                    }
                    _ => at.v,
                };
                self.world.force(&self.world.columns(at.q, v, &t), &self.sliders, out);
            }
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.world.potential(&self.world.columns(at.q, &[], &at.t), &self.sliders, out)
    }

    fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
        let rest = [0.0; MAX_STATES];
        let v = rest.get(..q.len()).unwrap_or(&rest);
        self.world.hessian(&self.world.columns(q, v, &0.0), &self.sliders, out)
    }

    fn cost(&self) -> u64 {
        1 + self.world.work()[0] as u64 / BOWL
    }
}
