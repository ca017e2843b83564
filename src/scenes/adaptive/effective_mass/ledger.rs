//! The energy of Adam as a body whose mass changes as it goes.
//!
//! With the momentum π = m₁/(1 − β) (m₁ is the first moment) and the mass M of `mass`, a step is
//! π′ = βπ + f, q′ = q + π′/M′. The kinetic energy Σ π²/2M changes exactly by what the force, friction and
//! the change of mass do.

use super::mass;
use crate::core::Probe;
use crate::figure::{Dash, Ink, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, label, line, over_time, spanning, thin};
use crate::scenes::models::clock;
use crate::text::t;

/// The entries of the ledger, by their columns.
pub const KINETIC: usize = 0;
pub const POTENTIAL: usize = 1;
pub const FRICTION: usize = 2;
pub const MASS: usize = 3;
pub const WORK: usize = 4;
const ENTRIES: usize = 5;

/// One step of one coordinate: kinetic energy after it, and what friction took, the mass gave and the force did.
struct Step {
    kinetic: f64,
    friction: f64,
    given: f64,
    work: f64,
}

/// From momenta and masses before and after; before the first step there is neither.
fn step([before, after]: [f64; 2], [light, heavy]: [f64; 2], beta: f64) -> Step {
    let mean = 0.5 * (before + after) / heavy;
    let given = if before == 0.0 { 0.0 } else { 0.5 * before * before * (1.0 / heavy - 1.0 / light) };
    Step {
        kinetic: 0.5 * after * after / heavy,
        friction: (1.0 - beta) * before * mean,
        given,
        work: (after - beta * before) * mean,
    }
}

/// Column `entry` of the ledger: kinetic and potential energy as they are, the others added up.
pub fn entry<'a>(seen: &Seen<'a>, entry: usize) -> &'a [f64] {
    let Some(lane) = mass::adam(seen) else { return &[] };
    let rows = lane.trace.len();
    let all = lane.derived.column(("ledger of a changing mass", rows, 0), || {
        let velocity = [0, 1].map(|i| lane.column(Probe::Velocity(i)));
        let potential = lane.column(Probe::Potential);
        let mut columns = vec![vec![0.0; rows]; ENTRIES];
        let mut sums = [0.0; ENTRIES];
        for n in 0..rows {
            sums[KINETIC] = 0.0;
            sums[POTENTIAL] = potential.get(n).copied().unwrap_or(f64::NAN);
            let beta = mass::coefficients(seen, n as u64).beta;
            for (i, v) in velocity.iter().enumerate().filter(|_| n > 0) {
                let at = |n: usize| v.get(n).copied().unwrap_or(f64::NAN) / (1.0 - beta);
                let masses = [n - 1, n].map(|n| mass::mass(seen, i, n as u64));
                let done = step([at(n - 1), at(n)], masses, beta);
                sums[KINETIC] += done.kinetic;
                sums[FRICTION] += done.friction;
                sums[MASS] += done.given;
                sums[WORK] += done.work;
            }
            columns.iter_mut().zip(sums).for_each(|(column, sum)| column[n] = sum);
        }
        columns.concat()
    });
    all.get(entry * rows..(entry + 1) * rows).unwrap_or(&[])
}

/// The ledger over the clock.
pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [kinetic, potential, friction, given] = [KINETIC, POTENTIAL, FRICTION, MASS].map(|e| entry(seen, e));
    let sum = |n: usize| kinetic[n] + potential[n] + friction[n] - given[n];
    let total: Vec<f64> = (0..kinetic.len()).map(sum).collect();
    let lasting = |x: &f64| x.is_finite() && x.abs() < 1e12;
    let all = [kinetic, potential, friction, given].concat();
    let y = spanning(axis(seen, t("energy", "能量"), ""), all.into_iter().chain(total.clone()).filter(lasting));
    let mut panel = over_time("ledger", seen, y);
    let Some(lane) = mass::adam(seen) else { return vec![panel] };
    let times = lane.times(clock::clock(seen.run, seen.view).1);
    let entries = [
        (potential, t("potential", "势能"), Ink::Controller, Dash::Solid),
        (kinetic, t("kinetic", "动能"), Ink::Spring, Dash::Dashed),
        (friction, t("friction", "摩擦"), Ink::Amber, Dash::DashDot),
        (given, t("change of mass", "质量变化"), Ink::Sampler, Dash::Dotted),
    ];
    for (y, name, ink, dash) in entries {
        panel.layers.push(line(times, y, Some(&label(seen, name).plain()), ink, dash));
    }
    let name = seen.say(t("balance", "结余"));
    panel.layers.push(line(times, total, Some(name), Ink::Text, Dash::Solid));
    if let Some(start) = potential.first().filter(|x| x.is_finite()) {
        panel.layers.push(thin(vec![0.0, seen.run.horizon as f64], vec![*start; 2], Ink::Muted, Dash::Dotted));
    }
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    vec![panel]
}
