//! Learning-rate schedules.

use std::f64::consts::PI;

/// How a step size changes with the step counter: a factor on the base rate, 1 at full rate.
///
/// A schedule acts on the rate the method is given. What becomes of the momentum already stored
/// depends on the storage convention (see [`super::Momentum`]).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Schedule {
    /// Always 1.
    #[default]
    Constant,
    /// 1 before step `at`, `factor` from there on.
    Drop {
        /// First step with the new rate, counted from 0.
        at: u64,
        /// The new rate as a share of the old one.
        factor: f64,
    },
    /// factor^⌊t/every⌋.
    Staircase {
        /// Steps between two drops; 0 counts as 1.
        every: u64,
        /// Share that is kept at every drop.
        factor: f64,
    },
    /// factorᵗ.
    Exponential {
        /// Share that is kept at every step.
        factor: f64,
    },
    /// floor + (1 − floor)(1 + cos(π t/over))/2 until `over`, then floor
    /// (Loshchilov and Hutter 2017, without restarts).
    Cosine {
        /// Steps until the floor is reached; 0 is at the floor from the start.
        over: u64,
        /// The last rate as a share of the first.
        floor: f64,
    },
    /// (t + 1)/over until it is 1 (Goyal et al. 2017, sec. 2.2).
    WarmUp {
        /// Steps until the full rate.
        over: u64,
    },
    /// [`Schedule::WarmUp`], then [`Schedule::Cosine`] from the full rate.
    WarmUpCosine {
        /// Steps until the full rate.
        warm_up: u64,
        /// Steps from there to the floor.
        over: u64,
        /// The last rate as a share of the full one.
        floor: f64,
    },
}

impl Schedule {
    /// The factor on the base rate at step `t`, counted from 0.
    pub fn factor(self, t: u64) -> f64 {
        match self {
            Schedule::Constant => 1.0,
            Schedule::Drop { at, factor } => {
                if t < at {
                    1.0
                } else {
                    factor
                }
            }
            Schedule::Staircase { every, factor } => libm::pow(factor, (t / every.max(1)) as f64),
            Schedule::Exponential { factor } => libm::pow(factor, t as f64),
            Schedule::Cosine { over, floor } => cosine(t, over, floor),
            Schedule::WarmUp { over } => ramp(t, over),
            Schedule::WarmUpCosine { warm_up, over, floor } => {
                if t < warm_up {
                    ramp(t, warm_up)
                } else {
                    cosine(t - warm_up, over, floor)
                }
            }
        }
    }
}

fn ramp(t: u64, over: u64) -> f64 {
    if t + 1 >= over { 1.0 } else { (t + 1) as f64 / over as f64 }
}

fn cosine(t: u64, over: u64, floor: f64) -> f64 {
    if t >= over { floor } else { floor + 0.5 * (1.0 - floor) * (1.0 + libm::cos(PI * t as f64 / over as f64)) }
}

#[cfg(test)]
mod tests {
    use super::Schedule::{Constant, Cosine, Drop, Exponential, Staircase, WarmUp, WarmUpCosine};

    #[test]
    fn factors_at_chosen_steps() {
        let table = [
            (Constant, [1.0, 1.0, 1.0, 1.0]),
            (Drop { at: 2, factor: 0.1 }, [1.0, 1.0, 0.1, 0.1]),
            (Staircase { every: 2, factor: 0.5 }, [1.0, 1.0, 0.5, 0.25]),
            (Exponential { factor: 0.5 }, [1.0, 0.5, 0.25, 0.0625]),
            (Cosine { over: 4, floor: 0.2 }, [1.0, 0.6 + 0.4 * f64::sqrt(0.5), 0.6, 0.2]),
            (WarmUp { over: 4 }, [0.25, 0.5, 0.75, 1.0]),
            (WarmUpCosine { warm_up: 2, over: 4, floor: 0.0 }, [0.5, 1.0, 1.0, 0.5]),
        ];
        for (schedule, want) in table {
            for (t, want) in [0, 1, 2, 4].into_iter().zip(want) {
                let got = schedule.factor(t);
                assert!((got - want).abs() <= 1e-15, "{schedule:?} at {t}: {got} is not {want}");
            }
        }
    }
}
