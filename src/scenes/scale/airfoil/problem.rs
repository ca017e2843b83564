//! The regression that is trained: which rows, and what core and theory make of them.

use std::sync::{Arc, Mutex, PoisonError};

use super::{MINE, PUBLISHED};
use crate::core::At;
use crate::core::models::{LinearRegression, Observations};
use crate::data::{Table, airfoil, shelf};
use crate::param::Values;
use crate::scenes::Seen;
use crate::text::{Text, fill, t};
use crate::theory::minibatch::LeastSquares;

/// Features and rows of a reader's table that are used at most.
const FEATURES: usize = 8;
const ROWS: usize = 5000;

/// Which rows are trained on.
#[derive(Clone, Debug)]
enum Used {
    /// Those that have the published moments.
    StandIn,
    /// Those of the published table.
    Published,
    /// Those of a reader's table of this name.
    Mine(String),
    /// Those of the stand-in, because what was asked for is not there or cannot be used.
    Instead(Text),
}

/// The rows that are trained on.
pub struct Problem {
    used: Used,
    /// The model of them.
    pub model: Arc<LinearRegression>,
    /// What theory knows of them; none if they have no one best plane.
    pub theory: Option<LeastSquares>,
}

/// The problem these values pose. The last one is kept: it depends on what was brought and on nothing else.
pub fn of(values: &Values) -> Arc<Problem> {
    type Kept = Option<((usize, u64), Arc<Problem>)>;
    static LAST: Mutex<Kept> = Mutex::new(None);
    let key = (values.index("data"), shelf().turn);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    match &*last {
        Some((kept, problem)) if *kept == key => problem.clone(),
        _ => {
            let (table, used) = rows(values);
            let own = observations(&table);
            let theory = LeastSquares::of(own.width, &own.features, &own.targets);
            let problem = Arc::new(Problem { used, model: Arc::new(LinearRegression::new(Arc::new(own))), theory });
            *last = Some((key, problem.clone()));
            problem
        }
    }
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
    match &of(&seen.run.values).used {
        Used::StandIn => seen.say(t(
            "Rows: a stand-in of 1,500 rows that has the published table's Hessian, optimum, least loss and covariance of gradients to 12 digits. The order of its rows and the tails of its features are its own.",
            "数据：1500 行替代数据，其海森矩阵、最优点、最低损失与梯度协方差同公开数据表一致到 12 位；行的次序与特征分布的尾部则是它自己的。",
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
            &[name],
        ),
        Used::Instead(why) => seen.say(*why).to_owned(),
    }
}

/// The rows in a word or two, for a chip.
pub fn word(seen: &Seen<'_>) -> Text {
    match &of(&seen.run.values).used {
        Used::Published => t("published table", "公开数据表"),
        Used::Mine(_) => t("your table", "你的数据表"),
        Used::StandIn | Used::Instead(_) => t("stand-in rows", "替代数据"),
    }
}

/// Whether the rows have the moments of the article's.
pub fn is_airfoil(values: &Values) -> bool {
    !matches!(of(values).used, Used::Mine(_))
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
    of(&seen.run.values).theory.as_ref().map_or(f64::NAN, LeastSquares::floor)
}
