//! Large clouds and long runs: computed beside the window to the same bits, kept within a budget of
//! memory, shown as densities and thinned without loss.

mod beside;
mod checkpoints;
mod density;
mod growth;
mod pyramid;

use impetus::scenes::SCENES;
use impetus::session::{Command, Session};

/// The first scene with these values and this length.
fn session(values: &[(&str, f64)], steps: u64) -> Session {
    let mut session = Session::open(SCENES[0]).expect("the first scene opens");
    session.apply(Command::Steps(steps)).expect("a length in range");
    for (id, value) in values {
        let set = Command::Set { id: (*id).into(), value: *value };
        session.apply(set).unwrap_or_else(|e| panic!("{id} = {value}: {e}"));
    }
    session
}

/// Every number of a run, in order, as bits.
fn bits(session: &Session) -> Vec<u64> {
    let lanes = session.run().lanes.iter();
    let columns = lanes.flat_map(|lane| lane.trace.probes().iter().map(|p| lane.column(*p)));
    columns.flat_map(|column| std::iter::once(column.len() as u64).chain(column.iter().map(|v| v.to_bits()))).collect()
}

/// Numbers that look random, between 0 and 1.
fn dice(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}
