//! Means over a whole cloud: what thermometers read.

use super::{At, Field, State};

/// The most coordinates of which a curvature is taken.
const MOST: usize = 16;

/// A quantity of one particle whose mean over all of them is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gauge {
    /// |v|², the sum over the coordinates.
    SquareVelocity,
    /// The potential U.
    Potential,
    /// |f|², the sum over the coordinates, of the force at the present position.
    SquareForce,
    /// ∇²U, the trace of the Hessian.
    Laplacian,
}

impl Gauge {
    /// Its name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Gauge::SquareVelocity => "v^2",
            Gauge::Potential => "U",
            Gauge::SquareForce => "f^2",
            Gauge::Laplacian => "lap U",
        }
    }

    /// The mean over the particles of `s`; NaN where the field does not know the quantity. `scratch` is
    /// room to work in and grows once.
    pub fn read(self, field: &dyn Field, s: &State, scratch: &mut Vec<f64>) -> f64 {
        let n = s.n();
        let at = At { t: s.t, n, q: &s.q, v: &s.v };
        let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>() / n as f64;
        match self {
            Gauge::SquareVelocity => square(&s.v),
            Gauge::SquareForce => {
                scratch.resize(s.q.len(), 0.0);
                field.force(at, scratch);
                square(scratch)
            }
            Gauge::Potential => {
                scratch.resize(n, 0.0);
                if field.potential(at, scratch) { scratch.iter().sum::<f64>() / n as f64 } else { f64::NAN }
            }
            Gauge::Laplacian => laplacian(field, s),
        }
    }
}

fn laplacian(field: &dyn Field, s: &State) -> f64 {
    let (dim, n) = (s.dim(), s.n());
    let (mut q, mut hessian) = ([0.0; MOST], [0.0; MOST * MOST]);
    if dim > MOST {
        return f64::NAN;
    }
    let mut sum = 0.0;
    for p in 0..n {
        for (i, q) in q.iter_mut().enumerate().take(dim) {
            *q = s.q[i * n + p];
        }
        if !field.hessian(&q[..dim], &mut hessian[..dim * dim]) {
            return f64::NAN;
        }
        sum += (0..dim).map(|i| hessian[i * dim + i]).sum::<f64>();
    }
    sum / n as f64
}
