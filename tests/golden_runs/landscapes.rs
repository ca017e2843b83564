//! Section 12: value, slope, curvature and stationary points of the test functions, and balls on
//! them.

use std::sync::Arc;

use impetus::core::fields::{Kind, Stationary, stationary_points};
use impetus::core::methods::{Convention, heavy_ball};
use impetus::core::{Field, System};

use crate::case::Case;
use crate::machine::{force, function, hessian, potential_at, states};

fn landscape(case: &Case) -> Arc<dyn Field> {
    function(case.text("function"), case.input("params"))
}

/// Value, gradient and Hessian at a point.
pub fn eval(case: &Case) -> bool {
    let (field, q) = (landscape(case), case.list("x"));
    case.holds("f", &[potential_at(&*field, &q)]);
    case.holds("grad", &force(&*field, &q).iter().map(|f| -f).collect::<Vec<_>>());
    case.holds("hess", &hessian(&*field, &q));
    true
}

/// A stationary point, among those the landscape names.
pub fn stationary(case: &Case) -> bool {
    let (points, near) = (stationary_points(&*landscape(case)), case.list("near"));
    let far = |s: &Stationary| s.at.iter().zip(&near).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    let found = points.iter().min_by(|a, b| far(a).total_cmp(&far(b))).unwrap();
    case.holds("x", &found.at);
    case.holds("f", &[found.value]);
    case.holds("hess_eig", &found.curvatures);
    let kind = match found.kind {
        Kind::Minimum => "min",
        Kind::Maximum => "max",
        Kind::Saddle => "saddle",
        Kind::Degenerate => "degenerate",
    };
    assert_eq!(case.expected("type"), kind, "{}", case.id());
    true
}

/// A ball rolling from rest over a landscape.
pub fn ball_run(case: &Case) -> bool {
    let ball = heavy_ball(case.num("eta"), case.num("beta"), Convention::Displacement);
    let run = states(&System::new(landscape(case), ball), &[case.num("x0")], &[], case.count("n"));
    case.holds("x_10", &run[10].q);
    case.holds("x_n", &run[run.len() - 1].q);
    case.holds("x_max", &[run.iter().map(|s| s.q[0]).fold(f64::NEG_INFINITY, f64::max)]);
    true
}
