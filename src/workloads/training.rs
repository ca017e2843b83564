//! The articles' convolutional network, one epoch.

use std::sync::Arc;

use super::measure::{Meter, Spent, Variant};
use super::spec::{Size, uniform};
use crate::core::fields::{Batches, Order};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::models::{ConvNet, Images, PIXELS, Pixels, Precision, TENSORS, Training};
use crate::core::{Observe, Probe, State, System, Trace, advance};

/// Rows in a batch.
const BATCH: usize = 64;

/// Pixels in a stripe that shows the class.
const STRIPE: usize = 78;

/// Noise of half brightness, and a bright stripe where the class says.
fn images(count: usize) -> Images {
    let labels: Vec<u8> = (0..count).map(|i| (10.0 * uniform(702, i)) as u8).collect();
    let pixel = |i: usize| {
        let stripe = if i % PIXELS / STRIPE == usize::from(labels[i / PIXELS]) { 0.5 } else { 0.0 };
        0.5 * uniform(701, i) as f32 + stripe
    };
    let pixels = (0..count * PIXELS).map(pixel).collect();
    Images { pixels: Pixels::Floats(pixels), labels }
}

/// Every tensor uniform on ±1/√f, f the inputs of a unit, from a stream of its own; in single precision.
fn start() -> Vec<f64> {
    let inputs = [25.0f64, 25.0, 250.0, 250.0, 320.0, 320.0, 50.0, 50.0];
    let tensors = (711..).zip(inputs).zip(TENSORS);
    let number = |seed, i, reach: f64| f64::from(((2.0 * uniform(seed, i) - 1.0) * reach) as f32);
    tensors.flat_map(|((seed, f), (_, count))| (0..count).map(move |i| number(seed, i, 1.0 / f.sqrt()))).collect()
}

/// W7: batches of 64 as they stand, η = 0.01, β = 0.5 in the accumulating form; the loss of every batch is kept.
pub(super) fn w7(meter: &mut Meter<'_>, size: Size) {
    let count = size.w7();
    let model = Arc::new(ConvNet::new(Arc::new(images(count)), Precision::Single));
    let batches = Batches::new(count, BATCH, Order::InOrder);
    let steps = batches.per_epoch();
    let field = Training::new(model, batches, [], []);
    let system = System::new(Arc::new(field), heavy_ball(0.01, 0.5, Convention::Accumulating));
    let start = State::at(&start(), &[], 1, 1, 0);
    let mut trace = Trace::new(&[Probe::Potential], steps as usize);
    meter.repeat(Variant { who: "", units: count as f64, key: count.to_string() }, || {
        let mut state = start.clone();
        let (spent, _) = Spent::on(|| {
            trace.truncate(0);
            trace.observe(&*system.field, &state);
            advance(&system, &mut state, steps - 1, &mut trace);
            // What the last step leaves behind would be looked at with the first batch of another epoch.
            advance(&system, &mut state, 1, &mut ())
        });
        let losses = trace.column(Probe::Potential);
        let square: f64 = state.q.iter().map(|q| q * q).sum();
        let last = losses.last().copied().unwrap_or(f64::NAN);
        (spent, vec![("avg_loss", losses.iter().sum::<f64>() / steps as f64), ("last_loss", last), ("sumsq", square)])
    });
}
