//! What a source describes: which statement is the world, and which are helpers.

use super::MAX_STATES;
use super::fault::Fault;
use super::parser::Parser;
use super::problem::Problem;
use super::tree::{Expr, Ident, Node, Span, Statement};

/// What a [`World`](super::World) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A loss over a line.
    Loss1,
    /// A loss over the plane.
    Loss2,
    /// A force over a line.
    Force1,
    /// A force over the plane.
    Force2,
    /// Ordinary differential equations.
    Ode {
        /// How many unknowns there are.
        unknowns: usize,
        /// How many of them have an equation of second order.
        second: usize,
    },
}

impl Kind {
    /// How many coordinates say where it is: the dimension of a loss or a force, the unknowns of
    /// differential equations.
    pub fn dim(self) -> usize {
        match self {
            Self::Loss1 | Self::Force1 => 1,
            Self::Loss2 | Self::Force2 => 2,
            Self::Ode { unknowns, .. } => unknowns,
        }
    }

    /// Whether it is moved by a force: a loss, a force, or equations all of second order.
    pub fn has_force(self) -> bool {
        !matches!(self, Self::Ode { unknowns, second } if second < unknowns)
    }
}

/// The world of a source before its names are resolved.
pub(super) struct Plan<'a> {
    pub kind: Kind,
    /// The states: positions or unknowns, then velocities.
    pub states: Vec<String>,
    /// The name of the time.
    pub time: Option<&'static str>,
    /// The loss, the components of the force, or the right sides in the order of the unknowns.
    pub bodies: Vec<&'a Expr>,
    /// The functions that are helpers.
    pub helpers: Vec<Helper<'a>>,
    /// For every unknown, whether its equation is of second order.
    pub second: Vec<bool>,
}

/// A function of the source.
#[derive(Clone, Copy)]
pub(super) struct Helper<'a> {
    pub name: &'a Ident,
    pub arguments: &'a [Ident],
    pub bodies: &'a [Expr],
}

/// Finds the world among the statements.
pub(super) fn plan<'a>(parser: &Parser<'_>, statements: &'a [Statement]) -> Result<Plan<'a>, Fault> {
    let helpers = functions(statements);
    let bare: Vec<&Expr> = statements.iter().filter_map(bare).collect();
    let rates: Vec<&Statement> = statements.iter().filter(|s| matches!(s, Statement::Rate { .. })).collect();
    let force = helpers.iter().position(|h| h.name.text == "F");
    let named = helpers.iter().any(|h| h.name.text == "f");
    let plan = match (&bare[..], force) {
        ([], _) if !rates.is_empty() => equations(parser, statements, &rates, helpers)?,
        ([], Some(place)) => force_of(parser, helpers, place)?,
        ([], None) => loss_of(parser, helpers)?,
        ([loss], None) if rates.is_empty() && !named => bare_loss(parser, statements, loss, helpers),
        ([.., last], _) => return Err(parser.fault(last.span.clone(), Problem::TwoWorlds)),
    };
    for helper in &plan.helpers {
        if let [_, second] = helper.bodies {
            return Err(parser.fault(second.span.clone(), Problem::PairOutsideForce));
        }
    }
    Ok(plan)
}

fn functions(statements: &[Statement]) -> Vec<Helper<'_>> {
    let mut out = Vec::new();
    for statement in statements {
        if let Statement::Function { name, arguments, bodies } = statement {
            out.push(Helper { name, arguments, bodies });
        }
    }
    out
}

fn bare(statement: &Statement) -> Option<&Expr> {
    match statement {
        Statement::Bare(body) => Some(body),
        _ => None,
    }
}

/// The name a statement gives a number to.
pub(super) fn defined(statement: &Statement) -> Option<&Ident> {
    match statement {
        Statement::Constant { name, .. } | Statement::Slider { name, .. } => Some(name),
        _ => None,
    }
}

fn equations<'a>(
    parser: &Parser<'_>,
    statements: &[Statement],
    rates: &[&'a Statement],
    helpers: Vec<Helper<'a>>,
) -> Result<Plan<'a>, Fault> {
    let (mut states, mut second, mut bodies): (Vec<String>, Vec<bool>, Vec<&Expr>) = (vec![], vec![], vec![]);
    for rate in rates {
        let Statement::Rate { name, order, body } = rate else { continue };
        if states.contains(&name.text) {
            return Err(parser.fault(name.span.clone(), Problem::DefinedTwice(name.text.clone())));
        }
        states.push(name.text.clone());
        second.push(*order == 2);
        bodies.push(body);
        if states.len() + second.iter().filter(|s| **s).count() > MAX_STATES {
            return Err(parser.fault(name.span.clone(), Problem::TooManyStates));
        }
    }
    let kind = Kind::Ode { unknowns: states.len(), second: second.iter().filter(|s| **s).count() };
    let velocities: Vec<String> =
        states.iter().zip(&second).filter(|(_, second)| **second).map(|(x, _)| format!("{x}'")).collect();
    let taken = states.iter().any(|s| s == "t") || statements.iter().filter_map(defined).any(|d| d.text == "t");
    states.extend(velocities);
    Ok(Plan { kind, states, time: (!taken).then_some("t"), bodies, helpers, second })
}

fn force_of<'a>(parser: &Parser<'_>, mut helpers: Vec<Helper<'a>>, place: usize) -> Result<Plan<'a>, Fault> {
    let force = helpers.remove(place);
    let fault = |span: Span, problem| Err(parser.fault(span, problem));
    let (arguments, time) = match force.arguments {
        [rest @ .., last] if last.text == "t" => (rest, Some("t")),
        all => (all, None),
    };
    let mut states: Vec<String> = arguments.iter().map(|a| a.text.clone()).collect();
    let kind = match (force.bodies.len(), &states[..]) {
        (1, [_, y]) if y == "y" => return fault(force.bodies[0].span.clone(), Problem::ForceNeedsPair),
        (1, [_] | [_, _]) => Kind::Force1,
        (2, [_, _] | [_, _, _, _]) => Kind::Force2,
        (1, [_, _, _, _]) => return fault(force.bodies[0].span.clone(), Problem::ForceNeedsPair),
        _ => return fault(force.name.span.clone(), Problem::ForceArguments),
    };
    if states.len() == kind.dim() {
        let velocities: Vec<String> = states.iter().map(|x| format!("{x}'")).collect();
        states.extend(velocities);
    }
    let second = vec![true; kind.dim()];
    Ok(Plan { kind, states, time, bodies: force.bodies.iter().collect(), helpers, second })
}

fn loss_of<'a>(parser: &Parser<'_>, mut helpers: Vec<Helper<'a>>) -> Result<Plan<'a>, Fault> {
    let place = match (helpers.iter().position(|h| h.name.text == "f"), &helpers[..]) {
        (Some(place), _) => place,
        (None, [_]) => 0,
        (None, [_, second, ..]) => {
            return Err(parser.fault(second.name.span.clone(), Problem::WhichFunction));
        }
        (None, []) => return Err(parser.fault(0..parser.source.len(), Problem::Nothing)),
    };
    let loss = helpers.remove(place);
    if let [_, second] = loss.bodies {
        return Err(parser.fault(second.span.clone(), Problem::PairOutsideForce));
    }
    let kind = match loss.arguments.len() {
        1 => Kind::Loss1,
        2 => Kind::Loss2,
        _ => return Err(parser.fault(loss.name.span.clone(), Problem::LossArguments)),
    };
    let states = loss.arguments.iter().map(|a| a.text.clone()).collect();
    Ok(Plan { kind, states, time: None, bodies: loss.bodies.iter().collect(), helpers, second: vec![] })
}

/// A loss written as an expression alone, over `x`, or over `x` and `y` if `y` stands in it.
fn bare_loss<'a>(parser: &Parser<'_>, statements: &[Statement], loss: &'a Expr, helpers: Vec<Helper<'a>>) -> Plan<'a> {
    let given = statements.iter().filter_map(defined).any(|d| d.text == "y");
    let nodes = parser.tree.nodes.get(loss.nodes.clone()).unwrap_or_default();
    let plane = !given && nodes.iter().any(|(node, _)| matches!(node, Node::Name(name) if name == "y"));
    let (kind, states) = if plane { (Kind::Loss2, &["x", "y"][..]) } else { (Kind::Loss1, &["x"][..]) };
    let states = states.iter().map(|s| (*s).to_owned()).collect();
    Plan { kind, states, time: None, bodies: vec![loss], helpers, second: vec![] }
}
