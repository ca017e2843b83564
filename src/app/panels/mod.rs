//! The parts of the bench, one file each.

pub mod chapter;
pub mod keys;
pub mod machines;
mod pictures;
pub mod side;
pub mod tile;
pub mod toast;
pub mod top;
pub mod transport;
pub mod verify;
pub mod views;
