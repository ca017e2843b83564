//! Hamiltonian Monte Carlo.

use super::super::{At, Field, State, Stepper};

/// Hamiltonian Monte Carlo (Duane et al. 1987; Neal 2011) for mass m at temperature T.
///
/// One step draws v ~ N(0, T/m), makes L leapfrog steps of length h and accepts the end with
/// probability min(1, e^{−ΔH/T}), H = ½ m|v|² + U, for every particle by itself. A particle that
/// refuses keeps its position and the velocity it drew, turned round. An energy that is not a number
/// is refused, and a field without a potential refuses every step.
///
/// [`State::stats`] counts proposals and acceptances. Slots: q, v and f of the start, and both
/// energies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hmc {
    /// Leapfrog step h.
    pub h: f64,
    /// Mass m.
    pub mass: f64,
    /// Temperature T.
    pub temperature: f64,
    /// Leapfrog steps L per proposal.
    pub leaps: u32,
    /// Whether steps can be refused. Without, positions are hot: (T/k)/(1 − h²k/(4m)) in a bowl.
    pub metropolis: bool,
}

impl Hmc {
    /// Hamiltonian Monte Carlo with its accept step.
    pub fn new(mass: f64, h: f64, leaps: u32, temperature: f64) -> Self {
        Hmc { h, mass, temperature, leaps, metropolis: true }
    }

    /// v ~ N(0, T/m).
    fn refresh(&self, s: &mut State) {
        s.v.fill(0.0);
        let (n, step) = (s.n(), s.step);
        s.noise.add(&mut s.v, n, libm::sqrt((self.temperature / self.mass).max(0.0)), step, 0);
    }

    fn leap(&self, field: &dyn Field, s: &mut State) {
        let half = 0.5 * self.h / self.mass;
        for _ in 0..self.leaps {
            for i in 0..s.q.len() {
                s.v[i] += half * s.f[i];
                s.q[i] += self.h * s.v[i];
            }
            s.evaluate(field);
            for i in 0..s.q.len() {
                s.v[i] += half * s.f[i];
            }
        }
    }

    /// Writes every particle's energy into the head of slot `slot`; NaN without a potential.
    fn energy(&self, field: &dyn Field, s: &mut State, slot: usize) {
        let n = s.n();
        let out = &mut s.slots[slot][..n];
        if !field.potential(At { t: s.t, n, q: &s.q, v: &s.v }, out) {
            out.fill(f64::NAN);
        }
        for row in s.v.chunks(n) {
            for (h, v) in out.iter_mut().zip(row) {
                *h += 0.5 * self.mass * v * v;
            }
        }
    }

    fn accept(&self, s: &mut State) {
        let n = s.n();
        for p in 0..n {
            s.stats.proposed += 1;
            let gained = s.slots[4][p] - s.slots[3][p];
            let chance = libm::exp(-gained / self.temperature);
            // NaN fails the comparison.
            if gained <= 0.0 || s.noise.uniform(p, s.step, 1) < chance {
                s.stats.accepted += 1;
                continue;
            }
            for i in (p..s.q.len()).step_by(n) {
                (s.q[i], s.v[i], s.f[i]) = (s.slots[0][i], -s.slots[1][i], s.slots[2][i]);
            }
        }
    }
}

impl Stepper for Hmc {
    fn dt(&self) -> f64 {
        self.h * f64::from(self.leaps)
    }

    fn slots(&self) -> usize {
        5
    }

    fn wants_force(&self) -> bool {
        true
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        self.refresh(s);
        if !self.metropolis {
            return self.leap(field, s);
        }
        for (slot, from) in [(0, &s.q), (1, &s.v), (2, &s.f)] {
            s.slots[slot].copy_from_slice(from);
        }
        self.energy(field, s, 3);
        self.leap(field, s);
        self.energy(field, s, 4);
        self.accept(s);
    }
}
