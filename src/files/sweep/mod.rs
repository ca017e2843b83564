//! Sweeps as files: a whole map, or the part of it that one job of many measured.
//!
//! [`Order`] is a sweep with its grid, [`Shard`] says which of its cells a part holds, [`Part`] is a part
//! with what is measured of it: `write` spells it as JSON and `read` reads that back, also where a file
//! was cut off. [`merge`] makes the whole of its parts, and `print` a figure of the whole. The text of a
//! part depends on its order, its shard and its numbers only, so that merged parts are the whole to the
//! last byte.

mod fault;
mod merge;
mod order;
mod print;
mod read;
mod shard;
mod write;

pub use fault::SweepError;
pub use merge::merge;
pub use order::Order;
pub use print::{Print, print};
pub use read::{Begun, begun, read};
pub use shard::Shard;

/// The number of the present form of these files.
const SCHEMA: u64 = 1;

/// Most cells along a side.
pub const MOST_CELLS: usize = 2048;

/// A part of a map with what is measured of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What is measured, and where.
    pub order: Order,
    /// Which of its cells.
    pub shard: Shard,
    /// The first values, in the order of the shard; NaN where there is nothing to measure.
    pub values: Vec<f64>,
}

impl Part {
    /// A part of which nothing is measured yet.
    pub fn new(order: Order, shard: Shard) -> Self {
        Part { order, shard, values: Vec::new() }
    }

    /// How many cells it is going to have.
    pub fn len(&self) -> usize {
        self.shard.len(self.order.len())
    }

    /// Whether it has no cells.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every cell is measured.
    pub fn is_finished(&self) -> bool {
        self.values.len() >= self.len()
    }
}
