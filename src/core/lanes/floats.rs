//! Sixteen `f32`, and the 512 bits they are made of.

use super::Task;
use super::numbers::{Doubles, Numbers, SIXTEEN, fold};

/// Sixteen single-precision numbers and their bits.
pub(in super::super) trait Floats: Numbers<Number = f32> {
    /// 512 bits: sixteen words of 32 or eight of 64, low half first.
    type Bits: Copy;

    /// Sixteen doubles in registers of the same kind.
    type Doubles: Numbers<Number = f64>;

    /// Does `task` in a function of its own. Whatever is inlined into one function is compiled as one, and takes
    /// the longer the more it is.
    fn apart(task: impl Task);

    /// The square root.
    fn sqrt(self) -> Self;

    /// Writes the first eight lanes to `low`, the others to `high`.
    fn store(self, low: &mut [f32; 8], high: &mut [f32; 8]);

    /// The bits of the numbers.
    fn bits(self) -> Self::Bits;

    /// The numbers of these bits.
    fn of_bits(bits: Self::Bits) -> Self;

    /// Signed 32-bit integers as numbers, rounded.
    fn of_integers(bits: Self::Bits) -> Self;

    /// Bits from eight words of 64.
    fn of_words(words: &[u64; 8]) -> Self::Bits;

    /// The eight words of 64.
    fn words(bits: Self::Bits) -> [u64; 8];

    /// One 32-bit word in every lane.
    fn each(word: u32) -> Self::Bits;

    /// Exclusive or.
    fn xor(a: Self::Bits, b: Self::Bits) -> Self::Bits;

    /// And.
    fn and(a: Self::Bits, b: Self::Bits) -> Self::Bits;

    /// Or.
    fn or(a: Self::Bits, b: Self::Bits) -> Self::Bits;

    /// Wrapping sums of 32-bit words.
    fn add32(a: Self::Bits, b: Self::Bits) -> Self::Bits;

    /// Wrapping differences of 32-bit words.
    fn sub32(a: Self::Bits, b: Self::Bits) -> Self::Bits;

    /// Wrapping sums of 64-bit words.
    fn add64(a: Self::Bits, b: Self::Bits) -> Self::Bits;

    /// 32-bit words doubled 23 times.
    fn up32_by_23(a: Self::Bits) -> Self::Bits;

    /// 32-bit words halved, zeros following.
    fn down32_by_1(a: Self::Bits) -> Self::Bits;

    /// Signed 32-bit words halved 23 times.
    fn halve32_by_23(a: Self::Bits) -> Self::Bits;

    /// 64-bit words moved up by 17.
    fn up64_by_17(a: Self::Bits) -> Self::Bits;

    /// 64-bit words turned by 45.
    fn turn64_by_45(a: Self::Bits) -> Self::Bits;
}

/// Sixteen numbers without special registers.
#[derive(Clone, Copy)]
pub(in super::super) struct Plain([f32; 16]);

/// Does something with two arrays, element by element.
fn zip<T: Copy, const N: usize>(a: [T; N], b: [T; N], f: impl Fn(T, T) -> T) -> [T; N] {
    std::array::from_fn(|i| f(a[i], b[i]))
}

/// The halves of a word of 64.
fn halves(word: u64) -> [u32; 2] {
    [word as u32, (word >> 32) as u32]
}

/// Does something with every half of eight words of 64.
fn by_halves(a: [u64; 8], f: impl Fn(u32) -> u32) -> [u64; 8] {
    a.map(|word| {
        let [low, high] = halves(word).map(&f);
        u64::from(low) | (u64::from(high) << 32)
    })
}

/// Lane `i` of eight words of 64.
fn lane(a: &[u64; 8], i: usize) -> u32 {
    halves(a[i / 2])[i % 2]
}

impl Numbers for Plain {
    type Number = f32;

    const ROOM: usize = if cfg!(target_arch = "x86_64") { 4 } else { 8 };

    fn splat(x: f32) -> Self {
        Plain([x; SIXTEEN])
    }

    fn read(from: &[f32; SIXTEEN]) -> Self {
        Plain(*from)
    }

    fn write(self, to: &mut [f32; SIXTEEN]) {
        *to = self.0;
    }

    fn add(self, other: Self) -> Self {
        Plain(zip(self.0, other.0, |a, b| a + b))
    }

    fn sub(self, other: Self) -> Self {
        Plain(zip(self.0, other.0, |a, b| a - b))
    }

    fn mul(self, other: Self) -> Self {
        Plain(zip(self.0, other.0, |a, b| a * b))
    }

    fn mul_add(self, by: Self, plus: Self) -> Self {
        Plain(std::array::from_fn(|i| self.0[i].mul_add(by.0[i], plus.0[i])))
    }

    fn max(self, other: Self) -> Self {
        Plain(zip(self.0, other.0, |a, b| if a > b { a } else { b }))
    }

    fn where_positive(self, of: Self) -> Self {
        Plain(zip(self.0, of.0, |own, of| if of > 0.0 { own } else { 0.0 }))
    }

    fn where_equal(self, a: Self, b: Self) -> Self {
        Plain(std::array::from_fn(|i| if a.0[i] == b.0[i] { self.0[i] } else { 0.0 }))
    }

    fn sum(self) -> f32 {
        fold(self.0)
    }
}

impl Floats for Plain {
    type Bits = [u64; 8];
    type Doubles = Doubles<f64, 16>;

    #[inline(never)]
    fn apart(task: impl Task) {
        task.run();
    }

    fn sqrt(self) -> Self {
        Plain(self.0.map(libm::sqrtf))
    }

    fn store(self, low: &mut [f32; 8], high: &mut [f32; 8]) {
        low.copy_from_slice(&self.0[..8]);
        high.copy_from_slice(&self.0[8..]);
    }

    fn bits(self) -> Self::Bits {
        let word = |i: usize| u64::from(self.0[i].to_bits());
        std::array::from_fn(|i| word(2 * i) | (word(2 * i + 1) << 32))
    }

    fn of_bits(bits: Self::Bits) -> Self {
        Plain(std::array::from_fn(|i| f32::from_bits(lane(&bits, i))))
    }

    fn of_integers(bits: Self::Bits) -> Self {
        Plain(std::array::from_fn(|i| lane(&bits, i) as i32 as f32))
    }

    fn of_words(words: &[u64; 8]) -> Self::Bits {
        *words
    }

    fn words(bits: Self::Bits) -> [u64; 8] {
        bits
    }

    fn each(word: u32) -> Self::Bits {
        [u64::from(word) | (u64::from(word) << 32); 8]
    }

    fn xor(a: Self::Bits, b: Self::Bits) -> Self::Bits {
        zip(a, b, |a, b| a ^ b)
    }

    fn and(a: Self::Bits, b: Self::Bits) -> Self::Bits {
        zip(a, b, |a, b| a & b)
    }

    fn or(a: Self::Bits, b: Self::Bits) -> Self::Bits {
        zip(a, b, |a, b| a | b)
    }

    fn add32(a: Self::Bits, b: Self::Bits) -> Self::Bits {
        zip(a, b, |a, b| {
            let [low, high] = zip(halves(a), halves(b), u32::wrapping_add);
            u64::from(low) | (u64::from(high) << 32)
        })
    }

    fn sub32(a: Self::Bits, b: Self::Bits) -> Self::Bits {
        Self::add32(a, by_halves(b, u32::wrapping_neg))
    }

    fn add64(a: Self::Bits, b: Self::Bits) -> Self::Bits {
        zip(a, b, u64::wrapping_add)
    }

    fn up32_by_23(a: Self::Bits) -> Self::Bits {
        by_halves(a, |half| half << 23)
    }

    fn down32_by_1(a: Self::Bits) -> Self::Bits {
        by_halves(a, |half| half >> 1)
    }

    fn halve32_by_23(a: Self::Bits) -> Self::Bits {
        by_halves(a, |half| (half as i32 >> 23) as u32)
    }

    fn up64_by_17(a: Self::Bits) -> Self::Bits {
        a.map(|word| word << 17)
    }

    fn turn64_by_45(a: Self::Bits) -> Self::Bits {
        a.map(|word| word.rotate_left(45))
    }
}
