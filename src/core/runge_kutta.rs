//! The classical fourth-order Runge–Kutta method on (q, v).

use super::{At, Field, State, Stepper};

/// One step of the classical Runge–Kutta method for `m v̇ = F(t, q, v) − c v`, `q̇ = v`.
///
/// Four force evaluations; global error O(h⁴) (Kutta 1901).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RungeKutta4 {
    /// Step length h.
    pub dt: f64,
    /// Mass m.
    pub mass: f64,
    /// Viscous friction c.
    pub friction: f64,
}

impl Stepper for RungeKutta4 {
    fn dt(&self) -> f64 {
        self.dt
    }

    fn slots(&self) -> usize {
        4
    }

    /// Slots: the start (q, v) and the weighted sums of the slopes (q̇, v̇).
    fn step(&self, field: &dyn Field, s: &mut State) {
        let (h, t0) = (self.dt, s.t);
        for (slot, from) in [(0, &s.q), (1, &s.v)] {
            s.slots[slot].copy_from_slice(from);
        }
        for (stage, (weight, next)) in [(1.0, 0.5), (2.0, 0.5), (2.0, 1.0), (1.0, 0.0)].into_iter().enumerate() {
            let t = t0 + h * [0.0, 0.5, 0.5, 1.0][stage];
            field.force(At { t, n: s.n(), q: &s.q, v: &s.v }, &mut s.f);
            s.stats.evaluations += 1;
            for i in 0..s.q.len() {
                let slope_q = s.v[i];
                let slope_v = (s.f[i] - self.friction * s.v[i]) / self.mass;
                let old = if stage == 0 { [0.0, 0.0] } else { [s.slots[2][i], s.slots[3][i]] };
                s.slots[2][i] = old[0] + weight * slope_q;
                s.slots[3][i] = old[1] + weight * slope_v;
                s.q[i] = s.slots[0][i] + h * next * slope_q;
                s.v[i] = s.slots[1][i] + h * next * slope_v;
            }
        }
        for i in 0..s.q.len() {
            s.q[i] = s.slots[0][i] + h / 6.0 * s.slots[2][i];
            s.v[i] = s.slots[1][i] + h / 6.0 * s.slots[3][i];
        }
    }
}
