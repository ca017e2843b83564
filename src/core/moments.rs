//! Mean and spread of many numbers, the same bits however the work is shared.

use super::lanes::{Floats, Lanes, Work, with_wide};

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
        struct Part<'a>(&'a [f64]);

        impl Work for Part<'_> {
            type Output = Moments;

            #[inline(always)]
            fn run<L: Lanes, F: Floats>(self) -> Moments {
                Moments::of_lanes::<L>(self.0)
            }
        }

        with_wide(Part(x))
    }

    /// The same, for callers that are compiled for certain registers.
    #[inline(always)]
    pub(super) fn of_lanes<L: Lanes>(x: &[f64]) -> Moments {
        let [sum] = totals_of_part::<L, 1>(x.len(), &x);
        Moments::around::<L>(x, sum)
    }

    /// The same where Σ x is known already.
    #[inline(always)]
    pub(super) fn around<L: Lanes>(x: &[f64], sum: f64) -> Moments {
        let count = x.len() as f64;
        let mean = sum / count.max(1.0);
        let [squares] = totals_of_part::<L, 1>(x.len(), &Apart(x, mean));
        Moments { count, mean, squares }
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

/// `Q` rows of numbers by their place, one place at a time or several.
pub(super) trait Numbers<const Q: usize> {
    /// Those from place `i` on.
    fn at<L: Lanes>(&self, i: usize) -> [L; Q];
}

impl Numbers<1> for &[f64] {
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> [L; 1] {
        [L::load(self, i)]
    }
}

/// Σ x, part by part.
pub(super) fn total(x: &[f64]) -> f64 {
    struct Part<'a>(&'a [f64]);

    impl Work for Part<'_> {
        type Output = f64;

        #[inline(always)]
        fn run<L: Lanes, F: Floats>(self) -> f64 {
            let [sum] = totals_of_part::<L, 1>(self.0.len(), &self.0);
            sum
        }
    }

    x.chunks(PART).map(|part| with_wide(Part(part))).fold(0.0, |sum, part| sum + part)
}

/// Squared distances from a mean.
struct Apart<'a>(&'a [f64], f64);

impl Numbers<1> for Apart<'_> {
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> [L; 1] {
        let off = L::load(self.0, i) - L::splat(self.1);
        [off * off]
    }
}

/// The sum of each row over the `count` places of one part, in the same order however wide the registers are.
/// Rows are summed side by side, because a sum alone waits for its last addition.
// Loops instead of iterators: their closures would not be compiled for the registers in use.
#[allow(clippy::needless_range_loop)]
#[inline(always)]
pub(super) fn totals_of_part<L: Lanes, const Q: usize>(count: usize, x: &impl Numbers<Q>) -> [f64; Q] {
    let mut wide = [[L::splat(0.0); Q]; SIDE_BY_SIDE];
    let (whole, mut i) = (count - count % SIDE_BY_SIDE, 0);
    while i < whole {
        for k in 0..SIDE_BY_SIDE / L::COUNT {
            let next = x.at::<L>(i);
            for row in 0..Q {
                wide[k][row] = wide[k][row] + next[row];
            }
            i += L::COUNT;
        }
    }
    let mut sums = [[0.0; SIDE_BY_SIDE]; Q];
    for row in 0..Q {
        for k in 0..SIDE_BY_SIDE / L::COUNT {
            wide[k][row].store(&mut sums[row], k * L::COUNT);
        }
    }
    for i in whole..count {
        let next = x.at::<f64>(i);
        for row in 0..Q {
            sums[row][i - whole] += next[row];
        }
    }
    sums.map(|sums| sums.iter().sum())
}

#[cfg(test)]
mod tests {
    use super::{Moments, PART, total};

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
    fn totals_of_known_numbers() {
        // 1 + 2 + … + n = n (n + 1)/2, all of it whole.
        for n in [0, 1, 7, 8, 9, PART - 1, PART, PART + 1, 5 * PART + 13] {
            let x: Vec<f64> = (1..=n).map(|i| i as f64).collect();
            assert_eq!(total(&x), (n * (n + 1) / 2) as f64, "{n}");
        }
    }

    #[test]
    fn a_far_centre_costs_no_digits() {
        let x: Vec<f64> = (0..4000).map(|i| 1e9 + f64::from(i % 2)).collect();
        assert_eq!(Moments::of(&x).variance(), 0.25);
    }
}
