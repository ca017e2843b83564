//! Sixteen numbers of one kind, and what a network asks of them.

// An index is sure to be inlined into code for special registers; an iterator's closures are not.
#![allow(clippy::needless_range_loop)]

use std::ops::Add;

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

/// Methods that are an expression of every part; only what is written out is sure to be inlined everywhere.
macro_rules! by_parts {
    ($($name:ident($own:ident $(, $other:ident)*): $part:expr;)+) => {
        $(
            #[inline(always)]
            fn $name(self $(, $other: Self)*) -> Self {
                let mut parts = self.0;
                for i in 0..K {
                    let ($own $(, $other)*) = (parts[i] $(, $other.0[i])*);
                    parts[i] = $part;
                }
                Doubles(parts)
            }
        )+
    };
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
        for i in 0..K {
            parts[i] = L::load(from, i * L::COUNT);
        }
        Doubles(parts)
    }

    #[inline(always)]
    fn write(self, to: &mut [f64; SIXTEEN]) {
        for i in 0..K {
            self.0[i].store(to, i * L::COUNT);
        }
    }

    by_parts! {
        add(own, other): own + other;
        sub(own, other): own - other;
        mul(own, other): own * other;
        mul_add(own, by, plus): own.mul_add(by, plus);
        max(own, other): own.max(other);
        where_positive(own, of): own.where_positive(of);
        where_equal(own, a, b): own.where_equal(a, b);
    }

    #[inline(always)]
    fn sum(self) -> f64 {
        let mut all = [0.0; SIXTEEN];
        self.write(&mut all);
        fold(all)
    }
}

/// Sums sixteen numbers by halves, in the order of [`Numbers::sum`].
#[inline(always)]
pub(super) fn fold<T: Copy + Add<Output = T>>(mut all: [T; SIXTEEN]) -> T {
    let mut half = SIXTEEN / 2;
    while half > 0 {
        for i in 0..half {
            all[i] = all[i] + all[i + half];
        }
        half /= 2;
    }
    all[0]
}
