//! The bundled 8 × 8 digits as rows of features, for the training case that needs them.

use std::sync::{Arc, OnceLock};

use crate::core::models::Labelled;
use crate::data::{Images, digits8};

/// The brightest pixel.
const BRIGHTEST: f64 = 16.0;

/// The training rows and the test rows, pixels as shares of the brightest.
pub fn digits() -> &'static [Arc<Labelled>; 2] {
    static DIGITS: OnceLock<[Arc<Labelled>; 2]> = OnceLock::new();
    DIGITS.get_or_init(|| digits8().each_ref().map(|part| Arc::new(rows(part))))
}

fn rows(images: &Images) -> Labelled {
    Labelled {
        width: images.height * images.width,
        features: images.pixels.iter().map(|p| f64::from(*p) / BRIGHTEST).collect(),
        labels: images.labels.clone(),
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
