//! Short labels with mathematics: italic variables, sub- and superscripts, bold.

/// How a span is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Upright text.
    Plain,
    /// A variable.
    Italic,
    /// Bold text.
    Bold,
    /// Subscript; `true` when italic.
    Sub(bool),
    /// Superscript; `true` when italic.
    Sup(bool),
    /// A fraction: the span's text is mark-up of the numerator and of the denominator, divided by
    /// U+2044; [`Span::fraction`] parses them.
    Fraction,
}

/// A run of characters in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The characters.
    pub text: String,
    /// Their style.
    pub style: Style,
}

impl Span {
    /// Numerator and denominator of a fraction.
    pub fn fraction(&self) -> Option<(Rich, Rich)> {
        let (above, below) = self.text.split_once('\u{2044}').filter(|_| self.style == Style::Fraction)?;
        Some((rich(&format!("${above}$")), rich(&format!("${below}$"))))
    }
}

/// A label as a list of spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<Span>);

/// Parses the label mark-up: `$…$` is mathematics, where letters are italic, digits and signs
/// upright, and `_x`, `^x`, `_{…}`, `^{…}` lower or raise (an index that is a word stays upright); `**…**` is bold; all else is plain.
/// Unbalanced marks are taken literally to the end; no input fails.
///
/// ```
/// use impetus::figure::rich;
/// assert_eq!(rich("rate $x_1$").plain(), "rate x1");
/// ```
pub fn rich(source: &str) -> Rich {
    let mut out = Rich::default();
    for (i, part) in source.split('$').enumerate() {
        if i % 2 == 1 {
            math(part, &mut out);
        } else {
            for (k, piece) in part.split("**").enumerate() {
                out.push(piece, if k % 2 == 1 { Style::Bold } else { Style::Plain });
            }
        }
    }
    out
}

fn math(part: &str, out: &mut Rich) {
    let mut chars = part.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '_' && c != '^' {
            let c = if c == '-' { '−' } else { c };
            out.push(c.encode_utf8(&mut [0; 4]), if c.is_alphabetic() { Style::Italic } else { Style::Plain });
            continue;
        }
        let group: String = if chars.next_if_eq(&'{').is_some() {
            chars.by_ref().take_while(|c| *c != '}').collect()
        } else {
            chars.next().into_iter().collect()
        };
        index(&group, |italic| if c == '_' { Style::Sub(italic) } else { Style::Sup(italic) }, out);
    }
}

/// One index: variables italic; digits, signs and words of three letters or more (max, opt) upright.
fn index(group: &str, style: impl Fn(bool) -> Style, out: &mut Rich) {
    let chars: Vec<char> = group.chars().map(|c| if c == '-' { '−' } else { c }).collect();
    for run in chars.chunk_by(|a, b| a.is_alphabetic() == b.is_alphabetic()) {
        let italic = run[0].is_alphabetic() && run.len() < 3;
        out.push(&run.iter().collect::<String>(), style(italic));
    }
}

impl From<&str> for Rich {
    /// Upright text, no mark-up.
    fn from(text: &str) -> Self {
        let mut out = Rich::default();
        out.push_plain(text);
        out
    }
}

impl Rich {
    /// Appends `text`, joining it to the last span when the style is the same.
    pub fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.0.push(Span { text: text.to_owned(), style }),
        }
    }

    /// Appends upright text.
    pub fn push_plain(&mut self, text: &str) {
        self.push(text, Style::Plain);
    }

    /// The characters alone, for accessible names, CSV headers and searching.
    pub fn plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether nothing would be drawn.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, Style, rich};

    #[test]
    fn markup_becomes_spans() {
        let table: [(&str, &[(&str, Style)]); 7] = [
            ("", &[]),
            ("time $t$", &[("time ", Style::Plain), ("t", Style::Italic)]),
            ("$x_1^2$", &[("x", Style::Italic), ("1", Style::Sub(false)), ("2", Style::Sup(false))]),
            ("$10^{-16}$", &[("10", Style::Plain), ("−16", Style::Sup(false))]),
            ("$f_{max}$", &[("f", Style::Italic), ("max", Style::Sub(false))]),
            ("**a** b", &[("a", Style::Bold), (" b", Style::Plain)]),
            ("$v_{n", &[("v", Style::Italic), ("n", Style::Sub(true))]),
        ];
        for (source, want) in table {
            let want: Vec<Span> =
                want.iter().map(|(text, style)| Span { text: (*text).into(), style: *style }).collect();
            assert_eq!(rich(source).0, want, "{source:?}");
        }
    }
}
