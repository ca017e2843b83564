//! Mechanics: springs, pushes and rolling bodies, and what momentum has of them.

mod damping;
mod ice_box;
mod pushes;
mod resonance;
mod rolling;
mod steady;
mod two_steps;

pub use damping::SCENE as DAMPING;
pub use ice_box::SCENE as ICE_BOX;
pub use pushes::SCENE as PUSHES;
pub use resonance::SCENE as RESONANCE;
pub use rolling::SCENE as ROLLING;
pub use two_steps::SCENE as TWO_STEPS;
