//! Two players on one function, over a field of [`fields::BilinearGame`](crate::core::fields::BilinearGame)'s
//! kind: the first half of the coordinates is player x, who goes down, the second half player y, who
//! goes up. The force is each player's own, so both add it.

use super::super::linear::solve;
use super::super::{Field, State, Stepper};

/// Who moves when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Both answer the old state.
    Simultaneous,
    /// x moves first; y answers the new x.
    Alternating,
}

/// Heavy ball for two players, each with a step and a momentum of its own (either may be negative,
/// Gidel et al. 2019): v ← βv + ηf, q ← q + v.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GameMomentum {
    /// Steps of x and y.
    pub eta: [f64; 2],
    /// Momenta of x and y.
    pub beta: [f64; 2],
    /// Who moves when.
    pub order: Order,
}

impl GameMomentum {
    /// Both players move at once with the same step and momentum.
    pub fn simultaneous(eta: f64, beta: f64) -> Self {
        GameMomentum { eta: [eta; 2], beta: [beta; 2], order: Order::Simultaneous }
    }

    /// x moves first, y answers, with the same step and momentum.
    pub fn alternating(eta: f64, beta: f64) -> Self {
        GameMomentum { order: Order::Alternating, ..GameMomentum::simultaneous(eta, beta) }
    }

    /// The same game with a momentum for each player.
    #[must_use]
    pub fn with_betas(self, beta_x: f64, beta_y: f64) -> Self {
        GameMomentum { beta: [beta_x, beta_y], ..self }
    }

    fn player(&self, s: &mut State, player: usize) {
        let (eta, beta) = (self.eta[player], self.beta[player]);
        let half = s.dim() / 2 * s.n();
        let own = if player == 0 { 0..half } else { half..s.q.len() };
        for i in own {
            s.v[i] = beta * s.v[i] + eta * s.f[i];
            s.q[i] += s.v[i];
        }
    }
}

impl Stepper for GameMomentum {
    fn dt(&self) -> f64 {
        1.0
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        self.player(s, 0);
        if self.order == Order::Alternating {
            s.evaluate(field);
        }
        self.player(s, 1);
    }
}

/// Extragradient (Korpelevich 1976): q½ = q + ηf(q), q ← q + ηf(q½). The slot holds q, the
/// velocity the step made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extragradient {
    /// Step η.
    pub eta: f64,
}

impl Stepper for Extragradient {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.slots[0].copy_from_slice(&s.q);
        for _ in 0..2 {
            s.evaluate(field);
            for i in 0..s.q.len() {
                s.v[i] = self.eta * s.f[i];
                s.q[i] = s.slots[0][i] + s.v[i];
            }
        }
    }
}

/// Optimistic gradient (Popov 1980; Daskalakis et al. 2018): q ← q + 2ηf − ηf₋, with f₋ = f in the
/// first step. The slot holds f₋, the velocity the step made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optimistic {
    /// Step η.
    pub eta: f64,
}

impl Stepper for Optimistic {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.evaluate(field);
        if s.step == 0 {
            s.slots[0].copy_from_slice(&s.f);
        }
        for i in 0..s.q.len() {
            s.v[i] = 2.0 * self.eta * s.f[i] - self.eta * s.slots[0][i];
            s.q[i] += s.v[i];
        }
        s.slots[0].copy_from_slice(&s.f);
    }
}

/// Proximal point (Rockafellar 1976), that is implicit Euler: q′ = q + ηf(q′).
///
/// Newton's method with the field's Jacobian if it has one and at most [`ProximalPoint::WIDEST`]
/// coordinates, else the plain iteration, which converges for small η. The slot holds q, the
/// velocity the step made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProximalPoint {
    /// Step η.
    pub eta: f64,
}

impl ProximalPoint {
    /// Most coordinates for Newton's method.
    pub const WIDEST: usize = 8;
    /// Most iterations of one step.
    const MOST: usize = 60;

    /// Improves particle `p`; returns how far it moved.
    fn improve(&self, field: &dyn Field, s: &mut State, p: usize) -> f64 {
        const W: usize = ProximalPoint::WIDEST;
        let (n, dim) = (s.n(), s.dim());
        let (mut q, mut d, mut a) = ([0.0; W], [0.0; W], [0.0; W * W]);
        let mut moved: f64 = 0.0;
        if dim <= W {
            for i in 0..dim {
                q[i] = s.q[i * n + p];
                d[i] = s.slots[0][i * n + p] + self.eta * s.f[i * n + p] - q[i];
            }
            if field.hessian(&q[..dim], &mut a[..dim * dim]) {
                for (k, a) in a[..dim * dim].iter_mut().enumerate() {
                    *a = self.eta * *a + if k % (dim + 1) == 0 { 1.0 } else { 0.0 };
                }
                if solve(&mut a[..dim * dim], &mut d[..dim]) {
                    for i in 0..dim {
                        s.q[i * n + p] += d[i];
                        moved = moved.max(d[i].abs() / (1.0 + q[i].abs()));
                    }
                    return moved;
                }
            }
        }
        for i in (p..s.q.len()).step_by(n) {
            let next = s.slots[0][i] + self.eta * s.f[i];
            moved = moved.max((next - s.q[i]).abs() / (1.0 + next.abs()));
            s.q[i] = next;
        }
        moved
    }
}

impl Stepper for ProximalPoint {
    fn dt(&self) -> f64 {
        1.0
    }

    fn slots(&self) -> usize {
        1
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        s.slots[0].copy_from_slice(&s.q);
        for _ in 0..Self::MOST {
            s.evaluate(field);
            let moved = (0..s.n()).map(|p| self.improve(field, s, p)).fold(0.0, f64::max);
            if moved <= 4.0 * f64::EPSILON {
                break;
            }
        }
        for i in 0..s.q.len() {
            s.v[i] = s.q[i] - s.slots[0][i];
        }
    }
}
