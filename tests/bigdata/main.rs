//! Large clouds and long runs: computed beside the window to the same bits, kept within a budget of
//! memory, shown as densities and thinned without loss.

mod beside;
mod checkpoints;
mod density;

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
