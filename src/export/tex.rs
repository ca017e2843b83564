//! Labels and running text as LaTeX.
//!
//! A label becomes a row of atoms, each of which belongs to mathematics, to text or to neither
//! (digits, `=`, parentheses); those follow their neighbours, so that `−1.0` is `$-1.0$` and not
//! `$-$1.0` (`atoms` takes a label apart,
//! `settle` decides). `symbols` knows the names of characters. Chinese passes through as it is. The result
//! asks for the package `amsmath`.

mod atoms;
mod settle;
mod symbols;

use crate::figure::{Rich, Style};
use atoms::{Atom, Side, atoms};
use settle::settle;

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

/// The number at a tick as LaTeX: all of it mathematics, so that −1 and 1 have digits of one font.
pub(crate) fn number_to_tex(label: &Rich) -> String {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let text = label.plain();
    let plain = label.0.iter().all(|span| span.style == Style::Plain) && !text.is_empty();
    if plain && text.chars().all(digits) { format!("${text}$") } else { rich_to_tex(label) }
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
            ("√2 √(ab) $√λ_1$", r"$\sqrt{2}$ $\sqrt{\mathrm{ab}}$ $\sqrt{\lambda_1}$"),
            ("$∂f/∂x ≈ ∇f · v ≤ ∞$", r"$\partial f/\partial x\approx\nabla f\cdot v\leq\infty$"),
            ("m s⁻¹ at 90°", r"m s$^{-1}$ at $90^\circ$"),
            ("**a** b", r"\textbf{a} b"),
            ("$Δx → 0$", r"$\varDelta x\to0$"),
            ("a.u.", "a.u."),
            ("a--b, c,,d", "a-{}-b, c,{},d"),
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
        assert_eq!(rich_to_tex(&fraction("c_1⁄2√(mk)")), r"$\frac{c_1}{2\sqrt{mk}}$");
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
