//! The order every integrator shows, measured by stepping it.

use std::sync::Arc;

use super::simulated::stepper;
use crate::core::fields::Quadratic;
use crate::core::{State, System, advance};
use crate::theory::integrators::Integrator;
use crate::theory::oscillator::Oscillator;

/// The order of one integrator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// The scheme.
    pub scheme: Integrator,
    /// Its order by theory; `None` for the exact flow.
    pub nominal: Option<u32>,
    /// The slope of its global error over the last halving of the step; NaN where the error is rounding.
    pub observed: f64,
    /// The error at the smallest step.
    pub error: f64,
}

/// Steps every integrator through an oscillator (m = 1, c = 0.3, k = 2, without friction for
/// velocity Verlet) to t = 4 in 400 and 800 steps and compares with the closed-form flow.
pub fn observed_orders() -> Vec<Order> {
    Integrator::ALL
        .into_iter()
        .map(|scheme| {
            let c = if scheme == Integrator::VelocityVerlet { 0.0 } else { 0.3 };
            let [coarse, fine] = [400, 800].map(|steps| error(scheme, Oscillator { m: 1.0, c, k: 2.0 }, steps));
            let observed = if fine > 1e-12 { (coarse / fine).log2() } else { f64::NAN };
            Order { scheme, nominal: scheme.order(), observed, error: fine }
        })
        .collect()
}

fn error(scheme: Integrator, spring: Oscillator, steps: u64) -> f64 {
    const END: f64 = 4.0;
    let Some(stepper) = stepper(scheme, [spring.m, spring.c, END / steps as f64], spring.k) else { return f64::NAN };
    let system = System { field: Arc::new(Quadratic::diagonal(&[spring.k])), stepper };
    let mut state = State::at(&[1.0], &[0.0], 1, 0, 0);
    advance(&system, &mut state, steps, &mut ());
    let (x, v) = spring.flow(END, 1.0, 0.0);
    (state.q[0] - x).hypot(state.v[0] - v)
}

#[cfg(test)]
mod tests {
    use super::observed_orders;

    #[test]
    fn orders_are_as_stated() {
        for order in observed_orders() {
            match order.nominal {
                Some(p) => assert!((order.observed - f64::from(p)).abs() <= 0.1, "{order:?}"),
                None => assert!(order.error <= 1e-12, "{order:?}"),
            }
        }
    }
}
