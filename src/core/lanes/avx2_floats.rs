//! Sixteen `f32` in two AVX2 registers; the rule of [`avx2`](super::avx2) holds here too.
#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::Task;
use super::avx2::{self, Quad};
use super::floats::Floats;
use super::numbers::{Doubles, Numbers, SIXTEEN};

/// Sixteen numbers in two registers.
#[derive(Clone, Copy)]
pub(in super::super) struct Pair(__m256, __m256);

/// The sum of eight numbers: by halves, then by quarters, then by eighths.
///
/// # Safety
/// The processor has AVX2.
#[inline(always)]
pub(super) unsafe fn sum8(eight: __m256) -> f32 {
    unsafe {
        let four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
        let two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps::<1>(two, two)))
    }
}

/// Methods on two pairs of bits that are one instruction on each register.
macro_rules! instructions {
    ($($name:ident: $instruction:ident;)+) => {
        $(
            #[inline(always)]
            fn $name(a: Self::Bits, b: Self::Bits) -> Self::Bits {
                // SAFETY: see the head of `avx2`.
                unsafe { ($instruction(a.0, b.0), $instruction(a.1, b.1)) }
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
                unsafe { ($instruction::<$by>(a.0), $instruction::<$by>(a.1)) }
            }
        )+
    };
}

// SAFETY of every block below: the head of `avx2`; addresses come from arrays of the right length.
impl Numbers for Pair {
    type Number = f32;

    const ROOM: usize = 8;

    #[inline(always)]
    fn splat(x: f32) -> Self {
        let x = unsafe { _mm256_set1_ps(x) };
        Pair(x, x)
    }

    #[inline(always)]
    fn read(from: &[f32; SIXTEEN]) -> Self {
        let (low, high) = from.split_at(SIXTEEN / 2);
        unsafe { Pair(_mm256_loadu_ps(low.as_ptr()), _mm256_loadu_ps(high.as_ptr())) }
    }

    #[inline(always)]
    fn write(self, to: &mut [f32; SIXTEEN]) {
        let (low, high) = to.split_at_mut(SIXTEEN / 2);
        unsafe {
            _mm256_storeu_ps(low.as_mut_ptr(), self.0);
            _mm256_storeu_ps(high.as_mut_ptr(), self.1);
        }
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        unsafe { Pair(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        unsafe { Pair(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        unsafe { Pair(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn mul_add(self, by: Self, plus: Self) -> Self {
        unsafe { Pair(_mm256_fmadd_ps(self.0, by.0, plus.0), _mm256_fmadd_ps(self.1, by.1, plus.1)) }
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        unsafe { Pair(_mm256_max_ps(self.0, other.0), _mm256_max_ps(self.1, other.1)) }
    }

    #[inline(always)]
    fn where_positive(self, of: Self) -> Self {
        unsafe {
            let zero = _mm256_setzero_ps();
            let low = _mm256_and_ps(self.0, _mm256_cmp_ps::<_CMP_GT_OQ>(of.0, zero));
            Pair(low, _mm256_and_ps(self.1, _mm256_cmp_ps::<_CMP_GT_OQ>(of.1, zero)))
        }
    }

    #[inline(always)]
    fn where_equal(self, a: Self, b: Self) -> Self {
        unsafe {
            let low = _mm256_and_ps(self.0, _mm256_cmp_ps::<_CMP_EQ_OQ>(a.0, b.0));
            Pair(low, _mm256_and_ps(self.1, _mm256_cmp_ps::<_CMP_EQ_OQ>(a.1, b.1)))
        }
    }

    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe { sum8(_mm256_add_ps(self.0, self.1)) }
    }
}

impl Floats for Pair {
    type Bits = (__m256i, __m256i);
    type Doubles = Doubles<Quad, 4>;

    #[inline(always)]
    fn apart(task: impl Task) {
        unsafe { avx2::apart(task) }
    }

    #[inline(always)]
    fn sqrt(self) -> Self {
        unsafe { Pair(_mm256_sqrt_ps(self.0), _mm256_sqrt_ps(self.1)) }
    }

    #[inline(always)]
    fn store(self, low: &mut [f32; 8], high: &mut [f32; 8]) {
        unsafe {
            _mm256_storeu_ps(low.as_mut_ptr(), self.0);
            _mm256_storeu_ps(high.as_mut_ptr(), self.1);
        }
    }

    #[inline(always)]
    fn bits(self) -> Self::Bits {
        unsafe { (_mm256_castps_si256(self.0), _mm256_castps_si256(self.1)) }
    }

    #[inline(always)]
    fn of_bits(bits: Self::Bits) -> Self {
        unsafe { Pair(_mm256_castsi256_ps(bits.0), _mm256_castsi256_ps(bits.1)) }
    }

    #[inline(always)]
    fn of_integers(bits: Self::Bits) -> Self {
        unsafe { Pair(_mm256_cvtepi32_ps(bits.0), _mm256_cvtepi32_ps(bits.1)) }
    }

    #[inline(always)]
    fn of_words(words: &[u64; 8]) -> Self::Bits {
        let at = words.as_ptr().cast::<__m256i>();
        unsafe { (_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))) }
    }

    #[inline(always)]
    fn words(bits: Self::Bits) -> [u64; 8] {
        let mut words = [0; 8];
        let at = words.as_mut_ptr().cast::<__m256i>();
        unsafe {
            _mm256_storeu_si256(at, bits.0);
            _mm256_storeu_si256(at.add(1), bits.1);
        }
        words
    }

    #[inline(always)]
    fn each(word: u32) -> Self::Bits {
        let word = unsafe { _mm256_set1_epi32(word as i32) };
        (word, word)
    }

    instructions! {
        xor: _mm256_xor_si256;
        and: _mm256_and_si256;
        or: _mm256_or_si256;
        add32: _mm256_add_epi32;
        sub32: _mm256_sub_epi32;
        add64: _mm256_add_epi64;
    }

    shifts! {
        up32_by_23: _mm256_slli_epi32 23;
        down32_by_1: _mm256_srli_epi32 1;
        halve32_by_23: _mm256_srai_epi32 23;
        up64_by_17: _mm256_slli_epi64 17;
    }

    #[inline(always)]
    fn turn64_by_45(a: Self::Bits) -> Self::Bits {
        let turn = |a| unsafe { _mm256_or_si256(_mm256_slli_epi64::<45>(a), _mm256_srli_epi64::<19>(a)) };
        (turn(a.0), turn(a.1))
    }
}
