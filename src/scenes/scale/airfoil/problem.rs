//! The regression that is trained: which rows, from where they start, and in what order they are seen.

use std::sync::Arc;

use super::{MINE, PUBLISHED};
use crate::core::fields::{Order, Regression};
use crate::core::methods::{Convention, heavy_ball, nesterov};
use crate::core::models::{LinearRegression, Observations};
use crate::core::{At, Noise, State, Stepper};
use crate::data::{Table, airfoil, shelf};
use crate::param::Values;
use crate::scenes::Seen;
use crate::text::{Text, fill, t};
use crate::theory::minibatch::{LeastSquares, Training};

/// Features and rows of a reader's table that are used at most.
const FEATURES: usize = 8;
const ROWS: usize = 5000;
/// Spread of the weights at the start in the article's own code.
const SPREAD: f64 = 0.01;
/// The stream of starts; orders have the streams from 0 on, one for every run.
const STARTS: u32 = 1 << 20;

/// Which rows are trained on.
pub enum Used {
    /// Those that have the published moments.
    StandIn,
    /// Those of the published table.
    Published,
    /// Those of a reader's table of this name.
    Mine(String),
    /// Those of the stand-in, because what was asked for is not there or cannot be used.
    Instead(Text),
}

/// The rows these values ask for.
fn rows(values: &Values) -> (Arc<Table>, Used) {
    const ABSENT: Text = t(
        "The published table is not there: give its path in IMPETUS_AIRFOIL or drop the file on the window. Until then the stand-in is used.",
        "未找到公开数据表：请用 IMPETUS_AIRFOIL 给出其路径，或把文件拖入窗口。在此之前使用替代数据。",
    );
    const NONE: Text = t(
        "There is no table of yours yet: drop one on the window. Until then the stand-in is used.",
        "尚无你自己的数据表：请把它拖入窗口。在此之前使用替代数据。",
    );
    const UNFIT: Text = t(
        "Your table cannot be used here, so the stand-in is: it takes 1 to 8 feature columns that do not repeat each other, then the target, and more rows than columns.",
        "你的数据表不适用于此，因此改用替代数据：需要 1 到 8 个互不重复的特征列，最后一列为目标，且行数多于列数。",
    );
    let instead = |why: Text| (airfoil::stand_in(), Used::Instead(why));
    match values.index("data") {
        PUBLISHED => match shelf().airfoil {
            Some(table) => (Arc::new(airfoil::prepared(&table)), Used::Published),
            None => instead(ABSENT),
        },
        MINE => match shelf().table {
            Some(table) => match fit(&table) {
                Some(own) => (Arc::new(own), Used::Mine(table.name.clone())),
                None => instead(UNFIT),
            },
            None => instead(NONE),
        },
        _ => (airfoil::stand_in(), Used::StandIn),
    }
}

/// A reader's table as it is trained on; `None` if it has no one best plane.
fn fit(table: &Table) -> Option<Table> {
    let own = table.whole().first(ROWS).standardised();
    let columns = own.columns.len();
    let fits = (2..=FEATURES + 1).contains(&columns) && own.rows() > columns;
    let optimum = || LinearRegression::new(Arc::new(observations(&own))).optimum().iter().all(|x| x.abs() < 1e6);
    (fits && optimum()).then_some(own)
}

/// A table whose last column is the target, row by row.
fn observations(table: &Table) -> Observations {
    let (features, target) = match table.columns.split_last() {
        Some((target, features)) => (features, target.clone()),
        None => (&[][..], Vec::new()),
    };
    let rows = 0..table.rows();
    let features = rows.flat_map(|r| features.iter().map(move |c| c.get(r).copied().unwrap_or(f64::NAN)));
    Observations { width: table.columns.len().saturating_sub(1), features: features.collect(), targets: target }
}

/// What is trained, in a sentence for the reader.
pub fn sentence(seen: &Seen<'_>) -> String {
    match rows(&seen.run.values).1 {
        Used::StandIn => seen.say(t(
            "Rows: a stand-in of 1,500 rows that has the published table's Hessian, optimum, least loss and covariance of gradients to 12 digits. The order of its rows and the tails of its features are its own.",
            "数据：1500 行替代数据，其 Hessian、最优点、最低损失与梯度协方差同公开数据表一致到 12 位；行的次序与特征分布的尾部则是它自己的。",
        )).to_owned(),
        Used::Published => fill(
            seen.say(t("Rows: the published table, first 1,500 rows. {}", "数据：公开数据表的前 1500 行。{}")),
            &[airfoil::ATTRIBUTION],
        ),
        Used::Mine(name) => fill(
            seen.say(t(
                "Rows: your table {}, columns standardised, the last one as the target.",
                "数据：你的数据表 {}，各列已标准化，最后一列为目标。",
            )),
            &[&name],
        ),
        Used::Instead(why) => seen.say(why).to_owned(),
    }
}

/// The rows in a word or two, for a chip.
pub fn word(seen: &Seen<'_>) -> Text {
    match rows(&seen.run.values).1 {
        Used::Published => t("published table", "公开数据表"),
        Used::Mine(_) => t("your table", "你的数据表"),
        Used::StandIn | Used::Instead(_) => t("stand-in rows", "替代数据"),
    }
}

/// Whether the rows have the moments of the article's.
pub fn is_airfoil(values: &Values) -> bool {
    !matches!(rows(values).1, Used::Mine(_))
}

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

/// The model of the rows these values ask for.
pub fn model(values: &Values) -> Arc<LinearRegression> {
    Arc::new(LinearRegression::new(Arc::new(observations(&rows(values).0))))
}

/// What theory knows of the same rows; `None` if they have no one best plane.
pub fn theory(values: &Values) -> Option<LeastSquares> {
    let own = observations(&rows(values).0);
    LeastSquares::of(own.width, &own.features, &own.targets)
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

/// The least loss as the core has it: the potential where nothing pulls.
pub fn floor(seen: &Seen<'_>) -> f64 {
    let Some(lane) = seen.lane(super::OWN) else { return f64::NAN };
    let field = &*lane.lane.system.field;
    let Some(q) = field.near_stationary().pop() else { return f64::NAN };
    let mut out = [f64::NAN];
    field.potential(At { t: 0.0, n: 1, q: &q, v: &vec![0.0; q.len()] }, &mut out);
    out[0]
}

/// The least loss as theory has it, from the misses of the rows.
pub fn theory_floor(seen: &Seen<'_>) -> f64 {
    let values = &seen.run.values;
    let floor = |column: &mut Vec<f64>| {
        if column.is_empty() {
            column.push(theory(values).map_or(f64::NAN, |theory| theory.floor()));
        }
    };
    seen.run.derived.grown(("floor of theory", 0, 0), floor).first().copied().unwrap_or(f64::NAN)
}
