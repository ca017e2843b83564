//! A plane that is tilted alike everywhere.

use super::super::{At, Field};

/// The same force everywhere, `F`, one entry per coordinate; the potential is `−F·q`.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// The force F.
    pub force: Vec<f64>,
}

impl Field for Slope {
    fn dim(&self) -> usize {
        self.force.len()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        for (row, f) in out.chunks_mut(at.n).zip(&self.force) {
            row.fill(*f);
        }
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        out.fill(0.0);
        for (row, f) in at.q.chunks(at.n).zip(&self.force) {
            for (u, q) in out.iter_mut().zip(row) {
                *u -= f * q;
            }
        }
        true
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.fill(0.0);
        true
    }
}
