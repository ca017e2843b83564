//! Mean and spread of many numbers, the same bits however the work is shared.

use super::lanes::widely;

/// Numbers that are summed up on their own before the parts are put together.
pub(super) const PART: usize = super::noise::SHARD;

/// Running sums side by side.
const SIDE_BY_SIDE: usize = 8;

/// Count, mean and Σ(x − mean)² of some numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// How many numbers.
    pub count: f64,
    /// Their mean; 0 of none.
    pub mean: f64,
    /// The sum of the squared distances from the mean.
    pub squares: f64,
}

impl Moments {
    /// Those of `x`, part by part.
    pub fn of(x: &[f64]) -> Moments {
        x.chunks(PART).map(Moments::of_part).fold(Moments::default(), Moments::with)
    }

    /// Those of one part.
    pub(super) fn of_part(x: &[f64]) -> Moments {
        widely(|| {
            let count = x.len() as f64;
            let mean = sum(x, |x| x) / count.max(1.0);
            Moments { count, mean, squares: sum(x, |x| (x - mean) * (x - mean)) }
        })
    }

    /// Those of two sets together (Chan, Golub and LeVeque 1983).
    #[must_use]
    pub fn with(self, other: Moments) -> Moments {
        let count = self.count + other.count;
        if count == 0.0 {
            return self;
        }
        let (apart, share) = (other.mean - self.mean, other.count / count);
        Moments {
            count,
            mean: self.mean + apart * share,
            squares: self.squares + other.squares + apart * apart * self.count * share,
        }
    }

    /// The variance, divided by the count.
    pub fn variance(self) -> f64 {
        self.squares / self.count
    }
}

/// Σ f(x), always in the same order.
#[inline(always)]
fn sum(x: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let mut sums = [0.0; SIDE_BY_SIDE];
    let (whole, rest) = x.as_chunks::<SIDE_BY_SIDE>();
    for chunk in whole {
        for (sum, x) in sums.iter_mut().zip(chunk) {
            *sum += f(*x);
        }
    }
    for (sum, x) in sums.iter_mut().zip(rest) {
        *sum += f(*x);
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::{Moments, PART};

    #[test]
    fn moments_of_known_numbers() {
        // 1, 2, …, n: mean (n + 1)/2, variance (n² − 1)/12.
        for n in [1, 2, 7, 8, 9, 100, PART, PART + 1, 5 * PART + 13] {
            let x: Vec<f64> = (1..=n).map(|i| i as f64).collect();
            let (got, n) = (Moments::of(&x), n as f64);
            assert!((got.mean - 0.5 * (n + 1.0)).abs() <= 1e-12 * n, "{n}: {got:?}");
            assert!((got.variance() - (n * n - 1.0) / 12.0).abs() <= 1e-12 * n * n, "{n}: {got:?}");
        }
    }

    #[test]
    fn a_far_centre_costs_no_digits() {
        let x: Vec<f64> = (0..4000).map(|i| 1e9 + f64::from(i % 2)).collect();
        assert_eq!(Moments::of(&x).variance(), 0.25);
    }
}
