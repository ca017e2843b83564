//! The mark-up between dollar signs.

use super::{Rich, Style};

/// Divides the numerator from the denominator in the text of a [`Style::Fraction`] span.
pub(super) const BAR: char = '\u{2044}';

/// Appends a piece of mathematics.
pub(super) fn math(part: &str, out: &mut Rich) {
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        if let Some((numerator, denominator, after)) = fraction(rest) {
            let parts = [numerator, denominator].map(|p| p.replace(BAR, "/"));
            out.push(&format!("{}{BAR}{}", parts[0], parts[1]), Style::Fraction);
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c != '_' && c != '^' {
            let c = if c == '-' { '−' } else { c };
            out.push(c.encode_utf8(&mut [0; 4]), if is_variable(c) { Style::Italic } else { Style::Plain });
            continue;
        }
        let (content, after) = match rest.strip_prefix('{') {
            Some(open) => open.split_once('}').unwrap_or((open, "")),
            None => rest.split_at(rest.chars().next().map_or(0, char::len_utf8)),
        };
        index(content, |italic| if c == '_' { Style::Sub(italic) } else { Style::Sup(italic) }, out);
        rest = after;
    }
}

/// Numerator, denominator and what follows a fraction at the head of `text`.
fn fraction(text: &str) -> Option<(&str, &str, &str)> {
    let (numerator, rest) = group(text.strip_prefix("\\frac")?)?;
    let (denominator, rest) = group(rest)?;
    Some((numerator, denominator, rest))
}

/// The content of the braces at the head of `text`, which may hold one more level, and the rest.
fn group(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        match depth {
            0 => return Some((&inner[..at], &inner[at + 1..])),
            1 | 2 => {}
            _ => return None,
        }
    }
    None
}

/// Letters that are set slanted: those of alphabets, not Chinese characters.
fn is_variable(c: char) -> bool {
    c.is_alphabetic() && c < '\u{2e80}'
}

/// One index: a single letter is a variable, and so is each Greek one; digits, signs and words (eq,
/// max) stay upright.
fn index(group: &str, style: impl Fn(bool) -> Style, out: &mut Rich) {
    let chars: Vec<char> = group.chars().map(|c| if c == '-' { '−' } else { c }).collect();
    for run in chars.chunk_by(|a, b| is_variable(*a) == is_variable(*b)) {
        let greek = run.iter().all(|c| ('α'..='ω').contains(c));
        let italic = (run.len() == 1 || greek) && run.iter().all(|c| is_variable(*c));
        out.push(&run.iter().collect::<String>(), style(italic));
    }
}

/// The characters that stand in no parentheses.
fn outside(text: &str) -> String {
    let mut depth = 0;
    let keep = |c: &char| {
        depth += i32::from(*c == '(');
        let out = depth <= 0;
        depth -= i32::from(*c == ')');
        out
    };
    text.chars().filter(keep).collect()
}

/// Whether a text is a sum or a relation, but for a sign in front.
pub(super) fn has_terms(text: &str) -> bool {
    outside(text).char_indices().any(|(at, c)| "−=<>≈".contains(c) && at > 0 || "+±".contains(c))
}

/// Whether a text is a product that would be misread after a slash.
pub(super) fn has_factors(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let grouped = chars.windows(2).any(|w| w[1] == '(');
    let number_times = chars.windows(2).any(|w| w[0].is_ascii_digit() && w[1].is_alphabetic());
    grouped || number_times || outside(text).trim().contains(['·', '×', '/', ' '])
}
