//! The gauges of a shard: quantities of each of its particles, summed as the plain loop sums them.

use super::super::Gauge;
use super::super::lanes::Lanes;
use super::super::moments::{Numbers, totals_of_part};
use super::shards::Shard;
use super::words::Kernel;

/// How many gauges there are.
const KINDS: usize = 5;

/// Coordinates of which positions can be summed beside the gauges.
const COORDINATES: usize = 2;

/// All that is summed side by side.
const PLACES: usize = KINDS + COORDINATES;

/// Whether any gauge is wanted, and the level above which particles are counted. One that is wanted brings the
/// others with it, so that the loop has nothing to decide.
#[derive(Clone, Copy, Default)]
pub(super) struct Gauges {
    any: bool,
    level: Option<f64>,
}

/// The sums of all gauges over some particles, each in the place of its kind.
#[derive(Clone, Copy, Default)]
pub(super) struct Sums([f64; KINDS]);

impl Gauges {
    /// Asks for one more; `false` for a second level, which is not counted here.
    pub fn add(&mut self, gauge: Gauge) -> bool {
        self.any = true;
        match gauge {
            Gauge::Above(level) => *self.level.get_or_insert(level) == level,
            _ => true,
        }
    }

    /// The sums over a shard of what is asked of every particle, and of its positions.
    #[inline(always)]
    pub fn sum<L: Lanes, K: Kernel<D>, const D: usize>(self, shard: &Shard<'_, D>, kernel: K) -> (Sums, [f64; D]) {
        const { assert!(D <= COORDINATES) };
        let (q, v) = (std::array::from_fn(|k| &*shard.q[k]), std::array::from_fn(|k| &*shard.v[k]));
        let level = self.level.unwrap_or(f64::INFINITY);
        let n = shard.len();
        let totals = if self.any {
            totals_of_part::<L, PLACES>(n, &Look::<_, D, true> { level, kernel, q, v })
        } else {
            totals_of_part::<L, PLACES>(n, &Look::<_, D, false> { level, kernel, q, v })
        };
        let mut sums = Sums::default();
        sums.0.copy_from_slice(&totals[..KINDS]);
        let mut positions = [0.0; D];
        positions.copy_from_slice(&totals[KINDS..KINDS + D]);
        (sums, positions)
    }
}

impl Sums {
    /// These and those of other particles.
    pub fn with(self, next: &Sums) -> Sums {
        Sums(std::array::from_fn(|k| self.0[k] + next.0[k]))
    }

    /// The sum of a gauge.
    pub fn of(&self, gauge: Gauge) -> f64 {
        self.0[match gauge {
            Gauge::SquareVelocity => 0,
            Gauge::Potential => 1,
            Gauge::SquareForce => 2,
            Gauge::Laplacian => 3,
            Gauge::Above(_) => 4,
        }]
    }
}

/// Everything that is looked at in a particle, or only where it is.
struct Look<'a, K, const D: usize, const GAUGES: bool> {
    level: f64,
    kernel: K,
    q: [&'a [f64]; D],
    v: [&'a [f64]; D],
}

impl<K: Kernel<D>, const D: usize, const GAUGES: bool> Numbers<PLACES> for Look<'_, K, D, GAUGES> {
    // Loops instead of iterators: their closures would not be compiled for the registers in use.
    #[allow(clippy::needless_range_loop, clippy::manual_memcpy)]
    #[inline(always)]
    fn at<L: Lanes>(&self, i: usize) -> [L; PLACES] {
        let mut out = [L::splat(0.0); PLACES];
        let q = load::<L, D>(&self.q, i);
        if GAUGES {
            let curvatures = self.kernel.curvatures(q);
            let mut laplacian = curvatures[0];
            for k in 1..D {
                laplacian = laplacian + curvatures[k];
            }
            out[0] = square(load::<L, D>(&self.v, i));
            out[1] = self.kernel.value(q);
            out[2] = square(self.kernel.force(q));
            out[3] = laplacian;
            out[4] = is_above(q[0], self.level);
        }
        for k in 0..D {
            out[KINDS + k] = q[k];
        }
        out
    }
}

// A loop for the same reason.
#[allow(clippy::needless_range_loop)]
#[inline(always)]
fn load<L: Lanes, const D: usize>(rows: &[&[f64]; D], i: usize) -> [L; D] {
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

/// 1 where `x` is above a level, 0 elsewhere.
#[inline(always)]
fn is_above<L: Lanes>(x: L, level: f64) -> L {
    L::splat(1.0).where_positive(x - L::splat(level))
}
