//! Eight `f64` in an AVX-512 register; the rule of [`avx2`](super::avx2) holds here too.
#![allow(unsafe_code)]

use std::arch::x86_64::*;
use std::ops::{Add, Mul, Neg, Sub};

use super::avx512_floats::Sixteen;
use super::{Lanes, Task, Work};

/// Whether the machine has the parts of AVX-512 that are used here.
#[inline]
pub(super) fn has_avx512() -> bool {
    std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("avx512dq")
        && std::arch::is_x86_feature_detected!("avx512vl")
}

/// Does `work` with these registers.
#[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl")]
pub(super) fn enter<W: Work>(work: W) -> W::Output {
    work.run::<Oct, Sixteen>()
}

/// Does `task` with these registers, in a function of its own.
#[target_feature(enable = "avx2,fma,avx512f,avx512dq,avx512vl")]
#[inline(never)]
pub(super) fn apart(task: impl Task) {
    task.run();
}

/// Eight numbers.
#[derive(Clone, Copy)]
pub(in super::super) struct Oct(__m512d);

macro_rules! operator {
    ($trait:ident, $method:ident, $instruction:ident) => {
        impl $trait for Oct {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                // SAFETY: see the head of this file.
                Oct(unsafe { $instruction(self.0, other.0) })
            }
        }
    };
}

operator!(Add, add, _mm512_add_pd);
operator!(Sub, sub, _mm512_sub_pd);
operator!(Mul, mul, _mm512_mul_pd);

impl Neg for Oct {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        // Subtracting from −0 is what the compiler folds into the multiplication that follows.
        Oct::splat(-0.0) - self
    }
}

// SAFETY of every block below: the head of this file; addresses come from slices whose length was checked.
impl Lanes for Oct {
    const COUNT: usize = 8;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        Oct(unsafe { _mm512_set1_pd(x) })
    }

    #[inline(always)]
    fn mul_add(self, by: Self, plus: Self) -> Self {
        Oct(unsafe { _mm512_fmadd_pd(self.0, by.0, plus.0) })
    }

    #[inline(always)]
    fn load(from: &[f64], i: usize) -> Self {
        let eight = &from[i..i + 8];
        Oct(unsafe { _mm512_loadu_pd(eight.as_ptr()) })
    }

    #[inline(always)]
    fn store(self, to: &mut [f64], i: usize) {
        let eight = &mut to[i..i + 8];
        unsafe { _mm512_storeu_pd(eight.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn widen(from: &[f32], i: usize) -> Self {
        let eight = &from[i..i + 8];
        Oct(unsafe { _mm512_cvtps_pd(_mm256_loadu_ps(eight.as_ptr())) })
    }

    #[inline(always)]
    fn abs(self) -> Self {
        Oct(unsafe { _mm512_abs_pd(self.0) })
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        Oct(unsafe { _mm512_min_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Oct(unsafe { _mm512_max_pd(self.0, other.0) })
    }

    #[inline(always)]
    fn where_positive(self, of: Self) -> Self {
        unsafe {
            let positive = _mm512_cmp_pd_mask::<_CMP_GT_OQ>(of.0, _mm512_setzero_pd());
            Oct(_mm512_maskz_mov_pd(positive, self.0))
        }
    }

    #[inline(always)]
    fn where_equal(self, a: Self, b: Self) -> Self {
        unsafe { Oct(_mm512_maskz_mov_pd(_mm512_cmp_pd_mask::<_CMP_EQ_OQ>(a.0, b.0), self.0)) }
    }

    #[inline(always)]
    fn within(self, limit: f64) -> u32 {
        unsafe { u32::from(_mm512_cmp_pd_mask::<_CMP_LE_OQ>(self.0, _mm512_set1_pd(limit))) }
    }

    #[inline(always)]
    fn same(self, other: Self) -> bool {
        unsafe { _mm512_cmpeq_epi64_mask(_mm512_castpd_si512(self.0), _mm512_castpd_si512(other.0)) == 0xFF }
    }

    #[inline(always)]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        let mut eight = [0.0; 8];
        self.store(&mut eight, 0);
        Oct::load(&eight.map(f), 0)
    }
}
