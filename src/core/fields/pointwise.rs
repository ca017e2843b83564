//! Landscapes given by their value, force and curvature at one point, made into fields.

use super::super::At;
use super::super::lanes::widely;

/// A landscape over one coordinate.
pub(super) trait Line {
    /// The potential U(x).
    fn value(&self, x: f64) -> f64;
    /// The force −U′(x).
    fn force(&self, x: f64) -> f64;
    /// The curvature U″(x).
    fn curvature(&self, x: f64) -> f64;
    /// A point close to every stationary point.
    fn near(&self) -> Vec<f64>;
}

/// A landscape over two coordinates.
pub(super) trait Plane {
    /// The potential U(x, y).
    fn value(&self, q: [f64; 2]) -> f64;
    /// The force −∇U.
    fn force(&self, q: [f64; 2]) -> [f64; 2];
    /// The second derivatives U_xx, U_xy, U_yy.
    fn curvature(&self, q: [f64; 2]) -> [f64; 3];
    /// A point close to every stationary point.
    fn near(&self) -> Vec<[f64; 2]>;
    /// How many times as long an evaluation takes as that of a bowl.
    fn cost(&self) -> u64 {
        1
    }
}

/// Writes `f` of every particle's coordinate.
pub(super) fn along(at: At<'_>, out: &mut [f64], f: impl Fn(f64) -> f64) {
    widely(|| out.iter_mut().zip(at.q).for_each(|(out, x)| *out = f(*x)));
}

/// Writes `f` of every particle's two coordinates into one array.
pub(super) fn over(at: At<'_>, out: &mut [f64], f: impl Fn([f64; 2]) -> f64) {
    let (x, y) = at.q.split_at(at.n);
    for p in 0..at.n {
        out[p] = f([x[p], y[p]]);
    }
}

/// Writes `f` of every particle's two coordinates into two arrays.
pub(super) fn across(at: At<'_>, out: &mut [f64], f: impl Fn([f64; 2]) -> [f64; 2]) {
    let (x, y) = at.q.split_at(at.n);
    let (fx, fy) = out.split_at_mut(at.n);
    widely(|| (0..at.n).for_each(|p| [fx[p], fy[p]] = f([x[p], y[p]])));
}

/// Makes a field of a [`Line`]; of one that is a [`Kernel`](crate::core::Kernel) too, one that can make many steps at once.
macro_rules! line {
    ($landscape:ty, kernel) => {
        super::pointwise::line!($landscape, {
            fn fuse(&self, call: &mut $crate::core::Call<'_>) {
                call.with::<1, _>(*self);
            }
        });
    };
    ($landscape:ty) => {
        super::pointwise::line!($landscape, {});
    };
    ($landscape:ty, { $($fuse:tt)* }) => {
        impl $crate::core::Field for $landscape {
            fn dim(&self) -> usize {
                1
            }

            fn force(&self, at: $crate::core::At<'_>, out: &mut [f64]) {
                super::pointwise::along(at, out, |x| super::pointwise::Line::force(self, x));
            }

            fn potential(&self, at: $crate::core::At<'_>, out: &mut [f64]) -> bool {
                super::pointwise::along(at, out, |x| super::pointwise::Line::value(self, x));
                true
            }

            fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
                out[0] = super::pointwise::Line::curvature(self, q[0]);
                true
            }

            fn laplacian(&self, at: $crate::core::At<'_>, out: &mut [f64]) -> bool {
                super::pointwise::along(at, out, |x| super::pointwise::Line::curvature(self, x));
                true
            }

            $($fuse)*

            fn near_stationary(&self) -> Vec<Vec<f64>> {
                super::pointwise::Line::near(self).into_iter().map(|x| vec![x]).collect()
            }
        }
    };
}

/// Makes a field of a [`Plane`], as `line` does of a line.
macro_rules! plane {
    ($landscape:ty, kernel) => {
        super::pointwise::plane!($landscape, {
            fn fuse(&self, call: &mut $crate::core::Call<'_>) {
                call.with::<2, _>(*self);
            }
        });
    };
    ($landscape:ty) => {
        super::pointwise::plane!($landscape, {});
    };
    ($landscape:ty, { $($fuse:tt)* }) => {
        impl $crate::core::Field for $landscape {
            fn dim(&self) -> usize {
                2
            }

            fn force(&self, at: $crate::core::At<'_>, out: &mut [f64]) {
                super::pointwise::across(at, out, |q| super::pointwise::Plane::force(self, q));
            }

            fn potential(&self, at: $crate::core::At<'_>, out: &mut [f64]) -> bool {
                super::pointwise::over(at, out, |q| super::pointwise::Plane::value(self, q));
                true
            }

            fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
                let [xx, xy, yy] = super::pointwise::Plane::curvature(self, [q[0], q[1]]);
                out.copy_from_slice(&[xx, xy, xy, yy]);
                true
            }

            fn laplacian(&self, at: $crate::core::At<'_>, out: &mut [f64]) -> bool {
                super::pointwise::over(at, out, |q| {
                    let [xx, _, yy] = super::pointwise::Plane::curvature(self, q);
                    xx + yy
                });
                true
            }

            $($fuse)*

            fn cost(&self) -> u64 {
                super::pointwise::Plane::cost(self)
            }

            fn near_stationary(&self) -> Vec<Vec<f64>> {
                super::pointwise::Plane::near(self).into_iter().map(|q| q.to_vec()).collect()
            }
        }
    };
}

pub(super) use {line, plane};
