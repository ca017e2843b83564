//! Section 10 and the library's recorded runs: every optimizer with all its trimmings.

use std::sync::Arc;

use super::bowls::objective;
use super::landscapes::function;
use super::machine::{after, clear_poles, line, map, potential, run, visit};
use crate::core::fields::Quadratic;
use crate::core::methods::{AdaGrad, Adam, Decay, Momentum, NAdam, RmsProp};
use crate::core::{State, Stepper, System};
use crate::verify::answer::{Answers, answers, poles};
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Fault, Inputs, MOST_STEPS, malformed};
use crate::verify::torch::row_key;

pub const TABLE: &[Row] = &[
    ("10", "run", adaptive_run),
    ("10", "first_step", first_step),
    ("10", "equilibrium", equilibrium),
    ("10", "sgdw_poles", sgdw_poles),
    ("10", "rotation", rotation),
    ("torch", "sgd", |i| torch(i, sgd)),
    ("torch", "adam", |i| torch(i, adam)),
    ("torch", "adamw", |i| torch(i, adamw)),
    ("torch", "nadam", |i| torch(i, nadam)),
    ("torch", "rmsprop", |i| torch(i, rmsprop)),
    ("torch", "adagrad", |i| torch(i, adagrad)),
];

type Method = Arc<dyn Stepper>;

fn adaptive(i: Inputs) -> Answered<Method> {
    let ([lr, b1], w) = (i.nums(["lr", "b1"])?, i.num_or("wd", 0.0)?);
    let (b2, eps) = (i.num_or("b2", 0.999)?, i.num_or("eps", 1e-8)?);
    Ok(match i.text("variant")? {
        "adam" => Arc::new(Adam::new(lr, b1, b2, eps)),
        "adam_l2" => Arc::new(Adam::adam_l2(lr, b1, b2, eps, w)),
        "adamw" => Arc::new(Adam::adamw(lr, b1, b2, eps, w)),
        "amsgrad" => Arc::new(Adam::amsgrad(lr, b1, b2, eps)),
        "rmsprop" => Arc::new(RmsProp::new(lr, b2, eps, i.num_or("mom", 0.0)?, false)),
        "sgd_l2" => Arc::new(Momentum::sgd_l2(lr, b1, w)),
        "sgdw" => Arc::new(Momentum::sgdw(lr, b1, w)),
        other => return malformed(format!("there is no variant “{other}”")),
    })
}

fn adaptive_run(i: Inputs) -> Answered {
    let ((field, start), select) = (objective(i)?, i.counts("select", MOST_STEPS)?);
    let system = System { field, stepper: adaptive(i)? };
    let run = visit(&system, State::at(&start, &[], 1, 1, 0), &select)?;
    Ok(answers! { "x" => run.into_iter().map(|s| s.q).collect::<Vec<_>>() })
}

/// Adam's first step does not depend on what it remembers.
fn first_step(i: Inputs) -> Answered {
    let [lr, g, eps] = i.nums(["lr", "g", "eps"])?;
    let system = System::new(line(move |_, _| -g), Adam::new(lr, 0.9, 0.999, eps));
    Ok(answers! { "dx" => after(&system, &[0.0], &[], 1)?.q[0] })
}

/// Where decay and gradient balance, found by running. The limits of AdamW are closed forms.
fn equilibrium(i: Inputs) -> Answered {
    let [lambda, target, w, beta] = i.nums(["lambda", "x_star", "w", "beta"])?;
    let rate = 0.1 / (lambda.abs() + w.abs());
    let methods = [
        ("l2", Momentum::sgd_l2(rate, beta, w)),
        ("sgdw_raw", Momentum::sgdw(rate, beta, w)),
        // The average decays by the rate it steps with, alpha.
        ("ema_decoupled", Momentum::ema(rate, beta).with_decay(Decay::Decoupled(w))),
    ];
    let mut out = Answers::new();
    for (key, method) in methods {
        let system = System::new(Arc::new(Quadratic::diagonal(&[lambda]).around(&[target])), method);
        let Ok(late) = after(&system, &[0.25 * target], &[], 20_000) else { continue };
        let Ok(later) = run(&system, late.clone(), 20_000) else { continue };
        // What still moves has not arrived.
        if (later.q[0] - late.q[0]).abs() <= 1e-14 * target.abs() {
            out.push((key.to_owned(), later.q[0].into()));
        }
    }
    Ok(out)
}

/// The poles of both decays, from the matrix of one step.
fn sgdw_poles(i: Inputs) -> Answered {
    let [eta, lambda, beta, w] = i.nums(["eta", "lambda", "beta", "w"])?;
    let mut out = Answers::new();
    for (key, method) in [("sgdw", Momentum::sgdw(eta, beta, w)), ("l2", Momentum::sgd_l2(eta, beta, w))] {
        let matrix = map(&System::new(Arc::new(Quadratic::diagonal(&[lambda])), method), 1, 0)?;
        if let Some(roots) = clear_poles(&matrix) {
            out.push((key.to_owned(), poles(roots)));
        }
    }
    Ok(out)
}

/// A narrow valley, along the axes and turned: Adam sees the difference.
fn rotation(i: Inputs) -> Answered {
    let ([l1, l2, phi], z0) = (i.nums(["l1", "l2", "phi"])?, i.point_of::<2>("z0_valley_frame")?);
    let ([lr, eta, beta], n) = (i.nums(["adam_lr", "hb_eta", "hb_beta"])?, i.count("n", MOST_STEPS)?);
    let loss = |phi: f64, stepper: Method| -> Answered<Option<f64>> {
        let (sin, cos) = phi.sin_cos();
        let start = [cos * z0[0] - sin * z0[1], sin * z0[0] + cos * z0[1]];
        let field = Arc::new(Quadratic::rotated([l1, l2], phi));
        let end = after(&System { field: field.clone(), stepper }, &start, &[], n)?;
        Ok(potential(&*field, &end.q))
    };
    let adam = || Arc::new(Adam::new(lr, 0.9, 0.999, 1e-8));
    Ok(answers! {
        "adam_loss_aligned" => loss(0.0, adam())?, "adam_loss_rotated" => loss(phi, adam())?,
        "hb_loss_both" => loss(phi, Arc::new(Momentum::seed(eta, beta)))?,
    })
}

/// Coupled unless the hyperparameters say decoupled.
fn decay(h: Inputs) -> Answered<Decay> {
    Ok(match (h.num_or("weight_decay", 0.0)?, h.flag_or_no("decoupled_weight_decay")?) {
        (0.0, _) => Decay::None,
        (w, true) => Decay::Decoupled(w),
        (w, false) => Decay::Coupled(w),
    })
}

fn betas(h: Inputs) -> Answered<[f64; 2]> {
    if h.has("betas") { h.point_of::<2>("betas") } else { Ok([0.9, 0.999]) }
}

fn sgd(h: Inputs) -> Answered<Method> {
    let method = Momentum::pytorch(h.num("lr")?, h.num_or("momentum", 0.0)?)
        .with_nesterov(h.flag_or_no("nesterov")?)
        .with_dampening(h.num_or("dampening", 0.0)?);
    Ok(Arc::new(method.with_decay(decay(h)?)))
}

fn adam(h: Inputs) -> Answered<Method> {
    let [b1, b2] = betas(h)?;
    let plain = Adam::new(h.num("lr")?, b1, b2, h.num_or("eps", 1e-8)?);
    Ok(Arc::new(Adam { decay: decay(h)?, amsgrad: h.flag_or_no("amsgrad")?, ..plain }))
}

fn adamw(h: Inputs) -> Answered<Method> {
    let [b1, b2] = betas(h)?;
    let plain = Adam::adamw(h.num("lr")?, b1, b2, h.num_or("eps", 1e-8)?, h.num_or("weight_decay", 0.01)?);
    Ok(Arc::new(Adam { amsgrad: h.flag_or_no("amsgrad")?, ..plain }))
}

fn nadam(h: Inputs) -> Answered<Method> {
    let [b1, b2] = betas(h)?;
    let plain = NAdam::new(h.num("lr")?, b1, b2, h.num_or("eps", 1e-8)?, h.num_or("momentum_decay", 0.004)?);
    Ok(Arc::new(plain.with_decay(decay(h)?)))
}

fn rmsprop(h: Inputs) -> Answered<Method> {
    let (alpha, eps, momentum) = (h.num_or("alpha", 0.99)?, h.num_or("eps", 1e-8)?, h.num_or("momentum", 0.0)?);
    let plain = RmsProp::new(h.num("lr")?, alpha, eps, momentum, h.flag_or_no("centered")?);
    Ok(Arc::new(RmsProp { decay: decay(h)?, ..plain }))
}

fn adagrad(h: Inputs) -> Answered<Method> {
    let (start, eps) = (h.num_or("initial_accumulator_value", 0.0)?, h.num_or("eps", 1e-10)?);
    let plain = AdaGrad::new(h.num("lr")?, h.num_or("lr_decay", 0.0)?, start, eps);
    Ok(Arc::new(AdaGrad { decay: decay(h)?, ..plain }))
}

/// The rows of a library's run: position and value.
fn torch(i: Inputs, method: fn(Inputs) -> Answered<Method>) -> Answered {
    let name = i.text("function")?;
    let Some(field) = function(if name == "quadratic" { "d2l_quadratic" } else { name }, None)? else {
        return Err(Fault::NotCovered(format!("there is no function “{name}”")));
    };
    let (start, rows) = (i.point_of::<2>("start")?, i.counts("rows", MOST_STEPS)?);
    if field.dim() != start.len() {
        return malformed(format!("`start` has {} coordinates, “{name}” has {}", start.len(), field.dim()));
    }
    let system = System { field: field.clone(), stepper: method(i.part("hyper")?)? };
    let run = visit(&system, State::at(&start, &[], 1, 1, 0), &rows)?;
    let row = |(n, s): (&u64, &State)| {
        let state = [s.q[0], s.q[1], potential(&*field, &s.q).unwrap_or(f64::NAN)];
        (row_key(*n), state.into())
    };
    Ok(rows.iter().zip(&run).map(row).collect())
}
