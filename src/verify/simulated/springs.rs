//! Sections 3, 4, 5 and 7: springs and joints.

use std::sync::Arc;

use super::machine::{after, firsts, gradient, line, potential, spring_constant, states};
use crate::core::fields::{DoubleWell, Quadratic};
use crate::core::methods::{Convention, Friction, baoab, explicit_euler, heavy_ball, leapfrog, obabo, spring};
use crate::core::{ExactFlow, Field, RungeKutta4, SampledPd, Stepper, System};
use crate::theory::integrators::Integrator;
use crate::theory::mapping::{
    Mapping, interpolant_velocity, matched_start_velocity, momentum_from_oscillator, pole_match,
};
use crate::theory::oscillator::Oscillator;
use crate::verify::answer::answers;
use crate::verify::closed::{Row, modified_flows, orders};
use crate::verify::inputs::{Answered, Fault, Inputs, MOST_STEPS, malformed, whole_steps, within};

pub const TABLE: &[Row] = &[
    ("03", "msd_exact", msd_exact),
    ("03", "interpolant", interpolant),
    ("03", "modified_order", modified_order),
    ("03", "ks_modified", ks_modified),
    ("04", "continuous", continuous),
    ("04", "sampled_state", sampled_state),
    ("04", "saturation", saturation),
    ("05", "step", step),
    ("05", "order", order),
    ("05", "heavy_ball_identity", heavy_ball_identity),
    ("05", "leapfrog", leapfrog_run),
    ("05", "shadow", shadow),
    ("07", "volume", volume),
];

/// The potential of the inputs.
pub fn well(i: Inputs) -> Answered<Arc<dyn Field>> {
    let u = i.part("U")?;
    Ok(match u.text("type")? {
        "harmonic" => Arc::new(Quadratic::diagonal(&[u.num("k")?])),
        "double_well" => Arc::new(DoubleWell { barrier: u.num("E_b")?, half_width: u.num("a")? }),
        other => return malformed(format!("`U` is “{other}”; it is one of: harmonic, double_well")),
    })
}

fn bowl(k: f64) -> Arc<dyn Field> {
    Arc::new(Quadratic::diagonal(&[k]))
}

/// The noiseless integrator the inputs name, for `m x'' + c x' = f`; `k` is for the exact one.
fn integrator(i: Inputs, [m, c, h]: [f64; 3], k: f64) -> Answered<Arc<dyn Stepper>> {
    let scheme = i.one_of("integrator", &Integrator::ALL, Integrator::key)?;
    match stepper(scheme, [m, c, h], k) {
        Some(stepper) => Ok(stepper),
        None => malformed("`velocity_verlet` is for `c` = 0".into()),
    }
}

/// The core's stepper for a scheme; `None` where it does not apply (velocity Verlet with friction).
pub fn stepper(scheme: Integrator, [m, c, h]: [f64; 3], k: f64) -> Option<Arc<dyn Stepper>> {
    Some(match scheme {
        Integrator::ExplicitEuler => Arc::new(explicit_euler(m, c, h)),
        Integrator::SymplecticEulerExplicit => Arc::new(spring(m, c, h, Friction::Explicit)),
        Integrator::SymplecticEulerImplicit => Arc::new(spring(m, c, h, Friction::Implicit)),
        Integrator::SymplecticEulerConformal => Arc::new(spring(m, c, h, Friction::Exponential)),
        Integrator::BaoabT0 => Arc::new(baoab(m, c, h, 0.0)),
        Integrator::ObaboT0 => Arc::new(obabo(m, c, h, 0.0)),
        Integrator::VelocityVerlet if c == 0.0 => Arc::new(leapfrog(m, h)),
        Integrator::VelocityVerlet => return None,
        Integrator::Rk4 => Arc::new(RungeKutta4 { dt: h, mass: m, friction: c }),
        Integrator::Exact => Arc::new(ExactFlow::new(spring_constant(&[k]), &[m], &[c], h)),
    })
}

/// Position and velocity after a time, in one exact step.
fn flow([m, c, k]: [f64; 3], t: f64, x0: f64, v0: f64) -> Answered<[f64; 2]> {
    let exact = ExactFlow::new(spring_constant(&[k]), &[m], &[c], t);
    let end = after(&System::new(bowl(k), exact), &[x0], &[v0], 1)?;
    Ok([end.q[0], end.v[0]])
}

fn msd_exact(i: Inputs) -> Answered {
    let (mck, [x0, v0], times) = (i.nums(["m", "c", "k"])?, i.nums(["x0", "v0"])?, i.list("t")?);
    let row = |t: &f64| -> Answered<[f64; 3]> {
        let [x, v] = flow(mck, *t, x0, v0)?;
        Ok([x, v, 0.5 * mck[0] * v * v + 0.5 * mck[2] * x * x])
    };
    Ok(answers! { "x_v_E" => times.iter().map(row).collect::<Answered<Vec<_>>>()? })
}

/// The matched oscillator in half steps, through the iterates.
fn interpolant(i: Inputs) -> Answered {
    let ([q, beta, h, x0, before], n) = (i.nums(["q", "beta", "h", "x0", "x_minus1"])?, i.steps("n")?);
    let Ok(twin) = pole_match(q, beta, h) else {
        return Err(Fault::NotCovered("no oscillator passes through the iterates".into()));
    };
    let x1 = (1.0 + beta - q) * x0 - beta * before;
    let v0 = interpolant_velocity(&twin.oscillator(1.0), h, x0, x1);
    let half = ExactFlow::new(spring_constant(&[twin.k_over_m]), &[1.0], &[twin.c_over_m], 0.5 * h);
    let run = states(&System::new(bowl(0.0), half), &[x0], &[v0], 2 * n)?;
    let every_other = |from: usize| run.iter().skip(from).step_by(2).map(|s| s.q[0]).collect::<Vec<_>>();
    Ok(answers! { "x" => every_other(0), "x_half" => every_other(1) })
}

/// The force of `x²/2 + x⁴/4`.
fn quartic() -> Arc<dyn Field> {
    line(|_, x| -x - x.powi(3))
}

/// Where heavy balls from rest on the quartic are at time `end`, for several step lengths.
fn quartic_runs(key: &str, end: f64, x0: f64, balls: &[(f64, f64, f64)]) -> Answered<Vec<f64>> {
    let counts: Vec<u64> = balls.iter().map(|(h, ..)| whole_steps(key, end / h)).collect::<Answered<_>>()?;
    within(key, &counts)?;
    let run = |((_, eta, beta), n): (&(f64, f64, f64), &u64)| {
        let ball = heavy_ball(*eta, *beta, Convention::Displacement);
        Ok(after(&System::new(quartic(), ball), &[x0], &[], *n)?.q[0])
    };
    balls.iter().zip(&counts).map(run).collect()
}

fn observed(run: &[f64], reference: &[f64]) -> Vec<f64> {
    orders(&run.iter().zip(reference).map(|(a, b)| (a - b).abs()).collect::<Vec<_>>())
}

fn modified_order(i: Inputs) -> Answered {
    let ([m, c, end, x0], steps) = (i.nums(["m", "c", "T", "x_init"])?, i.point("h")?);
    let ode = |v0: f64| -> Answered<f64> {
        let fine = RungeKutta4 { dt: end / 4_000.0, mass: m, friction: c };
        Ok(after(&System::new(quartic(), fine), &[x0], &[v0], 4_000)?.q[0])
    };
    let balls = |h: &f64| match momentum_from_oscillator(Mapping::Central, m, c, 0.0, *h) {
        Ok((eta, beta)) => Ok((*h, eta, beta)),
        Err(reason) => malformed(format!("the dictionary has no entry here: {reason}")),
    };
    let x = quartic_runs("h", end, x0, &steps.iter().map(balls).collect::<Answered<Vec<_>>>()?)?;
    let slope = x0 + x0.powi(3);
    let matched: Vec<f64> = steps.iter().map(|h| ode(matched_start_velocity(*h, m, slope))).collect::<Answered<_>>()?;
    let naive = ode(0.0)?;
    Ok(answers! {
        "orders_naive" => observed(&x, &vec![naive; x.len()]), "orders_matched" => observed(&x, &matched),
        "x_N" => x, "ode_naive" => naive, "ode_matched" => matched,
    })
}

fn ks_modified(i: Inputs) -> Answered {
    let ([beta, end, x0], etas) = (i.nums(["beta", "T", "x_init"])?, i.point("eta")?);
    let balls: Vec<_> = etas.iter().map(|eta| (*eta, *eta, beta)).collect();
    let x = quartic_runs("eta", end, x0, &balls)?;
    let [flow, inertial, igr] = modified_flows(i)?;
    let orders = answers! {
        "flow" => observed(&x, &flow), "inertial" => observed(&x, &inertial), "igr" => observed(&x, &igr),
    };
    Ok(answers! { "orders" => orders, "x_N" => x })
}

/// The joint as a spring around its set point, kicked if the error is differentiated.
fn continuous(i: Inputs) -> Answered {
    let ([inertia, kp, kd], times) = (i.nums(["J", "kp", "kd"])?, i.list("t")?);
    let mck = [inertia, kd + i.num_or("b", 0.0)?, kp];
    let from =
        |v0: f64| -> Answered<Vec<f64>> { times.iter().map(|t| Ok(1.0 + flow(mck, *t, -1.0, v0)?[0])).collect() };
    Ok(answers! { "y" => from(0.0)?, "error_derivative" => from(kd / inertia)? })
}

fn joint(i: Inputs, limit: f64) -> Answered<System> {
    let [inertia, kp, kd, period] = i.nums(["J", "kp", "kd", "T"])?;
    let field = Quadratic::diagonal(&[kp]).around(&[i.num_or("r", 0.0)?]);
    let motor = SampledPd { period, inertia: vec![inertia], kd: vec![kd], torque_limit: limit };
    Ok(System::new(Arc::new(field), motor))
}

fn sampled_state(i: Inputs) -> Answered {
    let [q0, v0] = i.nums(["q0", "v0"])?;
    Ok(answers! { "positions" => firsts(&states(&joint(i, f64::INFINITY)?, &[q0], &[v0], i.steps("n")?)?) })
}

fn saturation(i: Inputs) -> Answered {
    let [inertia, period, limit] = i.nums(["J", "T", "u_max"])?;
    let run = states(&joint(i, limit)?, &[0.0], &[0.0], i.steps("n")?)?;
    let torque = |pair: &[crate::core::State]| inertia * (pair[1].v[0] - pair[0].v[0]) / period;
    Ok(answers! {
        "q" => firsts(&run), "u" => run.windows(2).map(torque).collect::<Vec<_>>(),
        "v_final" => run.last().map(|s| s.v[0]),
    })
}

fn step(i: Inputs) -> Answered {
    let (mch, [x0, v0], field) = (i.nums(["m", "c", "h"])?, i.nums(["x0", "v0"])?, well(i)?);
    let k = i.part("U")?.num_or("k", f64::NAN)?;
    let run = states(&System { field, stepper: integrator(i, mch, k)? }, &[x0], &[v0], i.steps("n")?)?;
    Ok(answers! { "states" => run[1..].iter().map(|s| [s.q[0], s.v[0]]).collect::<Vec<_>>() })
}

fn order(i: Inputs) -> Answered {
    let ([m, c, k, end], [x0, v0]) = (i.nums(["m", "c", "k", "T"])?, i.nums(["x0", "v0"])?);
    let counts = i.counts("n", MOST_STEPS)?;
    within("n", &counts)?;
    let (x, v) = Oscillator { m, c, k }.flow(end, x0, v0);
    let error = |n: &u64| -> Answered<f64> {
        let stepper = integrator(i, [m, c, end / *n as f64], k)?;
        let last = after(&System { field: bowl(k), stepper }, &[x0], &[v0], *n)?;
        Ok((last.q[0] - x).hypot(last.v[0] - v))
    };
    let errors: Vec<f64> = counts.iter().map(error).collect::<Answered<_>>()?;
    Ok(answers! { "orders" => orders(&errors), "errors" => errors })
}

/// The integrator's own run; the closed form has the two-step recurrence.
fn heavy_ball_identity(i: Inputs) -> Answered {
    let (mch, [x0, v0], n) = (i.nums(["m", "c", "h"])?, i.nums(["x0", "v0"])?, i.steps("n")?);
    let system = System { field: well(i)?, stepper: integrator(i, mch, f64::NAN)? };
    Ok(answers! { "x" => firsts(&states(&system, &[x0], &[v0], n)?) })
}

fn leapfrog_run(i: Inputs) -> Answered {
    let ([m, h, temperature], [x0, v0], field) = (i.nums(["m", "h", "T"])?, i.nums(["x0", "v0"])?, well(i)?);
    let end = after(&System::new(field.clone(), leapfrog(m, h)), &[x0], &[v0], i.count("L", MOST_STEPS)?)?;
    let energy = |x: f64, v: f64| potential(&*field, &[x]).map_or(f64::NAN, |u| 0.5 * m * v * v + u);
    let gained = energy(end.q[0], end.v[0]) - energy(x0, v0);
    Ok(answers! {
        "x" => end.q[0], "v" => end.v[0], "dH" => gained, "accept_prob" => (-gained / temperature).exp().min(1.0),
    })
}

/// The quantity a symplectic scheme conserves, at the end of a run.
fn shadow(i: Inputs) -> Answered {
    let ([m, k, h], [x0, v0]) = (i.nums(["m", "k", "h"])?, i.nums(["x0", "v0"])?);
    let system = System { field: bowl(k), stepper: integrator(i, [m, 0.0, h], k)? };
    let end = after(&system, &[x0], &[v0], i.count("n", MOST_STEPS)?)?;
    let (x, v) = (end.q[0], end.v[0]);
    let verlet = i.text("integrator")? == Integrator::VelocityVerlet.key();
    let mixed = if verlet { h * h * k / (4.0 * m) * k * x * x } else { h * k * x * v };
    Ok(answers! { "x_n" => x, "v_n" => v, "invariant" => m * v * v + k * x * x - mixed })
}

/// How much a step shrinks a cell of phase space.
fn volume(i: Inputs) -> Answered {
    let (mch, k) = (i.nums(["m", "c", "h"])?, i.num("k")?);
    let det = |stepper: Arc<dyn Stepper>| -> Answered<f64> {
        let system = System { field: bowl(k), stepper };
        let (a, b) = (after(&system, &[1.0], &[0.0], 1)?, after(&system, &[0.0], &[1.0], 1)?);
        Ok(a.q[0] * b.v[0] - a.v[0] * b.q[0])
    };
    let exact = ExactFlow::new(spring_constant(&[k]), &[mch[0]], &[mch[1]], mch[2]);
    Ok(answers! { "det" => det(integrator(i, mch, k)?)?, "exact_flow_det" => det(Arc::new(exact))? })
}

/// The slope of the well at a point.
pub fn slope(field: &dyn Field, x: f64) -> f64 {
    gradient(field, &[x])[0]
}
