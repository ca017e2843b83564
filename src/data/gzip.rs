//! Unpacking, within bounds.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::MOST_BYTES;
use super::fault::{Fault, Place, Problem};
use crate::text::data as words;

/// The bytes, unpacked if they are gzip; a bomb is not let grow beyond [`MOST_BYTES`].
pub(super) fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Fault> {
    let whole = |problem: Problem| problem.at(Place::Whole);
    let too_long = || whole(Problem::new(words::TOO_LONG, [(MOST_BYTES >> 20).to_string()]));
    if bytes.len() > MOST_BYTES {
        return Err(too_long());
    }
    if !bytes.starts_with(b"\x1F\x8B") {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::new();
    // One byte more than is allowed tells what is too long.
    let read = MultiGzDecoder::new(bytes).take(MOST_BYTES as u64 + 1).read_to_end(&mut out);
    read.map_err(|e| whole(Problem::new(words::NOT_GZIP, [e.to_string()])))?;
    if out.len() > MOST_BYTES { Err(too_long()) } else { Ok(Cow::Owned(out)) }
}
