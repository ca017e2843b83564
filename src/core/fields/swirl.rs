//! A bowl with a force that drives around it.

use super::super::{At, Field, Linear};
use super::Quadratic;

/// `F = −K q + κ (−y, x)`: a bowl in the plane and a swirl force, which has no potential.
#[derive(Clone, Debug, PartialEq)]
pub struct Swirl {
    bowl: Quadratic,
    /// `K − κJ`, row-major.
    stiffness: [f64; 4],
    kappa: f64,
}

impl Swirl {
    /// Curvatures along axes turned by `angle` (radians, counter-clockwise), and the swirl κ.
    pub fn new(lambda: [f64; 2], angle: f64, kappa: f64) -> Self {
        let bowl = Quadratic::rotated(lambda, angle);
        let mut stiffness = [0.0; 4];
        bowl.hessian(&[0.0; 2], &mut stiffness);
        stiffness[1] += kappa;
        stiffness[2] -= kappa;
        Swirl { bowl, stiffness, kappa }
    }
}

impl Field for Swirl {
    fn dim(&self) -> usize {
        2
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let [a, b, c, d] = self.stiffness;
        super::pointwise::across(at, out, |[x, y]| [-(a * x + b * y), -(c * x + d * y)]);
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.kappa == 0.0 && self.bowl.potential(at, out)
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(&self.stiffness);
        true
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        vec![vec![0.0; 2]]
    }

    fn stiffness(&self) -> Option<Linear<'_>> {
        Some(Linear { matrix: &self.stiffness, centre: &[0.0; 2] })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{At, Field};
    use super::Swirl;

    fn force(field: &Swirl, q: [f64; 2]) -> [f64; 2] {
        let mut out = [f64::NAN; 2];
        field.force(At { t: 0.0, n: 1, q: &q, v: &[0.0; 2] }, &mut out);
        out
    }

    #[test]
    fn the_swirl_adds_to_the_curl_alone() {
        for (lambda, angle, kappa) in [([1.0, 1.0], 0.0, 1.0), ([0.5, 3.0], 0.7, -2.0), ([2.0, 1.0], 1.1, 0.0)] {
            let field = Swirl::new(lambda, angle, kappa);
            let (p, s) = ([0.3, -0.8], 1e-5);
            let slope = |i: usize| {
                let (mut a, mut b) = (p, p);
                (a[i], b[i]) = (p[i] + s, p[i] - s);
                let (fa, fb) = (force(&field, a), force(&field, b));
                [0, 1].map(|k| (fa[k] - fb[k]) / (2.0 * s))
            };
            let [[xx, yx], [xy, yy]] = [slope(0), slope(1)];
            assert!((xx + yy + lambda[0] + lambda[1]).abs() < 1e-8, "divergence of {field:?}");
            assert!((yx - xy - 2.0 * kappa).abs() < 1e-8, "curl of {field:?}");
            let mut k = [0.0; 4];
            assert!(field.hessian(&p, &mut k));
            for (want, got) in k.iter().zip([-xx, -xy, -yx, -yy]) {
                assert!((want - got).abs() < 1e-8, "{field:?}");
            }
            let mut u = [f64::NAN];
            assert_eq!(field.potential(At { t: 0.0, n: 1, q: &p, v: &[0.0; 2] }, &mut u), kappa == 0.0);
        }
    }
}
