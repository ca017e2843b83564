//! Bytes as text, or why they are none.

use super::super::MOST_BYTES;
use super::super::fault::{Fault, Place, Problem};
use crate::text::data as words;

/// The bytes as text without a byte-order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Problem::new(words::TOO_LONG, [(MOST_BYTES >> 20).to_string()]).at(Place::Whole));
    }
    if is_utf16(bytes) {
        return Err(Problem::new(words::UTF16, []).at(Place::Whole));
    }
    let mark: &[u8] = b"\xEF\xBB\xBF";
    let (skipped, bytes) = bytes.strip_prefix(mark).map_or((0, bytes), |rest| (mark.len(), rest));
    let control = |b: &u8| *b < b' ' && !b"\t\n\r\x0C".contains(b);
    if let Some(at) = bytes.iter().position(control) {
        return Err(Problem::new(words::NOT_TEXT, []).at(Place::Byte(skipped + at + 1)));
    }
    std::str::from_utf8(bytes)
        .map_err(|e| Problem::new(words::NOT_UTF8, []).at(Place::Byte(skipped + e.valid_up_to() + 1)))
}

/// Whether the bytes are text in UTF-16: its mark, or every other of the first bytes is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let every_other = |from: usize| {
        let pairs = bytes.get(..16).map(|head| head.chunks_exact(2));
        pairs.is_some_and(|mut pairs| pairs.all(|pair| pair.get(from) == Some(&0) && pair.get(1 - from) != Some(&0)))
    };
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || every_other(0) || every_other(1)
}
