//! What would make the run critical, and what that buys.

use super::region::Estimate;
use crate::theory::heavy_ball::spectral_radius;
use crate::theory::regime::{critical_beta, overdamped_border, stability_wall};
use crate::theory::tuning::polyak;

/// What to change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    /// The momentum at which this mode is critical, (1 − √q)².
    pub beta: Estimate,
    /// The factor on the learning rate that makes this mode critical at its momentum, (1 − √β)²/q.
    pub factor: Estimate,
    /// Steps in which the slowest mode seen shrinks to 1/e: as it is, at the critical momentum, at the critical rate.
    pub steps: [f64; 3],
    /// How much of the stable range of learning rates is used, q/(2 (1 + β)).
    pub margin: f64,
    /// Where two modes were seen: Polyak's factor on the learning rate, his momentum, and the steps they take.
    pub both: Option<[f64; 3]>,
}

/// Steps in which a modulus per step shrinks something to 1/e.
fn steps(modulus: f64) -> f64 {
    if modulus < 1.0 { -1.0 / modulus.ln() } else { f64::INFINITY }
}

/// Advice for a mode with `q` and the momentum `beta`, and for a second one beside it.
pub fn advice(q: Estimate, beta: Estimate, other: Option<f64>) -> Option<Advice> {
    // Beyond q = 1 more momentum only makes a mode alternate; there is a critical momentum up to 4.
    if !(q.value > 0.0 && q.value < 4.0 && (0.0..1.0).contains(&beta.value)) {
        return None;
    }
    let critical = |x: f64| critical_beta(x.clamp(0.0, 4.0));
    let mut wanted = q.map(critical);
    // The critical momentum falls to 0 at q = 1 and rises again beyond.
    wanted.low = if q.holds(1.0) { 0.0 } else { wanted.low };
    let border = beta.map(|b| overdamped_border(b.clamp(0.0, 1.0)));
    let factor = Estimate {
        value: border.value / q.value,
        low: border.low / q.high,
        high: border.high / q.low.max(f64::MIN_POSITIVE),
    };
    let slow = q.value.min(other.unwrap_or(q.value));
    let after = |q: f64, beta: f64| steps(spectral_radius(q, beta));
    let worst = |share: f64, beta: f64| {
        after(share * slow, beta).max(other.map_or(0.0, |o| after(share * q.value.max(o), beta)))
    };
    let both = other.filter(|o| *o > 0.0).map(|o| {
        let best = polyak(q.value.min(o), q.value.max(o));
        [best.eta, best.beta, steps(best.rate)]
    });
    Some(Advice {
        beta: wanted,
        factor,
        steps: [worst(1.0, beta.value), worst(1.0, wanted.value), worst(factor.value, beta.value)],
        margin: q.value.max(other.unwrap_or(0.0)) / stability_wall(beta.value),
        both,
    })
}
