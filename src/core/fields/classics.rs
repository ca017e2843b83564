//! The classical test functions over the plane.

use std::f64::consts::TAU;

use super::super::{Kernel, Lanes};
use super::pointwise::{Plane, plane};

/// `U = (1 − x)² + 100 (y − x²)²` (Rosenbrock 1960).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rosenbrock;

impl Kernel<2> for Rosenbrock {
    #[inline(always)]
    fn force<L: Lanes>(&self, [x, y]: [L; 2]) -> [L; 2] {
        // 2 (1 − x) + 400 x w = 2 − x (2 − 400 w).
        let (two, w) = (L::splat(2.0), (-x).mul_add(x, y));
        [(-x).mul_add(L::splat(-400.0).mul_add(w, two), two), L::splat(-200.0) * w]
    }

    #[inline(always)]
    fn value<L: Lanes>(&self, [x, y]: [L; 2]) -> L {
        let (u, w) = (L::splat(1.0) - x, y - x * x);
        u * u + L::splat(100.0) * w * w
    }

    #[inline(always)]
    fn curvatures<L: Lanes>(&self, [x, y]: [L; 2]) -> [L; 2] {
        [L::splat(2.0) - L::splat(400.0) * y + L::splat(1200.0) * (x * x), L::splat(200.0)]
    }
}

impl Plane for Rosenbrock {
    fn value(&self, q: [f64; 2]) -> f64 {
        Kernel::value(self, q)
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        Kernel::force(self, q)
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let [xx, yy] = Kernel::curvatures(self, q);
        [xx, -400.0 * q[0], yy]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[1.0, 1.0]]
    }
}

plane!(Rosenbrock, kernel);

/// `U = (x² + y − 11)² + (x + y² − 7)²` (Himmelblau 1972): four minima of depth 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Himmelblau;

impl Plane for Himmelblau {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
        a * a + b * b
    }

    fn force(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
        [-(4.0 * x * a + 2.0 * b), -(2.0 * a + 4.0 * y * b)]
    }

    fn curvature(&self, [x, y]: [f64; 2]) -> [f64; 3] {
        let (a, b) = (x * x + y - 11.0, x + y * y - 7.0);
        [4.0 * a + 8.0 * x * x + 2.0, 4.0 * (x + y), 4.0 * b + 8.0 * y * y + 2.0]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![
            [3.0, 2.0],
            [-2.805, 3.131],
            [-3.779, -3.283],
            [3.584, -1.848],
            [-0.271, -0.923],
            [0.087, 2.884],
            [3.385, 0.074],
            [-3.073, -0.081],
            [-0.128, -1.954],
        ]
    }
}

plane!(Himmelblau);

/// `U = Σᵢ (cᵢ − x + x yⁱ)²` with i = 1, 2, 3 and c = 1.5, 2.25, 2.625 (Beale 1958).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beale;

impl Beale {
    /// The three terms: u and its derivatives u_x, u_y, u_xy, u_yy.
    fn terms([x, y]: [f64; 2]) -> [[f64; 5]; 3] {
        let (y2, y3) = (y * y, y * y * y);
        [
            [1.5 - x + x * y, y - 1.0, x, 1.0, 0.0],
            [2.25 - x + x * y2, y2 - 1.0, 2.0 * x * y, 2.0 * y, 2.0 * x],
            [2.625 - x + x * y3, y3 - 1.0, 3.0 * x * y2, 3.0 * y2, 6.0 * x * y],
        ]
    }
}

impl Plane for Beale {
    fn value(&self, q: [f64; 2]) -> f64 {
        Beale::terms(q).iter().map(|[u, ..]| u * u).sum()
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        let mut f = [0.0; 2];
        for [u, ux, uy, ..] in Beale::terms(q) {
            f[0] -= 2.0 * u * ux;
            f[1] -= 2.0 * u * uy;
        }
        f
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let mut h = [0.0; 3];
        for [u, ux, uy, uxy, uyy] in Beale::terms(q) {
            h[0] += 2.0 * ux * ux;
            h[1] += 2.0 * (ux * uy + u * uxy);
            h[2] += 2.0 * (uy * uy + u * uyy);
        }
        h
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[3.0, 0.5]]
    }
}

plane!(Beale);

/// `U = ½ Σ (t⁴ − 16 t² + 5 t)` over both coordinates (Styblinski and Tang 1990).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StyblinskiTang;

impl Plane for StyblinskiTang {
    fn value(&self, q: [f64; 2]) -> f64 {
        let [a, b] = q.map(|t| 0.5 * (t * t * t * t - 16.0 * t * t + 5.0 * t));
        a + b
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        q.map(|t| -0.5 * (4.0 * t * t * t - 32.0 * t + 5.0))
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let [xx, yy] = q.map(|t| 6.0 * t * t - 16.0);
        [xx, 0.0, yy]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        grid(&[-2.9035, 0.1567, 2.7468])
    }
}

plane!(StyblinskiTang);

/// `U = 20 + Σ (t² − 10 cos 2πt)` over both coordinates (Rastrigin 1974): one minimum among many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rastrigin;

impl Plane for Rastrigin {
    fn value(&self, q: [f64; 2]) -> f64 {
        let [a, b] = q.map(|t| t * t - 10.0 * libm::cos(TAU * t));
        20.0 + a + b
    }

    fn force(&self, q: [f64; 2]) -> [f64; 2] {
        q.map(|t| -(2.0 * t + 10.0 * TAU * libm::sin(TAU * t)))
    }

    fn curvature(&self, q: [f64; 2]) -> [f64; 3] {
        let [xx, yy] = q.map(|t| 2.0 + 10.0 * TAU * TAU * libm::cos(TAU * t));
        [xx, 0.0, yy]
    }

    /// Those around the global minimum, out to the first ring of minima.
    fn near(&self) -> Vec<[f64; 2]> {
        grid(&[-0.995, -0.5025, 0.0, 0.5025, 0.995])
    }
}

plane!(Rastrigin);

/// `U = 2x² − 1.05x⁴ + x⁶/6 + xy + y²`: three minima, the middle one the deepest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreeHumpCamel;

impl Plane for ThreeHumpCamel {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let x2 = x * x;
        2.0 * x2 - 1.05 * x2 * x2 + x2 * x2 * x2 / 6.0 + x * y + y * y
    }

    fn force(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let x3 = x * x * x;
        [-(4.0 * x - 4.2 * x3 + x3 * x * x + y), -(x + 2.0 * y)]
    }

    fn curvature(&self, [x, _]: [f64; 2]) -> [f64; 3] {
        let x2 = x * x;
        [4.0 - 12.6 * x2 + 5.0 * x2 * x2, 1.0, 2.0]
    }

    fn near(&self) -> Vec<[f64; 2]> {
        vec![[0.0, 0.0], [-1.7476, 0.8738], [1.7476, -0.8738], [1.0705, -0.5353], [-1.0705, 0.5353]]
    }
}

plane!(ThreeHumpCamel);

/// Every pair of the given numbers.
fn grid(t: &[f64]) -> Vec<[f64; 2]> {
    t.iter().flat_map(|x| t.iter().map(|y| [*x, *y])).collect()
}
