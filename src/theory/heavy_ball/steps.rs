//! How many steps to shrink a start from rest to a fraction of itself.

use std::f64::consts::PI;

use super::poles::{discriminant, spectral_radius};
use super::response::response;
use crate::theory::numeric::{bisect, count_while, lambert_w_lower};
use crate::theory::regime::is_stable;

/// Ringing lobes examined before [`exact_steps`] settles for the envelope.
const MAX_LOBES: u32 = 100_000;

/// Steps to shrink by `eps` at the asymptotic rate, `ln(1/eps) / (-ln rho)` (steps, not rounded).
///
/// `None` if the mode does not converge or `eps` is outside `(0, 1)`.
pub fn asymptotic_steps(q: f64, beta: f64, eps: f64) -> Option<f64> {
    let valid = is_stable(q, beta) && eps > 0.0 && eps < 1.0;
    valid.then(|| eps.ln() / spectral_radius(q, beta).ln())
}

/// First `n` such that `|x_s| <= eps |x_0|` for every `s >= n`, from rest.
///
/// Real poles: the tail is monotone from rest (per parity if the poles differ in sign) and is bisected.
/// Complex poles: the last lobe of the ringing that still pokes out is solved for its end. `None` if
/// the mode does not converge or `eps` is outside `(0, 1)`. A bound by the envelope, not the exact
/// count, is returned if 100 000 lobes fall between grid points (`1 - beta` below about 1e-5 and a
/// rational rotation).
///
/// ```
/// assert_eq!(impetus::theory::heavy_ball::exact_steps(0.01, 0.9, 1e-3), Some(124));
/// ```
pub fn exact_steps(q: f64, beta: f64, eps: f64) -> Option<u64> {
    if !(is_stable(q, beta) && eps > 0.0 && eps < 1.0) {
        return None;
    }
    let pokes_out = |n: u64| response(q, beta, 1.0, 0.0, n).abs() > eps;
    if discriminant(q, beta) < 0.0 {
        return Some(ringing_steps(q, beta, eps, pokes_out));
    }
    if beta >= 0.0 {
        // Both poles of one sign: |x_n| decreases, or rises once and then decreases, from |x_0| > eps.
        return count_while(pokes_out);
    }
    // Poles of opposite sign: the even iterates decrease and bound the odd one that follows them.
    let even = count_while(|k| pokes_out(2 * k))?;
    let last = 2 * even - 1;
    Some(if pokes_out(last) { last + 1 } else { last })
}

/// Steps (not rounded) to shrink by `eps` from rest at critical damping, the root of `(1 + n (1 - r)) r^n = eps`.
///
/// With `r = sqrt beta`, `a = 1 - r`, `L = -ln r`: `n = -1/a - W(-(L eps/a) e^(-L/a))/L`, `W` the lower
/// branch of Lambert's function. NaN unless `0 < beta < 1` and `0 < eps < 1`. Derived.
///
/// ```
/// let n = impetus::theory::heavy_ball::critical_steps(0.81, 1e-3);
/// assert!((n - 87.142).abs() < 1e-3);
/// ```
pub fn critical_steps(beta: f64, eps: f64) -> f64 {
    if !(beta > 0.0 && beta < 1.0 && eps > 0.0 && eps < 1.0) {
        return f64::NAN;
    }
    let log = -0.5 * beta.ln();
    let a = -(-log).exp_m1();
    -1.0 / a - lambert_w_lower(-(log * eps / a) * (-log / a).exp()) / log
}

/// `|x_n| = R e^(-sigma n) |cos(n phi - psi)|` with `phi` folded into `(0, pi/2]`.
fn ringing_steps(q: f64, beta: f64, eps: f64, pokes_out: impl Fn(u64) -> bool) -> u64 {
    let (trace, root) = (1.0 + beta - q, (-discriminant(q, beta)).sqrt());
    let phi = root.atan2(trace.abs());
    let sigma = -0.5 * beta.ln();
    let tilt = trace.signum() * (1.0 - beta - q) / root;
    let (size, psi) = (1.0f64.hypot(tilt), tilt.atan());
    let lag = sigma.atan2(phi);
    let top_of = |lobe: f64| ((lobe * PI - lag + psi) / phi).max(0.0);
    let excess = |t: f64| (size / eps).ln() - sigma * t + (phi * t - psi).cos().abs().ln();

    let latest = (size * lag.cos() / eps).ln() / sigma;
    let mut lobe = ((phi * latest + lag - psi) / PI).floor().max(0.0);
    for _ in 0..MAX_LOBES {
        let end = bisect(excess, top_of(lobe), ((lobe + 0.5) * PI + psi) / phi);
        // The end of the lobe is exact to rounding; the neighbours settle ties.
        if let Some(last) = last_poking_out(end, &pokes_out) {
            return last + 1;
        }
        if lobe < 1.0 {
            return 1;
        }
        lobe -= 1.0;
    }
    ((size / eps).ln() / sigma).ceil() as u64
}

fn last_poking_out(end: f64, pokes_out: impl Fn(u64) -> bool) -> Option<u64> {
    if !end.is_finite() {
        return None;
    }
    let near = end as u64;
    [near.saturating_add(1), near, near.saturating_sub(1)].into_iter().find(|&n| pokes_out(n))
}
