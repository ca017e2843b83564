//! Sections 0, 1 and 2: optimizers on bowls, and the runs a deep-learning library recorded.

use std::sync::Arc;

use impetus::core::fields::{Lessard, Quadratic};
use impetus::core::methods::{Convention, heavy_ball, nesterov, nesterov_look_ahead};
use impetus::core::{Field, State, System, advance};
use impetus::theory::regime::classify;

use crate::case::{Case, flat};
use crate::machine::{Own, states};

/// The bowl of *Dive into Deep Learning*, to the printed digit.
pub fn d2l(case: &Case) -> bool {
    let (eta, beta) = (case.num("eta"), case.num("gamma"));
    let ball = System::new(Arc::new(Quadratic::d2l()), heavy_ball(eta, beta, Convention::Displacement));
    let end = states(&ball, &case.list("x0"), &[], case.count("steps")).pop().unwrap();
    case.holds("x", &end.q);
    case.holds("printed", &end.q);
    for (x, printed) in end.q.iter().zip(flat(case.expected("printed"))) {
        assert_eq!(format!("{x:.6}"), format!("{printed:.6}"), "{}", case.id());
    }
    case.says("regime", &[0.2, 4.0].map(|lambda| classify(eta * lambda, beta).key()));
    true
}

/// Two printed steps of a library's optimizer on w²/2, and the article's formula beside it.
pub fn seed003(case: &Case) -> bool {
    let beta = case.num("momentum");
    let quoted = case.input("lr").is_null();
    let method = match quoted {
        true => heavy_ball(1.0 - beta, beta, Convention::MovingAverage),
        false => heavy_ball(case.num("lr"), beta, Convention::Accumulating),
    };
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), method);
    let run = states(&system, &[case.num("w0")], &[], case.count("steps"));
    let w: Vec<f64> = run.iter().map(|s| s.q[0]).collect();
    case.holds("w", &w[1..]);
    if !quoted {
        case.holds("w_float32_about", &w[1..]);
        case.holds("grad", &w[..2]);
        case.holds("buffer", &[-run[2].v[0]]);
    }
    true
}

fn bowl(case: &Case) -> Quadratic {
    let objective = case.input("objective");
    Quadratic::diagonal(&flat(&objective["lambda"])).around(&flat(&objective["x_star"]))
}

/// Steps a variant through its list of step sizes; the states with the start first.
fn run_variant(case: &Case, variant: &str, lr: &[f64]) -> Vec<State> {
    let beta = case.num("beta");
    let field: Arc<dyn Field> = Arc::new(bowl(case));
    let mut out = vec![State::at(&case.list("x0"), &[], 1, 1, 0)];
    for (n, eta) in lr.iter().enumerate() {
        let method = match variant {
            "pytorch" | "optax_trace" => heavy_ball(*eta, beta, Convention::Accumulating),
            "ema" => heavy_ball(*eta * (1.0 - beta), beta, Convention::MovingAverage),
            _ => heavy_ball(*eta, beta, Convention::Displacement),
        };
        let mut next = out[n].clone();
        if variant == "seed_corrected" && n > 0 {
            next.v.iter_mut().for_each(|v| *v *= eta / lr[n - 1]);
        }
        advance(&System::new(field.clone(), method), &mut next, 1, &mut ());
        out.push(next);
    }
    out
}

/// A run in one storage convention, with the buffer it leaves behind.
pub fn run(case: &Case) -> bool {
    let variant = case.text("variant");
    let run = run_variant(case, variant, &case.list("lr"));
    case.holds("x", &run.iter().flat_map(|s| s.q.clone()).collect::<Vec<_>>());
    let sign = if matches!(variant, "keras" | "two_step") { 1.0 } else { -1.0 };
    case.holds("buffer", &run[run.len() - 1].v.iter().map(|v| sign * v).collect::<Vec<_>>());
    true
}

/// All conventions end at the same point.
pub fn equivalent(case: &Case) -> bool {
    for run in case.input("runs").as_array().unwrap() {
        let lr = vec![run["lr"].as_f64().unwrap(); case.count("steps") as usize];
        let end = run_variant(case, run["variant"].as_str().unwrap(), &lr).pop().unwrap();
        case.holds("x_final", &end.q);
    }
    true
}

/// And at different ones when the step changes on the way.
pub fn different(case: &Case) -> bool {
    for variant in ["pytorch", "seed", "seed_corrected", "ema"] {
        // The listed steps are those of the accumulating form; the average takes η/(1−β).
        let per = if variant == "ema" { 1.0 - case.num("beta") } else { 1.0 };
        let lr: Vec<f64> = case.list("lr").iter().map(|lr| lr / per).collect();
        let end = run_variant(case, variant, &lr).pop().unwrap();
        case.holds(variant, &end.q);
    }
    true
}

/// The two points of Nesterov's method; the state is kept at the look-ahead point.
pub fn nesterov_points(case: &Case) -> bool {
    let mu = case.num("beta");
    let system = System::new(Arc::new(bowl(case)), nesterov(case.num("lr"), mu));
    let run = states(&system, &case.list("x0"), &[], case.count("steps"));
    case.holds("phi_pytorch", &run.iter().flat_map(|s| s.q.clone()).collect::<Vec<_>>());
    let theta = run.iter().flat_map(|s| s.q.iter().zip(&s.v).map(|(phi, v)| phi - mu * v).collect::<Vec<_>>());
    case.holds("theta_lookahead", &theta.collect::<Vec<_>>());
    let ahead = System::new(Arc::new(bowl(case)), nesterov_look_ahead(case.num("lr"), mu));
    let run = states(&ahead, &case.list("x0"), &[], case.count("steps"));
    case.holds("theta_lookahead", &run.iter().flat_map(|s| s.q.clone()).collect::<Vec<_>>());
    true
}

/// A plateau of constant slope, and the way a ball coasts after it.
pub fn constant_gradient(case: &Case) -> bool {
    let (eta, beta, g) = (case.num("eta"), case.num("beta"), case.num("g"));
    let on = |g: f64| {
        System::new(Arc::new(Own(1, move |_: &[f64]| vec![-g])), heavy_ball(eta, beta, Convention::Displacement))
    };
    let end = states(&on(g), &[0.0], &[], case.count("N")).pop().unwrap();
    case.holds("x_N", &end.q);
    case.holds("v_N", &[-end.v[0]]);
    let mut coast = end.clone();
    advance(&on(0.0), &mut coast, 10_000, &mut ());
    case.holds("coast_distance_after_cut", &[end.q[0] - coast.q[0]]);
    let mut on_and_on = end;
    advance(&on(g), &mut on_and_on, 10_000, &mut ());
    case.holds("terminal_v", &[-on_and_on.v[0]]);
    true
}

/// The tuning that falls into a cycle of three on a strongly convex function.
pub fn cycle3(case: &Case) -> bool {
    let ball = heavy_ball(case.num("eta"), case.num("beta"), Convention::Displacement);
    let buffer = case.num("x0") - case.num("x_minus1");
    let run = states(&System::new(Arc::new(Lessard), ball), &[case.num("x0")], &[buffer], case.count("steps"));
    let x: Vec<f64> = run[1..].iter().map(|s| s.q[0]).collect();
    case.holds("first_10", &x[..10]);
    for shift in 0..10 {
        let mut last = x[x.len() - 3 - shift..x.len() - shift].to_vec();
        let mut want = flat(case.expected("cycle_set"));
        last.sort_by(f64::total_cmp);
        want.sort_by(f64::total_cmp);
        assert!(last.iter().zip(&want).all(|(a, b)| (a - b).abs() <= 2e-9), "{}: {last:?}", case.id());
    }
    true
}

/// The response of one mode at chosen steps.
pub fn hb_response(case: &Case) -> bool {
    let ball = heavy_ball(case.num("q"), case.num("beta"), Convention::Displacement);
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), ball);
    let t = case.list("t");
    let run = states(&system, &[case.num("x0")], &[-case.num("v0_seed")], t[t.len() - 1] as u64);
    case.holds("x", &t.iter().map(|t| run[*t as usize].q[0]).collect::<Vec<_>>());
    true
}
