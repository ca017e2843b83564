//! The parts of the bench, one file each, and what opens on top of it.

mod borders;
pub mod chapter;
pub mod controls;
mod dock;
mod grounds;
mod header;
pub mod help;
pub mod keys;
pub mod layouts;
pub mod machines;
pub mod palette;
mod pictures;
pub mod pins;
mod scrub;
pub mod sheet;
pub mod side;
pub mod tile;
pub mod toast;
pub mod top;
pub mod transport;
pub mod verify;
pub mod views;
pub mod welcome;
pub mod world;
