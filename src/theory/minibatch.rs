//! Least squares trained by minibatches drawn with replacement: means over all draws, exactly.
//!
//! The gradient of a batch is linear in the parameters, so first and second moments of parameters and velocity
//! follow a linear recursion; its noise depends on the parameters through third and fourth moments of the rows.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// A Hessian whose eigenvalues lie farther apart than this has no one optimum to speak of.
const SINGULAR: f64 = 1e-12;

/// How a model is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Training {
    /// Step size.
    pub eta: f64,
    /// Momentum.
    pub beta: f64,
    /// Rows in a batch.
    pub batch: f64,
    /// Whether gradients are taken at the look-ahead point (Nesterov).
    pub lookahead: bool,
}

/// The loss `½ mean (θ·x̃ − y)²` of rows x̃, each with a 1 behind its features, along the axes of its Hessian.
#[derive(Clone, Debug)]
pub struct LeastSquares {
    curvatures: Vec<f64>,
    axes: DMatrix<f64>,
    optimum: DVector<f64>,
    floor: f64,
    /// Mean e² u uᵀ: e the miss of a row at the optimum, u = x̃ along the axes.
    noise: DMatrix<f64>,
    /// Mean e u_j u_k u_l as columns l of stacked (j, k).
    third: DMatrix<f64>,
    /// Mean u_j u_k u_l u_m, stacked (j, k) by stacked (l, m).
    fourth: DMatrix<f64>,
}

impl LeastSquares {
    /// That of row-major `features` of this width; `None` if the Hessian is not positive or a number not finite.
    pub fn of(width: usize, features: &[f64], targets: &[f64]) -> Option<LeastSquares> {
        let (d, n) = (width + 1, targets.len() as f64);
        let row = |x: &[f64]| DVector::from_fn(d, |j, _| x.get(j).copied().unwrap_or(1.0));
        let rows: Vec<(DVector<f64>, f64)> =
            features.chunks(width.max(1)).zip(targets).map(|(x, y)| (row(x), *y)).collect();
        if rows.len() != targets.len() || rows.iter().any(|(x, y)| !x.iter().chain([y]).all(|x| x.is_finite())) {
            return None;
        }
        let mut hessian = DMatrix::zeros(d, d);
        let mut cross = DVector::zeros(d);
        for (x, y) in &rows {
            hessian.ger(1.0 / n, x, x, 1.0);
            cross.axpy(y / n, x, 1.0);
        }
        let optimum = hessian.clone().cholesky()?.solve(&cross);
        let eigen = SymmetricEigen::try_new(hessian, f64::EPSILON, 10_000)?;
        let mut order: Vec<usize> = (0..d).collect();
        order.sort_by(|a, b| eigen.eigenvalues[*a].total_cmp(&eigen.eigenvalues[*b]));
        let axes = DMatrix::from_fn(d, d, |i, j| eigen.eigenvectors[(i, order[j])]);
        let curvatures: Vec<f64> = order.iter().map(|k| eigen.eigenvalues[*k]).collect();
        if !(curvatures.first()? > &(SINGULAR * curvatures.last()?)) {
            return None;
        }
        let mut all = LeastSquares {
            curvatures,
            axes,
            optimum,
            floor: 0.0,
            noise: DMatrix::zeros(d, d),
            third: DMatrix::zeros(d * d, d),
            fourth: DMatrix::zeros(d * d, d * d),
        };
        rows.iter().for_each(|(x, y)| all.add(x, *y, 1.0 / n));
        Some(all)
    }

    /// Adds a row to the moments.
    fn add(&mut self, x: &DVector<f64>, y: f64, share: f64) {
        let (u, miss) = (self.axes.tr_mul(x), self.optimum.dot(x) - y);
        self.floor += 0.5 * share * miss * miss;
        self.noise.ger(share * miss * miss, &u, &u, 1.0);
        let square = DVector::from_column_slice((&u * u.transpose()).as_slice());
        self.third.ger(share * miss, &square, &u, 1.0);
        self.fourth.ger(share, &square, &square, 1.0);
    }

    /// Eigenvalues of the Hessian, rising \[E/L²\].
    pub fn curvatures(&self) -> &[f64] {
        &self.curvatures
    }

    /// The least loss \[E\].
    pub fn floor(&self) -> f64 {
        self.floor
    }

    /// The parameters of least loss.
    pub fn optimum(&self) -> &[f64] {
        self.optimum.as_slice()
    }

    /// The direction of axis `k`, of length 1; empty if there is no such axis.
    pub fn axis(&self, k: usize) -> Vec<f64> {
        if k < self.axes.ncols() { self.axes.column(k).iter().copied().collect() } else { Vec::new() }
    }

    /// Distance of `theta` from the optimum along the axes \[L\].
    pub fn along(&self, theta: &[f64]) -> Vec<f64> {
        if theta.len() != self.optimum.len() {
            return vec![f64::NAN; self.optimum.len()];
        }
        self.axes.tr_mul(&(DVector::from_column_slice(theta) - &self.optimum)).as_slice().to_vec()
    }

    /// Variance of one row's gradient along the axes, at the optimum \[E²/L²\].
    pub fn axis_noise(&self) -> Vec<f64> {
        self.noise.diagonal().as_slice().to_vec()
    }

    /// Mean loss over all draws after 0, 1, … `steps` steps \[E\], from parameters of mean `mean` and independent
    /// parts of variance `variance` \[L²\], at rest.
    pub fn mean_losses(&self, how: &Training, mean: &[f64], variance: &[f64], steps: usize) -> Vec<f64> {
        let d = self.curvatures.len();
        if mean.len() != d || variance.len() != d {
            return Vec::new();
        }
        let map = self.map(how);
        let mut first = DVector::zeros(2 * d);
        first.rows_mut(0, d).copy_from_slice(&self.along(mean));
        let mut second = &first * first.transpose();
        let spread = self.axes.transpose() * DMatrix::from_diagonal(&DVector::from_column_slice(variance)) * &self.axes;
        let mut block = second.view_mut((0, 0), (d, d));
        block += spread;
        let mut out = vec![self.mean_loss(&second)];
        for _ in 0..steps {
            second = self.moved(how, &map, &second, Some(&first));
            first = &map * first;
            out.push(self.mean_loss(&second));
        }
        out
    }

    /// Temperature `λ_k` ⟨δ_k²⟩ of every axis in the stationary state \[E\], δ the distance from the optimum;
    /// `None` if there is none.
    pub fn temperatures(&self, how: &Training) -> Option<Vec<f64>> {
        let d = self.curvatures.len();
        let (size, map) = (2 * d, self.map(how));
        let places: Vec<(usize, usize)> = (0..size).flat_map(|i| (i..size).map(move |j| (i, j))).collect();
        let upper = |m: &DMatrix<f64>| DVector::from_iterator(places.len(), places.iter().map(|p| m[*p]));
        let none = DMatrix::zeros(size, size);
        let constant = upper(&self.moved(how, &map, &none, None));
        let mut left = DMatrix::identity(places.len(), places.len());
        for (k, (i, j)) in places.iter().enumerate() {
            let mut unit = none.clone();
            (unit[(*i, *j)], unit[(*j, *i)]) = (1.0, 1.0);
            let mut column = left.column_mut(k);
            column -= upper(&self.moved(how, &map, &unit, None)) - &constant;
        }
        let second = left.lu().solve(&constant)?;
        let at = |k: usize| places.iter().position(|p| *p == (k, k)).map_or(f64::NAN, |p| second[p]);
        let all: Vec<f64> = self.curvatures.iter().enumerate().map(|(k, l)| l * at(k)).collect();
        let stable = super::matrix::spectral_radius(&map) < 1.0 && all.iter().all(|t| *t >= 0.0);
        stable.then_some(all)
    }

    /// How far the loss lies above its floor for second moments of (δ, v).
    fn mean_loss(&self, second: &DMatrix<f64>) -> f64 {
        let above: f64 = self.curvatures.iter().enumerate().map(|(k, l)| 0.5 * l * second[(k, k)]).sum();
        self.floor + above
    }

    /// The mean step of (δ, v): `v' = βv − ηHδ`, then `δ' = δ + v'`, or `δ + βv' − ηHδ` with look-ahead.
    fn map(&self, how: &Training) -> DMatrix<f64> {
        let d = self.curvatures.len();
        let (drift, flow) = how.shares();
        let mut map = DMatrix::zeros(2 * d, 2 * d);
        for (k, lambda) in self.curvatures.iter().enumerate() {
            let q = how.eta * lambda;
            map[(k, k)] = 1.0 - (drift + flow) * q;
            map[(k, d + k)] = drift * how.beta;
            map[(d + k, k)] = -q;
            map[(d + k, d + k)] = how.beta;
        }
        map
    }

    /// Second moments a step later; `first` are the means, none where they vanish.
    fn moved(
        &self,
        how: &Training,
        map: &DMatrix<f64>,
        second: &DMatrix<f64>,
        first: Option<&DVector<f64>>,
    ) -> DMatrix<f64> {
        let d = self.curvatures.len();
        let place = second.view((0, 0), (d, d)).into_owned();
        let mut of_row = &self.fourth * DVector::from_column_slice(place.as_slice());
        if let Some(first) = first {
            of_row += 2.0 * &self.third * first.rows(0, d);
        }
        let mut gradient = &self.noise + DMatrix::from_column_slice(d, d, of_row.as_slice());
        for ((i, j), x) in (0..d).flat_map(|j| (0..d).map(move |i| (i, j))).zip(gradient.iter_mut()) {
            *x -= self.curvatures[i] * place[(i, j)] * self.curvatures[j];
        }
        let (drift, flow) = how.shares();
        let push = [-how.eta * (drift + flow), -how.eta];
        let noise = |i: usize, j: usize| push[i / d] * push[j / d] * gradient[(i % d, j % d)] / how.batch;
        map * second * map.transpose() + DMatrix::from_fn(2 * d, 2 * d, noise)
    }
}

impl Training {
    /// How much of the new velocity, and of the push itself, a step moves by.
    fn shares(&self) -> (f64, f64) {
        if self.lookahead { (self.beta, 1.0) } else { (1.0, 0.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: [f64; 6] = [1.0, -1.0, 0.5, 2.0, -0.5, 0.25];
    const TARGETS: [f64; 6] = [0.7, -0.4, 0.1, 1.9, 0.3, -0.2];

    /// All batches of two rows, one after the other, enumerated: 36³ ways, each as likely as any other.
    fn enumerated(how: &Training, theta: [f64; 2], v: [f64; 2], steps: u32) -> f64 {
        if steps == 0 {
            let miss = |(x, y): (&f64, &f64)| theta[0] * x + theta[1] - y;
            return FEATURES.iter().zip(&TARGETS).map(|p| 0.5 * miss(p) * miss(p)).sum::<f64>() / 6.0;
        }
        let pull = |i: usize| {
            let miss = theta[0] * FEATURES[i] + theta[1] - TARGETS[i];
            [miss * FEATURES[i], miss]
        };
        let mut sum = 0.0;
        for (i, j) in (0..36).map(|k| (k / 6, k % 6)) {
            let g = [0, 1].map(|k| 0.5 * (pull(i)[k] + pull(j)[k]));
            let v = [0, 1].map(|k| how.beta * v[k] - how.eta * g[k]);
            let look = [0, 1].map(|k| theta[k] + how.beta * v[k] - how.eta * g[k]);
            let plain = [0, 1].map(|k| theta[k] + v[k]);
            sum += enumerated(how, if how.lookahead { look } else { plain }, v, steps - 1);
        }
        sum / 36.0
    }

    #[test]
    fn means_are_those_over_all_draws() {
        let Some(problem) = LeastSquares::of(1, &FEATURES, &TARGETS) else { panic!("it is positive") };
        for (eta, beta, lookahead) in [(0.2, 0.0, false), (0.1, 0.9, false), (0.3, 0.5, true)] {
            let how = Training { eta, beta, batch: 2.0, lookahead };
            let losses = problem.mean_losses(&how, &[0.4, -1.0], &[0.0; 2], 3);
            for (n, got) in losses.into_iter().enumerate() {
                let want = enumerated(&how, [0.4, -1.0], [0.0; 2], n as u32);
                assert!((got - want).abs() <= 1e-13 * want, "{how:?} {n}: {got} {want}");
            }
        }
    }

    /// The stationary state is where the recursion ends.
    #[test]
    fn the_stationary_state_is_the_end() {
        let Some(problem) = LeastSquares::of(1, &FEATURES, &TARGETS) else { panic!("it is positive") };
        for lookahead in [false, true] {
            let how = Training { eta: 0.1, beta: 0.7, batch: 3.0, lookahead };
            let Some(all) = problem.temperatures(&how) else { panic!("it is stable") };
            let end = problem.mean_losses(&how, &[1.0, 0.0], &[0.5, 0.1], 1500).pop().unwrap_or(f64::NAN);
            let want = problem.floor() + 0.5 * all.iter().sum::<f64>();
            assert!((end - want).abs() <= 1e-12, "{end} {want}");
        }
        assert_eq!(problem.temperatures(&Training { eta: 9.0, beta: 0.9, batch: 3.0, lookahead: false }), None);
    }

    #[test]
    fn what_has_no_optimum_is_no_problem() {
        assert!(LeastSquares::of(2, &[1.0, 1.0, 2.0, 2.0, 3.0, 3.0], &[1.0, 2.0, 3.0]).is_none());
        assert!(LeastSquares::of(1, &[1.0, f64::NAN], &[1.0, 2.0]).is_none());
    }
}
