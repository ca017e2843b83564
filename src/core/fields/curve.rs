//! Bodies on a curve: a landscape over one coordinate, taken as a height in a field of gravity.

use std::sync::Arc;

use super::super::{At, Field};

/// The acceleration along x of a body that keeps to the curve y = f(x) under gravity g:
///
/// ```text
/// (1 + κ) ((1 + f′²) ẍ + f′ f″ ẋ²) = −g f′        with κ = I/(m r²)
/// ```
///
/// from L = ½ m (1 + κ)(1 + f′²) ẋ² − m g f: κ = 0 slides, κ = 2/5 is a solid ball that rolls without
/// slipping and is small against the curvature (Goldstein, *Classical Mechanics*). Its potential is
/// g f, per mass. The height f is the potential of `profile`, which has to know its Hessian.
#[derive(Clone)]
pub struct OnCurve {
    /// The landscape whose potential is the height.
    pub profile: Arc<dyn Field>,
    /// Gravity g.
    pub gravity: f64,
    /// Moment of inertia over m r², κ.
    pub inertia: f64,
}

/// The speed along x of a body without mass in a thick liquid on the curve y = f(x):
/// ẋ = −µ f′/(1 + f′²), the gradient flow of f in the metric of the curve. A field for
/// [`RungeKuttaFlow`](crate::core::RungeKuttaFlow).
#[derive(Clone)]
pub struct Creep {
    /// The landscape whose potential is the height.
    pub profile: Arc<dyn Field>,
    /// Mobility µ: speed per slope.
    pub mobility: f64,
}

/// The curvature f″ at x; NaN if the profile does not know it.
fn bend(profile: &dyn Field, x: f64) -> f64 {
    let mut out = [f64::NAN];
    if profile.hessian(&[x], &mut out) { out[0] } else { f64::NAN }
}

impl Field for OnCurve {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.profile.force(at, out);
        for ((f, x), v) in out.iter_mut().zip(at.q).zip(at.v) {
            let slope = -*f;
            let turn = bend(&*self.profile, *x) * v * v;
            *f = -slope * (self.gravity / (1.0 + self.inertia) + turn) / (1.0 + slope * slope);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        let known = self.profile.potential(at, out);
        out.iter_mut().for_each(|u| *u *= self.gravity);
        known
    }

    fn cost(&self) -> u64 {
        2 * self.profile.cost()
    }
}

impl Field for Creep {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.profile.force(at, out);
        for f in out.iter_mut() {
            *f = self.mobility * *f / (1.0 + *f * *f);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.profile.potential(at, out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Quadratic;
    use super::{Arc, At, Creep, Field, OnCurve};

    #[test]
    fn bodies_keep_to_a_parabola() {
        let profile: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[2.0]));
        let (q, v) = ([0.8, -0.5], [1.5, 0.0]);
        let at = At { t: 0.0, n: 2, q: &q, v: &v };
        let mut out = [0.0; 2];
        for (inertia, gravity) in [(0.0, 9.81), (0.4, 9.81), (0.4, 0.0)] {
            OnCurve { profile: profile.clone(), gravity, inertia }.force(at, &mut out);
            for i in 0..2 {
                // (1 + κ)((1 + f′²) ẍ + f′ f″ ẋ²) = −g f′ with f′ = 2x, f″ = 2.
                let (slope, own) = (2.0 * q[i], 1.0 + inertia);
                let left = own * ((1.0 + slope * slope) * out[i] + slope * 2.0 * v[i] * v[i]);
                assert!((left + gravity * slope).abs() < 1e-13, "κ = {inertia}, g = {gravity}: {out:?}");
            }
        }
        Creep { profile, mobility: 3.0 }.force(at, &mut out);
        assert!((out[0] + 3.0 * 1.6 / 3.56).abs() < 1e-15 && (out[1] - 3.0 / 2.0).abs() < 1e-15, "{out:?}");
    }
}
