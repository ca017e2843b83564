//! Linear regression trained by minibatches, many runs at a time.

use std::sync::Arc;

use super::super::lanes::widely;
use super::super::models::{LinearRegression, Model};
use super::super::{At, Field};
use super::batches::{Batches, Order};

/// The loss of a [`LinearRegression`]; every particle is a run of its own that sees its own batches.
///
/// The force is that of the batch the step sees, the potential the loss over all rows: the mean over many
/// batches and what a batch misses of it are the drift and the noise of training. For methods that count
/// iterations (dt = 1).
#[derive(Clone, Debug)]
pub struct Regression {
    model: Arc<LinearRegression>,
    batches: Vec<Batches>,
}

impl Regression {
    /// Batches of `size` rows in this order for `runs` runs; random orders differ from run to run by their stream.
    pub fn new(model: Arc<LinearRegression>, size: usize, order: &Order, runs: usize) -> Self {
        let rows = model.rows();
        let runs = if order.is_random() { runs.max(1) } else { 1 };
        let of = |run: usize| Batches::new(rows, size, order.of_run(run as u32));
        Regression { batches: (0..runs).map(of).collect(), model }
    }

    /// The model.
    pub fn model(&self) -> &LinearRegression {
        &self.model
    }

    /// Rows a step sees at most.
    pub fn size(&self) -> usize {
        self.batches.first().map_or(0, |batches| batches.place(0).1.len())
    }

    /// The force on particle `p` of `at`.
    fn pull(&self, p: usize, at: At<'_>, out: &mut [f64; MOST]) {
        let Some(batches) = self.batches.get(p).or(self.batches.first()) else { return };
        let (epoch, place) = batches.place(Batches::step(at.t));
        let order = batches.order(epoch);
        let mut q = [0.0; MOST];
        for (q, all) in q.iter_mut().zip(at.q.chunks(at.n)) {
            *q = all[p];
        }
        self.model.pull(&q[..self.dim().min(MOST)], &order[place], out);
    }
}

use super::super::models::MOST_PARAMETERS as MOST;

impl Field for Regression {
    fn dim(&self) -> usize {
        self.model.dim()
    }

    fn force(&self, at: At<'_>, out: &mut [f64]) {
        widely(|| {
            for p in 0..at.n {
                let mut pull = [0.0; MOST];
                self.pull(p, at, &mut pull);
                for (out, f) in out.chunks_mut(at.n).zip(pull) {
                    out[p] = f;
                }
            }
        });
    }

    fn potential(&self, at: At<'_>, out: &mut [f64]) -> bool {
        for (p, out) in out.iter_mut().enumerate() {
            let mut q = [0.0; MOST];
            for (q, all) in q.iter_mut().zip(at.q.chunks(at.n)) {
                *q = all[p];
            }
            *out = self.model.whole(&q[..self.dim().min(MOST)]);
        }
        true
    }

    fn hessian(&self, _: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(self.model.hessian());
        true
    }

    fn near_stationary(&self) -> Vec<Vec<f64>> {
        let optimum = self.model.optimum();
        if optimum.iter().all(|x| x.is_finite()) { vec![optimum.to_vec()] } else { Vec::new() }
    }

    fn cost(&self) -> u64 {
        self.model.cost() * self.size().max(1) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::methods::{Convention, heavy_ball};
    use crate::core::models::Observations;
    use crate::core::{State, System, advance};

    fn model() -> Arc<LinearRegression> {
        let features = (0..90).map(|i| f64::from((i * i * 5 + 3 * i) % 31) / 15.0 - 1.0).collect();
        let targets = (0..30).map(|i| f64::from((i * 11) % 17) / 9.0 - 1.0).collect();
        Arc::new(LinearRegression::new(Arc::new(Observations { width: 3, features, targets })))
    }

    fn orders() -> [Order; 3] {
        [Order::InOrder, Order::Shuffled { seed: 4, stream: 9 }, Order::Drawn { seed: 4, stream: 9 }]
    }

    /// A cloud of runs is the runs one by one, and any of them can be taken up in the middle.
    #[test]
    fn every_run_is_its_own() {
        for order in orders() {
            let method = heavy_ball(0.05, 0.9, Convention::Displacement);
            let system = System::new(Arc::new(Regression::new(model(), 7, &order, 5)), method.clone());
            let mut cloud = State::at(&[0.1, 0.2, -0.1, 0.0], &[], 5, 0, 0);
            advance(&system, &mut cloud, 23, &mut ());
            for p in 0..5 {
                let own = Regression::new(model(), 7, &order.of_run(p as u32), 1);
                let alone = System::new(Arc::new(own), method.clone());
                let mut state = State::at(&[0.1, 0.2, -0.1, 0.0], &[], 1, 0, 0);
                advance(&alone, &mut state, 11, &mut ());
                let mut state = state.clone();
                advance(&alone, &mut state, 12, &mut ());
                let of_cloud: Vec<f64> = (0..4).map(|i| cloud.coordinate(i)[p]).collect();
                assert_eq!(state.q, of_cloud, "{order:?} {p}");
            }
        }
    }

    /// Over an epoch without replacement the batches' forces, weighted by their rows, add up to the slope of
    /// the loss over all rows.
    #[test]
    fn an_epoch_adds_up_to_the_whole() {
        let q = [0.4, -0.3, 0.2, 0.1];
        for order in [Order::InOrder, Order::Shuffled { seed: 2, stream: 0 }] {
            let field = Regression::new(model(), 7, &order, 1);
            let (mut sum, mut out) = ([0.0; 4], [0.0; 4]);
            for step in 0..5 {
                field.force(At { t: f64::from(step), n: 1, q: &q, v: &[0.0; 4] }, &mut out);
                let rows = if step == 4 { 2.0 } else { 7.0 };
                sum.iter_mut().zip(out).for_each(|(sum, f)| *sum += rows * f / 30.0);
            }
            let model = model();
            for j in 0..4 {
                let slope: f64 = (0..4).map(|k| model.hessian()[4 * j + k] * q[k]).sum::<f64>() - model.cross()[j];
                assert!((sum[j] + slope).abs() <= 1e-15, "{j}: {} {slope}", sum[j]);
            }
        }
    }
}
