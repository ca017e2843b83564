//! Gradient clipping, as a field around a field: every method can be clipped.

use std::sync::Arc;

use super::super::{At, Field};

/// How a force is kept small (Pascanu, Mikolov and Bengio 2013).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clip {
    /// Every component within ±limit.
    Value(f64),
    /// Every particle's force scaled down to this length if it is longer. (PyTorch divides by the
    /// length + 10⁻⁶, so its clipped force is shorter by that share.)
    Norm(f64),
}

/// A field whose force is clipped. Its potential is the one of the field inside, of which the
/// clipped force is no longer the gradient.
#[derive(Clone)]
pub struct Clipped {
    /// The field inside.
    pub field: Arc<dyn Field>,
    /// How its force is kept small.
    pub clip: Clip,
}

impl Clipped {
    /// `field` with every component of its force within ±limit.
    pub fn value(field: Arc<dyn Field>, limit: f64) -> Self {
        Clipped { field, clip: Clip::Value(limit) }
    }

    /// `field` with its force at most `limit` long.
    pub fn norm(field: Arc<dyn Field>, limit: f64) -> Self {
        Clipped { field, clip: Clip::Norm(limit) }
    }
}

impl Field for Clipped {
    fn dim(&self) -> usize {
        self.field.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.field.force(at, out);
        match self.clip {
            // Written so that a NaN passes: it must stop the lane, not hide.
            Clip::Value(limit) => {
                for f in out {
                    if f.abs() > limit {
                        *f = limit.copysign(*f);
                    }
                }
            }
            Clip::Norm(limit) => {
                for p in 0..at.n {
                    let length = libm::sqrt(out[p..].iter().step_by(at.n).map(|f| f * f).sum());
                    if length > limit {
                        for f in out[p..].iter_mut().step_by(at.n) {
                            *f *= limit / length;
                        }
                    }
                }
            }
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.field.potential(at, out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Quadratic;
    use super::{Arc, At, Clipped, Field};

    #[test]
    fn a_long_force_is_shortened_and_a_short_one_kept() {
        let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[1.0, 1.0]));
        // Two particles, at (3, 4) and at (0.3, 0.4).
        let q = [3.0, 0.3, 4.0, 0.4];
        let at = At { t: 0.0, n: 2, q: &q, v: &[0.0; 4] };
        let mut out = [0.0; 4];
        Clipped::norm(bowl.clone(), 1.0).force(at, &mut out);
        for (got, want) in out.iter().zip([-0.6, -0.3, -0.8, -0.4]) {
            assert!((got - want).abs() <= 1e-15, "{out:?}");
        }
        Clipped::value(bowl, 3.5).force(at, &mut out);
        assert_eq!(out, [-3.0, -0.3, -3.5, -0.4]);
    }
}
