//! Which damping regime a linear mode is in: the exact discrete map, and the continuous twin.
//!
//! The two vocabularies are separate types on purpose. A momentum run is always labelled by
//! [`classify`]; the damping ratio of a spring fitted to it is off by O(1 - beta) near critical.

/// Absolute tolerance in `q` within which a point counts as lying on a border.
pub const Q_TOLERANCE: f64 = 1e-9;

/// Absolute tolerance in `beta` around the lines `beta = 0` and `beta = 1` (rounding of a determinant).
pub const BETA_TOLERANCE: f64 = 1e-12;

pub use super::zeta::{ContinuousRegime, ZETA_TOLERANCE, classify_zeta};

/// Regime of the map `x' = (1 + beta - q) x - beta x_prev`, poles `z` per step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Regime {
    /// No restoring force: `z = 1` and `z = beta`.
    Free,
    /// Negative curvature: one pole beyond +1, the mode leaves along the saddle direction.
    Escape,
    /// `beta = 1`, poles on the unit circle: rings for ever.
    Undamped,
    /// `beta = 1, q = 4`: double pole at -1, grows linearly.
    UndampedEdge,
    /// A real pole below -1: grows and flips sign every step.
    DivergentFlip,
    /// `beta > 1`, two real positive poles, the larger beyond +1.
    DivergentMonotone,
    /// `beta > 1`, complex poles outside the unit circle: rings and grows.
    Antidamped,
    /// A pole exactly at -1: neutral oscillation of period two.
    FlipMarginal,
    /// Two different real positive poles inside the unit circle.
    Overdamped,
    /// Double pole at `+sqrt(beta)`.
    Critical,
    /// Complex pair of modulus `sqrt(beta)`.
    Underdamped,
    /// Double pole at `-sqrt(beta)`.
    AlternatingCritical,
    /// Two different real negative poles: flips sign every step while it decays.
    AlternatingOverdamped,
    /// Both poles at zero: arrives in finitely many steps.
    Deadbeat,
    /// Poles of opposite sign, the positive one dominant.
    MixedPositive,
    /// Poles of opposite sign and equal modulus.
    MixedBalanced,
    /// Poles of opposite sign, the negative one dominant.
    MixedNegative,
    /// A NaN or an infinity came in.
    Undefined,
}

impl Regime {
    /// Every regime, in the order of the chart (unrestored, divergent, neutral, converging).
    pub const ALL: [Regime; 18] = [
        Regime::Free,
        Regime::Escape,
        Regime::Undamped,
        Regime::UndampedEdge,
        Regime::DivergentFlip,
        Regime::DivergentMonotone,
        Regime::Antidamped,
        Regime::FlipMarginal,
        Regime::Overdamped,
        Regime::Critical,
        Regime::Underdamped,
        Regime::AlternatingCritical,
        Regime::AlternatingOverdamped,
        Regime::Deadbeat,
        Regime::MixedPositive,
        Regime::MixedBalanced,
        Regime::MixedNegative,
        Regime::Undefined,
    ];

    /// Stable identifier in snake case, as files and the command line spell it.
    pub fn key(self) -> &'static str {
        match self {
            Regime::Free => "free",
            Regime::Escape => "escape",
            Regime::Undamped => "undamped",
            Regime::UndampedEdge => "undamped_edge",
            Regime::DivergentFlip => "divergent_flip",
            Regime::DivergentMonotone => "divergent_monotone",
            Regime::Antidamped => "antidamped",
            Regime::FlipMarginal => "flip_marginal",
            Regime::Overdamped => "overdamped",
            Regime::Critical => "critical",
            Regime::Underdamped => "underdamped",
            Regime::AlternatingCritical => "alternating_critical",
            Regime::AlternatingOverdamped => "alternating_overdamped",
            Regime::Deadbeat => "deadbeat",
            Regime::MixedPositive => "mixed_positive",
            Regime::MixedBalanced => "mixed_balanced",
            Regime::MixedNegative => "mixed_negative",
            Regime::Undefined => "undefined",
        }
    }

    /// Does every start converge to the minimum (all poles strictly inside the unit circle)?
    pub fn is_stable(self) -> bool {
        matches!(
            self,
            Regime::Overdamped
                | Regime::Critical
                | Regime::Underdamped
                | Regime::AlternatingCritical
                | Regime::AlternatingOverdamped
                | Regime::Deadbeat
                | Regime::MixedPositive
                | Regime::MixedBalanced
                | Regime::MixedNegative
        )
    }

    /// Does a generic start grow without bound? `Free`, `Undamped` and `FlipMarginal` do neither.
    pub fn diverges(self) -> bool {
        matches!(
            self,
            Regime::Escape
                | Regime::UndampedEdge
                | Regime::DivergentFlip
                | Regime::DivergentMonotone
                | Regime::Antidamped
        )
    }
}

/// Regime of a heavy-ball mode: `z² - (1 + beta - q) z + beta = 0` with `q = eta lambda`.
///
/// `q`: learning rate times curvature (1); `beta`: momentum (1). Borders are [`Q_TOLERANCE`] wide in
/// `q`. Source: Jury's test and the discriminant; cf. Polyak 1964, O'Donoghue & Candès 2015.
///
/// ```
/// use impetus::theory::regime::{Regime, classify};
/// assert_eq!(classify(0.4 * 0.2, 0.5), Regime::Overdamped);
/// assert_eq!(classify(0.01, 0.9).key(), "underdamped");
/// assert_eq!(classify(f64::NAN, 0.9), Regime::Undefined);
/// ```
pub fn classify(q: f64, beta: f64) -> Regime {
    if !q.is_finite() || !beta.is_finite() {
        Regime::Undefined
    } else if q.abs() <= Q_TOLERANCE {
        Regime::Free
    } else if q < 0.0 {
        Regime::Escape
    } else if (beta - 1.0).abs() <= BETA_TOLERANCE {
        classify_undamped(q)
    } else if beta > 1.0 {
        classify_antidamped(q, beta)
    } else if beta <= -1.0 {
        Regime::DivergentFlip
    } else {
        classify_damped(q, beta)
    }
}

/// Regime of any real 2×2 one-step map from its trace and determinant (per step, 1).
///
/// The map shares its poles with the heavy ball of `beta = det`, `q = 1 + det - trace`.
pub fn classify_map(trace: f64, det: f64) -> Regime {
    classify(1.0 + det - trace, det)
}

fn on(q: f64, border: f64) -> bool {
    (q - border).abs() <= Q_TOLERANCE
}

fn classify_undamped(q: f64) -> Regime {
    if on(q, 4.0) {
        Regime::UndampedEdge
    } else if q < 4.0 {
        Regime::Undamped
    } else {
        Regime::DivergentFlip
    }
}

fn classify_antidamped(q: f64, beta: f64) -> Regime {
    let (low, high) = (overdamped_border(beta), alternating_border(beta));
    if q < low && !on(q, low) {
        Regime::DivergentMonotone
    } else if q <= high || on(q, high) {
        Regime::Antidamped
    } else {
        Regime::DivergentFlip
    }
}

/// The open strip `|beta| < 1`, `q > 0`.
fn classify_damped(q: f64, beta: f64) -> Regime {
    let wall = stability_wall(beta);
    if on(q, wall) {
        Regime::FlipMarginal
    } else if q > wall {
        Regime::DivergentFlip
    } else if beta.abs() <= BETA_TOLERANCE {
        three_way(q, 1.0, [Regime::Overdamped, Regime::Deadbeat, Regime::AlternatingOverdamped])
    } else if beta < 0.0 {
        three_way(q, 1.0 + beta, [Regime::MixedPositive, Regime::MixedBalanced, Regime::MixedNegative])
    } else if q < 1.0 + beta {
        three_way(q, overdamped_border(beta), [Regime::Overdamped, Regime::Critical, Regime::Underdamped])
    } else {
        let above = [Regime::Underdamped, Regime::AlternatingCritical, Regime::AlternatingOverdamped];
        three_way(q, alternating_border(beta), above)
    }
}

fn three_way(q: f64, border: f64, [below, at, above]: [Regime; 3]) -> Regime {
    if on(q, border) {
        at
    } else if q < border {
        below
    } else {
        above
    }
}

/// Do all starts of a heavy-ball mode converge? `|beta| < 1` and `0 < q < 2 (1 + beta)` (Jury), without tolerance.
pub fn is_stable(q: f64, beta: f64) -> bool {
    beta.abs() < 1.0 && q > 0.0 && q < stability_wall(beta)
}

/// Momentum at which a mode `q` (1) is critically damped: `(1 - sqrt q)²`; NaN for `q < 0`.
///
/// Also the momentum of least spectral radius at fixed `q`, on `0 < q < 4`.
pub fn critical_beta(q: f64) -> f64 {
    (1.0 - q.sqrt()).powi(2)
}

/// Least spectral radius over all momenta at fixed `q` (1), `|1 - sqrt q|`, reached at [`critical_beta`].
pub fn best_rate(q: f64) -> f64 {
    (1.0 - q.sqrt()).abs()
}

/// `q` (1) below which a mode is overdamped, `(1 - sqrt beta)²`; NaN for `beta < 0`.
pub fn overdamped_border(beta: f64) -> f64 {
    let b = beta.sqrt();
    // 1 - sqrt(beta) without cancellation, so that the border stays sharp as beta -> 1.
    ((1.0 - beta) / (1.0 + b)).powi(2)
}

/// `q` (1) above which a mode alternates with two real poles, `(1 + sqrt beta)²`; NaN for `beta < 0`.
pub fn alternating_border(beta: f64) -> f64 {
    (1.0 + beta.sqrt()).powi(2)
}

/// `q` (1) above which the heavy ball diverges, `2 (1 + beta)`, for `|beta| < 1` (Polyak 1964).
pub fn stability_wall(beta: f64) -> f64 {
    2.0 * (1.0 + beta)
}

/// `q` (1) above which Nesterov's method diverges, `2 (1 + beta) / (1 + 2 beta)`, for `-1 < beta <= 1`.
///
/// Below `beta = -1/3` the determinant reaches 1 first and the wall is `1 - 1/beta`.
pub fn nesterov_wall(beta: f64) -> f64 {
    if beta < -1.0 / 3.0 { 1.0 - 1.0 / beta } else { stability_wall(beta) / (1.0 + 2.0 * beta) }
}
