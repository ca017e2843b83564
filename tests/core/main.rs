//! The stepping core held against closed forms, against itself and against programs of others.

mod convergence;
mod convnet;
mod ensembles;
mod equivalence;
mod fused;
mod joint;
mod methods;
mod noise;
mod start_and_target;
mod stationary;
