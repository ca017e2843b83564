//! The check before printing: a finished file held to what publishers ask.
//!
//! It reads the bytes that were written, not the intentions behind them: an SVG is parsed and laid
//! out again, a PDF is opened by a reader that did not write it, a PNG's chunks are read. Files of
//! other programs are checked as far as they can be understood; a hostile one costs little time and
//! never the program.
//!
//! `svg`, `pdf` and `png` inspect one format each, `plain` those that hold no picture; `report`
//! words and orders what they find.

mod pdf;
mod plain;
mod png;
mod report;
mod svg;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::export::Format;
use crate::text::{Lang, t};
use report::Desk;
pub use report::{Check, Finding, Report, Verdict};

/// What a file is meant to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Width in millimetres; `None` accepts any.
    pub width_mm: Option<f64>,
    /// Smallest lettering in points.
    pub font_pt: f64,
    /// Thinnest line in points.
    pub line_pt: f64,
    /// Least resolution of pictures in dots per inch.
    pub dpi: f64,
    /// Largest file in bytes.
    pub bytes: usize,
}

impl Default for Wanted {
    /// 5 pt lettering, 0.3 pt lines, 300 dpi and 10 MB, at any width.
    fn default() -> Self {
        Wanted { width_mm: None, font_pt: 5.0, line_pt: 0.3, dpi: 300.0, bytes: 10_000_000 }
    }
}

/// Inspects the bytes of a finished file. Formats that hold only numbers have nothing to check but
/// their size, and PGF its width besides.
pub fn inspect(bytes: &[u8], format: Format, wanted: &Wanted, lang: Lang) -> Report {
    // The parsers are other people's and the bytes anybody's: a reader that gives up is a finding.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut desk = Desk::new(wanted, lang);
        match format {
            Format::Svg => svg::inspect(bytes, &mut desk),
            Format::Pdf => pdf::inspect(bytes, &mut desk),
            Format::Png => png::inspect(bytes, &mut desk),
            _ => plain::inspect(bytes, &mut desk),
        }
        desk
    }));
    let mut desk = read.unwrap_or_else(|_| {
        let mut desk = Desk::new(wanted, lang);
        desk.fault(
            Check::Readable,
            t("The file cannot be read: its contents are damaged", "无法读取文件：内容已损坏"),
            &[],
        );
        desk
    });
    size(bytes.len(), &mut desk);
    desk.report()
}

fn size(bytes: usize, desk: &mut Desk<'_>) {
    let (found, most) = (megabytes(bytes), megabytes(desk.wanted.bytes));
    if bytes > desk.wanted.bytes {
        let text = t("The file takes {}; at most {} wanted", "文件大小为 {}；要求不超过 {}");
        desk.fault(Check::Size, text, &[&found, &most]);
    } else {
        desk.pass(
            Check::Size,
            t("The file takes {}, at most {} wanted", "文件大小为 {}，要求不超过 {}"),
            &[&found, &most],
        );
    }
}

/// Bytes as kB or MB, three digits.
fn megabytes(bytes: usize) -> String {
    let kilo = bytes as f64 / 1e3;
    match kilo {
        k if k < 10.0 => format!("{k:.1} kB"),
        k if k < 1000.0 => format!("{k:.0} kB"),
        k => format!("{:.1} MB", k / 1e3),
    }
}
