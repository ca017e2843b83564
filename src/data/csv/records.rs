//! The lines of a table as fields.

use super::super::fault::Fault;

/// What parts the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// This character; a field in quotes may hold it.
    At(u8),
    /// Any number of blanks.
    Blanks,
}

/// Calls `visit` with the place in the text and the fields of every line that has something to say, until
/// it refuses one.
pub(super) fn each(
    text: &str,
    split: Split,
    mut visit: impl FnMut(usize, &[&str]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut visit = |at: usize, fields: &[&str]| {
        let silent = fields.iter().all(|field| field.is_empty());
        let comment = fields.first().is_some_and(|field| field.starts_with('#'));
        if silent || comment { Ok(()) } else { visit(at, fields) }
    };
    match split {
        Split::Blanks => {
            for line in text.split(['\n', '\r']) {
                let fields: Vec<&str> = line.split_whitespace().map(|field| field.trim_matches('"')).collect();
                visit(line.as_ptr().addr() - text.as_ptr().addr(), &fields)?;
            }
        }
        Split::At(mark) => {
            let mut reader = ::csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .comment(Some(b'#'))
                .delimiter(mark)
                .from_reader(text.as_bytes());
            let mut record = ::csv::StringRecord::new();
            // Bytes in memory that are known to be text cannot fail to be read.
            while reader.read_record(&mut record).unwrap_or(false) {
                let at = record.position().map_or(0, |place| place.byte() as usize);
                let fields: Vec<&str> = record.iter().map(str::trim).collect();
                visit(at, &fields)?;
            }
        }
    }
    Ok(())
}

/// The number of the line, from 1, whose first field is the first to be found from byte `at` on: what a
/// reader of records calls the beginning of one may lie before line ends, blank lines and comments.
pub(super) fn line(text: &str, at: usize) -> usize {
    let mut start = at.min(text.len());
    while let Some(rest) = text.get(start..) {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let head = rest.get(..end).unwrap_or_default();
        if end == rest.len() || !(head.trim().is_empty() || head.starts_with('#')) {
            break;
        }
        start += end + 1;
    }
    let before = text.get(..start).unwrap_or(text).as_bytes();
    let breaks = |pair: &[u8]| matches!(pair, [b'\n', ..]) || matches!(pair, [b'\r', next] if *next != b'\n');
    let last = before.last().is_some_and(|b| *b == b'\n' || *b == b'\r');
    1 + before.windows(2).filter(|pair| breaks(pair)).count() + usize::from(last)
}

/// The names in the last comment before byte `at`, if there are as many as columns.
pub(super) fn commented_names(text: &str, at: usize, split: Split, width: usize) -> Option<Vec<&str>> {
    let rest = text.get(at..)?;
    let skipped = rest.split_inclusive(['\n', '\r']).take_while(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#')
    });
    let start = at + skipped.map(str::len).sum::<usize>();
    let comment = text.get(..start)?.lines().rev().map(str::trim).find(|line| !line.is_empty())?;
    let body = comment.strip_prefix('#')?.trim_start_matches('#').trim();
    let names: Vec<&str> = match split {
        Split::Blanks => body.split_whitespace().collect(),
        Split::At(mark) => body.split(char::from(mark)).map(str::trim).collect(),
    };
    (names.len() == width && names.iter().all(|name| name.parse::<f64>().is_err())).then_some(names)
}
