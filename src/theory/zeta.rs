//! The continuous vocabulary: damping regimes of a mass on a spring.

/// Absolute tolerance in the damping ratio around 0 and 1.
pub const ZETA_TOLERANCE: f64 = 1e-9;

/// Regime of `m x'' + c x' + k x = 0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContinuousRegime {
    /// `zeta < 0`: the dashpot feeds energy in.
    NegativeDamping,
    /// `zeta = 0`.
    Undamped,
    /// `0 < zeta < 1`.
    Underdamped,
    /// `zeta = 1`.
    Critical,
    /// `zeta > 1`.
    Overdamped,
    /// Negative stiffness: no damping ratio, the origin is left exponentially.
    Saddle,
    /// A NaN came in.
    Undefined,
}

impl ContinuousRegime {
    /// Every continuous regime.
    pub const ALL: [ContinuousRegime; 7] = [
        ContinuousRegime::NegativeDamping,
        ContinuousRegime::Undamped,
        ContinuousRegime::Underdamped,
        ContinuousRegime::Critical,
        ContinuousRegime::Overdamped,
        ContinuousRegime::Saddle,
        ContinuousRegime::Undefined,
    ];

    /// Stable identifier in snake case.
    pub fn key(self) -> &'static str {
        match self {
            ContinuousRegime::NegativeDamping => "negative_damping",
            ContinuousRegime::Undamped => "undamped",
            ContinuousRegime::Underdamped => "underdamped",
            ContinuousRegime::Critical => "critical",
            ContinuousRegime::Overdamped => "overdamped",
            ContinuousRegime::Saddle => "saddle",
            ContinuousRegime::Undefined => "undefined",
        }
    }
}

/// Regime of a damping ratio `zeta = c / (2 sqrt(k m))` (1), within [`ZETA_TOLERANCE`].
pub fn classify_zeta(zeta: f64) -> ContinuousRegime {
    if zeta.is_nan() {
        ContinuousRegime::Undefined
    } else if zeta.abs() <= ZETA_TOLERANCE {
        ContinuousRegime::Undamped
    } else if zeta < 0.0 {
        ContinuousRegime::NegativeDamping
    } else if (zeta - 1.0).abs() <= ZETA_TOLERANCE {
        ContinuousRegime::Critical
    } else if zeta < 1.0 {
        ContinuousRegime::Underdamped
    } else {
        ContinuousRegime::Overdamped
    }
}
