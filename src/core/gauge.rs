//! Means over a whole cloud: what thermometers read, and shares.

use super::moments::{PART, total};
use super::{At, Field, State};

/// The most coordinates of which a curvature is taken.
const MOST: usize = 16;

/// A quantity of one particle whose mean over all of them is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gauge {
    /// |v|², the sum over the coordinates.
    SquareVelocity,
    /// The potential U.
    Potential,
    /// |f|², the sum over the coordinates, of the force at the present position.
    SquareForce,
    /// ∇²U, the trace of the Hessian.
    Laplacian,
    /// 1 for a particle whose first coordinate is above a level, 0 for any other: the mean is a share.
    Above(f64),
}

impl Gauge {
    /// Its name in tables.
    pub fn name(self) -> String {
        match self {
            Gauge::SquareVelocity => "v^2".into(),
            Gauge::Potential => "U".into(),
            Gauge::SquareForce => "f^2".into(),
            Gauge::Laplacian => "lap U".into(),
            Gauge::Above(level) => format!("q1 > {level}"),
        }
    }

    /// The mean over the particles of `s`; NaN where the field does not know the quantity. `scratch` is
    /// room to work in and grows once.
    pub fn read(self, field: &dyn Field, s: &State, scratch: &mut Vec<f64>) -> f64 {
        let (n, dim, mut sum) = (s.n(), s.dim(), 0.0);
        scratch.resize(3 * dim * PART.min(n), 0.0);
        for first in (0..n).step_by(PART) {
            let len = PART.min(n - first);
            let (q, rest) = scratch.split_at_mut(dim * len);
            let (v, out) = rest.split_at_mut(dim * len);
            for i in 0..dim {
                q[i * len..(i + 1) * len].copy_from_slice(&s.coordinate(i)[first..first + len]);
                v[i * len..(i + 1) * len].copy_from_slice(&s.velocity(i)[first..first + len]);
            }
            let out = &mut out[..dim * len];
            if !self.fill(field, At { t: s.t, n: len, q, v }, out) {
                return f64::NAN;
            }
            sum += total(&out[..len]);
        }
        sum / n as f64
    }

    /// Writes the quantity of every particle into the first places of `out`, `[dim][n]`; `false` where the
    /// field does not know it.
    fn fill(self, field: &dyn Field, at: At<'_>, out: &mut [f64]) -> bool {
        match self {
            Gauge::SquareVelocity => {
                out.copy_from_slice(at.v);
                squares(out, at.n);
            }
            Gauge::SquareForce => {
                field.force(at, out);
                squares(out, at.n);
            }
            Gauge::Potential => return field.potential(at, &mut out[..at.n]),
            Gauge::Laplacian => return field.laplacian(at, &mut out[..at.n]),
            Gauge::Above(level) => {
                for (out, x) in out.iter_mut().zip(&at.q[..at.n]) {
                    *out = f64::from(u8::from(*x > level));
                }
            }
        }
        true
    }
}

/// Puts the square of every particle's vector in the place of its first coordinate.
fn squares(vectors: &mut [f64], n: usize) {
    let (first, rest) = vectors.split_at_mut(n);
    first.iter_mut().for_each(|x| *x *= *x);
    for row in rest.chunks(n) {
        for (sum, x) in first.iter_mut().zip(row) {
            *sum += x * x;
        }
    }
}

/// The Laplacian of every particle by the `hessian` at a point; `false` where that is not known.
pub(super) fn traces(dim: usize, hessian_at: impl Fn(&[f64], &mut [f64]) -> bool, at: At<'_>, out: &mut [f64]) -> bool {
    let (mut q, mut hessian) = ([0.0; MOST], [0.0; MOST * MOST]);
    if dim > MOST {
        return false;
    }
    for (p, out) in out.iter_mut().enumerate() {
        for (i, q) in q.iter_mut().enumerate().take(dim) {
            *q = at.q[i * at.n + p];
        }
        if !hessian_at(&q[..dim], &mut hessian[..dim * dim]) {
            return false;
        }
        *out = (0..dim).map(|i| hessian[i * dim + i]).sum();
    }
    true
}
