//! The definitions of a source: constants, sliders and starting points.

use super::MAX_SLIDERS;
use super::fault::Fault;
use super::graph::Id;
use super::kind::{Plan, defined};
use super::problem::Problem;
use super::scope::Scope;
use super::tree::{Expr, Ident, Statement};

/// A number of the source that can be moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Slider {
    /// Its name.
    pub name: String,
    /// Its value at the start.
    pub default: f64,
    /// Its smallest value.
    pub low: f64,
    /// Its largest value.
    pub high: f64,
    /// Whether it is spread by decades.
    pub log: bool,
}

/// Enters every definition into the scope and reads the sliders.
pub(super) fn declare<'a>(
    scope: &mut Scope<'a>,
    plan: &Plan<'a>,
    statements: &'a [Statement],
) -> Result<Vec<Slider>, Fault> {
    let mut ranges: Vec<(&Ident, [&Expr; 3], bool)> = Vec::new();
    for statement in statements {
        match statement {
            Statement::Constant { name, body } => scope.define(name, body)?,
            Statement::Slider { name, default, range: [low, high], log } => {
                if ranges.len() >= MAX_SLIDERS {
                    return Err(scope.fault(&name.span, Problem::TooManySliders));
                }
                scope.slider(name, ranges.len())?;
                ranges.push((name, [default, low, high], *log));
            }
            Statement::Rate { name, .. } => scope.free(name)?,
            Statement::Function { name, arguments, .. } => {
                [name].into_iter().chain(arguments).try_for_each(|name| scope.free(name))?;
            }
            Statement::Start { .. } | Statement::Bare(_) => {}
        }
    }
    plan.helpers.iter().try_for_each(|helper| scope.helper(*helper))?;
    ranges.into_iter().map(|(name, range, log)| slider(scope, name, range, log)).collect()
}

fn slider<'a>(scope: &mut Scope<'a>, name: &Ident, range: [&'a Expr; 3], log: bool) -> Result<Slider, Fault> {
    let [default, low, high] = [scope.constant(range[0])?, scope.constant(range[1])?, scope.constant(range[2])?];
    if low >= high {
        return Err(scope.fault(&(range[1].span.start..range[2].span.end), Problem::EmptyRange));
    }
    if log && low <= 0.0 {
        return Err(scope.fault(&range[1].span, Problem::LogRange));
    }
    if !(low..=high).contains(&default) {
        return Err(scope.fault(&range[0].span, Problem::OutsideRange));
    }
    Ok(Slider { name: name.text.clone(), default, low, high, log })
}

/// Where every state starts: `x(0) = …`, else the number `x0`, else 1 for what has a place in the
/// world and 0 for velocities.
pub(super) fn starts<'a>(
    scope: &mut Scope<'a>,
    plan: &Plan<'a>,
    statements: &'a [Statement],
) -> Result<Vec<Id>, Fault> {
    let mut typed: Vec<Option<&Expr>> = vec![None; plan.states.len()];
    for statement in statements {
        let Statement::Start { name, body } = statement else { continue };
        let Some(place) = plan.states.iter().position(|state| *state == name.text) else {
            return Err(scope.fault(&name.span, Problem::StartOfNothing(name.text.clone())));
        };
        let twin = format!("{}0", name.text);
        let twice = statements.iter().filter_map(defined).any(|d| d.text == twin);
        if twice || typed[place].replace(body).is_some() {
            return Err(scope.fault(&name.span, Problem::DefinedTwice(format!("{}(0)", name.text))));
        }
    }
    let mut out = Vec::new();
    for (place, (state, typed)) in plan.states.iter().zip(typed).enumerate() {
        let known = match typed {
            Some(body) => Some(scope.number(body)?),
            None => scope.named(&format!("{state}0"))?,
        };
        let rest = if place < plan.kind.dim() { 1.0 } else { 0.0 };
        out.push(known.unwrap_or_else(|| scope.graph.number(rest)));
    }
    Ok(out)
}
