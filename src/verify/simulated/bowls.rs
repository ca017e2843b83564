//! Sections 0, 1, 2, 8 and 13: momentum on bowls and slopes.

use std::sync::Arc;

use super::machine::{after, firsts, line, points, run, states, visit};
use crate::core::fields::{Lessard, Quadratic};
use crate::core::methods::{
    Convention, Momentum, Schedule, gradient_descent, heavy_ball, nesterov, nesterov_look_ahead,
};
use crate::core::{Field, Splitting, State, System};
use crate::theory::heavy_ball::asymptotic_steps;
use crate::theory::regime::is_stable;
use crate::theory::tuning::polyak;
use crate::verify::answer::{Answer, answers, poles};
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Fault, Inputs, MOST_STEPS, malformed};

pub const TABLE: &[Row] = &[
    ("00", "d2l", d2l),
    ("00", "seed003", seed003),
    ("01", "run", variant_run),
    ("01", "equivalent", equivalent),
    ("01", "different", different),
    ("01", "dampening", dampening),
    ("01", "nesterov_points", nesterov_points),
    ("01", "constant_gradient", constant_gradient),
    ("02", "cycle3", cycle3),
    ("02", "hb_response", hb_response),
    ("02", "steps_to_eps", steps_to_eps),
    ("02", "transient", transient),
    ("08", "ema_step", ema_step),
    ("08", "closed_loop", impulse),
    ("13", "two_modes", two_modes),
    ("13", "two_steps", two_steps),
    ("13", "rate_drop", rate_drop),
];

fn ball(eta: f64, beta: f64) -> Splitting {
    heavy_ball(eta, beta, Convention::Displacement)
}

/// Heavy ball in the displacement form on `lambda x²/2`, mode by mode.
pub fn on_modes(lambda: &[f64], eta: f64, beta: f64) -> System {
    System::new(Arc::new(Quadratic::diagonal(lambda)), ball(eta, beta))
}

fn d2l(i: Inputs) -> Answered {
    let [eta, beta] = i.nums(["eta", "gamma"])?;
    let end = after(&on_modes(&[0.2, 4.0], eta, beta), &i.point_of::<2>("x0")?, &[], i.count("steps", 1 << 53)?)?;
    Ok(answers! { "x" => end.q.clone(), "printed" => end.q })
}

fn seed003(i: Inputs) -> Answered {
    let ([beta, w0], steps, library) = (i.nums(["momentum", "w0"])?, i.steps("steps")?, i.has("lr"));
    let method = match library {
        true => heavy_ball(i.num("lr")?, beta, Convention::Accumulating),
        false => heavy_ball(1.0 - beta, beta, Convention::MovingAverage),
    };
    let run = states(&System::new(Arc::new(Quadratic::diagonal(&[1.0])), method), &[w0], &[], steps)?;
    let w = firsts(&run);
    let mut out = answers! { "w" => w[1..].to_vec() };
    if library {
        out.extend(answers! {
            "w_float32_about" => w[1..].to_vec(), "grad" => w[..w.len() - 1].to_vec(),
            "buffer" => run.last().map(|s| -s.v[0]),
        });
    }
    Ok(out)
}

/// The diagonal bowl of the inputs.
pub fn objective(i: Inputs) -> Answered<(Arc<dyn Field>, Vec<f64>)> {
    let (objective, start) = (i.part("objective")?, i.point("x0")?);
    let (lambda, target) = (objective.point("lambda")?, objective.point("x_star")?);
    if lambda.len() != start.len() || target.len() != start.len() {
        return malformed("`lambda`, `x_star` and `x0` differ in length".into());
    }
    Ok((Arc::new(Quadratic::diagonal(&lambda).around(&target)), start))
}

/// A storage convention by its name.
fn variant(name: &str, lr: f64, beta: f64) -> Answered<Momentum> {
    Ok(match name {
        "pytorch" => Momentum::pytorch(lr, beta),
        "optax_trace" => Momentum::optax_trace(lr, beta),
        "seed" => Momentum::seed(lr, beta),
        "seed_corrected" => Momentum::seed_corrected(lr, beta),
        "ema" => Momentum::ema(lr, beta),
        "keras" => Momentum::keras(lr, beta),
        "two_step" => Momentum::two_step(lr, beta),
        other => return malformed(format!("there is no variant “{other}”")),
    })
}

/// A run through a list of rates: one run under a schedule if the rate changes at most once, else the
/// rate is changed between steps.
fn through(i: Inputs, name: &str, lr: &[f64]) -> Answered<Vec<State>> {
    let ((field, start), beta) = (objective(i)?, i.num("beta")?);
    let Some(first) = lr.first().copied() else { return states(&bowl_only(field), &start, &[], 0) };
    let change = lr.iter().position(|rate| *rate != first);
    let at = change.unwrap_or(lr.len());
    if first != 0.0 && lr[at..].iter().all(|rate| Some(rate) == lr.last()) {
        let factor = lr.last().map_or(1.0, |last| last / first);
        let schedule = change.map_or(Schedule::Constant, |at| Schedule::Drop { at: at as u64, factor });
        let method = variant(name, first, beta)?.with_schedule(schedule);
        return states(&System::new(field, method), &start, &[], lr.len() as u64);
    }
    let mut out = vec![State::at(&start, &[], 1, 1, 0)];
    for (n, rate) in lr.iter().enumerate() {
        let mut next = out[n].clone();
        if name == "seed_corrected" && n > 0 {
            next.v.iter_mut().for_each(|v| *v *= rate / lr[n - 1]);
        }
        let plain = if name == "seed_corrected" { "seed" } else { name };
        out.push(run(&System::new(field.clone(), variant(plain, *rate, beta)?), next, 1)?);
    }
    Ok(out)
}

fn bowl_only(field: Arc<dyn Field>) -> System {
    System::new(field, gradient_descent(0.0))
}

fn variant_run(i: Inputs) -> Answered {
    let (name, lr) = (i.text("variant")?, i.list("lr")?);
    if i.has("steps") && i.steps("steps")? != lr.len() as u64 {
        return malformed(format!("`steps` is not the number of rates in `lr`, {}", lr.len()));
    }
    let run = through(i, name, &lr)?;
    let sign = if matches!(name, "keras" | "two_step") { 1.0 } else { -1.0 };
    let buffer = run.last().map(|s| s.v.iter().map(|v| sign * v).collect::<Vec<f64>>());
    Ok(answers! { "x" => points(&run), "buffer" => buffer })
}

fn equivalent(i: Inputs) -> Answered {
    let steps = i.count("steps", MOST_STEPS)?;
    let ((field, start), beta) = (objective(i)?, i.num("beta")?);
    let mut ends = Vec::new();
    for each in i.parts("runs")? {
        let method = variant(each.text("variant")?, each.num("lr")?, beta)?;
        ends.push(after(&System::new(field.clone(), method), &start, &[], steps)?.q);
    }
    crate::verify::closed::farthest(ends)
}

/// The listed rates are those of the accumulating form; the average takes `eta/(1 - beta)`.
fn different(i: Inputs) -> Answered {
    let (lr, beta) = (i.list("lr")?, i.num("beta")?);
    let mut out = Vec::new();
    for name in ["pytorch", "seed", "seed_corrected", "ema"] {
        let per = if name == "ema" { 1.0 - beta } else { 1.0 };
        let scaled: Vec<f64> = lr.iter().map(|lr| lr / per).collect();
        let end = through(i, name, &scaled)?.pop().map(|s| s.q);
        out.push((name.to_owned(), end.into()));
    }
    Ok(out)
}

/// Dampening along a given sequence of gradients, one per step.
fn dampening(i: Inputs) -> Answered {
    let grads = i.list("grads")?;
    if i.num("mu")? == 0.0 {
        return Err(Fault::NotCovered("the library keeps no buffer without momentum".into()));
    }
    let (method, steps) =
        (Momentum::pytorch(1.0, i.num("mu")?).with_dampening(i.num("dampening")?), grads.len() as u64);
    let field = line(move |t, _| -grads.get(t as usize).copied().unwrap_or(0.0));
    let end = after(&System::new(field, method), &[0.0], &[], steps)?;
    Ok(answers! { "buffer" => -end.v[0] })
}

/// The state of the core's Nesterov is kept at the look-ahead point.
fn nesterov_points(i: Inputs) -> Answered {
    let ((field, start), [eta, mu], steps) = (objective(i)?, i.nums(["lr", "beta"])?, i.steps("steps")?);
    let ahead = states(&System::new(field.clone(), nesterov(eta, mu)), &start, &[], steps)?;
    let theta = states(&System::new(field, nesterov_look_ahead(eta, mu)), &start, &[], steps)?;
    Ok(answers! { "phi_pytorch" => points(&ahead), "theta_lookahead" => points(&theta) })
}

fn constant_gradient(i: Inputs) -> Answered {
    let ([eta, beta, g], n) = (i.nums(["eta", "beta", "g"])?, i.count("N", MOST_STEPS)?);
    let end = after(&System::new(line(move |_, _| -g), ball(eta, beta)), &[0.0], &[], n)?;
    let mut out = answers! { "x_N" => end.q[0], "v_N" => -end.v[0] };
    // The rest of the way takes for ever at |beta| = 1 and very long close to it.
    if beta.abs() <= 0.999 {
        let coast = run(&System::new(line(|_, _| 0.0), ball(eta, beta)), end.clone(), 50_000)?;
        let steady = run(&System::new(line(move |_, _| -g), ball(eta, beta)), end.clone(), 50_000)?;
        out.extend(answers! {
            "coast_distance_after_cut" => end.q[0] - coast.q[0], "terminal_v" => -steady.v[0],
        });
    }
    Ok(out)
}

fn cycle3(i: Inputs) -> Answered {
    let ([eta, beta, x0, before], steps) = (i.nums(["eta", "beta", "x0", "x_minus1"])?, i.steps("steps")?);
    let run = states(&System::new(Arc::new(Lessard), ball(eta, beta)), &[x0], &[x0 - before], steps)?;
    let x = firsts(&run);
    let last = x[x.len().saturating_sub(3)..].iter().map(|x| (*x).into());
    Ok(answers! {
        "first_10" => x.iter().skip(1).take(10).copied().collect::<Vec<_>>(), "cycle_set" => poles(last),
    })
}

fn hb_response(i: Inputs) -> Answered {
    let ([q, beta, x0, v0], t) = (i.nums(["q", "beta", "x0", "v0_seed"])?, i.counts("t", 1 << 53)?);
    let run = visit(&on_modes(&[1.0], q, beta), State::at(&[x0], &[-v0], 1, 1, 0), &t)?;
    Ok(answers! { "x" => firsts(&run) })
}

/// Runs from rest until long after the last step that can still poke out.
fn steps_to_eps(i: Inputs) -> Answered {
    let [q, beta, eps] = i.nums(["q", "beta", "eps"])?;
    let Some(steps) = asymptotic_steps(q, beta, eps).map(|n| 3.0 * n + 1000.0).filter(|n| *n <= MOST_STEPS as f64)
    else {
        return Err(Fault::NotCovered("the run never settles, or too late to be run".into()));
    };
    let run = sizes(q, beta, steps as u64)?;
    let last = run.iter().rposition(|x| *x > eps).map_or(0, |last| last + 1);
    Ok(answers! { "n_exact" => last })
}

/// `|x_n/x_0|` from rest on one mode.
fn sizes(q: f64, beta: f64, steps: u64) -> Answered<Vec<f64>> {
    struct Sizes(Vec<f64>);
    impl crate::core::Observe for Sizes {
        fn observe(&mut self, _: &dyn Field, state: &State) {
            self.0.push(state.q[0].abs());
        }
    }
    let (mut out, mut state) = (Sizes(vec![1.0]), State::at(&[1.0], &[], 1, 1, 0));
    match crate::core::advance(&on_modes(&[1.0], q, beta), &mut state, steps, &mut out) {
        crate::core::Outcome::Running => Ok(out.0),
        crate::core::Outcome::Diverged { .. } => Err(Fault::NotCovered("the run diverges".into())),
    }
}

fn transient(i: Inputs) -> Answered {
    let kappa = i.num("kappa")?;
    let tuned = polyak(1.0, kappa);
    let q = tuned.eta * kappa;
    // Twenty time constants of the envelope hold the peak.
    let steps = -40.0 / tuned.beta.ln() + 10.0;
    if !(tuned.beta > 0.0 && is_stable(q, tuned.beta) && steps <= MOST_STEPS as f64) {
        return Err(Fault::NotCovered("the run is too long, or unstable".into()));
    }
    let run = sizes(q, tuned.beta, steps as u64)?;
    let peak = (1..run.len()).max_by(|a, b| run[*a].total_cmp(&run[*b]).then(b.cmp(a)));
    Ok(answers! { "t_peak" => peak, "peak_abs" => peak.map(|at| run[at]) })
}

/// The buffer of the averaging form under a unit step and a unit impulse.
fn ema_step(i: Inputs) -> Answered {
    let (beta, n) = (i.num("beta")?, i.counts("n", MOST_STEPS)?);
    let buffer = |field: Arc<dyn Field>| -> Answered<Vec<f64>> {
        let system = System::new(field, heavy_ball(1.0 - beta, beta, Convention::MovingAverage));
        let later: Vec<u64> = n.iter().map(|n| n + 1).collect();
        Ok(visit(&system, State::at(&[0.0], &[], 1, 1, 0), &later)?.iter().map(|s| s.v[0]).collect())
    };
    if beta == 1.0 {
        return Err(Fault::NotCovered("an average over everything never begins".into()));
    }
    Ok(answers! {
        "step" => buffer(line(|_, _| 1.0))?, "impulse" => buffer(line(|t, _| if t == 0.0 { 1.0 } else { 0.0 }))?,
    })
}

/// Six steps after a unit disturbance of the gradient.
fn impulse(i: Inputs) -> Answered {
    let [eta, beta, lambda] = i.nums(["eta", "beta", "lambda"])?;
    let field = line(move |t, x| -lambda * x - if t == 0.0 { 1.0 } else { 0.0 });
    let run = states(&System::new(field, ball(eta, beta)), &[0.0], &[], 6)?;
    Ok(answers! { "impulse_x1_to_x6" => firsts(&run)[1..].to_vec() })
}

fn two_modes(i: Inputs) -> Answered {
    let ([eta, beta], lambda) = (i.nums(["eta", "beta"])?, i.point_of::<2>("lambda")?);
    let end = after(&on_modes(&lambda, eta, beta), &i.point_of::<2>("start")?, &[], i.count("steps", MOST_STEPS)?)?;
    Ok(answers! { "printed" => end.q.iter().map(|x| format!("{x:.6}")).collect::<Vec<_>>() })
}

fn two_steps(i: Inputs) -> Answered {
    let [w0, eta, beta] = i.nums(["w0", "eta", "beta"])?;
    let w = firsts(&states(&on_modes(&[1.0], eta, beta), &[w0], &[], 2)?);
    Ok(answers! { "gradients" => w[..2].to_vec(), "w" => w[1..].to_vec() })
}

/// `x²/2` under a list of rates, by what the buffer stores.
fn rate_drop(i: Inputs) -> Answered {
    let ([beta, x0], lr) = (i.nums(["beta", "x0"])?, i.list("lr")?);
    let end = |of: fn(f64, f64) -> Momentum| -> Answered<Answer> {
        let mut state = State::at(&[x0], &[], 1, 1, 0);
        for rate in &lr {
            state = run(&System::new(Arc::new(Quadratic::diagonal(&[1.0])), of(*rate, beta)), state, 1)?;
        }
        Ok(state.q[0].into())
    };
    Ok(answers! { "buffer_of_gradients" => end(Momentum::pytorch)?, "buffer_of_displacements" => end(Momentum::seed)? })
}
