//! What the log of a training run says of the run: damped modes with intervals, or that it cannot be told.
//!
//! A coordinate (or a gradient) of momentum on a quadratic is a constant plus decaying modes: poles σ₁, σ₂ of
//! `z² − (1 + β − q) z + β` with `q = ηλ`. The loss is made of their products, σ₁², σ₂² and σ₁σ₂: its period is
//! half, its decay twice as fast, and the sign of the poles is lost. From a pair of complex poles follow both β
//! (their product) and q; a single real pole gives one of them if the other is known, and no more.
//!
//! Noise is of two kinds, errors of the recorded values and pushes that drive the run; intervals allow for both. The loss
//! of a pushed run is followed by a filter of second order. Rows that show little but the square of a deviation count
//! less; where too few are left, the answer is that it cannot be told.
//!
//! ```text
//! table → Record → Shape × noise, by likelihood → evidence against the null → Region → Diagnosis → Advice, report
//! ```
//!
//! | file | what lives there |
//! | --- | --- |
//! | `record` | the column that is read, its steps, what is wrong with it |
//! | `shape` | models as recursions from row to row |
//! | `likelihood` | −2 ln L of a shape under noise that is seen, that drives the run, or both |
//! | `filter` | the Kalman filter of a driven run |
//! | `pushed`, `moments` | what pushes do to a loss, and the filter of it |
//! | `least`, `search`, `start` | least squares, descent, where to start |
//! | `choose` | the best noise for a shape |
//! | `hill`, `region`, `shares` | what parameters the log allows; intervals; what is not known of the noises |
//! | `rival` | decays that look like modes |
//! | `white` | residuals without memory; quantiles |
//! | `finding` | what a diagnosis holds |
//! | `verdict` | from fits to a diagnosis |
//! | `mode` | numbers that follow from q and β |
//! | `advice` | what would make the run critical |
//! | `report` | all of it in sentences |
#![warn(missing_docs)]

mod advice;
mod choose;
mod filter;
mod finding;
mod hill;
mod least;
mod likelihood;
mod mode;
mod moments;
mod pushed;
mod record;
mod region;
mod report;
mod rival;
mod search;
mod shape;
mod shares;
mod start;
mod verdict;
mod white;

pub use advice::Advice;
pub use finding::{Curve, Diagnosis, Finding, Known, Momentum, Noise, needed};
pub use mode::{Mode, phase};
pub use record::{Kind, Record, Sentence, Wanted, record};
pub use region::{Estimate, Region};
pub use report::Naming;
pub use verdict::diagnose;
