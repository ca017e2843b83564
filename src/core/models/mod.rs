//! Models that are trained: their loss over any rows of their data, with its exact gradient.
//!
//! A model knows its data and nothing of how it is trained; which rows a step sees is the business of
//! [`Batches`](super::fields::Batches), and the method is a [`Stepper`](super::Stepper) like any other.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `dense` | layers of weighted sums: linear, logistic and softmax regression, and small networks |
//! | `convnet` | the articles' convolutional network |
//! | `images` | images as a model sees them |
//! | `training` | a model and its batches as a field |
//! | `curvature` | the largest eigenvalues of a loss's Hessian, from gradients alone |
//! | `regressions` | many linear regressions at once, each on data of its own |
//! | `spare` | room to work in that comes back |

mod convnet;
mod curvature;
mod dense;
mod images;
mod regressions;
mod spare;
mod training;

pub use convnet::{CLASSES, ConvNet, PARAMETERS, Precision, TENSORS};
pub use curvature::{Spectrum, top_eigenvalues};
pub use dense::{Bend, Dense, Labelled};
pub use images::{Images, PIXELS, Pixels};
pub use regressions::{Regressions, Source};
pub use spare::Spare;
pub use training::Training;

use super::Noise;

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

/// Parameters as PyTorch starts its layers: uniform on ±1/√f, `layers` giving (how many, f) with f the number
/// of inputs of a unit. A function of (seed, stream).
pub fn uniform_start(layers: impl IntoIterator<Item = (usize, usize)>, seed: u64, stream: u32) -> Vec<f64> {
    let noise = Noise::new(seed, stream);
    let mut out = Vec::new();
    for (count, inputs) in layers {
        let reach = 1.0 / libm::sqrt(inputs.max(1) as f64);
        let first = out.len();
        out.extend((first..first + count).map(|i| reach * (2.0 * noise.uniform(i, 0, 0) - 1.0)));
    }
    out
}
