//! How the gains of an arm become the coefficients of heavy ball, and the closed form of both.

use crate::param::Values;
use crate::theory::heavy_ball::response;
use crate::theory::pd::{PdLoop, momentum_from_gains, normalized_gains};

/// The joint and its two gains.
pub fn plant(values: &Values) -> PdLoop {
    PdLoop { inertia: values.get("j"), friction: 0.0, kp: values.get("kp"), kd: values.get("kd") }
}

/// Step η (rad²/J), q = η kp and momentum β of the optimizer that stands for the arm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ball {
    /// Step η = T²/J.
    pub eta: f64,
    /// q = kp T²/J.
    pub q: f64,
    /// Momentum: 1 − kd T/J by the textbook, kp T²/(2J) more for the samples exactly.
    pub beta: f64,
    /// Displacement per step it starts with.
    pub start: f64,
}

/// The ball a dictionary makes of these gains: 0 is the textbook's, 1 that of the samples.
pub fn ball(values: &Values, dictionary: usize) -> Ball {
    let (plant, period) = (plant(values), values.get("period"));
    let (a, d) = normalized_gains(&plant, period);
    let eta = period * period / plant.inertia;
    if dictionary == 0 {
        return Ball { eta, q: a, beta: 1.0 - d, start: 0.0 };
    }
    let (q, beta) = momentum_from_gains(a, d);
    // The arm falls ½ T² u/J in the first sample, half of what heavy ball makes of rest.
    let start = if beta.abs() > 1e-9 { -0.5 * a * values.get("r") / beta } else { 0.0 };
    Ball { eta, q, beta, start }
}

/// Angle after `n` samples by the closed form of the recurrence; of an arm without gravity, integral
/// action, noise and torque limit, if `dictionary` is 1.
pub fn angle(values: &Values, dictionary: usize, n: u64) -> f64 {
    let (ball, r) = (ball(values, dictionary), values.get("r"));
    r + response(ball.q, ball.beta, -r, -ball.start, n)
}

/// Whether nothing but the gains moves the arm, so that closed forms hold.
pub fn is_linear(values: &Values) -> bool {
    let [gravity, ki, noise] = ["mgl", "ki", "noise"].map(|id| values.get(id));
    gravity == 0.0 && ki == 0.0 && noise == 0.0 && values.get("limit") >= demand(values)
}

/// The torque asked for at the start, kp |r|.
pub fn demand(values: &Values) -> f64 {
    values.get("kp") * values.get("r").abs()
}
