//! Mechanics: springs, dampers and pushes, and how they come back to rest.

mod damping;
mod pushes;
mod resonance;
mod steady;
mod two_steps;

pub use damping::SCENE as DAMPING;
pub use pushes::SCENE as PUSHES;
pub use resonance::SCENE as RESONANCE;
pub use two_steps::SCENE as TWO_STEPS;
