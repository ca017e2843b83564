//! Landscapes: valleys, plateaus, cliffs and saddles, and what inertia is good for there.

mod bowl;
mod condition;
mod nesterov;
mod plateau;
mod recurrent;
mod saddle;

pub use bowl::SCENE as BOWL;
pub use condition::SCENE as CONDITION;
pub use nesterov::SCENE as NESTEROV;
pub use plateau::SCENE as PLATEAU;
pub use recurrent::SCENE as RECURRENT;
pub use saddle::SCENE as SADDLE;
