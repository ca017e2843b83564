//! How the regression is trained: the method, the order of rows, and where runs start.

use std::sync::Arc;

use crate::core::fields::{Order, Regression};
use crate::core::methods::{Convention, heavy_ball, nesterov};
use crate::core::models::LinearRegression;
use crate::core::{Noise, State, Stepper};
use crate::param::Values;
use crate::theory::minibatch::Training;

/// Spread of the weights at the start in the article's own code.
const SPREAD: f64 = 0.01;
/// The stream of starts; orders have the streams from 0 on, one for every run.
const STARTS: u32 = 1 << 20;

/// How one ensemble of runs is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct How {
    pub eta: f64,
    pub beta: f64,
    pub lookahead: bool,
    pub batch: usize,
    /// Place in the list of orders.
    pub order: usize,
    /// Whether weights start spread as the library spreads them.
    pub library: bool,
}

impl How {
    /// As these values say.
    pub fn of(values: &Values) -> How {
        How {
            eta: values.get("eta"),
            beta: values.get("beta"),
            lookahead: values.index("method") == 1,
            batch: values.index("batch").max(1),
            order: values.index("order"),
            library: values.index("start") == 1,
        }
    }

    /// Without momentum, at the same effective rate η/(1 − β).
    pub fn descent(self) -> How {
        let eta = crate::theory::conventions::effective_rate(self.eta, self.beta);
        How { eta, beta: 0.0, lookahead: false, ..self }
    }

    pub fn stepper(&self) -> Arc<dyn Stepper> {
        match self.lookahead {
            true => Arc::new(nesterov(self.eta, self.beta)),
            false => Arc::new(heavy_ball(self.eta, self.beta, Convention::Displacement)),
        }
    }

    /// As theory speaks of it.
    pub fn training(&self, rows: usize) -> Training {
        let batch = self.batch.min(rows.max(1)) as f64;
        Training { eta: self.eta, beta: self.beta, batch, lookahead: self.lookahead }
    }
}

/// The field of `runs` runs, and where they start.
pub fn ensemble(model: &Arc<LinearRegression>, how: &How, runs: usize, seed: u64) -> (Regression, State) {
    let order = match how.order {
        0 => Order::Shuffled { seed, stream: 0 },
        1 => Order::Drawn { seed, stream: 0 },
        _ => Order::InOrder,
    };
    let width = model.data().width;
    let mut start = State::at(&vec![0.0; width + 1], &[], runs, seed, STARTS);
    let noise = Noise::new(seed, STARTS);
    if how.library {
        let bound = reach(width);
        for (i, q) in start.q.iter_mut().enumerate() {
            *q = bound * (2.0 * noise.uniform(i % runs, (i / runs) as u64, 0) - 1.0);
        }
    } else {
        noise.add(&mut start.q[..width * runs], runs, SPREAD, 0, 0);
    }
    (Regression::new(model.clone(), how.batch, &order, runs), start)
}

/// The bound of the library's uniform start, 1/√(number of features).
fn reach(width: usize) -> f64 {
    1.0 / (width.max(1) as f64).sqrt()
}

/// Mean and variance of every parameter at the start.
pub fn start_moments(how: &How, dim: usize) -> [Vec<f64>; 2] {
    let width = dim.saturating_sub(1);
    let spread = |j: usize| match how.library {
        true => reach(width).powi(2) / 3.0,
        false if j < width => SPREAD * SPREAD,
        false => 0.0,
    };
    [vec![0.0; dim], (0..dim).map(spread).collect()]
}
