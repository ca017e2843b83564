//! A sweep with its grid: what a map is of, to the last bit.

use crate::figure::Scale;
use crate::scenes::models::sweep::{Errand, STEPS, Sweep, SweepMap, Swept};
use crate::text::{Text, t};

use super::Shard;

/// What is measured, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What is measured.
    pub sweep: Sweep,
    /// Cells along x and along y.
    pub cells: [usize; 2],
    /// Version of the program that measures.
    pub version: String,
}

impl Order {
    /// The order of this program.
    pub fn new(sweep: Sweep, cells: [usize; 2]) -> Self {
        Order { sweep, cells, version: env!("CARGO_PKG_VERSION").into() }
    }

    /// Cells of the whole map.
    pub fn len(&self) -> usize {
        self.cells[0] * self.cells[1]
    }

    /// Whether it has no cells.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The errand that measures what is left of a shard from its `from`-th cell on; `cell` is
    /// [`Shard::cell`] of that shard.
    pub fn errand<'a>(&'a self, shard: Shard, from: usize, cell: &'a (dyn Fn(usize) -> usize + Sync)) -> Errand<'a> {
        Errand { sweep: &self.sweep, cells: self.cells, order: cell, from, to: shard.len(self.len()) }
    }

    /// The map of these values; NaN for those that are missing.
    pub fn map(&self, mut values: Vec<f64>) -> SweepMap {
        values.resize(self.len(), f64::NAN);
        SweepMap::whole(self.sweep.clone(), self.cells, values)
    }

    /// Everything that must agree between parts of one map, each with its name.
    pub(super) fn terms(&self) -> Vec<(Text, String)> {
        let sweep = &self.sweep;
        let mut out = vec![
            (t("the version", "版本"), self.version.clone()),
            (t("the scene", "场景"), sweep.scene().meta().id.to_owned()),
            (t("the text of the world", "世界的文本"), sweep.scene().source().unwrap_or_default().to_owned()),
            (t("the quantity", "测量量"), sweep.quantity().map_or("", |q| q.choice.id).to_owned()),
            (t("x", "x"), self.axis(0)),
            (t("y", "y"), self.axis(1)),
            (t("the seed", "种子"), sweep.seed().to_string()),
            (t("the lens", "视角"), sweep.view().lens.id().to_owned()),
            (t("the mode", "模态"), (sweep.view().mode + 1).to_string()),
            (t("the number of iterations", "迭代数"), STEPS.to_string()),
        ];
        let values = self.values().into_iter().map(|(id, text)| (t("a value", "参数值"), format!("{id} = {text}")));
        out.extend(values);
        out
    }

    /// The values that are not swept.
    pub(super) fn values(&self) -> Vec<(String, String)> {
        let swept = |id: &str| self.sweep.axes().iter().any(|a| a.spec.id == id);
        self.sweep.values().texts().into_iter().filter(|(id, _)| !swept(id)).collect()
    }

    /// An axis as the command line takes it: `eta:0.01:4:64:log`.
    pub fn axis(&self, k: usize) -> String {
        let Swept { spec, range, scale } = &self.sweep.axes()[k];
        let [low, high] = range.map(|v| spec.text(v));
        let tail = if *scale == Scale::Log { ":log" } else { "" };
        format!("{}:{low}:{high}:{}{tail}", spec.id, self.cells[k])
    }
}
