//! The trade-off itself: every momentum as a point of lag and noise.

use super::pages::{SAME_STEP, handle, momenta};
use super::{best_here, ensemble, predicted, steps};
use crate::figure::{Dash, ErrorBars, Ink, Layer, Marker, Panel, Weight};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, line, measured, panel, points, thin, words};
use crate::text::t;
use crate::theory::tracking::{Error, Held};

/// How many times the least error is seen, at least and at most.
const SEEN: [f64; 2] = [2.6, 8.0];
/// Corners of a quarter of a circle.
const CORNERS: u32 = 90;

/// Root mean squares of drift and noise.
fn place(error: Error) -> [f64; 2] {
    [error.drift.sqrt(), error.noise.sqrt()]
}

/// How far both axes go.
fn reach(seen: &Seen<'_>) -> f64 {
    let [eta, beta, _] = steps(&seen.run.values);
    let least = best_here(seen).map_or(1.0, |b| b.1.sqrt()).max(1e-9);
    let present = predicted(seen, [eta, beta]).total().sqrt();
    let wanted = if present.is_finite() { 1.15 * present } else { 0.0 };
    wanted.clamp(SEEN[0] * least, SEEN[1] * least)
}

pub fn page<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let [eta, beta, alpha] = steps(&seen.run.values);
    let end = reach(seen);
    let x = axis(seen, t("rms lag", "均方根滞后"), "").range(0.0, end);
    let mut out = panel("trade", x, axis(seen, t("rms noise", "均方根噪声"), "").range(0.0, end));
    if let Some((_, least)) = best_here(seen) {
        let arc = |k: u32| (f64::from(k) / f64::from(CORNERS) * std::f64::consts::FRAC_PI_2).sin_cos();
        let (y, x): (Vec<f64>, Vec<f64>) =
            (0..=CORNERS).map(arc).map(|(s, c)| (least.sqrt() * s, least.sqrt() * c)).unzip();
        let name = seen.say(t("least error", "最小误差"));
        out.layers.push(line(x, y, Some(name), Ink::Faint, Dash::Solid));
    }
    let curves = [
        (Held::EffectiveStep(alpha), t("same $η/(1 − β)$", "相同 $η/(1 − β)$"), Ink::Spring, Dash::DashDot),
        (Held::Step(eta), t("same $η$", "相同 $η$"), Ink::Optimizer, Dash::Solid),
    ];
    for (held, name, ink, dash) in curves {
        let (x, y): (Vec<f64>, Vec<f64>) =
            momenta().iter().map(|b| place(predicted(seen, [held.eta(*b), *b]))).map(|[x, y]| (x, y)).unzip();
        out.layers.push(line(x, y, Some(seen.say(name)), ink, dash));
    }
    // Without momentum, at the same effective step: all there is to see of a curve that is nearly a point.
    let [x, y] = place(predicted(seen, [alpha, 0.0]));
    if x < end && y < end {
        let name = seen.say(t("the same with $β = 0$", "其中 $β = 0$"));
        out.layers.push(points(vec![x], vec![y], Some(name), Ink::Spring, Marker::Square));
    }
    out.layers.extend(marks(seen, eta, end));
    if let Some((best, _)) = best_here(seen) {
        let [x, y] = place(predicted(seen, [eta, best]));
        out.layers.push(thin(vec![0.0, x], vec![0.0, y], Ink::Faint, Dash::Dashed));
        out.layers.push(points(vec![x], vec![y], None, Ink::Text, Marker::Diamond));
    }
    let [x, y] = place(predicted(seen, [eta, beta])).map(|v| if v.is_finite() { v.min(0.97 * end) } else { end });
    let mut present = handle(seen, [x, y], "-");
    present.at = [x, y];
    out.handles.push(present);
    vec![out]
}

/// Ensembles without drift and without noise, with two standard errors along both axes, named by their momentum.
fn marks<'a>(seen: &Seen<'a>, eta: f64, end: f64) -> Vec<Layer<'a>> {
    let mut out = Vec::new();
    let root = |m: &ensemble::Measured| {
        let ends = [m.mean - 2.0 * m.error, m.mean + 2.0 * m.error].map(|v| v.max(0.0).sqrt());
        (m.mean.sqrt(), ends)
    };
    for beta in SAME_STEP {
        let Some([noise, drift]) = ensemble::parts(seen, [eta, beta]) else { continue };
        let ((y, [low, high]), (x, [left, right])) = (root(&noise), root(&drift));
        if !(x < end && y < end) {
            continue;
        }
        out.push(measured(vec![x], vec![y], [vec![low], vec![high]], None, Ink::Optimizer));
        out.push(Layer::ErrorBars(ErrorBars {
            x: vec![x].into(),
            y: vec![y].into(),
            low: vec![left].into(),
            high: vec![right].into(),
            along_x: true,
            marker: None,
            name: None,
            ink: Ink::Optimizer,
            weight: Weight::Thin,
        }));
        out.push(words([x + 0.045 * end, y + 0.03 * end], &show_number(beta), Ink::Muted));
    }
    out
}

pub fn caption(seen: &Seen<'_>) -> String {
    let [_, _, alpha] = steps(&seen.run.values);
    let best = best_here(seen).map_or(f64::NAN, |b| b.0);
    let text = t(
        "Every momentum as a point: root mean square of what the drift leaves, and of what the noise leaves (numbers: β; marks: ensembles without the one and without the other, two standard errors). With η fixed the points trade one for the other, and the least error is where the curve touches a circle, β = {} (diamond). With the effective step {} fixed (dash-dot) there is next to nothing to trade for a steady drift.",
        "每个动量系数对应一点：漂移与噪声各自留下的均方根误差（数字为 β；标记为只有其一的系综，两倍标准误差）。固定 η 时，各点以一换一，曲线与圆相切处误差最小，β = {}（菱形）。固定等效步长 {} 时（点划线），对匀速漂移几乎无可交换。",
    );
    seen.tell(text, &[best, alpha])
}
