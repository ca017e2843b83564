//! A fault of a source: what is wrong, and exactly where.

use std::ops::Range;

use super::problem::Problem;
use crate::text::{Lang, fill, t};

/// Widest excerpt of a line [`Fault::caret`] shows, in columns of a terminal.
const WIDEST: usize = 100;

/// Why a source was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Bytes of the source that are at fault; empty where something is missing.
    pub span: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl Fault {
    /// The fault `problem` at `span` of `source`.
    pub(super) fn new(source: &str, span: Range<usize>, problem: Problem) -> Fault {
        let start = floor(source, span.start);
        let before = source.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let line = before.matches('\n').count() + 1;
        let column = before.get(line_start..).map_or(0, |s| s.chars().count()) + 1;
        Fault { span: start..floor(source, span.end).max(start), line, column, problem }
    }

    /// One sentence in `lang`: the place, what is wrong, and what would be accepted.
    pub fn say(&self, lang: Lang) -> String {
        let (line, column) = (self.line.to_string(), self.column.to_string());
        fill(t("Line {}, column {}: {}", "第 {} 行第 {} 列：{}").get(lang), &[&line, &column, &self.problem.say(lang)])
    }

    /// The line of `source` at fault and under it a line `^~~~` that marks the place, for a face of
    /// fixed width in which Chinese characters are two columns wide. A long line is cut to an
    /// excerpt around the place.
    pub fn caret(&self, source: &str) -> String {
        let start = floor(source, self.span.start);
        let line_start = source.get(..start).and_then(|s| s.rfind('\n')).map_or(0, |i| i + 1);
        let tail = source.get(line_start..).unwrap_or_default();
        let line = tail.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let (head, rest) = line.split_at(floor(line, start - line_start));
        let marked = floor(rest, self.span.end.saturating_sub(start));
        excerpt(head, rest.get(..marked).unwrap_or_default(), rest.get(marked..).unwrap_or_default())
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for Fault {}

/// The largest boundary between characters of `text` that is not past `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// The two lines of [`Fault::caret`] from the three parts of a line.
fn excerpt(head: &str, marked: &str, tail: &str) -> String {
    let head = shorten(&visible(head, true), WIDEST / 2, true);
    let marked = shorten(&visible(marked, false), WIDEST / 2, false);
    let room = WIDEST.saturating_sub(width(&head) + width(&marked));
    let tail = shorten(&visible(tail, false), room, false);
    let wave = "~".repeat(width(&marked).saturating_sub(1));
    format!("{head}{marked}{}\n{}^{wave}", tail.trim_end(), " ".repeat(width(&head)))
}

/// The text with every control character a blank; a byte-order mark at the start is left out.
fn visible(text: &str, from_start: bool) -> String {
    let text = if from_start { text.trim_start_matches('\u{feff}') } else { text };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// At most `room` columns of the text, from its end or its start; `…` stands for what is left out.
fn shorten(text: &str, room: usize, from_end: bool) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut used = 1;
    let mut fits = |c: &char| {
        used += columns(*c);
        used <= room
    };
    if from_end {
        let kept: Vec<char> = text.chars().rev().take_while(&mut fits).collect();
        std::iter::once('…').chain(kept.into_iter().rev()).collect()
    } else {
        text.chars().take_while(&mut fits).chain(std::iter::once('…')).collect()
    }
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns a character takes in a face of fixed width.
fn columns(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}
