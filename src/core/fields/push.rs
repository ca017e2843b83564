//! A push that ends.

use super::super::{At, Field};

/// The constant force F along one coordinate until a time, and none from then on. It has no potential.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Push {
    /// The force F while it lasts.
    pub force: f64,
    /// The first time without it, in the lane's clock.
    pub until: f64,
}

impl Field for Push {
    fn dim(&self) -> usize {
        1
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        out.fill(if at.t < self.until { self.force } else { 0.0 });
    }

    fn potential(&self, _: At<'_>, _: &mut [f64]) -> bool {
        false
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.fill(0.0);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Field, Push};

    #[test]
    fn a_push_ends() {
        let push = Push { force: 2.0, until: 5.0 };
        for (t, want) in [(0.0, 2.0), (4.0, 2.0), (5.0, 0.0), (9.0, 0.0)] {
            let mut out = [f64::NAN; 2];
            push.force(At { t, n: 2, q: &[0.0; 2], v: &[0.0; 2] }, &mut out);
            assert_eq!(out, [want; 2], "at {t}");
        }
    }
}
