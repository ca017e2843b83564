//! How far a sample is from a law it should follow, and shares of a count, with their uncertainty.

/// Samples from this size on are not sorted whole.
const MANY: usize = 1 << 14;

/// Bins that a large sample is counted in.
const BINS: usize = 1 << 13;

/// Largest distance (1) between the distribution of `sample` and `below`, the share of the law under a
/// value, which does not decrease (Kolmogorov 1933, Smirnov 1948). NaN if the sample is empty.
pub fn kolmogorov_smirnov(sample: &[f64], below: impl Fn(f64) -> f64) -> f64 {
    let finite = sample.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], x| [a.min(*x), b.max(*x)]);
    let bins = Bins { low: finite[0], per: BINS as f64 / (finite[1] - finite[0]) };
    if sample.len() < MANY || !(bins.per > 0.0 && bins.per.is_finite()) || sample.iter().any(|x| x.is_nan()) {
        return farthest(sample.to_vec(), sample.len(), |_| 0, &below);
    }
    let mut counts = vec![0_u32; BINS + 1];
    sample.iter().for_each(|x| counts[bins.of(*x) + 1] += 1);
    for k in 1..counts.len() {
        counts[k] += counts[k - 1];
    }
    let n = sample.len() as f64;
    let share = |k: usize| f64::from(counts[k]) / n;
    let law: Vec<f64> = (0..=BINS).map(|k| below(bins.low + k as f64 / bins.per)).collect();
    let at_edges = (0..=BINS).map(|k| (share(k) - law[k]).abs()).fold(0.0, f64::max);
    // Within a bin neither side leaves its values at the edges, which are rounded to a share of 10⁻¹².
    let hides_more = |k: usize| !((share(k + 1) - law[k]).max(law[k + 1] - share(k)) < at_edges - 1e-12);
    let open: Vec<bool> = (0..BINS).map(hides_more).collect();
    let rest = sample.iter().copied().filter(|x| open[bins.of(*x)]).collect();
    farthest(rest, sample.len(), |x| if bins.of(x) == 0 { 0 } else { counts[bins.of(x)] as usize }, &below)
}

/// Equal bins over a sample.
struct Bins {
    low: f64,
    /// Bins per unit.
    per: f64,
}

impl Bins {
    /// The bin of a value of the sample; it does not decrease.
    fn of(&self, x: f64) -> usize {
        (((x - self.low) * self.per) as usize).min(BINS - 1)
    }
}

/// The largest distance at the values of `part`, whole bins of a sample of `n`; `before` is the number of its
/// values in the bins before a value's own.
fn farthest(mut part: Vec<f64>, n: usize, before: impl Fn(f64) -> usize, below: &impl Fn(f64) -> f64) -> f64 {
    part.sort_unstable_by(f64::total_cmp);
    let (n, mut most, mut rank, mut bin) = (n as f64, f64::NAN, 0, usize::MAX);
    for x in part {
        let own = before(x);
        rank = if own == bin { rank + 1 } else { own };
        bin = own;
        let law = below(x);
        most = most.max((law - rank as f64 / n).abs()).max(((rank + 1) as f64 / n - law).abs());
    }
    most
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
