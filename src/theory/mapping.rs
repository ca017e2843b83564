//! Translations between (learning rate, momentum) and (mass, friction, step length).
//!
//! Five of the six come from integration schemes that *are* the heavy ball; they agree to first or
//! second order in the step. The sixth matches poles and is exact, one linear mode at a time.

use super::oscillator::{Exponents, Oscillator};
pub use super::twin::{
    NoTwin, PoleMatch, interpolant_velocity, matched_start_velocity, moving_start_velocity, pole_match,
};

/// A dictionary between the optimizer and the oscillator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mapping {
    /// Symplectic Euler, friction implicit (Qian 1999).
    Qian,
    /// Symplectic Euler, friction explicit.
    Explicit,
    /// Conformal symplectic Euler, exact friction (França et al. 2020).
    Conformal,
    /// BAOAB or OBABO at zero temperature (Leimkuhler & Matthews 2013).
    Splitting,
    /// Central differences (Kovachki & Stuart 2021 with `h = eta`).
    Central,
    /// Poles of the exact flow; depends on the stiffness.
    Exact,
}

/// Why a translation has no answer.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum MappingError {
    /// The named argument is NaN, infinite, or not positive where it must be.
    #[error("{name} = {value} must be a positive finite number")]
    NotPositive {
        /// Name of the argument: `m`, `h` or `eta`.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The named argument is NaN or infinite.
    #[error("{name} = {value} must be a finite number")]
    NotFinite {
        /// Name of the argument: `c`, `k`, `beta` or `lambda`.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// The dictionary has no oscillator of positive mass, or no real friction, at this momentum.
    #[error("beta = {beta} must exceed {bound} for this dictionary")]
    BetaTooSmall {
        /// Momentum asked for (1).
        beta: f64,
        /// Largest momentum excluded (1).
        bound: f64,
    },
    /// Friction too negative for the scheme: its denominator vanishes or changes sign.
    #[error("c h / m = {ratio} must exceed {bound} for this dictionary")]
    FrictionTooNegative {
        /// Friction per step `c h / m` (1).
        ratio: f64,
        /// Largest ratio excluded (1).
        bound: f64,
    },
    /// The exact dictionary has no counterpart for this mode.
    #[error("no oscillator passes through the iterates: {0}")]
    NoTwin(#[from] NoTwin),
}

impl Mapping {
    /// Every dictionary, the exact one last.
    pub const ALL: [Mapping; 6] =
        [Mapping::Qian, Mapping::Explicit, Mapping::Conformal, Mapping::Splitting, Mapping::Central, Mapping::Exact];

    /// Stable identifier in snake case.
    pub fn key(self) -> &'static str {
        match self {
            Mapping::Qian => "qian",
            Mapping::Explicit => "explicit",
            Mapping::Conformal => "conformal",
            Mapping::Splitting => "splitting",
            Mapping::Central => "central",
            Mapping::Exact => "exact",
        }
    }
}

fn positive(name: &'static str, value: f64) -> Result<(), MappingError> {
    if value.is_finite() && value > 0.0 { Ok(()) } else { Err(MappingError::NotPositive { name, value }) }
}

fn finite(name: &'static str, value: f64) -> Result<(), MappingError> {
    if value.is_finite() { Ok(()) } else { Err(MappingError::NotFinite { name, value }) }
}

/// Learning rate and momentum `(eta, beta)` that step an oscillator with step length `h`.
///
/// With `a = c h / m`: qian `(h²/m, 1)/(1 + a)`; explicit `(h²/m, 1 - a)`; conformal `(h²/m, e^-a)`;
/// splitting `(h² (1 + beta)/2m, e^-a)`; central `(h²/m, 1 - a/2)/(1 + a/2)`; exact `beta = e^-a`,
/// `eta = (1 + beta - tr e^(Ah))/k`. `m` (kg), `c` (N s/m), `k` (N/m, used by exact only), `h` (s);
/// `eta` in m/N, `beta` (1).
///
/// # Errors
/// A non-positive `m` or `h`, a non-finite argument, or friction below the pole of the formula.
///
/// ```
/// use impetus::theory::mapping::{Mapping, momentum_from_oscillator};
/// assert_eq!(momentum_from_oscillator(Mapping::Explicit, 1.0, 1.0, 0.0, 0.5), Ok((0.25, 0.5)));
/// ```
pub fn momentum_from_oscillator(map: Mapping, m: f64, c: f64, k: f64, h: f64) -> Result<(f64, f64), MappingError> {
    positive("m", m)?;
    positive("h", h)?;
    finite("c", c)?;
    finite("k", k)?;
    let (a, push) = (c * h / m, h * h / m);
    let above = |bound: f64| {
        if a > bound { Ok(()) } else { Err(MappingError::FrictionTooNegative { ratio: a, bound }) }
    };
    Ok(match map {
        Mapping::Qian => {
            above(-1.0)?;
            (push / (1.0 + a), 1.0 / (1.0 + a))
        }
        Mapping::Explicit => (push, 1.0 - a),
        Mapping::Conformal => (push, (-a).exp()),
        Mapping::Splitting => (push * 0.5 * (1.0 + (-a).exp()), (-a).exp()),
        Mapping::Central => {
            above(-2.0)?;
            (push / (1.0 + 0.5 * a), (1.0 - 0.5 * a) / (1.0 + 0.5 * a))
        }
        Mapping::Exact => (exact_rate(&Oscillator { m, c, k }, h), (-a).exp()),
    })
}

/// `(1 - z1)(1 - z2) / k` for the poles of the flow over `h`, continued to `k = 0`.
fn exact_rate(osc: &Oscillator, h: f64) -> f64 {
    if osc.k == 0.0 {
        return if osc.c == 0.0 { h * h / osc.m } else { -h * (-osc.c * h / osc.m).exp_m1() / osc.c };
    }
    // 1 + det - trace, in a form that does not cancel for small steps.
    let q = match osc.exponents() {
        Exponents::Real { slow, fast } => (slow * h).exp_m1() * (fast * h).exp_m1(),
        Exponents::Pair { re, im } => (re * h).exp_m1().powi(2) + 4.0 * (re * h).exp() * (0.5 * im * h).sin().powi(2),
    };
    q / osc.k
}

/// Oscillator with stiffness `lambda` that a run with `(eta, beta)` steps with step length `h`.
///
/// Inverse of [`momentum_from_oscillator`]: qian `m = beta h²/eta`, `c = (1 - beta) h/eta`; explicit
/// `h²/eta`, `(1 - beta) h/eta`; conformal `h²/eta`, `-ln(beta) h/eta`; splitting `(1 + beta)/2` times
/// conformal; central `(1 + beta) h²/(2 eta)`, `(1 - beta) h/eta`; exact by [`pole_match`], the mass
/// scaled so that `k = lambda`. `eta` (m/N), `beta` (1), `lambda` (N/m), `h` (s).
///
/// # Errors
/// A non-positive `eta` or `h`, a non-finite argument, a momentum outside the dictionary, no twin.
pub fn oscillator_from_momentum(
    map: Mapping,
    eta: f64,
    beta: f64,
    lambda: f64,
    h: f64,
) -> Result<Oscillator, MappingError> {
    positive("eta", eta)?;
    positive("h", h)?;
    finite("beta", beta)?;
    finite("lambda", lambda)?;
    let above = |bound: f64| if beta > bound { Ok(()) } else { Err(MappingError::BetaTooSmall { beta, bound }) };
    let (mass, linear, log) = (h * h / eta, (1.0 - beta) * h / eta, -beta.ln() * h / eta);
    let (m, c) = match map {
        Mapping::Qian => above(0.0).map(|()| (beta * mass, linear))?,
        Mapping::Explicit => (mass, linear),
        Mapping::Conformal => above(0.0).map(|()| (mass, log))?,
        Mapping::Splitting => above(0.0).map(|()| (0.5 * (1.0 + beta) * mass, 0.5 * (1.0 + beta) * log))?,
        Mapping::Central => above(-1.0).map(|()| (0.5 * (1.0 + beta) * mass, linear))?,
        Mapping::Exact => {
            let twin = pole_match(eta * lambda, beta, h)?;
            // As lambda -> 0 the matched mass tends to h²/eta times (1 - beta)/(-ln beta).
            let fading = if beta == 1.0 { 1.0 } else { (1.0 - beta) / -beta.ln() };
            let m = if lambda == 0.0 { mass * fading } else { lambda / twin.k_over_m };
            (m, twin.c_over_m * m)
        }
    };
    Ok(Oscillator { m, c, k: lambda })
}

/// Damping ratio (1) a dictionary assigns to the mode `q = eta lambda`, `beta`; NaN where it has none.
///
/// qian `(1 - beta)/(2 sqrt(beta q))`, explicit `(1 - beta)/(2 sqrt q)`, conformal
/// `-ln(beta)/(2 sqrt q)`, splitting `-ln(beta) sqrt((1 + beta)/(8 q))`, central
/// `(1 - beta)/sqrt(2 (1 + beta) q)`, exact by [`pole_match`]. None depends on the step length.
pub fn predicted_zeta(map: Mapping, q: f64, beta: f64) -> f64 {
    match map {
        Mapping::Exact => pole_match(q, beta, 1.0).map_or(f64::NAN, |twin| twin.zeta),
        _ => oscillator_from_momentum(map, 1.0, beta, q, 1.0).map_or(f64::NAN, |osc| osc.zeta()),
    }
}

/// `q` (1) at which a dictionary claims critical damping; the exact answer is `(1 - sqrt beta)²`.
///
/// qian `(1 - beta)²/(4 beta)`, explicit `(1 - beta)²/4`, conformal `ln²(beta)/4`, splitting
/// `ln²(beta) (1 + beta)/8`, central `(1 - beta)²/(2 (1 + beta))`; NaN where the map has no spring.
pub fn predicted_critical_q(map: Mapping, beta: f64) -> f64 {
    match map {
        Mapping::Exact => super::regime::overdamped_border(beta),
        // zeta is proportional to q^(-1/2) in the five others.
        _ => predicted_zeta(map, 1.0, beta).powi(2),
    }
}

/// Displacement per step and unit force (m/N) an oscillator so mapped settles to under a constant force, `h/c`.
///
/// Exactly the optimizer's `eta/(1 - beta)` for qian, explicit, central and exact;
/// `eta/(-ln beta)` for conformal, `2 eta/(-(1 + beta) ln beta)` for splitting.
///
/// # Errors
/// As [`oscillator_from_momentum`].
pub fn terminal_step(map: Mapping, eta: f64, beta: f64) -> Result<f64, MappingError> {
    oscillator_from_momentum(map, eta, beta, 0.0, 1.0).map(|osc| 1.0 / osc.c)
}

/// `q` (1) of the mode whose exact twin has damping ratio `zeta` (1): a line of equal damping in the chart.
///
/// `(1 - z1)(1 - z2)` with `ln z = (ln(beta)/2)(1 ± sqrt(1 - 1/zeta²))`. NaN unless `0 < beta < 1`,
/// `zeta > 0` and the twin turns by less than half a turn per step (beyond, it would be an alias).
pub fn q_at_zeta(zeta: f64, beta: f64) -> f64 {
    let c = -beta.ln();
    let twin = Oscillator { m: 1.0, c, k: (0.5 * c / zeta).powi(2) };
    let aliased = twin.omega_d().is_some_and(|omega| omega >= std::f64::consts::PI);
    let valid = beta > 0.0 && beta < 1.0 && zeta > 0.0 && !aliased;
    if valid { exact_rate(&twin, 1.0) * twin.k } else { f64::NAN }
}
