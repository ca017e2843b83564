//! Impetus: a laboratory for one idea, that a momentum optimizer is a machine with inertia.

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;
pub mod core;
pub mod export;
pub mod figure;
pub mod files;
pub mod param;
pub mod scenes;
pub mod session;
pub mod text;
pub mod theory;
