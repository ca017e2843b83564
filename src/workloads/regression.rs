//! Linear regression, batch after batch.

use std::sync::Arc;

use super::measure::{Meter, Spent, Variant};
use super::spec::{Size, uniform};
use crate::core::fields::{Order, Regression};
use crate::core::methods::{Convention, heavy_ball};
use crate::core::models::{LinearRegression, Model, Observations};
use crate::core::{State, System, advance};

/// Rows, features and rows in a batch.
const ROWS: usize = 1500;
const WIDTH: usize = 5;
const BATCH: usize = 10;
/// The plane from which targets are made, and its height.
const WEIGHTS: [f64; WIDTH] = [1.0, -2.0, 0.5, 3.0, -1.5];
const BIAS: f64 = 0.7;

/// The sum of twelve uniform numbers less 6, which is nearly normal.
fn nearly_normal(seed: u64, i: usize) -> f64 {
    (0..12).fold(0.0, |sum, k| sum + uniform(seed, 12 * i + k)) - 6.0
}

fn observations() -> Observations {
    let features: Vec<f64> = (0..ROWS * WIDTH).map(|i| nearly_normal(601, i)).collect();
    let said = |x: &[f64]| x.iter().zip(WEIGHTS).fold(0.0, |sum, (x, w)| sum + x * w);
    let target = |(i, x): (usize, &[f64])| said(x) + BIAS + 0.1 * nearly_normal(602, i);
    let targets = features.chunks(WIDTH).enumerate().map(target).collect();
    Observations { width: WIDTH, features, targets }
}

/// W6: 1,500 rows of 5 features in batches of 10 as they stand, η = 0.005 on the mean gradient, β = 0.9 in the
/// accumulating form, from zero.
pub(super) fn w6(meter: &mut Meter<'_>, size: Size) {
    let epochs = size.w6();
    let model = Arc::new(LinearRegression::new(Arc::new(observations())));
    let field = Regression::new(model.clone(), BATCH, &Order::InOrder, 1);
    let system = System::new(Arc::new(field), heavy_ball(0.005, 0.9, Convention::Accumulating));
    let start = State::at(&[0.0; WIDTH + 1], &[], 1, 1, 0);
    let (steps, all) = (epochs * (ROWS / BATCH) as u64, (0..ROWS as u32).collect::<Vec<_>>());
    meter.repeat(Variant { who: "", units: steps as f64, key: epochs.to_string() }, || {
        let mut state = start.clone();
        let (spent, _) = Spent::on(|| advance(&system, &mut state, steps, &mut ()));
        (spent, vec![("w0", state.q[0]), ("b", state.q[WIDTH]), ("loss", model.loss(&state.q, &all, None))])
    });
}
