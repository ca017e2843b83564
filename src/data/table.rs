//! Columns of numbers with names, and images with labels.

use super::idx::Pixels;

/// A table of numbers, column by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is called where it is spoken of: the name of its file.
    pub name: String,
    /// The name of every column.
    pub names: Vec<String>,
    /// The columns, all of one length; a value that was missing is NaN.
    pub columns: Vec<Vec<f64>>,
}

impl Table {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// The column of this name, whatever the case of its letters.
    pub fn column(&self, name: &str) -> Option<&[f64]> {
        let place = self.names.iter().position(|own| own.eq_ignore_ascii_case(name))?;
        self.columns.get(place).map(Vec::as_slice)
    }
}

/// Grey images of one size with a class each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Images {
    /// What they are called where they are spoken of.
    pub name: String,
    /// Rows of pixels of an image.
    pub height: usize,
    /// Pixels of a row.
    pub width: usize,
    /// Pixels, image by image and row by row; 0 is the background.
    pub pixels: Vec<u8>,
    /// The class of every image.
    pub labels: Vec<u8>,
}

impl Images {
    /// Images with their labels.
    pub fn new(name: &str, pixels: Pixels, labels: Vec<u8>) -> Self {
        let Pixels { height, width, values, .. } = pixels;
        Images { name: name.to_owned(), height, width, pixels: values, labels }
    }

    /// The first images, and the rest.
    #[must_use]
    pub fn split_at(&self, first: usize) -> [Images; 2] {
        let (count, size) = (self.count(), self.height * self.width);
        let part = |from: usize, to: usize| Images {
            name: self.name.clone(),
            pixels: self.pixels.get(from * size..to * size).unwrap_or_default().to_vec(),
            labels: self.labels.get(from..to).unwrap_or_default().to_vec(),
            ..*self
        };
        let first = first.min(count);
        [part(0, first), part(first, count)]
    }

    /// Number of images.
    pub fn count(&self) -> usize {
        self.labels.len()
    }
}
