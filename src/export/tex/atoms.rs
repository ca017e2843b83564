//! The pieces of a label and what each is in LaTeX.

use super::{join, math_of, symbols};
use crate::figure::{Rich, Span, Style};

/// Where an atom belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Math,
    Text,
    /// Follows its neighbours.
    Either,
    Space,
}

/// The smallest piece of a label.
#[derive(Clone)]
pub(super) struct Atom {
    pub body: String,
    pub side: Side,
    /// A relation or operation.
    pub sign: bool,
    pub style: Style,
    /// What is lowered and raised beside nothing: the index of the atom before.
    pub index: Option<[String; 2]>,
}

impl Atom {
    pub fn new(body: &str, side: Side, style: Style) -> Self {
        Atom { body: body.into(), side, sign: false, style, index: None }
    }

    /// Its LaTeX inside mathematics.
    pub fn in_math(&self) -> String {
        let bold = self.style == Style::Bold && self.index.is_none();
        match &self.index {
            Some([low, high]) => script('_', low) + &script('^', high),
            None if bold && self.side != Side::Space => format!(r"\boldsymbol{{{}}}", self.body),
            None => self.body.clone(),
        }
    }
}

/// `_x` or `_{xy}`; nothing for an empty index.
fn script(mark: char, body: &str) -> String {
    let command = body.strip_prefix('\\').is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphabetic()));
    match body.chars().count() {
        0 => String::new(),
        1 => format!("{mark}{body}"),
        _ if command => format!("{mark}{body}"),
        _ => format!("{mark}{{{body}}}"),
    }
}

/// The pieces of a label, undecided where they are.
pub(super) fn atoms(label: &Rich) -> Vec<Atom> {
    let mut out = Vec::new();
    for span in &label.0 {
        match span.style {
            Style::Sub(italic) => index(&mut out, 0, &forced(&span.text, italic)),
            Style::Sup(italic) => index(&mut out, 1, &forced(&span.text, italic)),
            Style::Fraction => {
                let (above, below) = span.fraction().unwrap_or_default();
                let body = format!(r"\frac{{{}}}{{{}}}", math_of(&above), math_of(&below));
                out.push(Atom::new(&body, Side::Math, Style::Plain));
            }
            style => span.text.chars().for_each(|c| letter(&mut out, c, style)),
        }
    }
    out
}

/// Adds to the lower (0) or upper (1) index at the end of a row; one row of indices has one of each.
fn index(out: &mut Vec<Atom>, which: usize, body: &str) {
    if out.last().is_none_or(|atom| atom.index.is_none()) {
        out.push(Atom { index: Some(Default::default()), ..Atom::new("", Side::Math, Style::Plain) });
    }
    if let Some([low, high]) = out.last_mut().and_then(|atom| atom.index.as_mut()) {
        join(if which == 0 { low } else { high }, body);
    }
}

/// Adds one character.
fn letter(out: &mut Vec<Atom>, c: char, style: Style) {
    if let Some((base, mark)) = symbols::accented(c) {
        letter(out, base, style);
        return accent(out, mark);
    }
    if symbols::accent(c).is_some() {
        return accent(out, c);
    }
    if let Some((plain, raised)) = symbols::index(c) {
        let body = if plain == '′' { r"\prime".into() } else { forced(&plain.to_string(), true) };
        return index(out, usize::from(raised), &body);
    }
    let mut atom = Atom::new(c.encode_utf8(&mut [0; 4]), Side::Text, style);
    if let Some((name, sign)) = symbols::math(c) {
        (atom.body, atom.side, atom.sign) = (name.into(), Side::Math, sign);
    } else if c.is_whitespace() && c != '\u{a0}' || c.is_control() {
        (atom.body, atom.side) = (" ".into(), Side::Space);
    } else if "-,".contains(c) && out.last().is_some_and(|a| a.body.ends_with(c)) {
        // Two hyphens or commas in a row must not become a dash or a quotation mark.
        atom.body = format!("{{}}{c}");
    } else if let Some(name) = symbols::text(c) {
        atom.body = name.into();
    } else if "=+".contains(c) {
        (atom.side, atom.sign) = (Side::Either, true);
    } else if c.is_ascii_digit() || "./()".contains(c) {
        atom.side = Side::Either;
    } else if style == Style::Italic && c.is_ascii_alphabetic() {
        atom.side = Side::Math;
    }
    out.push(atom);
}

/// Puts an accent over the last letter.
fn accent(out: &mut [Atom], mark: char) {
    if let (Some(last), Some([math, text])) = (out.last_mut().filter(|a| a.index.is_none()), symbols::accent(mark)) {
        let command = if last.side == Side::Math { math } else { text };
        if matches!(last.side, Side::Math | Side::Text) {
            last.body = format!("{command}{{{}}}", last.body);
        }
    }
}

/// The characters of one index.
fn forced(text: &str, italic: bool) -> String {
    let style = if italic { Style::Italic } else { Style::Plain };
    math_of(&Rich(vec![Span { text: text.to_owned(), style }]))
}
