//! Bowls: the linear force in any number of dimensions.

use super::super::{At, Call, Field, Kernel, Lanes, Linear};

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
            row.fill(-0.0);
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

    fn fuse(&self, call: &mut Call<'_>) {
        match (self.matrix.as_slice(), self.centre.as_slice()) {
            ([k], [0.0]) => call.with(Diagonal { k: [*k] }),
            ([k, 0.0, 0.0, l], [0.0, 0.0]) => call.with(Diagonal { k: [*k, *l] }),
            ([k, off, back, l], [x, y]) if [k, off, back, l].iter().all(|k| **k != 0.0) => {
                call.with(Turned { k: [[*k, *off], [*back, *l]], centre: [*x, *y] });
            }
            _ => {}
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

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(&self.matrix);
        true
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        vec![self.centre.clone()]
    }

    fn stiffness(&self) -> Option<Linear<'_>> {
        Some(Linear { matrix: &self.matrix, centre: &self.centre })
    }
}

/// A bowl along its axes, around the origin.
#[derive(Clone, Copy)]
struct Diagonal<const D: usize> {
    k: [f64; D],
}

impl<const D: usize> Kernel<D> for Diagonal<D> {
    #[inline(always)]
    fn force<L: Lanes>(&self, q: [L; D]) -> [L; D] {
        let mut f = q;
        for (f, k) in f.iter_mut().zip(&self.k) {
            *f = L::splat(-k) * *f;
        }
        f
    }

    #[inline(always)]
    fn value<L: Lanes>(&self, q: [L; D]) -> L {
        let mut sum = L::splat(0.0);
        for (q, k) in q.iter().zip(&self.k) {
            sum = sum + L::splat(0.5) * *q * L::splat(*k) * *q;
        }
        sum
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, q: [L; D]) -> [L; D] {
        let mut curvatures = q;
        for (curvature, k) in curvatures.iter_mut().zip(&self.k) {
            *curvature = L::splat(*k);
        }
        curvatures
    }
}

/// A bowl in the plane whose axes are turned.
#[derive(Clone, Copy)]
struct Turned {
    k: [[f64; 2]; 2],
    centre: [f64; 2],
}

impl Turned {
    #[inline(always)]
    fn offset<L: Lanes>(&self, q: [L; 2]) -> [L; 2] {
        [q[0] - L::splat(self.centre[0]), q[1] - L::splat(self.centre[1])]
    }
}

impl Kernel<2> for Turned {
    #[inline(always)]
    fn force<L: Lanes>(&self, q: [L; 2]) -> [L; 2] {
        let d = self.offset(q);
        let [[a, b], [c, e]] = self.k;
        [-(L::splat(a) * d[0]) - L::splat(b) * d[1], -(L::splat(c) * d[0]) - L::splat(e) * d[1]]
    }

    #[inline(always)]
    fn value<L: Lanes>(&self, q: [L; 2]) -> L {
        let d = self.offset(q);
        let mut sum = L::splat(0.0);
        for i in 0..2 {
            for j in 0..2 {
                sum = sum + L::splat(0.5) * d[i] * L::splat(self.k[i][j]) * d[j];
            }
        }
        sum
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, _: [L; 2]) -> [L; 2] {
        [L::splat(self.k[0][0]), L::splat(self.k[1][1])]
    }
}

/// The potential `½ Σ kᵢ (qᵢ − c)²` of bowls side by side.
pub(super) fn bowls(curvature: &[f64], centre: f64, at: At<'_>, out: &mut [f64]) {
    out.fill(0.0);
    for (row, k) in at.q.chunks(at.n).zip(curvature) {
        for (u, q) in out.iter_mut().zip(row) {
            *u += 0.5 * k * (q - centre) * (q - centre);
        }
    }
}

/// The Hessian of bowls side by side: their curvatures on the diagonal.
pub(super) fn diagonal(curvature: &[f64], out: &mut [f64]) {
    out.fill(0.0);
    for (k, entry) in curvature.iter().zip(out.iter_mut().step_by(curvature.len() + 1)) {
        *entry = *k;
    }
}
