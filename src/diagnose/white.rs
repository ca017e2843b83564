//! Whether what a fit leaves is noise without memory; quantiles of the laws used.

/// Standard deviations a normal deviate exceeds in 0.1 % and in 5 % of cases: how often memory is seen where there is none.
pub const FALSE: f64 = 3.09;
/// See [`FALSE`].
pub const DOUBT: f64 = 1.645;

/// Whether residuals, NaN where there is none, show no memory (Ljung & Box 1978), at the level of `z` standard deviations.
pub fn white(rest: &[f64], z: f64) -> bool {
    let lags = (rest.len() / 5).clamp(1, 20);
    let there = |x: &f64| if x.is_nan() { 0.0 } else { *x };
    let x: Vec<f64> = rest.iter().map(there).collect();
    let n = rest.iter().filter(|x| !x.is_nan()).count() as f64;
    let power: f64 = x.iter().map(|x| x * x).sum();
    if !(power > 0.0) {
        return true;
    }
    let correlation = |k: usize| x.iter().zip(&x[k..]).map(|(a, b)| a * b).sum::<f64>() / power;
    let sum: f64 = (1..=lags).map(|k| correlation(k).powi(2) / (n - k as f64)).sum();
    n * (n + 2.0) * sum <= chi_square(lags as f64, z)
}

/// How many residuals in a row tell as much as one without memory: the sum of all autocorrelations, as far as those of
/// two lags together are positive (Geyer 1992); never below 1.
pub fn memory(rest: &[f64]) -> f64 {
    let x: Vec<f64> = rest.iter().map(|x| if x.is_nan() { 0.0 } else { *x }).collect();
    let power: f64 = x.iter().map(|x| x * x).sum();
    if !(power > 0.0) {
        return 1.0;
    }
    let correlation = |k: usize| x.iter().zip(x.get(k..).unwrap_or_default()).map(|(a, b)| a * b).sum::<f64>() / power;
    let pairs = (0..x.len() / 4).map(|m| correlation(2 * m) + correlation(2 * m + 1)).take_while(|pair| *pair > 0.0);
    (2.0 * pairs.sum::<f64>() - 1.0).max(1.0)
}

/// The value a χ² of `degrees` exceeds as often as a normal deviate exceeds `z` (Wilson & Hilferty 1931).
fn chi_square(degrees: f64, z: f64) -> f64 {
    let width = 2.0 / (9.0 * degrees);
    degrees * (1.0 - width + z * width.sqrt()).powi(3)
}
