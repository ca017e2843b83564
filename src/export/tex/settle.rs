//! Which pieces of a label are mathematics: they decide for their neighbours.

use super::all_math;
use super::atoms::{Atom, Side};
use crate::figure::Style;

/// Decides where the undecided atoms belong, and drops spaces that mathematics sets by itself.
pub(super) fn settle(atoms: &mut Vec<Atom>) {
    settle_parentheses(atoms);
    // A decision may decide the next piece on either side.
    loop {
        let pulled = (0..atoms.len()).filter(|i| pull(atoms, *i)).count();
        if pulled == 0 {
            break;
        }
    }
    let keep: Vec<bool> = (0..atoms.len()).map(|i| !superfluous(atoms, i)).collect();
    let mut keep = keep.into_iter();
    atoms.retain(|_| keep.next().unwrap_or(true));
    settle_roots(atoms);
}

/// The next atom on one side that is no space, and whether it stands right beside.
fn solid(atoms: &[Atom], i: usize, forward: bool) -> Option<(&Atom, bool)> {
    let found = if forward {
        (i + 1..atoms.len()).find(|k| atoms[*k].side != Side::Space)
    } else {
        (0..i).rev().find(|k| atoms[*k].side != Side::Space)
    };
    found.map(|k| (&atoms[k], k.abs_diff(i) == 1))
}

/// Makes an undecided atom mathematics if it stands beside some, or across a sign from some.
fn pull(atoms: &mut [Atom], i: usize) -> bool {
    let atom = &atoms[i];
    let math = |(other, beside): (&Atom, bool)| other.side == Side::Math && (beside || atom.sign || other.sign);
    let near = [false, true].into_iter().filter_map(|way| solid(atoms, i, way)).any(math);
    let digit = |a: &Atom| a.body.starts_with(|c: char| c.is_ascii_digit());
    let stop = atom.body == "." && !atoms.get(i + 1).is_some_and(digit);
    let pulled = atom.side == Side::Either && near && !stop;
    if pulled {
        atoms[i].side = Side::Math;
    }
    pulled
}

/// Whether an atom is a space that a sign beside it brings along.
fn superfluous(atoms: &[Atom], i: usize) -> bool {
    let ends = [false, true].map(|way| solid(atoms, i, way).map(|(atom, _)| atom));
    let math = ends.iter().all(|a| a.is_some_and(|a| a.side == Side::Math));
    atoms[i].side == Side::Space && math && ends.iter().flatten().any(|a| a.sign)
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
