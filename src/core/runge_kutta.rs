//! The classical fourth-order Runge–Kutta method on (q, v).

use super::fused::{Cell, Force};
use super::lanes::Lanes;
use super::{At, Field, Program, State, Stepper};

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
        6
    }

    fn program(&self) -> Option<Program> {
        (self.mass == 1.0).then(|| Program::runge_kutta(self.dt, self.friction))
    }

    /// Slots: the start (q, v), the outer slopes (first and last) and the inner ones (second and third).
    fn step(&self, field: &dyn Field, s: &mut State) {
        let (h, t0) = (self.dt, s.t);
        let (per_mass, drag) = (1.0 / self.mass, self.friction / self.mass);
        for (slot, from) in [(0, &s.q), (1, &s.v)] {
            s.slots[slot].copy_from_slice(from);
        }
        for (stage, next) in [0.5 * h, 0.5 * h, h, 0.0].into_iter().enumerate() {
            let t = t0 + h * [0.0, 0.5, 0.5, 1.0][stage];
            field.force(At { t, n: s.n(), q: &s.q, v: &s.v }, &mut s.f);
            s.stats.evaluations += 1;
            // The first slope of a pair is kept, the second added to it.
            let (pair, first) = ([2, 4, 4, 2][stage], stage < 2);
            for i in 0..s.q.len() {
                let slope_q = s.v[i];
                let slope_v = (-drag).mul_add(s.v[i], per_mass * s.f[i]);
                let before = if first { [0.0, 0.0] } else { [s.slots[pair][i], s.slots[pair + 1][i]] };
                s.slots[pair][i] = before[0] + slope_q;
                s.slots[pair + 1][i] = before[1] + slope_v;
                s.q[i] = next.mul_add(slope_q, s.slots[0][i]);
                s.v[i] = next.mul_add(slope_v, s.slots[1][i]);
            }
        }
        let (sixth, third) = (h / 6.0, h / 3.0);
        for i in 0..s.q.len() {
            s.q[i] = third.mul_add(s.slots[4][i], sixth.mul_add(s.slots[2][i], s.slots[0][i]));
            s.v[i] = third.mul_add(s.slots[5][i], sixth.mul_add(s.slots[3][i], s.slots[1][i]));
        }
    }
}

/// The coefficients of [`cell_step`]: h, h/2, h/6, h/3 and the friction.
pub(super) fn coefficients(h: f64, friction: f64) -> [f64; 5] {
    [h, 0.5 * h, h / 6.0, h / 3.0, friction]
}

/// The same step of one cell, for mass 1 and a force that depends on positions only.
#[inline(always)]
pub(super) fn cell_step<L: Lanes, F: Force<L, D>, const D: usize>(
    force: &F,
    [h, half, sixth, third, friction]: [L; 5],
    cell: &mut Cell<L, D>,
) {
    let (q0, v0) = (cell.q, cell.v);
    let slopes = |q: [L; D], v: [L; D]| {
        let mut f = force.at(q);
        for i in 0..D {
            f[i] = (-friction).mul_add(v[i], f[i]);
        }
        f
    };
    let after = |step: L, slope: &[L; D], from: &[L; D]| {
        let mut to = *from;
        for i in 0..D {
            to[i] = step.mul_add(slope[i], from[i]);
        }
        to
    };
    let (v1, a1) = (v0, slopes(q0, v0));
    let (q2, v2) = (after(half, &v1, &q0), after(half, &a1, &v0));
    let a2 = slopes(q2, v2);
    let (q3, v3) = (after(half, &v2, &q0), after(half, &a2, &v0));
    let a3 = slopes(q3, v3);
    let (q4, v4) = (after(h, &v3, &q0), after(h, &a3, &v0));
    cell.f = force.at(q4);
    for i in 0..D {
        let a4 = (-friction).mul_add(v4[i], cell.f[i]);
        cell.q[i] = third.mul_add(v2[i] + v3[i], sixth.mul_add(v1[i] + v4[i], q0[i]));
        cell.v[i] = third.mul_add(a2[i] + a3[i], sixth.mul_add(a1[i] + a4, v0[i]));
    }
}
