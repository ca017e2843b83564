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

    /// The same table with every column centred and divided by its population standard deviation; a column
    /// that never changes becomes 0.
    #[must_use]
    pub fn standardised(&self) -> Table {
        let scaled = |column: &Vec<f64>| -> Vec<f64> {
            let n = column.len().max(1) as f64;
            let mean = column.iter().sum::<f64>() / n;
            let spread = (column.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
            // A column of one value is off its mean by rounding only.
            let flat = spread <= 1e-12 * mean.abs();
            column.iter().map(|x| if flat { 0.0 } else { (x - mean) / spread }).collect()
        };
        Table { columns: self.columns.iter().map(scaled).collect(), ..self.clone() }
    }

    /// The first rows of the table.
    #[must_use]
    pub fn first(&self, rows: usize) -> Table {
        let cut = |column: &Vec<f64>| column.iter().copied().take(rows).collect();
        Table { columns: self.columns.iter().map(cut).collect(), ..self.clone() }
    }

    /// The rows in which no value is missing.
    #[must_use]
    pub fn whole(&self) -> Table {
        let there: Vec<bool> =
            (0..self.rows()).map(|r| self.columns.iter().all(|c| c.get(r).is_some_and(|x| x.is_finite()))).collect();
        let kept =
            |column: &Vec<f64>| column.iter().zip(&there).filter(|(_, there)| **there).map(|(x, _)| *x).collect();
        Table { columns: self.columns.iter().map(kept).collect(), ..self.clone() }
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

#[cfg(test)]
mod tests {
    use super::Table;

    fn table(columns: Vec<Vec<f64>>) -> Table {
        Table { columns, ..Table::default() }
    }

    #[test]
    fn columns_are_standardised() {
        let got = table(vec![vec![1.0, 3.0, 5.0, 7.0], vec![0.1; 4]]).standardised();
        let step = 2.0 / f64::sqrt(5.0);
        assert_eq!(got.columns[1], [0.0; 4]);
        for (x, want) in got.columns[0].iter().zip([-1.5, -0.5, 0.5, 1.5]) {
            assert!((x - want * step).abs() <= 1e-15, "{x}");
        }
    }

    #[test]
    fn rows_are_left_out() {
        let all = table(vec![vec![1.0, f64::NAN, 3.0, 4.0], vec![5.0, 6.0, 7.0, f64::INFINITY]]);
        assert_eq!(all.whole().columns, [[1.0, 3.0], [5.0, 7.0]]);
        assert_eq!(all.whole().first(1).columns, [[1.0], [5.0]]);
        assert_eq!(table(Vec::new()).whole().rows(), 0);
    }
}
