//! Linear stochastic dynamics as a scheme runs them, `z' = M z + noise` every `h` seconds: what is
//! counted from displacements alone, exact at any step.
//!
//! A current is counted by adding up displacements `d = z' - z` where their midpoints `m = (z + z')/2`
//! lie. In the stationary state `(d, m)` is Gaussian, so the count has an exact expectation; for `h -> 0`
//! it is the probability current `J = (drift - D grad ln p) p` of [`super::linear_sde`].

use nalgebra::DMatrix;

use super::matrix::{continuous_lyapunov, discrete_lyapunov};

/// Nodes and weights of five-point Gauss-Legendre quadrature on \[-1, 1\].
const GAUSS: [[f64; 2]; 5] = [
    [-0.906_179_845_938_664, 0.236_926_885_056_189_1],
    [-0.538_469_310_105_683_1, 0.478_628_670_499_366_5],
    [0.0, 0.568_888_888_888_888_9],
    [0.538_469_310_105_683_1, 0.478_628_670_499_366_5],
    [0.906_179_845_938_664, 0.236_926_885_056_189_1],
];

/// A linear scheme with Gaussian noise, and its stationary law.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledDiffusion {
    /// The map `M` of one step.
    pub map: DMatrix<f64>,
    /// Stationary covariance, `S = M S M^T + N`.
    pub covariance: DMatrix<f64>,
    /// Length of a step (s).
    pub h: f64,
}

impl SampledDiffusion {
    /// `z' = M z + noise` of covariance `N` per step; `None` if it has no stationary state.
    pub fn new(map: DMatrix<f64>, noise: &DMatrix<f64>, h: f64) -> Option<Self> {
        let covariance = discrete_lyapunov(&map, noise)?;
        Some(SampledDiffusion { map, covariance, h })
    }

    /// The Euler scheme `M = I + h A`, `N = 2 D h` of `dz = A z dt + sqrt(2 D) dW`.
    pub fn euler(a: &DMatrix<f64>, diffusion: &DMatrix<f64>, h: f64) -> Option<Self> {
        let one = DMatrix::identity(a.nrows(), a.ncols());
        SampledDiffusion::new(one + a * h, &(diffusion * (2.0 * h)), h)
    }

    /// Circulation `Q = <d m^T>/h = (M S - S M^T)/(2 h)`; for `h -> 0` the `A S + D` of an Euler scheme.
    pub fn circulation(&self) -> DMatrix<f64> {
        let ahead = &self.map * &self.covariance;
        (&ahead - ahead.transpose()) / (2.0 * self.h)
    }

    /// Covariance of the midpoints, `(2 S + M S + S M^T)/4`.
    pub fn midpoints(&self) -> DMatrix<f64> {
        let ahead = &self.map * &self.covariance;
        (&self.covariance * 2.0 + &ahead + ahead.transpose()) * 0.25
    }

    /// The current counted in the plane of two of the variables.
    pub fn loops(&self, plane: [usize; 2]) -> Option<Loops> {
        Loops::new(&self.circulation(), &self.midpoints(), plane)
    }

    /// Mean of `d^T W m/h` for a force `W m` per unit temperature, `tr(W^T Q)` (1/s).
    ///
    /// With `W = D^-1 A` it is the entropy production of the Euler chain itself: `d^T W m` is the
    /// logarithm of the odds of a step against its reverse, but for terms that cancel along a path.
    pub fn work_rate(&self, w: &DMatrix<f64>) -> f64 {
        (w.transpose() * self.circulation()).trace()
    }
}

/// Entropy production (1/s) of `dz = A z dt + sqrt(2 D) dW` run by Euler's scheme with step `h` (s), every
/// variable even under time reversal: `tr(A^T D^-1 Q)`.
///
/// `None` if unstable or `D` is singular. `h -> 0` is [`super::linear_sde::even_state`]. Derived.
pub fn euler_entropy_production(a: &DMatrix<f64>, diffusion: &DMatrix<f64>, h: f64) -> Option<f64> {
    let force = diffusion.clone().try_inverse()? * a;
    Some(SampledDiffusion::euler(a, diffusion, h)?.work_rate(&force))
}

/// A stationary current of loops in a plane, `J = Q S^-1 z p` with `Q = q [[0, -1], [1, 0]]` and the
/// Gaussian `p` of covariance `S`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loops {
    /// `q`: area swept per second (m²/s), positive counter-clockwise; `<x y' - y x'>/2`.
    pub swept: f64,
    /// Covariance `xx, xy, yy` (m²).
    pub covariance: [f64; 3],
}

impl Loops {
    fn new(circulation: &DMatrix<f64>, covariance: &DMatrix<f64>, [i, j]: [usize; 2]) -> Option<Self> {
        let n = covariance.nrows();
        let inside = i < n && j < n && i != j && circulation.shape() == covariance.shape();
        let made = || Loops {
            swept: circulation[(j, i)],
            covariance: [covariance[(i, i)], covariance[(i, j)], covariance[(j, j)]],
        };
        inside.then(made).filter(|l| l.determinant() > 0.0)
    }

    /// The loops of `dz = A z dt + sqrt(2 D) dW` itself; `None` if it has no stationary state.
    pub fn continuous(a: &DMatrix<f64>, diffusion: &DMatrix<f64>, plane: [usize; 2]) -> Option<Self> {
        let covariance = continuous_lyapunov(a, diffusion)?;
        let raw = a * &covariance + diffusion;
        Loops::new(&((&raw - raw.transpose()) * 0.5), &covariance, plane)
    }

    fn determinant(&self) -> f64 {
        let [xx, xy, yy] = self.covariance;
        xx * yy - xy * xy
    }

    /// Mean angular velocity of the angle about the centre, `q/sqrt(det S)` (rad/s): that of every loop.
    ///
    /// For a Gaussian the mean of `z^T S^-1 z/|z|²` is `1/sqrt(det S)`. Derived.
    pub fn winding(&self) -> f64 {
        self.swept / self.determinant().sqrt()
    }

    /// The density `p` (1/m²).
    pub fn density(&self, [x, y]: [f64; 2]) -> f64 {
        let ([xx, xy, yy], det) = (self.covariance, self.determinant());
        let square = (yy * x * x - 2.0 * xy * x * y + xx * y * y) / det;
        (-0.5 * square).exp() / (std::f64::consts::TAU * det.sqrt())
    }

    /// Velocity of the current, `J/p = Q S^-1 z` (m/s).
    pub fn velocity(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let ([xx, xy, yy], rate) = (self.covariance, self.swept / self.determinant());
        [rate * (xy * x - xx * y), rate * (yy * x - xy * y)]
    }

    /// The current `J` (1/(m s)).
    pub fn current(&self, at: [f64; 2]) -> [f64; 2] {
        self.velocity(at).map(|v| v * self.density(at))
    }

    /// Mean of the current over a box, from `J = q (dp/dy, -dp/dx)` along its edges.
    pub fn over_box(&self, x: [f64; 2], y: [f64; 2]) -> [f64; 2] {
        let along = |range: [f64; 2], p: &dyn Fn(f64) -> f64| -> f64 {
            let (middle, half) = (0.5 * (range[0] + range[1]), 0.5 * (range[1] - range[0]));
            GAUSS.iter().map(|[node, weight]| 0.5 * weight * p(middle + half * node)).sum()
        };
        let up = along(x, &|s| self.density([s, y[1]]) - self.density([s, y[0]]));
        let right = along(y, &|s| self.density([x[1], s]) - self.density([x[0], s]));
        [self.swept * up / (y[1] - y[0]), -self.swept * right / (x[1] - x[0])]
    }
}

/// One mass in a trap run by BAOAB, its bath of any covariance: `m v' = -K x - c v + noise`.
#[derive(Clone, Debug, PartialEq)]
pub struct SampledTrap {
    /// Stiffness (N/m), `[d][d]`; it need not be symmetric.
    pub k: DMatrix<f64>,
    /// Covariance of velocities that the bath alone would hold, `T/m` for one temperature (m²/s²).
    pub bath: DMatrix<f64>,
    /// Mass (kg).
    pub m: f64,
    /// Friction (N s/m).
    pub c: f64,
    /// Length of a step (s).
    pub h: f64,
}

impl SampledTrap {
    /// Share of the velocity the bath leaves in a step, `e^(-c h/m)`.
    fn keep(&self) -> f64 {
        (-self.c * self.h / self.m).exp()
    }

    /// Half a kick and half a drift as maps of `(x, v)`.
    fn halves(&self) -> [DMatrix<f64>; 2] {
        let d = self.k.nrows();
        let mut kick = DMatrix::identity(2 * d, 2 * d);
        kick.view_mut((d, 0), (d, d)).copy_from(&(&self.k * (-0.5 * self.h / self.m)));
        let mut drift = DMatrix::identity(2 * d, 2 * d);
        drift.view_mut((0, d), (d, d)).copy_from(&(DMatrix::identity(d, d) * (0.5 * self.h)));
        [kick, drift]
    }

    /// The scheme with its stationary law of `(x, v)`; `None` if there is none or the shapes disagree.
    pub fn sampled(&self) -> Option<SampledDiffusion> {
        let d = self.k.nrows();
        if !self.k.is_square() || self.k.shape() != self.bath.shape() {
            return None;
        }
        let ([kick, drift], keep) = (self.halves(), self.keep());
        let mut damp = DMatrix::identity(2 * d, 2 * d);
        damp.view_mut((d, d), (d, d)).scale_mut(keep);
        let mut fresh = DMatrix::zeros(2 * d, 2 * d);
        fresh.view_mut((d, d), (d, d)).copy_from(&(&self.bath * (1.0 - keep * keep)));
        let after = &kick * &drift;
        let noise = &after * fresh * after.transpose();
        SampledDiffusion::new(&after * damp * (&drift * &kick), &noise, self.h)
    }

    /// Entropy given to the bath (1/s), velocities odd under time reversal: the mean of
    /// `(v^T B^-1 v before - after)/2` over the friction step, `B` the covariance of the bath.
    ///
    /// That is the logarithm of the odds of a step against its reverse. `h -> 0` is
    /// [`super::linear_sde::inertial_entropy_production`]. `None` if unstable or `B` is singular. Derived.
    pub fn entropy_production(&self) -> Option<f64> {
        let (d, keep) = (self.k.nrows(), self.keep());
        let [kick, drift] = self.halves();
        let before = &drift * &kick;
        let sigma = &before * self.sampled()?.covariance * before.transpose();
        let heat = (self.bath.clone().try_inverse()? * sigma.view((d, d), (d, d))).trace();
        Some(0.5 * (1.0 - keep * keep) * (heat - d as f64) / self.h)
    }
}
