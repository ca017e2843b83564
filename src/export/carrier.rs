//! Where the provenance sits in a file of each format.
//!
//! PNG has a text chunk, PDF a keyword. Text formats name [`KEY`] next to the JSON, each in its own
//! manner: SVG as the identifier of an element, CSV and TeX on a comment line, JSON as a key.

use super::provenance::KEY;
use super::{Damage, ExportError, LARGEST};

/// The longest JSON that is read, in bytes: far more than the longest run needs.
const LONGEST: usize = 4 << 20;

/// The JSON as it was saved.
pub(super) fn find(bytes: &[u8]) -> Result<String, ExportError> {
    let bytes = bytes.get(..LARGEST).unwrap_or(bytes);
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        in_png(bytes)
    } else if bytes.starts_with(b"%PDF") {
        in_pdf(bytes)
    } else {
        in_text(bytes)
    }
}

const NONE: ExportError = ExportError::NoProvenance;
const CUT_OFF: ExportError = ExportError::BadProvenance(Damage::CutOff);

/// The text of the `iTXt` chunk with our key, uncompressed as we write it.
fn in_png(bytes: &[u8]) -> Result<String, ExportError> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        if kind == *b"iTXt" && tail.strip_prefix(KEY.as_bytes()).is_some_and(|d| d.starts_with(&[0, 0])) {
            // After the key: NUL, compression flag and method, language NUL, translated key NUL.
            let text = tail.get(KEY.len() + 3..length).ok_or(CUT_OFF)?.splitn(3, |b| *b == 0).nth(2);
            return text.and_then(|t| String::from_utf8(t.to_vec()).ok()).ok_or(CUT_OFF);
        }
        rest = tail.get(length.saturating_add(4)..).unwrap_or_default();
    }
    Err(NONE)
}

/// The one keyword of a PDF; those of other programs are no JSON.
fn in_pdf(bytes: &[u8]) -> Result<String, ExportError> {
    let tag = b"<pdf:Keywords>";
    let start = position(bytes, tag).ok_or(NONE)? + tag.len();
    let text = bytes.get(start..).unwrap_or_default();
    if !text.trim_ascii_start().starts_with(b"{") {
        return Err(NONE);
    }
    until(text, b"</pdf:Keywords>").map(|t| unescape(&t))
}

/// The first place where the key is what a writer of ours makes of it.
fn in_text(bytes: &[u8]) -> Result<String, ExportError> {
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| position(rest, KEY.as_bytes())) {
        let (before, after) = bytes.split_at(from + at);
        let after = after.get(KEY.len()..).unwrap_or_default();
        if before.ends_with(b"id=\"")
            && let Some(text) = after.strip_prefix(b"\">")
        {
            return until(text, b"</metadata>").map(|t| unescape(&t));
        }
        if (before.ends_with(b"# ") || before.ends_with(b"% "))
            && let Some(text) = after.strip_prefix(b": ")
        {
            return line(text);
        }
        if before.ends_with(b"\"")
            && let Some(text) = after.strip_prefix(b"\"").and_then(|t| t.trim_ascii_start().strip_prefix(b":"))
        {
            return object(text);
        }
        from += at + KEY.len();
    }
    Err(NONE)
}

/// The text up to the end of its line or of the file.
fn line(text: &[u8]) -> Result<String, ExportError> {
    let text = text.get(..LONGEST).unwrap_or(text);
    let end = text.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(text.len());
    String::from_utf8(text.get(..end).unwrap_or_default().to_vec()).map_err(|_| CUT_OFF)
}

/// The object that starts here, up to the brace that closes it.
fn object(text: &[u8]) -> Result<String, ExportError> {
    let text = text.get(..LONGEST).unwrap_or(text).trim_ascii_start();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (k, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && !quoted {
            return String::from_utf8(text.get(..=k).unwrap_or_default().to_vec()).map_err(|_| CUT_OFF);
        }
    }
    Err(CUT_OFF)
}

fn until(text: &[u8], end: &[u8]) -> Result<String, ExportError> {
    let text = text.get(..LONGEST).unwrap_or(text);
    let end = position(text, end).ok_or(CUT_OFF)?;
    String::from_utf8(text.get(..end).unwrap_or_default().to_vec()).map_err(|_| CUT_OFF)
}

fn position(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

/// Undoes XML escaping, decimal and hexadecimal references included.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // A name is short, so that a text full of ampersands costs one pass.
        let end = rest.bytes().take(12).position(|b| b == b';');
        let known = end.and_then(|end| Some((entity(rest.get(1..end)?)?, end + 1)));
        let (c, length) = known.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let code = name.strip_prefix('#')?;
            let number =
                code.strip_prefix('x').map_or_else(|| code.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(number?)
        }
    }
}
