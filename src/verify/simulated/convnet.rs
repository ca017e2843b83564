//! The articles' convolutional network in double precision, on the bundled digits.

use std::ops::Range;
use std::sync::Arc;

use super::machine::visit;
use crate::core::fields::{Batches, Order};
use crate::core::methods::{Decay, Momentum};
use crate::core::models::{ConvNet, Images, Model, PIXELS, Pixels, Precision, TENSORS, Training};
use crate::core::{At, Observe, Probe, State, System, Trace, advance};
use crate::data::{self, digits28};
use crate::verify::answer::answers;
use crate::verify::closed::Row;
use crate::verify::inputs::{Answered, Inputs, malformed};

/// Rows of a batch of a pass through all images.
const BATCH: usize = 64;

/// The most steps on the same images.
const MOST: u64 = 100;

pub const TABLE: &[Row] = &[("training", "convnet_fixed", fixed), ("training", "convnet_pass", pass)];

/// The network over these of the images.
fn network(images: &data::Images, rows: Range<usize>) -> ConvNet {
    let pixels = images.pixels.get(rows.start * PIXELS..rows.end * PIXELS).unwrap_or_default().to_vec();
    let labels = images.labels.get(rows).unwrap_or_default().to_vec();
    ConvNet::new(Arc::new(Images { pixels: Pixels::Bytes(pixels), labels }), Precision::Double)
}

/// Uniform numbers on ±1/√f by the generator the file states, f the inputs of a unit.
fn start(seed: u64) -> Vec<f64> {
    let inputs = [25.0f64, 25.0, 250.0, 250.0, 320.0, 320.0, 50.0, 50.0];
    let mut s = seed as u32;
    let mut uniform = || {
        s = s.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(s) / 4_294_967_296.0
    };
    let tensors = TENSORS.iter().zip(inputs);
    tensors
        .flat_map(|((_, count), f)| (0..*count).map(|_| (2.0 * uniform() - 1.0) / f.sqrt()).collect::<Vec<_>>())
        .collect()
}

fn method(i: Inputs) -> Answered<Momentum> {
    let [eta, beta] = i.nums(["eta", "beta"])?;
    let method = Momentum::pytorch(eta, beta).with_nesterov(i.flag("nesterov")?);
    let decay = i.num("weight_decay")?;
    Ok(if decay == 0.0 { method } else { method.with_decay(Decay::Coupled(decay)) })
}

fn seed(i: Inputs) -> Answered<u64> {
    i.count("init_seed", u64::from(u32::MAX))
}

/// Some steps on the same images.
fn fixed(i: Inputs) -> Answered {
    let [train, _] = digits28();
    let ends = i.counts("images", train.count() as u64)?;
    let rows = match ends.as_slice() {
        [from, to] if from <= to => *from as usize..*to as usize + 1,
        _ => return malformed("`images` is no first and last image".into()),
    };
    let model = Arc::new(network(train, rows));
    let batches = Batches::new(model.rows(), model.rows(), Order::InOrder);
    let all: Vec<u32> = (0..model.rows() as u32).collect();
    let system = System::new(Arc::new(Training::new(model.clone(), batches, [], [])), method(i)?);
    let begin = State::at(&start(seed(i)?), &[], 1, 1, 0);
    let at: Vec<u64> = (0..=i.count("steps", MOST)?).collect();
    let losses: Vec<f64> = visit(&system, begin.clone(), &at)?.iter().map(|s| model.loss(&s.q, &all, None)).collect();
    let mut pull = vec![0.0; begin.q.len()];
    system.field.force(At { t: 0.0, n: 1, q: &begin.q, v: &begin.v }, &mut pull);
    let gradient = tensors(&pull.iter().map(|f| -f).collect::<Vec<_>>());
    let each = |of: fn(&[f64]) -> f64| gradient.iter().map(|g| of(g)).collect::<Vec<_>>();
    Ok(answers! {
        "losses" => losses,
        "log_probabilities" => model.log_probabilities(&begin.q, 0).to_vec(),
        "gradient_norm" => each(|g| g.iter().map(|x| x * x).sum::<f64>().sqrt()),
        "gradient_sum" => each(|g| g.iter().sum()),
        "gradient_first_three" => gradient.iter().map(|g| g[..3].to_vec()).collect::<Vec<_>>(),
        "gradient_last" => each(|g| g[g.len() - 1]),
    })
}

/// The numbers of every tensor.
fn tensors(all: &[f64]) -> Vec<Vec<f64>> {
    let mut rest = all.iter().copied();
    TENSORS.iter().map(|(_, count)| rest.by_ref().take(*count).collect()).collect()
}

/// One pass through all images as they stand.
fn pass(i: Inputs) -> Answered {
    let [train, test] = digits28().each_ref().map(|part| Arc::new(network(part, 0..part.count())));
    let batches = Batches::new(train.rows(), BATCH, Order::InOrder);
    let steps = batches.per_epoch();
    let system = System::new(Arc::new(Training::new(train.clone(), batches, [], [])), method(i)?);
    let mut state = State::at(&start(seed(i)?), &[], 1, 1, 0);
    let mut trace = Trace::new(&[Probe::Potential], steps as usize);
    trace.observe(&*system.field, &state);
    advance(&system, &mut state, steps - 1, &mut trace);
    advance(&system, &mut state, 1, &mut ());
    let losses = trace.column(Probe::Potential);
    let loss = |batch: u64| losses.get((batch as usize).wrapping_sub(1)).copied().unwrap_or(f64::NAN);
    let unseen: Vec<u32> = (0..test.rows() as u32).collect();
    Ok(answers! {
        "batch_loss" => i.counts("at", steps)?.into_iter().map(|batch| vec![loss(batch)]).collect::<Vec<_>>(),
        "train_loss" => losses.iter().sum::<f64>() / steps as f64,
        "test_accuracy" => test.accuracy(&state.q, &unseen),
        "test_loss" => test.loss(&state.q, &unseen, None),
    })
}
