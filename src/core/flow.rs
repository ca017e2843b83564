//! A flow: the field is the velocity itself.

use super::{At, Field, State, Stepper};

/// One step of the classical Runge–Kutta method for `q̇ = F(t, q)`; velocities play no part.
///
/// Four evaluations; global error O(h⁴) (Kutta 1901).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RungeKuttaFlow {
    /// Step length h.
    pub dt: f64,
}

impl Stepper for RungeKuttaFlow {
    fn dt(&self) -> f64 {
        self.dt
    }

    fn slots(&self) -> usize {
        2
    }

    /// Slots: the start, and the weighted sum of the slopes.
    fn step(&self, field: &dyn Field, s: &mut State) {
        let (h, t0) = (self.dt, s.t);
        s.slots[0].copy_from_slice(&s.q);
        s.slots[1].fill(0.0);
        for (at, weight, next) in [(0.0, 1.0, 0.5), (0.5, 2.0, 0.5), (0.5, 2.0, 1.0), (1.0, 1.0, 0.0)] {
            field.force(At { t: t0 + h * at, n: s.n(), q: &s.q, v: &s.v }, &mut s.f);
            s.stats.evaluations += 1;
            for i in 0..s.q.len() {
                s.slots[1][i] += weight * s.f[i];
                s.q[i] = s.slots[0][i] + h * next * s.f[i];
            }
        }
        for i in 0..s.q.len() {
            s.q[i] = s.slots[0][i] + h / 6.0 * s.slots[1][i];
        }
    }
}
