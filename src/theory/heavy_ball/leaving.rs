//! How long a run stays near a saddle: one mode of negative curvature, from rest.

use super::poles::poles;
use super::response::response;
use crate::theory::numeric::count_while;

/// Growth per step of a mode of negative curvature, `ln z+` (1, per step); negative or NaN where it does not grow.
///
/// `q = eta lambda < 0`. At `beta = 0` it is `ln(1 - q)`; for small `-q` and `beta` near 1 it comes close
/// to `sqrt(-q)`.
pub fn growth(q: f64, beta: f64) -> f64 {
    poles(q, beta)[0].re.ln()
}

/// First `n` with `|x_n| >= factor |x_0|`, from rest; `None` unless `q < 0 <= beta` and `factor >= 1` is finite.
///
/// The distance grows at every step, so the closed form is bisected.
///
/// ```
/// use impetus::theory::heavy_ball::leaving_steps;
/// assert_eq!((leaving_steps(-1.0, 0.0, 8.0), leaving_steps(1.0, 0.0, 8.0)), (Some(3), None));
/// ```
pub fn leaving_steps(q: f64, beta: f64, factor: f64) -> Option<u64> {
    let valid = q < 0.0 && q.is_finite() && (0.0..f64::INFINITY).contains(&beta) && (1.0..f64::MAX).contains(&factor);
    valid.then(|| count_while(|n| response(q, beta, 1.0, 0.0, n) < factor)).flatten()
}

/// The same as a real number at the exact growth rate, once the other pole has died out:
/// `ln(factor/A)/ln z+` with `A = (z+ - beta)/(z+ - z-)`, the share of the growing pole in a start from rest.
///
/// NaN where [`leaving_steps`] has no answer. Derived.
pub fn leaving_time(q: f64, beta: f64, factor: f64) -> f64 {
    if leaving_steps(q, beta, factor).is_none() {
        return f64::NAN;
    }
    let [grows, dies] = poles(q, beta).map(|z| z.re);
    (factor * (grows - dies) / (grows - beta)).ln() / grows.ln()
}
