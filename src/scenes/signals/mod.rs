//! Signals: averages, filters, and what a name hides.

mod conventions;
mod filter;
mod weights;

pub use conventions::SCENE as CONVENTIONS;
pub use filter::SCENE as FILTER;
pub use weights::SCENE as WEIGHTS;
