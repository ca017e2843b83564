//! Words a reader types: a sampler spelled in the letters A, B and O.

use std::fmt;

use super::Move::{Drift, Eval, Kick};
use super::methods::ornstein_uhlenbeck;
use super::{Move, Splitting};

/// Why a word is no method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordError {
    /// There is no letter.
    Empty,
    /// A letter that is no move.
    Letter {
        /// Where it stands, counted from 1.
        position: usize,
        /// What it is.
        letter: char,
    },
}

impl fmt::Display for WordError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WordError::Empty => {
                write!(to, "the word has no letter; use A (drift), B (kick) and O (friction and noise)")
            }
            WordError::Letter { position, letter } => {
                write!(to, "letter {position}, '{letter}', is none of A (drift), B (kick) and O (friction and noise)")
            }
        }
    }
}

impl std::error::Error for WordError {}

impl Splitting {
    /// The method a word spells, read from left to right, for mass m, friction c, step h at
    /// temperature T (Leimkuhler and Matthews 2013):
    ///
    /// ```text
    /// A  q ← q + t v        B  v ← v + (t/m) f        O  v ← e^{−ct/m} v + √((1 − e^{−2ct/m}) T/m) ξ
    /// ```
    ///
    /// Every letter gets the time t = h/(how often it occurs). The force is evaluated exactly where a
    /// kick would meet a position it does not belong to; the step begins with the force the step
    /// before left if that is the one it needs. Small letters count as capitals.
    ///
    /// # Errors
    /// [`WordError`] names the first letter that is no move and its position.
    ///
    /// ```
    /// use impetus::core::{Splitting, methods::baoab};
    /// assert_eq!(Splitting::parse("BAOAB", 1.0, 0.5, 0.1, 2.0), Ok(baoab(1.0, 0.5, 0.1, 2.0)));
    /// ```
    pub fn parse(word: &str, m: f64, c: f64, h: f64, temperature: f64) -> Result<Splitting, WordError> {
        let letters: Vec<char> = word.chars().map(|letter| letter.to_ascii_uppercase()).collect();
        if letters.is_empty() {
            return Err(WordError::Empty);
        }
        let share = |letter: char| h / letters.iter().filter(|l| **l == letter).count().max(1) as f64;
        let (drift, kick) = (Drift(share('A')), Kick(share('B') / m));
        let damp = ornstein_uhlenbeck(m, c, share('O'), temperature);
        let mut moves = Vec::with_capacity(letters.len() + 1);
        for (i, letter) in letters.iter().enumerate() {
            moves.push(match letter {
                'A' => drift,
                'B' => kick,
                'O' => damp,
                _ => {
                    let letter = word.chars().nth(i).unwrap_or(*letter);
                    return Err(WordError::Letter { position: i + 1, letter });
                }
            });
        }
        Ok(Splitting { dt: h, moves: with_forces(&moves) })
    }
}

/// The moves with an [`Eval`] before every kick whose force would be stale.
fn with_forces(moves: &[Move]) -> Vec<Move> {
    // A step can begin with the force it ended with if no drift follows its last kick.
    let after_last_kick = moves.iter().rposition(|m| matches!(m, Kick(_))).map_or(0, |i| i + 1);
    let mut fresh = !moves[after_last_kick..].iter().any(|m| matches!(m, Drift(_)));
    let mut out = Vec::with_capacity(moves.len() + 2);
    for m in moves {
        match m {
            Drift(_) => fresh = false,
            Kick(_) if !fresh => {
                out.push(Eval);
                fresh = true;
            }
            _ => {}
        }
        out.push(*m);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::methods::{baoab, leapfrog, obabo};
    use super::super::{Move, Splitting, Stepper};
    use super::WordError;

    const M: f64 = 1.5;
    const C: f64 = 0.4;
    const H: f64 = 0.2;
    const T: f64 = 0.7;

    fn parse(word: &str) -> Splitting {
        Splitting::parse(word, M, C, H, T).unwrap()
    }

    #[test]
    fn known_words_are_the_known_methods() {
        assert_eq!(parse("BAOAB"), baoab(M, C, H, T));
        assert_eq!(parse("obabo"), obabo(M, C, H, T));
        assert_eq!(parse("BAB"), leapfrog(M, H));
    }

    #[test]
    fn forces_are_evaluated_where_they_are_needed() {
        let spelled = |word: &str| -> String {
            let letter = |m: &Move| match m {
                Move::Eval => 'f',
                Move::Kick(_) => 'B',
                Move::Drift(_) => 'A',
                _ => 'O',
            };
            parse(word).moves.iter().map(letter).collect()
        };
        let table = [
            ("BAOAB", "BAOAfB", true),
            ("OBABO", "OBAfBO", true),
            ("ABOBA", "AfBOBA", false),
            ("BABO", "BAfBO", true),
            ("BA", "fBA", false),
            ("AB", "AfB", false),
            ("OAB", "OAfB", false),
            ("BAOA", "fBAOA", false),
            ("ABAB", "AfBAfB", false),
            ("AO", "AO", false),
            ("B", "B", true),
        ];
        for (word, want, from_before) in table {
            assert_eq!(spelled(word), want);
            assert_eq!(parse(word).wants_force(), from_before, "{word}");
        }
    }

    #[test]
    fn a_letter_that_is_no_move_is_named() {
        let refused = |word: &str| Splitting::parse(word, M, C, H, T).unwrap_err();
        assert_eq!(refused("BAXAB"), WordError::Letter { position: 3, letter: 'X' });
        assert_eq!(refused("é"), WordError::Letter { position: 1, letter: 'é' });
        assert_eq!(refused("bab "), WordError::Letter { position: 4, letter: ' ' });
        assert_eq!(refused(""), WordError::Empty);
        assert!(refused("BAxAB").to_string().contains("letter 3, 'x'"));
    }
}
