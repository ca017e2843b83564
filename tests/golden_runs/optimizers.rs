//! Sections 1 and 10, and the library's recorded runs: every optimizer with all its trimmings.

use std::sync::Arc;

use impetus::core::fields::Quadratic;
use impetus::core::methods::{AdaGrad, Adam, Decay, Momentum, NAdam, RmsProp, Schedule};
use impetus::core::{Field, Outcome, State, Stepper, System, advance};
use serde_json::Value;

use crate::case::{Case, flat};
use crate::machine::{Own, map, same_set, states, torch_function};

fn bowl(case: &Case) -> Arc<dyn Field> {
    let objective = case.input("objective");
    Arc::new(Quadratic::diagonal(&flat(&objective["lambda"])).around(&flat(&objective["x_star"])))
}

/// The schedule of a list of rates that changes at most once.
fn schedule(lr: &[f64]) -> Schedule {
    let at = lr.iter().position(|x| *x != lr[0]);
    at.map_or(Schedule::Constant, |at| Schedule::Drop { at: at as u64, factor: lr[at] / lr[0] })
}

fn variant(name: &str, lr: f64, beta: f64) -> Momentum {
    match name {
        "pytorch" => Momentum::pytorch(lr, beta),
        "optax_trace" => Momentum::optax_trace(lr, beta),
        "seed" => Momentum::seed(lr, beta),
        "seed_corrected" => Momentum::seed_corrected(lr, beta),
        "ema" => Momentum::ema(lr, beta),
        "keras" => Momentum::keras(lr, beta),
        "two_step" => Momentum::two_step(lr, beta),
        other => panic!("no variant {other}"),
    }
}

/// A storage convention under its own schedule, in one run of the loop.
pub fn scheduled(case: &Case) -> bool {
    let (name, lr) = (case.text("variant"), case.list("lr"));
    let method = variant(name, lr[0], case.num("beta")).with_schedule(schedule(&lr));
    let run = states(&System::new(bowl(case), method), &case.list("x0"), &[], case.count("steps"));
    case.holds("x", &run.iter().flat_map(|s| s.q.clone()).collect::<Vec<_>>());
    let sign = if matches!(name, "keras" | "two_step") { 1.0 } else { -1.0 };
    case.holds("buffer", &run[run.len() - 1].v.iter().map(|v| sign * v).collect::<Vec<_>>());
    true
}

/// Dampening along a given sequence of gradients.
pub fn dampening(case: &Case) -> bool {
    let grads = case.list("grads");
    let steps = grads.len() as u64;
    let method = Momentum::pytorch(0.0, case.num("mu")).with_dampening(case.num("dampening"));
    let mut state = State::at(&[0.0], &[], 1, 1, 0);
    for g in grads {
        let field = Own(1, move |_: &[f64]| vec![-g]);
        advance(&System::new(Arc::new(field), method), &mut state, 1, &mut ());
    }
    assert_eq!(state.step, steps);
    case.holds("buffer", &[-state.v[0]]);
    true
}

/// An optimizer of section 10 by its name.
fn adaptive(case: &Case) -> Arc<dyn Stepper> {
    let num = |key: &str| case.input(key).as_f64().unwrap_or(0.0);
    let [lr, b1, b2, eps, w] = ["lr", "b1", "b2", "eps", "wd"].map(num);
    match case.text("variant") {
        "adam" => Arc::new(Adam::adam(lr, b1, b2, eps)),
        "adam_l2" => Arc::new(Adam::adam_l2(lr, b1, b2, eps, w)),
        "adamw" => Arc::new(Adam::adamw(lr, b1, b2, eps, w)),
        "amsgrad" => Arc::new(Adam::amsgrad(lr, b1, b2, eps)),
        "rmsprop" => Arc::new(RmsProp::rmsprop(lr, b2, eps, num("mom"), false)),
        "sgd_l2" => Arc::new(Momentum::sgd_l2(lr, b1, w)),
        "sgdw" => Arc::new(Momentum::sgdw(lr, b1, w)),
        other => panic!("no optimizer {other}"),
    }
}

/// A run of the Adam family.
pub fn run(case: &Case) -> bool {
    let select = case.list("select");
    let system = System { field: bowl(case), stepper: adaptive(case) };
    let run = states(&system, &case.list("x0"), &[], select[select.len() - 1] as u64);
    case.holds("x", &select.iter().flat_map(|t| run[*t as usize].q.clone()).collect::<Vec<_>>());
    true
}

/// Adam's first step, whatever it remembers.
pub fn first_step(case: &Case) -> bool {
    let g = case.num("g");
    for (b1, b2) in [(0.9, 0.999), (0.5, 0.9), (0.0, 0.0)] {
        let field = Own(1, move |_: &[f64]| vec![-g]);
        let method = Adam::adam(case.num("lr"), b1, b2, case.num("eps"));
        case.holds("dx", &states(&System::new(Arc::new(field), method), &[0.0], &[], 1)[1].q);
    }
    true
}

/// Where decay and gradient balance, found by running. The limits of AdamW are closed forms.
pub fn equilibrium(case: &Case) -> bool {
    let [lambda, w, beta] = ["lambda", "w", "beta"].map(|key| case.num(key));
    let at_rest = |method: Momentum| {
        let field = Quadratic::diagonal(&[lambda]).around(&[case.num("x_star")]);
        let mut state = State::at(&[0.5], &[], 1, 1, 0);
        let outcome = advance(&System::new(Arc::new(field), method), &mut state, 20_000, &mut ());
        assert_eq!(outcome, Outcome::Running);
        state.q
    };
    let decoupled = Decay::Decoupled(w);
    case.holds("l2", &at_rest(Momentum::sgd_l2(0.1, beta, w)));
    case.holds("sgdw_raw", &at_rest(Momentum::sgdw(0.1, beta, w)));
    // The average decays by the rate it steps with, α.
    case.holds("ema_decoupled", &at_rest(Momentum::ema(0.1, beta).with_decay(decoupled)));
    true
}

/// The poles of both decays, from the matrix of one step.
pub fn sgdw_poles(case: &Case) -> bool {
    let [eta, lambda, beta, w] = ["eta", "lambda", "beta", "w"].map(|key| case.num(key));
    for (key, method) in [("sgdw", Momentum::sgdw(eta, beta, w)), ("l2", Momentum::sgd_l2(eta, beta, w))] {
        let poles = map(&System::new(Arc::new(Quadratic::diagonal(&[lambda])), method), 1, 0).complex_eigenvalues();
        let poles: Vec<[f64; 2]> = poles.iter().map(|z| [z.re, z.im]).collect();
        case.holds(key, &same_set(&poles, &flat(case.expected(key))));
    }
    true
}

/// A narrow valley, along the axes and turned: Adam sees the difference.
pub fn rotation(case: &Case) -> bool {
    let (lambda, z0) = ([case.num("l1"), case.num("l2")], case.list("z0_valley_frame"));
    let loss = |phi: f64, method: Arc<dyn Stepper>| {
        let (sin, cos) = phi.sin_cos();
        let start = [cos * z0[0] - sin * z0[1], sin * z0[0] + cos * z0[1]];
        let field = Quadratic::rotated(lambda, phi);
        let system = System { field: Arc::new(field.clone()), stepper: method };
        let end = states(&system, &start, &[], case.count("n")).pop().unwrap();
        let at = impetus::core::At { t: 0.0, n: 1, q: &end.q, v: &end.v };
        let mut u = [f64::NAN];
        assert!(field.potential(at, &mut u));
        u[0]
    };
    let adam = || Arc::new(Adam::adam(case.num("adam_lr"), 0.9, 0.999, 1e-8));
    let ball = || Arc::new(Momentum::seed(case.num("hb_eta"), case.num("hb_beta")));
    let phi = case.num("phi");
    case.holds("adam_loss_aligned", &[loss(0.0, adam())]);
    case.holds("adam_loss_rotated", &[loss(phi, adam())]);
    for angle in [0.0, phi] {
        case.holds("hb_loss_both", &[loss(angle, ball())]);
    }
    true
}

/// The library's optimizer with its hyperparameters and defaults.
fn torch(name: &str, given: &Value) -> Arc<dyn Stepper> {
    let num = |key: &str, default: f64| given[key].as_f64().unwrap_or(default);
    let yes = |key: &str| given[key] == true;
    let beta = |i: usize| given["betas"][i].as_f64().unwrap_or([0.9, 0.999][i]);
    let (lr, w) = (num("lr", f64::NAN), num("weight_decay", 0.0));
    let decay = match (w, yes("decoupled_weight_decay")) {
        (0.0, _) => Decay::None,
        (_, true) => Decay::Decoupled(w),
        (_, false) => Decay::Coupled(w),
    };
    let eps = num("eps", 1e-8);
    match name {
        "sgd" => Arc::new(
            Momentum::pytorch(lr, num("momentum", 0.0))
                .with_nesterov(yes("nesterov"))
                .with_dampening(num("dampening", 0.0))
                .with_decay(decay),
        ),
        "adam" => Arc::new(Adam { decay, amsgrad: yes("amsgrad"), ..Adam::adam(lr, beta(0), beta(1), eps) }),
        "adamw" => Arc::new(Adam::adamw(lr, beta(0), beta(1), eps, num("weight_decay", 0.01))),
        "nadam" => Arc::new(NAdam::nadam(lr, beta(0), beta(1), eps, num("momentum_decay", 0.004)).with_decay(decay)),
        "rmsprop" => {
            let plain = RmsProp::rmsprop(lr, num("alpha", 0.99), eps, num("momentum", 0.0), yes("centered"));
            Arc::new(RmsProp { decay, ..plain })
        }
        "adagrad" => {
            let start = num("initial_accumulator_value", 0.0);
            Arc::new(AdaGrad { decay, ..AdaGrad::adagrad(lr, num("lr_decay", 0.0), start, num("eps", 1e-10)) })
        }
        other => panic!("no optimizer {other}"),
    }
}

/// Fifty steps of an optimizer as a deep-learning library makes them.
pub fn torch_run(case: &Value) {
    let system = System {
        field: torch_function(case["function"].as_str().unwrap()),
        stepper: torch(case["optimizer"].as_str().unwrap(), &case["hyper"]),
    };
    let rows: Vec<Vec<f64>> = case["rows"].as_array().unwrap().iter().map(flat).collect();
    let last = rows[rows.len() - 1][0] as u64;
    let run = states(&system, &flat(&case["start"]), &[], last);
    let rel = case["rel_tolerance"].as_f64().unwrap();
    for row in rows {
        let got = &run[row[0] as usize].q;
        let bound = rel * (1.0 + row[1].abs().max(row[2].abs()));
        let far = got.iter().zip(&row[1..3]).any(|(a, b)| !((a - b).abs() <= bound));
        let what = format!("{} {} on {}", case["optimizer"], case["hyper"], case["function"]);
        assert!(!far, "{what} step {}: {got:?} is not {row:?}", row[0]);
    }
}
