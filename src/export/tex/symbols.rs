//! What LaTeX calls the characters that stand in labels.

/// The name of a character in mathematics, and whether it is a relation or an operation, which
/// sets its own space. Names of letters are those of the slanted ones.
pub(super) fn math(c: char) -> Option<(&'static str, bool)> {
    SIGNS.iter().find(|(s, _)| *s == c).map(|(_, name)| (*name, true)).or_else(|| ordinary(c).map(|name| (name, false)))
}

/// Relations and operations; `=` and `+` also stand in text and are not among them.
const SIGNS: &[(char, &str)] = &[
    ('−', "-"),
    ('×', r"\times"),
    ('·', r"\cdot"),
    ('⋅', r"\cdot"),
    ('±', r"\pm"),
    ('∓', r"\mp"),
    ('÷', r"\div"),
    ('∘', r"\circ"),
    ('<', "<"),
    ('>', ">"),
    ('≤', r"\leq"),
    ('≥', r"\geq"),
    ('≪', r"\ll"),
    ('≫', r"\gg"),
    ('≈', r"\approx"),
    ('≠', r"\neq"),
    ('≡', r"\equiv"),
    ('≃', r"\simeq"),
    ('∼', r"\sim"),
    ('∝', r"\propto"),
    ('∈', r"\in"),
    ('∥', r"\parallel"),
    ('⊥', r"\perp"),
    ('→', r"\to"),
    ('←', r"\leftarrow"),
    ('↔', r"\leftrightarrow"),
    ('⇒', r"\Rightarrow"),
    ('⇔', r"\Leftrightarrow"),
    ('↦', r"\mapsto"),
    ('↑', r"\uparrow"),
    ('↓', r"\downarrow"),
];

fn ordinary(c: char) -> Option<&'static str> {
    let k = "αβγδεζηθικλμνξοπρςστυφχψωϵϑϕϱϖµ".chars().position(|g| g == c);
    if let Some(k) = k {
        return GREEK.get(k).copied();
    }
    Some(match c {
        'Γ' => r"\varGamma",
        'Δ' | '∆' => r"\varDelta",
        'Θ' => r"\varTheta",
        'Λ' => r"\varLambda",
        'Ξ' => r"\varXi",
        'Π' => r"\varPi",
        'Σ' => r"\varSigma",
        'Υ' => r"\varUpsilon",
        'Φ' => r"\varPhi",
        'Ψ' => r"\varPsi",
        'Ω' => r"\varOmega",
        '∞' => r"\infty",
        '∂' => r"\partial",
        '∇' => r"\nabla",
        '√' => r"\surd",
        '∑' => r"\sum",
        '∏' => r"\prod",
        '∫' => r"\int",
        'ℓ' => r"\ell",
        'ℏ' => r"\hbar",
        '⟨' => r"\langle",
        '⟩' => r"\rangle",
        '‖' => r"\Vert",
        '|' => "|",
        '½' => r"\tfrac12",
        '¼' => r"\tfrac14",
        '¾' => r"\tfrac34",
        _ => return None,
    })
}

/// Names of the lower-case Greek letters, in the order they are looked up.
const GREEK: [&str; 31] = [
    r"\alpha",
    r"\beta",
    r"\gamma",
    r"\delta",
    r"\varepsilon",
    r"\zeta",
    r"\eta",
    r"\theta",
    r"\iota",
    r"\kappa",
    r"\lambda",
    r"\mu",
    r"\nu",
    r"\xi",
    "o",
    r"\pi",
    r"\rho",
    r"\varsigma",
    r"\sigma",
    r"\tau",
    r"\upsilon",
    r"\varphi",
    r"\chi",
    r"\psi",
    r"\omega",
    r"\epsilon",
    r"\vartheta",
    r"\phi",
    r"\varrho",
    r"\varpi",
    r"\mu",
];

/// How a character is written in running text, where it cannot stand for itself.
pub(super) fn text(c: char) -> Option<&'static str> {
    Some(match c {
        '#' => r"\#",
        '$' => r"\$",
        '%' => r"\%",
        '&' => r"\&",
        '_' => r"\_",
        '{' => r"\{",
        '}' => r"\}",
        '~' => r"\textasciitilde{}",
        '^' => r"\textasciicircum{}",
        '\\' => r"\textbackslash{}",
        '`' => r"\textasciigrave{}",
        '"' => "''",
        '–' => "--",
        '—' => "---",
        '‑' | '‐' => "-",
        '‘' => "`",
        '’' => "'",
        '“' => "``",
        '”' => "''",
        '…' => r"\ldots{}",
        '\u{a0}' => "~",
        '\u{2009}' | '\u{202f}' => r"\,",
        '\u{200b}' | '\u{feff}' | '\u{fe0f}' => "",
        _ => return None,
    })
}

/// A raised or lowered character: the ordinary one, and whether it is raised.
pub(super) fn index(c: char) -> Option<(char, bool)> {
    let found = |table: &str, plain: &str| table.chars().zip(plain.chars()).find(|(s, _)| *s == c).map(|(_, p)| p);
    let raised = found("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ°′", "0123456789+−ni∘′");
    let lowered = found("₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₖ", "0123456789+−nijk");
    raised.map(|p| (p, true)).or(lowered.map(|p| (p, false)))
}

/// A letter with an accent over it, taken apart: letter and combining accent.
pub(super) fn accented(c: char) -> Option<(char, char)> {
    Some(match c {
        'ẋ' => ('x', '\u{307}'),
        'ẏ' => ('y', '\u{307}'),
        'ż' => ('z', '\u{307}'),
        'ẍ' => ('x', '\u{308}'),
        _ => return None,
    })
}

/// The commands that put a combining accent over a letter, in mathematics and in text.
pub(super) fn accent(c: char) -> Option<[&'static str; 2]> {
    Some(match c {
        '\u{300}' => [r"\grave", r"\`"],
        '\u{301}' => [r"\acute", r"\'"],
        '\u{302}' => [r"\hat", r"\^"],
        '\u{303}' => [r"\tilde", r"\~"],
        '\u{304}' | '\u{305}' => [r"\bar", r"\="],
        '\u{306}' => [r"\breve", r"\u"],
        '\u{307}' => [r"\dot", r"\."],
        '\u{308}' => [r"\ddot", "\\\""],
        '\u{30c}' => [r"\check", r"\v"],
        '\u{20d7}' => [r"\vec", r"\v"],
        _ => return None,
    })
}
