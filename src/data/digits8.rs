//! The bundled 8 × 8 digits.

use std::io::Read;
use std::sync::{Arc, OnceLock};

use flate2::read::GzDecoder;

use super::Images;

const IMAGES: &[u8] = include_bytes!("../../assets/digits/uci8x8-images.idx3-ubyte.gz");
const LABELS: &[u8] = include_bytes!("../../assets/digits/uci8x8-labels.idx1-ubyte.gz");

/// Images for training; the rest is for testing.
const TRAINING: usize = 1500;

/// Rows and columns of an image.
const SIDE: usize = 8;

/// 1500 training images and 297 test images of handwritten digits, full ink being 16 (E. Alpaydin and
/// C. Kaynak 1998, UCI Machine Learning Repository, doi.org/10.24432/C50P49).
pub fn digits8() -> &'static [Arc<Images>; 2] {
    static DIGITS: OnceLock<[Arc<Images>; 2]> = OnceLock::new();
    DIGITS.get_or_init(|| {
        let (pixels, labels) = (body(IMAGES, 16), body(LABELS, 8));
        let part = |from: usize, to: usize| {
            Arc::new(Images {
                name: "UCI 8 × 8".into(),
                height: SIDE,
                width: SIDE,
                pixels: pixels.get(from * SIDE * SIDE..to * SIDE * SIDE).unwrap_or_default().to_vec(),
                labels: labels.get(from..to).unwrap_or_default().to_vec(),
            })
        };
        [part(0, TRAINING), part(TRAINING, labels.len())]
    })
}

/// The bytes of a gzipped IDX file after its header; empty if it cannot be unpacked.
fn body(packed: &[u8], header: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    match GzDecoder::new(packed).take(1 << 20).read_to_end(&mut bytes) {
        Ok(_) => bytes.split_off(header.min(bytes.len())),
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::digits8;

    #[test]
    fn all_digits_are_there() {
        let rows = digits8().each_ref().map(|part| (part.count(), part.pixels.len() / part.width / part.height));
        assert_eq!(rows, [(1500, 1500), (297, 297)]);
        assert_eq!(digits8()[0].labels[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(digits8()[0].pixels.iter().max(), Some(&16));
    }
}
