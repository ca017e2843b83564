//! Labels and running text as LaTeX.
//!
//! A label becomes a row of atoms, each of which belongs to mathematics, to text or to neither
//! (digits, `=`, parentheses); those follow their neighbours, so that `−1.0` is `$-1.0$` and not
//! `$-$1.0`. `symbols` knows the names of characters. Chinese passes through as it is. The result
//! asks for the package `amsmath`.

mod symbols;

use crate::figure::{Rich, Span, Style, rich};

/// Divides the numerator of a fraction from its denominator.
const OVER: char = '\u{2044}';

/// A label as LaTeX text with mathematics between `$`.
///
/// ```
/// use impetus::{export::rich_to_tex, figure::rich};
/// assert_eq!(rich_to_tex(&rich("rate $λ_1 = 10^{-2}$ (1/s)")), r"rate $\lambda_1=10^{-2}$ (1/s)");
/// ```
pub fn rich_to_tex(label: &Rich) -> String {
    let mut atoms = atoms(label);
    settle(&mut atoms);
    inline(&atoms)
}

/// Plain text as LaTeX: nothing in it can act as a command, and symbols are set as mathematics.
pub fn escape(text: &str) -> String {
    rich_to_tex(&Rich::from(text))
}

/// Whether a piece of LaTeX holds characters that pdfLaTeX does not know, such as Chinese ones.
pub(crate) fn needs_unicode(tex: &str) -> bool {
    tex.chars().any(|c| {
        let latin = ('À'..='ÿ').contains(&c) && !"ÐÞðþ×÷".contains(c);
        !c.is_ascii() && !latin && !"£§¶©®".contains(c)
    })
}

/// Where an atom belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Math,
    Text,
    /// Follows its neighbours.
    Either,
    Space,
}

/// The smallest piece of a label.
#[derive(Clone)]
struct Atom {
    body: String,
    side: Side,
    /// A relation or operation.
    sign: bool,
    style: Style,
    /// What is lowered and raised beside nothing: the index of the atom before.
    index: Option<[String; 2]>,
}

impl Atom {
    fn new(body: &str, side: Side, style: Style) -> Self {
        Atom { body: body.into(), side, sign: false, style, index: None }
    }

    /// Its LaTeX inside mathematics.
    fn in_math(&self) -> String {
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

fn atoms(label: &Rich) -> Vec<Atom> {
    let mut out = Vec::new();
    for span in &label.0 {
        match span.style {
            Style::Sub(italic) => index(&mut out, 0, &forced(&span.text, italic)),
            Style::Sup(italic) => index(&mut out, 1, &forced(&span.text, italic)),
            Style::Fraction => {
                let (above, below) = span.text.split_once(OVER).unwrap_or((&span.text, ""));
                let part = |source: &str| math_of(&rich(&format!("${}$", source.replace('$', ""))));
                out.push(Atom::new(&format!(r"\frac{{{}}}{{{}}}", part(above), part(below)), Side::Math, Style::Plain));
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

/// Decides where the undecided atoms belong, and drops spaces that mathematics sets by itself.
fn settle(atoms: &mut Vec<Atom>) {
    settle_parentheses(atoms);
    let solid = |atoms: &[Atom], i: usize, step: isize| {
        let mut k = i;
        loop {
            k = k.checked_add_signed(step).filter(|k| *k < atoms.len())?;
            if atoms[k].side != Side::Space {
                return Some((k, k.abs_diff(i) == 1));
            }
        }
    };
    loop {
        let pulled = |i: &usize| {
            let atom = &atoms[*i];
            let math = |(k, beside): (usize, bool)| {
                let other = &atoms[k];
                other.side == Side::Math && (beside || atom.sign || other.sign)
            };
            let dot = atom.body == "." && !atoms.get(i + 1).is_some_and(|a| a.body.bytes().all(|b| b.is_ascii_digit()));
            let near = || [-1, 1].into_iter().filter_map(|step| solid(atoms, *i, step)).any(math);
            atom.side == Side::Either && !dot && near()
        };
        match (0..atoms.len()).find(pulled) {
            Some(i) => atoms[i].side = Side::Math,
            None => break,
        }
    }
    let superfluous = |i: usize| {
        let ends = [-1, 1].map(|step| solid(atoms, i, step).map(|(k, _)| &atoms[k]));
        let math = ends.iter().all(|a| a.is_some_and(|a| a.side == Side::Math));
        atoms[i].side == Side::Space && math && ends.iter().flatten().any(|a| a.sign)
    };
    let keep: Vec<bool> = (0..atoms.len()).map(|i| !superfluous(i)).collect();
    let mut keep = keep.into_iter();
    atoms.retain(|_| keep.next().unwrap_or(true));
    settle_roots(atoms);
}

/// A pair of parentheses around mathematics is mathematics; any other is text.
fn settle_parentheses(atoms: &mut [Atom]) {
    for i in 0..atoms.len() {
        if let Some(end) = closing(atoms, i) {
            let inner = &atoms[i + 1..end];
            let math = inner.iter().any(|a| a.side == Side::Math) && inner.iter().all(|a| a.side != Side::Text);
            let side = if math { Side::Math } else { Side::Text };
            (atoms[i].side, atoms[end].side) = (side, side);
        }
    }
    atoms.iter_mut().filter(|a| a.side == Side::Either && "()".contains(&a.body)).for_each(|a| a.side = Side::Text);
}

/// The parenthesis that closes the one at `i`.
fn closing(atoms: &[Atom], i: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (k, atom) in atoms.iter().enumerate().skip(i) {
        match atom.body.as_str() {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return (k > i).then_some(k);
        }
    }
    None
}

/// Draws a root over the number, the letter with its index or the parenthesis that follows its sign.
fn settle_roots(atoms: &mut Vec<Atom>) {
    while let Some(i) = atoms.iter().position(|a| a.body == r"\surd") {
        let digit = |a: &&Atom| a.side != Side::Space && a.body.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let rest = &atoms[i + 1..];
        let digits = rest.iter().take_while(|a| digit(a) && a.index.is_none()).count();
        let (count, inner) = match (closing(atoms, i + 1), rest.first()) {
            (Some(end), _) => (end - i, &atoms[i + 2..end]),
            (None, Some(_)) if digits > 0 => (digits, &rest[..digits]),
            (None, Some(first)) if first.side != Side::Space && !first.sign => {
                let count = 1 + usize::from(rest.get(1).is_some_and(|a| a.index.is_some()));
                (count, &rest[..count])
            }
            _ => (0, &rest[..0]),
        };
        let body = format!(r"\sqrt{{{}}}", all_math(inner));
        atoms.splice(i..=i + count, [Atom::new(&body, Side::Math, Style::Plain)]);
    }
}

/// Appends to a row of mathematics, apart from a command name before it.
fn join(out: &mut String, body: &str) {
    let name = out.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if name.len() < out.len() && name.ends_with('\\') && body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        out.push(' ');
    }
    out.push_str(body);
}

/// Text with mathematics between `$`.
fn inline(atoms: &[Atom]) -> String {
    let mut out = String::new();
    for run in atoms.chunk_by(|a, b| (a.side == Side::Math) == (b.side == Side::Math) && same_face(a, b)) {
        if run[0].side == Side::Math {
            out.push('$');
            let mut math = String::new();
            run.iter().for_each(|atom| join(&mut math, &atom.in_math()));
            out.push_str(&math);
            out.push('$');
        } else {
            let text: String = run.iter().map(|a| a.body.as_str()).collect();
            out.push_str(&in_face(&text, run[0].style));
        }
    }
    out
}

/// Mathematics of any face is one run; text changes with its face.
fn same_face(a: &Atom, b: &Atom) -> bool {
    a.side == Side::Math || a.style == b.style
}

fn in_face(text: &str, style: Style) -> String {
    match style {
        Style::Bold => format!(r"\textbf{{{text}}}"),
        // Variables named by hanzi stay upright, as print has no slanted ones.
        Style::Italic if !needs_unicode(text) => format!(r"\textit{{{text}}}"),
        _ => text.to_owned(),
    }
}

/// A label that stands inside mathematics already.
fn math_of(label: &Rich) -> String {
    let mut atoms = atoms(label);
    settle(&mut atoms);
    all_math(&atoms)
}

/// The same for the characters of one index.
fn forced(text: &str, italic: bool) -> String {
    let style = if italic { Style::Italic } else { Style::Plain };
    math_of(&Rich(vec![Span { text: text.to_owned(), style }]))
}

fn all_math(atoms: &[Atom]) -> String {
    let mut out = String::new();
    for run in atoms.chunk_by(|a, b| (a.side == Side::Text) == (b.side == Side::Text)) {
        if run[0].side == Side::Text {
            let text: String = run.iter().map(|a| a.body.as_str()).collect();
            let word = text.bytes().all(|b| b.is_ascii_alphabetic());
            out.push_str(&format!("\\{}{{{text}}}", if word { "mathrm" } else { "text" }));
        } else {
            let piece = |a: &Atom| if a.side == Side::Space { r"\ ".into() } else { a.in_math() };
            run.iter().for_each(|atom| join(&mut out, &piece(atom)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape, rich_to_tex};
    use crate::figure::{Rich, Span, Style, rich};

    #[test]
    fn labels_become_latex() {
        let table = [
            ("", ""),
            ("time $t$ (s)", "time $t$ (s)"),
            ("$q_1$", "$q_1$"),
            ("$q_{12}^2$", "$q_{12}^2$"),
            ("−1.0", "$-1.0$"),
            ("$10^{-16}$", "$10^{-16}$"),
            ("2.5×$10^{-3}$", r"$2.5\times10^{-3}$"),
            ("$f_{max}$", r"$f_{\mathrm{max}}$"),
            ("$F_{最大}$", r"$F_{\text{最大}}$"),
            ("step × curvature $ηλ$", r"step $\times$ curvature $\eta\lambda$"),
            ("步长 × 曲率 $ηλ$", r"步长 $\times$ 曲率 $\eta\lambda$"),
            ("$ζ = 0.1$", r"$\zeta=0.1$"),
            ("$λt$", r"$\lambda t$"),
            ("gain = 3", "gain = 3"),
            ("$q̇$ and $ẍ_0$", r"$\dot{q}$ and $\ddot{x}_0$"),
            ("$f(x + y)$", "$f(x+y)$"),
            ("(length of $q$)", "(length of $q$)"),
            ("√2 √(ab) $√λ_1$", r"$\sqrt{2}$ $\surd$(ab) $\sqrt{\lambda_1}$"),
            ("$∂f/∂x ≈ ∇f · v ≤ ∞$", r"$\partial f/\partial x\approx\nabla f\cdot v\leq\infty$"),
            ("m s⁻¹ at 90°", r"m s$^{-1}$ at $90^\circ$"),
            ("**a** b", r"\textbf{a} b"),
            ("$Δx → 0$", r"$\varDelta x\to0$"),
            ("a.u.", "a.u."),
            ("a--b", "a{-}{-}b"),
            ("$x_1$²", "$x_1^2$"),
            ("naïve 图 😀", "naïve 图 😀"),
        ];
        for (source, want) in table {
            assert_eq!(rich_to_tex(&rich(source)), want, "{source:?}");
        }
    }

    #[test]
    fn fractions_are_set_as_such() {
        let fraction = |text: &str| Rich(vec![Span { text: text.into(), style: Style::Fraction }]);
        assert_eq!(rich_to_tex(&fraction("c_1⁄2√{mk}")), r"$\frac{c_1}{2\sqrt{\{}mk\}}$");
        assert_eq!(rich_to_tex(&fraction("1⁄2")), r"$\frac{1}{2}$");
    }

    #[test]
    fn nothing_in_text_can_act() {
        assert_eq!(
            escape(r#"#$%&_{}~^\`"<|"#),
            r"\#\$\%\&\_\{\}\textasciitilde{}\textasciicircum{}\textbackslash{}\textasciigrave{}''$<|$"
        );
        assert_eq!(escape("a\nb\u{0}c"), "a b c");
    }
}
