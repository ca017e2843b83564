//! Runs over the rows of the airfoil table, in a given order and over many seeds.

use std::sync::Arc;

use super::machine::visit;
use crate::core::fields::{Order, Regression};
use crate::core::methods::{Convention, Decay, Momentum, heavy_ball};
use crate::core::models::LinearRegression;
use crate::core::{At, Field, Noise, Outcome, State, System, advance};
use crate::verify::airfoil::rows;
use crate::verify::answer::{Answer, answers};
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Fault, Inputs, malformed};

pub const TABLE: &[Row] = &[("training", "airfoil_fixed_order", fixed_order), ("training", "airfoil_band", band)];

/// Rows in a batch, and batches in an epoch.
const BATCH: usize = 10;
const EPOCH: usize = 150;
/// Batches of two epochs, and how many lie between two losses.
const STEPS: u64 = 2 * EPOCH as u64;
const BETWEEN: usize = 30;
/// Runs of a band.
const RUNS: usize = 64;
/// The stream of starts.
const STARTS: u32 = 1 << 20;

/// The order of two epochs: as the rows stand, or shuffled by the file's own generator.
fn order(word: &str, rows: usize) -> Answered<Vec<u32>> {
    let epoch = || (0..rows as u32).collect::<Vec<_>>();
    if word == "sequential" {
        return Ok(epoch());
    }
    let Some(mut state) = word.strip_prefix("lcg:").and_then(|seed| seed.parse::<u32>().ok()) else {
        return malformed(format!("`order` is “{word}”, neither sequential nor lcg: with a seed"));
    };
    let shuffled = |_| {
        let mut all = epoch();
        for i in (1..rows).rev() {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            all.swap(i, ((u64::from(state) * (i as u64 + 1)) >> 32) as usize);
        }
        all
    };
    Ok((0..2).flat_map(shuffled).collect())
}

/// Losses on the way and the parameters in the end, from rest at zero.
fn fixed_order(i: Inputs) -> Answered {
    let ([eta, beta], nesterov, decay) = (i.nums(["eta", "beta"])?, i.flag("nesterov")?, i.num("weight_decay")?);
    let data = rows()?;
    let order = order(i.text("order")?, data.rows())?;
    let model = Arc::new(LinearRegression::new(data));
    let mut method = Momentum::seed(eta, beta).with_nesterov(nesterov);
    if decay != 0.0 {
        method = method.with_decay(Decay::Coupled(decay));
    }
    let field = Regression::new(model.clone(), BATCH, &Order::Given(order.clone().into()), 1);
    let at: Vec<u64> = (0..=STEPS).step_by(BETWEEN).collect();
    let run = visit(&System::new(Arc::new(field), method), State::at(&[0.0; 6], &[], 1, 1, 0), &at)?;
    let first = |epoch: usize| {
        let from = (epoch * EPOCH * BATCH) % order.len().max(1);
        order.iter().skip(from).take(BATCH).map(|row| f64::from(*row)).collect::<Vec<f64>>()
    };
    Ok(answers! {
        "theta" => run.last().map(|s| s.q.clone()),
        "losses" => run.iter().map(|s| model.whole(&s.q)).collect::<Vec<_>>(),
        "first_10_rows" => first(0), "epoch_2_first_10_rows" => first(1),
    })
}

/// The mean final loss of 64 runs from random starts, rows shuffled every epoch.
fn band(i: Inputs) -> Answered {
    let ([eta, beta], uniform) = (i.nums(["eta", "beta"])?, i.flag("uniform")?);
    let field: Arc<dyn Field> = {
        let model = Arc::new(LinearRegression::new(rows()?));
        Arc::new(Regression::new(model, BATCH, &Order::Shuffled { seed: 1, stream: 0 }, RUNS))
    };
    let (noise, dim) = (Noise::new(1, STARTS), field.dim());
    let mut state = State::at(&vec![0.0; dim], &[], RUNS, 1, STARTS);
    if uniform {
        let bound = 1.0 / ((dim - 1) as f64).sqrt();
        for (k, q) in state.q.iter_mut().enumerate() {
            *q = bound * (2.0 * noise.uniform(k % RUNS, (k / RUNS) as u64, 0) - 1.0);
        }
    } else {
        noise.add(&mut state.q[..(dim - 1) * RUNS], RUNS, 0.01, 0, 0);
    }
    let system = System { field, stepper: Arc::new(heavy_ball(eta, beta, Convention::Displacement)) };
    if let Outcome::Diverged { step } = advance(&system, &mut state, STEPS, &mut ()) {
        return Err(Fault::NotCovered(format!("the run has diverged after {step} steps")));
    }
    let mut losses = vec![f64::NAN; RUNS];
    system.field.potential(At { t: state.t, n: RUNS, q: &state.q, v: &state.v }, &mut losses);
    let mean: Answer = (losses.iter().sum::<f64>() / RUNS as f64).into();
    Ok(answers! { "mean_of_64_runs" => mean })
}
