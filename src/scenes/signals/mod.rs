//! Signals: averages, filters, and what a name hides.

mod filter;

pub use filter::SCENE as FILTER;
