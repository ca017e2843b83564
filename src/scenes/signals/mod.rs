//! Signals: averages, filters, and what a name hides.

mod batch_norm;
mod conventions;
mod drifting_target;
mod filter;
mod weights;

pub use batch_norm::SCENE as BATCH_NORM;
pub use conventions::SCENE as CONVENTIONS;
pub use drifting_target::SCENE as DRIFTING_TARGET;
pub use filter::SCENE as FILTER;
pub use weights::SCENE as WEIGHTS;
