//! Impetus: a laboratory for one idea, that a momentum optimizer is a machine with inertia.

pub mod export;
pub mod figure;
pub mod text;
