//! Several numbers in one register, so that one piece of code steps one ball or four at a time.
//!
//! Forces and moves are written once, over [`Lanes`]. With `f64` they step a single particle, with the
//! registers of AVX2 or AVX-512 (found when the program runs) four or eight of them; every lane does
//! the same IEEE operations in the same order, so the bits do not depend on which of them was used.
//! The same goes for the single-precision [`Floats`] that random numbers are made with, and for [`Numbers`]
//! of either precision, sixteen at a time whatever the registers, that networks are made with.
//!
//! The only unsafe code of the crate lives here.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx2_floats;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod avx512_floats;
mod floats;
mod numbers;

use std::ops::{Add, Mul, Neg, Sub};
use std::sync::atomic::{AtomicU8, Ordering};

pub(super) use floats::Floats;
use floats::Plain;
pub(super) use numbers::{Numbers, SIXTEEN};

/// One or more `f64` that are worked on together, each on its own.
pub trait Lanes: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Neg<Output = Self> {
    /// How many numbers.
    const COUNT: usize;

    /// `x` in every lane.
    fn splat(x: f64) -> Self;

    /// `self · by + plus`, rounded once.
    fn mul_add(self, by: Self, plus: Self) -> Self;

    /// The numbers from `i` on; they have to exist.
    fn load(from: &[f64], i: usize) -> Self;

    /// Writes the lanes from `i` on; the places have to exist.
    fn store(self, to: &mut [f64], i: usize);

    /// Single-precision numbers from `i` on, widened.
    fn widen(from: &[f32], i: usize) -> Self;

    /// The size of every number.
    fn abs(self) -> Self;

    /// The smaller of two numbers, lane by lane; `other` where one is NaN.
    fn min(self, other: Self) -> Self;

    /// The larger of two numbers, lane by lane; `other` where one is NaN.
    fn max(self, other: Self) -> Self;

    /// These numbers where those of `of` are above zero, 0 elsewhere.
    fn where_positive(self, of: Self) -> Self;

    /// These numbers where `a` equals `b`, 0 elsewhere.
    fn where_equal(self, a: Self, b: Self) -> Self;

    /// Which lanes are at most `limit`, the first in the lowest bit; NaN is not.
    fn within(self, limit: f64) -> u32;

    /// Whether every lane is at most `limit`; NaN is not.
    #[inline(always)]
    fn all_within(self, limit: f64) -> bool {
        self.within(limit) == (1 << Self::COUNT) - 1
    }

    /// Whether every lane has the bits of `other`'s.
    fn same(self, other: Self) -> bool;

    /// `f` of every lane, for functions that have no lanes of their own.
    fn map(self, f: impl Fn(f64) -> f64) -> Self;
}

impl Lanes for f64 {
    const COUNT: usize = 1;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        x
    }

    #[inline(always)]
    fn mul_add(self, by: Self, plus: Self) -> Self {
        f64::mul_add(self, by, plus)
    }

    #[inline(always)]
    fn load(from: &[f64], i: usize) -> Self {
        from[i]
    }

    #[inline(always)]
    fn store(self, to: &mut [f64], i: usize) {
        to[i] = self;
    }

    #[inline(always)]
    fn widen(from: &[f32], i: usize) -> Self {
        f64::from(from[i])
    }

    #[inline(always)]
    fn abs(self) -> Self {
        f64::abs(self)
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }

    #[inline(always)]
    fn where_positive(self, of: Self) -> Self {
        if of > 0.0 { self } else { 0.0 }
    }

    #[inline(always)]
    fn where_equal(self, a: Self, b: Self) -> Self {
        if a == b { self } else { 0.0 }
    }

    #[inline(always)]
    fn within(self, limit: f64) -> u32 {
        u32::from(self <= limit)
    }

    #[inline(always)]
    fn same(self, other: Self) -> bool {
        self.to_bits() == other.to_bits()
    }

    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        f(self)
    }
}

/// Something to do with the widest registers there are.
pub(super) trait Work: Sized {
    /// What comes out.
    type Output;

    /// Does it; always inlined into a function compiled for registers of `L` and `F`.
    fn run<L: Lanes, F: Floats>(self) -> Self::Output;
}

/// A part of some [`Work`].
pub(super) trait Task {
    /// Does it; always inlined into a function compiled for the registers of [`Floats::apart`].
    fn run(self);
}

/// The widest registers a machine may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Registers {
    /// Those every machine has; steps are made one by one.
    Plain,
    /// AVX2 with FMA.
    Avx2,
    /// AVX-512 (F, DQ and VL).
    Avx512,
}

/// The limit set by [`limit_registers`].
static LIMIT: AtomicU8 = AtomicU8::new(Registers::Avx512 as u8);

/// Keeps the core from using wider registers than these, for measurements and tests. The bits that come
/// out do not depend on it.
pub fn limit_registers(most: Registers) {
    LIMIT.store(most as u8, Ordering::Relaxed);
}

/// The widest registers that are used.
#[inline]
pub fn registers() -> Registers {
    let limit = LIMIT.load(Ordering::Relaxed);
    #[cfg(target_arch = "x86_64")]
    {
        if limit >= Registers::Avx512 as u8 && avx512::has_avx512() && avx2::has_avx2() {
            Registers::Avx512
        } else if limit >= Registers::Avx2 as u8 && avx2::has_avx2() {
            Registers::Avx2
        } else {
            Registers::Plain
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let _ = limit;
        Registers::Plain
    }
}

/// Whether it is worth turning a loop inside out.
#[inline]
pub(super) fn has_wide() -> bool {
    // Elsewhere the compiler's own vectors and multiply-adds have to do.
    registers() > Registers::Plain || cfg!(not(target_arch = "x86_64"))
}

/// Does `work` compiled for the widest registers the machine has.
#[inline]
#[cfg_attr(target_arch = "x86_64", allow(unsafe_code))]
pub(super) fn with_wide<W: Work>(work: W) -> W::Output {
    match registers() {
        // SAFETY of both: the processor has just said that it has them.
        #[cfg(target_arch = "x86_64")]
        Registers::Avx512 => unsafe { avx512::enter(work) },
        #[cfg(target_arch = "x86_64")]
        Registers::Avx2 => unsafe { avx2::enter(work) },
        _ => work.run::<f64, Plain>(),
    }
}

/// The same for work that is only done where there are wide registers ([`has_wide`]): nothing is compiled
/// for others, and `None` comes out where there are none.
#[inline]
#[cfg_attr(target_arch = "x86_64", allow(unsafe_code))]
pub(super) fn only_wide<W: Work>(work: W) -> Option<W::Output> {
    #[cfg(target_arch = "x86_64")]
    {
        // A limit that is set in mid-run must not leave half of the work undone.
        match registers() {
            // SAFETY of both: the processor has just said that it has them.
            Registers::Avx512 => Some(unsafe { avx512::enter(work) }),
            _ if avx2::has_avx2() => Some(unsafe { avx2::enter(work) }),
            _ => None,
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    Some(work.run::<f64, Plain>())
}

/// Does `f` compiled for the widest registers there are, or as it is.
#[inline]
pub(super) fn widely<T>(f: impl FnOnce() -> T) -> T {
    struct Closure<F>(F);

    impl<T, F: FnOnce() -> T> Work for Closure<F> {
        type Output = T;

        #[inline(always)]
        fn run<L: Lanes, R: Floats>(self) -> T {
            (self.0)()
        }
    }

    with_wide(Closure(f))
}
