//! Experiments typed as text: what the words mean, and the machines made of them.

mod formula;
mod typed_world;
