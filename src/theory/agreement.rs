//! How far a sample is from a law it should follow, and shares of a count, with their uncertainty.

/// Largest distance (1) between the distribution of `sample` and `below`, the share of the law under a
/// value (Kolmogorov 1933, Smirnov 1948). The sample is sorted; NaN if it is empty.
pub fn kolmogorov_smirnov(sample: &mut [f64], below: impl Fn(f64) -> f64) -> f64 {
    sample.sort_unstable_by(f64::total_cmp);
    let n = sample.len() as f64;
    let apart = |(i, x): (usize, &f64)| {
        let law = below(*x);
        (law - i as f64 / n).abs().max(((i + 1) as f64 / n - law).abs())
    };
    sample.iter().enumerate().map(apart).reduce(f64::max).unwrap_or(f64::NAN)
}

/// Probability (1) that `effective` independent draws from the law lie at least `distance` from it.
///
/// Kolmogorov's series at `(sqrt n + 0.12 + 0.11/sqrt n) D`, good to 1 % from n = 5 on. Correlated
/// samples count as many as they are worth ([`super::fluctuation::effective_samples`]). Source:
/// Stephens 1970.
pub fn kolmogorov_p(distance: f64, effective: f64) -> f64 {
    let root = effective.sqrt();
    let at = (root + 0.12 + 0.11 / root) * distance;
    if !at.is_finite() {
        return f64::NAN;
    }
    // Below this the alternating series is 1 to rounding, but converges slowly.
    if at < 0.2 {
        return 1.0;
    }
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 1.0 } else { -1.0 };
        sign * (-2.0 * f64::from(k * k) * at * at).exp()
    };
    (2.0 * (1..=60).map(term).sum::<f64>()).clamp(0.0, 1.0)
}

/// Half width (1) of the 95 % band around the distribution of `effective` independent draws that holds
/// the whole law, `sqrt(ln 40/(2 n))` (Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990).
pub fn band_half_width(effective: f64) -> f64 {
    (40f64.ln() / (2.0 * effective)).sqrt()
}

/// Interval (1) of `z` standard errors for a probability of which `n` independent trials showed
/// `successes` (Wilson 1927). It stays within 0..1, also for none and for all.
pub fn wilson(successes: f64, n: f64, z: f64) -> [f64; 2] {
    let (share, z2) = (successes / n, z * z);
    let centre = (share + 0.5 * z2 / n) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (share * (1.0 - share) / n + 0.25 * z2 / (n * n)).sqrt();
    [(centre - half).max(0.0), (centre + half).min(1.0)]
}
