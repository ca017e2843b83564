//! What is left of the start after some steps, where gradients come at random.

use std::sync::Arc;

use super::bench;
use crate::core::fields::{Arrival, Quadratic, Rare};
use crate::core::{Field, State, System, advance};
use crate::figure::{Dash, Ink, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{DASHES, MARKERS, axis, decades, level, line, panel, points, upright};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
use crate::theory::sparse::mean_square;

/// Probabilities at which is measured, weights each, and the most steps.
const TRIED: usize = 9;
const WEIGHTS: usize = 160;
const MOST: u64 = 200;
/// Least probability.
const LEAST: f64 = 0.005;
/// What is less is not drawn.
const FLOOR: f64 = 1e-6;

/// Root mean square over the weights after `steps` steps from 1, momentum number `i`.
fn measured(seen: &Seen<'_>, i: usize, probability: f64, steps: u64) -> f64 {
    let arrival = Arrival::AtRandom { probability, seed: seen.run.seed, stream: 7 };
    let bowl: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[1.0]));
    let field = Arc::new(Rare { field: bowl, arrivals: vec![arrival] });
    let system = System { field, stepper: bench::momentum(i, seen.get("eta"), seen.get("beta")) };
    let mut state = State::at(&[1.0], &[], WEIGHTS, 0, 0);
    advance(&system, &mut state, steps, &mut ());
    (state.q.iter().map(|x| x * x).sum::<f64>() / WEIGHTS as f64).sqrt()
}

/// The error over the probability.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (q, beta, steps) = (seen.get("eta"), seen.get("beta"), seen.run.horizon.min(MOST));
    let fine = log_spaced(LEAST, 1.0, 120);
    let tried = log_spaced(LEAST, 1.0, TRIED);
    let key = q.to_bits() ^ beta.to_bits().rotate_left(21) ^ steps.rotate_left(7);
    let found = seen.run.derived.column(("errors over the probability", TRIED, key), || {
        bench::MOMENTA
            .flat_map(|i| tried.iter().map(move |p| (i, *p)))
            .map(|(i, p)| measured(seen, i, p, steps))
            .collect()
    });
    let lines: Vec<Vec<f64>> = bench::IDLE
        .iter()
        .map(|idle| fine.iter().map(|p| mean_square(*idle, q, beta, *p, steps).sqrt()).collect())
        .collect();
    let x = axis(seen, t("probability $p$ of a gradient per step", "每步得到梯度的概率 $p$"), "");
    let label = seen.tell(t("rms error after {} steps", "{} 步后的均方根误差"), &[steps as f64]);
    let y = crate::figure::Axis::new(crate::figure::rich(&label), "");
    let shown = lines.iter().flatten().chain(found).copied().filter(|y| *y > FLOOR && *y < 1e6);
    let mut panel = panel("arrival", x.log().range(LEAST / 1.15, 1.15), decades(y, FLOOR, shown.chain([1.0])));
    for (i, y) in lines.into_iter().enumerate() {
        let (name, ink) = (Some(seen.say(bench::NAMES[i])), bench::INKS[i]);
        panel.layers.push(line(fine.clone(), y, name, ink, DASHES[i]));
        let marks = found.chunks(TRIED).nth(i).unwrap_or(&[]).to_vec();
        if marks.len() == TRIED {
            panel.layers.push(points(tried.clone(), marks, None, ink, MARKERS[i]));
        }
    }
    panel.layers.push(level(1.0, Ink::Faint, Dash::Dotted));
    panel.layers.push(upright(1.0 / seen.get("gap"), Ink::Faint, Dash::Dotted));
    vec![panel]
}
