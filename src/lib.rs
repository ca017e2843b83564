//! Impetus: a laboratory for one idea, that a momentum optimizer is a machine with inertia.

pub mod export;
pub mod figure;
pub mod param;
pub mod scenes;
pub mod session;
pub mod text;
pub mod theory;
