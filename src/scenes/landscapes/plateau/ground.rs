//! The two plateaus: a slope that ends in a cliff, and one that is exactly flat.

use std::sync::Arc;

use super::is_flat;
use crate::core::fields::{Clipped, PlateauCliffValley, Shelf, stationary_points};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{At, Field, State, System, advance};
use crate::param::Values;

/// Distance from the edge of the flat plateau to the minimum behind it.
const REACH: f64 = 0.6;

/// The exactly flat plateau with its edge at 0.
fn shelf(values: &Values) -> Shelf {
    Shelf { edge: 0.0, stiffness: values.get("wall"), reach: REACH }
}

/// The ground, without clipping.
pub fn bare(values: &Values) -> Arc<dyn Field> {
    if is_flat(values) {
        return Arc::new(shelf(values));
    }
    let [slope, drop, wall] = ["slope", "drop", "wall"].map(|id| values.get(id));
    Arc::new(PlateauCliffValley { slope, drop, wall, ..PlateauCliffValley::default() })
}

/// The ground as the methods see it.
pub fn field(values: &Values) -> Arc<dyn Field> {
    let bare = bare(values);
    if values.index("clip") == 1 { Arc::new(Clipped::norm(bare, values.get("limit"))) } else { bare }
}

/// Where the valley is lowest.
pub fn minimum(values: &Values) -> f64 {
    let found = stationary_points(&*bare(values));
    found.iter().find_map(|point| point.at.first().copied()).filter(|x| x.is_finite()).unwrap_or(REACH)
}

/// The potential at these places.
pub fn heights(values: &Values, x: &[f64]) -> Vec<f64> {
    let (v, mut out) = (vec![0.0; x.len()], vec![0.0; x.len()]);
    bare(values).potential(At { t: 0.0, n: x.len(), q: x, v: &v }, &mut out);
    out
}

/// How far momentum β slides on without force from the entry speed until nothing that can be seen is left of
/// it, by a run on a shelf without end.
pub fn coasted(values: &Values, beta: f64) -> f64 {
    const LEFT: f64 = 1e-12;
    const MOST: f64 = 3000.0;
    let steps = if beta > 0.0 { (libm::log(LEFT) / libm::log(beta)).clamp(1.0, MOST) } else { 1.0 };
    let endless = Arc::new(Shelf { edge: f64::MAX, ..shelf(values) });
    let ball = heavy_ball(values.get("eta"), beta, Convention::Displacement);
    let mut state = State::at(&[0.0], &[values.get("speed")], 1, 0, 0);
    advance(&System::new(endless, ball), &mut state, steps as u64, &mut ());
    state.coordinate(0).first().copied().unwrap_or(f64::NAN)
}
