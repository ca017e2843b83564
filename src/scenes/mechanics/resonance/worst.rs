//! The largest gain of all periods, over the memory of the momentum.

use std::f64::consts::TAU;
use std::sync::Arc;

use super::super::steady::driven;
use super::pages::{kept, settle};
use super::worst;
use crate::core::Probe;
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::{Axis, Dash, Ink, Marker, Panel};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, decades, level, line, panel, points, thin};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;

/// Memories 1/(1 − β) at which the peak is measured.
const MEMORIES: [f64; 9] = [2.5, 4.0, 6.0, 10.0, 16.0, 25.0, 40.0, 65.0, 100.0];
/// Steps of a measurement at most.
const LONGEST: u64 = 8192;

/// The momentum with this memory.
fn momentum(memory: f64) -> f64 {
    1.0 - 1.0 / memory
}

/// Memories, and the gains measured on the stepping core at the resonant periods.
fn measured<'a>(seen: &Seen<'a>) -> [&'a [f64]; 2] {
    let q = seen.get("q");
    let [memory, gain, _] = kept(seen, "measured peaks", || {
        let one = |memory: &f64| {
            let beta = momentum(*memory);
            let (omega, _) = worst(q, beta)?;
            let ball = Arc::new(heavy_ball(q, beta, Convention::Displacement));
            let steps = (settle(q, beta) * 4 / 3).max(4 * (TAU / omega) as u64 + 8);
            Some((*memory, driven(ball, 1.0, omega, Probe::Position(0), steps.min(LONGEST))?))
        };
        MEMORIES.iter().filter_map(one).collect()
    });
    [memory, gain]
}

fn memories(seen: &Seen<'_>) -> Axis {
    axis(seen, t("memory $1/(1 − β)$ (steps)", "记忆 $1/(1 − β)$（步）"), "").log().range(0.95, 130.0)
}

/// Largest gain and its period over the memory.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let q = seen.get("q");
    let grid = log_spaced(1.0, 130.0, 400);
    let column = |read: fn((f64, f64)) -> f64| -> Vec<f64> {
        grid.iter().map(|m| worst(q, momentum(*m)).map_or(f64::NAN, read)).collect()
    };
    let (size, at) = (column(|p| p.1), column(|p| TAU / p.0));
    let [memory, gain] = measured(seen);
    let y = decades(axis(seen, t("largest gain", "最大增益"), ""), 0.5, size.iter().copied().chain([1.0]));
    let mut first = panel("peak", memories(seen), y);
    let name = |text| Some(seen.say(text));
    first.layers = vec![
        level(1.0, Ink::Faint, Dash::Solid),
        line(grid.clone(), size, name(t("exact map", "精确映射")), Ink::Optimizer, Dash::Solid),
        points(memory, gain, name(t("measured", "测量")), Ink::Optimizer, Marker::Disc),
    ];
    for beta in [0.9, 0.99] {
        let text = |size: f64| format!("$β$ = {beta}: ×{}", show_number(size));
        let at = worst(q, beta).map(|(_, size)| callout([1.0 / (1.0 - beta), size], &text(size), Ink::Text));
        first.layers.extend(at);
    }
    let y = axis(seen, t("its period (steps)", "其周期（步）"), "");
    let mut second = panel("period", memories(seen), decades(y, 1.0, at.iter().copied().chain([20.0])));
    second.layers = vec![thin(grid, at, Ink::Optimizer, Dash::Solid)];
    let here = worst(q, seen.get("beta")).map(|(omega, size)| [size, TAU / omega]);
    let own = 1.0 / (1.0 - seen.get("beta"));
    for (panel, i) in [(&mut first, 0), (&mut second, 1)] {
        panel.layers.extend(here.map(|here| points(vec![own], vec![here[i]], None, Ink::Text, Marker::Diamond)));
    }
    (second.below, second.legend) = (true, false);
    vec![first, second]
}
