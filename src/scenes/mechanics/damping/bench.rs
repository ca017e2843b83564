//! How long one mode takes to settle: counted on runs of the stepping core, and kept.

use std::sync::Arc;

use crate::core::fields::Quadratic;
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{Observe, Outcome, Probe, State, System, Trace, advance};
use crate::scenes::Seen;

/// Rows after which a run that has not settled is given up.
const MOST: usize = 4096;
/// How many times as long as it took to settle a run must stay quiet.
const QUIET: usize = 3;

/// The first step of a run from rest from which it stays within `share` of its start; `None` if it
/// diverges or has not settled after some thousand steps.
pub fn settled(q: f64, beta: f64, share: f64) -> Option<u64> {
    let field = Arc::new(Quadratic::diagonal(&[q]));
    let system = System::new(field, heavy_ball(1.0, beta, Convention::Displacement));
    let (mut state, mut trace) = (State::at(&[1.0], &[], 1, 0, 0), Trace::new(&[Probe::Position(0)], 64));
    trace.observe(&*system.field, &state);
    let mut stretch = 32;
    while trace.len() <= MOST {
        if advance(&system, &mut state, stretch, &mut trace) != Outcome::Running {
            return None;
        }
        let x = trace.column(Probe::Position(0));
        let from = x.iter().rposition(|x| !(x.abs() <= share)).map_or(0, |last| last + 1);
        if x.len() > QUIET * from + 16 {
            return Some(from as u64);
        }
        stretch = x.len() as u64;
    }
    None
}

/// [`settled`] of every (q, β), as columns of β and steps; what does not settle is left out.
pub fn counted<'a>(seen: &Seen<'a>, name: &'static str, cases: impl Fn() -> Vec<[f64; 3]>) -> [&'a [f64]; 2] {
    let share = 0.01 * seen.get("share");
    let both = seen.run.derived.column((name, 0, 0), || {
        let runs = cases().into_iter().filter_map(|[at, q, beta]| Some((at, settled(q, beta, share)? as f64)));
        let (x, y): (Vec<f64>, Vec<f64>) = runs.unzip();
        [x, y].concat()
    });
    both.split_at(both.len() / 2).into()
}

/// Evenly spaced numbers, both ends included.
pub fn spaced(low: f64, high: f64, count: usize) -> Vec<f64> {
    let last = count.saturating_sub(1).max(1) as f64;
    (0..count).map(|i| low + (high - low) * i as f64 / last).collect()
}
