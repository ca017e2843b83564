//! Linear regression trained by minibatches, many runs at a time.

use std::sync::Arc;

use super::super::fused::PackedRows;
use super::super::lanes::widely;
use super::super::models::{LinearRegression, MOST_PARAMETERS as MOST, Model};
use super::super::{At, Call, Field};
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
    /// The batches of an epoch, if the next one is the same again.
    packed: Option<PackedRows>,
}

impl Regression {
    /// Batches of `size` rows in this order for `runs` runs; random orders differ from run to run by their stream.
    pub fn new(model: Arc<LinearRegression>, size: usize, order: &Order, runs: usize) -> Self {
        let rows = model.rows();
        let runs = if order.is_random() { runs.max(1) } else { 1 };
        let of = |run: usize| Batches::new(rows, size, order.of_run(run as u32));
        let batches: Vec<Batches> = (0..runs).map(of).collect();
        let again = matches!(order, Order::InOrder).then_some(0..rows);
        let packed = again.and_then(|rows| {
            let rows: Vec<(&[f64], f64)> = rows.map(|r| model.data().row(r)).collect();
            PackedRows::new(model.data().width, size.clamp(1, rows.len().max(1)), &rows)
        });
        Regression { model, batches, packed }
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

    fn fuse(&self, call: &mut Call<'_>) {
        if let Some(packed) = &self.packed {
            call.with_rows(packed);
        }
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

    /// Steps made many at once are the steps made one by one, however wide the registers and whatever the
    /// number of features and rows.
    #[test]
    fn packed_rows_give_the_same_bits() {
        use crate::core::methods::{gradient_descent, nesterov, spring};
        use crate::core::{Observe, Stepper};

        struct Watcher;
        impl Observe for Watcher {
            fn observe(&mut self, _: &dyn Field, _: &State) {}
        }

        for (width, size, rows) in [(5, 10, 150), (5, 10, 153), (1, 4, 40), (3, 1, 12), (7, 64, 128), (2, 7, 7)] {
            let number = |i: usize| ((i * i * 7 + 3 * i) % 41) as f64 / 20.0 - 1.0;
            let (features, targets) =
                ((0..rows * width).map(number).collect(), (0..rows).map(|i| number(5 * i)).collect());
            let data = Arc::new(Observations { width, features, targets });
            let field = Arc::new(Regression::new(Arc::new(LinearRegression::new(data)), size, &Order::InOrder, 1));
            let methods: [Arc<dyn Stepper>; 4] = [
                Arc::new(heavy_ball(0.02, 0.9, Convention::Displacement)),
                Arc::new(heavy_ball(0.02, 0.9, Convention::Accumulating)),
                Arc::new(nesterov(0.02, 0.9)),
                Arc::new(gradient_descent(0.05)),
            ];
            for stepper in methods {
                let system = System { field: field.clone(), stepper };
                let start = State::at(&(0..=width).map(number).collect::<Vec<_>>(), &[0.1], 1, 0, 0);
                let (mut one, mut many) = (start.clone(), start);
                advance(&system, &mut one, 333, &mut Watcher);
                // In two parts, so that the second begins in the middle of an epoch.
                advance(&system, &mut many, 101, &mut ());
                advance(&system, &mut many, 232, &mut ());
                assert_eq!(one, many, "{width} {size} {rows}");
            }
        }
        // A method of seconds sees batches by its clock, which the plain loop reads.
        let field = Regression::new(model(), 6, &Order::InOrder, 1);
        let system = System::new(Arc::new(field), spring(1.0, 0.5, 0.25, crate::core::methods::Friction::Explicit));
        let (mut one, mut many) = (State::at(&[0.3; 4], &[], 1, 0, 0), State::at(&[0.3; 4], &[], 1, 0, 0));
        advance(&system, &mut one, 50, &mut Watcher);
        advance(&system, &mut many, 50, &mut ());
        assert_eq!(one, many);
    }

    /// A run that leaves all bounds stops at the same step either way.
    #[test]
    fn divergence_is_found_by_the_plain_loop() {
        let field = Regression::new(model(), 6, &Order::InOrder, 1);
        let system = System::new(Arc::new(field), heavy_ball(50.0, 0.9, Convention::Displacement));
        let mut state = State::at(&[1.0; 4], &[], 1, 0, 0);
        let outcome = advance(&system, &mut state, 10_000, &mut ());
        assert_eq!(outcome, crate::core::Outcome::Diverged { step: state.step });
        assert!(state.q.iter().chain(&state.v).any(|x| x.abs() > 1e100));
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
            for (j, sum) in sum.iter().enumerate() {
                let slope: f64 = (0..4).map(|k| model.hessian()[4 * j + k] * q[k]).sum::<f64>() - model.cross()[j];
                assert!((sum + slope).abs() <= 1e-15, "{j}: {sum} {slope}");
            }
        }
    }
}
