//! The largest curvatures of the loss, and what they make of the eigenmodes.

use super::lanes::{self, COUNT, CURVATURE, INKS, MOMENTUM};
use super::task;
use crate::core::State;
use crate::core::models::top_eigenvalues;
use crate::figure::{Dash, Ink, Marker, Panel};
use crate::scenes::exhibit::draw::{
    DASHES, MARKERS, axis, callout, decades, level, line, over_time, panel, points, thin, words,
};
use crate::scenes::exhibit::regimes as chip;
use crate::scenes::models::clock;
use crate::scenes::{Chip, Seen};
use crate::text::t;
use crate::theory::regime::{overdamped_border, stability_wall};

/// Images of which the spectrum is taken, products with the Hessian, and eigenvalues that are shown.
const ROWS: usize = 32;
const PRODUCTS: usize = 12;
const SHOWN: usize = 5;
/// The range of ηλ that is drawn.
const REACH: [f64; 2] = [1e-4, 10.0];

/// The largest curvature of every lane, epoch by epoch.
pub fn course<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let unit = clock::clock(seen.run, seen.view).1;
    let all: Vec<[Vec<f64>; 2]> = seen.run.lanes.iter().map(|lane| lanes::epochs(lane, CURVATURE, u64::MAX)).collect();
    let top = all.iter().flat_map(|[_, y]| y).copied().fold(1e-3, f64::max);
    let walls = lanes::rates(&seen.run.values).map(|[eta, beta]| stability_wall(beta) / eta);
    let near = walls.into_iter().filter(|wall| *wall < 30.0 * top);
    let values = all.iter().flat_map(|[_, y]| y.iter().copied()).filter(|x| *x > 0.0).chain(near.clone());
    let y = decades(axis(seen, t("largest eigenvalue $λ_1$", "最大特征值 $λ_1$"), ""), 1e-6, values);
    let mut panel = over_time("curvature", seen, y);
    for (i, ([x, y], lane)) in all.into_iter().zip(&seen.run.lanes).enumerate() {
        let x: Vec<f64> = x.iter().map(|x| x * unit).collect();
        let name = Some(seen.say(lane.lane.name));
        panel.layers.push(line(x.clone(), y.clone(), name, INKS[i % COUNT], DASHES[i % DASHES.len()]));
        panel.layers.push(points(x, y, None, INKS[i % COUNT], MARKERS[i % MARKERS.len()]));
    }
    for (wall, ink) in walls.into_iter().zip(INKS).filter(|(wall, _)| *wall < 30.0 * top) {
        panel.layers.push(level(wall, ink, Dash::Dashed));
    }
    clock::mark_changes(&mut panel, seen.run, seen.view, false);
    vec![panel]
}

/// The end of the last epoch at the moment shown. Whatever is read off states is read there, so that one state
/// answers all.
pub fn turn(seen: &Seen<'_>) -> u64 {
    let per = lanes::per_epoch(seen) as u64;
    seen.view.now.min(seen.run.done()) / per * per
}

/// The largest eigenvalues of the momentum lane at the end of the last epoch, those above 0; `None` while
/// they are being computed.
fn spectrum(seen: &Seen<'_>) -> Option<Vec<f64>> {
    let task = task::of(&seen.run.values);
    let rows: Vec<u32> = (0..task.counts[0].min(ROWS) as u32).collect();
    let read = move |state: &State| top_eigenvalues(&*task.exact, &state.q, &rows, PRODUCTS).values;
    let found = seen.lane(MOMENTUM)?.glance(turn(seen), ("spectrum", PRODUCTS, 0), 0, read)?;
    Some(found.iter().copied().filter(|x| *x > 0.0).take(SHOWN).collect())
}

/// The eigenmodes in the plane of step × curvature and momentum.
pub fn regimes<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let x = axis(seen, t("step × curvature $ηλ$", "步长 × 曲率 $ηλ$"), "").log().range(REACH[0], REACH[1]);
    let y = axis(seen, t("momentum $β$", "动量 $β$"), "").range(-0.1, 1.05);
    let mut panel = panel("regimes", x, y);
    let betas: Vec<f64> = (0..=160).map(|k| f64::from(k) / 160.0).collect();
    for (border, ink, dash) in
        [(overdamped_border as fn(f64) -> f64, Ink::Text, Dash::Solid), (stability_wall, Ink::Danger, Dash::Solid)]
    {
        let place = |b: &f64| Some(border(*b)).filter(|q| (REACH[0]..=REACH[1]).contains(q)).unwrap_or(f64::NAN);
        panel.layers.push(thin(betas.iter().map(place).collect::<Vec<f64>>(), betas.clone(), ink, dash));
    }
    for (at, text) in [([1e-3, 0.3], t("overdamped", "过阻尼")), ([0.5, 0.75], t("underdamped", "欠阻尼"))] {
        panel.layers.push(words(at, seen.say(text), Ink::Muted));
    }
    panel.layers.push(callout([overdamped_border(0.5), 0.5], seen.say(t("critical", "临界")), Ink::Text));
    panel.layers.push(callout([stability_wall(0.5), 0.5], seen.say(t("divergence", "发散")), Ink::Danger));
    let rates = lanes::rates(&seen.run.values);
    let held = |eta: f64, l: f64| (eta * l).clamp(REACH[0], REACH[1]);
    for (i, [eta, beta]) in rates.into_iter().enumerate() {
        let all = if i == MOMENTUM {
            spectrum(seen).unwrap_or_default()
        } else {
            let known = seen.lane(i).map(|lane| lanes::epochs(lane, CURVATURE, turn(seen)));
            known.and_then(|[_, y]| y.last().copied()).filter(|l| *l > 0.0).into_iter().collect()
        };
        let x: Vec<f64> = all.iter().map(|l| held(eta, *l)).collect();
        let y = vec![beta; x.len()];
        let marker = [Marker::Disc, Marker::Square, Marker::Triangle][i % COUNT];
        panel.layers.push(points(x, y, Some(seen.say(lanes::NAMES[i])), INKS[i], marker));
    }
    vec![panel]
}

/// The regimes of the eigenmodes of the momentum lane.
pub fn chips(seen: &Seen<'_>) -> Vec<Chip> {
    const NAMES: [&str; SHOWN] = ["λ₁", "λ₂", "λ₃", "λ₄", "λ₅"];
    spectrum(seen).map_or_else(Vec::new, |all| chip::chips(seen, NAMES.into_iter().zip(all)))
}
