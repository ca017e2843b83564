//! Force fields, each with its exact gradient. Sources: the test-function table of the project's
//! theory notes; every gradient is checked against the reference values in `tests/`.

use super::{At, Field, Linear};

/// `U = ½ (q − c)ᵀ K (q − c)` in any number of dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadratic {
    matrix: Vec<f64>,
    centre: Vec<f64>,
}

impl Quadratic {
    /// A diagonal bowl with the given curvatures, its minimum at the origin.
    pub fn diagonal(curvatures: &[f64]) -> Self {
        let dim = curvatures.len();
        let mut matrix = vec![0.0; dim * dim];
        for (i, lambda) in curvatures.iter().enumerate() {
            matrix[i * dim + i] = *lambda;
        }
        Quadratic { matrix, centre: vec![0.0; dim] }
    }

    /// A two-dimensional bowl with curvatures λ₁, λ₂ along axes turned by `angle` (radians,
    /// counter-clockwise): K = R diag(λ) Rᵀ.
    pub fn rotated(lambda: [f64; 2], angle: f64) -> Self {
        let (s, c) = (libm::sin(angle), libm::cos(angle));
        let off = (lambda[0] - lambda[1]) * s * c;
        let matrix = vec![lambda[0] * c * c + lambda[1] * s * s, off, off, lambda[0] * s * s + lambda[1] * c * c];
        Quadratic { matrix, centre: vec![0.0; 2] }
    }

    /// The bowl 0.1 x² + 2 y² of *Dive into Deep Learning*: K = diag(0.2, 4).
    pub fn d2l() -> Self {
        Quadratic::diagonal(&[0.2, 4.0])
    }

    /// The same bowl with its minimum at `centre`; missing coordinates are 0.
    #[must_use]
    pub fn around(mut self, centre: &[f64]) -> Self {
        for (to, from) in self.centre.iter_mut().zip(centre) {
            *to = *from;
        }
        self
    }
}

impl Field for Quadratic {
    fn dim(&self) -> usize {
        self.centre.len()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let (dim, n) = (self.dim(), at.n);
        for i in 0..dim {
            let row = &mut out[i * n..(i + 1) * n];
            row.fill(0.0);
            for j in 0..dim {
                let (k, c) = (self.matrix[i * dim + j], self.centre[j]);
                if k != 0.0 {
                    for (f, q) in row.iter_mut().zip(&at.q[j * n..(j + 1) * n]) {
                        *f -= k * (q - c);
                    }
                }
            }
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        let (dim, n) = (self.dim(), at.n);
        for (p, out) in out.iter_mut().enumerate() {
            let d = |i: usize| at.q[i * n + p] - self.centre[i];
            *out = 0.0;
            for i in 0..dim {
                for j in 0..dim {
                    *out += 0.5 * d(i) * self.matrix[i * dim + j] * d(j);
                }
            }
        }
        true
    }

    fn stiffness(&self) -> Option<Linear<'_>> {
        Some(Linear { matrix: &self.matrix, centre: &self.centre })
    }
}

/// `U = E ((x/a)² − 1)²`: minima at ±a, barrier E at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoubleWell {
    /// Barrier height E.
    pub barrier: f64,
    /// Half distance of the minima a.
    pub half_width: f64,
}

impl Field for DoubleWell {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let a2 = self.half_width * self.half_width;
        for (f, x) in out.iter_mut().zip(at.q) {
            *f = -4.0 * self.barrier * x / a2 * (x * x / a2 - 1.0);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        let a2 = self.half_width * self.half_width;
        for (u, x) in out.iter_mut().zip(at.q) {
            let w = x * x / a2 - 1.0;
            *u = self.barrier * w * w;
        }
        true
    }
}

/// `U = (1 − x)² + 100 (y − x²)²` (Rosenbrock 1960).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rosenbrock;

impl Field for Rosenbrock {
    fn dim(&self) -> usize {
        2
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let (x, y) = at.q.split_at(at.n);
        let (fx, fy) = out.split_at_mut(at.n);
        for p in 0..at.n {
            let w = y[p] - x[p] * x[p];
            fx[p] = 2.0 * (1.0 - x[p]) + 400.0 * x[p] * w;
            fy[p] = -200.0 * w;
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        let (x, y) = at.q.split_at(at.n);
        for p in 0..at.n {
            let w = y[p] - x[p] * x[p];
            out[p] = (1.0 - x[p]) * (1.0 - x[p]) + 100.0 * w * w;
        }
        true
    }
}

/// A gentle plateau, a smooth cliff and a valley:
/// `U = ε w_l sp((x_l − x)/w_l) + D σ((x_c − x)/w) + ½ k (w_v sp((x − x_v)/w_v))²`
/// with sp = softplus and σ = logistic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlateauCliffValley {
    /// Slope ε of the plateau.
    pub slope: f64,
    /// Rounding width w_l of the plateau's end.
    pub plateau_width: f64,
    /// Where the plateau ends, x_l.
    pub plateau_end: f64,
    /// Height D of the cliff.
    pub drop: f64,
    /// Position x_c of the cliff.
    pub cliff: f64,
    /// Width w of the cliff; its steepest slope is D/(4w).
    pub cliff_width: f64,
    /// Stiffness k of the valley's far wall.
    pub wall: f64,
    /// Where the wall begins, x_v.
    pub wall_start: f64,
    /// Rounding width w_v of the wall.
    pub wall_width: f64,
}

impl Default for PlateauCliffValley {
    fn default() -> Self {
        PlateauCliffValley {
            slope: 0.02,
            plateau_width: 0.3,
            plateau_end: 0.0,
            drop: 1.0,
            cliff: 0.0,
            cliff_width: 0.15,
            wall: 4.0,
            wall_start: 0.6,
            wall_width: 0.1,
        }
    }
}

/// ln(1 + eˣ) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// 1 / (1 + e⁻ˣ) without overflow.
fn logistic(x: f64) -> f64 {
    let e = libm::exp(-x.abs());
    if x >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
}

impl Field for PlateauCliffValley {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        for (f, x) in out.iter_mut().zip(at.q) {
            let plateau = self.slope * logistic((self.plateau_end - x) / self.plateau_width);
            let s = logistic((self.cliff - x) / self.cliff_width);
            let r = (x - self.wall_start) / self.wall_width;
            let wall = self.wall * self.wall_width * softplus(r) * logistic(r);
            *f = plateau + self.drop / self.cliff_width * s * (1.0 - s) - wall;
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        for (u, x) in out.iter_mut().zip(at.q) {
            let plateau = self.slope * self.plateau_width * softplus((self.plateau_end - x) / self.plateau_width);
            let cliff = self.drop * logistic((self.cliff - x) / self.cliff_width);
            let wall = self.wall_width * softplus((x - self.wall_start) / self.wall_width);
            *u = plateau + cliff + 0.5 * self.wall * wall * wall;
        }
        true
    }
}
