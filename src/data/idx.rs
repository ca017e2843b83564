//! Images and labels from IDX bytes, the format of MNIST (Y. LeCun, C. Cortes, C. Burges).
//!
//! Two zero bytes, a type (0x08 for unsigned bytes), the number of dimensions, one big-endian u32 a dimension,
//! then the values, the last dimension fastest. Nothing is set aside on the word of a header alone.

use super::fault::{Fault, Place, Problem};
use crate::text::data as words;

/// Grey images without labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pixels {
    /// Number of images.
    pub count: usize,
    /// Rows of pixels of an image.
    pub height: usize,
    /// Pixels of a row.
    pub width: usize,
    /// Pixels, image by image and row by row.
    pub values: Vec<u8>,
}

/// What IDX bytes hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idx {
    /// Two or three dimensions; rows of k² values are images of k × k pixels, other rows of one line.
    Pixels(Pixels),
    /// One dimension.
    Labels(Vec<u8>),
}

/// The type of unsigned bytes.
const BYTES: u8 = 0x08;

/// The types there are.
const TYPES: [u8; 6] = [BYTES, 0x09, 0x0B, 0x0C, 0x0D, 0x0E];

/// Whether the bytes begin as IDX does.
pub fn is_idx(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, kind, dimensions, ..] if TYPES.contains(kind) && *dimensions > 0)
}

/// Reads images or labels.
///
/// # Errors
/// One sentence with the byte.
pub fn read(bytes: &[u8]) -> Result<Idx, Fault> {
    let at = |byte: usize, problem: Problem| Err(problem.at(Place::Byte(byte)));
    let (kind, dimensions, rest) = match bytes {
        [0, 0, kind, dimensions, rest @ ..] if TYPES.contains(kind) => (*kind, usize::from(*dimensions), rest),
        _ => return at(1, Problem::new(words::NO_IDX, [])),
    };
    if kind != BYTES {
        return at(3, Problem::new(words::NOT_BYTES, [format!("0x{kind:02X}")]));
    }
    if !(1..=3).contains(&dimensions) {
        return at(4, Problem::new(words::DIMENSIONS, [dimensions.to_string()]));
    }
    let Some((header, values)) = rest.split_at_checked(4 * dimensions) else {
        return at(bytes.len(), Problem::new(words::CUT_HEADER, []));
    };
    let (sizes, _) = header.as_chunks::<4>();
    let sizes: Vec<u64> = sizes.iter().map(|size| u64::from(u32::from_be_bytes(*size))).collect();
    let told: u128 = sizes.iter().map(|size| u128::from(*size)).product();
    if told != values.len() as u128 {
        let parts = [told.to_string(), values.len().to_string()];
        return Err(Problem::new(words::WRONG_SIZE, parts).at(Place::Whole));
    }
    if told == 0 {
        return Err(Problem::new(words::NO_ITEM, []).at(Place::Whole));
    }
    // What is there in full is not too large to be counted.
    let sizes: Vec<usize> = sizes.into_iter().map(|size| size as usize).collect();
    let pixels = |count, height, width| Idx::Pixels(Pixels { count, height, width, values: values.to_vec() });
    Ok(match sizes.as_slice() {
        [count, height, width] => pixels(*count, *height, *width),
        [count, length] => match length.isqrt() {
            side if side * side == *length => pixels(*count, side, side),
            _ => pixels(*count, 1, *length),
        },
        _ => Idx::Labels(values.to_vec()),
    })
}
