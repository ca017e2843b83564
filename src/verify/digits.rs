//! The bundled 8 × 8 digits, for the training case that needs them.

use std::io::Read;
use std::sync::{Arc, OnceLock};

use flate2::read::GzDecoder;

use crate::core::models::Labelled;

const IMAGES: &[u8] = include_bytes!("../../assets/digits/uci8x8-images.idx3-ubyte.gz");
const LABELS: &[u8] = include_bytes!("../../assets/digits/uci8x8-labels.idx1-ubyte.gz");

/// Rows for training; the rest is for testing.
const TRAINING: usize = 1500;

/// Pixels of an image.
const PIXELS: usize = 64;

/// The training rows and the test rows, pixels as shares of the brightest.
pub fn digits() -> &'static [Arc<Labelled>; 2] {
    static DIGITS: OnceLock<[Arc<Labelled>; 2]> = OnceLock::new();
    DIGITS.get_or_init(|| {
        let features: Vec<f64> = body(IMAGES, 16).iter().map(|p| f64::from(*p) / 16.0).collect();
        let labels = body(LABELS, 8);
        let part = |from: usize, to: usize| {
            Arc::new(Labelled {
                width: PIXELS,
                features: features.get(from * PIXELS..to * PIXELS).unwrap_or_default().to_vec(),
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
    use super::digits;

    #[test]
    fn all_digits_are_there() {
        let rows = digits().each_ref().map(|part| (part.labels.len(), part.features.len() / part.width));
        assert_eq!(rows, [(1500, 1500), (297, 297)]);
        assert_eq!(digits()[0].labels[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
