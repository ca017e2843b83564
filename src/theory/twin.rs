//! The continuous oscillator that passes through every iterate of one mode, where there is one.

use super::heavy_ball::{phase, poles};
use super::oscillator::Oscillator;
use super::regime::{Q_TOLERANCE, alternating_border, overdamped_border};

/// Why no real second-order oscillator passes through the iterates of a mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NoTwin {
    /// A pole at zero or a single negative pole has no logarithm in a conjugate pair.
    #[error("beta <= 0: a pole at zero, or a single negative one")]
    BetaNotPositive,
    /// The logarithms of two different negative poles are not complex conjugates.
    #[error("two different negative poles")]
    NegativeRealPoles,
    /// A sampled oscillator at half the sampling rate shows `(-r)^n`, never `n (-r)^n`.
    #[error("a double negative pole")]
    DefectiveNegativePole,
    /// A NaN, an infinity, or a step length that is not positive.
    #[error("the mode or the step length is not a finite number in range")]
    Undefined,
}

impl NoTwin {
    /// Every reason.
    pub const ALL: [NoTwin; 4] =
        [NoTwin::BetaNotPositive, NoTwin::NegativeRealPoles, NoTwin::DefectiveNegativePole, NoTwin::Undefined];

    /// Stable identifier in snake case.
    pub fn key(self) -> &'static str {
        match self {
            NoTwin::BetaNotPositive => "beta_not_positive",
            NoTwin::NegativeRealPoles => "negative_real_poles",
            NoTwin::DefectiveNegativePole => "defective_negative_pole",
            NoTwin::Undefined => "undefined",
        }
    }
}

/// The matched oscillator per unit mass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoleMatch {
    /// Friction rate `c/m = -ln(beta)/h` (1/s).
    pub c_over_m: f64,
    /// `k/m = ln(z1) ln(z2) / h²` (1/s²); negative for a saddle.
    pub k_over_m: f64,
    /// Ringing frequency `phase/h` (rad/s), the alias in `(0, pi/h)`; `None` if it does not ring.
    pub omega_d: Option<f64>,
    /// Natural frequency `sqrt(k/m)` (rad/s); NaN for a saddle.
    pub omega0: f64,
    /// Damping ratio `(c/m) / (2 omega0)` (1); NaN for a saddle.
    pub zeta: f64,
}

impl PoleMatch {
    /// The matched oscillator with mass `m` (kg).
    pub fn oscillator(&self, m: f64) -> Oscillator {
        Oscillator { m, c: self.c_over_m * m, k: self.k_over_m * m }
    }
}

/// Oscillator whose samples every `h` (s) obey the recurrence of a mode exactly: `z = e^(s h)`.
///
/// `q = eta lambda`, `beta` (1). Nesterov's mode is matched with `beta (1 - q)` for `beta`.
///
/// # Errors
/// The reason why the logarithm of the poles is not the spectrum of a real oscillator.
///
/// ```
/// use impetus::theory::mapping::{NoTwin, pole_match};
/// assert!(pole_match(0.01, 0.9, 1.0).is_ok_and(|twin| (twin.zeta - 0.5130009).abs() < 1e-7));
/// assert_eq!(pole_match(2.0, 0.0, 1.0), Err(NoTwin::BetaNotPositive));
/// ```
pub fn pole_match(q: f64, beta: f64, h: f64) -> Result<PoleMatch, NoTwin> {
    if !(q.is_finite() && beta.is_finite() && h.is_finite() && h > 0.0) {
        return Err(NoTwin::Undefined);
    }
    if beta <= 0.0 {
        return Err(NoTwin::BetaNotPositive);
    }
    let far_border = alternating_border(beta);
    if (q - far_border).abs() <= Q_TOLERANCE {
        return Err(NoTwin::DefectiveNegativePole);
    }
    if q > far_border {
        return Err(NoTwin::NegativeRealPoles);
    }
    let half_log = 0.5 * beta.ln();
    let critical = (q - overdamped_border(beta)).abs() <= Q_TOLERANCE && q > Q_TOLERANCE;
    let (k_hh, phi) = if critical {
        (half_log * half_log, None)
    } else if let Some(phi) = phase(q, beta) {
        (half_log * half_log + phi * phi, Some(phi))
    } else {
        (log_product(q, beta), None)
    };
    let omega0 = k_hh.sqrt() / h;
    let zeta = if critical { -half_log.signum() } else { -half_log / k_hh.sqrt() };
    Ok(PoleMatch { c_over_m: -2.0 * half_log / h, k_over_m: k_hh / h / h, omega_d: phi.map(|p| p / h), omega0, zeta })
}

/// `ln z1 ln z2` of two real positive poles.
fn log_product(q: f64, beta: f64) -> f64 {
    let [a, b] = poles(q, beta).map(|z| z.re);
    let (far, near) = if (a - 1.0).abs() > (b - 1.0).abs() { (a, b) } else { (b, a) };
    // (1 - z1)(1 - z2) = q gives the pole near 1 by its distance from 1.
    let log_near = if far == 1.0 { near.ln() } else { (-q / (1.0 - far)).ln_1p() };
    far.ln() * log_near
}

/// Velocity (m/s) with which the exact flow of `twin` leaves `x0` (m) to be at `x1` (m) after `h` (s).
///
/// `v0 = (x1 - E11 x0) / E12` with `E` the flow matrix. With the pole match of a mode the flow then
/// passes through all its iterates. Infinite or NaN if every flow returns after `h`.
pub fn interpolant_velocity(twin: &Oscillator, h: f64, x0: f64, x1: f64) -> f64 {
    let flow = twin.flow_matrix(h);
    (x1 - flow[(0, 0)] * x0) / flow[(0, 1)]
}

/// Starting velocity (m/s) of the central-difference twin of a run from rest, `-(h / 2m) grad0`.
///
/// Equal first iterates mean zero velocity half a step before the start. `h` (s), `m` (kg), `grad0`
/// the gradient at the start (N). Source: backward error analysis; derived.
pub fn matched_start_velocity(h: f64, m: f64, grad0: f64) -> f64 {
    -0.5 * h / m * grad0
}

/// Starting velocity (m/s) of the twin of a run whose last displacement was `step` (m) when it reached
/// its start: `e^(-c h/2m) step/h - (h / 2m) grad0`.
///
/// The displacement is a velocity half a step before the start; friction and force act over that half
/// step. [`matched_start_velocity`] for `step = 0`; second order in `h`. `grad0` as there. Derived.
pub fn moving_start_velocity(twin: &Oscillator, h: f64, step: f64, grad0: f64) -> f64 {
    (-0.5 * h * twin.c / twin.m).exp() * step / h + matched_start_velocity(h, twin.m, grad0)
}
