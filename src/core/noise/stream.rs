//! The deviates of one shard in one step.
//!
//! A shard of [`SHARD`] particles has, for every step, draw and coordinate, a stream of its own:
//! eight xoshiro256+ generators (Blackman and Vigna 2021) started by a hash of where the stream is
//! used. So a deviate still depends on its place alone, and costs a tenth of what a hash of its own
//! would.

use super::super::lanes::{Floats, Lanes, Work, with_wide};
use super::normal::deviates;

/// Particles that share a stream.
pub(in super::super) const SHARD: usize = 1024;

/// Deviates that are made at a time; a stream gives a multiple of 16 of them.
pub(in super::super) const BLOCK: usize = 256;

/// A stream of normal deviates: the states of eight generators, word by word. The first four serve
/// the first sixteen of every 32 deviates, the others the rest.
#[derive(Clone, Copy)]
pub(in super::super) struct Stream([[u64; 8]; 4]);

impl Stream {
    /// The stream started by 128 bits, for `count` deviates.
    #[inline(always)]
    pub fn new(seed: [u64; 2], count: usize) -> Self {
        let generators = if count > 16 { 8 } else { 4 };
        let mut state = [[0; 8]; 4];
        for (i, words) in state.iter_mut().enumerate() {
            for (g, word) in words.iter_mut().enumerate().take(generators) {
                let at = (8 * i + g + 1) as u64;
                *word = split_mix(seed[0].wrapping_add(at.wrapping_mul(0x9E37_79B9_7F4A_7C15)) ^ seed[1]);
            }
        }
        Stream(state)
    }

    /// A stream that is never read.
    pub fn silent() -> Self {
        Stream([[0; 8]; 4])
    }

    /// The next deviates. Only the last call of a stream may ask for a number that is no multiple of 32.
    pub fn fill(&mut self, to: &mut [f32]) {
        with_wide(Fill { stream: self, to });
    }

    /// The same, for callers that are compiled for certain registers.
    #[inline(always)]
    pub fn fill_with<F: Floats>(&mut self, to: &mut [f32]) {
        let mut state = self.0.map(|words| F::of_words(&words));
        let (whole, rest) = to.as_chunks_mut::<32>();
        for out in whole {
            next32::<F>(&mut state, out);
        }
        if !rest.is_empty() {
            let mut all = [0.0; 32];
            next32::<F>(&mut state, &mut all);
            rest.copy_from_slice(&all[..rest.len()]);
        }
        self.0 = state.map(F::words);
    }
}

struct Fill<'a> {
    stream: &'a mut Stream,
    to: &'a mut [f32],
}

impl Work for Fill<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes, F: Floats>(self) {
        self.stream.fill_with::<F>(self.to);
    }
}

/// The next 32 deviates of eight generators.
#[inline(always)]
fn next32<F: Floats>(state: &mut [F::Bits; 4], out: &mut [f32; 32]) {
    let [sines, cosines] = deviates::<F>(next::<F>(state), next::<F>(state));
    if let [a, b, c, d] = out.as_chunks_mut::<8>().0 {
        sines.store(a, c);
        cosines.store(b, d);
    }
}

/// One step of eight xoshiro256+ generators.
#[inline(always)]
fn next<F: Floats>(s: &mut [F::Bits; 4]) -> F::Bits {
    let out = F::add64(s[0], s[3]);
    let t = F::up64_by_17(s[1]);
    s[2] = F::xor(s[2], s[0]);
    s[3] = F::xor(s[3], s[1]);
    s[1] = F::xor(s[1], s[2]);
    s[0] = F::xor(s[0], s[3]);
    s[2] = F::xor(s[2], t);
    s[3] = F::turn64_by_45(s[3]);
    out
}

/// The output function of SplitMix64 (Steele, Lea and Flood 2014).
#[inline(always)]
fn split_mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
