//! Linear regression: rows of features with a target each, and the best plane through them.

use std::sync::Arc;

use super::super::lanes::widely;
use super::Model;
use crate::core::linear::solve;

/// Rows of features with a target each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Observations {
    /// Number of features of a row.
    pub width: usize,
    /// Features, row by row.
    pub features: Vec<f64>,
    /// Target of every row.
    pub targets: Vec<f64>,
}

impl Observations {
    /// Number of whole rows.
    pub fn rows(&self) -> usize {
        self.features.len().checked_div(self.width).map_or(self.targets.len(), |rows| rows.min(self.targets.len()))
    }

    /// Features and target of a row.
    pub(in crate::core) fn row(&self, r: usize) -> (&[f64], f64) {
        (&self.features[r * self.width..(r + 1) * self.width], self.targets[r])
    }
}

/// `L(w, b) = ½ mean (w·x + b − y)²`, with `q = (w, b)`.
///
/// Over all rows it is `½ (qᵀHq − 2 c·q + yy)` with the moments `H = mean x̃x̃ᵀ`, `c = mean y x̃`, `yy = mean y²`,
/// x̃ the row with a 1 behind it.
#[derive(Clone, Debug)]
pub struct LinearRegression {
    data: Arc<Observations>,
    hessian: Vec<f64>,
    cross: Vec<f64>,
    square: f64,
    optimum: Vec<f64>,
}

/// Running sums side by side over the rows of a batch.
pub(in crate::core) const CHAINS: usize = 4;

impl LinearRegression {
    /// The model of these rows.
    pub fn new(data: Arc<Observations>) -> Self {
        let (dim, rows) = (data.width + 1, data.rows());
        let (mut hessian, mut cross, mut square) = (vec![0.0; dim * dim], vec![0.0; dim], 0.0);
        for r in 0..rows {
            let (x, y) = data.row(r);
            let with_one = |j: usize| x.get(j).copied().unwrap_or(1.0);
            for j in 0..dim {
                cross[j] += y * with_one(j);
                for k in 0..dim {
                    hessian[j * dim + k] += with_one(j) * with_one(k);
                }
            }
            square += y * y;
        }
        let share = 1.0 / rows.max(1) as f64;
        hessian.iter_mut().chain(&mut cross).chain([&mut square]).for_each(|sum| *sum *= share);
        let (mut left, mut optimum) = (hessian.clone(), cross.clone());
        if !solve(&mut left, &mut optimum) {
            optimum.fill(f64::NAN);
        }
        LinearRegression { data, hessian, cross, square, optimum }
    }

    /// The rows.
    pub fn data(&self) -> &Observations {
        &self.data
    }

    /// The Hessian over all rows, row-major.
    pub fn hessian(&self) -> &[f64] {
        &self.hessian
    }

    /// Mean of target times row over all rows.
    pub fn cross(&self) -> &[f64] {
        &self.cross
    }

    /// The parameters of least loss; NaN if they are not unique.
    pub fn optimum(&self) -> &[f64] {
        &self.optimum
    }

    /// The loss over all rows, from the moments.
    pub fn whole(&self, q: &[f64]) -> f64 {
        let dim = self.cross.len();
        let pulled = |j: usize| -> f64 {
            let row = &self.hessian[j * dim..(j + 1) * dim];
            row.iter().zip(q).map(|(h, q)| h * q).sum::<f64>() - 2.0 * self.cross[j]
        };
        0.5 * (q.iter().enumerate().map(|(j, q)| q * pulled(j)).sum::<f64>() + self.square)
    }

    /// Writes `−∇L` over `rows` into `out`, and gives `Σ (w·x + b − y)²`.
    ///
    /// The residual is summed in two chains over the features, the pull in [`CHAINS`] over the rows, each term
    /// rounded once: in the same order wherever and however wide it is done.
    pub(in crate::core) fn pull(&self, q: &[f64], rows: &[u32], out: &mut [f64]) -> f64 {
        // Without these registers a term that is rounded once is a call.
        widely(|| self.pull_here(q, rows, out))
    }

    #[inline(always)]
    fn pull_here(&self, q: &[f64], rows: &[u32], out: &mut [f64]) -> f64 {
        let share = -1.0 / rows.len().max(1) as f64;
        let dim = self.cross.len();
        let (mut chains, mut squares) = ([[0.0; MOST]; CHAINS], 0.0);
        for (k, r) in rows.iter().enumerate() {
            let (x, y) = self.data.row(*r as usize);
            let miss = residual(q, x, y);
            squares = miss.mul_add(miss, squares);
            let chain = &mut chains[k % CHAINS];
            for (sum, x) in chain.iter_mut().zip(x.iter().chain([&1.0])) {
                *sum = miss.mul_add(share * x, *sum);
            }
        }
        let [a, b, c, d] = &chains;
        for (j, out) in out.iter_mut().enumerate().take(dim) {
            *out = (a[j] + b[j]) + (c[j] + d[j]);
        }
        squares
    }
}

/// The most parameters: those of a row that can be looked at in the middle of a cloud.
pub const MOST: usize = 16;

/// `w·x + b − y` in two chains, over features of even and of odd place.
#[inline(always)]
fn residual(q: &[f64], x: &[f64], y: f64) -> f64 {
    let (mut even, mut odd) = (-y, q.get(x.len()).copied().unwrap_or(0.0));
    for (j, (w, x)) in q.iter().zip(x).enumerate() {
        if j % 2 == 0 {
            even = w.mul_add(*x, even);
        } else {
            odd = w.mul_add(*x, odd);
        }
    }
    even + odd
}

impl Model for LinearRegression {
    fn dim(&self) -> usize {
        self.cross.len()
    }

    fn rows(&self) -> usize {
        self.data.rows()
    }

    fn loss(&self, q: &[f64], rows: &[u32], gradient: Option<&mut [f64]>) -> f64 {
        let (mut pull, dim) = ([0.0; MOST], self.dim());
        let squares = self.pull(q, rows, &mut pull);
        if let Some(gradient) = gradient {
            gradient.iter_mut().zip(&pull).take(dim).for_each(|(g, f)| *g = -f);
        }
        0.5 * squares / rows.len() as f64
    }

    fn cost(&self) -> u64 {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> LinearRegression {
        // y = 2 x₁ − x₂ + ½ and a remainder that no plane takes away.
        let features: Vec<f64> = (0..40).map(|i| f64::from((i * i * 7 + i) % 23) / 11.0 - 1.0).collect();
        let targets =
            features.chunks(2).enumerate().map(|(i, x)| 2.0 * x[0] - x[1] + 0.5 + 0.1 * f64::from(i as u8 % 3));
        let targets = targets.collect();
        LinearRegression::new(Arc::new(Observations { width: 2, features, targets }))
    }

    #[test]
    fn moments_give_the_loss_of_the_rows() {
        let (model, all) = (model(), (0..20).collect::<Vec<u32>>());
        for q in [[0.0; 3], [2.0, -1.0, 0.5], [-0.3, 4.0, 1.5]] {
            let (loss, whole) = (model.loss(&q, &all, None), model.whole(&q));
            assert!((loss - whole).abs() <= 1e-13 * whole.max(1.0), "{loss} {whole}");
        }
    }

    /// Central differences of a quadratic have no error but rounding.
    #[test]
    fn the_gradient_is_the_slope() {
        let (model, rows, q) = (model(), [3, 1, 19, 7, 7], [0.3, -1.2, 0.7]);
        let mut gradient = [f64::NAN; 3];
        model.loss(&q, &rows, Some(&mut gradient));
        for j in 0..3 {
            let at = |h: f64| {
                let mut q = q;
                q[j] += h;
                model.loss(&q, &rows, None)
            };
            let slope = (at(0.5) - at(-0.5)) / 1.0;
            assert!((slope - gradient[j]).abs() <= 1e-13, "{j}: {slope} {}", gradient[j]);
        }
    }

    #[test]
    fn nothing_pulls_at_the_optimum() {
        let (model, mut pull) = (model(), [f64::NAN; 3]);
        model.pull(model.optimum(), &(0..20).collect::<Vec<_>>(), &mut pull);
        assert!(pull.iter().all(|f| f.abs() <= 1e-15), "{pull:?}");
    }

    #[test]
    fn features_that_say_the_same_have_no_one_optimum() {
        let features = (0..6).flat_map(|i| [f64::from(i), f64::from(i)]).collect();
        let data = Observations { width: 2, features, targets: vec![1.0; 6] };
        assert!(LinearRegression::new(Arc::new(data)).optimum().iter().all(|x| x.is_nan()));
    }
}
