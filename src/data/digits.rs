//! The handwritten digits that come with the program; `assets/digits/README.md` says where they are from.

use std::sync::{Arc, OnceLock};

use super::Images;
use super::gzip::unpacked;
use super::idx::{self, Idx};

/// Images and labels, packed.
type Packed = [&'static [u8]; 2];

const SMALL: Packed = [
    include_bytes!("../../assets/digits/uci8x8-images.idx3-ubyte.gz"),
    include_bytes!("../../assets/digits/uci8x8-labels.idx1-ubyte.gz"),
];

const TRAIN: Packed = [
    include_bytes!("../../assets/digits/mnist6k-train-images.idx3-ubyte.gz"),
    include_bytes!("../../assets/digits/mnist6k-train-labels.idx1-ubyte.gz"),
];

const TEST: Packed = [
    include_bytes!("../../assets/digits/mnist6k-test-images.idx3-ubyte.gz"),
    include_bytes!("../../assets/digits/mnist6k-test-labels.idx1-ubyte.gz"),
];

/// Small digits for training; the rest is for testing.
const TRAINING: usize = 1500;

/// 1,797 digits of 8 × 8 pixels from 0 to 16, the first 1,500 for training and 297 for testing: the test part of
/// "Optical Recognition of Handwritten Digits" (E. Alpaydin, C. Kaynak 1998), in scikit-learn's order.
pub fn digits8() -> &'static [Arc<Images>; 2] {
    static READ: OnceLock<[Arc<Images>; 2]> = OnceLock::new();
    READ.get_or_init(|| images("uci8x8", SMALL).split_at(TRAINING).map(Arc::new))
}

/// 6,000 digits of 28 × 28 pixels from 0 to 255 for training and 1,000 for testing: images of the training set of
/// MNIST (Y. LeCun, C. Cortes, C. Burges), no image twice.
pub fn digits28() -> &'static [Arc<Images>; 2] {
    static READ: OnceLock<[Arc<Images>; 2]> = OnceLock::new();
    READ.get_or_init(|| [TRAIN, TEST].map(|part| Arc::new(images("mnist6k", part))))
}

/// The images in packed bytes; none if they cannot be read, which a test rules out.
fn images(name: &str, packed: Packed) -> Images {
    let read = packed.map(|bytes| unpacked(bytes).and_then(|bytes| idx::read(&bytes)));
    match read {
        [Ok(Idx::Pixels(pixels)), Ok(Idx::Labels(labels))] => Images::new(name, pixels, labels),
        _ => Images::default(),
    }
}
