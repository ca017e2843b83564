//! The loop closed: how the parameter follows a minimum that moves.

use std::sync::Arc;

use super::response::{DRIVEN, decibels, frequencies};
use super::{BAND, band};
use crate::core::methods::{Convention, heavy_ball};
use crate::figure::{Dash, Ink, Marker, Panel};
use crate::param::show_number;
use crate::scenes::Seen;
use crate::scenes::exhibit::draw::{axis, callout, level, line, panel, points, spanning};
use crate::scenes::models::lock_in;
use crate::scenes::models::modal::log_spaced;
use crate::text::{Text, t};
use crate::theory::closed_loop::{resonance, tracking_response};
use crate::theory::heavy_ball::spectral_radius;

/// The loop: a minimum that swings, followed with and without momentum.
pub fn closed<'a>(seen: &Seen<'a>) -> Vec<Panel<'a>> {
    let (eta, omegas) = (seen.get("eta"), band());
    let mut out = panel("loop", frequencies(seen), axis(seen, t("parameter over minimum", "参数相对极小点"), "dB"));
    let lanes: [(f64, Text, Ink, Dash, Marker); 2] = [
        (0.0, t("descent", "梯度下降"), Ink::Spring, Dash::Dashed, Marker::Ring),
        (seen.get("beta"), t("momentum", "动量法"), Ink::Optimizer, Dash::Solid, Marker::Disc),
    ];
    let mut all = vec![-6.0, 6.0];
    for (beta, name, ink, dash, marker) in lanes {
        let gain: Vec<f64> = omegas.iter().map(|w| decibels(tracking_response(eta, beta, *w).norm())).collect();
        all.extend(gain.iter().map(|g| g.max(-50.0)));
        out.layers.push(line(omegas.clone(), gain, Some(seen.say(name)), ink, dash));
        let [x, y] = followed(seen, eta, beta);
        out.layers.push(points(x, y, None, ink, marker));
    }
    out.y = spanning(out.y, all);
    out.layers.push(level(0.0, Ink::Faint, Dash::Solid));
    if let Some((omega, gain)) = resonance(eta, seen.get("beta"), 1.0).filter(|(w, _)| (BAND[0]..BAND[1]).contains(w)) {
        let text = format!("×{}", show_number(gain));
        out.layers.push(callout([omega, decibels(gain)], &text, Ink::Optimizer));
    }
    vec![out]
}

/// Frequencies and gains (dB) of the core as it follows a swinging minimum.
fn followed(seen: &Seen<'_>, eta: f64, beta: f64) -> [Vec<f64>; 2] {
    let key = ("followed", usize::from(beta > 0.0), eta.to_bits() ^ beta.to_bits().rotate_left(9));
    let kept = seen.run.derived.column(key, || {
        let settle = ((1e-6f64).ln() / spectral_radius(eta, beta).ln()).ceil().clamp(8.0, 1e6) as u64;
        let stepper = Arc::new(heavy_ball(eta, beta, Convention::Displacement));
        let wanted = log_spaced(0.02, 0.9 * BAND[1], DRIVEN);
        let points = lock_in::measure(stepper, 1.0, &wanted, settle).points;
        points.into_iter().flat_map(|(omega, gain)| [omega, decibels(gain.norm())]).collect()
    });
    [0, 1].map(|k| kept.iter().skip(k).step_by(2).copied().collect())
}

pub fn closed_caption(seen: &Seen<'_>) -> String {
    let (eta, beta) = (seen.get("eta"), seen.get("beta"));
    let lines = t(
        "The buffer closes a loop around a bowl of curvature 1: gain from a swinging minimum to the parameter, theory (lines) and the core (marks). Descent only lags; ",
        "缓冲与曲率为 1 的碗构成闭环：从摆动的极小点到参数的增益，理论（线）与核心（标记）。梯度下降只会滞后；",
    );
    let peak = match resonance(eta, beta, 1.0) {
        Some((omega, gain)) => seen.tell(
            t(
                "the loop with momentum resonates: ×{} at a period of {} steps.",
                "带动量的闭环会共振：放大 ×{}，在周期 {} 步处。",
            ),
            &[gain, std::f64::consts::TAU / omega],
        ),
        None => seen
            .say(t("with these values momentum does not resonate either.", "在这些取值下动量法也不共振。"))
            .to_owned(),
    };
    seen.say(lines).to_owned() + &peak
}
