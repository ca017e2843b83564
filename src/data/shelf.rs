//! What a reader brought to this process: the one place where a scene finds data that is not its own.
//!
//! A run must be a function of its values, so whether a scene uses what is here is one of its parameters;
//! what is here never changes a run that does not ask for it.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Images, Table};

/// Data by what it is used for.
#[derive(Clone, Debug)]
pub enum Brought {
    /// The published airfoil table.
    Airfoil(Arc<Table>),
    /// A table for regression: the last column is the target.
    Table(Arc<Table>),
    /// Training images and test images.
    Images([Arc<Images>; 2]),
    /// The log of a training run.
    Log(Arc<Table>),
}

/// What is there.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The published airfoil table.
    pub airfoil: Option<Arc<Table>>,
    /// A table for regression.
    pub table: Option<Arc<Table>>,
    /// Training images and test images.
    pub images: Option<[Arc<Images>; 2]>,
    /// The log of a training run.
    pub log: Option<Arc<Table>>,
    /// How often something was brought; whoever keeps what was computed from it compares this.
    pub turn: u64,
}

static SHELF: RwLock<Shelf> = RwLock::new(Shelf { airfoil: None, table: None, images: None, log: None, turn: 0 });

/// What is there now.
pub fn shelf() -> Shelf {
    SHELF.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Puts data where scenes find it, in place of what was there of its kind.
pub fn bring(data: Brought) {
    let mut shelf = SHELF.write().unwrap_or_else(PoisonError::into_inner);
    match data {
        Brought::Airfoil(table) => shelf.airfoil = Some(table),
        Brought::Table(table) => shelf.table = Some(table),
        Brought::Images(images) => shelf.images = Some(images),
        Brought::Log(table) => shelf.log = Some(table),
    }
    shelf.turn += 1;
}
