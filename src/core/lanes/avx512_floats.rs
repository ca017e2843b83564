//! Sixteen `f32` in one AVX-512 register; the rule of [`avx2`](super::avx2) holds here too.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::Task;
use super::avx2_floats::sum8;
use super::avx512::{self, Oct};
use super::floats::Floats;
use super::numbers::{Doubles, Numbers, SIXTEEN};

/// Sixteen numbers in one register.
#[derive(Clone, Copy)]
pub(in super::super) struct Sixteen(__m512);

/// Methods on bits that are one instruction each.
macro_rules! instructions {
    ($($name:ident: $instruction:ident;)+) => {
        $(
            #[inline(always)]
            fn $name(a: Self::Bits, b: Self::Bits) -> Self::Bits {
                // SAFETY: see the head of `avx2`.
                unsafe { $instruction(a, b) }
            }
        )+
    };
}

/// Shifts by a constant.
macro_rules! shifts {
    ($($name:ident: $instruction:ident $by:literal;)+) => {
        $(
            #[inline(always)]
            fn $name(a: Self::Bits) -> Self::Bits {
                // SAFETY: see the head of `avx2`.
                unsafe { $instruction::<$by>(a) }
            }
        )+
    };
}

// SAFETY of every block below: the head of `avx2`; addresses come from arrays of the right length.
impl Numbers for Sixteen {
    type Number = f32;

    const ROOM: usize = 32;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        Sixteen(unsafe { _mm512_set1_ps(x) })
    }

    #[inline(always)]
    fn read(from: &[f32; SIXTEEN]) -> Self {
        Sixteen(unsafe { _mm512_loadu_ps(from.as_ptr()) })
    }

    #[inline(always)]
    fn write(self, to: &mut [f32; SIXTEEN]) {
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Sixteen(unsafe { _mm512_add_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Sixteen(unsafe { _mm512_sub_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Sixteen(unsafe { _mm512_mul_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn mul_add(self, by: Self, plus: Self) -> Self {
        Sixteen(unsafe { _mm512_fmadd_ps(self.0, by.0, plus.0) })
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        Sixteen(unsafe { _mm512_max_ps(self.0, other.0) })
    }

    #[inline(always)]
    fn where_positive(self, of: Self) -> Self {
        unsafe {
            let positive = _mm512_cmp_ps_mask::<_CMP_GT_OQ>(of.0, _mm512_setzero_ps());
            Sixteen(_mm512_maskz_mov_ps(positive, self.0))
        }
    }

    #[inline(always)]
    fn where_equal(self, a: Self, b: Self) -> Self {
        unsafe {
            let equal = _mm512_cmp_ps_mask::<_CMP_EQ_OQ>(a.0, b.0);
            Sixteen(_mm512_maskz_mov_ps(equal, self.0))
        }
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe { sum8(_mm256_add_ps(_mm512_castps512_ps256(self.0), _mm512_extractf32x8_ps::<1>(self.0))) }
    }
}

impl Floats for Sixteen {
    type Bits = __m512i;
    type Doubles = Doubles<Oct, 2>;

    #[inline(always)]
    fn apart(task: impl Task) {
        unsafe { avx512::apart(task) }
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        Sixteen(unsafe { _mm512_sqrt_ps(self.0) })
    }

    #[inline(always)]
    fn store(self, low: &mut [f32; 8], high: &mut [f32; 8]) {
        unsafe {
            _mm256_storeu_ps(low.as_mut_ptr(), _mm512_castps512_ps256(self.0));
            _mm256_storeu_ps(high.as_mut_ptr(), _mm512_extractf32x8_ps::<1>(self.0));
        }
    }

    #[inline(always)]
    fn bits(self) -> Self::Bits {
        unsafe { _mm512_castps_si512(self.0) }
    }

    #[inline(always)]
    fn of_bits(bits: Self::Bits) -> Self {
        Sixteen(unsafe { _mm512_castsi512_ps(bits) })
    }

    #[inline(always)]
    fn of_integers(bits: Self::Bits) -> Self {
        Sixteen(unsafe { _mm512_cvtepi32_ps(bits) })
    }

    #[inline(always)]
    fn of_words(words: &[u64; 8]) -> Self::Bits {
        unsafe { _mm512_loadu_si512(words.as_ptr().cast()) }
    }

    #[inline(always)]
    fn words(bits: Self::Bits) -> [u64; 8] {
        let mut words = [0; 8];
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), bits) }
        words
    }

    #[inline(always)]
    fn each(word: u32) -> Self::Bits {
        unsafe { _mm512_set1_epi32(word as i32) }
    }

    instructions! {
        xor: _mm512_xor_si512;
        and: _mm512_and_si512;
        or: _mm512_or_si512;
        add32: _mm512_add_epi32;
        sub32: _mm512_sub_epi32;
        add64: _mm512_add_epi64;
    }

    shifts! {
        up32_by_23: _mm512_slli_epi32 23;
        down32_by_1: _mm512_srli_epi32 1;
        halve32_by_23: _mm512_srai_epi32 23;
        up64_by_17: _mm512_slli_epi64 17;
        turn64_by_45: _mm512_rol_epi64 45;
    }
}
