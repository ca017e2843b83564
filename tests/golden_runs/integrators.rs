//! Sections 3, 4, 5, 7 and 12: springs, joints, samplers and balls.

use std::sync::Arc;

use impetus::core::Move::{Damp, Drift, Eval, Kick};
use impetus::core::fields::Quadratic;
use impetus::core::methods::{Convention, baoab, heavy_ball, leapfrog, sghmc, ula};
use impetus::core::{At, ExactFlow, Linear, RungeKutta4, SampledPd, Splitting, State, Stepper, System};
use impetus::theory::fluctuation::{euler_maruyama_kick_std, obabo_kick_std, sghmc_noise, velocity_noise};
use impetus::theory::mapping::{Mapping, matched_start_velocity, momentum_from_oscillator, pole_match};
use impetus::theory::oscillator::Oscillator;

use crate::case::{Case, flat};
use crate::machine::{Own, force, function, integrator, potential, states, step_with, word};

fn mch(case: &Case) -> [f64; 3] {
    ["m", "c", "h"].map(|key| case.num(key))
}

/// A few steps of every deterministic integrator.
pub fn step(case: &Case) -> bool {
    let [m, c, h] = mch(case);
    let stepper = integrator(case.text("integrator"), m, c, h);
    let run = states(
        &System { field: potential(case.input("U")), stepper },
        &[case.num("x0")],
        &[case.num("v0")],
        case.count("n"),
    );
    case.holds("states", &run[1..].iter().flat_map(|s| [s.q[0], s.v[0]]).collect::<Vec<_>>());
    true
}

/// Errors at one time for halved steps, and the orders they show.
pub fn order(case: &Case) -> bool {
    let [m, c, k, end] = ["m", "c", "k", "T"].map(|key| case.num(key));
    let (x0, v0) = (case.num("x0"), case.num("v0"));
    let (x, v) = Oscillator { m, c, k }.flow(end, x0, v0);
    let error = |n: f64| {
        let stepper = integrator(case.text("integrator"), m, c, end / n);
        let system = System { field: Arc::new(Quadratic::diagonal(&[k])), stepper };
        let s = states(&system, &[x0], &[v0], n as u64).pop().unwrap();
        (s.q[0] - x).hypot(s.v[0] - v)
    };
    let errors: Vec<f64> = case.list("n").into_iter().map(error).collect();
    case.holds("errors", &errors);
    case.holds("orders", &errors.windows(2).map(|e| (e[0] / e[1]).log2()).collect::<Vec<_>>());
    true
}

/// Every scheme is a heavy ball: its coefficients, its point before the start and its path.
pub fn heavy_ball_identity(case: &Case) -> bool {
    let ([m, c, h], name) = (mch(case), case.text("integrator"));
    let map = match name {
        "symplectic_euler_explicit" => Mapping::Explicit,
        "symplectic_euler_implicit" => Mapping::Qian,
        "symplectic_euler_conformal" => Mapping::Conformal,
        _ => Mapping::Splitting,
    };
    let (eta, beta) = momentum_from_oscillator(map, m, c, 0.0, h).unwrap();
    case.holds("eta", &[eta]);
    case.holds("beta", &[beta]);
    let field = potential(case.input("U"));
    let (x0, v0) = (case.num("x0"), case.num("v0"));
    let slope = -force(&*field, &[x0])[0];
    let buffer = match name {
        "baoab_T0" => h * (1.0 + beta) / (2.0 * beta) * (v0 + h / (2.0 * m) * slope),
        "obabo_T0" => h * v0 / beta.sqrt() + h * h / (2.0 * m) * slope,
        _ => h * v0,
    };
    case.holds("x_minus1", &[x0 - buffer]);
    let machine = System { field: field.clone(), stepper: integrator(name, m, c, h) };
    let ball = System::new(field, heavy_ball(eta, beta, Convention::Displacement));
    for (system, v) in [(machine, v0), (ball, buffer)] {
        let run = states(&system, &[x0], &[v], case.count("n"));
        case.holds("x", &run.iter().map(|s| s.q[0]).collect::<Vec<_>>());
    }
    true
}

/// A leapfrog trajectory with its energy error.
pub fn leapfrog_run(case: &Case) -> bool {
    let (m, h, field) = (case.num("m"), case.num("h"), potential(case.input("U")));
    let system = System::new(field.clone(), leapfrog(m, h));
    let run = states(&system, &[case.num("x0")], &[case.num("v0")], case.count("L"));
    let energy = |s: &State| {
        let mut u = [f64::NAN];
        assert!(field.potential(At { t: 0.0, n: 1, q: &s.q, v: &s.v }, &mut u));
        0.5 * m * s.v[0] * s.v[0] + u[0]
    };
    let end = &run[run.len() - 1];
    let gained = energy(end) - energy(&run[0]);
    case.holds("x", &end.q);
    case.holds("v", &end.v);
    case.holds("dH", &[gained]);
    case.holds("accept_prob", &[(-gained / case.num("T")).exp().min(1.0)]);
    true
}

/// The quantity a symplectic scheme conserves exactly.
pub fn shadow(case: &Case) -> bool {
    let [m, k, h] = ["m", "k", "h"].map(|key| case.num(key));
    let name = case.text("integrator");
    let system = System { field: Arc::new(Quadratic::diagonal(&[k])), stepper: integrator(name, m, 0.0, h) };
    let run = states(&system, &[case.num("x0")], &[case.num("v0")], case.count("n"));
    for s in &run {
        let (x, v) = (s.q[0], s.v[0]);
        let mixed = if name == "velocity_verlet" { h * h * k / (4.0 * m) * k * x * x } else { h * k * x * v };
        case.holds("invariant", &[m * v * v + k * x * x - mixed]);
    }
    case.holds("x_n", &run[run.len() - 1].q);
    case.holds("v_n", &run[run.len() - 1].v);
    true
}

/// The word of a sampler, by name; `None` if it is no word over the moves.
fn sampler(case: &Case) -> Option<Splitting> {
    let p = |key: &str| case.input("params")[key].as_f64().unwrap();
    let mch = || [p("m"), p("c"), p("h"), p("T")];
    let euler = |moves: fn(Splitting) -> Splitting| {
        let [m, c, h, t] = mch();
        let damp = Damp { keep: 1.0 - c * h / m, noise: euler_maruyama_kick_std(m, c, h, t) };
        moves(word(h, &[Eval, damp, Kick(h / m), Drift(h)]))
    };
    Some(match case.text("scheme") {
        "euler_maruyama" => euler(|w| word(w.dt, &[w.moves[0], w.moves[3], w.moves[1], w.moves[2]])),
        "symplectic_em" => euler(|w| w),
        "baoab" => baoab(p("m"), p("c"), p("h"), p("T")),
        "obabo" => {
            let [m, c, h, t] = mch();
            let damp = Damp { keep: (-0.5 * c * h / m).exp(), noise: obabo_kick_std(m, c, h, t) };
            word(h, &[damp, Kick(0.5 * h / m), Drift(h), Eval, Kick(0.5 * h / m), damp])
        }
        "sghmc" => sghmc(p("eta"), p("alpha"), p("T") * (1.0 - p("beta_hat") / p("alpha"))),
        "sghmc_drift_kick" => {
            let damp = Damp { keep: 1.0 - p("alpha"), noise: sghmc_noise(p("alpha"), p("eta"), p("T")) };
            word(1.0, &[Drift(1.0), Eval, damp, Kick(p("eta"))])
        }
        "hb_ou" => {
            let keep = 1.0 - p("alpha");
            let damp = Damp { keep, noise: velocity_noise(p("eta"), keep, p("T")).sqrt() };
            word(1.0, &[Eval, damp, Kick(p("eta")), Drift(1.0)])
        }
        "sgld" => ula(p("eps"), p("T")),
        _ => return None,
    })
}

/// Stochastic steps with given normal deviates.
pub fn sde_step(case: &Case) -> bool {
    let Some(word) = sampler(case) else { return false };
    let field = potential(case.input("U"));
    let overdamped = case.text("scheme") == "sgld";
    let v0 = if overdamped { 0.0 } else { case.num("v0") };
    let mut state = State::at(&[case.num("x0")], &[v0], 1, 1, 0);
    if word.wants_force() {
        state.evaluate(&*field);
    }
    let mut got = Vec::new();
    for xi in case.input("xi").as_array().unwrap() {
        step_with(&word, &field, &mut state, &flat(xi));
        got.extend([state.q[0], state.v[0]]);
    }
    case.holds("states", &got);
    true
}

/// BAOAB's positions are a heavy ball under noise that remembers one step.
pub fn baoab_noise(case: &Case) -> bool {
    let [m, c, h] = mch(case);
    let temperature = case.num("T");
    let (word, field) = (baoab(m, c, h, temperature), potential(case.input("U")));
    let mut state = State::at(&[case.num("x0")], &[case.num("v0")], 1, 1, 0);
    state.evaluate(&*field);
    let (xi, mut x) = (case.list("xi"), vec![state.q[0]]);
    for xi in &xi {
        step_with(&word, &field, &mut state, &[*xi]);
        x.push(state.q[0]);
    }
    case.holds("x", &x);
    let (eta, beta) = momentum_from_oscillator(Mapping::Splitting, m, c, 0.0, h).unwrap();
    let s = 0.5 * h * ((1.0 - beta * beta) * temperature / m).sqrt();
    case.holds("s", &[s]);
    let pull = |x: f64| eta * force(&*field, &[x])[0];
    let left = |w: &[f64]| w[2] - (1.0 + beta) * w[1] + beta * w[0] - pull(w[1]);
    case.holds("residual", &x.windows(3).map(left).collect::<Vec<_>>());
    case.holds("residual", &xi.windows(2).map(|xi| s * (xi[0] + xi[1])).collect::<Vec<_>>());
    true
}

/// The exact flow over times from a tenth to ten seconds, each in one step.
pub fn msd_exact(case: &Case) -> bool {
    let [m, c, k] = ["m", "c", "k"].map(|key| case.num(key));
    let (x0, v0) = (case.num("x0"), case.num("v0"));
    let at = |t: f64| {
        let flow = ExactFlow::new(Linear { matrix: &[k], centre: &[0.0] }, &[m], &[c], t);
        let s = states(&System::new(Arc::new(Quadratic::diagonal(&[k])), flow), &[x0], &[v0], 1).pop().unwrap();
        [s.q[0], s.v[0], 0.5 * m * s.v[0] * s.v[0] + 0.5 * k * s.q[0] * s.q[0]]
    };
    case.holds("x_v_E", &case.list("t").into_iter().flat_map(at).collect::<Vec<_>>());
    true
}

/// The oscillator through the iterates, at the iterates and half way between them.
pub fn interpolant(case: &Case) -> bool {
    let (h, x0) = (case.num("h"), case.num("x0"));
    let twin = pole_match(case.num("q"), case.num("beta"), h).unwrap();
    case.holds("c_over_m", &[twin.c_over_m]);
    case.holds("k_over_m", &[twin.k_over_m]);
    let flow = ExactFlow::new(Linear { matrix: &[twin.k_over_m], centre: &[0.0] }, &[1.0], &[twin.c_over_m], 0.5 * h);
    let v0 = flat(case.expected("v0_interpolant"))[0];
    let run = states(&System::new(Arc::new(Quadratic::diagonal(&[0.0])), flow), &[x0], &[v0], 2 * case.count("n"));
    let every_other = |from: usize| run.iter().skip(from).step_by(2).map(|s| s.q[0]).collect::<Vec<_>>();
    case.holds("x", &every_other(0));
    case.holds("x_half", &every_other(1));
    true
}

/// Heavy ball against the equation it follows to second order, on a quartic.
pub fn modified_order(case: &Case) -> bool {
    let [m, c, end, x0] = ["m", "c", "T", "x_init"].map(|key| case.num(key));
    let field = || Arc::new(Own(1, |q: &[f64]| vec![-q[0] - q[0].powi(3)]));
    let ode = |v0: f64| {
        let n = 4_000.0;
        let method = RungeKutta4 { dt: end / n, mass: m, friction: c };
        states(&System::new(field(), method), &[x0], &[v0], n as u64).pop().unwrap().q[0]
    };
    case.holds("ode_naive", &[ode(0.0)]);
    let h = case.list("h");
    let slope = x0 + x0.powi(3);
    case.holds("ode_matched", &h.iter().map(|h| ode(matched_start_velocity(*h, m, slope))).collect::<Vec<_>>());
    let ball = |h: &f64| {
        let (eta, beta) = momentum_from_oscillator(Mapping::Central, m, c, 0.0, *h).unwrap();
        let system = System::new(field(), heavy_ball(eta, beta, Convention::Displacement));
        states(&system, &[x0], &[], (end / h).round() as u64).pop().unwrap().q[0]
    };
    case.holds("x_N", &h.iter().map(ball).collect::<Vec<_>>());
    true
}

/// A joint whose motor saturates on the way to its set point.
pub fn saturation(case: &Case) -> bool {
    let [inertia, kp, kd, period, r, limit] = ["J", "kp", "kd", "T", "r", "u_max"].map(|key| case.num(key));
    let joint = SampledPd { period, inertia: vec![inertia], kd: vec![kd], torque_limit: limit };
    let field = Quadratic::diagonal(&[kp]).around(&[r]);
    let run = states(&System::new(Arc::new(field), joint), &[0.0], &[0.0], case.count("n"));
    case.holds("q", &run.iter().map(|s| s.q[0]).collect::<Vec<_>>());
    case.holds("u", &run.windows(2).map(|s| inertia * (s[1].v[0] - s[0].v[0]) / period).collect::<Vec<_>>());
    case.holds("v_final", &run[run.len() - 1].v);
    true
}

/// How much a step shrinks a cell of phase space.
pub fn volume(case: &Case) -> bool {
    let [m, c, h] = mch(case);
    let k = case.num("k");
    let field = Arc::new(Quadratic::diagonal(&[k]));
    let flow = ExactFlow::new(Linear { matrix: &[k], centre: &[0.0] }, &[m], &[c], h);
    let exact = System::new(field.clone(), flow);
    let scheme = System { field, stepper: integrator(case.text("integrator"), m, c, h) };
    for (key, system) in [("det", scheme), ("exact_flow_det", exact)] {
        let column = |q: f64, v: f64| states(&system, &[q], &[v], 1).pop().unwrap();
        let (a, b) = (column(1.0, 0.0), column(0.0, 1.0));
        case.holds(key, &[a.q[0] * b.v[0] - a.v[0] * b.q[0]]);
    }
    true
}

/// Value and gradient of the test functions the core has.
pub fn eval(case: &Case) -> bool {
    let Some(field) = function(case.text("function"), case.input("params")) else { return false };
    let (q, mut u) = (case.list("x"), [f64::NAN]);
    assert!(field.potential(At { t: 0.0, n: 1, q: &q, v: &vec![0.0; q.len()] }, &mut u));
    case.holds("f", &u);
    case.holds("grad", &force(&*field, &q).iter().map(|f| -f).collect::<Vec<_>>());
    true
}

/// A ball rolling from rest over a landscape.
pub fn ball_run(case: &Case) -> bool {
    let Some(field) = function(case.text("function"), case.input("params")) else { return false };
    let ball = heavy_ball(case.num("eta"), case.num("beta"), Convention::Displacement);
    let run = states(&System::new(field, ball), &[case.num("x0")], &[], case.count("n"));
    case.holds("x_10", &run[10].q);
    case.holds("x_n", &run[run.len() - 1].q);
    case.holds("x_max", &[run.iter().map(|s| s.q[0]).fold(f64::NEG_INFINITY, f64::max)]);
    true
}
