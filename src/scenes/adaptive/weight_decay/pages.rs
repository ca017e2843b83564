//! The views of weight decay.

use super::pairs::{self, ADAM_L2, ADAMW, Rates, SGD_L2, SGDW};
use super::{EPS, SIZES};
use crate::core::Probe;
use crate::figure::{Axis, Dash, Ink, Marker, Panel};
use crate::scenes::exhibit::draw::{axis, decades, line, over_time, panel, points, spanning, thin, upright};
use crate::scenes::models::clock;
use crate::scenes::models::modal::log_spaced;
use crate::scenes::{LaneRun, Run, Seen};
use crate::text::{Text, t};
use crate::theory::adaptive::{adamw_noisy_equilibrium, l2_equilibrium, sgdw_equilibrium};

/// Sizes of gradients and of weights that are shown, how many of them are tried, and for how many steps.
const GRADIENTS: [f64; 2] = [1e-3, 1e2];
const WEIGHTS: [f64; 2] = [1e-4, 1e2];
const TRIED: usize = 7;
const STEPS: u64 = 400;
/// The weight that comes to rest: rms of its gradients, rate, decays and steps.
const SHAKEN: f64 = 5.0;
const RATE: f64 = 0.02;
const DECAYS: [f64; 2] = [0.01, 10.0];
const PATIENCE: u64 = 2500;
/// Line styles and marks, told apart also where lines coincide.
const DASHES: [Dash; 4] = [Dash::Solid, Dash::Dashed, Dash::DashDot, Dash::Dotted];
const MARKERS: [Marker; 4] = [Marker::Ring, Marker::Cross, Marker::Disc, Marker::Square];

/// The share of weight `k` that is left, row by row.
fn left(lane: &LaneRun, k: usize) -> &[f64] {
    let column = lane.column(Probe::SpreadPosition(k));
    let start = column.first().copied().unwrap_or(f64::NAN);
    lane.derived.grown(("share of the weight", k, 0), |out| {
        let new: Vec<f64> = column.iter().skip(out.len()).map(|w| w / start).collect();
        out.extend(new);
    })
}

/// The three weights over the clock.
pub fn weights<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    const IDS: [&str; 3] = ["weight1", "weight2", "weight3"];
    const LABELS: [Text; 3] = [t("$w_1/w_0$", "$w_1/w_0$"), t("$w_2/w_0$", "$w_2/w_0$"), t("$w_3/w_0$", "$w_3/w_0$")];
    let unit = clock::clock(seen.run, seen.view).1;
    let one = |k: usize| {
        let all = seen.run.lanes.iter().flat_map(|lane| left(lane, k).iter().copied());
        let lasting = all.filter(|x| (0.0..=4.0).contains(x)).chain([1.0]);
        let mut panel = over_time(IDS[k], seen, spanning(axis(seen, LABELS[k], ""), lasting));
        for (i, lane) in seen.run.lanes.iter().enumerate() {
            let name = Some(seen.say(lane.lane.name));
            panel.layers.push(line(lane.times(unit), left(lane, k), name, lane.lane.ink, DASHES[i % 4]));
        }
        panel.legend = k == 0;
        clock::mark_changes(&mut panel, seen.run, seen.view, k == 0);
        panel
    };
    (0..SIZES.len()).map(one).collect()
}

/// Lines of the closed forms and marks of short runs, over `x`; `at` gives what a lane takes at a place.
fn curves<'a>(
    seen: &Seen<'a>,
    mut panel: Panel<'a>,
    x: [f64; 2],
    formula: impl Fn(usize, f64) -> f64,
    tried: (&[f64], &'a [f64]),
) -> Panel<'a> {
    let fine = log_spaced(x[0], x[1], 121);
    for (i, lane) in seen.run.lanes.iter().enumerate() {
        let y: Vec<f64> = fine.iter().map(|x| formula(i, *x)).collect();
        let (name, ink) = (Some(seen.say(lane.lane.name)), lane.lane.ink);
        panel.layers.push(line(fine.clone(), y, name, ink, DASHES[i % 4]));
        if let Some(y) = tried.1.get(i * TRIED..(i + 1) * TRIED) {
            panel.layers.push(points(tried.0.to_vec(), y, None, ink, MARKERS[i % 4]));
        }
    }
    panel
}

/// An axis over what all methods may take.
fn shares(seen: &Seen<'_>, formula: impl Fn(usize, f64) -> f64, [low, high]: [f64; 2]) -> Axis {
    let ends = [SGD_L2, SGDW, ADAM_L2, ADAMW].into_iter().flat_map(|i| [formula(i, low), formula(i, high)]);
    decades(axis(seen, t("share taken per step", "每步带走的比例"), ""), 1e-12, ends.map(|y| y.min(10.0)))
}

/// What the four lanes of a run take from its weights, one lane after another.
fn taken(run: &Run) -> Vec<f64> {
    let one = |lane: &LaneRun, k| pairs::shrink(lane, k).filter(|y| *y > 0.0).unwrap_or(f64::NAN);
    run.lanes.iter().flat_map(|lane| (0..TRIED).map(move |k| one(lane, k))).collect()
}

/// The share taken per step over the size of gradients.
pub fn shrink<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (rates, weight) = (Rates::of(&seen.run.values), seen.get("weight"));
    let at = log_spaced(GRADIENTS[0], GRADIENTS[1], TRIED);
    let marks = seen.run.derived.column(("share over gradients", TRIED, STEPS), || {
        taken(&pairs::tried(&rates, seen.run, &at, &[0.0; TRIED], [0.0, weight], STEPS))
    });
    let formula = |i, s| pairs::by_formula(i, &rates, s, weight);
    let x = axis(seen, t("gradient rms $s$", "梯度均方根 $s$"), "").log().range(GRADIENTS[0] / 1.5, GRADIENTS[1] * 1.5);
    let panel = panel("shrink", x, shares(seen, formula, GRADIENTS));
    let mut panel = curves(seen, panel, GRADIENTS, formula, (&at, marks));
    panel.layers.extend(SIZES.map(|id| upright(seen.get(id), Ink::Faint, Dash::Dotted)));
    vec![panel]
}

/// The share taken per step over the size of the weight.
pub fn size<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (rates, s) = (Rates::of(&seen.run.values), seen.get("rms2"));
    let at = log_spaced(WEIGHTS[0], WEIGHTS[1], TRIED);
    let marks = seen.run.derived.column(("share over weights", TRIED, STEPS), || {
        let runs = at.iter().map(|w| pairs::tried(&rates, seen.run, &[s], &[0.0], [0.0, *w], STEPS));
        let rows: Vec<Vec<f64>> =
            runs.map(|run| run.lanes.iter().map(|lane| pairs::shrink(lane, 0).unwrap_or(f64::NAN)).collect()).collect();
        (0..4).flat_map(|i| rows.iter().map(move |row| row.get(i).copied().unwrap_or(f64::NAN))).collect()
    });
    let formula = |i, w| pairs::by_formula(i, &rates, s, w);
    let x = axis(seen, t("size of the weight $w$", "权重大小 $w$"), "").log().range(WEIGHTS[0] / 1.5, WEIGHTS[1] * 1.5);
    let panel = panel("size", x, shares(seen, formula, WEIGHTS));
    let mut panel = curves(seen, panel, WEIGHTS, formula, (&at, marks));
    panel.layers.push(upright(seen.get("weight"), Ink::Faint, Dash::Dotted));
    vec![panel]
}

/// Where a weight of curvature 1 and target 1 rests under decay `w`, by the closed forms.
fn resting(i: usize, beta: f64, w: f64) -> f64 {
    match i {
        SGDW => sgdw_equilibrium(1.0, w, beta, 1.0),
        ADAMW => adamw_noisy_equilibrium(1.0, w, SHAKEN * SHAKEN, 1.0),
        _ => l2_equilibrium(1.0, w, 1.0),
    }
}

/// Where a weight rests over the decay.
pub fn rest<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let beta = seen.get("beta");
    let at = log_spaced(DECAYS[0], DECAYS[1], TRIED);
    let marks = seen.run.derived.column(("rest over decay", TRIED, PATIENCE), || {
        let rows: Vec<Vec<f64>> = at.iter().map(|decay| rested(seen.run, beta, *decay)).collect();
        (0..4).flat_map(|i| rows.iter().map(move |row| row.get(i).copied().unwrap_or(f64::NAN))).collect()
    });
    let x = axis(seen, t("weight decay $λ$", "权重衰减 $λ$"), "").log().range(DECAYS[0] / 1.5, DECAYS[1] * 1.5);
    let panel = panel("rest", x, axis(seen, t("resting weight", "停留的权重"), "").range(-0.05, 1.1));
    let mut panel = curves(seen, panel, DECAYS, |i, decay| resting(i, beta, decay), (&at, marks));
    panel.layers.push(thin(vec![DECAYS[0], DECAYS[1]], vec![0.0; 2], Ink::Faint, Dash::Solid));
    panel.layers.push(upright(seen.get("decay").max(EPS), Ink::Faint, Dash::Dotted));
    vec![panel]
}

/// Means of the four lanes over the last steps of a run under one decay.
fn rested(run: &Run, beta: f64, decay: f64) -> Vec<f64> {
    const TAIL: usize = 200;
    // Momentum amplifies a step; the rate is that of the amplified one.
    let rates = Rates { eta: RATE, beta, decay };
    let done = pairs::tried(&rates, run, &[SHAKEN], &[1.0], [0.5, 0.0], PATIENCE);
    let mean = |lane: &LaneRun| {
        let all = lane.column(Probe::MeanPosition(0));
        let tail = &all[all.len().saturating_sub(TAIL)..];
        tail.iter().sum::<f64>() / tail.len().max(1) as f64
    };
    done.lanes.iter().map(mean).collect()
}
