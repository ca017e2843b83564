//! The points of a landscape where a ball could rest.

use super::super::linear::{eigenvalues, solve};
use super::super::{At, Field};

/// What a stationary point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Curved upwards every way.
    Minimum,
    /// Curved downwards every way.
    Maximum,
    /// Upwards one way, downwards another.
    Saddle,
    /// Flat some way: the curvature does not decide.
    Degenerate,
}

/// A point without force.
#[derive(Clone, Debug, PartialEq)]
pub struct Stationary {
    /// Where it is.
    pub at: Vec<f64>,
    /// The potential there; NaN if the field has none.
    pub value: f64,
    /// The eigenvalues of the Hessian there, rising.
    pub curvatures: Vec<f64>,
    /// What it is.
    pub kind: Kind,
}

/// The known stationary points of a landscape, each polished to rounding by Newton's method from
/// [`Field::near_stationary`]. Empty for a field without an exact Hessian.
pub fn stationary_points(field: &dyn Field) -> Vec<Stationary> {
    field.near_stationary().into_iter().filter_map(|q| polish(field, q)).collect()
}

fn polish(field: &dyn Field, mut q: Vec<f64>) -> Option<Stationary> {
    let dim = q.len();
    let (mut f, mut hessian) = (vec![0.0; dim], vec![0.0; dim * dim]);
    let rest = vec![0.0; dim];
    for _ in 0..20 {
        field.force(At { t: 0.0, n: 1, q: &q, v: &rest }, &mut f);
        if !field.hessian(&q, &mut hessian) {
            return None;
        }
        if f.iter().all(|f| *f == 0.0) || !solve(&mut hessian, &mut f) {
            break;
        }
        let longest = f.iter().fold(0.0, |m: f64, d| m.max(d.abs()));
        q.iter_mut().zip(&f).for_each(|(q, d)| *q += d);
        if longest <= 1e-15 {
            break;
        }
    }
    field.hessian(&q, &mut hessian);
    let curvatures = eigenvalues(&hessian, dim);
    let mut value = [f64::NAN];
    let known = field.potential(At { t: 0.0, n: 1, q: &q, v: &rest }, &mut value);
    let value = if known { value[0] } else { f64::NAN };
    Some(Stationary { kind: kind(&curvatures), at: q, value, curvatures })
}

fn kind(curvatures: &[f64]) -> Kind {
    let most = curvatures.iter().fold(0.0, |m: f64, c| m.max(c.abs()));
    let flat = 1e-9 * most;
    if curvatures.iter().any(|c| !(c.abs() > flat)) {
        Kind::Degenerate
    } else if curvatures.iter().all(|c| *c > 0.0) {
        Kind::Minimum
    } else if curvatures.iter().all(|c| *c < 0.0) {
        Kind::Maximum
    } else {
        Kind::Saddle
    }
}
