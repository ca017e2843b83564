//! What parts the columns of a text, and its decimal mark: whatever makes most of its fields numbers.

use super::cell::Cell;
use super::records::{Split, each};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Dialect {
    /// What parts columns.
    pub split: Split,
    /// Whether the comma is the decimal mark.
    pub comma: bool,
}

/// What is tried; of two that are as good the first is taken.
const ALL: [Dialect; 9] = [
    Dialect { split: Split::At(b'\t'), comma: false },
    Dialect { split: Split::At(b';'), comma: false },
    Dialect { split: Split::At(b'|'), comma: false },
    Dialect { split: Split::At(b','), comma: false },
    Dialect { split: Split::Blanks, comma: false },
    Dialect { split: Split::At(b';'), comma: true },
    Dialect { split: Split::At(b'\t'), comma: true },
    Dialect { split: Split::At(b'|'), comma: true },
    Dialect { split: Split::Blanks, comma: true },
];

/// What is taken where nothing is a number.
const USUAL: Dialect = Dialect { split: Split::At(b','), comma: false };

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 1 << 18;

impl Dialect {
    /// How `text` is written, as far as its beginning says.
    pub fn of(text: &str) -> Dialect {
        let mut end = SAMPLE.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let head = text.get(..end).unwrap_or(text);
        // A line that was cut would count against the right answer.
        let whole = head.rfind(['\n', '\r']).filter(|_| end < text.len()).and_then(|last| head.get(..=last));
        let sample = whole.unwrap_or(head);
        let mut best = (USUAL, 0.0);
        for dialect in ALL {
            let merit = dialect.merit(sample);
            if merit > best.1 {
                best = (dialect, merit);
            }
        }
        best.0
    }

    /// The share of lines with the usual number of columns, times the share of fields that are numbers; nothing if
    /// a comma would be the decimal mark of some fields and part words in others.
    fn merit(self, sample: &str) -> f64 {
        let (mut widths, mut fields_seen, mut numbers, mut parting) = (Vec::new(), 0.0, 0.0, false);
        // The visitor refuses nothing.
        let _ = each(sample, self.split, |_, fields| {
            widths.push(fields.len());
            fields_seen += fields.len() as f64;
            let is_number = |field: &&&str| matches!(Cell::of(field, self.comma), Cell::Number(_) | Cell::Infinite);
            numbers += fields.iter().filter(is_number).count() as f64;
            parting |= fields.len() == 1 && fields.iter().any(|field| parts_words(field));
            Ok(())
        });
        widths.sort_unstable();
        if self.comma && parting {
            return 0.0;
        }
        let usual = widths.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
        usual as f64 / widths.len() as f64 * (numbers / fields_seen)
    }
}

/// Whether a comma stands beside something that is no digit.
fn parts_words(field: &str) -> bool {
    field.split(',').skip(1).any(|right| !right.starts_with(|c: char| c.is_ascii_digit()))
        || field.rsplit(',').skip(1).any(|left| !left.ends_with(|c: char| c.is_ascii_digit()))
}
