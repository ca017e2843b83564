//! Figures from data to files, and the files read back.

mod axes;
mod factory;
mod layers;
mod layout;
mod paper;
mod pgf;
mod preflight;
mod properties;
mod readback;
mod specimen;
