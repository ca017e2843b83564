//! Best momentum over the damping ratio, and Polyak's tuning over the condition number.

use super::bench::{counted, spaced};
use super::many::CLOSE;
use super::share;
use crate::figure::{Dash, Ink, Marker, Panel};
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, level, line, panel, points, spanning, upright};
use crate::scenes::models::modal::log_spaced;
use crate::text::t;
use crate::theory::heavy_ball::exact_steps;
use crate::theory::mapping::q_at_zeta;
use crate::theory::oscillator::{Oscillator, fastest_settling};
use crate::theory::regime::critical_beta;
use crate::theory::tuning::polyak as polyak_of;

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
