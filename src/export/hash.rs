//! Fingerprints of what is saved.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Provenance, csv, table_csv};
use crate::figure::Figure;

/// How many hexadecimal digits a fingerprint inside a file has: 64 bits.
const SHORT: usize = 16;

/// The SHA-256 of `bytes` in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// The first digits of [`sha256`], enough to notice a change.
pub(super) fn short(bytes: &[u8]) -> String {
    let mut out = sha256(bytes);
    out.truncate(SHORT);
    out
}

/// The fingerprint of the numbers of a figure: of its CSV without the comment lines.
pub fn data_hash(figure: &Figure<'_>) -> String {
    short(body(&csv(figure, &Provenance::default(), "")))
}

/// The fingerprint of a table of a run.
pub fn table_hash(table: &[(String, &[f64])]) -> String {
    short(body(&table_csv(table, &Provenance::default(), "")))
}

/// A CSV from its header row on.
fn body(csv: &str) -> &[u8] {
    let comments: usize = csv.split_inclusive('\n').take_while(|l| l.starts_with('#')).map(str::len).sum();
    csv.get(comments..).unwrap_or_default().as_bytes()
}
