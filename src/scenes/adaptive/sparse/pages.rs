//! The rare weight over the clock, and what one gap does over its length.

use std::ops::Range;

use super::{RARE, bench};
use crate::core::{Probe, each};
use crate::figure::{Dash, Handle, Ink, Layer, Marker, Panel, Points, rich};
use crate::scenes::exhibit::draw::{
    DASHES, FAR, MARKERS, axis, decades, level, line, over_time, panel, points, series, spanning, thin,
};
use crate::scenes::models::clock;
use crate::scenes::{LaneRun, Seen};
use crate::text::{Text, t};
use crate::theory::sparse::{adam_way_per_gradient, modulus, stale_drift, way_per_gradient};

/// Gaps at which is measured, and over which lines are drawn.
const TRIED: [u64; 9] = [1, 2, 4, 8, 14, 25, 50, 100, 200];
/// Steps of a run of Adam at most; longer ones are not made.
const AFFORDABLE: u64 = 120_000;
/// More gradients than this get no marks of their own.
const MARKED: usize = 100;

fn at(seen: &Seen<'_>, lane: &LaneRun, moment: f64, group: Range<usize>) -> Option<[f64; 2]> {
    let own = seen.run.lanes.iter().position(|other| std::ptr::eq(other, lane))?;
    let y = lane.between(RARE, moment).filter(|_| group.contains(&own))?;
    Some([moment * clock::clock(seen.run, seen.view).1, y])
}

/// Where a lane of the upper panel is.
pub fn momentum_now(seen: &Seen<'_>, lane: &LaneRun, moment: f64) -> Option<[f64; 2]> {
    at(seen, lane, moment, bench::MOMENTA)
}

/// Where a lane of the lower panel is.
pub fn adaptive_now(seen: &Seen<'_>, lane: &LaneRun, moment: f64) -> Option<[f64; 2]> {
    at(seen, lane, moment, bench::ADAPTIVE)
}

/// The rare weight of some lanes, with the steps at which its gradient came.
fn group<'a>(id: &'static str, seen: &Seen<'a>, label: Text, lanes: Range<usize>) -> Panel<'a> {
    let unit = clock::clock(seen.run, seen.view).1;
    let mut panel = over_time(id, seen, axis(seen, label, ""));
    let runs = || lanes.clone().filter_map(|i| Some((i, seen.lane(i)?)));
    let most = FAR * seen.get("x0").abs().max(0.2);
    let slope = seen.index("ground") == super::SLOPE;
    let clamp = |x: &f64| if slope { *x } else { x.clamp(-most, most) };
    let all = runs().flat_map(|(_, lane)| lane.column(RARE)).copied().filter(|x| x.is_finite());
    panel.y = spanning(panel.y, all.map(|x| clamp(&x)));
    for (i, lane) in runs() {
        let dash = DASHES[(i - lanes.start) % DASHES.len()];
        panel.layers.push(line(
            lane.times(unit),
            lane.column(RARE),
            Some(seen.say(lane.lane.name)),
            lane.lane.ink,
            dash,
        ));
    }
    // Both panels have these marks; one legend says what they are.
    let named = lanes.contains(&bench::ADAM);
    panel.layers.extend(marks(seen, &panel, unit, named));
    clock::mark_changes(&mut panel, seen.run, seen.view, true);
    panel
}

/// Marks along the bottom where gradients came.
fn marks<'a>(seen: &Seen<'a>, panel: &Panel<'_>, unit: f64, named: bool) -> Option<Layer<'a>> {
    let came = bench::gradients(seen);
    let [low, high] = panel.y.range?;
    let x: Vec<f64> = came.iter().map(|n| *n as f64 * unit).collect();
    let y = vec![low + 0.03 * (high - low); x.len()];
    let name = named.then(|| rich(seen.say(t("gradient comes", "梯度到来"))));
    let shown = (1..=MARKED).contains(&x.len());
    let (x, y, ink, marker) = (x.into(), y.into(), Ink::Muted, Marker::Triangle);
    shown.then_some(Layer::Points(Points { x, y, name, ink, marker, size: 0.8 }))
}

/// The rare weight under all methods.
pub fn weight<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let mut above = group("momentum", seen, t("weight, momentum", "权重，动量法"), bench::MOMENTA);
    if let Some(lane) = seen.lane(bench::DENSE) {
        let unit = clock::clock(seen.run, seen.view).1;
        let always = lane.column(Probe::Position(0));
        if seen.index("ground") != super::SLOPE {
            above.layers.insert(0, thin(lane.times(unit), always, Ink::Faint, Dash::Solid));
        }
    }
    let mut under = group("adaptive", seen, t("weight, adaptive", "权重，自适应"), bench::ADAPTIVE);
    under.below = true;
    vec![above, under]
}

/// Gaps for a line.
fn gaps() -> Vec<f64> {
    (1..=200).map(f64::from).collect()
}

fn tried() -> Vec<f64> {
    TRIED.map(|k| k as f64).to_vec()
}

/// Both ways of the three momenta over the tried gaps: first drifts, then ways per gradient, method by method.
fn measured<'a>(seen: &Seen<'a>) -> &'a [f64] {
    let beta = seen.get("beta");
    seen.run.derived.column(("ways over gaps", TRIED.len(), beta.to_bits()), || {
        let way = |i: usize, k: u64| bench::way(i, beta, k, bench::patience(beta)).unwrap_or([f64::NAN; 2]);
        let both: Vec<[f64; 2]> = bench::MOMENTA.flat_map(|i| TRIED.map(|k| way(i, k))).collect();
        both.iter().map(|w| w[0]).chain(both.iter().map(|w| w[1])).collect()
    })
}

/// Ways of dense and lazy Adam per gradient over the tried gaps.
fn adam_measured<'a>(seen: &Seen<'a>) -> &'a [f64] {
    let betas = ["beta", "beta2"].map(|id| seen.get(id));
    let key = betas[0].to_bits() ^ betas[1].to_bits().rotate_left(21);
    seen.run.derived.column(("ways of Adam over gaps", TRIED.len(), key), || {
        // Until the second moment holds to 3 in 10⁴: dense Adam's clock is the step, lazy Adam's the gradient.
        let patience = (8.0 / (1.0 - betas[1].max(betas[0]))).ceil().clamp(1.0, 1e5) as u64;
        let way = |i: usize, k: u64| {
            let gradients = if i == bench::ADAM { patience / k + 1 } else { patience };
            let affordable = gradients * k <= AFFORDABLE;
            let way = affordable.then(|| bench::adam_way(i, betas, k, gradients)).flatten();
            way.map_or(f64::NAN, |[_, way]| way)
        };
        let methods = [bench::ADAM, bench::LAZY_ADAM];
        each(methods.len() * TRIED.len(), |k| way(methods[k / TRIED.len()], TRIED[k % TRIED.len()]))
    })
}

/// Way until the next gradient, and per gradient in the long run.
pub fn ways<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (beta, beta2) = (seen.get("beta"), seen.get("beta2"));
    let x = || axis(seen, t("gap $k$ (steps)", "间隔 $k$（步）"), "").log().range(0.85, 240.0);
    let found = measured(seen);
    let most = (beta / (1.0 - beta)).max(0.1);
    let label = t("drift until the next / $ηg$", "到下次梯度前的漂移 / $ηg$");
    let mut above = panel("drift", x(), axis(seen, label, "").range(-0.08 * most, 1.25 * most));
    let label = t("way per gradient / $ηg$ or $α$", "每次梯度的路程 / $ηg$ 或 $α$");
    let high = way_per_gradient(bench::IDLE[0], beta, 1).max(adam_way_per_gradient(beta, beta2, 200));
    let mut under = panel("way", x(), decades(axis(seen, label, ""), 0.5, [1.0, 2.0 * high]));
    for i in bench::MOMENTA {
        let (idle, ink, dash) = (bench::IDLE[i], bench::INKS[i], DASHES[i]);
        let name = Some(seen.say(bench::NAMES[i]));
        let over = |f: &dyn Fn(u64) -> f64| gaps().iter().map(|k| f(*k as u64)).collect::<Vec<_>>();
        above.layers.push(line(gaps(), over(&|k| stale_drift(idle, beta, k)), name, ink, dash));
        under.layers.push(line(gaps(), over(&|k| way_per_gradient(idle, beta, k)), name, ink, dash));
        let part = |from: usize| found.get(from..from + TRIED.len()).unwrap_or(&[]).to_vec();
        let [first, long] = [part(i * TRIED.len()), part((i + bench::IDLE.len()) * TRIED.len())];
        for (panel, y) in [(&mut above, first), (&mut under, long)] {
            if y.len() == TRIED.len() {
                panel.layers.push(points(tried(), y, None, ink, MARKERS[i]));
            }
        }
    }
    above.layers.push(level(most, Ink::Muted, Dash::Dotted));
    let adam: Vec<f64> = gaps().iter().map(|k| adam_way_per_gradient(beta, beta2, *k as u64)).collect();
    for (i, y) in [(bench::ADAM, adam), (bench::LAZY_ADAM, vec![1.0; gaps().len()])] {
        let (name, ink) = (Some(seen.say(bench::NAMES[i])), bench::INKS[i]);
        under.layers.push(series(gaps(), y, name, ink, i));
        let y = adam_measured(seen).chunks(TRIED.len()).nth(i - bench::ADAM).unwrap_or(&[]).to_vec();
        if y.len() == TRIED.len() {
            under.layers.push(points(tried(), y, None, ink, MARKERS[i]));
        }
    }
    under.below = true;
    vec![above, under]
}

/// Modulus per gradient over the gap.
pub fn walls<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (q, beta) = (seen.get("eta"), seen.get("beta"));
    let x = axis(seen, t("gap $k$ (steps)", "间隔 $k$（步）"), "").log().range(0.85, 240.0);
    let top = bench::IDLE.iter().flat_map(|idle| TRIED.map(|k| modulus(*idle, q, beta, k))).fold(1.2, f64::max);
    let high = 1.15 * top.min(6.0);
    let y = axis(seen, t("modulus per gradient", "每次梯度的模长"), "").range(0.0, high);
    let mut panel = panel("walls", x, y);
    let key = q.to_bits() ^ beta.to_bits().rotate_left(21);
    let found = seen.run.derived.column(("moduli over gaps", TRIED.len(), key), || {
        let one = |i: usize, k: u64| bench::modulus(i, q, beta, k).unwrap_or(f64::NAN);
        bench::MOMENTA.flat_map(|i| TRIED.map(|k| one(i, k))).collect()
    });
    for i in bench::MOMENTA {
        let y: Vec<f64> = gaps().iter().map(|k| modulus(bench::IDLE[i], q, beta, *k as u64)).collect();
        let (name, ink) = (Some(seen.say(bench::NAMES[i])), bench::INKS[i]);
        panel.layers.push(line(gaps(), y, name, ink, DASHES[i]));
        let y = found.chunks(TRIED.len()).nth(i).unwrap_or(&[]).to_vec();
        if y.len() == TRIED.len() {
            panel.layers.push(points(tried(), y, None, ink, MARKERS[i]));
        }
    }
    panel.layers.push(level(1.0, Ink::Danger, Dash::Solid));
    let gap = seen.get("gap");
    panel.handles.push(Handle {
        id: "gap,-".into(),
        at: [gap, modulus(bench::IDLE[0], q, beta, gap as u64).clamp(0.0, high)],
        ink: Ink::Text,
        label: rich("$k$"),
        name: seen.say(t("gap", "间隔")).to_owned(),
    });
    vec![panel]
}
