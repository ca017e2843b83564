//! Typed worlds as experiments: their machines and energies against built-in ones and closed forms, their fixed
//! points, what stays when the text changes, hostile text, the command line, and the way back from a file.

mod command;
mod energy;
mod files;
mod hostile;
mod machines;
mod values;

use impetus::scenes::{Probe, Run, SceneRef, TYPED_WORLD, made};
use impetus::session::Plan;

fn scene(source: &str) -> SceneRef {
    made(TYPED_WORLD, Some(source)).unwrap_or_else(|e| panic!("{source}: {e}"))
}

/// The whole run of a world with some parameters set.
fn run(source: &str, set: &[(&str, f64)], steps: u64) -> Run {
    let mut plan = Plan { steps, ..Plan::new(scene(source)) };
    for (id, value) in set {
        plan.values.set(id, *value).unwrap_or_else(|e| panic!("{source}: {e}"));
    }
    let mut run = plan.start().unwrap();
    plan.compute(&mut run, steps);
    run
}

/// Every row of a lane along a coordinate.
fn column(run: &Run, lane: usize, i: usize) -> Vec<f64> {
    run.lanes[lane].column(Probe::Position(i)).to_vec()
}

/// The largest distance between two columns.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    assert!(a.len() > 1);
    a.iter().zip(b).fold(0.0, |most, (a, b)| most.max((a - b).abs()))
}
