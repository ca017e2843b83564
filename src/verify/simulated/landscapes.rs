//! Section 12: value, slope, curvature and stationary points of the test functions, and balls on them.

use std::sync::Arc;

use super::machine::{gradient, hessian, potential, states};
use crate::core::fields::{DoubleWell, Kind, PlateauCliffValley, Stationary, named, stationary_points};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::{At, Field, System};
use crate::verify::answer::answers;
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Fault, Inputs, malformed, shortened};

pub const TABLE: &[Row] = &[("12", "eval", eval), ("12", "stationary", stationary), ("12", "ball_run", ball_run)];

/// The test function of this name, with parameters if the case gives any.
pub fn function(name: &str, params: Option<Inputs>) -> Answered<Option<Arc<dyn Field>>> {
    Ok(match (name, params) {
        ("plateau_cliff_valley", Some(p)) => Some(Arc::new(plateau(p)?)),
        ("double_well", Some(p)) => Some(Arc::new(DoubleWell { barrier: p.num("E_b")?, half_width: p.num("a")? })),
        (other, Some(_)) => return malformed(format!("“{}” takes no `params`", shortened(other, 40))),
        (name, None) => named(name),
    })
}

fn plateau(p: Inputs) -> Answered<PlateauCliffValley> {
    let [slope, plateau_width, plateau_end] = p.nums(["eps", "w_l", "x_l"])?;
    let [drop, cliff, cliff_width] = p.nums(["D", "x_c", "w"])?;
    let [wall, wall_start, wall_width] = p.nums(["k", "x_v", "w_v"])?;
    Ok(PlateauCliffValley { slope, plateau_width, plateau_end, drop, cliff, cliff_width, wall, wall_start, wall_width })
}

/// The function of the inputs, and the point under `key`.
fn landscape(i: Inputs, key: &str) -> Answered<(Arc<dyn Field>, Vec<f64>)> {
    let (name, point) = (i.text("function")?, i.point(key)?);
    let params = if i.has("params") { Some(i.part("params")?) } else { None };
    let Some(field) = function(name, params)? else {
        return Err(Fault::NotCovered(format!("there is no function “{}”", shortened(name, 40))));
    };
    if field.dim() != point.len() {
        return malformed(format!("`{key}` has {} coordinates, “{name}” has {}", point.len(), field.dim()));
    }
    Ok((field, point))
}

fn eval(i: Inputs) -> Answered {
    let (field, q) = landscape(i, "x")?;
    Ok(answers! {
        "f" => potential(&*field, &q), "grad" => gradient(&*field, &q), "hess" => hessian(&*field, &q),
    })
}

/// A landscape that names one more point to start Newton's method from.
struct Hinted(Arc<dyn Field>, Vec<f64>);

impl Field for Hinted {
    fn dim(&self) -> usize {
        self.0.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        self.0.force(at, out);
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        self.0.potential(at, out)
    }

    fn hessian(&self, q: &[f64], out: &mut [f64]) -> bool {
        self.0.hessian(q, out)
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        let mut all = self.0.near_stationary();
        all.push(self.1.clone());
        all
    }
}

fn stationary(i: Inputs) -> Answered {
    let (field, near) = landscape(i, "near")?;
    let far = |s: &Stationary| s.at.iter().zip(&near).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    let points = stationary_points(&Hinted(field, near.clone()));
    let Some(found) = points.into_iter().min_by(|a, b| far(a).total_cmp(&far(b))) else {
        return Err(Fault::NotCovered("the curvature of this function is not known".into()));
    };
    let kind = match found.kind {
        Kind::Minimum => "min",
        Kind::Maximum => "max",
        Kind::Saddle => "saddle",
        Kind::Degenerate => "degenerate",
    };
    Ok(answers! { "x" => found.at, "f" => found.value, "hess_eig" => found.curvatures, "type" => kind })
}

/// A ball rolling from rest along a line.
fn ball_run(i: Inputs) -> Answered {
    let ([eta, beta, x0], n, name) = (i.nums(["eta", "beta", "x0"])?, i.steps("n")?, i.text("function")?);
    let params = if i.has("params") { Some(i.part("params")?) } else { None };
    let Some(field) = function(name, params)?.filter(|field| field.dim() == 1) else {
        return Err(Fault::NotCovered(format!("there is no function “{}” of one variable", shortened(name, 40))));
    };
    let ball = heavy_ball(eta, beta, Convention::Displacement);
    let run = states(&System::new(field, ball), &[x0], &[], n)?;
    Ok(answers! {
        "x_10" => run.get(10).map(|s| s.q[0]), "x_n" => run.last().map(|s| s.q[0]),
        "x_max" => run.iter().map(|s| s.q[0]).fold(f64::NEG_INFINITY, f64::max),
    })
}
