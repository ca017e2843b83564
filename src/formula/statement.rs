//! Statements: which of the forms of the language a line has.

use super::fault::Fault;
use super::lexer::Mark;
use super::parser::Parser;
use super::problem::Problem;
use super::tree::{Ident, Statement};
use super::wanted::Wanted;

impl Parser<'_> {
    /// Every statement of the source.
    pub fn statements(&mut self) -> Result<Vec<Statement>, Fault> {
        let mut out = Vec::new();
        loop {
            match self.peek() {
                Mark::End => return Ok(out),
                Mark::Break => self.step(),
                _ => {
                    out.push(self.statement()?);
                    if !matches!(self.peek(), Mark::Break | Mark::End) {
                        return Err(self.expected(Wanted::Operator));
                    }
                }
            }
        }
    }

    fn statement(&mut self) -> Result<Statement, Fault> {
        if !self.defines() {
            return self.expression().map(Statement::Bare);
        }
        let Some(name) = self.ident() else { return Err(self.expected(Wanted::Left)) };
        if self.take('(') {
            return self.of_arguments(name);
        }
        if !self.take('=') {
            return Err(self.expected(Wanted::Left));
        }
        let plain = name.text.trim_end_matches('\'');
        match name.text.len() - plain.len() {
            0 => self.number(name),
            order @ 1..=2 => {
                let name = Ident { text: plain.to_owned(), span: name.span };
                Ok(Statement::Rate { name, order, body: self.expression()? })
            }
            _ => Err(self.fault(name.span, Problem::Order)),
        }
    }

    /// Whether a `=` stands in this statement.
    fn defines(&self) -> bool {
        let marks = (0..).map(|ahead| self.look(ahead));
        let mut statement = marks.take_while(|mark| !matches!(mark, Mark::Break | Mark::End));
        statement.any(|mark| *mark == Mark::Sign('='))
    }

    fn ident(&mut self) -> Option<Ident> {
        let Mark::Name(text) = self.peek().clone() else { return None };
        let span = self.span();
        self.step();
        Some(Ident { text, span })
    }

    /// The rest of `name(`: a start if it is `0)`, else a function.
    fn of_arguments(&mut self, name: Ident) -> Result<Statement, Fault> {
        if *self.peek() == Mark::Number(0.0) {
            self.step();
            self.need(')')?;
            self.need('=')?;
            return Ok(Statement::Start { name, body: self.expression()? });
        }
        let mut arguments: Vec<Ident> = Vec::new();
        loop {
            let (span, found) = (self.span(), self.word());
            let Some(argument) = self.ident().filter(|a| !a.text.ends_with('\'')) else {
                return Err(self.fault(span, Problem::Expected { wanted: Wanted::Argument, found }));
            };
            if arguments.iter().any(|a| a.text == argument.text) {
                return Err(self.fault(argument.span, Problem::DefinedTwice(argument.text)));
            }
            arguments.push(argument);
            if !self.take(',') {
                break;
            }
        }
        self.need(')')?;
        self.need('=')?;
        let mut bodies = Vec::new();
        if self.pair() {
            self.step();
            bodies.push(self.expression()?);
            self.need(',')?;
            bodies.push(self.expression()?);
            self.need(')')?;
        } else {
            bodies.push(self.expression()?);
        }
        Ok(Statement::Function { name, arguments, bodies })
    }

    /// The next token as it was typed; empty at the end of the statement.
    fn word(&self) -> String {
        let ends = matches!(self.peek(), Mark::Break | Mark::End);
        if ends { String::new() } else { self.source.get(self.span()).unwrap_or_default().chars().take(24).collect() }
    }

    /// Whether what follows is one bracket with a comma of its own.
    fn pair(&self) -> bool {
        let (mut depth, mut comma) = (0usize, false);
        for ahead in 0.. {
            match self.look(ahead) {
                Mark::Sign('(') => depth += 1,
                Mark::Sign(')') if depth == 1 => {
                    return comma && matches!(self.look(ahead + 1), Mark::Break | Mark::End);
                }
                Mark::Sign(')') => depth = depth.saturating_sub(1),
                Mark::Sign(',') if depth == 1 => comma = true,
                Mark::Break | Mark::End => return false,
                _ if depth == 0 => return false,
                _ => {}
            }
        }
        false
    }

    /// The rest of `name =`: a slider if a range follows, else a constant.
    fn number(&mut self, name: Ident) -> Result<Statement, Fault> {
        let body = self.expression()?;
        if *self.peek() != Mark::Name("in".into()) {
            return Ok(Statement::Constant { name, body });
        }
        self.step();
        self.need('[')?;
        let low = self.expression()?;
        self.need(',')?;
        let high = self.expression()?;
        self.need(']')?;
        let log = *self.peek() == Mark::Name("log".into());
        if log {
            self.step();
        }
        Ok(Statement::Slider { name, default: body, range: [low, high], log })
    }
}
