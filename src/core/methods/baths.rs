//! Steps in baths of any noise, which keep [`Books`] of what a steady current is known by.

use super::super::{Field, State, Stepper};
use super::books::Books;

/// A square matrix, row-major, as long as the square of the number of coordinates.
type Matrix = Vec<f64>;

/// Overdamped motion in a bath whose noise need not be the same along every coordinate
/// (Euler–Maruyama):
///
/// ```text
/// q ← q + d,  d = μ f + L ξ        s ← s + ½ dᵀ W (f + f′)
/// ```
///
/// f and f′ are the forces before and after, L Lᵀ the covariance of the noise of a step. With
/// `W = 2μ (L Lᵀ)⁻¹` the books hold the entropy s given to the bath (units of k_B), exactly: it is the
/// logarithm of the odds of the step against its reverse, but for terms that cancel along a path.
#[derive(Clone, Debug, PartialEq)]
pub struct BathedFlow {
    /// Length of a step in the lane's clock.
    pub dt: f64,
    /// Displacement μ per unit force in one step: h/c for a friction c, the learning rate of SGD.
    pub mobility: f64,
    /// Lower triangular factor L of the covariance of the noise.
    pub noise: Matrix,
    /// Inverse temperatures W (1/E), symmetric.
    pub cold: Matrix,
    /// What is counted, and where.
    pub books: Books,
}

impl Stepper for BathedFlow {
    fn dt(&self) -> f64 {
        self.dt
    }

    fn slots(&self) -> usize {
        Books::SLOTS
    }

    fn wants_force(&self) -> bool {
        true
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        let (n, dim) = (s.n(), s.dim());
        self.books.before(s);
        draw(s, Books::SCRATCH);
        {
            // Scratch holds ξ, then the displacement.
            let State { q, f, slots, .. } = s;
            let d = &mut slots[Books::SCRATCH];
            mix(&self.noise, d, dim, n);
            for (d, f) in d.iter_mut().zip(&*f) {
                *d += self.mobility * f;
            }
            for (q, d) in q.iter_mut().zip(&*d) {
                *q += d;
            }
        }
        self.give(s);
        s.evaluate(field);
        self.give(s);
        self.books.after(s);
    }
}

impl BathedFlow {
    /// Books half of the work that the stored force does along the displacement.
    fn give(&self, s: &mut State) {
        let (n, dim) = (s.n(), s.dim());
        let State { f, slots, .. } = s;
        let [scratch, entropy, ..] = &mut slots[..] else { return };
        for i in 0..dim {
            for j in 0..dim {
                let w = 0.5 * self.cold[i * dim + j];
                if w != 0.0 {
                    let (d, f) = (&scratch[i * n..(i + 1) * n], &f[j * n..(j + 1) * n]);
                    for ((s, d), f) in entropy.iter_mut().zip(d).zip(f) {
                        *s += w * d * f;
                    }
                }
            }
        }
    }
}

/// A mass in such a bath, by BAOAB (Leimkuhler and Matthews 2013):
///
/// ```text
/// half kick, half drift, v ← a v + L ξ with a = e^{−ch/m}, half drift, half kick
/// s ← s + ½ (vᵀ W v before the noise − vᵀ W v after it)
/// ```
///
/// L Lᵀ = (1 − a²) B, where B is the covariance of velocities the bath alone would hold (T/m for one
/// temperature). With `W = B⁻¹` the books hold the entropy s given to the bath (units of k_B), the
/// logarithm of the odds of the step against its reverse with velocities turned round.
#[derive(Clone, Debug, PartialEq)]
pub struct BathedMass {
    /// Length h of a step in the lane's clock.
    pub dt: f64,
    /// Mass m.
    pub mass: f64,
    /// Share a of the velocity that friction leaves in a step.
    pub keep: f64,
    /// Lower triangular factor L of the covariance of the velocity noise.
    pub noise: Matrix,
    /// Inverse W of the covariance of velocities that the bath alone would hold, symmetric.
    pub cold: Matrix,
    /// What is counted, and where.
    pub books: Books,
}

impl Stepper for BathedMass {
    fn dt(&self) -> f64 {
        self.dt
    }

    fn slots(&self) -> usize {
        Books::SLOTS
    }

    fn wants_force(&self) -> bool {
        true
    }

    fn step(&self, field: &dyn Field, s: &mut State) {
        self.books.before(s);
        self.half_kick(s);
        self.half_drift(s);
        self.give(s, 0.5);
        self.bathe(s);
        self.give(s, -0.5);
        self.half_drift(s);
        s.evaluate(field);
        self.half_kick(s);
        self.books.after(s);
    }
}

impl BathedMass {
    fn half_kick(&self, s: &mut State) {
        for (v, f) in s.v.iter_mut().zip(&s.f) {
            *v += 0.5 * self.dt / self.mass * f;
        }
    }

    fn half_drift(&self, s: &mut State) {
        for (q, v) in s.q.iter_mut().zip(&s.v) {
            *q += 0.5 * self.dt * v;
        }
    }

    /// v ← a v + L ξ.
    fn bathe(&self, s: &mut State) {
        let (n, dim) = (s.n(), s.dim());
        draw(s, Books::SCRATCH);
        let State { v, slots, .. } = s;
        mix(&self.noise, &mut slots[Books::SCRATCH], dim, n);
        for (v, xi) in v.iter_mut().zip(&slots[Books::SCRATCH]) {
            *v = self.keep * *v + xi;
        }
    }

    /// Books a share of vᵀ W v.
    fn give(&self, s: &mut State, share: f64) {
        let (n, dim) = (s.n(), s.dim());
        let State { v, slots, .. } = s;
        for i in 0..dim {
            for j in 0..dim {
                let w = share * self.cold[i * dim + j];
                if w != 0.0 {
                    let (a, b) = (&v[i * n..(i + 1) * n], &v[j * n..(j + 1) * n]);
                    for ((s, a), b) in slots[Books::ENTROPY].iter_mut().zip(a).zip(b) {
                        *s += w * a * b;
                    }
                }
            }
        }
    }
}

/// Fills a scratch array with standard normal deviates of this step.
fn draw(s: &mut State, slot: usize) {
    let (n, step) = (s.n(), s.step);
    let State { noise, slots, .. } = s;
    slots[slot].fill(0.0);
    noise.add(&mut slots[slot], n, 1.0, step, 0);
}

/// ξ ← L ξ in place, from the last row up, so that every row still finds the ones before it.
fn mix(factor: &[f64], xi: &mut [f64], dim: usize, n: usize) {
    for i in (0..dim).rev() {
        let (before, row) = xi.split_at_mut(i * n);
        let row = &mut row[..n];
        for x in &mut *row {
            *x *= factor[i * dim + i];
        }
        for j in 0..i {
            let l = factor[i * dim + j];
            for (x, y) in row.iter_mut().zip(&before[j * n..(j + 1) * n]) {
                *x += l * y;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mix;

    #[test]
    fn a_factor_mixes_in_place() {
        let factor = [2.0, 0.0, 0.0, 3.0, 4.0, 0.0, 5.0, 6.0, 7.0];
        let mut xi = [1.0, 10.0, 2.0, 20.0, 3.0, 30.0];
        mix(&factor, &mut xi, 3, 2);
        assert_eq!(xi, [2.0, 20.0, 3.0 + 8.0, 110.0, 5.0 + 12.0 + 21.0, 380.0]);
    }
}
