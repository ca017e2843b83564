//! Landscapes: valleys, plateaus, cliffs and saddles, and what inertia is good for there.

mod bowl;

pub use bowl::SCENE as BOWL;
