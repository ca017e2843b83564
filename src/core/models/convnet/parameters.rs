//! Where the parameters lie.

/// Every tensor and how many numbers it has, in PyTorch's order; each is row-major, `[out][in][row][column]`.
pub const TENSORS: [(&str, usize); 8] = [
    ("conv1.weight", 10 * 25),
    ("conv1.bias", 10),
    ("conv2.weight", 20 * 10 * 25),
    ("conv2.bias", 20),
    ("fc1.weight", 50 * 320),
    ("fc1.bias", 50),
    ("fc2.weight", 10 * 50),
    ("fc2.bias", 10),
];

/// Number of parameters, 21,840.
pub const PARAMETERS: usize = 21_840;

/// The tensors of all parameters.
#[inline(always)]
pub(super) fn split<T>(mut all: &[T]) -> [&[T]; 8] {
    TENSORS.map(|(_, count)| {
        let (own, rest) = all.split_at(count.min(all.len()));
        all = rest;
        own
    })
}

/// The tensors of all parameters, to be written.
#[inline(always)]
pub(super) fn split_mut<T>(mut all: &mut [T]) -> [&mut [T]; 8] {
    TENSORS.map(|(_, count)| {
        let (own, rest) = std::mem::take(&mut all).split_at_mut(count);
        all = rest;
        own
    })
}

#[cfg(test)]
mod tests {
    use super::{PARAMETERS, TENSORS};

    #[test]
    fn the_tensors_are_all_there_is() {
        assert_eq!(TENSORS.iter().map(|(_, count)| count).sum::<usize>(), PARAMETERS);
    }
}
