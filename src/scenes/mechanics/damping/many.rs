//! What "optimal" means: settling over β for one mode and for two, over the damping ratio, and over all
//! modes of a condition number at Polyak's tuning.

use super::bench::{counted, spaced};
use super::share;
use crate::figure::{Dash, Ink, Marker, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, decades, level, line, panel, points, spanning, upright};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
use crate::theory::heavy_ball::exact_steps;
use crate::theory::mapping::q_at_zeta;
use crate::theory::oscillator::{Oscillator, fastest_settling};
use crate::theory::regime::critical_beta;
use crate::theory::tuning::polyak as polyak_of;

/// Momenta of a curve, and of the runs over it.
const FINE: usize = 496;
const RUNS: usize = 32;
/// ω₀h of the runs that stand for springs: their steps are this far apart.
const CLOSE: f64 = 0.02;

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
fn closed<'a>(seen: &Seen<'a>, name: &'static str, qs: &[f64]) -> [&'a [f64]; 2] {
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

/// The settling time over the damping ratio.
pub fn zeta<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let eps = share(seen);
    let zetas = spaced(0.1, 2.0, 381);
    let spring = |z: f64| Oscillator { m: 1.0, c: 2.0 * z, k: 1.0 }.settling_exact(eps).unwrap_or(f64::NAN);
    let times: Vec<f64> = zetas.iter().map(|z| spring(*z)).collect();
    let [at, steps] = counted(seen, "dampings, counted", || {
        let case = |z: f64| {
            let beta = libm::exp(-2.0 * z * CLOSE);
            [z, q_at_zeta(z, beta), beta]
        };
        spaced(0.25, 1.95, 35).into_iter().map(case).collect()
    });
    let measured: Vec<f64> = steps.iter().map(|n| n * CLOSE).collect();
    let x = axis(seen, t("damping ratio $ζ$", "阻尼比 $ζ$"), "").range(0.1, 2.0);
    let y = axis(seen, t("settling time $ω_0 T$", "稳定时间 $ω_0 T$"), "");
    let shown = times.iter().chain(&measured).copied().filter(|t| *t < 30.0).chain([0.0]);
    let mut panel = panel("zeta", x, spanning(y, shown));
    let [best, least] = fastest_settling(eps);
    let critical = spring(1.0);
    panel.layers = vec![
        upright(1.0, Ink::Amber, Dash::Dashed),
        line(zetas, times, Some(seen.say(t("spring, exact", "弹簧，精确"))), Ink::Spring, Dash::Solid),
        points(at, measured, Some(seen.say(t("heavy ball, counted", "重球法，计数"))), Ink::Optimizer, Marker::Disc),
        callout([1.0, critical], seen.say(t("critical", "临界")), Ink::Amber),
        callout([best, least], &seen.tell(t("$ζ$ = {}", "$ζ$ = {}"), &[best]), Ink::Text),
    ];
    vec![panel]
}

pub fn zeta_caption(seen: &Seen<'_>) -> String {
    let [zeta, time] = fastest_settling(share(seen));
    let critical = Oscillator { m: 1.0, c: 2.0, k: 1.0 }.settling_exact(share(seen)).unwrap_or(f64::NAN);
    seen.tell(
        t(
            "Time ω₀T until a spring stays within {} % of its start, over its damping ratio (line), and the same counted on heavy ball with steps of ω₀h = {} (discs). Critical damping takes {}; ζ = ln(1/ε)/√(π² + ln²(1/ε)) = {}, whose overshoot just fills the band, takes {}.",
            "弹簧此后不超出初值 {} % 所需的时间 ω₀T 随阻尼比的变化（线），以及以 ω₀h = {} 为步长的重球法的计数（圆点）。临界阻尼需 {}；ζ = ln(1/ε)/√(π² + ln²(1/ε)) = {} 的超调恰好填满稳定带，只需 {}。",
        ),
        &[seen.get("share"), CLOSE, critical, zeta, time],
    )
}

/// All modes of κ at Polyak's tuning: the critical β of each against the β used, and when each settles.
pub fn polyak<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (kappa, eps) = (seen.get("kappa"), share(seen));
    let best = tuned(kappa);
    let modes = log_spaced(1.0, kappa, 241);
    let lambda = |seen: &Seen<'_>| {
        axis(seen, t("curvature of the mode $λ/λ_{min}$", "模态曲率 $λ/λ_{min}$"), "").log().range(0.93, kappa * 1.075)
    };
    let y = axis(seen, t("$β$", "$β$"), "").range(-0.04 * best.beta, 1.35 * best.beta);
    let mut first = panel("critical", lambda(seen), y);
    let critical = modes.iter().map(|l| critical_beta(best.eta * l)).collect::<Vec<_>>();
    let used = vec![best.beta; modes.len()];
    let name = |text| Some(seen.say(text));
    first.layers = vec![
        line(modes.clone(), critical, name(t("critical for the mode", "该模态的临界 β")), Ink::Amber, Dash::Solid),
        line(modes.clone(), used, name(t("Polyak's β", "Polyak 的 β")), Ink::Optimizer, Dash::Dashed),
    ];
    let count = |l: &f64| exact_steps(best.eta * l, best.beta, eps).map_or(f64::NAN, |n| n as f64);
    let steps: Vec<f64> = modes.iter().map(count).collect();
    let [at, counts] = counted(seen, "modes, counted", || {
        log_spaced(1.0, kappa, 17).into_iter().map(|l| [l, best.eta * l, best.beta]).collect()
    });
    let y = axis(seen, t("steps to settle", "稳定所需步数"), "");
    let mut second = panel("settling", lambda(seen), spanning(y, steps.iter().chain(counts).copied().chain([0.0])));
    second.layers = vec![
        line(modes, steps, name(t("exact count", "精确计数")), Ink::Text, Dash::Solid),
        points(at, counts, name(t("counted on runs", "由运行计数")), Ink::Optimizer, Marker::Disc),
        level(0.0, Ink::Faint, Dash::Solid),
    ];
    second.below = true;
    vec![first, second]
}

/// Polyak's tuning for curvatures 1 to κ.
pub fn tuned(kappa: f64) -> crate::theory::tuning::Tuning {
    polyak_of(1.0, kappa)
}

pub fn polyak_caption(seen: &Seen<'_>) -> String {
    let best = tuned(seen.get("kappa"));
    seen.tell(
        t(
            "The step and momentum that are best for all curvatures up to κ = {} (Polyak 1964), β = {}. Top: β is critical for the two extreme modes only; all between are underdamped. Bottom: steps until each mode stays within {} % of its start, closed form (line) and counted on runs (discs); all have the modulus {} per step.",
            "对直到 κ = {} 的所有曲率最优的步长与动量（Polyak 1964），β = {}。上：β 只对两个极端模态是临界的，其间各模态都欠阻尼。下：各模态此后不超出初值 {} % 所需的步数，闭式解（线）与由运行计数（圆点）；每步模长都是 {}。",
        ),
        &[seen.get("kappa"), best.beta, seen.get("share"), best.rate],
    )
}
