//! The closed forms against the golden numbers, kind by kind.

mod adaptives;
mod controllers;
mod expansions;
mod fluctuations;
mod harness;
mod models;
mod modes;
mod oscillators;
mod players;
mod schemes;
mod signals;
mod steady_states;
mod writings;

use harness::Row;

/// Kinds that ask for iterates of a general run: the stepping core answers them, not a closed form.
const NEEDS_CORE: &[(&str, &str)] = &[
    ("00", "seed003"),
    ("01", "run"),
    ("01", "different"),
    ("05", "step"),
    ("05", "sde_step"),
    ("05", "leapfrog"),
    ("10", "run"),
    ("10", "rotation"),
    ("11", "fed_run"),
    ("12", "eval"),
    ("12", "stationary"),
    ("12", "ball_run"),
];

#[test]
fn every_closed_form_matches_its_golden_numbers() {
    let tables: [&[Row]; 12] = [
        writings::TABLE,
        modes::TABLE,
        oscillators::TABLE,
        expansions::TABLE,
        controllers::TABLE,
        schemes::TABLE,
        fluctuations::TABLE,
        steady_states::TABLE,
        signals::TABLE,
        players::TABLE,
        adaptives::TABLE,
        models::TABLE,
    ];
    harness::run(&tables.concat(), NEEDS_CORE);
}
