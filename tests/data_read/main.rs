//! Data that a reader brings: what is read of it, and what is said of what is wrong.

mod tables;
