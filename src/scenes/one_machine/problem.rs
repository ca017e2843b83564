//! The loss surface these values choose: its curvatures and where every lane starts.

use super::params;
use crate::param::Values;

/// The curvature of every mode.
pub fn curvatures(values: &Values) -> Vec<f64> {
    match values.index("problem") {
        params::ONE => vec![values.get("lambda1")],
        params::TWO => vec![values.get("lambda1"), values.get("lambda2")],
        _ => vec![0.2, 4.0],
    }
}

/// Where every lane starts.
pub fn start(values: &Values) -> Vec<f64> {
    [values.get("x1"), values.get("x2")][..curvatures(values).len()].to_vec()
}
