//! Sizes, constants and initial data of the workloads.

/// How large the workloads are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The size the goals are stated for.
    Full,
    /// A few seconds in all.
    Quick,
}

impl Size {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Size::Full => "full",
            Size::Quick => "quick",
        }
    }

    /// One of two numbers.
    pub(super) const fn pick<T: Copy>(self, full: T, quick: T) -> T {
        match self {
            Size::Full => full,
            Size::Quick => quick,
        }
    }

    /// Steps of W1 and W1U.
    pub(super) const fn w1(self) -> u64 {
        self.pick(10_000_000, 1_000_000)
    }

    /// Steps of W1R.
    pub(super) const fn w1_recorded(self) -> u64 {
        self.pick(1_000_000, 200_000)
    }

    /// Particles and steps of W2, W3 and W5.
    pub(super) const fn cloud(self) -> (usize, u64) {
        self.pick((100_000, 1000), (20_000, 200))
    }

    /// Particles and steps of W2S.
    pub(super) const fn w2_small(self) -> (usize, u64) {
        self.pick((1000, 1000), (1000, 200))
    }

    /// Particles and steps of W2L.
    pub(super) const fn w2_large(self) -> (usize, u64) {
        self.pick((1_000_000, 100), (200_000, 20))
    }

    /// Cells along each side of W4.
    pub(super) const fn w4(self) -> usize {
        self.pick(512, 128)
    }

    /// Epochs of W6.
    pub(super) const fn w6(self) -> u64 {
        self.pick(100, 10)
    }

    /// Images of W7.
    pub(super) const fn w7(self) -> usize {
        self.pick(10_000, 1024)
    }

    /// Deviates of GAUSS.
    pub(super) const fn gauss(self) -> usize {
        self.pick(20_000_000, 2_000_000)
    }
}

/// The `i`-th number of the stream `seed`, uniform on [0, 1): SplitMix64 (Steele, Lea and Flood 2014),
/// its upper 53 bits.
pub(super) fn uniform(seed: u64, i: usize) -> f64 {
    let mut z = seed.wrapping_add((i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    (z >> 11) as f64 * 2f64.powi(-53)
}

#[cfg(test)]
mod tests {
    use super::uniform;

    /// SplitMix64 from state 0 begins with 0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F.
    #[test]
    fn uniform_numbers_are_those_published() {
        for (i, word) in [0xE220_A839_7B1D_CDAFu64, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F].iter().enumerate() {
            assert_eq!(uniform(0, i), (word >> 11) as f64 / 2f64.powi(53));
        }
    }
}
