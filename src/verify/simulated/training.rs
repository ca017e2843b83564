//! The deterministic parts of the articles' training runs.

use std::sync::Arc;

use super::bowls::on_modes;
use super::machine::{Own, dense, states, visit};
use crate::core::fields::{Batches, Order};
use crate::core::methods::{Decay, Momentum};
use crate::core::models::{Bend, Dense, Model, Training};
use crate::core::{State, System};
use crate::verify::answer::answers;
use crate::verify::closed::{Row, line_data};
use crate::verify::digits::digits;
use crate::verify::inputs::{Answered, Inputs, MOST_STEPS, malformed, whole_steps};

/// Classes of digits.
const CLASSES: usize = 10;

/// The most passes through all images.
const MOST_EPOCHS: u64 = 400;

pub const TABLE: &[Row] = &[
    ("training", "quadratic", quadratic),
    ("training", "two_steps", two_steps),
    ("training", "two_steps_otherwise", two_steps_otherwise),
    ("training", "airfoil_full_batch", full_batch),
    ("training", "line", line),
    ("training", "digits8_softmax", softmax),
];

fn quadratic(i: Inputs) -> Answered {
    let ([eta, beta], start) = (i.nums(["eta", "beta"])?, i.point_of::<2>("start")?);
    let mut at = i.counts("at", MOST_STEPS)?;
    at.push(i.count("steps", MOST_STEPS)?);
    let mut run = visit(&on_modes(&[0.2, 4.0], eta, beta), State::at(&start, &[], 1, 1, 0), &at)?;
    let printed = run.pop().map(|s| s.q.iter().map(|x| format!("{x:.6}")).collect::<Vec<_>>());
    let row = |s: &State| vec![s.q[0], s.q[1], -s.v[0], -s.v[1], 0.1 * s.q[0] * s.q[0] + 2.0 * s.q[1] * s.q[1]];
    Ok(answers! { "rows" => run.iter().map(row).collect::<Vec<_>>(), "printed" => printed })
}

fn two_steps(i: Inputs) -> Answered {
    let ([eta, beta, w0], steps) = (i.nums(["lr", "momentum", "w0"])?, i.steps("steps")?);
    let w: Vec<f64> = states(&on_modes(&[1.0], eta, beta), &[w0], &[], steps)?.iter().map(|s| s.q[0]).collect();
    Ok(answers! { "gradient_used" => w[..w.len() - 1].to_vec(), "w_after" => w[1..].to_vec() })
}

fn two_steps_otherwise(i: Inputs) -> Answered {
    let [eta, beta, tau, w0] = i.nums(["lr", "momentum", "dampening", "w0"])?;
    let path = |method: Momentum| -> Answered<Vec<f64>> {
        let system = System::new(super::machine::line(|_, w| -w), method);
        Ok(states(&system, &[w0], &[], 2)?.iter().map(|s| s.q[0]).collect())
    };
    let w = path(Momentum::pytorch(eta, beta))?;
    let print = |n: usize| format!("Step {n}: gradient {:.6}, w {:.6}", w[n - 1], w[n]);
    Ok(answers! {
        "ema_v=0.9v+0.1g" => path(Momentum::ema(eta, beta))?[2],
        "torch_dampening_0.9_(first_step_undamped)" => path(Momentum::pytorch(eta, beta).with_dampening(tau))?[2],
        "torch_nesterov" => path(Momentum::pytorch(eta, beta).with_nesterov(true))?[2],
        "would_print" => [print(1), print(2)],
    })
}

/// Softmax regression on the bundled digits: loss, both accuracies and the norm of the weights.
fn softmax(i: Inputs) -> Answered {
    let ([eta, beta], nesterov, decay) = (i.nums(["eta", "beta"])?, i.flag("nesterov")?, i.num("weight_decay")?);
    let steps = i.rows("rows")?.iter().map(|row| row.first().copied().unwrap_or(f64::NAN)).collect::<Vec<_>>();
    let at = steps.iter().map(|n| whole_steps("rows", *n)).collect::<Answered<Vec<u64>>>()?;
    if at.iter().any(|n| *n > MOST_EPOCHS) {
        return malformed(format!("`rows` ask for more than {MOST_EPOCHS} steps through all images"));
    }
    let [train, test] = digits().each_ref().map(|part| Arc::new(Dense::classifier(part, CLASSES, &[], Bend::Tanh)));
    let (weights, dim) = (train.dim() - CLASSES, train.dim());
    let mut method = Momentum::pytorch(eta, beta).with_nesterov(nesterov);
    if decay != 0.0 {
        method = method.with_decay(Decay::Coupled(decay));
    }
    let all = |model: &Dense| (0..model.rows() as u32).collect::<Vec<u32>>();
    let (seen, unseen) = (all(&train), all(&test));
    let whole = Training::new(train.clone(), Batches::new(seen.len(), seen.len(), Order::InOrder), [], []);
    let run = visit(&System::new(Arc::new(whole), method), State::at(&vec![0.0; dim], &[], 1, 1, 0), &at)?;
    let row = |s: &State| {
        let norm = s.q[..weights].iter().map(|w| w * w).sum::<f64>().sqrt();
        let rates = [train.accuracy(&s.q, &seen), test.accuracy(&s.q, &unseen)];
        vec![s.step as f64, train.loss(&s.q, &seen, None), rates[0], rates[1], norm]
    };
    Ok(answers! { "rows" => run.iter().map(row).collect::<Vec<_>>() })
}

/// Gradient `H x - c`; the loss from the same moments.
fn full_batch(i: Inputs) -> Answered {
    let (hessian, c, yy, [eta, beta]) = (i.matrix("H")?, i.point("c")?, i.num("yy")?, i.nums(["eta", "beta"])?);
    let n = c.len();
    if n != hessian.nrows() {
        return malformed("`c` and `H` differ in size".into());
    }
    let Some(centre) = hessian.clone().lu().solve(&nalgebra::DVector::from_column_slice(&c)) else {
        return malformed("`H` is singular".into());
    };
    let loss = |x: &[f64]| {
        let pulled = |j: usize| (0..n).map(|k| hessian[(j, k)] * x[k]).sum::<f64>() - 2.0 * c[j];
        0.5 * ((0..n).map(|j| x[j] * pulled(j)).sum::<f64>() + yy)
    };
    let system = System::new(dense(hessian.clone(), centre.as_slice().to_vec()), Momentum::seed(eta, beta));
    let run = visit(&system, State::at(&vec![0.0; n], &[], 1, 1, 0), &i.counts("at", MOST_STEPS)?)?;
    Ok(answers! { "rows" => run.iter().map(|s| [vec![loss(&s.q)], s.q.clone()].concat()).collect::<Vec<_>>() })
}

/// The line through the points themselves, point by point.
fn line(i: Inputs) -> Answered {
    let ([eta, beta], at) = (i.nums(["eta", "beta"])?, i.counts("at", MOST_STEPS / 100)?);
    let miss = |q: &[f64], (x, y): (f64, f64)| q[0] * x + q[1] - y;
    let force = move |_: f64, q: &[f64]| {
        let mean = |f: &dyn Fn(f64) -> f64| line_data().map(|p| miss(q, p) * f(p.0)).sum::<f64>() / 100.0;
        vec![-2.0 * mean(&|x| x), -2.0 * mean(&|_| 1.0)]
    };
    let method = Momentum::seed(eta, beta).with_nesterov(i.flag_or_no("nesterov")?);
    let system = System::new(Arc::new(Own(2, force)), method);
    let before: Vec<u64> = at.iter().map(|n| n.saturating_sub(1)).collect();
    let start = || State::at(&[0.0, 0.0], &[], 1, 1, 0);
    let (run, earlier) = (visit(&system, start(), &at)?, visit(&system, start(), &before)?);
    let loss = |q: &[f64]| line_data().map(|p| miss(q, p).powi(2)).sum::<f64>() / 100.0;
    let row = |(now, before): (&State, &State)| vec![loss(&before.q), now.q[0], now.q[1]];
    Ok(answers! { "rows" => run.iter().zip(&earlier).map(row).collect::<Vec<_>>() })
}
