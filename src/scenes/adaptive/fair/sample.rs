//! What a sample tells of a median: the middle, the middle half, and an interval that needs no assumption.

/// The share `p` of the way through the sorted values, linear between two; `None` of nothing.
fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let place = p * sorted.len().checked_sub(1)? as f64;
    let (low, share) = (place.floor(), place.fract());
    let here = *sorted.get(low as usize)?;
    match sorted.get(low as usize + 1) {
        // What is infinite stays so: ∞ − ∞ would be nothing.
        Some(next) if share > 0.0 && next != &here => Some(here + (next - here) * share),
        _ => Some(here),
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

/// The median; `None` of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(&sorted(values), 0.5)
}

/// First quartile, median, third quartile; NaN of nothing.
pub fn quartiles(values: &[f64]) -> [f64; 3] {
    let sorted = sorted(values);
    [0.25, 0.5, 0.75].map(|p| quantile(&sorted, p).unwrap_or(f64::NAN))
}

/// An interval that holds the median of the population with at least 95 %, whatever its law: between the
/// k-th lowest and the k-th highest value, k the largest for which fewer than k of n fair coins show heads
/// with at most 2.5 %. NaN if there are too few values.
pub fn median_interval(values: &[f64]) -> [f64; 2] {
    let sorted = sorted(values);
    let n = sorted.len();
    // Chance of exactly j heads, and of fewer.
    let (mut exactly, mut fewer, mut k) = (0.5f64.powi(n as i32), 0.0, 0);
    for j in 0..n {
        fewer += exactly;
        if fewer > 0.025 {
            break;
        }
        k = j + 1;
        exactly *= (n - j) as f64 / (j + 1) as f64;
    }
    let end = |i: Option<usize>| i.and_then(|i| sorted.get(i)).copied().unwrap_or(f64::NAN);
    if k == 0 { [f64::NAN; 2] } else { [end(Some(k - 1)), end(n.checked_sub(k))] }
}

#[cfg(test)]
mod tests {
    use super::{median, median_interval, quartiles};

    /// Ranks from the tables of the sign test (two-sided 5 %).
    #[test]
    fn the_interval_has_the_ranks_of_the_sign_test() {
        for (n, k) in [(5, 0), (6, 1), (8, 1), (9, 2), (12, 3), (20, 6), (25, 8), (32, 10), (50, 18), (64, 24)] {
            let values: Vec<f64> = (1..=n).rev().map(f64::from).collect();
            let [low, high] = median_interval(&values);
            match k {
                0 => assert!(low.is_nan() && high.is_nan(), "{n}"),
                _ => assert_eq!([low, high], [f64::from(k), f64::from(n + 1 - k)], "{n}"),
            }
        }
    }

    #[test]
    fn quartiles_of_few_values() {
        assert_eq!((median(&[]), median(&[3.0, 1.0, 2.0])), (None, Some(2.0)));
        assert_eq!(quartiles(&[4.0, 1.0, 3.0, 2.0, 5.0]), [2.0, 3.0, 4.0]);
        assert_eq!(median(&[1.0, f64::INFINITY, f64::INFINITY]), Some(f64::INFINITY));
    }
}
