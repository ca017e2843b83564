//! A straight line through points: the loss of the smallest regression.

use super::super::{At, Field, Linear};

/// `L(w, b) = mean (w x + b − y)²` over points (x, y), without a factor ½; `q = (w, b)`.
///
/// With the moments of the points it is `L* + ½ (q − q*)ᵀ H (q − q*)`, where `H = 2 mean x̃x̃ᵀ`, x̃ = (x, 1), q* is the
/// line of least squares and L* the mean square that it leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct LineFit {
    hessian: [f64; 4],
    best: [f64; 2],
    floor: f64,
}

impl LineFit {
    /// The loss over these points; where all x are the same no one line is best, and nothing is finite.
    pub fn new(points: &[[f64; 2]]) -> Self {
        let mean = |f: &dyn Fn([f64; 2]) -> f64| points.iter().map(|p| f(*p)).sum::<f64>() / points.len() as f64;
        let (x, y) = (mean(&|p| p[0]), mean(&|p| p[1]));
        let slope = mean(&|p| (p[0] - x) * (p[1] - y)) / mean(&|p| (p[0] - x) * (p[0] - x));
        let best = [slope, y - slope * x];
        LineFit {
            hessian: [2.0 * mean(&|p| p[0] * p[0]), 2.0 * x, 2.0 * x, 2.0],
            best,
            floor: mean(&|p| (best[0] * p[0] + best[1] - p[1]).powi(2)),
        }
    }

    /// The line of least squares, (w, b).
    pub fn best(&self) -> [f64; 2] {
        self.best
    }

    /// The least loss.
    pub fn floor(&self) -> f64 {
        self.floor
    }
}

impl Field for LineFit {
    fn dim(&self) -> usize {
        2
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let [a, b, c, d] = self.hessian;
        let (w, rest) = at.q.split_at(at.n);
        let (f_w, f_b) = out.split_at_mut(at.n);
        for (((f_w, f_b), w), q_b) in f_w.iter_mut().zip(f_b).zip(w).zip(rest) {
            let off = [w - self.best[0], q_b - self.best[1]];
            *f_w = -(a * off[0] + b * off[1]);
            *f_b = -(c * off[0] + d * off[1]);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        let [a, b, c, d] = self.hessian;
        let (w, rest) = at.q.split_at(at.n);
        for ((out, w), q_b) in out.iter_mut().zip(w).zip(rest) {
            let off = [w - self.best[0], q_b - self.best[1]];
            *out = self.floor + 0.5 * (off[0] * (a * off[0] + b * off[1]) + off[1] * (c * off[0] + d * off[1]));
        }
        true
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(&self.hessian);
        true
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        vec![self.best.to_vec()]
    }

    fn stiffness(&self) -> Option<Linear<'_>> {
        Some(Linear { matrix: &self.hessian, centre: &self.best })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTS: [[f64; 2]; 5] = [[-1.5, 0.3], [0.0, 1.2], [0.7, -0.4], [2.0, 4.1], [2.5, 3.0]];

    fn loss(w: f64, b: f64) -> f64 {
        POINTS.iter().map(|[x, y]| (w * x + b - y).powi(2)).sum::<f64>() / 5.0
    }

    #[test]
    fn moments_give_the_loss_of_the_points() {
        let field = LineFit::new(&POINTS);
        for [w, b] in [[0.0, 0.0], [2.0, 1.0], [-3.0, 0.5], field.best()] {
            let mut out = [f64::NAN];
            assert!(field.potential(At { t: 0.0, n: 1, q: &[w, b], v: &[0.0; 2] }, &mut out));
            assert!((out[0] - loss(w, b)).abs() <= 1e-14 * loss(w, b).max(1.0), "{} {}", out[0], loss(w, b));
        }
        assert!(loss(field.best()[0], field.best()[1]) - field.floor() <= 1e-15);
    }

    /// Central differences of a quadratic have no error but rounding; two particles at once.
    #[test]
    fn the_force_is_the_slope() {
        let (q, mut force) = ([0.3, -2.0, 1.7, 0.25], [f64::NAN; 4]);
        LineFit::new(&POINTS).force(At { t: 0.0, n: 2, q: &q, v: &[0.0; 4] }, &mut force);
        for p in 0..2 {
            let [w, b] = [q[p], q[p + 2]];
            let slopes = [loss(w + 0.5, b) - loss(w - 0.5, b), loss(w, b + 0.5) - loss(w, b - 0.5)];
            for (k, slope) in slopes.iter().enumerate() {
                assert!((force[2 * k + p] + slope).abs() <= 1e-13, "{} {slope}", force[2 * k + p]);
            }
        }
    }
}
