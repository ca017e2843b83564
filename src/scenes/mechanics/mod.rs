//! Mechanics: blocks that are pushed, balls that roll, and what of them an optimizer is.

mod ice_box;
mod rolling;

pub use ice_box::SCENE as ICE_BOX;
pub use rolling::SCENE as ROLLING;
