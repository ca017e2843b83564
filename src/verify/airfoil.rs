//! The rows of the airfoil table, for the training cases that need them.

use std::sync::Arc;

use super::inputs::{Answered, Fault};
use crate::core::models::Observations;
use crate::data::{airfoil, shelf};

/// The rows that are trained on, if a reader brought the published table.
pub fn rows() -> Answered<Arc<Observations>> {
    let Some(table) = shelf().airfoil else {
        let reason =
            "needs the rows of the airfoil file, which does not come with the program: name it in IMPETUS_AIRFOIL";
        return Err(Fault::NotCovered(reason.into()));
    };
    let used = airfoil::prepared(&table);
    let Some((target, features)) = used.columns.split_last() else {
        return Err(Fault::NotCovered("needs a table with columns".into()));
    };
    let row = |r: usize| features.iter().map(move |column| column[r]);
    Ok(Arc::new(Observations {
        width: features.len(),
        features: (0..used.rows()).flat_map(row).collect(),
        targets: target.clone(),
    }))
}
