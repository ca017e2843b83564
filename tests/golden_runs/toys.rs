//! Section 11: the toy models, as runs.

use std::sync::Arc;

use impetus::core::fields::{Clipped, Quadratic, RnnLoss, ScaleInvariant, stationary_points};
use impetus::core::methods::{FedAvg, LaggedStatistic, Momentum, Participation, gradient_descent};
use impetus::core::{Field, Outcome, State, System, advance};

use crate::case::{Case, flat};
use crate::machine::{characteristic, force, hessian, map, potential_at, radius, states};

/// A statistic that lags behind the parameter it is taken from.
pub fn bn_lag(case: &Case) -> bool {
    let [eta, beta, rho, kappa] = ["q", "beta", "rho", "kappa"].map(|key| case.num(key));
    let system = System::new(Arc::new(Quadratic::diagonal(&[1.0])), LaggedStatistic { eta, beta, rho, kappa });
    let run = states(&system, &[1.0], &[], case.count("n"));
    case.holds("x", &run.iter().map(|s| s.q[0]).collect::<Vec<_>>());
    // The second slot is scratch: its row and column carry nothing.
    let matrix = map(&system, 1, 1);
    case.holds("char_poly", &characteristic(&matrix));
    case.holds("spectral_radius", &[radius(&matrix)]);
    assert_eq!(case.expected("stable"), radius(&matrix) < 1.0 - 1e-9, "{}", case.id());
    true
}

/// A loss that sees only the direction of its weights.
pub fn bn_scale_run(case: &Case) -> bool {
    let field = ScaleInvariant { height: case.num("A") };
    let method = Momentum::sgd_l2(case.num("eta"), case.num("beta"), case.num("wd"));
    let run = states(&System::new(Arc::new(field), method), &case.list("w0"), &[], case.count("n"));
    case.holds("w", &run.iter().flat_map(|s| s.q.clone()).collect::<Vec<_>>());
    case.holds("norm", &run.iter().map(|s| s.q[0].hypot(s.q[1])).collect::<Vec<_>>());
    case.holds("angle", &run.iter().map(|s| s.q[1].atan2(s.q[0])).collect::<Vec<_>>());
    true
}

/// One step lengthens its weights by exactly its own square.
pub fn bn_norm_gd(case: &Case) -> bool {
    let (field, w0) = (ScaleInvariant { height: case.num("A") }, case.list("w0"));
    let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
    case.holds("norm_sq_before", &[square(&w0)]);
    case.holds("grad_sq", &[square(&force(&field, &w0))]);
    let end = states(&System::new(Arc::new(field), gradient_descent(case.num("eta"))), &w0, &[], 1).pop().unwrap();
    case.holds("norm_sq_after", &[square(&end.q)]);
    true
}

fn server(case: &Case, participation: Participation) -> FedAvg {
    FedAvg {
        clients: case.list("a").into_iter().zip(case.list("b")).map(|(a, b)| [a, b]).collect(),
        local_steps: case.count("E") as u32,
        eta_local: case.num("eta_l"),
        eta_server: case.num("eta_s"),
        beta: case.num("beta"),
        participation,
    }
}

/// The clients bring their forces; the field is not looked at.
fn federated(method: FedAvg) -> System {
    System::new(Arc::new(Quadratic::diagonal(&[0.0])), method)
}

/// Rounds with given participants.
pub fn fed_run(case: &Case) -> bool {
    let index = |i: f64| i as usize;
    let rounds: Vec<Vec<usize>> = case
        .input("rounds")
        .as_array()
        .unwrap()
        .iter()
        .map(|round| flat(round).into_iter().map(index).collect())
        .collect();
    let steps = rounds.len() as u64;
    let system = federated(server(case, Participation::Listed(rounds)));
    let run = states(&system, &[case.num("x0")], &[], steps);
    case.holds("x", &run.iter().map(|s| s.q[0]).collect::<Vec<_>>());
    true
}

/// Where full participation ends, and how far one client alone goes.
pub fn fed_fixed_point(case: &Case) -> bool {
    let all = server(case, Participation::All);
    let alone = |client: &[f64; 2]| {
        let one = FedAvg { clients: vec![*client], beta: 0.0, eta_server: 1.0, ..all.clone() };
        let end = states(&federated(one), &[client[1] + 1.0], &[], 1).pop().unwrap();
        client[1] + 1.0 - end.q[0]
    };
    case.holds("alpha", &all.clients.iter().map(alone).collect::<Vec<_>>());
    let mut state = State::at(&[0.0], &[], 1, 1, 0);
    assert_eq!(advance(&federated(all), &mut state, 5_000, &mut ()), Outcome::Running);
    case.holds("x_inf", &state.q);
    true
}

/// The spread that sampling the participants leaves, over an ensemble of servers: within four
/// standard errors, measured on the sample.
pub fn fed_variance(case: &Case) -> bool {
    let wanted = case.count("M") as usize;
    let mut state = State::at(&[0.0], &[], 20_000, 11, 0);
    let system = federated(server(case, Participation::Sampled(wanted)));
    assert_eq!(advance(&system, &mut state, 200, &mut ()), Outcome::Running);
    let within = |key: &str, values: Vec<f64>| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let error = (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n / n).sqrt();
        let want = case.expected(key).as_f64().unwrap();
        assert!((mean - want).abs() <= 4.0 * error, "{} {key}: {mean} is not {want} ± {error}", case.id());
    };
    let centre = case.expected("mean").as_f64().unwrap();
    within("mean", state.q.clone());
    within("var", state.q.iter().map(|x| (x - centre).powi(2)).collect());
    true
}

fn recurrence(case: &Case) -> RnnLoss {
    RnnLoss { h0: case.num("h0"), target: case.num("y"), length: case.count("T") as u32 }
}

/// Loss, slope and curvature of the recurrence, and its minimum.
pub fn rnn_scalar(case: &Case) -> bool {
    let (loss, w) = (recurrence(case), [case.num("w")]);
    case.holds("loss", &[potential_at(&loss, &w)]);
    case.holds("grad", &[-force(&loss, &w)[0]]);
    case.holds("hess", &hessian(&loss, &w));
    let best = &stationary_points(&loss)[0];
    case.holds("w_star", &best.at);
    case.holds("sharpness", &best.curvatures);
    true
}

/// Heavy ball on the recurrence, with and without a clipped gradient.
pub fn rnn_run(case: &Case) -> bool {
    let loss: Arc<dyn Field> = Arc::new(recurrence(case));
    let field: Arc<dyn Field> = match case.input("clip").as_f64() {
        Some(limit) => Arc::new(Clipped::value(loss, limit)),
        None => loss,
    };
    let system = System::new(field, Momentum::seed(case.num("eta"), case.num("beta")));
    let run = states(&system, &[case.num("w0")], &[], case.count("n"));
    case.holds("w", &run[1..].iter().map(|s| s.q[0]).collect::<Vec<_>>());
    true
}
