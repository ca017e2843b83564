//! Two players on one function: who chases whom, and what brings them to rest.

mod game;

pub use game::SCENE as GAME;
