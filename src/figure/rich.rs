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

/// A label as a list of spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich(pub Vec<Span>);

/// Divides the numerator from the denominator in the text of a [`Style::Fraction`] span.
const BAR: char = '\u{2044}';

/// Parses the label mark-up: `$…$` is mathematics, where letters are italic, digits and signs
/// upright, `_x`, `^x`, `_{…}`, `^{…}` lower or raise (an index of two letters or more is a word
/// and stays upright), and `\frac{…}{…}` is a fraction of two pieces of mathematics; `**…**` is
/// bold; all else is plain. Unbalanced marks are taken literally; no input fails.
///
/// ```
/// use impetus::figure::rich;
/// assert_eq!(rich("rate $x_1$").plain(), "rate x1");
/// assert_eq!(rich(r"$\frac{η + 1}{2m}$").plain(), "(η + 1)/(2m)");
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

/// One index: a single letter is a variable; digits, signs and words (eq, max) stay upright.
fn index(group: &str, style: impl Fn(bool) -> Style, out: &mut Rich) {
    let chars: Vec<char> = group.chars().map(|c| if c == '-' { '−' } else { c }).collect();
    for run in chars.chunk_by(|a, b| is_variable(*a) == is_variable(*b)) {
        let italic = run.len() == 1 && run.iter().all(|c| is_variable(*c));
        out.push(&run.iter().collect::<String>(), style(italic));
    }
}

impl Span {
    /// Numerator and denominator of a [`Style::Fraction`] span, `None` for any other. Neither holds
    /// a fraction again: one inside is set on the line.
    pub fn fraction(&self) -> Option<(Rich, Rich)> {
        let (numerator, denominator) = self.text.split_once(BAR).filter(|_| self.style == Style::Fraction)?;
        let parse = |source: &str| {
            let mut part = Rich::default();
            math(source, &mut part);
            part.on_line()
        };
        Some((parse(numerator), parse(denominator)))
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
    /// Appends `text`, joining it to the last span when the style is the same; fractions stay apart.
    pub fn push(&mut self, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.style == style && style != Style::Fraction => last.text.push_str(text),
            _ => self.0.push(Span { text: text.to_owned(), style }),
        }
    }

    /// Appends upright text.
    pub fn push_plain(&mut self, text: &str) {
        self.push(text, Style::Plain);
    }

    /// The characters alone, for accessible names, CSV headers and searching.
    pub fn plain(&self) -> String {
        self.on_line().0.iter().map(|span| span.text.as_str()).collect()
    }

    /// The same label with every fraction set on the line, as a/b with the parentheses it needs.
    #[must_use]
    pub fn on_line(&self) -> Rich {
        let mut out = Rich::default();
        for span in &self.0 {
            match span.fraction() {
                Some((numerator, denominator)) => {
                    out.append(numerator.bracketed(false));
                    out.push_plain("/");
                    out.append(denominator.bracketed(true));
                }
                None => out.push(&span.text, span.style),
            }
        }
        out
    }

    fn append(&mut self, other: Rich) {
        for span in other.0 {
            self.push(&span.text, span.style);
        }
    }

    /// In parentheses if it is a sum, or, as a divisor, a product.
    fn bracketed(self, divisor: bool) -> Rich {
        let base = self.0.iter().filter(|s| !matches!(s.style, Style::Sub(_) | Style::Sup(_)));
        let text: String = base.map(|s| s.text.as_str()).collect();
        if !(has_terms(&text) || divisor && has_factors(&text)) {
            return self;
        }
        let mut out = Rich::from("(");
        out.append(self);
        out.push_plain(")");
        out
    }

    /// Whether nothing would be drawn.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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

fn has_terms(text: &str) -> bool {
    outside(text).char_indices().any(|(at, c)| "−=<>≈".contains(c) && at > 0 || "+±".contains(c))
}

fn has_factors(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let grouped = chars.windows(2).any(|w| w[1] == '(');
    let number_times = chars.windows(2).any(|w| w[0].is_ascii_digit() && w[1].is_alphabetic());
    grouped || number_times || outside(text).trim().contains(['·', '×', '/', ' '])
}

#[cfg(test)]
mod tests {
    use super::{Span, Style, rich};

    #[test]
    fn markup_becomes_spans() {
        let table: &[(&str, &[(&str, Style)])] = &[
            ("", &[]),
            ("time $t$", &[("time ", Style::Plain), ("t", Style::Italic)]),
            ("$x_1^2$", &[("x", Style::Italic), ("1", Style::Sub(false)), ("2", Style::Sup(false))]),
            ("$10^{-16}$", &[("10", Style::Plain), ("−16", Style::Sup(false))]),
            ("$f_{max}$", &[("f", Style::Italic), ("max", Style::Sub(false))]),
            ("$x_{eq}$", &[("x", Style::Italic), ("eq", Style::Sub(false))]),
            ("$T_{PD}$", &[("T", Style::Italic), ("PD", Style::Sub(false))]),
            ("$x_{n+1}$", &[("x", Style::Italic), ("n", Style::Sub(true)), ("+1", Style::Sub(false))]),
            ("$η_{2k}$", &[("η", Style::Italic), ("2", Style::Sub(false)), ("k", Style::Sub(true))]),
            ("$q_快$", &[("q", Style::Italic), ("快", Style::Sub(false))]),
            ("$欠 q$", &[("欠 ", Style::Plain), ("q", Style::Italic)]),
            ("**a** b", &[("a", Style::Bold), (" b", Style::Plain)]),
            ("$v_{n", &[("v", Style::Italic), ("n", Style::Sub(true))]),
            (r"$\frac{c}{2m}$", &[("c⁄2m", Style::Fraction)]),
            (r"$\frac{a}{b}\frac{c}{d}$", &[("a⁄b", Style::Fraction), ("c⁄d", Style::Fraction)]),
            (r"$\frac{x_{eq}}{2}t$", &[("x_{eq}⁄2", Style::Fraction), ("t", Style::Italic)]),
            (r"\frac{a}{b}", &[(r"\frac{a}{b}", Style::Plain)]),
            (
                r"$\frac{a}$",
                &[
                    ("\\", Style::Plain),
                    ("frac", Style::Italic),
                    ("{", Style::Plain),
                    ("a", Style::Italic),
                    ("}", Style::Plain),
                ],
            ),
        ];
        for (source, want) in table {
            let want: Vec<Span> =
                want.iter().map(|(text, style)| Span { text: (*text).into(), style: *style }).collect();
            assert_eq!(rich(source).0, want, "{source:?}");
        }
    }

    #[test]
    fn fractions_read_on_one_line() {
        let table = [
            (r"$\frac{c}{m}$", "c/m"),
            (r"$\frac{c}{2m}$", "c/(2m)"),
            (r"$\frac{1 - β}{h}$", "(1 − β)/h"),
            (r"$\frac{-1}{h}$", "−1/h"),
            (r"$\frac{x_{n+1}}{h}$", "xn+1/h"),
            (r"$\frac{1}{(1-β)}$", "1/(1−β)"),
            (r"$\frac{1}{(1-β)(1+β)}$", "1/((1−β)(1+β))"),
            (r"$a = \frac{\frac{b}{c}}{d}$", "a = b/c/d"),
            (r"$\frac{a}{\frac{b}{c}}$", "a/(b/c)"),
            (r"$\frac{}{}$", "/"),
        ];
        for (source, want) in table {
            assert_eq!(rich(source).plain(), want, "{source}");
        }
        let label = rich(r"$\frac{v_{max} + 1}{\frac{b}{c}}$");
        let (top, bottom) = label.0[0].fraction().unwrap();
        assert_eq!((top.plain().as_str(), bottom.plain().as_str()), ("vmax + 1", "b/c"));
        assert!(top.0.contains(&Span { text: "max".into(), style: Style::Sub(false) }), "{top:?}");
        assert!(bottom.0.iter().all(|s| s.style != Style::Fraction), "{bottom:?}");
    }

    #[test]
    fn no_markup_fails() {
        let pieces = ["$", "\\frac", "{", "}", "_", "^", "a", "⁄", "**", "é", "{{{"];
        for code in 0..pieces.len().pow(4) {
            let word: String = (0..4).map(|k| pieces[code / pieces.len().pow(k) % pieces.len()]).collect();
            for source in [word.clone(), format!("$\\frac{{{word}}}{{b}}"), format!("${word}")] {
                let label = rich(&source);
                let parts: Vec<_> = label.0.iter().filter_map(Span::fraction).collect();
                assert!(parts.len() <= source.len() && label.plain().len() <= 3 * source.len() + 4, "{source:?}");
            }
        }
        assert!(rich(&format!("${}", "\\frac{".repeat(20_000))).plain().len() > 100_000);
    }
}
