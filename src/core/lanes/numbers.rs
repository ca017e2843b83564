//! Sixteen numbers of one kind, and what a network asks of them.

use super::Lanes;

/// How many numbers are worked on together, whatever the registers.
pub(in super::super) const SIXTEEN: usize = 16;

/// Sixteen numbers of one kind that are worked on together, each on its own. Every implementation does the
/// same IEEE operations, so the bits that come out do not depend on the machine.
pub(in super::super) trait Numbers: Copy + Send + Sync + 'static {
    /// A single one of them.
    type Number: Copy + Default;

    /// How many of these the registers hold at once, about.
    const ROOM: usize;

    /// `x` in every lane.
    fn splat(x: Self::Number) -> Self;

    /// 0 in every lane.
    #[inline(always)]
    fn zero() -> Self {
        Self::splat(Self::Number::default())
    }

    /// These numbers.
    fn read(from: &[Self::Number; SIXTEEN]) -> Self;

    /// Writes them.
    fn write(self, to: &mut [Self::Number; SIXTEEN]);

    /// The sum.
    fn add(self, other: Self) -> Self;

    /// The difference.
    fn sub(self, other: Self) -> Self;

    /// The product.
    fn mul(self, other: Self) -> Self;

    /// `self · by + plus`, rounded once.
    fn mul_add(self, by: Self, plus: Self) -> Self;

    /// The larger of two numbers, lane by lane; `other` where one is NaN or both are zero.
    fn max(self, other: Self) -> Self;

    /// These numbers where those of `of` are above zero, 0 elsewhere.
    fn where_positive(self, of: Self) -> Self;

    /// These numbers where `a` equals `b`, 0 elsewhere.
    fn where_equal(self, a: Self, b: Self) -> Self;

    /// The sum of all sixteen: lane i and i + 8 first, then of those i and i + 4, and so on.
    fn sum(self) -> Self::Number;
}

/// Sixteen doubles in `K` times the lanes of `L`.
#[derive(Clone, Copy)]
pub(in super::super) struct Doubles<L, const K: usize>([L; K]);

impl<L: Lanes, const K: usize> Doubles<L, K> {
    /// Does something with two of them, part by part.
    #[inline(always)]
    fn zip(self, other: Self, f: impl Fn(L, L) -> L) -> Self {
        let mut parts = self.0;
        for (own, other) in parts.iter_mut().zip(other.0) {
            *own = f(*own, other);
        }
        Doubles(parts)
    }
}

impl<L: Lanes + Send + Sync + 'static, const K: usize> Numbers for Doubles<L, K> {
    type Number = f64;

    const ROOM: usize = if L::COUNT == 8 { 16 } else { 4 };

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Doubles([L::splat(x); K])
    }

    #[inline(always)]
    fn read(from: &[f64; SIXTEEN]) -> Self {
        let mut parts = [L::splat(0.0); K];
        for (i, part) in parts.iter_mut().enumerate() {
            *part = L::load(from, i * L::COUNT);
        }
        Doubles(parts)
    }

    #[inline(always)]
    fn write(self, to: &mut [f64; SIXTEEN]) {
        for (i, part) in self.0.into_iter().enumerate() {
            part.store(to, i * L::COUNT);
        }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    #[inline(always)]
    fn mul_add(self, by: Self, plus: Self) -> Self {
        let mut parts = plus.0;
        for ((own, by), plus) in self.0.into_iter().zip(by.0).zip(&mut parts) {
            *plus = own.mul_add(by, *plus);
        }
        Doubles(parts)
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.zip(other, L::max)
    }

    #[inline(always)]
    fn where_positive(self, of: Self) -> Self {
        self.zip(of, L::where_positive)
    }

    #[inline(always)]
    fn where_equal(self, a: Self, b: Self) -> Self {
        let mut parts = self.0;
        for ((own, a), b) in parts.iter_mut().zip(a.0).zip(b.0) {
            *own = own.where_equal(a, b);
        }
        Doubles(parts)
    }

    #[inline(always)]
    fn sum(self) -> f64 {
        let mut all = [0.0; SIXTEEN];
        self.write(&mut all);
        fold(&mut all, |a, b| a + b)
    }
}

/// Sums sixteen numbers by halves, in the order of [`Numbers::sum`].
#[inline(always)]
pub(super) fn fold<T: Copy>(all: &mut [T; SIXTEEN], add: impl Fn(T, T) -> T) -> T {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            all[i] = add(all[i], all[i + half]);
        }
    }
    all[0]
}
