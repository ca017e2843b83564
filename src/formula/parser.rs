//! Expressions: a Pratt parser over the tokens, with its limits checked before it goes deeper.

use super::fault::Fault;
use super::lexer::{Mark, Token, tokens};
use super::problem::Problem;
use super::tree::{Expr, Node, NodeId, Operator, Span, Tree};
use super::wanted::Wanted;
use super::{MAX_BYTES, MAX_DEPTH, MAX_NODES};

/// How tightly a sign holds what follows it; `^` holds more on its left than on its right.
const SIGN: u8 = 5;

/// Left and right binding power of an operator.
fn powers(operator: Operator) -> (u8, u8) {
    match operator {
        Operator::Add | Operator::Subtract => (1, 2),
        Operator::Multiply | Operator::Divide => (3, 4),
        Operator::Power => (8, 7),
    }
}

/// The parser and what it has made so far.
pub(super) struct Parser<'a> {
    pub source: &'a str,
    pub tree: Tree,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// A parser at the start of `source`.
    pub fn new(source: &'a str) -> Result<Self, Fault> {
        if source.len() > MAX_BYTES {
            let problem = Problem::TooLong { bytes: source.len() };
            return Err(Fault::new(source, MAX_BYTES..source.len(), problem));
        }
        Ok(Parser { source, tree: Tree::default(), tokens: tokens(source)?, at: 0, depth: 0 })
    }

    /// The token `ahead` of the next one; past the end it is the end.
    pub fn look(&self, ahead: usize) -> &Mark {
        self.tokens.get(self.at + ahead).map_or(&Mark::End, |t| &t.mark)
    }

    /// The next token.
    pub fn peek(&self) -> &Mark {
        self.look(0)
    }

    /// Where the next token stands.
    pub fn span(&self) -> Span {
        self.tokens.get(self.at).map_or(self.source.len()..self.source.len(), |t| t.span.clone())
    }

    /// Where the last token read ended.
    pub fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |t| t.span.end)
    }

    /// Steps over the next token.
    pub fn step(&mut self) {
        self.at += 1;
    }

    /// Whether the next token is this sign; if so it is read.
    pub fn take(&mut self, sign: char) -> bool {
        let found = *self.peek() == Mark::Sign(sign);
        self.at += usize::from(found);
        found
    }

    /// Reads this sign or says that it is missing.
    pub fn need(&mut self, sign: char) -> Result<(), Fault> {
        if self.take(sign) { Ok(()) } else { Err(self.expected(Wanted::Sign(sign))) }
    }

    /// A fault at `span`.
    pub fn fault(&self, span: Span, problem: Problem) -> Fault {
        Fault::new(self.source, span, problem)
    }

    /// The fault that the next token is not what is wanted.
    pub fn expected(&self, wanted: Wanted) -> Fault {
        let span = self.span();
        if matches!(self.peek(), Mark::Break | Mark::End) {
            let end = self.end().max(self.statement_start());
            return self.fault(end..end, Problem::Expected { wanted, found: String::new() });
        }
        let found = self.source.get(span.clone()).unwrap_or_default().chars().take(24).collect();
        self.fault(span, Problem::Expected { wanted, found })
    }

    /// The start of the next token if it opens a statement, so that an empty statement is marked
    /// where it stands and not at the end of the one before.
    fn statement_start(&self) -> usize {
        let opens = self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).is_none_or(|t| t.mark == Mark::Break);
        if opens { self.span().start } else { 0 }
    }

    /// Reads one expression.
    pub fn expression(&mut self) -> Result<Expr, Fault> {
        let (first, start) = (self.tree.nodes.len(), self.span().start);
        self.above(0)?;
        Ok(Expr { nodes: first..self.tree.nodes.len(), span: start..self.end() })
    }

    /// Runs `read` one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fault(self.span(), Problem::TooDeep));
        }
        self.depth += 1;
        let out = read(self);
        self.depth -= 1;
        out
    }

    fn node(&mut self, node: Node, span: Span) -> Result<NodeId, Fault> {
        if self.tree.nodes.len() >= MAX_NODES {
            return Err(self.fault(span, Problem::TooManyNodes));
        }
        self.tree.nodes.push((node, span));
        Ok(self.tree.nodes.len() - 1)
    }

    /// An expression whose operators all bind at least as tightly as `least`. What calls itself
    /// without going [`Self::deeper`] asks for more tightness each time, so that depth is bounded.
    fn above(&mut self, least: u8) -> Result<NodeId, Fault> {
        let start = self.span().start;
        let mut left = self.operand()?;
        loop {
            let beside = self.beside();
            let Some(operator) = self.operator().or(beside.then_some(Operator::Multiply)) else { break };
            let (on_left, on_right) = powers(operator);
            if on_left < least {
                break;
            }
            if !beside {
                self.step();
            }
            let right_start = self.span().start;
            let right = match operator {
                Operator::Power => self.deeper(|p| p.above(on_right))?,
                _ => self.above(on_right)?,
            };
            if self.beside() && matches!(operator, Operator::Divide | Operator::Power) {
                return Err(self.fault(right_start..self.span().end, Problem::Ambiguous));
            }
            left = self.node(Node::Binary(operator, left, right), start..self.end())?;
        }
        Ok(left)
    }

    fn operator(&self) -> Option<Operator> {
        match self.peek() {
            Mark::Sign('+') => Some(Operator::Add),
            Mark::Sign('-') => Some(Operator::Subtract),
            Mark::Sign('*') => Some(Operator::Multiply),
            Mark::Sign('/') => Some(Operator::Divide),
            Mark::Sign('^') => Some(Operator::Power),
            _ => None,
        }
    }

    /// Whether the next token is multiplied by the one before it without a sign between.
    fn beside(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|i| self.tokens.get(i)).map(|t| &t.mark);
        let ends = matches!(before, Some(Mark::Number(_) | Mark::Raised(_) | Mark::Sign(')')));
        let same_line = self.tokens.get(self.at).is_some_and(|t| !t.fresh_line);
        let starts = match self.peek() {
            Mark::Name(name) => name != "in",
            mark => *mark == Mark::Sign('('),
        };
        ends && starts && same_line
    }

    /// A number, a name, a call, a bracket, a bar or a sign with what belongs to it, and a
    /// superscript after it.
    fn operand(&mut self) -> Result<NodeId, Fault> {
        let span = self.span();
        let node = match self.peek().clone() {
            Mark::Number(value) => {
                self.step();
                self.node(Node::Number(value), span.clone())?
            }
            Mark::Name(name) if name != "in" => self.name(name)?,
            Mark::Sign('(') => self.enclosed('(', ')')?,
            Mark::Sign('|') => {
                let inside = self.enclosed('|', '|')?;
                self.node(Node::Absolute(inside), span.start..self.end())?
            }
            Mark::Sign('-') => return self.signed(true),
            Mark::Sign('+') => return self.signed(false),
            _ => return Err(self.expected(Wanted::Operand)),
        };
        self.raised(node, span.start)
    }

    fn signed(&mut self, minus: bool) -> Result<NodeId, Fault> {
        let start = self.span().start;
        self.step();
        let inside = self.deeper(|p| p.above(SIGN))?;
        if minus { self.node(Node::Negate(inside), start..self.end()) } else { Ok(inside) }
    }

    /// What stands between `open`, which is next, and `close`.
    fn enclosed(&mut self, open: char, close: char) -> Result<NodeId, Fault> {
        let opened = self.span();
        self.step();
        let inside = self.deeper(|p| p.above(0))?;
        self.close(opened, open, close)?;
        Ok(inside)
    }

    /// Reads `close`; the fault is at the bracket that was opened if the statement ends instead.
    fn close(&mut self, opened: Span, open: char, close: char) -> Result<(), Fault> {
        if self.take(close) {
            return Ok(());
        }
        let ends = matches!(self.peek(), Mark::Break | Mark::End);
        let ends = ends || self.tokens.get(self.at).is_some_and(|t| t.fresh_line);
        if ends { Err(self.fault(opened, Problem::Unclosed(open))) } else { Err(self.expected(Wanted::Sign(close))) }
    }

    /// A name, or a call if a bracket follows.
    fn name(&mut self, name: String) -> Result<NodeId, Fault> {
        let span = self.span();
        self.step();
        let opened = self.span();
        if !self.take('(') {
            return self.node(Node::Name(name), span);
        }
        let mut arguments = vec![self.deeper(|p| p.above(0))?];
        while self.take(',') {
            arguments.push(self.deeper(|p| p.above(0))?);
        }
        self.close(opened, '(', ')')?;
        let (first, count) = (self.tree.arguments.len(), arguments.len());
        self.tree.arguments.extend(arguments);
        self.node(Node::Call { name, first, count }, span.start..self.end())
    }

    /// The power by a superscript, if one follows. A second exponent could be read in two ways.
    fn raised(&mut self, base: NodeId, start: usize) -> Result<NodeId, Fault> {
        let (span, Mark::Raised(exponent)) = (self.span(), self.peek().clone()) else { return Ok(base) };
        self.step();
        if matches!(self.peek(), Mark::Raised(_) | Mark::Sign('^')) {
            return Err(self.fault(start..self.span().end, Problem::Ambiguous));
        }
        let exponent = self.node(Node::Number(f64::from(exponent)), span)?;
        self.node(Node::Binary(Operator::Power, base, exponent), start..self.end())
    }
}
