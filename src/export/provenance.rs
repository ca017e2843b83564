//! What a file says about where it came from, enough to run it again.

use serde::{Deserialize, Serialize};

use super::ExportError;
use crate::text::Lang;

/// Everything needed to restore the exact run a figure shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provenance {
    /// Scene identifier.
    pub scene: String,
    /// Parameter id and value at the start, in text form.
    pub values: Vec<(String, String)>,
    /// Changes while it ran: step, parameter id, value.
    pub events: Vec<(u64, String, String)>,
    /// Figure or view shown.
    pub view: String,
    /// Seed of every random stream.
    pub seed: u64,
    /// Steps taken.
    pub steps: u64,
    /// Version of the program that saved it.
    pub version: String,
    /// Language of the labels.
    pub lang: Lang,
}

/// Marks the element, chunk or line that carries the JSON.
pub(crate) const KEY: &str = "impetus-provenance";
/// A file larger than this is not searched.
const LARGEST: usize = 256 << 20;

impl Provenance {
    /// One line of JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads [`Provenance::to_json`] back; unknown fields are ignored, missing ones are empty.
    ///
    /// # Errors
    /// [`ExportError::BadProvenance`] naming the line and column that cannot be read.
    pub fn from_json(json: &str) -> Result<Self, ExportError> {
        serde_json::from_str(json).map_err(|e| ExportError::BadProvenance(e.to_string()))
    }

    /// Finds and reads the provenance in the bytes of a saved SVG, PDF, PNG or CSV file.
    ///
    /// Nothing is decompressed or parsed but the one carrier, so a hostile file costs one scan.
    ///
    /// # Errors
    /// [`ExportError::NoProvenance`] when there is none, [`ExportError::BadProvenance`] when it is
    /// damaged.
    pub fn from_file(bytes: &[u8]) -> Result<Self, ExportError> {
        let bytes = bytes.get(..LARGEST).unwrap_or(bytes);
        let json = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            in_png(bytes)
        } else if bytes.starts_with(b"%PDF") {
            between(bytes, b"<pdf:Keywords>", b"</pdf:Keywords>").map(|t| unescape(&t))
        } else if let Some(line) = between(bytes, format!("# {KEY}: ").as_bytes(), b"\n") {
            Some(line.trim_end().to_owned())
        } else {
            in_svg(bytes)
        };
        Self::from_json(&json.ok_or(ExportError::NoProvenance)?)
    }
}

fn in_svg(bytes: &[u8]) -> Option<String> {
    let start = find(bytes, format!("id=\"{KEY}\"").as_bytes())?;
    between(&bytes[start..], b">", b"</metadata>").map(|t| unescape(&t))
}

/// The text of the `iTXt` chunk with our key, uncompressed as we write it.
fn in_png(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let data = rest.get(8..length.checked_add(8)?)?;
        if rest.get(4..8)? == b"iTXt" && data.strip_prefix(KEY.as_bytes()).is_some_and(|d| d.starts_with(&[0, 0])) {
            // After the key: NUL, compression flag and method, language NUL, translated key NUL.
            let text = data.get(KEY.len() + 3..)?.splitn(3, |b| *b == 0).nth(2)?;
            return String::from_utf8(text.to_vec()).ok();
        }
        rest = rest.get(length.checked_add(12)?..)?;
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

fn between(bytes: &[u8], start: &[u8], end: &[u8]) -> Option<String> {
    let rest = &bytes[find(bytes, start)? + start.len()..];
    String::from_utf8(rest[..find(rest, end)?].to_vec()).ok()
}

/// Undoes XML escaping, decimal and hexadecimal references included.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = rest.find(';').filter(|end| *end < 12).and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
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
