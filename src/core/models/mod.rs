//! Models that are trained: their loss over any rows of their data, with its exact gradient.
//!
//! A model knows its data and nothing of how it is trained; which rows a step sees is the business of
//! [`Batches`](super::fields::Batches), and the method is a [`Stepper`](super::Stepper) like any other.

mod linear;

pub(super) use linear::CHAINS;
pub use linear::{LinearRegression, MOST as MOST_PARAMETERS, Observations};

/// A model with its data.
pub trait Model: Send + Sync {
    /// Number of parameters.
    fn dim(&self) -> usize;

    /// Number of rows.
    fn rows(&self) -> usize;

    /// The mean loss over `rows` at the parameters `q`, `[dim]`; if asked for, its gradient is written, `[dim]`.
    fn loss(&self, q: &[f64], rows: &[u32], gradient: Option<&mut [f64]>) -> f64;

    /// The share of `rows` whose class it says right; NaN for a model that names no classes.
    fn accuracy(&self, q: &[f64], rows: &[u32]) -> f64 {
        let _ = (q, rows);
        f64::NAN
    }

    /// About how many times as long the gradient of one row takes as the force of a bowl.
    fn cost(&self) -> u64;
}
