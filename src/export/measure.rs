//! How wide a label is, and where to break it.

use super::fonts::{Cut, advance};
use crate::figure::{Rich, Span, Style};

/// Height of digits and capitals, in em.
pub(crate) const CAP: f64 = 0.714;
/// From the baseline to the top of the tallest character set (hanzi, accents, superscripts), in em.
pub(crate) const ASCENT: f64 = 0.88;
/// From the baseline down to the lowest, in em.
pub(crate) const DESCENT: f64 = 0.26;
/// Distance of baselines, in em.
pub(crate) const LEADING: f64 = 1.25;
/// Size of sub- and superscripts relative to the text.
const SMALL: f64 = 0.72;
/// No character is set smaller than this, in points.
pub(crate) const SMALLEST: f64 = 5.0;
/// Size of the parts of a fraction relative to the text, and the air on both sides of its bar, in em.
const PART: f64 = 0.82;
const BESIDE: f64 = 0.1;
/// Height of the bar of a fraction over the baseline, in em.
pub(crate) const AXIS: f64 = 0.26;

/// The cut, size and baseline shift (down positive) of a style in text of `size`.
pub(crate) fn setting(style: Style, size: f64) -> (Cut, f64, f64) {
    let small = (SMALL * size).max(SMALLEST).min(size);
    let cut = |italic| if italic { Cut::Italic } else { Cut::Regular };
    match style {
        Style::Plain | Style::Fraction => (Cut::Regular, size, 0.0),
        Style::Italic => (Cut::Italic, size, 0.0),
        Style::Bold => (Cut::Bold, size, 0.0),
        Style::Sub(italic) => (cut(italic), small, 0.20 * size),
        Style::Sup(italic) => (cut(italic), small, -0.36 * size),
    }
}

/// Width of a label set at `size`, in the unit of `size`.
pub(crate) fn width(label: &Rich, size: f64) -> f64 {
    let kerns: f64 = label.0.windows(2).map(|pair| kern(&pair[0], &pair[1], size)).sum();
    label.0.iter().map(|span| span_width(span, size)).sum::<f64>() + kerns
}

/// Air between a slanted letter and what is raised beside it, which would touch otherwise.
pub(crate) fn kern(left: &Span, right: &Span, size: f64) -> f64 {
    match (left.style, right.style) {
        (Style::Italic, Style::Sup(_)) => 0.08 * size,
        _ => 0.0,
    }
}

/// Size of the parts of a fraction in text of `size`.
pub(crate) fn part_size(size: f64) -> f64 {
    (PART * size).max(SMALLEST).min(size)
}

/// Distance of a label's top and bottom from its baseline.
pub(crate) fn reach(label: &Rich, size: f64) -> [f64; 2] {
    let parts: Vec<_> = label.0.iter().filter_map(Span::fraction).collect();
    let part = part_size(size);
    let tall = parts.iter().map(|(above, _)| reach(above, part).iter().sum::<f64>()).fold(0.0, f64::max);
    let deep = parts.iter().map(|(_, below)| reach(below, part).iter().sum::<f64>()).fold(0.0, f64::max);
    [(tall + AXIS * size).max(ASCENT * size), (deep - AXIS * size).max(DESCENT * size)]
}

/// Height of a line of text with its leading.
pub(crate) fn line_height(label: &Rich, size: f64) -> f64 {
    let [rise, drop] = reach(label, size);
    rise + drop + (LEADING - ASCENT - DESCENT) * size
}

pub(crate) fn span_width(span: &Span, size: f64) -> f64 {
    if let Some((above, below)) = span.fraction() {
        let part = part_size(size);
        return width(&above, part).max(width(&below, part)) + 2.0 * BESIDE * size;
    }
    let (cut, size, _) = setting(span.style, size);
    span.text.chars().map(|c| advance(c, cut)).sum::<f64>() * size
}

/// Breaks a label at spaces (or between hanzi) into lines no wider than `room`, where it can.
pub(crate) fn wrap(label: &Rich, size: f64, room: f64) -> Vec<Rich> {
    let total = width(label, size);
    if total <= room || room <= 0.0 {
        return vec![label.clone()];
    }
    // Lines of even length look better than a full one and a rest, but not if that takes more lines.
    let least = (total / room).ceil();
    let even = filled(label, size, (total / least * 1.15).min(room));
    if even.len() as f64 <= least { even } else { filled(label, size, room) }
}

/// Lines filled word by word up to `room`.
fn filled(label: &Rich, size: f64, room: f64) -> Vec<Rich> {
    let (mut lines, mut line) = (Vec::new(), Rich::default());
    for word in words(label) {
        if !line.is_empty() && width(&line, size) + width(&word, size) > room {
            lines.push(std::mem::take(&mut line));
        }
        for span in word.0 {
            line.push(&span.text, span.style);
        }
    }
    lines.push(line);
    lines.into_iter().map(trimmed).filter(|l| !l.is_empty()).collect()
}

/// Pieces that stay whole: a piece keeps the space that ends it, an index stays with its base and
/// a sign with both its sides.
fn words(label: &Rich) -> Vec<Rich> {
    const SIGNS: &str = "−+=×·/<>≤≥≈∝";
    let (mut words, mut word) = (Vec::new(), Rich::default());
    // The last character that is not a space, and whether a piece may end here.
    let (mut last, mut ended) = (' ', false);
    for span in &label.0 {
        let index = matches!(span.style, Style::Sub(_) | Style::Sup(_));
        if span.style == Style::Fraction {
            word.push(&span.text, span.style);
            (last, ended) = ('⁄', false);
            continue;
        }
        for c in span.text.chars() {
            if ended && c != ' ' && !index && !SIGNS.contains(c) {
                words.push(std::mem::take(&mut word));
            }
            word.push(c.encode_utf8(&mut [0; 4]), span.style);
            let hanzi = ('\u{4e00}'..'\u{a000}').contains(&c);
            ended = if c == ' ' { ended || !SIGNS.contains(last) } else { hanzi };
            last = if c == ' ' { last } else { c };
        }
    }
    words.push(word);
    words
}

fn trimmed(mut line: Rich) -> Rich {
    if let Some(last) = line.0.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    line.0.retain(|span| !span.text.is_empty());
    line
}
