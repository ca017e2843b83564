//! What looks like a mode and is none: a decay on a trend, or one whose errors grow with it.
//!
//! `y = a σⁿ + b + c n`, with errors of one size or of a size proportional to |a| σⁿ + f |a|; the worst that ordinary logs do
//! to a search for oscillations, because one pole and even errors leave residuals with a structure.

use super::likelihood::{Rows, regressed};
use super::search::lowest;

/// Floors f of errors that grow with the decay; the first is that of even ones.
const FLOORS: [f64; 6] = [f64::INFINITY, 1.0, 0.3, 0.1, 0.03, 0.01];
/// Time constants that are tried, from a row to five times the log.
const TIMES: u32 = 12;

/// −2 ln L of the best of them.
pub fn rival(rows: Rows<'_>) -> f64 {
    let length = rows.values.len() as f64;
    let times: Vec<f64> = (0..TIMES).map(|k| (5.0 * length).powf(f64::from(k) / f64::from(TIMES - 1)).ln()).collect();
    let best = |floor: &f64| {
        let mut of = |at: &[f64]| at.first().map_or(f64::INFINITY, |time| decay(rows, *time, *floor));
        let start = times.iter().map(|time| (of(&[*time]), *time)).min_by(|a, b| a.0.total_cmp(&b.0));
        start.map_or(f64::INFINITY, |(_, time)| lowest(&[time], &[0.3], 0.1, &mut of).value)
    };
    FLOORS.iter().map(best).fold(f64::INFINITY, f64::min)
}

/// −2 ln L at the logarithm of a time constant in rows.
fn decay(rows: Rows<'_>, time: f64, floor: f64) -> f64 {
    let length = rows.values.len() as f64;
    let there: Vec<(f64, f64)> =
        rows.values.iter().enumerate().filter(|(_, y)| !y.is_nan()).map(|(n, y)| (n as f64, *y)).collect();
    let fall = |n: f64| (-n / time.exp()).exp();
    let spread: Vec<f64> = there.iter().map(|(n, _)| if floor.is_finite() { fall(*n) + floor } else { 1.0 }).collect();
    let column = |of: &dyn Fn(f64, f64) -> f64| -> Vec<f64> {
        there.iter().zip(&spread).map(|((n, y), spread)| of(*n, *y) / spread).collect()
    };
    let columns = vec![column(&|_, _| 1.0), column(&|n, _| n / length), column(&|n, _| fall(n))];
    regressed((columns, column(&|_, y| y), spread), &[]).map_or(f64::INFINITY, |held| held.misfit)
}
