//! The gauges of a shard: a quantity of each of its particles, summed as the plain loop sums it.

use super::super::Gauge;
use super::super::lanes::Lanes;
use super::super::moments::{Numbers, total_of_part};
use super::shards::Shard;
use super::words::Kernel;

/// One array by coordinate.
type Rows<'a, 's, const D: usize> = &'a [&'s mut [f64]; D];

/// The sum of what `gauge` asks of every particle.
#[inline(always)]
pub(super) fn sum<L: Lanes, K: Kernel<D>, const D: usize>(gauge: Gauge, shard: &Shard<'_, D>, kernel: &K) -> f64 {
    let n = shard.len();
    match gauge {
        Gauge::SquareVelocity => total_of_part::<L>(n, &SquareVelocity(&shard.v)),
        Gauge::Potential => total_of_part::<L>(n, &Potential(kernel, &shard.q)),
        Gauge::SquareForce => total_of_part::<L>(n, &SquareForce(kernel, &shard.q)),
        Gauge::Laplacian => total_of_part::<L>(n, &Laplacian(kernel, &shard.q)),
        Gauge::Above(level) => total_of_part::<L>(n, &Above(level, &shard.q)),
    }
}

// Loops instead of iterators: their closures would not be compiled for the registers in use.
#[inline(always)]
fn load<L: Lanes, const D: usize>(rows: Rows<'_, '_, D>, i: usize) -> [L; D] {
    let mut x = [L::splat(0.0); D];
    for k in 0..D {
        x[k] = L::load(rows[k], i);
    }
    x
}

/// The square of a vector's length.
#[inline(always)]
fn square<L: Lanes, const D: usize>(x: [L; D]) -> L {
    let mut sum = x[0] * x[0];
    for x in &x[1..] {
        sum = sum + *x * *x;
    }
    sum
}

struct SquareVelocity<'a, 's, const D: usize>(Rows<'a, 's, D>);

impl<const D: usize> Numbers for SquareVelocity<'_, '_, D> {
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> L {
        square(load::<L, D>(self.0, i))
    }
}

struct Potential<'a, 's, K, const D: usize>(&'a K, Rows<'a, 's, D>);

impl<K: Kernel<D>, const D: usize> Numbers for Potential<'_, '_, K, D> {
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> L {
        self.0.value(load(self.1, i))
    }
}

struct SquareForce<'a, 's, K, const D: usize>(&'a K, Rows<'a, 's, D>);

impl<K: Kernel<D>, const D: usize> Numbers for SquareForce<'_, '_, K, D> {
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> L {
        square(self.0.force(load::<L, D>(self.1, i)))
    }
}

struct Laplacian<'a, 's, K, const D: usize>(&'a K, Rows<'a, 's, D>);

impl<K: Kernel<D>, const D: usize> Numbers for Laplacian<'_, '_, K, D> {
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> L {
        let curvatures = self.0.curvatures(load::<L, D>(self.1, i));
        let mut sum = curvatures[0];
        for curvature in &curvatures[1..] {
            sum = sum + *curvature;
        }
        sum
    }
}

struct Above<'a, 's, const D: usize>(f64, Rows<'a, 's, D>);

impl<const D: usize> Numbers for Above<'_, '_, D> {
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> L {
        // Two numbers that differ do so by 2⁻¹⁰⁷⁴ at least, which this makes larger than 1.
        let huge = L::splat(2f64.powi(1000));
        let off = L::load(self.1[0], i) - L::splat(self.0);
        (off * huge * huge).max(L::splat(0.0)).min(L::splat(1.0))
    }
}
