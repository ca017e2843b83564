//! Four `f64` in an AVX2 register.
//!
//! Every method here may only run on a machine with AVX2 and FMA. The values are made nowhere but
//! inside [`enter`], which [`with_wide`](super::with_wide) calls after asking the processor; the same
//! holds for the types of `avx512` and theirs.
#![allow(unsafe_code)]

use std::arch::x86_64::*;
use std::ops::{Add, Mul, Neg, Sub};

use super::avx2_floats::Pair;
use super::{Lanes, Task, Work};

/// What the processor has; asked once, remembered by the standard library.
#[inline]
pub(super) fn has_avx2() -> bool {
    std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma")
}

/// Does `work` with these registers.
#[target_feature(enable = "avx2,fma")]
pub(super) fn enter<W: Work>(work: W) -> W::Output {
    work.run::<Quad, Pair>()
}

/// Does `task` with these registers, in a function of its own.
#[target_feature(enable = "avx2,fma")]
#[inline(never)]
pub(super) fn apart(task: impl Task) {
    task.run();
}

/// Four numbers.
#[derive(Clone, Copy)]
pub(in super::super) struct Quad(__m256d);

macro_rules! operator {
    ($trait:ident, $method:ident, $instruction:ident) => {
        impl $trait for Quad {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Quad(unsafe { $instruction(self.0, other.0) })
            }
        }
    };
}

operator!(Add, add, _mm256_add_pd);
operator!(Sub, sub, _mm256_sub_pd);
operator!(Mul, mul, _mm256_mul_pd);

impl Neg for Quad {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        // Subtracting from −0 is what the compiler folds into the multiplication that follows.
        Quad::splat(-0.0) - self
    }
}

// SAFETY of every block below: the head of this file; addresses come from slices whose length was checked.
impl Lanes for Quad {
    const COUNT: usize = 4;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Quad(unsafe { _mm256_set1_pd(x) })
    }

    #[inline(always)]
    fn mul_add(self, by: Self, plus: Self) -> Self {
        Quad(unsafe { _mm256_fmadd_pd(self.0, by.0, plus.0) })
    }

    #[inline(always)]
    fn load(from: &[f64], i: usize) -> Self {
        let four = &from[i..i + 4];
        Quad(unsafe { _mm256_loadu_pd(four.as_ptr()) })
    }

    #[inline(always)]
    fn store(self, to: &mut [f64], i: usize) {
        let four = &mut to[i..i + 4];
        unsafe { _mm256_storeu_pd(four.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn widen(from: &[f32], i: usize) -> Self {
        let four = &from[i..i + 4];
        Quad(unsafe { _mm256_cvtps_pd(_mm_loadu_ps(four.as_ptr())) })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Quad(unsafe { _mm256_andnot_pd(_mm256_set1_pd(-0.0), self.0) })
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Quad(unsafe { _mm256_min_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Quad(unsafe { _mm256_max_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn where_positive(self, of: Self) -> Self {
        Quad(unsafe { _mm256_and_pd(self.0, _mm256_cmp_pd::<_CMP_GT_OQ>(of.0, _mm256_setzero_pd())) })
    }

    #[inline(always)]
    fn where_equal(self, a: Self, b: Self) -> Self {
        Quad(unsafe { _mm256_and_pd(self.0, _mm256_cmp_pd::<_CMP_EQ_OQ>(a.0, b.0)) })
    }

    #[inline(always)]
    fn within(self, limit: f64) -> u32 {
        unsafe { _mm256_movemask_pd(_mm256_cmp_pd::<_CMP_LE_OQ>(self.0, _mm256_set1_pd(limit))) as u32 }
    }

    #[inline(always)]
    fn same(self, other: Self) -> bool {
        let equal = unsafe {
            let equal = _mm256_cmpeq_epi64(_mm256_castpd_si256(self.0), _mm256_castpd_si256(other.0));
            _mm256_movemask_epi8(equal)
        };
        equal == -1
    }

    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let mut four = [0.0; 4];
        self.store(&mut four, 0);
        Quad::load(&four.map(f), 0)
    }
}
