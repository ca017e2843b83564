//! Transient growth: the map is not normal, so a stable run may first move away.

use super::poles::discriminant;
use super::response::{companion_power, response};
use crate::theory::numeric::count_while;
use crate::theory::regime::is_stable;

/// Steps after which a search for a supremum gives up.
const MAX_STEPS: u64 = 1 << 20;

/// Largest excursion of a run from rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TransientPeak {
    /// Step at which it happens, at least 1.
    pub step: u64,
    /// `|x_step / x_0|` (1).
    pub size: f64,
}

/// Largest `|x_n / x_0|` over `n >= 1`, from rest; above 1 it is transient growth.
///
/// At Polyak's tuning and `lambda = L` it is about `(1 + sqrt beta) / (e |ln sqrt beta|)`, of order
/// `sqrt(kappa) / e`. `None` for an unstable mode, or if the envelope of a ringing one outlives a
/// million steps. Source: derived; cf. Mohammadi, Samuelson & Jovanović 2021.
pub fn transient_peak(q: f64, beta: f64) -> Option<TransientPeak> {
    if !is_stable(q, beta) {
        return None;
    }
    let at = |step: u64| TransientPeak { step, size: response(q, beta, 1.0, 0.0, step).abs() };
    if discriminant(q, beta) < 0.0 {
        return ringing_peak(q, beta, at);
    }
    if beta < 0.0 {
        // The even iterates decrease and bound the odd one that follows them.
        return [1, 2].into_iter().map(at).max_by(|a, b| a.size.total_cmp(&b.size));
    }
    let rising = count_while(|n| at(n + 2).size > at(n + 1).size)?;
    Some(at(rising + 1))
}

fn ringing_peak(q: f64, beta: f64, at: impl Fn(u64) -> TransientPeak) -> Option<TransientPeak> {
    let tilt = (1.0 - beta - q) / (-discriminant(q, beta)).sqrt();
    let size = 1.0f64.hypot(tilt);
    let mut best = at(1);
    for n in 2..MAX_STEPS {
        if size * beta.powf(0.5 * n as f64) <= best.size {
            return Some(best);
        }
        let next = at(n);
        if next.size > best.size {
            best = next;
        }
    }
    None
}

/// Largest 2-norm of any power of the companion matrix (1): the worst growth over all starts.
///
/// The search ends at the first power of norm below 1, because norms are submultiplicative. `None`
/// for an unstable mode, or if no such power occurs within a million.
pub fn companion_sup_norm(q: f64, beta: f64) -> Option<f64> {
    if !is_stable(q, beta) {
        return None;
    }
    let mut best: f64 = 1.0;
    for n in 1..MAX_STEPS {
        let norm = companion_power(q, beta, n).singular_values()[0];
        if norm < 1.0 {
            return Some(best);
        }
        best = best.max(norm);
    }
    None
}
