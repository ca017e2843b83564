//! Kinds answered by `theory`: the formula, or the recurrence itself where the formula *is* the
//! recurrence. Nothing here steps `core`.

mod adaptive;
mod controllers;
mod expansions;
mod fluctuation;
mod modes;
mod oscillators;
mod players;
mod printed;
mod schemes;
mod signal;
mod steady_state;
mod toys;
mod training;
mod writings;

pub use expansions::modified_flows;
pub use schemes::orders;
pub use training::line_data;
pub use writings::farthest;

use super::inputs::{Answered, Inputs};

/// How a kind is computed: inputs in, values by key out.
pub type Compute = fn(Inputs) -> Answered;

/// One kind: section, name, computation.
pub type Row = (&'static str, &'static str, Compute);

const TABLES: &[&[Row]] = &[
    writings::TABLE,
    modes::TABLE,
    oscillators::TABLE,
    expansions::TABLE,
    controllers::TABLE,
    schemes::TABLE,
    fluctuation::TABLE,
    steady_state::TABLE,
    signal::TABLE,
    players::TABLE,
    adaptive::TABLE,
    toys::TABLE,
    printed::TABLE,
    training::TABLE,
];

/// The closed form of a kind, if it has one.
pub fn find(section: &str, kind: &str) -> Option<Compute> {
    let rows = TABLES.iter().flat_map(|table| table.iter());
    rows.filter(|row| row.0 == section && row.1 == kind).map(|row| row.2).next()
}
