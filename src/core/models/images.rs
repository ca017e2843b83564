//! Grey images with a class each, as a model sees them.

/// Pixels of an image: 28 rows of 28.
pub const PIXELS: usize = 28 * 28;

/// Pixels, image by image and row by row.
#[derive(Clone, Debug, PartialEq)]
pub enum Pixels {
    /// 0 is the background and 255 full ink; a model sees the share p/255.
    Bytes(Vec<u8>),
    /// As a model sees them.
    Floats(Vec<f32>),
}

/// Images of 28 × 28 pixels with a class from 0 to 9 each.
#[derive(Clone, Debug, PartialEq)]
pub struct Images {
    /// The pixels of all images, 784 each.
    pub pixels: Pixels,
    /// The class of every image; what is beyond 9 counts as 9.
    pub labels: Vec<u8>,
}

impl Images {
    /// Number of images that have both a class and all their pixels.
    pub fn count(&self) -> usize {
        let pixels = match &self.pixels {
            Pixels::Bytes(pixels) => pixels.len(),
            Pixels::Floats(pixels) => pixels.len(),
        };
        self.labels.len().min(pixels / PIXELS)
    }

    /// The class of an image.
    pub(super) fn label(&self, image: usize) -> usize {
        self.labels.get(image).map_or(0, |label| usize::from(*label).min(9))
    }
}
