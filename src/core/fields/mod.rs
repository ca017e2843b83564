//! Force fields, each with its exact gradient and, where it has one, its exact Hessian and its
//! known stationary points. Sources: the test-function table of the project's theory notes; all of
//! them are held to the reference values in `tests/`.
//!
//! | file | what lives there |
//! | --- | --- |
//! | `quadratic` | bowls in any dimension |
//! | `wells`, `plateau`, `shelf` | landscapes over a line |
//! | `curve` | bodies that keep to a curve |
//! | `pendulum` | a pendulum, alone or held by a spring |
//! | `push`, `slope` | a push that ends, a force alike everywhere |
//! | `classics`, `surfaces`, `basins` | landscapes over the plane |
//! | `learning` | small losses: a recurrence, a scale-free loss |
//! | `normalised` | weights in front of a normalisation, with noise |
//! | `line` | a straight line through points |
//! | `learning` | small losses: a recurrence, whole or truncated, a scale-free loss |
//! | `softmax` | the smallest classifier trained on real data |
//! | `regression` | linear regression trained by minibatches, many runs at a time |
//! | `batches` | which rows of the data a step sees |
//! | `games` | two players on one function; no potential |
//! | `rare` | gradients that arrive now and then |
//! | `samples` | losses that are new at every step, or in another unit |
//! | `shaken` | gradients that are more than the slope of a landscape |
//! | `swirl` | a bowl with a force around it; no potential |
//! | `clip` | gradient clipping around any field |
//! | `signal` | a force that is a signal of time, for filters |
//! | `tether` | a parameter tied to a minimum that is a coordinate too |
//! | `driven` | a bowl over a line under a push that swings in time |
//! | `pointwise` | how a formula at one point becomes a [`Field`] |
//! | `stationary` | the points without force |

mod basins;
mod batches;
mod classics;
mod clip;
mod curve;
mod driven;
mod games;
mod learning;
mod line;
mod normalised;
mod pendulum;
mod plateau;
mod pointwise;
mod push;
mod quadratic;
mod rare;
mod regression;
mod samples;
mod shaken;
mod shelf;
mod signal;
mod slope;
mod stationary;
mod surfaces;
mod swirl;
mod tether;
mod wells;

use std::sync::Arc;

use super::Field;

pub use basins::{Banana, FourWells, TwinWells};
pub use batches::{Batches, Order};
pub use classics::{Beale, Himmelblau, Rastrigin, Rosenbrock, StyblinskiTang, ThreeHumpCamel};
pub use clip::{Clip, Clipped};
pub use curve::{Creep, OnCurve};
pub use driven::Driven;
pub use games::{BilinearGame, DiracGan};
pub use learning::{RnnLoss, ScaleInvariant, TruncatedRnn};
pub use line::LineFit;
pub use normalised::Normalised;
pub use pendulum::Pendulum;
pub use plateau::PlateauCliffValley;
pub use push::Push;
pub use quadratic::Quadratic;
pub use rare::{Arrival, Rare};
pub use regression::Regression;
pub use samples::{Rescaled, Samples};
pub use shaken::{Flipping, Minibatch};
pub use shelf::Shelf;
pub use signal::{Signal, Tone, Wave};
pub use slope::Slope;
pub use stationary::{Kind, Stationary, stationary_points};
pub use surfaces::{MonkeySaddle, MullerBrown, Saddle, SunkenValley};
pub use swirl::Swirl;
pub use tether::Tether;
pub use wells::{DoubleWell, Lessard, TiltedDoubleWell};

/// A landscape by its name, with the parameters the theory notes give it.
pub type Named = (&'static str, fn() -> Arc<dyn Field>);

/// Every landscape, in the order of the theory notes.
pub const LANDSCAPES: &[Named] = &[
    ("d2l_quadratic", || Arc::new(Quadratic::d2l())),
    ("rosenbrock", || Arc::new(Rosenbrock)),
    ("himmelblau", || Arc::new(Himmelblau)),
    ("beale", || Arc::new(Beale)),
    ("styblinski_tang", || Arc::new(StyblinskiTang)),
    ("rastrigin", || Arc::new(Rastrigin)),
    ("double_well", || Arc::new(DoubleWell { barrier: 1.0, half_width: 1.0 })),
    ("tilted_double_well", || Arc::new(TiltedDoubleWell::default())),
    ("saddle", || Arc::new(Saddle)),
    ("monkey_saddle", || Arc::new(MonkeySaddle)),
    ("three_hump_camel", || Arc::new(ThreeHumpCamel)),
    ("muller_brown", || Arc::new(MullerBrown)),
    ("plateau_cliff_valley", || Arc::new(PlateauCliffValley::default())),
    ("lessard", || Arc::new(Lessard)),
    ("sunken_valley", || Arc::new(SunkenValley::new([1.0, 20.0], 0.5, 3.0))),
    ("narrow_valley", || Arc::new(Quadratic::rotated([1.0, 100.0], std::f64::consts::FRAC_PI_4))),
];

/// The landscape of this name.
pub fn named(name: &str) -> Option<Arc<dyn Field>> {
    LANDSCAPES.iter().find(|(known, _)| *known == name).map(|(_, make)| make())
}
