//! Small models of large claims: normalisation, federated averaging, recurrence.

pub mod federated;
pub mod lagged;
pub mod recurrent;
pub mod scale_invariant;
