//! Files without a picture of their own: of PGF only the width can be told before LaTeX has run.

use super::report::{self, Desk};

/// Millimetres in one unit of TeX.
const UNITS: [(&str, f64); 5] = [("mm", 1.0), ("cm", 10.0), ("bp", 25.4 / 72.0), ("pt", 25.4 / 72.27), ("in", 25.4)];
/// How far into a file its bounding box stands.
const HEAD: usize = 200_000;

/// Hands in the width of a PGF picture, and nothing on numbers.
pub(super) fn inspect(bytes: &[u8], desk: &mut Desk<'_>) {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    if let Some(found) = pgf_width(&head) {
        report::width(found, desk);
    }
}

/// The width a PGF picture states in millimetres: between the corners of the rectangle that is its
/// bounding box.
fn pgf_width(text: &str) -> Option<f64> {
    let line = text.lines().find(|l| l.contains("use as bounding box") || l.contains("useasboundingbox"))?;
    let mut corners = line.split('(').skip(1).map(|c| c.split([',', ')']).next().unwrap_or(c).trim());
    let (left, right) = (corners.next()?, corners.next()?);
    Some(length(right)? - length(left)?)
}

/// A length of TeX in millimetres; a bare number is in centimetres.
fn length(text: &str) -> Option<f64> {
    let unit = UNITS.iter().find_map(|(unit, mm)| Some((text.strip_suffix(unit)?, *mm)));
    let (number, mm) = unit.unwrap_or((text, 10.0));
    Some(number.trim().parse::<f64>().ok()? * mm)
}
