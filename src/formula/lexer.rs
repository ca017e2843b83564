//! From text to tokens. Full-width and mathematical signs become their plain twins here.

use super::fault::Fault;
use super::problem::Problem;
use super::tree::Span;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Number(f64),
    /// A name with its primes.
    Name(String),
    /// One of `+ - * / ^ ( ) [ ] , = |`.
    Sign(char),
    /// An exponent written in superscript digits.
    Raised(i32),
    /// The end of a statement.
    Break,
    /// The end of the source; always the last token.
    End,
}

/// A token, where it stands, and whether a new line starts before it.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub mark: Mark,
    pub span: Span,
    pub fresh_line: bool,
}

/// The plain twin of a full-width or mathematical sign.
fn plain(c: char) -> char {
    match c {
        '·' | '×' | '⋅' | '∗' | '∙' => '*',
        '÷' | '∕' => '/',
        '−' | '–' => '-',
        '、' => ',',
        '【' => '[',
        '】' => ']',
        '′' | '’' | '＇' => '\'',
        '″' | '”' => '"',
        '₀'..='₉' => shifted(c, '₀', '0'),
        '！'..='～' => shifted(c, '！', '!'),
        c => c,
    }
}

/// The character as far from `to` as `c` is from `from`.
fn shifted(c: char, from: char, to: char) -> char {
    char::from_u32(u32::from(c) - u32::from(from) + u32::from(to)).unwrap_or(c)
}

/// The value of a superscript digit.
fn raised(c: char) -> Option<i32> {
    let digit = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|d| d == c)?;
    i32::try_from(digit).ok()
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    depth: usize,
    fresh_line: bool,
    tokens: Vec<Token>,
}

/// The tokens of `source`, which is within [`super::MAX_BYTES`].
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, Fault> {
    let mut lexer = Lexer { source, at: 0, depth: 0, fresh_line: true, tokens: Vec::new() };
    while let Some(c) = lexer.peek() {
        lexer.token(c)?;
    }
    lexer.push(Mark::End, lexer.at);
    Ok(lexer.tokens)
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.source.get(self.at..)?.chars().next().map(plain)
    }

    fn step(&mut self) {
        self.at += self.source.get(self.at..).and_then(|s| s.chars().next()).map_or(0, char::len_utf8);
    }

    /// Steps over characters that `belongs` and collects them.
    fn run(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek().filter(|c| belongs(*c)) {
            out.push(c);
            self.step();
        }
        out
    }

    fn push(&mut self, mark: Mark, from: usize) {
        let fresh_line = std::mem::take(&mut self.fresh_line);
        self.tokens.push(Token { mark, span: from..self.at, fresh_line });
    }

    fn token(&mut self, c: char) -> Result<(), Fault> {
        let from = self.at;
        match c {
            '\n' => self.line_end(),
            ';' => self.statement_end(),
            '#' => drop(self.run(|c| c != '\n')),
            c if c.is_whitespace() || c == '\u{feff}' => self.step(),
            c if c.is_ascii_digit() || c == '.' => return self.number(),
            c if raised(c).is_some() || c == '⁻' => return self.raised(),
            c if c.is_alphabetic() || c == '_' => self.name(),
            '+' | '-' | '*' | '/' | '^' | '(' | ')' | '[' | ']' | ',' | '=' | '|' => self.sign(c),
            _ => {
                self.step();
                return Err(Fault::new(self.source, from..self.at, Problem::StrangeCharacter(c)));
            }
        }
        Ok(())
    }

    /// A line ends a statement unless a bracket is open or the statement cannot end here. If the
    /// next line starts with an operator, [`Lexer::continues`] takes that back.
    fn line_end(&mut self) {
        let from = self.at;
        self.step();
        self.fresh_line = true;
        let goes_on = |t: &Token| matches!(t.mark, Mark::Sign('+' | '-' | '*' | '/' | '^' | ',' | '='));
        if self.depth == 0 && !self.tokens.last().is_some_and(goes_on) {
            self.push(Mark::Break, from);
            self.fresh_line = true;
        }
    }

    fn statement_end(&mut self) {
        let from = self.at;
        self.step();
        self.depth = 0;
        self.push(Mark::Break, from);
    }

    /// Takes back the end of the line just before, so that a line that starts with an operator goes
    /// on with the statement above it. A blank line between keeps them apart.
    fn continues(&mut self) {
        if let [.., before, last] = &self.tokens[..] {
            let line_end = last.mark == Mark::Break && self.source.get(last.span.clone()) == Some("\n");
            if line_end && before.mark != Mark::Break {
                self.tokens.pop();
            }
        }
    }

    fn sign(&mut self, c: char) {
        let from = self.at;
        self.step();
        if matches!(c, '+' | '-' | '*' | '/' | '^') {
            self.continues();
        }
        match c {
            '(' | '[' => self.depth += 1,
            ')' | ']' => self.depth = self.depth.saturating_sub(1),
            '*' if self.peek() == Some('*') => {
                self.step();
                return self.push(Mark::Sign('^'), from);
            }
            _ => {}
        }
        self.push(Mark::Sign(c), from);
    }

    fn name(&mut self) {
        let from = self.at;
        let mut text = self.run(|c| (c.is_alphanumeric() && raised(c).is_none()) || c == '_');
        for prime in self.run(|c| c == '\'' || c == '"').chars() {
            text.push_str(if prime == '"' { "''" } else { "'" });
        }
        self.push(Mark::Name(text), from);
    }

    fn number(&mut self) -> Result<(), Fault> {
        let from = self.at;
        let mut text = self.run(|c| c.is_ascii_digit() || c == '.');
        let mark = self.at;
        if self.peek().is_some_and(|c| c == 'e' || c == 'E') {
            self.step();
            let sign = self.peek().filter(|c| *c == '-' || *c == '+');
            if sign.is_some() {
                self.step();
            }
            let digits = self.run(|c| c.is_ascii_digit());
            if digits.is_empty() {
                // Not an exponent: the name e, or one that starts with it.
                self.at = mark;
            } else {
                text.push('e');
                text.extend(sign);
                text.push_str(&digits);
            }
        }
        let fault = |problem| Fault::new(self.source, from..self.at, problem);
        let value: f64 = text.parse().map_err(|_| fault(Problem::BadNumber))?;
        if !value.is_finite() {
            return Err(fault(Problem::HugeNumber));
        }
        self.push(Mark::Number(value), from);
        Ok(())
    }

    fn raised(&mut self) -> Result<(), Fault> {
        let from = self.at;
        let minus = self.peek() == Some('⁻');
        if minus {
            self.step();
        }
        let digits: Vec<i32> = self.run(|c| raised(c).is_some()).chars().filter_map(raised).collect();
        if digits.is_empty() || digits.len() > 4 {
            return Err(Fault::new(self.source, from..self.at, Problem::BadNumber));
        }
        let value = digits.iter().fold(0, |value, digit| 10 * value + digit);
        self.push(Mark::Raised(if minus { -value } else { value }), from);
        Ok(())
    }
}
