//! Kinds answered by stepping `core`.
//!
//! A simulation answers what it can measure and leaves the rest of a case to its closed form. What it
//! would measure badly (the poles of a nearly double root, a covariance next to the edge of stability)
//! it does not answer, so that its failure is always news.

mod airfoil;
mod bowls;
mod convnet;
mod games;
mod landscapes;
mod machine;
mod moments;
mod optimizers;
mod samplers;
mod springs;
mod toys;
mod training;

use super::closed::{Compute, Row};
pub use springs::stepper;

const TABLES: &[&[Row]] = &[
    bowls::TABLE,
    convnet::TABLE,
    springs::TABLE,
    samplers::TABLE,
    moments::TABLE,
    games::TABLE,
    optimizers::TABLE,
    toys::TABLE,
    landscapes::TABLE,
    training::TABLE,
    airfoil::TABLE,
];

/// The simulation of a kind, if there is one.
pub fn find(section: &str, kind: &str) -> Option<Compute> {
    let rows = TABLES.iter().flat_map(|table| table.iter());
    rows.filter(|row| row.0 == section && row.1 == kind).map(|row| row.2).next()
}
