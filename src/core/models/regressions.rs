//! Many linear regressions at once, each on data of its own.

use super::super::fields::Batches;
use super::super::{At, Field, Noise};
use super::Spare;

/// Where the rows of a regression come from: `x_j = s_j ξ_j`, `y = Σ w_j x_j + σ ξ` with standard normal ξ.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The scale s of every feature.
    pub scales: Vec<f64>,
    /// The weight w of every feature.
    pub weights: Vec<f64>,
    /// The noise σ of the answers.
    pub noise: f64,
}

impl Source {
    /// The loss `½⟨(y − q·x)²⟩` to be expected of unseen rows, `½ Σ s²(q − w)² + ½σ²`, exactly.
    pub fn expected_loss(&self, q: impl IntoIterator<Item = f64>) -> f64 {
        let part = |((s, w), q): ((&f64, &f64), f64)| s * s * (q - w) * (q - w);
        let missed: f64 = self.scales.iter().zip(&self.weights).zip(q).map(part).sum();
        0.5 * (missed + self.noise * self.noise)
    }
}

/// Linear regressions without intercept: particle p fits the p-th set of rows that `source` gave under `seed`.
///
/// The force is minus the gradient of `½⟨(q·x − y)²⟩` over the batch of a step, of which all particles see
/// rows of the same numbers; the potential is that loss over all rows of the particle's own set.
#[derive(Clone, Debug)]
pub struct Regressions {
    batches: Batches,
    dim: usize,
    rows: usize,
    sets: usize,
    /// Features `[row][dim][set]` and answers `[row][set]`.
    x: Vec<f64>,
    y: Vec<f64>,
    spare: Spare,
}

impl Regressions {
    /// `sets` sets of `rows` rows, functions of `seed` and the stream, in these batches.
    pub fn new(source: &Source, [rows, sets]: [usize; 2], batches: Batches, seed: u64, stream: u32) -> Self {
        let (dim, rows, sets) = (source.scales.len().min(source.weights.len()), rows.max(1), sets.max(1));
        let noise = Noise::new(seed, stream);
        let (mut x, mut y) = (vec![0.0; rows * dim * sets], vec![0.0; rows * sets]);
        noise.add(&mut x, sets, 1.0, 0, 0);
        noise.add(&mut y, sets, source.noise, 0, 1);
        for (r, answers) in y.chunks_mut(sets).enumerate() {
            for (j, (s, w)) in source.scales.iter().zip(&source.weights).enumerate() {
                let column = &mut x[(r * dim + j) * sets..][..sets];
                for (x, y) in column.iter_mut().zip(answers.iter_mut()) {
                    *x *= s;
                    *y += w * *x;
                }
            }
        }
        Regressions { batches, dim, rows, sets, x, y, spare: Spare::default() }
    }

    /// What set `p` says of the features: second moments `⟨x xᵀ⟩`, row by row, and `⟨x y⟩`.
    pub fn moments(&self, p: usize) -> [Vec<f64>; 2] {
        let (mut xx, mut xy) = (vec![0.0; self.dim * self.dim], vec![0.0; self.dim]);
        let share = 1.0 / self.rows as f64;
        for r in 0..self.rows {
            let (x, y) = self.row(r, p);
            for j in 0..self.dim {
                let part = share * x[j];
                xy[j] += part * y;
                let (sums, features) = (&mut xx[j * self.dim..][..=j], &x[..=j]);
                sums.iter_mut().zip(features).for_each(|(sum, x)| *sum += part * x);
            }
        }
        for j in 0..self.dim {
            (0..j).for_each(|k| xx[k * self.dim + j] = xx[j * self.dim + k]);
        }
        [xx, xy]
    }

    /// Features and answer of row `r` of set `p`.
    fn row(&self, r: usize, p: usize) -> (Vec<f64>, f64) {
        let set = p % self.sets;
        let features = self.x[r * self.dim * self.sets..].iter().skip(set).step_by(self.sets);
        (features.take(self.dim).copied().collect(), self.y[r * self.sets + set])
    }

    /// The mean square of every component of the gradient that set `p` gives over a batch at `q`, batches being
    /// drawn without putting rows back: `ḡ² + (K − m)/(m (K − 1)) Var_rows(g)` of m out of K rows.
    pub fn squared_gradients(&self, p: usize, q: &[f64]) -> Vec<f64> {
        let (rows, size) = (self.rows as f64, self.batches.place(0).1.len() as f64);
        let (mut mean, mut square) = (vec![0.0; self.dim], vec![0.0; self.dim]);
        for r in 0..self.rows {
            let (x, y) = self.row(r, p);
            let miss = x.iter().zip(q).map(|(x, q)| x * q).sum::<f64>() - y;
            for (j, x) in x.iter().enumerate() {
                mean[j] += x * miss / rows;
                square[j] += x * miss * x * miss / rows;
            }
        }
        let share = (rows - size) / (size * (rows - 1.0).max(1.0));
        mean.iter().zip(&square).map(|(g, g2)| g * g + share * (g2 - g * g).max(0.0)).collect()
    }

    /// Writes how far the answers to row `r` miss for the first particles, `[n]`.
    fn miss(&self, q: &[f64], r: usize, miss: &mut [f64]) {
        let n = miss.len();
        miss.iter_mut().zip(&self.y[r * self.sets..]).for_each(|(miss, y)| *miss = -y);
        for (j, q) in q.chunks_exact(n).enumerate() {
            let x = &self.x[(r * self.dim + j) * self.sets..];
            miss.iter_mut().zip(x.iter().zip(q)).for_each(|(miss, (x, q))| *miss += x * q);
        }
    }
}

impl Field for Regressions {
    fn dim(&self) -> usize {
        self.dim
    }

    /// Particles beyond the last set have no data: their force is NaN.
    fn force(&self, at: At<'_>, out: &mut [f64]) {
        if at.n > self.sets {
            return out.fill(f64::NAN);
        }
        let (epoch, range) = self.batches.place(Batches::step(at.t));
        let order = self.batches.order(epoch);
        let rows = &order[range];
        out.fill(0.0);
        self.spare.with(at.n, |miss| {
            for r in rows.iter().map(|r| *r as usize).filter(|r| *r < self.rows) {
                self.miss(at.q, r, miss);
                for (j, out) in out.chunks_exact_mut(at.n).enumerate() {
                    let x = &self.x[(r * self.dim + j) * self.sets..];
                    out.iter_mut().zip(x.iter().zip(&*miss)).for_each(|(f, (x, miss))| *f -= x * miss);
                }
            }
        });
        let share = 1.0 / rows.len() as f64;
        out.iter_mut().for_each(|f| *f *= share);
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        if at.n > self.sets {
            return false;
        }
        out.fill(0.0);
        self.spare.with(at.n, |miss| {
            for r in 0..self.rows {
                self.miss(at.q, r, miss);
                out.iter_mut().zip(&*miss).for_each(|(loss, miss)| *loss += miss * miss);
            }
        });
        out.iter_mut().for_each(|loss| *loss *= 0.5 / self.rows as f64);
        true
    }

    fn cost(&self) -> u64 {
        // Of a batch and, at every step that is recorded, of all rows.
        ((self.batches.place(0).1.len() + self.rows / 2) * self.dim / 16).max(1) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fields::Order;
    use super::*;

    fn source() -> Source {
        Source { scales: vec![0.5, 1.0, 3.0], weights: vec![1.0, 0.0, -0.5], noise: 0.2 }
    }

    #[test]
    fn force_and_moments_are_those_of_the_loss() {
        let all = Regressions::new(&source(), [7, 4], Batches::new(7, 7, Order::InOrder), 3, 0);
        let q: Vec<f64> = (0..12).map(|i| libm::sin(f64::from(i))).collect();
        let mut force = vec![0.0; 12];
        all.force(At { t: 0.0, n: 4, q: &q, v: &[] }, &mut force);
        for (i, f) in force.iter().enumerate() {
            let loss = |h: f64| {
                let (mut q, mut out) = (q.clone(), [0.0; 4]);
                q[i] += h;
                assert!(all.potential(At { t: 0.0, n: 4, q: &q, v: &[] }, &mut out));
                out[i % 4]
            };
            let slope = (loss(1e-6) - loss(-1e-6)) / 2e-6;
            assert!((slope + f).abs() < 1e-8, "{slope} and {f}");
            let ([xx, xy], j) = (all.moments(i % 4), i / 4);
            let pull: f64 = (0..3).map(|k| xx[3 * j + k] * q[4 * k + i % 4]).sum();
            assert!((xy[j] - pull - f).abs() < 1e-12);
        }
    }

    #[test]
    fn a_particle_does_not_see_its_neighbours_and_batches_make_up_the_whole() {
        let batched = Regressions::new(&source(), [6, 3], Batches::new(6, 2, Order::InOrder), 3, 0);
        let whole = Regressions::new(&source(), [6, 3], Batches::new(6, 6, Order::InOrder), 3, 0);
        let q = [0.1, 0.2, 0.3, -1.0, 0.5, 0.7, 0.0, 2.0, 1.0];
        let first: Vec<f64> = q.iter().copied().step_by(3).collect();
        let (mut sum, mut out, mut wanted, mut alone) = ([0.0; 9], [0.0; 9], [0.0; 9], [0.0; 3]);
        for t in 0..3 {
            batched.force(At { t: f64::from(t), n: 3, q: &q, v: &[] }, &mut out);
            sum.iter_mut().zip(&out).for_each(|(sum, f)| *sum += f / 3.0);
        }
        whole.force(At { t: 0.0, n: 3, q: &q, v: &[] }, &mut wanted);
        whole.force(At { t: 0.0, n: 1, q: &first, v: &[] }, &mut alone);
        assert!(sum.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-12));
        assert!((0..3).all(|j| alone[j] == wanted[3 * j]));
    }

    /// Over all pairs of rows, counted one by one.
    #[test]
    fn squared_gradients_are_those_of_all_batches() {
        let all = |size| Regressions::new(&source(), [5, 2], Batches::new(5, size, Order::InOrder), 3, 0);
        let q = [0.3, -1.0, 0.2];
        let pairs: Vec<[u32; 2]> = (0..5).flat_map(|a| (0..a).map(move |b| [a, b])).collect();
        let mut wanted = [0.0; 3];
        for pair in &pairs {
            let order = Order::Given(pair.as_slice().into());
            let of_pair = Regressions { batches: Batches::new(5, 2, order), ..all(2) };
            let mut force = [0.0; 3];
            of_pair.force(At { t: 0.0, n: 1, q: &q, v: &[] }, &mut force);
            wanted.iter_mut().zip(force).for_each(|(sum, f)| *sum += f * f / pairs.len() as f64);
        }
        let found = all(2).squared_gradients(0, &q);
        assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?} for {wanted:?}");
    }

    /// The mean loss of many rows that were not seen is the expected loss: 5 standard errors.
    #[test]
    fn the_expected_loss_is_that_of_many_rows() {
        let (source, rows) = (source(), 40_000);
        let many = Regressions::new(&source, [rows, 1], Batches::new(1, 1, Order::InOrder), 8, 1);
        for q in [[1.0, 0.0, -0.5], [0.0, 0.0, 0.0], [2.0, 1.0, 0.3]] {
            let mut loss = [0.0];
            many.potential(At { t: 0.0, n: 1, q: &q, v: &[] }, &mut loss);
            let wanted = source.expected_loss(q);
            // ½ times the square of a normal number: its deviation is √2 times its mean.
            let error = wanted * libm::sqrt(2.0 / rows as f64);
            assert!((loss[0] - wanted).abs() < 5.0 * error, "{} for {wanted}", loss[0]);
        }
    }

    #[test]
    fn particles_without_data_stop() {
        let one = Regressions::new(&source(), [2, 1], Batches::new(2, 1, Order::InOrder), 3, 0);
        let mut out = [0.0; 6];
        one.force(At { t: 0.0, n: 2, q: &[0.0; 6], v: &[] }, &mut out);
        assert!(
            out.iter().all(|f| f.is_nan()) && !one.potential(At { t: 0.0, n: 2, q: &[0.0; 6], v: &[] }, &mut [0.0; 2])
        );
    }
}
