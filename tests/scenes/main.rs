//! The scenes and what they are made of, as sessions: no window.

mod bigdata;
mod current;
mod digits;
mod landscape_views;
mod lenses;
mod linear_spectra;
mod linear_views;
mod ranges;
mod sampler;
mod stories;
mod survey;
mod sweep;
