//! What "optimal" means: settling over β for one mode and for two, over the damping ratio, and over all
//! modes of a condition number at Polyak's tuning.

use super::bench::{counted, spaced};
use super::share;
use crate::figure::{Dash, Ink, Marker, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, decades, line, panel, points, upright};
use crate::text::t;
use crate::theory::heavy_ball::exact_steps;
use crate::theory::regime::critical_beta;

/// Momenta of a curve, and of the runs over it.
const FINE: usize = 496;
const RUNS: usize = 32;
/// ω₀h of the runs that stand for springs: their steps are this far apart.
pub(super) const CLOSE: f64 = 0.02;

/// Steps until all of these modes have settled for good, by the closed form; `None` where one does not
/// converge.
fn slowest(qs: &[f64], beta: f64, share: f64) -> Option<f64> {
    qs.iter().map(|q| exact_steps(*q, beta, share)).try_fold(0.0, |most: f64, n| Some(most.max(n? as f64)))
}

/// The momentum that settles all of these modes first, and its steps: the middle one of equals.
pub fn fastest(qs: &[f64], share: f64) -> [f64; 2] {
    let all = spaced(0.0, 0.99, FINE).into_iter().filter_map(|beta| Some([beta, slowest(qs, beta, share)?]));
    let all: Vec<[f64; 2]> = all.collect();
    let least = all.iter().map(|p| p[1]).fold(f64::INFINITY, f64::min);
    let best: Vec<f64> = all.iter().filter(|p| p[1] == least).map(|p| p[0]).collect();
    [best.get(best.len() / 2).copied().unwrap_or(f64::NAN), least]
}

/// [`fastest`] of the first mode, or of both.
pub fn best(seen: &Seen<'_>, both: bool) -> [f64; 2] {
    let qs = modes(seen);
    let qs = if both { &qs[..] } else { &qs[..1] };
    seen.run.derived.pair(("fastest", qs.len(), 0), || fastest(qs, share(seen)))
}

/// ηλ of both modes.
pub fn modes(seen: &Seen<'_>) -> [f64; 2] {
    [seen.get("q"), seen.get("q") * seen.get("kappa")]
}

/// The closed form over β as a kept column.
pub(super) fn closed<'a>(seen: &Seen<'a>, name: &'static str, qs: &[f64]) -> [&'a [f64]; 2] {
    let both = seen.run.derived.column((name, qs.len(), 0), || {
        let beta = spaced(0.0, 0.99, FINE);
        let steps = beta.iter().map(|b| slowest(qs, *b, share(seen)).unwrap_or(f64::NAN)).collect();
        [beta, steps].concat()
    });
    both.split_at(both.len() / 2).into()
}

/// Momenta at which runs are counted.
fn betas() -> Vec<f64> {
    spaced(0.0, 0.98, RUNS)
}

fn momentum_panel<'a>(id: &'static str, seen: &Seen<'_>, all: &[&[f64]]) -> Panel<'a> {
    let x = axis(seen, t("momentum $β$", "动量 $β$"), "").range(0.0, 1.0);
    let y = axis(seen, t("steps to settle", "稳定所需步数"), "");
    panel(id, x, decades(y, 0.0, all.iter().flat_map(|c| c.iter().copied())))
}

/// One mode: the count over β.
pub fn one<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let q = seen.get("q");
    let [x, y] = closed(seen, "one mode", &[q]);
    let [at, steps] = counted(seen, "one mode, counted", || betas().into_iter().map(|b| [b, q, b]).collect());
    let mut panel = momentum_panel("one", seen, &[y, steps]);
    let critical = critical_beta(q);
    panel.layers = vec![
        upright(critical, Ink::Amber, Dash::Dashed),
        line(x, y, Some(seen.say(t("exact count", "精确计数"))), Ink::Text, Dash::Solid),
        points(at, steps, Some(seen.say(t("counted on runs", "由运行计数"))), Ink::Optimizer, Marker::Disc),
    ];
    let at_critical = exact_steps(q, critical, share(seen)).map(|n| [critical, n as f64]);
    let top = best(seen, false);
    panel.layers.extend(at_critical.map(|at| callout(at, seen.say(t("critical", "临界")), Ink::Amber)));
    let there = top.iter().all(|x| x.is_finite());
    panel.layers.extend(there.then(|| callout(top, seen.say(t("fastest", "最快")), Ink::Text)));
    vec![panel]
}

pub fn one_caption(seen: &Seen<'_>) -> String {
    let q = seen.get("q");
    let [beta, steps] = best(seen, false);
    let critical = exact_steps(q, critical_beta(q), share(seen)).map_or(f64::NAN, |n| n as f64);
    seen.tell(
        t(
            "Steps until one mode with ηλ = {} stays within {} % of its start, over β: closed form (line) and counted on runs (discs). Dashed: critical β = {}, which takes {} steps; the fastest β = {} takes {}.",
            "ηλ = {} 的单个模态此后不超出初值 {} % 所需的步数随 β 的变化：闭式解（线）与由运行计数（圆点）。虚线：临界 β = {}，需 {} 步；最快的 β = {} 需 {} 步。",
        ),
        &[q, seen.get("share"), critical_beta(q), critical, beta, steps],
    )
}

/// Two modes of κ: each count, and that of the slower.
pub fn two<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let qs = modes(seen);
    let [[x, flat], [_, steep]] = [closed(seen, "flat mode", &qs[..1]), closed(seen, "steep mode", &qs[1..])];
    let cases = |q: f64| betas().into_iter().map(move |b| [b, q, b]).collect();
    let [at, first] = counted(seen, "flat mode, counted", || cases(qs[0]));
    let [at_steep, second] = counted(seen, "steep mode, counted", || cases(qs[1]));
    let mut panel = momentum_panel("two", seen, &[flat, steep, first, second]);
    let names = [t("flat mode $ηλ$", "平缓模态 $ηλ$"), t("steep mode $κηλ$", "陡峭模态 $κηλ$")].map(|n| seen.say(n));
    panel.layers = vec![
        upright(critical_beta(qs[0]), Ink::Optimizer, Dash::Dotted),
        upright(critical_beta(qs[1]), Ink::Spring, Dash::Dotted),
        line(x, flat, Some(names[0]), Ink::Optimizer, Dash::Solid),
        line(x, steep, Some(names[1]), Ink::Spring, Dash::Dashed),
        points(at, first, None, Ink::Optimizer, Marker::Disc),
        points(at_steep, second, None, Ink::Spring, Marker::Square),
    ];
    let top = best(seen, true);
    let there = top.iter().all(|x| x.is_finite());
    panel.layers.extend(there.then(|| callout(top, seen.say(t("fastest for both", "两者兼顾的最快")), Ink::Text)));
    vec![panel]
}

pub fn two_caption(seen: &Seen<'_>) -> String {
    let qs = modes(seen);
    let first = seen.tell(
        t(
            "The same for two modes, ηλ = {} and {}: closed forms (lines), counted on runs (marks). Dotted: the critical β of each.",
            "两个模态 ηλ = {} 与 {} 的情形：闭式解（线）与由运行计数（标记）。点线：各自的临界 β。",
        ),
        &qs,
    );
    first + &both_modes(seen)
}

/// What is best for both modes together, if there is such a momentum.
pub fn both_modes(seen: &Seen<'_>) -> String {
    let ([first, second], [beta, steps]) = (modes(seen).map(critical_beta), best(seen, true));
    if !steps.is_finite() {
        let none = t(
            " With the second mode, κ times as steep, no β settles both: the steep one diverges.",
            "加上陡 κ 倍的第二个模态，没有 β 能使两者都稳定：陡峭模态发散。",
        );
        return seen.say(none).to_owned();
    }
    let text = t(
        " Of two modes, one κ times as steep as the other, β = {} is critical for the flat one and {} for the steep one; both have settled first with β = {}, in {} steps.",
        "两个模态之一陡 κ 倍时，平缓模态的临界值为 β = {}，陡峭模态为 {}；β = {} 时两者最先都稳定，需 {} 步。",
    );
    seen.tell(text, &[first, second, beta, steps])
}
