//! Sections 3, 4, 5, 7 and 12: springs, joints, samplers and balls.

use std::sync::Arc;

use impetus::core::fields::Quadratic;
use impetus::core::methods::{
    Convention, Hmc, LeimkuhlerMatthews, baoab, euler_maruyama, hb_ou, heavy_ball, leapfrog, obabo, sghmc_corrected,
    sghmc_drift_kick, symplectic_em, ula,
};
use impetus::core::{
    DormandPrince, ExactFlow, Field, Linear, Noise, Outcome, RungeKutta4, SampledPd, Splitting, State, Stepper, System,
    advance,
};
use impetus::theory::mapping::{Mapping, matched_start_velocity, momentum_from_oscillator, pole_match};
use impetus::theory::oscillator::Oscillator;

use crate::case::{Case, flat};
use crate::machine::{Own, force, from, integrator, potential, potential_at, states};

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
    let energy = |s: &State| 0.5 * m * s.v[0] * s.v[0] + potential_at(&*field, &s.q);
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

/// A sampler by its name, and how many deviates a step of it takes up.
fn sampler(case: &Case) -> (Arc<dyn Stepper>, usize) {
    let p = |key: &str| case.input("params")[key].as_f64().unwrap();
    let springy = |make: fn(f64, f64, f64, f64) -> Splitting| Arc::new(make(p("m"), p("c"), p("h"), p("T")));
    let counted =
        |make: fn(f64, f64, f64, f64) -> Splitting| Arc::new(make(p("eta"), p("alpha"), p("beta_hat"), p("T")));
    match case.text("scheme") {
        "euler_maruyama" => (springy(euler_maruyama), 1),
        "symplectic_em" => (springy(symplectic_em), 1),
        "baoab" => (springy(baoab), 1),
        "obabo" => (springy(obabo), 2),
        "sghmc" => (counted(sghmc_corrected), 1),
        "sghmc_drift_kick" => (counted(sghmc_drift_kick), 1),
        "hb_ou" => (Arc::new(hb_ou(p("eta"), p("alpha"), p("T"))), 1),
        "sgld" => (Arc::new(ula(p("eps"), p("T"))), 1),
        "leimkuhler_matthews" => (Arc::new(LeimkuhlerMatthews { eps: p("eps"), temperature: p("T") }), 1),
        other => panic!("no sampler {other}"),
    }
}

/// Stochastic steps with given normal deviates.
pub fn sde_step(case: &Case) -> bool {
    let (stepper, per_step) = sampler(case);
    let overdamped = matches!(case.text("scheme"), "sgld" | "leimkuhler_matthews");
    let v0 = if overdamped { 0.0 } else { case.num("v0") };
    let rows: Vec<Vec<f64>> = case.input("xi").as_array().unwrap().iter().map(flat).collect();
    let mut xi: Vec<f64> = rows.iter().flat_map(|row| row[..per_step].to_vec()).collect();
    // Where steps share deviates, each row begins with the last of the row before.
    xi.extend(&rows[rows.len() - 1][per_step..]);
    let mut state = State::at(&[case.num("x0")], &[v0], 1, 1, 0);
    state.noise = Noise::scripted(&xi, per_step);
    let run = from(&System { field: potential(case.input("U")), stepper }, state, rows.len() as u64);
    case.holds("states", &run[1..].iter().flat_map(|s| [s.q[0], s.v[0]]).collect::<Vec<_>>());
    true
}

/// Acceptance of Hamiltonian Monte Carlo, and the heat it has without: an ensemble started at the
/// stationary spread keeps it, within four standard errors.
pub fn hmc_acceptance(case: &Case) -> bool {
    let ([m, h, k], temperature) = (["m", "h", "k"].map(|key| case.num(key)), 0.7);
    let want = |key: &str| case.expected(key).as_f64().unwrap();
    let n = 20_000;
    // Heat k var/T after sixty-one steps, and the share of the last step that was accepted.
    let run = |metropolis: bool, heat: f64| {
        let method = Hmc { metropolis, ..Hmc::hmc(m, h, case.count("L") as u32, temperature) };
        let system = System::new(Arc::new(Quadratic::diagonal(&[k])), method);
        let mut state = State::at(&[0.0], &[], n, 5, 0);
        Noise::new(6, 0).add(&mut state.q, n, (heat * temperature / k).sqrt(), 0, 0);
        assert_eq!(advance(&system, &mut state, 60, &mut ()), Outcome::Running);
        let before = state.stats.accepted;
        assert_eq!(advance(&system, &mut state, 1, &mut ()), Outcome::Running);
        let squares = state.q.iter().map(|x| x * x).sum::<f64>();
        (squares * k / temperature / n as f64, (state.stats.accepted - before) as f64 / n as f64)
    };
    let (hotter, rate) = (want("unadjusted_var_times_k_over_T"), want("acceptance"));
    let ((heat, accepted), (hot, _)) = (run(true, 1.0), run(false, hotter));
    let error = (rate * (1.0 - rate) / n as f64).sqrt();
    assert!((accepted - rate).abs() <= 4.0 * error, "{}: accepts {accepted}, not {rate}", case.id());
    let spread = 4.0 * (2.0 / n as f64).sqrt();
    assert!((heat - 1.0).abs() <= spread, "{}: k var/T is {heat}", case.id());
    assert!((hot / hotter - 1.0).abs() <= spread, "{}: unadjusted {hot}, not {hotter}", case.id());
    true
}

/// BAOAB's positions are a heavy ball under noise that remembers one step.
pub fn baoab_noise(case: &Case) -> bool {
    let [m, c, h] = mch(case);
    let temperature = case.num("T");
    let (word, field) = (baoab(m, c, h, temperature), potential(case.input("U")));
    let mut state = State::at(&[case.num("x0")], &[case.num("v0")], 1, 1, 0);
    let xi = case.list("xi");
    state.noise = Noise::scripted(&xi, 1);
    let run = from(&System::new(field.clone(), word), state, xi.len() as u64);
    let x: Vec<f64> = run.iter().map(|s| s.q[0]).collect();
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
    let field: Arc<dyn Field> = Arc::new(Quadratic::diagonal(&[k]));
    let one_step = |stepper: Arc<dyn Stepper>| {
        let s = states(&System { field: field.clone(), stepper }, &[x0], &[v0], 1).pop().unwrap();
        [s.q[0], s.v[0], 0.5 * m * s.v[0] * s.v[0] + 0.5 * k * s.q[0] * s.q[0]]
    };
    let flow = |t: f64| one_step(Arc::new(ExactFlow::new(Linear { matrix: &[k], centre: &[0.0] }, &[m], &[c], t)));
    case.holds("x_v_E", &case.list("t").into_iter().flat_map(flow).collect::<Vec<_>>());
    // The adaptive method comes as close as its tolerance lets it.
    for t in case.list("t") {
        let tight = DormandPrince { relative: 1e-12, absolute: 1e-12, ..DormandPrince::new(m, c, t) };
        let (got, want) = (one_step(Arc::new(tight)), flow(t));
        assert!(got.iter().zip(want).all(|(a, b)| (a - b).abs() <= 1e-9), "{}: {got:?}, not {want:?}", case.id());
    }
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
