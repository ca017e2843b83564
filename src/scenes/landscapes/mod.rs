//! Landscapes: valleys, plateaus, cliffs and saddles, and what inertia is good for there.

mod bowl;
mod plateau;

pub use bowl::SCENE as BOWL;
pub use plateau::SCENE as PLATEAU;
