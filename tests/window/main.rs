//! The window through its accessibility tree and as pictures. No display, no GPU.

mod chapter;
mod gui;
mod harness;
mod keeping;
mod pictures;
mod plots;
mod shell;
mod studio;
mod sweep_window;
mod world_window;
