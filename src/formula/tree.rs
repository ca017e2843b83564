//! The parsed source: one flat arena of nodes, children before parents.
//!
//! An expression is a contiguous run of nodes whose last is its root, so that whoever walks it
//! needs a loop and no recursion, and dropping it needs none either.

use std::ops::Range;

/// Bytes of the source.
pub(super) type Span = Range<usize>;

/// Place of a node in the arena.
pub(super) type NodeId = usize;

/// A name and where it stands. Primes belong to the name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ident {
    pub text: String,
    pub span: Span,
}

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// One node.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Number(f64),
    Name(String),
    Negate(NodeId),
    Absolute(NodeId),
    Binary(Operator, NodeId, NodeId),
    /// A function of the arguments `first..first + count` of [`Tree::arguments`].
    Call {
        name: String,
        first: usize,
        count: usize,
    },
}

/// Every node of a source with its span.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub nodes: Vec<(Node, Span)>,
    pub arguments: Vec<NodeId>,
}

/// An expression: the nodes `nodes` of the tree, the last of them its root.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expr {
    pub nodes: Range<NodeId>,
    pub span: Span,
}

/// One statement of the source.
#[derive(Clone, Debug)]
pub(super) enum Statement {
    /// `a = 3`
    Constant { name: Ident, body: Expr },
    /// `a = 1 in [0, 2] log`
    Slider { name: Ident, default: Expr, range: [Expr; 2], log: bool },
    /// `g(u) = u^2`, or two components.
    Function { name: Ident, arguments: Vec<Ident>, bodies: Vec<Expr> },
    /// `x' = …` of order 1 or `x'' = …` of order 2; the name is without primes.
    Rate { name: Ident, order: usize, body: Expr },
    /// `x(0) = 1`; the name is that of a state.
    Start { name: Ident, body: Expr },
    /// An expression alone.
    Bare(Expr),
}
