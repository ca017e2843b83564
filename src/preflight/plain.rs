//! Files without a picture of their own: of PGF only the width can be told before LaTeX has run.

use super::report::{self, Desk};

/// Millimetres in one unit of TeX.
const UNITS: [(&str, f64); 5] = [("mm", 1.0), ("cm", 10.0), ("bp", 25.4 / 72.0), ("pt", 25.4 / 72.27), ("in", 25.4)];
/// How far into a file its bounding box may stand.
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
    let (start, picture) = text.split_once("\\begin{tikzpicture}")?.1.split_once("\\useasboundingbox")?;
    let unit = start.split_once("x=").and_then(|(_, tail)| length(tail.split([',', ']']).next()?, 10.0));
    let corners = picture.split(';').next()?.split('(').skip(1);
    let mut places = corners.map(|c| length(c.split([',', ')']).next().unwrap_or(c), unit.unwrap_or(10.0)));
    let (left, right) = (places.next()??, places.next()??);
    Some(right - left)
}

/// A length of TeX in millimetres; a bare number counts units of `bare` millimetres.
fn length(text: &str, bare: f64) -> Option<f64> {
    let text = text.trim();
    let unit = UNITS.iter().find_map(|(unit, mm)| Some((text.strip_suffix(unit)?, *mm)));
    let (number, mm) = unit.unwrap_or((text, bare));
    number.trim().parse::<f64>().ok().map(|v| v * mm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_bounding_box() {
        let picture = |options: &str, corners: &str| {
            format!("% 89 mm\n\\begin{{tikzpicture}}{options}\n\\useasboundingbox {corners};\n\\draw (0,0) -- (9,9);")
        };
        let table = [
            (picture("[x=1bp, y=1bp, font=\\small]", "(0,0) rectangle (252.28,100)"), Some(89.0)),
            (picture("", "(0,0) rectangle (8.9,5)"), Some(89.0)),
            (picture("", "(-1mm,0) rectangle (88mm,5)"), Some(89.0)),
            (picture("[x=2cm]", "(0pt,0) rectangle (253.23pt,5)"), Some(89.0)),
            (picture("", "(0,0) circle"), None),
            ("time,position\n0,1\n".to_owned(), None),
        ];
        for (text, wanted) in table {
            let found = pgf_width(&text);
            let near = found.zip(wanted).is_some_and(|(a, b)| (a - b).abs() < 0.01);
            assert!(near || found == wanted, "{text}: {found:?}");
        }
    }
}
