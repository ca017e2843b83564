//! Names into values: constants, sliders, helpers and variables, resolved into the graph.
//!
//! Helpers are written out where they are used. Expressions are walked by a loop; only definitions
//! that use definitions go deeper, to a bound.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::functions::{Binary, Builtin, Unary};
use super::graph::{Graph, Id};
use super::kind::Helper;
use super::names::{constant, near, reserved};
use super::parser::Parser;
use super::problem::Problem;
use super::tree::{Expr, Ident, Node, NodeId, Operator, Span, Tree};
use super::{MAX_DEPTH, MAX_HELPERS, MAX_STEPS};

/// What a name of the source stands for.
#[derive(Clone, Copy)]
enum Meaning<'a> {
    Number(&'a Expr, Option<Id>),
    Slider(usize),
    Helper(Helper<'a>),
}

/// Every name of a source, and the graph its formulas become.
pub(super) struct Scope<'a> {
    source: &'a str,
    tree: &'a Tree,
    pub graph: Graph,
    names: BTreeMap<&'a str, Meaning<'a>>,
    variables: Vec<(&'a str, Id)>,
    /// Definitions that are being resolved, the innermost last.
    active: Vec<&'a str>,
    helpers: usize,
    steps: usize,
}

impl<'a> Scope<'a> {
    /// A scope that knows only the variables, which are the places of the graph in this order.
    pub fn new(parser: &'a Parser<'_>, variables: impl Iterator<Item = &'a str>) -> Self {
        let mut graph = Graph::default();
        let variables = variables.enumerate().map(|(place, name)| (name, graph.variable(place))).collect();
        Scope {
            source: parser.source,
            tree: &parser.tree,
            graph,
            names: BTreeMap::new(),
            variables,
            active: Vec::new(),
            helpers: 0,
            steps: 0,
        }
    }

    /// A fault at `span`.
    pub fn fault(&self, span: &Span, problem: Problem) -> Fault {
        Fault::new(self.source, span.clone(), problem)
    }

    /// Defines a name as a number.
    pub fn define(&mut self, name: &'a Ident, body: &'a Expr) -> Result<(), Fault> {
        self.enter(name, Meaning::Number(body, None))
    }

    /// Defines a name as the slider of this place.
    pub fn slider(&mut self, name: &'a Ident, place: usize) -> Result<(), Fault> {
        self.enter(name, Meaning::Slider(place))
    }

    /// Defines a helper function.
    pub fn helper(&mut self, helper: Helper<'a>) -> Result<(), Fault> {
        self.helpers += 1;
        if self.helpers > MAX_HELPERS {
            return Err(self.fault(&helper.name.span, Problem::TooManyHelpers));
        }
        if helper.name.text.ends_with('\'') {
            return Err(self.fault(&helper.name.span, Problem::Order));
        }
        self.enter(helper.name, Meaning::Helper(helper))
    }

    fn enter(&mut self, name: &'a Ident, meaning: Meaning<'a>) -> Result<(), Fault> {
        self.free(name)?;
        let variable = self.variables.iter().any(|(known, _)| *known == name.text);
        if variable || self.names.insert(&name.text, meaning).is_some() {
            return Err(self.fault(&name.span, Problem::DefinedTwice(name.text.clone())));
        }
        Ok(())
    }

    /// Says so if the name belongs to the language.
    pub fn free(&self, name: &Ident) -> Result<(), Fault> {
        if reserved(&name.text) {
            return Err(self.fault(&name.span, Problem::TakenByFunction(name.text.clone())));
        }
        Ok(())
    }

    /// The value of a formula of the world, in which the variables stand.
    pub fn body(&mut self, expr: &'a Expr) -> Result<Id, Fault> {
        let variables = self.variables.clone();
        self.expr(expr, &variables)
    }

    /// The value of a formula without variables.
    pub fn number(&mut self, expr: &'a Expr) -> Result<Id, Fault> {
        let id = self.expr(expr, &[])?;
        match self.graph.constant(id) {
            Some(x) if !x.is_finite() => Err(self.fault(&expr.span, Problem::NotFinite)),
            _ => Ok(id),
        }
    }

    /// The number a formula without variables and sliders has.
    pub fn constant(&mut self, expr: &'a Expr) -> Result<f64, Fault> {
        let id = self.number(expr)?;
        self.graph.constant(id).ok_or_else(|| self.fault(&expr.span, Problem::NotConstant))
    }

    /// The value of a defined number or slider; `None` if there is no such name.
    pub fn named(&mut self, name: &str) -> Result<Option<Id>, Fault> {
        match self.names.get_key_value(name) {
            Some((&name, &Meaning::Number(body, known))) => self.definition(name, body, known, &body.span).map(Some),
            Some((_, &Meaning::Slider(place))) => Ok(Some(self.graph.slider(place))),
            _ => Ok(None),
        }
    }

    /// Resolves every definition once, so that a fault in one that is not used is said as well.
    pub fn check(&mut self) -> Result<(), Fault> {
        let all: Vec<(&str, Meaning<'_>)> = self.names.iter().map(|(name, meaning)| (*name, *meaning)).collect();
        for (name, meaning) in all {
            if let Meaning::Helper(helper) = meaning {
                helper.arguments.iter().try_for_each(|a| self.free(a))?;
                let any = self.graph.number(1.0);
                self.call(helper, &vec![any; helper.arguments.len()], &helper.name.span)?;
            } else {
                self.named(name)?;
            }
        }
        Ok(())
    }

    /// Runs `resolve` inside the definition of `name`, which is used at `span`.
    fn inside<T>(
        &mut self,
        name: &'a str,
        span: &Span,
        resolve: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.active.contains(&name) {
            return Err(self.fault(span, Problem::Recursive(name.to_owned())));
        }
        if self.active.len() >= MAX_DEPTH {
            return Err(self.fault(span, Problem::TooDeep));
        }
        self.active.push(name);
        let out = resolve(self);
        self.active.pop();
        out
    }

    fn definition(&mut self, name: &'a str, body: &'a Expr, known: Option<Id>, span: &Span) -> Result<Id, Fault> {
        if let Some(id) = known {
            return Ok(id);
        }
        let id = self.inside(name, span, |scope| scope.number(body))?;
        self.names.insert(name, Meaning::Number(body, Some(id)));
        Ok(id)
    }

    fn call(&mut self, helper: Helper<'a>, values: &[Id], span: &Span) -> Result<Id, Fault> {
        let Some(body) = helper.bodies.first() else { return Err(self.fault(span, Problem::Nothing)) };
        let arguments = helper.arguments.iter().map(|a| a.text.as_str());
        let locals: Vec<(&str, Id)> = arguments.zip(values.iter().copied()).collect();
        self.inside(&helper.name.text, span, |scope| scope.expr(body, &locals))
    }

    /// The value of an expression in which `locals` stand besides the definitions.
    fn expr(&mut self, expr: &'a Expr, locals: &[(&'a str, Id)]) -> Result<Id, Fault> {
        let tree = self.tree;
        let (first, mut ids): (NodeId, Vec<Id>) = (expr.nodes.start, Vec::with_capacity(expr.nodes.len()));
        for (node, span) in tree.nodes.get(expr.nodes.clone()).unwrap_or_default() {
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(self.fault(span, Problem::TooManySteps));
            }
            let of = |node: NodeId| ids[node - first];
            let id = match node {
                Node::Number(x) => self.graph.number(*x),
                Node::Name(name) => self.name(name, span, locals)?,
                Node::Negate(a) => self.graph.one(Unary::Negate, of(*a)),
                Node::Absolute(a) => self.graph.one(Unary::Abs, of(*a)),
                Node::Binary(operator, a, b) => self.graph.two(operation(*operator), of(*a), of(*b)),
                Node::Call { name, first: start, count } => {
                    let arguments = tree.arguments.get(*start..start + count).unwrap_or_default();
                    let values: Vec<Id> = arguments.iter().map(|a| of(*a)).collect();
                    self.function(name, &values, span, locals)?
                }
            };
            ids.push(id);
        }
        ids.last().copied().ok_or_else(|| self.fault(&expr.span, Problem::Nothing))
    }

    fn name(&mut self, name: &str, span: &Span, locals: &[(&'a str, Id)]) -> Result<Id, Fault> {
        if let Some((_, id)) = locals.iter().find(|(local, _)| *local == name) {
            return Ok(*id);
        }
        match self.names.get_key_value(name) {
            Some((&name, &Meaning::Number(body, known))) => return self.definition(name, body, known, span),
            Some((_, &Meaning::Slider(place))) => return Ok(self.graph.slider(place)),
            Some((_, Meaning::Helper(_))) => return Err(self.fault(span, Problem::NeedsArguments(name.to_owned()))),
            None => {}
        }
        if self.variables.iter().any(|(known, _)| *known == name) {
            let helper = self.active.last().copied().unwrap_or_default().to_owned();
            return Err(self.fault(span, Problem::VariableInHelper { variable: name.to_owned(), helper }));
        }
        match constant(name) {
            Some(x) => Ok(self.graph.number(x)),
            None if reserved(name) => Err(self.fault(span, Problem::NeedsArguments(name.to_owned()))),
            None => {
                let near = self.near(name, locals);
                Err(self.fault(span, Problem::UnknownName { name: name.to_owned(), near }))
            }
        }
    }

    fn near(&self, name: &str, locals: &[(&'a str, Id)]) -> Vec<String> {
        near(name, locals.iter().map(|(n, _)| *n).chain(self.names.keys().copied()))
    }

    fn function(&mut self, name: &str, values: &[Id], span: &Span, locals: &[(&'a str, Id)]) -> Result<Id, Fault> {
        let counted = |wanted: usize| {
            let problem = Problem::ArgumentCount { name: name.to_owned(), wanted, given: values.len() };
            if wanted == values.len() { Ok(()) } else { Err(self.fault(span, problem)) }
        };
        if let Some(Meaning::Helper(helper)) = self.names.get(name).copied() {
            counted(helper.arguments.len())?;
            return self.call(helper, values, span);
        }
        let Some(builtin) = Builtin::named(name) else { return Err(self.no_function(name, span, locals)) };
        counted(builtin.arguments())?;
        match (builtin, values) {
            (Builtin::One(f), [a]) => Ok(self.graph.one(f, *a)),
            (Builtin::Two(f), [a, b]) => Ok(self.graph.two(f, *a, *b)),
            (Builtin::Clamp, [x, low, high]) => {
                let above = self.graph.two(Binary::Max, *x, *low);
                Ok(self.graph.two(Binary::Min, above, *high))
            }
            _ => Err(self.no_function(name, span, locals)),
        }
    }

    /// The fault that `name`, called at `span`, is no function.
    fn no_function(&self, name: &str, span: &Span, locals: &[(&'a str, Id)]) -> Fault {
        let head = span.start..span.start + self.written(name, span);
        let known = locals.iter().chain(&self.variables).any(|(n, _)| *n == name);
        let problem = if known || self.names.contains_key(name) || constant(name).is_some() {
            Problem::NotAFunction(name.to_owned())
        } else {
            Problem::UnknownFunction { name: name.to_owned(), near: self.near(name, locals) }
        };
        self.fault(&head, problem)
    }

    /// Bytes of the name of a call as it was typed, which may be in full-width letters.
    fn written(&self, name: &str, span: &Span) -> usize {
        let typed = self.source.get(span.clone()).unwrap_or_default();
        typed.chars().take(name.chars().count()).map(char::len_utf8).sum()
    }
}

fn operation(operator: Operator) -> Binary {
    match operator {
        Operator::Add => Binary::Add,
        Operator::Subtract => Binary::Subtract,
        Operator::Multiply => Binary::Multiply,
        Operator::Divide => Binary::Divide,
        Operator::Power => Binary::Power,
    }
}
