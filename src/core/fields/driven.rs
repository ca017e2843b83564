//! A bowl over a line with a force that swings in time.

use super::super::{At, Field};

/// `F = A cos ωt − λq`, the gradient of `½λq² − A q cos ωt` with its sign turned: a periodic push on a
/// spring, or a gradient with a periodic part. λ = 0 is the push alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Driven {
    /// Curvature λ.
    pub curvature: f64,
    /// Amplitude A of the push.
    pub amplitude: f64,
    /// Frequency ω, in radians per unit of the lane's clock.
    pub omega: f64,
}

impl Driven {
    /// The push at time `t`.
    pub fn push(&self, t: f64) -> f64 {
        self.amplitude * libm::cos(self.omega * t)
    }
}

impl Field for Driven {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        let push = self.push(at.t);
        for (out, q) in out.iter_mut().zip(at.q) {
            *out = push - self.curvature * q;
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        let push = self.push(at.t);
        for (out, q) in out.iter_mut().zip(at.q) {
            *out = (0.5 * self.curvature * q - push) * q;
        }
        true
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.fill(self.curvature);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Driven;
    use crate::core::{At, Field};

    /// The force is minus the slope of the potential, at any time; the Hessian is minus that of the force.
    #[test]
    fn derivatives_fit_the_potential() {
        for (curvature, amplitude, omega) in [(0.5, 0.0, 1.0), (2.0, 1.5, 0.7), (0.0, -1.0, 3.0)] {
            let field = Driven { curvature, amplitude, omega };
            for (t, x) in [(0.0, 0.3), (2.0, -1.25), (17.5, 4.0)] {
                let value = |x: f64| {
                    let mut out = [f64::NAN];
                    assert!(field.potential(At { t, n: 1, q: &[x], v: &[0.0] }, &mut out));
                    out[0]
                };
                let force = |x: f64| {
                    let mut out = [f64::NAN];
                    field.force(At { t, n: 1, q: &[x], v: &[0.0] }, &mut out);
                    out[0]
                };
                // The potential is a parabola and the force a line: central differences are exact.
                let mut hessian = [f64::NAN];
                assert!(field.hessian(&[x], &mut hessian));
                let [slope, bend] = [value(x - 0.5) - value(x + 0.5), force(x - 0.5) - force(x + 0.5)];
                assert!((force(x) - slope).abs() <= 1e-13 && (hessian[0] - bend).abs() <= 1e-13, "{field:?} {t} {x}");
            }
        }
    }
}
