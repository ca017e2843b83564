//! Following a minimum that moves: what heavy ball lags behind it, and what of the noise of gradients it keeps.
//!
//! `x' = (1 + beta - q) x - beta x_prev + q (c + n/lambda)`, `q = eta lambda`: the gradient of step k sees the
//! minimum `c_k`, and the error is `e_k = x_k - c_k`, of the parameter before the step. Noise and drift are
//! independent, so their mean squares add up.

use std::f64::consts::FRAC_1_SQRT_2;

use super::fluctuation::position_variance;
use super::numeric::least;
use super::regime::{is_stable, stability_wall};

/// How the minimum moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Drift {
    /// By a fixed length every step \[L\].
    Ramp(f64),
    /// By independent lengths of mean 0 and this standard deviation \[L\].
    Walk(f64),
    /// As a sine.
    Swing {
        /// Amplitude \[L\].
        amplitude: f64,
        /// Frequency (rad/step).
        omega: f64,
    },
}

/// Mean squares of the error of a tracker \[L²\].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Error {
    /// What the noise of gradients leaves.
    pub noise: f64,
    /// What the drift of the minimum leaves.
    pub drift: f64,
}

impl Error {
    /// Both together.
    pub fn total(self) -> f64 {
        self.noise + self.drift
    }
}

/// Steady lag behind a ramp of `speed` per step \[L\], `speed (1 - beta)/q`; NaN if unstable.
///
/// At rest beside the ramp `v = speed`, so that the gradient makes up for `(1 - beta) v`. In steps it is
/// `1/(alpha lambda)`, `alpha = eta/(1 - beta)`: the effective step alone decides. Derived.
///
/// ```
/// let lag = impetus::theory::tracking::ramp_lag(0.1, 0.9, 2.0);
/// assert!((lag - 2.0).abs() < 1e-14);
/// ```
pub fn ramp_lag(q: f64, beta: f64, speed: f64) -> f64 {
    if is_stable(q, beta) { speed * (1.0 - beta) / q } else { f64::NAN }
}

/// Steady lag \[L\] behind a ramp of the moving average `y = beta y + (1 - beta) c` once it has seen the present
/// value, `speed beta/(1 - beta)`: its mean age.
pub fn average_ramp_lag(beta: f64, speed: f64) -> f64 {
    speed * super::signal::ema_mean_age(beta)
}

impl Drift {
    /// Mean square \[L²\] of the error without noise; NaN if the tracker is unstable.
    ///
    /// Ramp: the square of [`ramp_lag`]. Walk of variance W: `W ((1 + beta)(1 - beta)² + 2 beta q)/((1 - beta) q
    /// (2 (1 + beta) - q))`, an AR(2) driven by `-w_k + beta w_(k-1)`. Swing: `A²/2 |1 - G|²`,
    /// `1 - G = (z - 1)(z - beta)/(z² - (1 + beta - q) z + beta)`. Derived.
    pub fn error(self, q: f64, beta: f64) -> f64 {
        if !is_stable(q, beta) {
            return f64::NAN;
        }
        match self {
            Drift::Ramp(speed) => ramp_lag(q, beta, speed).powi(2),
            Drift::Walk(deviation) => {
                let above = (1.0 + beta) * (1.0 - beta).powi(2) + 2.0 * beta * q;
                deviation.powi(2) * above / ((1.0 - beta) * q * (2.0 * (1.0 + beta) - q))
            }
            Drift::Swing { amplitude, omega } => {
                let half = (0.5 * omega).sin();
                let one_minus_cos = 2.0 * half * half;
                // |z - 1|² |z - beta|² over the square of the closed loop's denominator, all without cancellation.
                let above = 4.0 * half * half * ((1.0 - beta).powi(2) + 2.0 * beta * one_minus_cos);
                let real = q - (1.0 + beta) * one_minus_cos;
                let below = real * real + ((1.0 - beta) * omega.sin()).powi(2);
                (amplitude * FRAC_1_SQRT_2).powi(2) * above / below
            }
        }
    }
}

/// The error \[L²\] of heavy ball on curvature `lambda` \[E/L²\] behind a drifting minimum, gradient noise of
/// variance `s` \[E²/L²\] per step; NaN if unstable.
pub fn error(eta: f64, beta: f64, lambda: f64, s: f64, drift: Drift) -> Error {
    Error { noise: position_variance(eta, beta, lambda, s), drift: drift.error(eta * lambda, beta) }
}

/// What stays the same when the momentum changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held {
    /// The step `eta` \[L²/E\].
    Step(f64),
    /// The effective step `eta/(1 - beta)` \[L²/E\].
    EffectiveStep(f64),
}

impl Held {
    /// The step at this momentum \[L²/E\].
    pub fn eta(self, beta: f64) -> f64 {
        match self {
            Held::Step(eta) => eta,
            Held::EffectiveStep(alpha) => alpha * (1.0 - beta),
        }
    }
}

/// The momentum in `0..=most` with the least mean square error, and that error \[L²\]; `None` if no momentum
/// there is stable.
pub fn best_momentum(held: Held, lambda: f64, s: f64, drift: Drift, most: f64) -> Option<(f64, f64)> {
    // Even steps in ln(1 - beta), in which errors are smooth.
    let last = (1.0 - most).ln();
    let beta = |u: f64| 1.0 - (u * last).exp();
    let (u, value) = least(|u| error(held.eta(beta(u)), beta(u), lambda, s, drift).total(), 0.0, 1.0)?;
    Some((beta(u).clamp(0.0, most.max(0.0)), value))
}

/// The effective step `eta/(1 - beta)` \[L²/E\] with the least mean square error at this momentum, and that error
/// \[L²\]; `None` outside `0 <= beta < 1`.
///
/// Without momentum and for a walk of variance W it is the steady Kalman filter, the best of all linear
/// trackers: `q²/(1 - q) = W lambda²/s`.
pub fn best_effective_step(beta: f64, lambda: f64, s: f64, drift: Drift) -> Option<(f64, f64)> {
    let wall = stability_wall(beta) / ((1.0 - beta) * lambda);
    let of = |u: f64| wall * (u * SMALLEST.ln()).exp();
    let total = |alpha: f64| error(alpha * (1.0 - beta), beta, lambda, s, drift).total();
    let (u, value) = least(|u| total(of(u)), 0.0, 1.0).filter(|_| (0.0..1.0).contains(&beta))?;
    Some((of(u), value))
}

/// The smallest step that is looked at, as a share of the largest stable one.
const SMALLEST: f64 = 1e-7;

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;
    use crate::theory::closed_loop::tracking_response;
    use crate::theory::matrix::discrete_lyapunov;
    use nalgebra::{Complex, DMatrix};

    const PLACES: [(f64, f64); 6] = [(0.1, 0.9), (0.02, 0.99), (1.5, 0.3), (0.5, 0.0), (3.0, 0.8), (0.01, -0.4)];

    /// The state (e_k, e_(k-1), w_(k-1)) of the walk by the Lyapunov equation.
    #[test]
    fn a_walk_by_the_lyapunov_equation() {
        for (q, beta) in PLACES {
            #[rustfmt::skip]
            let map = DMatrix::from_row_slice(3, 3, &[
                1.0 + beta - q, -beta, beta,
                1.0,            0.0,   0.0,
                0.0,            0.0,   0.0,
            ]);
            let drive = DMatrix::from_column_slice(3, 1, &[-0.3, 0.0, 0.3]);
            let sigma = discrete_lyapunov(&map, &(&drive * drive.transpose())).unwrap();
            let got = Drift::Walk(0.3).error(q, beta);
            assert!((got / sigma[(0, 0)] - 1.0).abs() < 1e-9, "{q} {beta}: {got} {}", sigma[(0, 0)]);
        }
    }

    /// The swing by the transfer function; for slow swings it is half a squared ramp.
    #[test]
    fn a_swing_by_the_transfer_function() {
        for (q, beta) in PLACES {
            for omega in [0.003, 0.3, 2.0, 3.0] {
                let gain = Complex::from(1.0) - tracking_response(q, beta, omega);
                let got = Drift::Swing { amplitude: 2.0, omega }.error(q, beta);
                assert!((got / (2.0 * gain.norm_sqr()) - 1.0).abs() < 1e-9, "{q} {beta} {omega}");
            }
            let omega = 1e-6 * TAU;
            let slow = Drift::Swing { amplitude: 1.0 / omega, omega }.error(q, beta);
            assert!((slow / (0.5 * ramp_lag(q, beta, 1.0).powi(2)) - 1.0).abs() < 1e-4, "{q} {beta}");
        }
    }

    /// Without momentum the best step after a walk is the Kalman gain; for ramps the leading order is known.
    #[test]
    fn the_best_step_is_the_kalman_gain() {
        for (w, s, lambda) in [(0.01, 1.0, 1.0), (0.3, 0.2, 2.0), (1e-4, 3.0, 0.5)] {
            let (alpha, value) = best_effective_step(0.0, lambda, s, Drift::Walk(f64::sqrt(w))).unwrap();
            let ratio = w * lambda * lambda / s;
            let gain = 0.5 * ratio * ((1.0 + 4.0 / ratio).sqrt() - 1.0);
            assert!((alpha * lambda / gain - 1.0).abs() < 1e-5, "{alpha} {gain}");
            for beta in [0.3, 0.9] {
                let other = best_effective_step(beta, lambda, s, Drift::Walk(f64::sqrt(w))).unwrap().1;
                assert!(other > value, "{beta}: {other} {value}");
            }
        }
        let (eta, s, speed) = (1e-4, 1.0, 1e-5);
        let (beta, _) = best_momentum(Held::Step(eta), 1.0, s, Drift::Ramp(speed), 0.999).unwrap();
        let leading = eta * (s / (4.0 * speed * speed)).cbrt();
        assert!(((1.0 - beta) / leading - 1.0).abs() < 0.01, "{beta} {leading}");
    }
}
