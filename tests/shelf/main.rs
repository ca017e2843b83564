//! The data a process holds for its scenes; in a process of its own, for there is one shelf.

mod airfoil;
mod doors;
#[path = "../window/harness.rs"]
mod harness;
